/** Builds the traced graph, one node an operation, in the order of execution. */
import type { Span } from '../python/ast';
import type { GraphArgument, GraphNode, NodeOutput, NodeRef } from './graph';

export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  /** Those that what is made once for all traces has: the modules that are read. */
  private readonly lasting = new Set<number>();

  add(op: string, args: Record<string, GraphArgument>, outputs: readonly NodeOutput[], source: Span | null, path: string | null): NodeRef {
    const id = this.nodes.length;
    this.nodes.push({ id, op, args, outputs, source, path });
    return { node: id, output: 0 };
  }

  get(ref: NodeRef): GraphNode {
    return this.nodes[ref.node]!;
  }

  /** Runs what makes nodes that are there for all traces to come. */
  forAll<T>(run: () => T): T {
    const start = this.nodes.length;
    try {
      return run();
    } finally {
      for (let id = start; id < this.nodes.length; id++) this.lasting.add(id);
    }
  }

  /** Leaves nothing in the places of nodes to which nothing leads any more. @param dropped told each */
  drop(start: number, end: number, dropped: (id: number) => void): void {
    for (let id = start; id < end; id++) {
      if (this.lasting.has(id)) continue;
      // Not deleted: an array with holes is a slow one.
      (this.nodes as (GraphNode | undefined)[])[id] = undefined;
      dropped(id);
    }
  }
}
