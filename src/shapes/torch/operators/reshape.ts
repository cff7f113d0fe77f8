/** Other sizes for the same elements: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { Shape, TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, floordiv, mul } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { itemsize } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { viewStrides } from '../common/view-strides';
import { fresh, view } from '../common/results';
import { ONE, dimsOf, numelOf, shapeOf } from '../common/shape';
import { count, show, showSize } from '../common/text';

/** The sizes with -1 replaced. @throws ShapeFault `view-size-mismatch` */
export function inferSizes(op: string, dims: readonly SymInt[], sizes: readonly SymInt[], context: RuleContext): readonly SymInt[] {
  const numel = numelOf(dims);
  const at = sizes.findIndex((size) => size.value === -1);
  const message = (): string => `${op}: ${show(dims)} has ${elements(numel)}, which cannot be seen as ${show(sizes)}`;
  if (sizes.filter((size) => size.value === -1).length > 1) context.fail('view-size-mismatch', `${op}: only one size of ${show(sizes)} may be -1`);
  if (sizes.some((size) => size.value !== null && size.value < -1)) context.fail('negative-size', `${op}: a size of ${show(sizes)} is negative; only one -1 may be, which is inferred`);
  if (at < 0) {
    context.requireEqual(numelOf(sizes), numel, 'view-size-mismatch', () => `${message()}: that has ${elements(numelOf(sizes))}`);
    return sizes;
  }
  const others = numelOf(sizes.filter((_, i) => i !== at));
  if (others.value === 0) return context.fail('view-size-mismatch', `${op}: the size of -1 in ${show(sizes)} cannot be inferred where another size is 0`);
  const exact = context.divideExact(numel, others);
  if (exact === null && context.divisible(numel, others) === false) context.fail('view-size-mismatch', `${message()}: ${showSize(numel)} is not a multiple of ${showSize(others)}`);
  const inferred = exact ?? floordiv(numel, others);
  if (exact === null) context.requireEqual(mul(inferred, others), numel, 'view-size-mismatch', message);
  return sizes.map((size, i) => (i === at ? inferred : size));
}

const elements = (numel: SymInt): string => (numel.value === null ? `${showSize(numel)} elements` : count(numel.value, 'element'));

/** A view where the strides allow it; `otherwise` says what becomes of the rest. */
export function reshaped(input: TensorValue, sizes: readonly SymInt[], context: RuleContext, otherwise: () => TensorResult): TensorResult {
  const { layout } = input;
  if (!layout || input.shape.rest) return { type: 'tensor', shape: shapeOf(sizes), dtype: input.dtype, maybeViewOf: input };
  const strides = viewStrides(input.shape.dims, layout.strides, sizes, context);
  if (strides.view === true) return view(input, sizes, strides.strides, layout.offset);
  return strides.view === false ? otherwise() : { type: 'tensor', shape: shapeOf(sizes), dtype: input.dtype, maybeViewOf: input };
}

function sizesFor(op: string, input: TensorValue, args: BoundArguments, context: RuleContext): Shape {
  const { dims, rest } = args.sizes('shape');
  const run = input.shape.rest;
  const isOpen = dims.some((size) => size.value === -1);
  if (rest) {
    // The same dims of unknown number on both sides: the others hold as many elements as the others.
    if (run?.name === rest.name) return { dims: inferSizes(op, input.shape.dims, dims, context), rest };
    return isOpen ? context.unknown(`the size of -1 beside dims of unknown number is not known for a tensor of shape ${show(input)}`) : { dims, rest };
  }
  if (!run) return shapeOf(inferSizes(op, input.shape.dims, dims, context));
  // All dims of unknown number count as one of so many elements.
  return shapeOf(isOpen ? inferSizes(op, [...input.shape.dims, context.sizeOfRun(run.name)], dims, context) : dims);
}

const reshape: Rule = (args, context) => {
  const input = args.tensor('input');
  const shape = sizesFor('reshape', input, args, context);
  if (shape.rest) return { type: 'tensor', shape, dtype: input.dtype, maybeViewOf: input };
  return reshaped(input, shape.dims, context, () => fresh(shape, input.dtype));
};

