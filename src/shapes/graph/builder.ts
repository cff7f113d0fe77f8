/** Builds the traced graph, one node an operation, in the order of execution. */
import type { Span } from '../python/ast';
import type { GraphArgument, GraphNode, NodeOutput, NodeRef } from './graph';

export class GraphBuilder {
  readonly nodes: GraphNode[] = [];

  add(op: string, args: Record<string, GraphArgument>, outputs: readonly NodeOutput[], source: Span | null, path: string | null): NodeRef {
    const id = this.nodes.length;
    this.nodes.push({ id, op, args, outputs, source, path });
    return { node: id, output: 0 };
  }

  get(ref: NodeRef): GraphNode {
    return this.nodes[ref.node]!;
  }
}
