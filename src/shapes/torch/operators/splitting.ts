/** One tensor cut into several views: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul, quotientOf, sub, sum } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, RuleResult, TensorResult } from '../rule';
import { fresh, manyOf, tupleOf, view } from '../common/results';
import { ZERO, dimIndex, removeDims, replaceDim } from '../common/shape';
import { show, showSize } from '../common/text';

/** A part of a dim. */
export function narrowed(input: TensorValue, at: number, start: SymInt | null, length: SymInt): TensorResult {
  const { shape, layout } = input;
  const offset = layout && start && add(layout.offset, mul(start, layout.strides[at]!));
  return view(input, replaceDim(shape, at, length), offset ? layout.strides : null, offset);
}

/** Without the dim, at one position of it. */
export function selected(input: TensorValue, at: number, index: SymInt | null): TensorResult {
  const { shape, layout } = input;
  const offset = layout && index && add(layout.offset, mul(index, layout.strides[at]!));
  return view(input, removeDims(shape, [at]), offset ? layout.strides.filter((_, i) => i !== at) : null, offset);
}

/** More results are no sequence that code takes apart. */
const MAX_PIECES = 10_000;

function feasible(count: number, context: RuleContext): number {
  return count <= MAX_PIECES ? count : context.unknown(`${count} pieces are too many to be told apart`);
}

function pieces(input: TensorValue, at: number, lengths: readonly SymInt[]): RuleResult {
  let start: SymInt = ZERO;
  return tupleOf(lengths.map((length) => {
    const piece = narrowed(input, at, start, length);
    start = add(start, length);
    return piece;
  }));
}

export function sizeAt(input: TensorValue, at: number, op: string, context: RuleContext): SymInt {
  return input.shape.dims[at] ?? context.fail('rank-mismatch', `${op}: a tensor of 0 dims cannot be cut`);
}

/** One of the pieces, each of which has that size: which it is is not known. */
const anyPiece = (input: TensorValue, at: number, length: SymInt): TensorResult => view(input, replaceDim(input.shape, at, length), null);

/** How many pieces of the size that is an nth of the dim there are: n, if it is a multiple of that. */
function shares(size: SymInt, piece: SymInt, context: RuleContext): SymInt | null {
  const parts = quotientOf(piece);
  if (!parts || !context.same(parts.dividend, size)) return null;
  const isMultiple = context.divisible(size, parts.divisor);
  if (isMultiple === null) context.assumeDivisible(size, parts.divisor);
  return isMultiple === false ? null : parts.divisor;
}

/** Pieces of that many elements. */
function evenly(input: TensorValue, at: number, piece: SymInt, op: string, context: RuleContext): RuleResult {
  const size = sizeAt(input, at, op, context);
  if (size.value !== null && piece.value !== null) return pieces(input, at, equalPieces(size, piece, op, context));
  const number = context.divideExact(size, piece) ?? shares(size, piece, context);
  if (number === null) return context.unknown(`the number of pieces of ${showSize(piece)} in a dim of size ${showSize(size)} is not known`);
  if (number.value === null) return manyOf(anyPiece(input, at, piece), number);
  return pieces(input, at, new Array<SymInt>(feasible(number.value, context)).fill(piece));
}

/** Pieces of `piece` elements, the last of what is left. */
function equalPieces(size: SymInt, piece: SymInt, op: string, context: RuleContext): SymInt[] {
  if (piece.value !== null && piece.value < 0) context.fail('argument-mismatch', `${op}: the size of a piece must not be negative, but is ${piece.value}`);
  if (size.value !== null && piece.value !== null) {
    if (piece.value === 0) return size.value === 0 ? [ZERO] : context.fail('argument-mismatch', `${op}: pieces of 0 elements never cover a dim of size ${size.value}`);
    feasible(size.value / piece.value, context);
    const lengths: SymInt[] = [];
    for (let left = size.value; left > 0; left -= piece.value) lengths.push(constant(Math.min(left, piece.value)));
    return lengths.length > 0 ? lengths : [ZERO];
  }
  const times = context.divideExact(size, piece)?.value ?? null;
  if (times === null) return context.unknown(`the number of pieces of ${showSize(piece)} in a dim of size ${showSize(size)} is not known`);
  return new Array<SymInt>(feasible(times, context)).fill(piece);
}

