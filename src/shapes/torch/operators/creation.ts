/** Tensors from sizes and numbers: https://docs.pytorch.org/docs/stable/torch.html#creation-ops */
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, max, min, mul, neg, sub } from '../../symint/symint';
import type { Value } from '../../interpreter/values';
import { categoryOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { scalarDtype } from '../common/promotion';
import { preservedStrides } from '../common/layout';
import { fresh } from '../common/results';
import { ONE, ZERO } from '../common/shape';
import { show } from '../common/text';
import type { Dtype } from '../dtype';

/** Sizes of a new tensor. @throws ShapeFault `negative-size` */
export function newSizes(args: BoundArguments, name: string, context: RuleContext): SymInt[] {
  const sizes = args.ints(name);
  if (sizes.some((size) => context.lessEqual(size, constant(-1)) === true)) context.fail('negative-size', `a tensor cannot have the sizes ${show(sizes)}: none may be negative`);
  return sizes;
}

const filled: Rule = (args, context) => fresh(newSizes(args, 'size', context), args.optionalDtype('dtype') ?? context.defaultDtype);
const filledOrInput: Rule = (args, context) => fresh(newSizes(args, 'size', context), args.optionalDtype('dtype') ?? args.tensor('input').dtype);

const like: Rule = (args, context) => {
  const input = args.tensor('input');
  return fresh(input.shape, args.optionalDtype('dtype') ?? input.dtype, preservedStrides(input, context));
};

function fillDtype(value: Value, context: RuleContext): Dtype | null {
  if (value.kind !== 'Tensor') return scalarDtype(value, context.defaultDtype);
  if (value.dtype === null) return null;
  const category = categoryOf(value.dtype);
  return category === 'bool' ? 'bool' : category === 'int' ? 'int64' : category === 'float' ? context.defaultDtype : 'complex64';
}

const full: Rule = (args, context) => fresh(newSizes(args, 'size', context), args.optionalDtype('dtype') ?? fillDtype(args.value('fill_value'), context));

/** A number as the quotient of two ints where it is one; null where it is not known or no such quotient. */
function quotient(value: Value): { readonly numerator: SymInt; readonly denominator: SymInt } | null {
  if (value.kind === 'int') return value.value && { numerator: value.value, denominator: ONE };
  if (value.kind !== 'float') return null;
  if (value.value !== null) return Number.isInteger(value.value) ? { numerator: constant(value.value), denominator: ONE } : null;
  return value.ratio ?? null;
}

/** ceil(a / b) for b > 0, where b is a number; for any b otherwise. */
function ceilDivide(a: SymInt, b: SymInt): SymInt {
  if (b.value === 1) return a;
  return b.value !== null && b.value > 0 ? floordiv(add(a, constant(b.value - 1)), b) : neg(floordiv(neg(a), b));
}

/** ceil((end - start) / step). https://docs.pytorch.org/docs/stable/generated/torch.arange.html */
const arange: Rule = (args, context) => {
  const values = [args.value('start'), args.value('end'), args.value('step')];
  const numbers = [args.float('start'), args.float('end'), args.float('step')] as const;
  const dtype = args.optionalDtype('dtype') ?? (values.every((value) => value.kind === 'int' || value.kind === 'bool') ? 'int64' : values.some((value) => value.kind === 'Tensor') ? null : context.defaultDtype);
  const [start, end, step] = numbers;
  if (step === 0) context.fail('argument-mismatch', 'arange: step must not be 0');
  if (start !== null && end !== null && step !== null) {
    if ((end - start) / step < 0) context.fail('argument-mismatch', `arange: from ${start} to ${end} there are no steps of ${step}: the step has the wrong sign`);
    return fresh([constant(Math.ceil((end - start) / step))], dtype);
  }
  const [from, to, by] = values.map(quotient);
  if (!from || !to || !by) return fresh([context.fresh('arange', 'the length of an arange whose bounds are not known')], dtype);
  // (to - from) / by, over one denominator.
  const difference = sub(mul(to.numerator, from.denominator), mul(from.numerator, to.denominator));
  return fresh([ceilDivide(mul(difference, by.denominator), mul(mul(to.denominator, from.denominator), by.numerator))], dtype);
};

/** Deprecated, and with both ends included: https://docs.pytorch.org/docs/stable/generated/torch.range.html */
const range: Rule = (args, context) => {
  const [start, end, step] = [args.float('start'), args.float('end'), args.float('step')];
  if (start === null || end === null || !step) return context.unknown('the bounds of torch.range are not known');
  return fresh([constant(Math.floor((end - start) / step) + 1)], args.optionalDtype('dtype') ?? context.defaultDtype);
};

const spaced: Rule = (args, context) => {
  const ends = [args.value('start'), args.value('end')];
  const dims = ends.flatMap((end) => (end.kind === 'Tensor' ? end.shape.dims : []));
  if (dims.length > 0) context.unknown('bounds given as tensors with dims are not traced');
  const isComplex = ends.some((end) => end.kind === 'complex');
  return fresh([args.int('steps')], args.optionalDtype('dtype') ?? (isComplex ? 'complex64' : context.defaultDtype));
};

const eye: Rule = (args, context) => fresh([args.int('n'), args.optionalInt('m') ?? args.int('n')], args.optionalDtype('dtype') ?? context.defaultDtype);

const strided: Rule = (args, context) => {
  const [size, stride] = [args.ints('size'), args.ints('stride')];
  if (size.length !== stride.length) context.fail('argument-mismatch', `empty_strided: ${size.length} sizes ${show(size)} but ${stride.length} strides ${show(stride)}`);
  const dtype = args.optionalDtype('dtype') ?? (args.has('input') ? args.tensor('input').dtype : context.defaultDtype);
  return fresh(size, dtype, stride);
};

const permuted: Rule = (args, context) => {
  const [size, layout] = [args.ints('size'), args.ints('physical_layout').map((dim) => dim.value ?? context.unknown('the layout is not known'))];
  const strides = new Array<SymInt>(size.length).fill(ONE);
  let stride = ONE;
  for (const dim of [...layout].reverse()) {
    if (size[dim] === undefined) return context.fail('dim-out-of-range', `empty_permuted: dim ${dim} is out of range for the sizes ${show(size)}`);
    strides[dim] = stride;
    stride = mul(stride, size[dim]);
  }
  return fresh(size, args.optionalDtype('dtype') ?? context.defaultDtype, strides);
};

/** (2, n): n elements of a triangle of row × col. https://docs.pytorch.org/docs/stable/generated/torch.tril_indices.html */
const triangle = (lower: boolean): Rule => (args, context) => {
  const [row, col, offset] = [args.int('row').value, args.int('col').value, args.number('offset')];
  const dtype = args.optionalDtype('dtype') ?? 'int64';
  if (row === null || col === null) return fresh([constant(2), context.fresh('n', 'the number of elements of a triangle')], dtype);
  let elements = 0;
  for (let i = 0; i < row; i++) {
    const below = Math.min(Math.max(i + offset + 1, 0), col);
    elements += lower ? below : col - Math.min(Math.max(i + offset, 0), col);
  }
  return fresh([constant(2), constant(elements)], dtype);
};

/** Powers of each element along a new last dim. https://docs.pytorch.org/docs/stable/generated/torch.linalg.vander.html */
const vander: Rule = (args, context) => {
  const x = args.tensor('x');
  if (x.shape.rest && x.shape.dims.length === 0) return context.unknown('the size of x is not known');
  const dims = x.shape.dims.length === 0 ? [ONE] : x.shape.dims;
  return fresh({ ...x.shape, dims: [...dims, args.optionalInt('N') ?? dims.at(-1)!] }, x.dtype === 'bool' ? 'int64' : x.dtype);
};

const window: Rule = (args, context) => fresh([args.int('window_length')], args.optionalDtype('dtype') ?? context.defaultDtype);

/** `narrow`-like bounds, clipped: used by slices. */
export const clip = (at: SymInt, size: SymInt): SymInt => min([max([at, ZERO]), size]);

const FACTORY = '*, dtype=None, **options';
const explain = 'makes a tensor';
export const rows: readonly OperationRow[] = [
  ...['zeros', 'ones', 'empty', 'rand', 'randn'].map((name): OperationRow => ({
    name: `torch.${name}`, signature: 'f(*size, dtype=None, **options)', rule: filled, random: name.startsWith('rand'), explain,
  })),
  ...['zeros_like', 'ones_like', 'empty_like', 'rand_like', 'randn_like'].map((name): OperationRow => ({
    name: `torch.${name}`, signature: `f(input, ${FACTORY})`, rule: like, random: name.startsWith('rand'), explain: 'makes a tensor of the same shape',
  })),
  ...['zeros', 'ones', 'empty'].map((name): OperationRow => ({ name: `torch.Tensor.new_${name}`, signature: 'f(input, *size, dtype=None, **options)', rule: filledOrInput, explain })),
  { name: 'torch.full', signature: `full(size, fill_value, ${FACTORY})`, rule: full, explain },
  { name: 'torch.full_like', signature: `full_like(input, fill_value, ${FACTORY})`, rule: like, explain },
  { name: 'torch.Tensor.new_full', signature: `new_full(input, size, fill_value, ${FACTORY})`, rule: filledOrInput, explain },
  { name: 'torch.arange', signature: ['arange(end, *, start=0, step=1, dtype=None, **options)', 'arange(start, end, step=1, *, dtype=None, **options)'], rule: arange, explain: 'counts' },
  { name: 'torch.range', signature: `range(start, end, step=1, ${FACTORY})`, rule: range, explain: 'counts, with the end' },
  { name: 'torch.linspace', signature: `linspace(start, end, steps, ${FACTORY})`, rule: spaced, explain },
  { name: 'torch.logspace', signature: `logspace(start, end, steps, base=10.0, ${FACTORY})`, rule: spaced, explain },
  { name: 'torch.eye', signature: `eye(n, m=None, ${FACTORY})`, rule: eye, explain: 'makes an identity matrix' },
  { name: 'torch.empty_strided', signature: `empty_strided(size, stride, ${FACTORY})`, rule: strided, explain },
  { name: 'torch.Tensor.new_empty_strided', signature: `new_empty_strided(input, size, stride, ${FACTORY})`, rule: strided, explain },
  { name: 'torch.empty_permuted', signature: `empty_permuted(size, physical_layout, ${FACTORY})`, rule: permuted, explain },
  { name: 'torch.tril_indices', signature: `tril_indices(row, col, offset=0, ${FACTORY})`, rule: triangle(true), explain: 'lists the positions of the lower triangle' },
  { name: 'torch.triu_indices', signature: `triu_indices(row, col, offset=0, ${FACTORY})`, rule: triangle(false), explain: 'lists the positions of the upper triangle' },
  { name: 'torch.linalg.vander', signature: 'vander(x, N=None)', variants: [{ functions: ['torch.vander'], signature: 'vander(x, N=None, increasing=False)' }], rule: vander },
  ...['hann', 'hamming', 'blackman', 'bartlett', 'kaiser'].map((name): OperationRow => ({
    name: `torch.${name}_window`, signature: 'f(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, **options)', rule: window, explain: 'makes a window',
  })),
];
