/** Sums of products named by letters: https://docs.pytorch.org/docs/stable/generated/torch.einsum.html */
import { str, tuple, unknown } from '../../values/values';
import type { TensorValue, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { isIntegral } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, Tri } from '../rule';
import { broadcastDims } from '../common/broadcast';
import { contiguousStrides } from '../common/layout';
import { promoteTypes } from '../common/promotion';
import { fresh, view } from '../common/results';
import { ONE, dimsOf } from '../common/shape';
import { count, show, showSize } from '../common/text';
import { commonDtype } from './matmul';
import { permuted } from './movement';

const ELLIPSIS = '…';

/** The letters of one operand, `…` for the run of unnamed dims. */
function lettersOf(text: string, context: RuleContext): string[] {
  const letters = [...text.replace(/\s/g, '').replace('...', ELLIPSIS)];
  const strange = letters.find((letter) => !/[A-Za-z…]/.test(letter));
  if (strange !== undefined) context.fail('einsum-equation', `einsum: '${strange}' in '${text}' is no letter`);
  return letters;
}

interface Sizes { readonly named: Map<string, SymInt>; unnamed: readonly SymInt[] }

function read(letters: readonly string[], operand: TensorValue, at: number, sizes: Sizes, context: RuleContext): void {
  const dims = dimsOf(operand, context);
  const named = letters.filter((letter) => letter !== ELLIPSIS).length;
  const open = letters.includes(ELLIPSIS);
  if (open ? named > dims.length : named !== dims.length) {
    context.fail('einsum-rank-mismatch', `einsum: operand ${at} has shape ${show(operand)}, but '${letters.join('').replace(ELLIPSIS, '...')}' names ${open ? 'at least ' : ''}${count(named, 'dim')}`);
  }
  let dim = 0;
  const own = new Map<string, SymInt>();
  for (const letter of letters) {
    if (letter === ELLIPSIS) {
      const length = dims.length - named;
      sizes.unnamed = broadcastDims(sizes.unnamed, dims.slice(dim, dim + length), 'einsum', context);
      dim += length;
      continue;
    }
    const size = dims[dim++]!;
    const before = own.get(letter);
    // Along a diagonal not even a size of 1 is repeated.
    if (before) context.requireEqual(before, size, 'einsum-size-mismatch', () => `einsum: '${letter}' stands twice for operand ${at} of shape ${show(operand)}, with sizes ${showSize(before)} and ${showSize(size)}`);
    own.set(letter, size);
    const known = sizes.named.get(letter);
    if (known === undefined || known.value === 1) sizes.named.set(letter, size);
    else if (context.equal(size, ONE) !== true) {
      context.requireEqual(known, size, 'einsum-size-mismatch', () => `einsum: the dim '${letter}' has size ${showSize(known)} and, in operand ${at} of shape ${show(operand)}, size ${showSize(size)}`);
    }
  }
}

const einsum: Rule = (args, context) => {
  const [left, right, ...more] = args.string('equation').split('->') as [string, string | undefined];
  if (more.length > 0) context.fail('einsum-equation', `einsum: '${args.string('equation')}' has more than one arrow`);
  const operands = args.tensors('operands');
  const parts = left.split(',');
  if (parts.length !== operands.length) context.fail('einsum-equation', `einsum: '${left}' names ${count(parts.length, 'operand')}, but ${operands.length} are given`);
  const sizes: Sizes = { named: new Map(), unnamed: [] };
  const letters = parts.map((part) => lettersOf(part, context));
  letters.forEach((each, i) => read(each, operands[i]!, i, sizes, context));
  const output = right === undefined ? implicit(letters) : lettersOf(right, context);
  const repeated = output.find((letter, i) => output.indexOf(letter) !== i);
  if (repeated !== undefined) context.fail('einsum-equation', `einsum: '${repeated}' appears twice in the result '${right}'`);
  const dims = output.flatMap((letter) => (letter === ELLIPSIS ? sizes.unnamed : [sizes.named.get(letter) ?? context.fail('einsum-equation', `einsum: '${letter}' of the result is in no operand`)]));
  const dtype = dtypeOf(operands, letters, output, context);
  const [only] = operands;
  if (operands.length === 1 && only && letters[0]!.every((letter) => output.includes(letter))) return rearranged(only, letters[0]!, output, dims, sizes.unnamed.length);
  return fresh(dims, dtype, strides(operands, letters, output, dims, sizes, context));
};

