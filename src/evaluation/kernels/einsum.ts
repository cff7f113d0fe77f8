/**
 * Einstein summation, two operands at a time, each pair as one batched matrix product.
 * https://docs.pytorch.org/docs/stable/generated/torch.einsum.html
 */
import type { Dtype } from '../../shapes/values/dtype';
import { EvaluationError } from '../errors';
import { numelOf, stridesOf, type Value } from '../value';
import type { Kernel, KernelTable } from './kernel';
import { matmul } from './matmul';
import { reduceRows } from './reduction';
import { copyStrided, expandTo, permute } from './strided';

/** An operand with a letter for each dim. */
interface Labelled { readonly value: Value; readonly labels: readonly string[] }

/** Dims that `...` stands for get digits, counted from the right so that they broadcast. */
function labelsOf(term: string, rank: number): string[] {
  const [before = '', after = ''] = term.split('...');
  if (!term.includes('...')) {
    if (term.length !== rank) throw new EvaluationError('invalid-argument', `einsum: '${term}' names ${term.length} dims of a tensor of ${rank}`);
    return [...term];
  }
  const count = rank - before.length - after.length;
  return [...before, ...Array.from({ length: count }, (_, i) => String(count - 1 - i)), ...after];
}

/** A letter that stands twice in one operand takes the diagonal. */
function withoutRepeats({ value, labels }: Labelled): Labelled {
  const unique = [...new Set(labels)];
  if (unique.length === labels.length) return { value, labels };
  const strides = stridesOf(value.shape);
  const shape = unique.map((label) => value.shape[labels.indexOf(label)] as number);
  const merged = unique.map((label) => labels.reduce((sum, other, dim) => sum + (other === label ? strides[dim] as number : 0), 0));
  return { value: copyStrided(value, shape, merged, 0), labels: unique };
}

function arrange({ value, labels }: Labelled, order: readonly string[]): Value {
  return permute(value, order.map((label) => labels.indexOf(label)));
}

/** Sums away the letters that nobody else has. */
function sumOut(operand: Labelled, needed: ReadonlySet<string>, dtype: Dtype): Labelled {
  const kept = operand.labels.filter((label) => needed.has(label));
  if (kept.length === operand.labels.length) return operand;
  const dropped = operand.labels.filter((label) => !needed.has(label));
  const input = arrange(operand, [...kept, ...dropped]);
  const shape = input.shape.slice(0, kept.length);
  const rows = numelOf(shape);
  const length = numelOf(input.shape.slice(kept.length));
  const value = reduceRows({ input, rows, length }, shape, dtype, (row) => { let sum = 0; for (const x of row) sum += x; return sum; });
  return { value, labels: kept };
}

function contract(a: Labelled, b: Labelled, needed: ReadonlySet<string>, dtype: Dtype): Labelled {
  const size = (label: string): number => Math.max(...[a, b].map(({ value, labels }) => (labels.includes(label) ? value.shape[labels.indexOf(label)] as number : 1)));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => needed.has(label));
  const summed = shared.filter((label) => !needed.has(label));
  const left = a.labels.filter((label) => !shared.includes(label));
  const right = b.labels.filter((label) => !shared.includes(label));
  const count = (labels: readonly string[]): number => numelOf(labels.map(size));
  const laid = (operand: Labelled, order: readonly string[], shape: readonly number[]): Value =>
    expandTo(arrange(operand, order), order.map(size)).reshaped(shape);
  const [n, k, m, many] = [count(left), count(summed), count(right), count(batch)];
  const product = matmul(laid(a, [...batch, ...left, ...summed], [many, n, k]), laid(b, [...batch, ...summed, ...right], [many, k, m]), dtype, [many, n, m]);
  const labels = [...batch, ...left, ...right];
  return { value: product.reshaped(labels.map(size)), labels };
}

const einsum: Kernel = ({ args, dtype, shape }) => {
  const equation = args.text('equation', '').replace(/\s/g, '');
  const tensors = args.tensors('operands').map((value) => value.to(dtype));
  const [inputs = '', output] = equation.split('->');
  const terms = inputs.split(',');
  if (terms.length !== tensors.length) throw new EvaluationError('invalid-argument', `einsum: '${equation}' is for ${terms.length} operands, and ${tensors.length} are given`);
  const operands = tensors.map((value, i) => withoutRepeats({ value, labels: labelsOf(terms[i] as string, value.shape.length) }));
  const target = output === undefined ? implicitOutput(terms, operands) : labelsOf(output, output.replace('...', '').length + (output.includes('...') ? ellipsisRank(operands) : 0));
  let result = operands[0] as Labelled;
  const neededAfter = (i: number): Set<string> => new Set([...target, ...operands.slice(i).flatMap(({ labels }) => labels)]);
  result = sumOut(result, neededAfter(1), dtype);
  operands.slice(1).forEach((operand, i) => {
    const needed = neededAfter(i + 2);
    const own = new Set([...needed, ...result.labels]);
    result = sumOut(contract(result, sumOut(operand, own, dtype), needed, dtype), needed, dtype);
  });
  return expandTo(arrange(result, target), shape);
};

function ellipsisRank(operands: readonly Labelled[]): number {
  return Math.max(0, ...operands.map(({ labels }) => labels.filter((label) => /\d/.test(label)).length));
}

/** Without an arrow: the dims of `...`, then every letter that stands once, in alphabetical order. */
function implicitOutput(terms: readonly string[], operands: readonly Labelled[]): string[] {
  const letters = terms.join('').replace(/\./g, '');
  const once = [...letters].filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).sort();
  const rank = ellipsisRank(operands);
  return [...Array.from({ length: rank }, (_, i) => String(rank - 1 - i)), ...once];
}

export const EINSUM: KernelTable = { 'torch.einsum': einsum };
