/**
 * Gathers in the graph, and the expressions that show what is gathered from where: for Swin's bias, the table and the
 * index. A gather is found from its result, from its table and from its index, through operations that only move elements.
 */
import { operands } from '../shapes/graph/cone';
import type { GraphArgument, GraphNode, NodeId } from '../shapes/graph/graph';
import type { Recording } from '../shapes/interpreter/state/recorder';
import type { TensorValue } from '../shapes/values/values';
import { valueOf } from '../shapes/symint/symint';
import type { TracedFile } from './tracedFile';

const GATHERS = new Set(['torch.Tensor.__getitem__', 'torch.gather', 'torch.index_select', 'torch.take', 'torch.nn.functional.embedding', 'torch.take_along_dim']);
/** Operations that only move elements: a gather behind them is still what the value shows. */
const MOVES = new Set([
  ...['permute', 'transpose', 'swapaxes', 'swapdims', 'movedim', 'moveaxis', 't', 'reshape', 'ravel', 'flatten', 'unflatten', 'unsqueeze', 'squeeze', 'clone', 'detach', 'as_strided', 'flip', 'roll', 'narrow', 'select', 'broadcast_to'].map((name) => `torch.${name}`),
  ...['view', 'view_as', 'reshape_as', 'contiguous', 'expand', 'expand_as', 'detach', 'T', 'mT', 'H', 'repeat'].map((name) => `torch.Tensor.${name}`),
]);

export interface ShownTensor {
  readonly tensor: TensorValue;
  readonly recording: Recording;
  /** Where it is no expression of the document: what it is of the one in `recording`; or when it is that one. */
  readonly part?: 'table' | 'index' | 'before' | 'after';
}

export interface Gathered {
  readonly node: GraphNode;
  /** The nodes that it reads: what it takes elements from, and where they are. */
  readonly operands: { readonly table: NodeId; readonly index: NodeId };
  /** Of the table, the dim that the index counts along; null: all of them, flat. */
  readonly dim: number | null;
  /** Expressions of the document; table and index may be the same tensors before they were moved. */
  readonly table: ShownTensor;
  readonly index: ShownTensor;
  readonly result: ShownTensor;
}

/** The nearest gather that a tensor is the result, the table or the index of, where all three are expressions of the document. */
export function gatheredFrom(file: TracedFile, shown: ShownTensor): Gathered | null {
  const { graph } = file.analysis;
  const start = shown.tensor.node?.node;
  if (start === undefined) return null;
  const behind = nearestGather(graph, start);
  if (behind) return complete(file, behind, { result: shown });
  for (const node of graph) {
    const read = gatherOperands(node);
    if (!read) continue;
    const role = comesFrom(graph, read.table, start) ? 'table' : comesFrom(graph, read.index, start) ? 'index' : null;
    const found = role && complete(file, node, { [role]: shown });
    if (found) return found;
  }
  return null;
}

function complete(file: TracedFile, node: GraphNode, known: Partial<Pick<Gathered, 'table' | 'index' | 'result'>>): Gathered | null {
  const read = gatherOperands(node);
  if (!read) return null;
  const result = known.result ?? resultOf(file, node.id);
  const table = known.table ?? shownAs(file, read.table) ?? partOf(file, read.table, 'table', result);
  const index = known.index ?? shownAs(file, read.index) ?? partOf(file, read.index, 'index', result);
  return table && index && result ? { node, operands: { table: read.table, index: read.index }, dim: read.dim, table, index, result } : null;
}

/** What a gather reads; null: the node is none, or picks by position or by mask only. */
function gatherOperands(node: GraphNode): { readonly table: NodeId; readonly index: NodeId; readonly dim: number | null } | null {
  if (!GATHERS.has(node.op)) return null;
  const tableName = Object.keys(node.args).find((name) => (node.op.endsWith('embedding') ? name === 'weight' : name === 'input' || name === 'self'));
  const table = tableName === undefined ? undefined : operands(node.args[tableName]!)[0];
  const indices = node.args[node.op.endsWith('embedding') ? 'input' : 'index' in node.args ? 'index' : 'indices'];
  if (table === undefined || !indices) return null;
  if (node.op !== 'torch.Tensor.__getitem__') {
    const index = operands(indices)[0];
    const dim = node.args['dim'];
    if (index === undefined) return null;
    if (node.op === 'torch.nn.functional.embedding') return { table, index, dim: 0 };
    return { table, index, dim: dim?.type === 'int' ? valueOf(dim.value) : null };
  }
  return subscript(indices, table);
}