/**
 * Two operands that share a dim which is summed are matrices, which must be of one dtype; others are multiplied, as `*`
 * does it, after what each is summed over. A shared dim of size 1 is none.
 */
function dtypeOf(operands: readonly TensorValue[], letters: readonly (readonly string[])[], output: readonly string[], context: RuleContext): Dtype | null {
  const [a, b] = operands;
  const [own, other] = letters.map((each) => new Set(each));
  const sole = [a && afterSum(a, [...own!].some((letter) => !output.includes(letter) && !other?.has(letter))), b && afterSum(b, [...other!].some((letter) => !output.includes(letter) && !own!.has(letter)))];
  if (operands.length === 1 || operands.every(({ dtype }) => dtype === a!.dtype)) return operands.length > 2 ? a!.dtype : sole[0]!;
  if (operands.length > 2 || !a || !b) return null;
  const summed = [...own!].filter((letter) => other!.has(letter) && !output.includes(letter));
  const isOne = (operand: TensorValue, at: readonly string[], letter: string): Tri => (letter === ELLIPSIS ? null : context.equal(sizeOf(operand, at, letter, context), ONE));
  const shared = summed.map((letter) => [isOne(a, letters[0]!, letter), isOne(b, letters[1]!, letter)]);
  if (shared.some((each) => each.every((one) => one === false))) return commonDtype('einsum', operands, context);
  if (shared.some((each) => !each.includes(true)) || sole.includes(null)) return null;
  return promoteTypes(sole[0]!, sole[1]!);
}

/** Integers add up in int64. */
const afterSum = ({ dtype }: TensorValue, isSummed: boolean): Dtype | null => (dtype && isSummed && isIntegral(dtype) ? 'int64' : dtype);

function sizeOf(operand: TensorValue, letters: readonly string[], letter: string, context: RuleContext): SymInt {
  const [at, run] = [letters.indexOf(letter), letters.indexOf(ELLIPSIS)];
  return dimsOf(operand, context).at(run >= 0 && at > run ? at - letters.length : at)!;
}

/** Without a sum the result is a view: the dims in another order, or a diagonal. */
function rearranged(operand: TensorValue, letters: readonly string[], output: readonly string[], dims: readonly SymInt[], unnamed: number): ReturnType<Rule> {
  if (new Set(letters).size < letters.length) return view(operand, dims, null);
  const places = spread(letters, unnamed);
  return permuted(operand, spread(output, unnamed).map((letter) => places.indexOf(letter)));
}

/** The run of unnamed dims as so many letters. */
const spread = (letters: readonly string[], unnamed: number): string[] => letters.flatMap((letter) => (letter === ELLIPSIS ? Array.from({ length: unnamed }, (_, i) => `${ELLIPSIS}${i}`) : [letter]));

/**
 * A product of two is a batch of matrices: dims of both operands, of the left, of the right, each in the result's order;
 * the operands change places where that makes the result contiguous. A dim of size 1 counts as missing from its operand,
 * and what is missing from both as one of the right. null: of more operands, not known.
 */
