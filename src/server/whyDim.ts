/** Which operand's dim a dim of an operation's result is. */
import type { GraphArgument, GraphNode, NodeRef } from '../shapes/graph/graph';
import type { SymInt } from '../shapes/symint/symint';

export type DimOrigin =
  | { readonly type: 'operand'; readonly ref: NodeRef; readonly dim: number }
  /** The size is given as a number: which of the sizes. */
  | { readonly type: 'argument'; readonly index: number }
  | { readonly type: 'made' };

interface Operand { readonly ref: NodeRef; readonly shape: readonly SymInt[] }

const MADE: DimOrigin = { type: 'made' };
/** Parameters that list the result's sizes. */
const SHAPE_PARAMETERS = ['shape', 'size', 'sizes', 'fill'] as const;
const MATRIX_PRODUCTS = new Set(['torch.matmul', 'torch.mm', 'torch.bmm']);

export function dimOrigin(graph: readonly GraphNode[], node: GraphNode, dim: number, size: SymInt): DimOrigin {
  const rank = node.outputs[0]!.shape?.length ?? 0;
  const input = operandOf(graph, node.args['input']);
  const index = shapeIndex(node, dim, size);
  if (index !== null) return { type: 'argument', index };
  if (node.op === 'torch.permute' && input) return to(input, intAt(node.args['dims'], dim));
  if (node.op === 'torch.transpose' && input) return to(input, swapped(node, dim, rank));
  if (node.op === 'torch.nn.functional.linear' && dim === rank - 1) return operand(graph, node.args['weight'], 0);
  const other = operandOf(graph, node.args['other']);
  if (MATRIX_PRODUCTS.has(node.op) && input && other) return matrixDim(input, other, dim, rank, size);
  return alike(Object.values(node.args).flatMap((argument) => operandsOf(graph, argument)), dim, rank, size);
}

/** The only dim that can be meant: alike in size, at the same distance from the end or the front, or alone. */
function alike(operands: readonly Operand[], dim: number, rank: number, size: SymInt): DimOrigin {
  const same = operands.flatMap(({ ref, shape }) => shape.flatMap((each, at) => (each.key === size.key ? [{ ref, dim: at, fromEnd: shape.length - at }] : [])));
  const aligned = same.find(({ fromEnd }) => fromEnd === rank - dim) ?? same.find((each) => each.dim === dim) ?? (same.length === 1 ? same[0] : undefined);
  return aligned ? { type: 'operand', ref: aligned.ref, dim: aligned.dim } : MADE;
}

function matrixDim(input: Operand, other: Operand, dim: number, rank: number, size: SymInt): DimOrigin {
  if (input.shape.length < 2 || other.shape.length < 2) return alike([input, other], dim, rank, size);
  if (dim === rank - 1) return to(other, -1);
  if (dim === rank - 2) return to(input, -2);
  // Batch dims are broadcast: the operand that is not 1 there decides.
  const batch = [input, other].find(({ shape }) => shape[dim - rank + shape.length]?.key === size.key);
  return batch ? to(batch, dim - rank) : MADE;
}

function to({ ref, shape }: Operand, dim: number | null): DimOrigin {
  if (dim === null) return MADE;
  const at = dim < 0 ? dim + shape.length : dim;
  return at >= 0 && at < shape.length ? { type: 'operand', ref, dim: at } : MADE;
}

function operand(graph: readonly GraphNode[], argument: GraphArgument | undefined, dim: number): DimOrigin {
  const found = operandOf(graph, argument);
  return found ? to(found, dim) : MADE;
}

function operandOf(graph: readonly GraphNode[], argument: GraphArgument | undefined): Operand | null {
  if (argument?.type !== 'tensor') return null;
  const shape = graph[argument.ref.node]?.outputs[argument.ref.output]?.shape;
  return shape ? { ref: argument.ref, shape } : null;
}

function operandsOf(graph: readonly GraphNode[], argument: GraphArgument): Operand[] {
  if (argument.type === 'list') return argument.items.flatMap((item) => operandsOf(graph, item));
  const found = operandOf(graph, argument);
  return found ? [found] : [];
}

/** The size is listed as it is: which one of the list. */
function shapeIndex(node: GraphNode, dim: number, size: SymInt): number | null {
  for (const name of SHAPE_PARAMETERS) {
    const listed = node.args[name];
    const item = listed?.type === 'list' ? listed.items[dim] : listed?.type === 'int' && dim === 0 ? listed : undefined;
    if (item?.type === 'int' && item.value.key === size.key) return dim;
  }
  return null;
}

function intAt(argument: GraphArgument | undefined, index: number): number | null {
  const item = argument?.type === 'list' ? argument.items[index] : undefined;
  return item?.type === 'int' ? item.value.value : null;
}

function swapped(node: GraphNode, dim: number, rank: number): number | null {
  const [a, b] = [node.args['dim0'], node.args['dim1']].map((argument) => (argument?.type === 'int' && argument.value.value !== null ? (argument.value.value + rank) % rank : null));
  if (a == null || b == null) return null;
  return dim === a ? b : dim === b ? a : dim;
}
