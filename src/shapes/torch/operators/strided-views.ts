/** Views that step through memory in their own way: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { TensorValue } from '../../values/values';
import { add, constant, floordiv, max, min, mul, sub } from '../../symint/symint';
import { complexOf, isComplex, realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { view } from '../common/results';
import { ONE, ZERO, atLeast, dimIndex, dimIndexes, dimsOf, lastDims, removeDims } from '../common/shape';
import { show, showSize } from '../common/text';
import { copied } from './movement';

/** Every `step`-th window of `size` along a dim, as a new last dim. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.unfold.html */
export const unfold: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const at = dimIndex(input.shape, args.number('dimension'), 'unfold', context);
  const [size, step] = [args.int('size'), args.int('step')];
  const own = dims[at] ?? ONE;
  if (context.lessEqual(size, own) === false) context.fail('unfold-size-mismatch', `unfold: windows of ${showSize(size)} do not fit into dim ${args.number('dimension')} of ${show(input)}, which has size ${showSize(own)}`);
  if (size.value !== null && size.value < 0) context.fail('argument-mismatch', `unfold: the size of the windows must not be negative, but is ${size.value}`);
  if (step.value !== null && step.value <= 0) context.fail('argument-mismatch', `unfold: step must be greater than 0, not ${step.value}`);
  const windows = add(floordiv(sub(own, size), step), ONE);
  if (dims.length === 0) return view(input, [size], [ONE]);
  const { layout } = input;
  return view(input, [...dims.map((old, i) => (i === at ? windows : old)), size], layout && [...layout.strides.map((stride, i) => (i === at ? mul(stride, step) : stride)), layout.strides[at]!]);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html */
export function diagonalOf(input: TensorValue, offset: number, dim1: number, dim2: number, context: RuleContext): TensorResult {
  const { layout } = input;
  const dims = atLeast('diagonal', 'tensor', input, 2, context);
  const [a, b] = dimIndexes(input.shape, [dim1, dim2], 'diagonal', context) as [number, number];
  const [rowsLeft, columnsLeft] = offset >= 0 ? [dims[a]!, sub(dims[b]!, constant(offset))] : [add(dims[a]!, constant(offset)), dims[b]!];
  const length = max([min([rowsLeft, columnsLeft]), ZERO]);
  const kept = dims.map((_, i) => i).filter((i) => i !== a && i !== b);
  const strides = layout && [...kept.map((i) => layout.strides[i]!), add(layout.strides[a]!, layout.strides[b]!)];
  const shift = layout && mul(constant(Math.abs(offset)), layout.strides[offset >= 0 ? b : a]!);
  return view(input, [...kept.map((i) => dims[i]!), length], strides, layout && shift && add(layout.offset, shift));
}

const diagonal: Rule = (args, context) => diagonalOf(args.tensor('input'), args.number('offset'), args.number('dim1'), args.number('dim2'), context);

const asStrided: Rule = (args, context) => {
  const input = args.tensor('input');
  const [size, stride] = [args.ints('size'), args.ints('stride')];
  if (size.length !== stride.length) context.fail('argument-mismatch', `as_strided: ${size.length} sizes ${show(size)} but ${stride.length} strides ${show(stride)}`);
  const offset = args.optionalInt('storage_offset') ?? input.layout?.offset ?? null;
  const used = size.some((each) => each.value === 0) ? ZERO : size.reduce((sum, each, i) => add(sum, mul(sub(each, ONE), stride[i]!)), add(offset ?? ZERO, ONE));
  if (input.storage.size && offset && context.lessEqual(used, input.storage.size) === false) {
    context.fail('as-strided-out-of-range', `as_strided: sizes ${show(size)} with strides ${show(stride)} reach element ${showSize(sub(used, ONE))}, but the memory has ${showSize(input.storage.size)} elements`);
  }
  return view(input, size, stride, offset);
};

/** A pair of reals as one complex number and back. https://docs.pytorch.org/docs/stable/generated/torch.view_as_real.html */
const asReal: Rule = (args, context) => {
  const input = args.tensor('input');
  if (input.dtype !== null && !isComplex(input.dtype)) context.fail('dtype-mismatch', `view_as_real: the tensor must be complex, not ${input.dtype}`);
  return { ...view(input, { ...input.shape, dims: [...input.shape.dims, constant(2)] }, null), dtype: input.dtype && realOf(input.dtype) };
};

const asComplex: Rule = (args, context) => {
  const input = args.tensor('input');
  if (input.shape.rest && !lastDims(input.shape, 1)) return context.unknown(`view_as_complex of ${show(input)}`);
  const last = input.shape.dims.at(-1) ?? context.fail('rank-mismatch', 'view_as_complex: the tensor must have a last dim of size 2');
  context.requireEqual(last, constant(2), 'view-size-mismatch', () => `view_as_complex: the last dim of ${show(input)} must have size 2`);
  const step = input.layout?.strides.at(-1)?.value;
  if (step !== undefined && step !== null && step !== 1 && input.shape.dims.every((size) => size.value !== null && size.value > 0)) context.fail('view-not-contiguous', `view_as_complex: the two parts of a number must lie side by side, but the last dim of ${show(input)} has stride ${step}: use contiguous() before`);
  return { ...view(input, removeDims(input.shape, [input.shape.dims.length - 1]), null), dtype: input.dtype && complexOf(input.dtype) };
};

const metadata = 'metadata';
export const rows: readonly OperationRow[] = [
  { name: 'torch.Tensor.unfold', signature: 'unfold(input, dimension, size, step)', rule: unfold, explain: 'cuts windows out of a dim' },
  { name: 'torch.unfold_copy', signature: 'unfold_copy(input, dimension, size, step)', rule: copied(unfold), explain: 'cuts windows out of a dim' },
  { name: 'torch.diagonal', signature: 'diagonal(input, offset=0, dim1=0, dim2=1)', methods: ['diagonal'], rule: diagonal, explain: 'takes a diagonal' },
  { name: 'torch.diagonal_copy', signature: 'diagonal_copy(input, offset=0, dim1=0, dim2=1)', rule: copied(diagonal), explain: 'takes a diagonal' },
  { name: 'torch.linalg.diagonal', signature: 'diagonal(input, *, offset=0, dim1=-2, dim2=-1)', rule: diagonal, explain: 'takes the diagonals of matrices' },
  { name: 'torch.as_strided', signature: 'as_strided(input, size, stride, storage_offset=None)', methods: ['as_strided'], inPlace: metadata, rule: asStrided, explain: 'looks at the memory with other strides' },
  { name: 'torch.as_strided_copy', signature: 'as_strided_copy(input, size, stride, storage_offset=None)', rule: copied(asStrided), explain: 'reads the memory with other strides' },
  { name: 'torch.view_as_real', signature: 'view_as_real(input)', rule: asReal, explain: 'splits complex numbers into a last dim of size 2' },
  { name: 'torch.view_as_real_copy', signature: 'view_as_real_copy(input)', rule: copied(asReal), explain: 'splits complex numbers into a last dim of size 2' },
  { name: 'torch.view_as_complex_copy', signature: 'view_as_complex_copy(input)', rule: copied(asComplex), explain: 'joins a last dim of size 2 to complex numbers' },
  { name: 'torch.view_as_complex', signature: 'view_as_complex(input)', rule: asComplex, explain: 'joins a last dim of size 2 to complex numbers' },
];
