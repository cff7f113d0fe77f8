/** The tensors that a value is gathered from: for Swin's bias, the table and the index. */
import { operands } from '../shapes/graph/cone';
import type { GraphArgument, GraphNode, NodeId } from '../shapes/graph/graph';
import type { Recording } from '../shapes/interpreter/recorder';
import type { TensorValue } from '../shapes/interpreter/values';
import type { TracedFile } from './tracedFile';

const GATHERS = new Set(['torch.Tensor.__getitem__', 'torch.gather', 'torch.index_select', 'torch.take', 'torch.nn.functional.embedding', 'torch.take_along_dim']);
/** Operations that only move elements: a gather behind them is still what the value shows. */
const MOVES = new Set(['torch.permute', 'torch.transpose', 'torch.reshape', 'torch.Tensor.view', 'torch.Tensor.contiguous', 'torch.unsqueeze', 'torch.squeeze', 'torch.clone', 'torch.flatten', 'torch.as_strided', 'torch.Tensor.expand']);

/** Table and index of the nearest gather, where both are expressions of the document. */
export function gatheredFrom(file: TracedFile, tensor: TensorValue): { tensor: TensorValue; recording: Recording }[] {
  const { graph } = file.analysis;
  const gather = tensor.node && nearestGather(graph, tensor.node.node);
  if (!gather) return [];
  const table = Object.entries(gather.args).find(([name]) => name !== 'index' && name !== 'indices')?.[1];
  const index = gather.args['index'] ?? gather.args['indices'];
  const wanted = [table, index && tensorArgument(index)].flatMap((argument) => (argument ? operands(argument) : []));
  return wanted.flatMap((id) => madeBy(file, id));
}

function nearestGather(graph: readonly GraphNode[], start: NodeId): GraphNode | null {
  for (let node = graph[start]!; ;) {
    if (GATHERS.has(node.op) && Object.values(node.args).flatMap(operands).length > 1) return node;
    const inputs = Object.values(node.args).flatMap(operands);
    if (!MOVES.has(node.op) && !(GATHERS.has(node.op) && inputs.length === 1)) return null;
    const next = inputs[0];
    if (next === undefined) return null;
    node = graph[next]!;
  }
}

/** The first tensor in an index: `table[index]`, `table[index, 0]`. */
function tensorArgument(argument: GraphArgument): GraphArgument | null {
  if (argument.type === 'tensor') return argument;
  return argument.type === 'list' ? argument.items.map(tensorArgument).find((item) => item !== null) ?? null : null;
}

/** The expression that shows a node best: looking through operations that only move elements, one with a name. */
function madeBy(file: TracedFile, id: NodeId): { tensor: TensorValue; recording: Recording }[] {
  const { graph, recordings } = file.analysis;
  for (let at: NodeId | undefined = id; at !== undefined; ) {
    let best: { tensor: TensorValue; recording: Recording } | null = null;
    for (const recording of recordings.values()) {
      for (const seen of recording.seen) {
        if (seen.type !== 'Tensor' || seen.tensor.node?.node !== at) continue;
        if (!best || isBetter(recording, best.recording)) best = { tensor: seen.tensor, recording };
      }
    }
    if (best && (best.recording.node.kind === 'Name' || best.recording.node.kind === 'Attribute')) return [best];
    const node: GraphNode = graph[at]!;
    const next = MOVES.has(node.op) ? Object.values(node.args).flatMap(operands)[0] : undefined;
    if (next === undefined) return best ? [best] : [];
    at = next;
  }
  return [];
}

function isBetter(a: Recording, b: Recording): boolean {
  const rank = (recording: Recording): number => (recording.node.kind === 'Name' || recording.node.kind === 'Attribute' ? 0 : 1);
  return rank(a) < rank(b);
}
