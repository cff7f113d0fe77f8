/**
 * The values to take for a random parameter that a post prints several times: as itself, and gathered or reshaped
 * further on. Each printed number votes for the element that it shows; a lone misprint is outvoted, and so is found
 * where it stands instead of everywhere that its value is used.
 */
import type { TensorItem } from '../documents/outputs';
import type { NodeId } from '../shapes/graph/graph';
import { ownTensor, planTensors } from './evaluation';
import type { Bindings, BoundValues } from './evaluation';
import { valueOf } from './printed';
import type { PrintedOutputs } from './printed';
import type { TracedFile } from './tracedFile';
import type { Compute } from './compute';

/** Operations whose result holds elements of their operand unchanged. */
const MOVES = /^torch\.(Tensor\.)?(permute|transpose|reshape|view|contiguous|clone|flatten|squeeze|unsqueeze|as_strided|expand|__getitem__|gather|index_select|take|detach|t|movedim)$/;
/** Element numbers are carried as float32. */
const MAX_ELEMENTS = 2 ** 24;

export async function agreedBindings(file: TracedFile, printed: PrintedOutputs, bindings: Bindings, compute: Compute): Promise<Bindings> {
  const agreed = new Map<NodeId, BoundValues>();
  for (const [node, bound] of bindings) agreed.set(node, { ...bound, values: await vote(file, printed, node, bound, compute) });
  return agreed;
}

async function vote(file: TracedFile, printed: PrintedOutputs, node: NodeId, bound: BoundValues, compute: Compute): Promise<readonly number[]> {
  if (bound.values.length > MAX_ELEMENTS) return bound.values;
  const votes = bound.values.map((value) => new Map([[value, 1]]));
  const numbers: BoundValues = { ...bound, dtype: 'float32', values: bound.values.map((_, i) => i) };
  for (const pair of printed.matching.pairs) {
    const item = printed.items[pair.item]!;
    const seen = valueOf(file, printed, pair);
    const tensor = seen && ownTensor(seen);
    if (item.kind !== 'tensor' || item.summarized || !tensor || tensor.node?.node === node) continue;
    const plan = planTensors(file, [tensor], new Map([[node, numbers]]));
    if (!plan.ok || plan.bindings.size === 0 || !plan.cone.nodes.every((each) => each.id === node || MOVES.test(each.op) || each.outputs.every((output) => !output.dtype.startsWith('float')))) continue;
    const [computed] = await compute(plan.cone, plan.bindings).catch(() => []);
    if (computed && computed.values.length === item.values.length) castVotes(votes, item, computed.values);
  }
  return votes.map((counts, i) => winner(counts, bound.values[i]!));
}

function castVotes(votes: Map<number, number>[], item: TensorItem, elements: ArrayLike<number>): void {
  // One vote an output for each element: a value gathered five times was printed from one number.
  const seen = new Set<string>();
  item.values.forEach((value, i) => {
    const counts = votes[elements[i]!];
    const key = `${elements[i]}:${Number(value)}`;
    if (!counts || seen.has(key)) return;
    seen.add(key);
    counts.set(Number(value), (counts.get(Number(value)) ?? 0) + 1);
  });
}

/** The parameter's own printing wins a tie. */
function winner(counts: ReadonlyMap<number, number>, own: number): number {
  let best = own;
  for (const [value, count] of counts) if (count > counts.get(best)!) best = value;
  return best;
}
