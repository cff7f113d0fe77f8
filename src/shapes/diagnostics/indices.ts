/**
 * Numbers that a tensor of integers surely holds, read from the traced graph: those of a literal, the ends of a range.
 * An index out of range that these prove is a fault of the lookup they are used in.
 */
import type { GraphArgument, GraphNode, NodeRef } from '../graph/graph';

/** Operations that rearrange or repeat all elements, and lose none where the result has any. */
const KEEPS_VALUES = new Set(['torch.reshape', 'torch.Tensor.view', 'torch.Tensor.expand', 'torch.unsqueeze', 'torch.squeeze', 'torch.permute', 'torch.transpose', 'torch.flatten', 'torch.Tensor.contiguous', 'torch.clone', 'torch.Tensor.repeat', 'torch.Tensor.to', 'torch.Tensor.long', 'torch.Tensor.cpu', 'torch.detach', 'torch.Tensor.detach']);
const MAX_DEPTH = 32;
const MAX_VALUES = 4096;

/** Some of the elements; empty where none is known. */
export function elementsOf(graph: readonly GraphNode[], ref: NodeRef | null): readonly number[] {
  for (let depth = 0; ref && depth < MAX_DEPTH; depth++) {
    const node: GraphNode | undefined = graph[ref.node];
    if (!node || !hasElements(node, ref.output)) return [];
    if (node.op === 'torch.arange') return endsOf(node);
    if (node.op === 'constant' || node.op === 'torch.tensor') return literals(node.args['data']);
    const input = KEEPS_VALUES.has(node.op) ? node.args['input'] : undefined;
    ref = input?.type === 'tensor' ? input.ref : null;
  }
  return [];
}

function hasElements(node: GraphNode, output: number): boolean {
  const { shape, dtype } = node.outputs[output]!;
  return shape !== null && shape.every((dim) => dim.value !== null && dim.value > 0) && dtype !== null && /^u?int/.test(dtype);
}

function endsOf({ args, outputs }: GraphNode): readonly number[] {
  const number = (argument: GraphArgument | undefined): number | null => (argument?.type === 'int' ? argument.value.value : null);
  const count = outputs[0]!.shape![0]!.value!;
  const start = args['start']?.type === 'int' ? number(args['start']) : 0;
  const step = args['step']?.type === 'int' ? number(args['step']) : 1;
  return start === null || step === null ? [] : [start, start + (count - 1) * step];
}

function literals(argument: GraphArgument | undefined): readonly number[] {
  const found: number[] = [];
  const visit = (each: GraphArgument): void => {
    if (found.length >= MAX_VALUES) return;
    if (each.type === 'list') each.items.forEach(visit);
    else if (each.type === 'int' && each.value.value !== null) found.push(each.value.value);
  };
  if (argument) visit(argument);
  return found;
}
