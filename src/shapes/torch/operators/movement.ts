/** Views that reorder, add, drop or repeat dims: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { TensorValue } from '../../interpreter/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, max, min, mul, sub } from '../../symint/symint';
import { complexOf, isComplex, realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { fresh, itself, view } from '../common/results';
import { ONE, ZERO, atLeast, dimIndex, dimIndexes, dimsOf, insertDim, insertIndex, removeDims } from '../common/shape';
import { count, show, showSize } from '../common/text';

/** `order[i]` is the dim that comes i-th. */
export function permuted(input: TensorValue, order: readonly number[]): TensorResult {
  return view(input, order.map((dim) => input.shape.dims[dim]!), input.layout && order.map((dim) => input.layout!.strides[dim]!));
}

const permute: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const given = args.optionalDims('dims')!;
  if (given.length !== dims.length) context.fail('permute-dims-mismatch', `permute: ${show(input)} has ${count(dims.length, 'dim')}, but the order (${given.join(', ')}) names ${given.length}`);
  return permuted(input, dimIndexes(input.shape, given, 'permute', context));
};

function swapped(input: TensorValue, a: number, b: number, op: string, context: RuleContext): TensorResult {
  const { shape, layout } = input;
  if (!shape.rest && shape.dims.length === 0) {
    dimIndexes(shape, [a], op, context);
    dimIndexes(shape, [b], op, context);
    return itself(input);
  }
  const [x, y] = [dimIndex(shape, a, op, context), dimIndex(shape, b, op, context)];
  const swap = (list: readonly SymInt[]): SymInt[] => list.map((each, i) => list[i === x ? y : i === y ? x : i] ?? each);
  return view(input, { ...shape, dims: swap(shape.dims) }, layout && swap(layout.strides));
}

const transpose = (first: string, second: string): Rule => (args, context) => swapped(args.tensor('input'), args.number(first), args.number(second), 'transpose', context);

/** Of at most 2 dims. https://docs.pytorch.org/docs/stable/generated/torch.t.html */
const t: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length > 2) context.fail('rank-mismatch', `t: the tensor must have at most 2 dims, not ${show(input)}; use .mT or transpose`);
  return dims.length < 2 ? itself(input) : permuted(input, [1, 0]);
};

const reversed: Rule = (args, context) => {
  const input = args.tensor('input');
  return permuted(input, dimsOf(input, context).map((_, i) => i).reverse());
};

const matrixTransposed = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length === 0 && op === 'adjoint') return itself(input);
  if (!input.shape.rest && input.shape.dims.length < 2) context.fail('rank-mismatch', `${op}: the tensor must have at least 2 dims, not ${show(input)}`);
  return swapped(input, -2, -1, op, context);
};

const conjugateTransposed: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length !== 2 && dims.length !== 0) context.fail('rank-mismatch', `H: the tensor must have 2 dims, not ${show(input)}; use .mH`);
  return dims.length === 0 ? itself(input) : permuted(input, [1, 0]);
};

const movedim: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const source = dimIndexes(input.shape, args.optionalDims('source')!, 'movedim', context);
  const destination = dimIndexes(input.shape, args.optionalDims('destination')!, 'movedim', context);
  if (source.length !== destination.length) context.fail('argument-mismatch', `movedim: ${source.length} dims to move, but ${destination.length} places for them`);
  if (dims.length === 0) return itself(input);
  const others = dims.map((_, i) => i).filter((i) => !source.includes(i));
  return permuted(input, dims.map((_, i) => (destination.includes(i) ? source[destination.indexOf(i)]! : others.shift()!)));
};

const unsqueeze: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape, layout } = input;
  const given = args.number('dim');
  const at = insertIndex(shape, given, 'unsqueeze', context);
  const result = insertDim(shape, at, ONE, given >= 0);
  const stride = layout && (at < shape.dims.length ? mul(shape.dims[at]!, layout.strides[at]!) : ONE);
  return view(input, result, layout && [...layout.strides.slice(0, at), stride!, ...layout.strides.slice(at)]);
};