const split: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'split', context);
  sizeAt(input, at, 'split', context);
  const name = args.has('split_size') ? 'split_size' : 'split_size_or_sections';
  if (args.value(name).kind === 'int') return evenly(input, at, args.int(name), 'split', context);
  return pieces(input, at, sections(input, at, args.ints(name), 'split', context));
};

function sections(input: TensorValue, at: number, lengths: readonly SymInt[], op: string, context: RuleContext): readonly SymInt[] {
  context.requireEqual(sum(lengths), sizeAt(input, at, op, context), 'split-size-mismatch', () => `${op}: the sections ${show(lengths)} add up to ${showSize(sum(lengths))}, but dim ${at} of ${show(input)} has size ${showSize(input.shape.dims[at]!)}`);
  return lengths;
}

const splitWithSizes: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'split_with_sizes', context);
  return pieces(input, at, sections(input, at, args.ints('split_sizes'), 'split_with_sizes', context));
};

/** At most `chunks` equal pieces. https://docs.pytorch.org/docs/stable/generated/torch.chunk.html */
const chunk: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'chunk', context);
  const size = sizeAt(input, at, 'chunk', context);
  const given = args.int('chunks');
  if (given.value === null) {
    if (context.divideExact(size, given) === null && context.divisible(size, given) === null) context.assumeDivisible(size, given);
    const piece = context.divideExact(size, given) ?? context.unknown(`how many chunks a dim of size ${showSize(size)} makes is not known`);
    return manyOf(anyPiece(input, at, piece), given);
  }
  const chunks = given.value;
  if (chunks < 1) context.fail('argument-mismatch', `chunk: there must be at least 1 chunk, not ${chunks}`);
  feasible(chunks, context);
  if (size.value !== null) {
    if (size.value === 0) return pieces(input, at, new Array<SymInt>(chunks).fill(ZERO));
    return pieces(input, at, equalPieces(size, constant(Math.ceil(size.value / chunks)), 'chunk', context));
  }
  const whole = constant(chunks);
  if (context.divideExact(size, whole) === null && context.divisible(size, whole) === null) context.assumeDivisible(size, whole);
  const piece = context.divideExact(size, whole) ?? context.unknown(`how many chunks a dim of size ${showSize(size)} makes is not known: it is no multiple of ${chunks}`);
  return pieces(input, at, new Array<SymInt>(chunks).fill(piece));
};

/** Exactly n pieces, or cut at indices. https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html */
function tensorSplit(op: string, input: TensorValue, at: number, given: SymInt | readonly SymInt[], context: RuleContext, even: boolean): RuleResult {
  const size = sizeAt(input, at, op, context);
  if ('length' in given) {
    const bounds = given.map((bound) => position(bound, size, context));
    const starts = [ZERO, ...bounds];
    return tupleOf(starts.map((start, i) => {
      const end = bounds[i] ?? size;
      return narrowed(input, at, start, context.lessEqual(start, end) === false ? ZERO : sub(end, start));
    }));
  }
  const n = given.value ?? context.unknown('the number of sections is not known');
  if (n < 1) context.fail('argument-mismatch', `${op}: there must be at least 1 section, not ${n}`);
  feasible(n, context);
  const exact = context.divideExact(size, given);
  if (exact !== null) return pieces(input, at, new Array<SymInt>(n).fill(exact));
  if (even && context.divisible(size, given) === false) context.fail('split-size-mismatch', `${op}: dim ${at} of ${show(input)} has size ${showSize(size)}, which is not a multiple of ${n} sections`);
  // The first of them are one longer: as many as are left over.
  return pieces(input, at, Array.from({ length: n }, (_, i) => floordiv(add(size, constant(n - 1 - i)), given)));
}

/** An index as a slice clips it. */
function position(bound: SymInt, size: SymInt, context: RuleContext): SymInt {
  const from = bound.value !== null && bound.value < 0 ? add(size, bound) : bound;
  if (context.lessEqual(from, ZERO) === true) return ZERO;
  if (context.lessEqual(size, from) === true) return size;
  if (context.lessEqual(from, size) === true && context.lessEqual(ZERO, from) === true) return from;
  return context.unknown(`whether ${showSize(bound)} lies within a dim of size ${showSize(size)} is not known`);
}

