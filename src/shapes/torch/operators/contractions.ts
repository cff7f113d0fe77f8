/** Products over several dims or of several matrices: https://docs.pytorch.org/docs/stable/torch.html#blas-and-lapack-operations */
import type { SymInt } from '../../symint/symint';
import { mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { promoteTypes } from '../common/promotion';
import { fresh } from '../common/results';
import { dimIndexes, dimsOf } from '../common/shape';
import { show, showSize } from '../common/text';
import { commonDtype } from './matmul';

/** Contracts dims of a with dims of b. https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html */
const tensordot: Rule = (args, context) => {
  const [a, b] = [args.tensor('a'), args.tensor('b')];
  const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
  const given = args.value('dims');
  let over: [number[], number[]];
  if (given.kind === 'int') {
    const n = args.number('dims');
    if (n > x.length || n > y.length) context.fail('dim-out-of-range', `tensordot: ${n} dims to contract, but the shapes are ${show(a)} and ${show(b)}`);
    over = [Array.from({ length: n }, (_, i) => x.length - n + i), Array.from({ length: n }, (_, i) => i)];
  } else if ((given.kind === 'tuple' || given.kind === 'list') && given.items?.length === 2) {
    const lists = given.items.map((item) => (item.kind === 'int' ? [item] : item.kind === 'tuple' || item.kind === 'list' ? item.items ?? [] : []));
    const numbers = lists.map((list) => list.map((item) => (item.kind === 'int' && item.value?.value != null ? item.value.value : context.unknown('the dims of tensordot are not known'))));
    over = [dimIndexes(a.shape, numbers[0]!, 'tensordot', context), dimIndexes(b.shape, numbers[1]!, 'tensordot', context)];
  } else return context.unknown('the dims of tensordot are not known');
  if (over[0].length !== over[1].length) context.fail('argument-mismatch', `tensordot: ${over[0].length} dims of the first and ${over[1].length} of the second tensor are to be contracted; there must be as many`);
  over[0].forEach((dim, i) => {
    const other = over[1][i]!;
    if (context.equal(x[dim]!, y[other]!) === false && (x[dim]!.value === 1 || y[other]!.value === 1)) return;
    context.requireEqual(x[dim]!, y[other]!, 'matmul-size-mismatch', () => `tensordot: dim ${dim} of ${show(a)} and dim ${other} of ${show(b)} are contracted: their sizes ${showSize(x[dim]!)} and ${showSize(y[other]!)} must be equal`);
  });
  return fresh([...x.filter((_, i) => !over[0].includes(i)), ...y.filter((_, i) => !over[1].includes(i))], commonDtype('tensordot', [a, b], context));
};

const kron: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
  const rank = Math.max(x.length, y.length);
  const dims = Array.from({ length: rank }, (_, i) => [x[i - rank + x.length], y[i - rank + y.length]].filter((size) => size !== undefined).reduce((p, q) => mul(p, q)));
  // Both get as many dims, so that none counts for less.
  return fresh(dims, a.dtype && b.dtype && promoteTypes(a.dtype, b.dtype));
};

/** A product of matrices in the cheapest order; the first and last may be vectors. */
const chain = (name: string, op: string): Rule => (args, context) => {
  const tensors = args.tensors(name);
  if (tensors.length < (op === 'multi_dot' ? 2 : 1)) context.fail('argument-mismatch', `${op}: there must be at least ${op === 'multi_dot' ? 2 : 1} tensors`);
  const dtype = commonDtype(op, tensors, context);
  let dims: readonly SymInt[] = dimsOf(tensors[0]!, context);
  tensors.forEach((tensor, i) => {
    const rank = dimsOf(tensor, context).length;
    const ends = i === 0 || i === tensors.length - 1;
    if (rank !== 2 && !(ends && rank === 1 && op === 'multi_dot')) context.fail('rank-mismatch', `${op}: tensor ${i} must have 2 dims${ends ? ' or 1' : ''}, not ${show(tensor)}`);
  });
  for (const [i, next] of tensors.slice(1).entries()) {
    const other = dimsOf(next, context);
    context.requireEqual(dims.at(-1)!, other[0]!, 'matmul-size-mismatch', () => `${op}: the inner sizes of tensor ${i} and ${i + 1} differ: ${show(tensors[i]!)} @ ${show(next)} needs ${showSize(dims.at(-1)!)} == ${showSize(other[0]!)}`);
    dims = [...dims.slice(0, -1), ...other.slice(1)];
  }
  return fresh(dims, dtype);
};

const explain = 'contracts the inner dims';
export const rows: readonly OperationRow[] = [
  { name: 'torch.tensordot', signature: 'tensordot(a, b, dims=2)', rule: tensordot, explain: 'contracts several dims' },
  { name: 'torch.kron', signature: 'kron(input, other)', methods: ['kron'], rule: kron, explain: 'multiplies every element with the whole other tensor' },
  { name: 'torch.chain_matmul', signature: 'chain_matmul(*matrices)', rule: chain('matrices', 'chain_matmul'), explain },
  { name: 'torch.linalg.multi_dot', signature: 'multi_dot(tensors)', rule: chain('tensors', 'multi_dot'), explain },
];