/** `table[index]`, `table[:, index]`, `table[..., index]`: the first tensor, and the dim that it stands at. */
function subscript(indices: GraphArgument, table: NodeId): { table: NodeId; index: NodeId; dim: number } | null {
  const items = indices.type === 'list' ? indices.items : [indices];
  const at = items.findIndex((item) => item.type === 'tensor');
  const index = items[at] && operands(items[at])[0];
  if (index === undefined) return null;
  const ellipsis = items.findIndex((item) => item.type === 'ellipsis');
  const takesDim = (item: GraphArgument): boolean => item.type !== 'none' && item.type !== 'ellipsis';
  if (ellipsis >= 0 && ellipsis < at) return { table, index, dim: -items.slice(at).filter(takesDim).length };
  return { table, index, dim: items.slice(0, at).filter(takesDim).length };
}

function nearestGather(graph: readonly GraphNode[], start: NodeId): GraphNode | null {
  for (let node = graph[start]!; ;) {
    if (gatherOperands(node)) return node;
    const inputs = Object.values(node.args).flatMap(operands);
    if (!isMove(node)) return null;
    const next = inputs[0];
    if (next === undefined) return null;
    node = graph[next]!;
  }
}

/** Also a subscript of numbers and slices. */
function isMove(node: GraphNode): boolean {
  return MOVES.has(node.op) || (GATHERS.has(node.op) && Object.values(node.args).flatMap(operands).length === 1);
}

/** Whether a node shows the elements of another, moved. */
function comesFrom(graph: readonly GraphNode[], from: NodeId, wanted: NodeId): boolean {
  for (let at: NodeId | undefined = from; at !== undefined;) {
    if (at === wanted) return true;
    const node: GraphNode = graph[at]!;
    at = isMove(node) ? Object.values(node.args).flatMap(operands)[0] : undefined;
  }
  return false;
}

/** The last expression that the result of a gather is moved on to. */
function resultOf(file: TracedFile, gather: NodeId): ShownTensor | null {
  const { graph } = file.analysis;
  let best: ShownTensor | null = null;
  let at = gather;
  for (const node of graph) {
    if (node.id <= at || !isMove(node) || Object.values(node.args).flatMap(operands)[0] !== at) continue;
    best = expressionOf(file, at) ?? best;
    at = node.id;
  }
  return expressionOf(file, at) ?? best;
}

/** The expression that shows a node best: looking through operations that only move elements, one with a name. */
function shownAs(file: TracedFile, id: NodeId): ShownTensor | null {
  for (let at: NodeId | undefined = id; at !== undefined;) {
    const best = expressionOf(file, at);
    if (best && isNamed(best.recording)) return best;
    const node: GraphNode = file.analysis.graph[at]!;
    const next = isMove(node) ? Object.values(node.args).flatMap(operands)[0] : undefined;
    if (next === undefined) return best;
    at = next;
  }
  return null;
}

/** An operand that a library has: the weight of an embedding. */
function partOf(file: TracedFile, id: NodeId, part: 'table' | 'index', whole: ShownTensor | null): ShownTensor | null {
  const output = file.analysis.graph[id]?.outputs[0];
  if (!whole || !output?.shape || output.dtype === null) return null;
  const { tensor, recording } = whole;
  return { tensor: { ...tensor, node: { node: id, output: 0 }, shape: { ...tensor.shape, dims: output.shape }, dtype: output.dtype }, recording, part };
}

function expressionOf(file: TracedFile, id: NodeId): ShownTensor | null {
  let best: ShownTensor | null = null;
  for (const recording of file.analysis.recordings.values()) {
    for (const seen of recording.seen) {
      if (seen.type !== 'Tensor' || seen.tensor.node?.node !== id) continue;
      if (!best || (isNamed(recording) && !isNamed(best.recording))) best = { tensor: seen.tensor, recording };
    }
  }
  return best;
}

function isNamed({ node }: Recording): boolean {
  return node.kind === 'Name' || node.kind === 'Attribute';
}