const tensorSplitRule: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'tensor_split', context);
  const given = args.value('indices_or_sections');
  if (!input.shape.rest && input.shape.dims.length === 0) context.fail('rank-mismatch', 'tensor_split: the tensor must have at least 1 dim');
  if (given.kind === 'Tensor' && given.shape.dims.length > 1) context.fail('rank-mismatch', `tensor_split: indices_or_sections must have at most 1 dim, not ${show(given)}`);
  return tensorSplit('tensor_split', input, at, given.kind === 'int' || (given.kind === 'Tensor' && given.shape.dims.length === 0) ? args.int('indices_or_sections') : args.ints('indices_or_sections'), context, false);
};

const along = (op: string, least: number, dimFor: (rank: number) => number): Rule => (args, context) => {
  const input = args.tensor('input');
  const rank = input.shape.rest ? context.unknown(`the rank of ${show(input)} is not known`) : input.shape.dims.length;
  if (rank < least) context.fail('rank-mismatch', `${op}: the tensor must have at least ${least} dim${least === 1 ? '' : 's'}, not ${show(input)}`);
  const given = args.value('indices_or_sections');
  return tensorSplit(op, input, dimFor(rank), given.kind === 'int' ? args.int('indices_or_sections') : args.ints('indices_or_sections'), context, true);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.unbind.html */
const unbind: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'unbind', context);
  const size = sizeAt(input, at, 'unbind', context);
  if (size.value === null) return manyOf(view(input, removeDims(input.shape, [at]), null), size);
  return tupleOf(Array.from({ length: feasible(size.value, context) }, (_, i) => selected(input, at, constant(i))));
};

const copies = (rule: Rule): Rule => (args, context) => {
  const result = rule(args, context);
  return result.type === 'tuple' ? { ...result, items: result.items.map((item) => (item.type === 'tensor' ? fresh(item.shape, item.dtype) : item)) } : result;
};

const explain = 'cuts along a dim';
export const rows: readonly OperationRow[] = [
  { name: 'torch.split', signature: ['split(input, split_size_or_sections, dim=0)', 'split(input, split_size, dim=0)'], functions: ['torch.unsafe_split'], methods: ['split', 'unsafe_split'], rule: split, explain },
  { name: 'torch.split_with_sizes', signature: 'split_with_sizes(input, split_sizes, dim=0)', functions: ['torch.unsafe_split_with_sizes'], methods: ['split_with_sizes', 'unsafe_split_with_sizes'], rule: splitWithSizes, explain },
  { name: 'torch.split_with_sizes_copy', signature: 'split_with_sizes_copy(input, split_sizes, dim=0)', rule: copies(splitWithSizes), explain },
  { name: 'torch.split_copy', signature: ['split_copy(input, split_size, dim=0)'], rule: copies(split), explain },
  { name: 'torch.chunk', signature: 'chunk(input, chunks, dim=0)', functions: ['torch.unsafe_chunk'], methods: ['chunk', 'unsafe_chunk'], rule: chunk, explain },
  { name: 'torch.tensor_split', signature: ['tensor_split(input, indices_or_sections, dim=0)'], methods: ['tensor_split'], rule: tensorSplitRule, explain },
  { name: 'torch.hsplit', signature: 'hsplit(input, indices_or_sections)', methods: ['hsplit'], rule: along('hsplit', 1, (rank) => (rank === 1 ? 0 : 1)), explain },
  { name: 'torch.vsplit', signature: 'vsplit(input, indices_or_sections)', methods: ['vsplit'], rule: along('vsplit', 2, () => 0), explain },
  { name: 'torch.dsplit', signature: 'dsplit(input, indices_or_sections)', methods: ['dsplit'], rule: along('dsplit', 3, () => 2), explain },
  { name: 'torch.unbind', signature: 'unbind(input, dim=0)', methods: ['unbind'], rule: unbind, explain: 'takes a dim apart' },
  { name: 'torch.unbind_copy', signature: 'unbind_copy(input, dim=0)', rule: copies(unbind), explain: 'takes a dim apart' },
];