/** Sizes that are known to be 1 go; a symbol is taken to be some other size, as in torch's own tracing. */
const squeeze: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape, layout } = input;
  const given = args.optionalDims('dim');
  if (given === null && shape.rest) return context.unknown(`squeeze of ${show(input)}, whose rank is not known`);
  const all = shape.dims.map((_, i) => i);
  const asked = given === null ? all : given.length === 0 ? [] : shape.dims.length === 0 && !shape.rest ? (dimIndexes(shape, given, 'squeeze', context), []) : dimIndexes(shape, given, 'squeeze', context);
  const gone = asked.filter((at) => context.equal(shape.dims[at]!, ONE) === true);
  return view(input, removeDims(shape, gone), layout && layout.strides.filter((_, i) => !gone.includes(i)));
};

/** -1 keeps a size; only sizes of 1 are repeated. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand.html */
export function expanded(op: string, input: TensorValue, sizes: readonly SymInt[], context: RuleContext): TensorResult {
  const dims = dimsOf(input, context);
  const missing = sizes.length - dims.length;
  const message = (): string => `${op}: ${show(input)} cannot be expanded to ${show(sizes)}: counted from the last, each size must be equal, or 1 in the tensor`;
  if (missing < 0) context.fail('expand-size-mismatch', `${op}: ${show(input)} has ${count(dims.length, 'dim')}, more than the ${sizes.length} of ${show(sizes)}`);
  let known = true;
  const strides: SymInt[] = [];
  const result = sizes.map((size, i) => {
    const own = dims[i - missing];
    if (own === undefined) {
      if (size.value === -1) context.fail('expand-size-mismatch', `${op}: -1 keeps a size, but dim ${i} of ${show(sizes)} is new to ${show(input)}`);
      strides.push(ZERO);
      return size;
    }
    const stride = input.layout?.strides[i - missing] ?? ZERO;
    const same = size.value === -1 || context.equal(own, size) === true;
    const one = context.equal(own, ONE);
    if (!same && one === false) context.requireEqual(own, size, 'expand-size-mismatch', message);
    // A size that may be 1 or equal: the sizes are known, the strides are not.
    if (!same && one === null) known = false;
    strides.push(same || one === false ? stride : ZERO);
    return size.value === -1 ? own : size;
  });
  return view(input, result, known && input.layout ? strides : null);
}

/** Every `step`-th window of `size` along a dim, as a new last dim. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.unfold.html */
export const unfold: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const at = dimIndex(input.shape, args.number('dimension'), 'unfold', context);
  const [size, step] = [args.int('size'), args.int('step')];
  const own = dims[at] ?? ONE;
  if (context.lessEqual(size, own) === false) context.fail('unfold-size-mismatch', `unfold: windows of ${showSize(size)} do not fit into dim ${args.number('dimension')} of ${show(input)}, which has size ${showSize(own)}`);
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
  const last = input.shape.dims.at(-1) ?? context.fail('rank-mismatch', 'view_as_complex: the tensor must have a last dim of size 2');
  context.requireEqual(last, constant(2), 'view-size-mismatch', () => `view_as_complex: the last dim of ${show(input)} must have size 2`);
  return { ...view(input, removeDims(input.shape, [input.shape.dims.length - 1]), null), dtype: input.dtype && complexOf(input.dtype) };
};

/** The same numbers in memory of their own. */
export const copied = (rule: Rule): Rule => (args, context) => {
  const result = rule(args, context);
  return result.type === 'tensor' ? fresh(result.shape, result.dtype) : result;
};

