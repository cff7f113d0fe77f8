/** Reading and writing by index tensors along a dim: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { broadcastDims } from '../common/broadcast';
import { fresh, tupleOf } from '../common/results';
import { ONE, dimIndex, dimsOf, numelOf, ranked, replaceDim } from '../common/shape';
import { show, showSize } from '../common/text';

/** An index of no elements may have any dtype. */
export function requireIndex(op: string, index: TensorValue, context: RuleContext): void {
  if (index.shape.dims.some((size) => size.value === 0)) return;
  if (index.dtype !== null && !['int64', 'int32', 'int16', 'int8', 'uint8'].includes(index.dtype)) context.fail('index-dtype-mismatch', `${op}: the index must be an integer tensor, not ${index.dtype}`);
}

/** The elements that are known lie within the size; from its end where `negative`. @throws ShapeFault `index-out-of-range` */
export function requireElements(op: string, index: TensorValue, size: SymInt, what: string, negative: boolean, context: RuleContext): void {
  if (size.value === null) return;
  const outside = context.elements(index).find((element) => element >= size.value! || element < (negative ? -size.value! : 0));
  if (outside !== undefined) context.fail('index-out-of-range', `${op}: the index ${show(index)} holds ${outside}, which is out of range for ${what} of size ${size.value}: ${negative ? -size.value : 0} to ${size.value - 1} are allowed`);
}

/** 0 dims count as 1. */
export const atLeastOne = (dims: readonly SymInt[]): readonly SymInt[] => (dims.length === 0 ? [ONE] : dims);

/** The index must not be larger than the tensor, except along `dim`. */
export function requireWithin(op: string, index: readonly SymInt[], whole: readonly SymInt[], at: number | null, what: string, context: RuleContext): void {
  if (index.length !== whole.length) context.fail('rank-mismatch', `${op}: the index ${show(index)} must have as many dims as the ${what} ${show(whole)}`);
  index.forEach((size, i) => {
    if (i !== at && context.lessEqual(size, whole[i]!) === false) context.fail('index-size-mismatch', `${op}: the index ${show(index)} must not be larger than the ${what} ${show(whole)}${at === null ? '' : ` but along dim ${at}`}: dim ${i} is ${showSize(size)} > ${showSize(whole[i]!)}`);
  });
}

const gather: Rule = (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  const at = dimIndex(input.shape, args.number('dim'), 'gather', context);
  requireIndex('gather', index, context);
  if (!input.shape.rest && input.shape.dims.length > 0) requireElements('gather', index, input.shape.dims[at]!, `dim ${at}`, false, context);
  if (input.shape.rest || index.shape.rest) return fresh(index.shape, input.dtype);
  // An empty index picks nothing, whatever its shape.
  if (!index.shape.dims.some((size) => size.value === 0)) requireWithin('gather', atLeastOne(index.shape.dims), atLeastOne(input.shape.dims), at, 'input', context);
  return fresh(index.shape, input.dtype);
};

/** Along `dim`, for an index tensor of at most 1 dim. */
const indexSelect: Rule = (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  const at = dimIndex(input.shape, args.number('dim'), 'index_select', context);
  requireIndex('index_select', index, context);
  const picked = ranked('index_select', 'index', index, [0, 1], context);
  if (!input.shape.rest && input.shape.dims.length === 0) return fresh(input.shape, input.dtype);
  requireElements('index_select', index, input.shape.dims[at]!, `dim ${at}`, false, context);
  return fresh(replaceDim(input.shape, at, picked[0] ?? ONE), input.dtype);
};

const take: Rule = (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  requireIndex('take', index, context);
  return fresh(index.shape, input.dtype);
};

/** Dims other than `dim` broadcast. https://docs.pytorch.org/docs/stable/generated/torch.take_along_dim.html */
const takeAlong: Rule = (args, context) => {
  const [input, indices] = [args.tensor('input'), args.tensor('indices')];
  requireIndex('take_along_dim', indices, context);
  const dim = args.optionalNumber('dim');
  if (dim === null) return fresh([numelOf(dimsOf(indices, context))], input.dtype);
  const [own, picked] = [dimsOf(input, context), dimsOf(indices, context)];
  if (own.length !== picked.length) context.fail('rank-mismatch', `take_along_dim: the indices ${show(indices)} must have as many dims as the input ${show(input)}`);
  const at = dimIndex(input.shape, dim, 'take_along_dim', context);
  const others = broadcastDims(own.map((size, i) => (i === at ? ONE : size)), picked.map((size, i) => (i === at ? ONE : size)), 'take_along_dim', context);
  return fresh(others.map((size, i) => (i === at ? picked[at]! : size)), input.dtype);
};

/** One tensor of positions a dim. https://docs.pytorch.org/docs/stable/generated/torch.unravel_index.html */
const unravel: Rule = (args, context) => {
  const indices = args.tensor('indices');
  if (args.ints('shape').some((size) => size.value !== null && size.value < 0)) context.fail('negative-size', `unravel_index: no size of ${show(args.ints('shape'))} may be negative`);
  return tupleOf(args.ints('shape').map(() => fresh(indices.shape, 'int64')));
};

export const along = (name: string, parameters: string, rule: Rule, explain: string, extra: Partial<OperationRow> = {}): OperationRow => ({ name: `torch.${name}`, signature: `${name}(input, dim, index, ${parameters})`, methods: [name], inPlace: true, rule, explain, ...extra });
export const rows: readonly OperationRow[] = [
  { name: 'torch.gather', signature: 'gather(input, dim, index, *, sparse_grad=False)', methods: ['gather'], rule: gather, explain: 'picks along a dim' },
  { name: 'torch.index_select', signature: 'index_select(input, dim, index)', methods: ['index_select'], rule: indexSelect, explain: 'picks slices along a dim' },
  { name: 'torch.take', signature: 'take(input, index)', methods: ['take'], rule: take, explain: 'picks elements of the flattened tensor' },
  { name: 'torch.take_along_dim', signature: 'take_along_dim(input, indices, dim=None)', methods: ['take_along_dim'], rule: takeAlong, explain: 'picks along a dim' },
  { name: 'torch.unravel_index', signature: 'unravel_index(indices, shape)', rule: unravel, explain: 'turns flat positions into coordinates' },
];