const viewRule: Rule = (args, context) => {
  const input = args.tensor('input');
  if (args.value('shape').kind === 'dtype' || args.has('dtype')) return viewAsDtype(args, context);
  const shape = sizesFor('view', input, args, context);
  return shape.rest ? view(input, shape, null) : viewed('view', input, shape.dims, context);
};

function viewed(op: string, input: TensorValue, sizes: readonly SymInt[], context: RuleContext): TensorResult {
  if (!input.layout || input.shape.rest) return view(input, sizes, null);
  const strides = viewStrides(input.shape.dims, input.layout.strides, sizes, context);
  if (strides.view === false) {
    context.fail('view-not-contiguous', `${op}: ${show(input)} does not lie in memory so that it can be seen as ${show(sizes)} (its strides are ${show(input.layout.strides)}): use reshape, or contiguous() before`);
  }
  return view(input, sizes, strides.view ? strides.strides : null);
}

/** The same bytes as elements of another size. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html */
function viewAsDtype(args: BoundArguments, context: RuleContext): TensorResult {
  const input = args.tensor('input');
  const dtype = args.optionalDtype(args.has('dtype') ? 'dtype' : 'shape')!;
  if (input.dtype === null) return context.unknown('the dtype of the tensor is not known');
  const [from, to] = [itemsize(input.dtype), itemsize(dtype)];
  if (from === to) return { ...view(input, input.shape, input.layout?.strides ?? null), dtype };
  const dims = dimsOf(input, context);
  const last = dims.at(-1) ?? context.fail('view-size-mismatch', `view: a tensor of 0 dims cannot be seen as ${dtype}, whose elements have another size`);
  const size = from > to ? mul(last, constant(from / to)) : divided(last, to / from, input, dtype, context);
  const { layout } = input;
  // Smaller elements: so many more in each step, but side by side in the last dim.
  const strides = from > to && layout ? layout.strides.map((stride, i) => (i === dims.length - 1 ? ONE : mul(stride, constant(from / to)))) : null;
  return { ...view(input, [...dims.slice(0, -1), size], strides, strides && mul(layout!.offset, constant(from / to))), dtype };
}

function divided(last: SymInt, by: number, input: TensorValue, dtype: Dtype, context: RuleContext): SymInt {
  if (context.divisible(last, constant(by)) === false) context.fail('view-size-mismatch', `view: the last dim of ${show(input)} must be a multiple of ${by} to be seen as ${dtype}`);
  return context.divideExact(last, constant(by)) ?? context.unknown('whether the last dim divides is not known');
}

const explain = 'keeps the elements under other sizes';
export const rows: readonly OperationRow[] = [
  { name: 'torch.reshape', signature: 'reshape(input, *shape)', methods: ['reshape'], rule: reshape, explain },
  { name: 'torch.Tensor.view', signature: ['view(input, dtype: dtype)', 'view(input, *shape)'], rule: viewRule, explain: 'looks at the same memory under other sizes' },
  { name: 'torch.Tensor.view_as', signature: 'view_as(input, other)', rule: (args, context) => viewed('view_as', args.tensor('input'), inferSizes('view_as', dimsOf(args.tensor('input'), context), dimsOf(args.tensor('other'), context), context), context), explain },
  { name: 'torch.Tensor.reshape_as', signature: 'reshape_as(input, other)', rule: (args, context) => {
    const input = args.tensor('input');
    const sizes = inferSizes('reshape_as', dimsOf(input, context), dimsOf(args.tensor('other'), context), context);
    return reshaped(input, sizes, context, () => fresh(sizes, input.dtype));
  }, explain },
  { name: 'torch.view_copy', signature: ['view_copy(input, dtype: dtype)', 'view_copy(input, *shape)'], rule: (args, context) => {
    const input = args.tensor('input');
    if (args.has('dtype')) return fresh((viewAsDtype(args, context)).shape, args.optionalDtype('dtype'));
    return fresh(sizesFor('view_copy', input, args, context), input.dtype);
  }, explain },
  { name: 'torch.ravel', signature: 'ravel(input)', methods: ['ravel'], rule: (args, context) => {
    const input = args.tensor('input');
    const sizes = [numelOf(dimsOf(input, context))];
    return reshaped(input, sizes, context, () => fresh(sizes, input.dtype));
  }, explain: 'merges all dims' },
];