function strides(operands: readonly TensorValue[], letters: readonly (readonly string[])[], output: readonly string[], dims: readonly SymInt[], sizes: Sizes, context: RuleContext): readonly SymInt[] | null | undefined {
  const result = spread(output, sizes.unnamed.length);
  if (operands.length !== 2) return operands.length < 2 ? undefined : null;
  const [left, right] = operands.map((operand, i) => wideLetters(operand, letters[i]!, sizes.unnamed.length, context));
  if (![...left!].some((letter) => right!.has(letter) && !result.includes(letter))) return undefined;
  const rankOf = (letter: string): number => (left!.has(letter) ? (right!.has(letter) ? 0 : 1) : 2);
  const placesOf = (rank: number): number[] => result.flatMap((letter, i) => (rankOf(letter) === rank ? [i] : []));
  const [shared, ofLeft, ofRight] = [placesOf(0), placesOf(1), placesOf(2)];
  const order = [...shared, ...(Math.max(...ofRight) < Math.min(...ofLeft) ? [...ofRight, ...ofLeft] : [...ofLeft, ...ofRight])];
  const packed = contiguousStrides(order.map((i) => dims[i]!));
  return result.map((_, i) => packed[order.indexOf(i)]!);
}

/** The letters of the dims whose size is not 1. */
function wideLetters(operand: TensorValue, letters: readonly string[], unnamed: number, context: RuleContext): ReadonlySet<string> {
  const dims = dimsOf(operand, context);
  const run = dims.length - letters.filter((letter) => letter !== ELLIPSIS).length;
  // Unnamed dims are counted from the last, as they broadcast.
  const names = letters.flatMap((letter) => (letter === ELLIPSIS ? Array.from({ length: run }, (_, i) => `${ELLIPSIS}${unnamed - run + i}`) : [letter]));
  return new Set(names.filter((_, i) => context.equal(dims[i]!, ONE) !== true));
}

/** Without an arrow: what is unnamed, then the letters that appear once, in order of the alphabet (capitals first). */
function implicit(parts: readonly (readonly string[])[]): string[] {
  const all = parts.flat();
  const once = [...new Set(all)].filter((letter) => letter !== ELLIPSIS && all.indexOf(letter) === all.lastIndexOf(letter)).sort();
  return all.includes(ELLIPSIS) ? [ELLIPSIS, ...once] : once;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The letters that a list of dims stands for; null: a dim that is not known, or none of the 52. */
function written(dims: Value | undefined): string | null {
  if ((dims?.kind !== 'list' && dims?.kind !== 'tuple') || !dims.items) return null;
  const letters = dims.items.map((dim) => (dim.kind === 'Ellipsis' ? '...' : dim.kind === 'int' && dim.value?.value != null ? ALPHABET[dim.value.value] : undefined));
  return letters.includes(undefined) ? null : letters.join('');
}

/** `einsum(a, [0, 1], b, [1, 2], [0, 2])` as an equation and its operands. */
function asEquation(bound: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const [first, rest] = [bound.get('equation'), bound.get('operands')];
  if (first?.kind !== 'Tensor' || (rest?.kind !== 'tuple' && rest?.kind !== 'list') || !rest.items) return bound;
  // What follows a single operand is bound as the list that it is.
  const given = [first, ...(written(rest) === null ? rest.items : [rest])];
  const output = given.length % 2 === 1 ? given.pop() : undefined;
  const letters = given.flatMap((dims, i) => (i % 2 === 1 ? [written(dims)] : []));
  const result = output && written(output);
  if (letters.includes(null) || result === null) return new Map([...bound, ['equation', unknown('the dims that einsum is given are not known')]]);
  const equation = letters.join(',') + (result === undefined ? '' : `->${result}`);
  return new Map([...bound, ['equation', str(equation)], ['operands', tuple(given.filter((_, i) => i % 2 === 0))]]);
}

export const rows: readonly OperationRow[] = [
  { name: 'torch.einsum', signature: 'einsum(equation, *operands)', normalize: asEquation, rule: einsum, explain: (bound) => {
    const equation = bound.get('equation');
    return equation?.kind === 'str' && equation.value !== null ? `by ${equation.value}` : 'multiplies and sums';
  } },
];