const metadata = 'metadata';
const expand: Rule = (args, context) => expanded('expand', args.tensor('input'), args.ints('size'), context);
export const rows: readonly OperationRow[] = [
  { name: 'torch.permute', signature: 'permute(input, *dims)', methods: ['permute'], rule: permute, explain: 'reorders the dims' },
  { name: 'torch.permute_copy', signature: 'permute_copy(input, dims)', rule: copied(permute), explain: 'reorders the dims' },
  { name: 'torch.transpose', signature: 'transpose(input, dim0, dim1)', functions: ['torch.swapdims'], methods: ['transpose', 'swapdims'], inPlace: metadata, rule: transpose('dim0', 'dim1'), explain: 'swaps two dims' },
  { name: 'torch.swapaxes', signature: 'swapaxes(input, axis0, axis1)', methods: ['swapaxes'], inPlace: metadata, rule: transpose('axis0', 'axis1'), explain: 'swaps two dims' },
  { name: 'torch.transpose_copy', signature: 'transpose_copy(input, dim0, dim1)', rule: copied(transpose('dim0', 'dim1')), explain: 'swaps two dims' },
  { name: 'torch.t', signature: 't(input)', methods: ['t'], inPlace: metadata, rule: t, explain: 'swaps the two dims' },
  { name: 'torch.t_copy', signature: 't_copy(input)', rule: copied(t), explain: 'swaps the two dims' },
  { name: 'torch.Tensor.T', signature: 'T(input)', properties: ['T'], rule: reversed, explain: 'reverses the dims' },
  { name: 'torch.Tensor.mT', signature: 'mT(input)', properties: ['mT', 'mH'], rule: matrixTransposed('mT'), explain: 'swaps the last two dims' },
  { name: 'torch.Tensor.H', signature: 'H(input)', properties: ['H'], rule: conjugateTransposed, explain: 'swaps the two dims' },
  { name: 'torch.adjoint', signature: 'adjoint(input)', methods: ['adjoint'], rule: matrixTransposed('adjoint'), explain: 'swaps the last two dims' },
  { name: 'torch.movedim', signature: 'movedim(input, source, destination)', functions: ['torch.moveaxis'], methods: ['movedim', 'moveaxis'], rule: movedim, explain: 'moves dims' },
  { name: 'torch.unsqueeze', signature: 'unsqueeze(input, dim)', methods: ['unsqueeze'], inPlace: metadata, rule: unsqueeze, explain: 'adds a dim of size 1' },
  { name: 'torch.unsqueeze_copy', signature: 'unsqueeze_copy(input, dim)', rule: copied(unsqueeze), explain: 'adds a dim of size 1' },
  { name: 'torch.squeeze', signature: 'squeeze(input, dim=None)', methods: ['squeeze'], inPlace: metadata, rule: squeeze, explain: 'drops dims of size 1' },
  { name: 'torch.squeeze_copy', signature: 'squeeze_copy(input, dim=None)', rule: copied(squeeze), explain: 'drops dims of size 1' },
  { name: 'torch.Tensor.expand', signature: 'expand(input, *size, implicit=False)', rule: expand, explain: 'repeats dims of size 1 without copying' },
  { name: 'torch.expand_copy', signature: 'expand_copy(input, size, *, implicit=False)', rule: copied(expand), explain: 'repeats dims of size 1' },
  { name: 'torch.broadcast_to', signature: 'broadcast_to(input, *size)', methods: ['broadcast_to'], rule: expand, explain: 'repeats dims of size 1 without copying' },
  { name: 'torch.Tensor.expand_as', signature: 'expand_as(input, other)', rule: (args, context) => expanded('expand_as', args.tensor('input'), dimsOf(args.tensor('other'), context), context), explain: 'repeats dims of size 1 without copying' },
  { name: 'torch.Tensor.unfold', signature: 'unfold(input, dimension, size, step)', rule: unfold, explain: 'cuts windows out of a dim' },
  { name: 'torch.unfold_copy', signature: 'unfold_copy(input, dimension, size, step)', rule: copied(unfold), explain: 'cuts windows out of a dim' },
  { name: 'torch.diagonal', signature: 'diagonal(input, offset=0, dim1=0, dim2=1)', methods: ['diagonal'], rule: diagonal, explain: 'takes a diagonal' },
  { name: 'torch.diagonal_copy', signature: 'diagonal_copy(input, offset=0, dim1=0, dim2=1)', rule: copied(diagonal), explain: 'takes a diagonal' },
  { name: 'torch.linalg.diagonal', signature: 'diagonal(input, *, offset=0, dim1=-2, dim2=-1)', rule: diagonal, explain: 'takes the diagonals of matrices' },
  { name: 'torch.as_strided', signature: 'as_strided(input, size, stride, storage_offset=None)', methods: ['as_strided'], inPlace: metadata, rule: asStrided, explain: 'looks at the memory with other strides' },
  { name: 'torch.as_strided_copy', signature: 'as_strided_copy(input, size, stride, storage_offset=None)', rule: copied(asStrided), explain: 'reads the memory with other strides' },
  { name: 'torch.view_as_real', signature: 'view_as_real(input)', rule: asReal, explain: 'splits complex numbers into a last dim of size 2' },
  { name: 'torch.view_as_complex', signature: 'view_as_complex(input)', rule: asComplex, explain: 'joins a last dim of size 2 to complex numbers' },
];
