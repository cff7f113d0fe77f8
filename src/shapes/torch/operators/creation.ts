/** Tensors from sizes and numbers: https://docs.pytorch.org/docs/stable/torch.html#creation-ops */
import type { Shape, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, mul } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { categoryOf, isIntegral } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { preservedStrides } from '../common/layout';
import { scalarDtype } from '../common/promotion';
import { fresh } from '../common/results';
import { ONE, ZERO, dimsOf } from '../common/shape';
import { show, showSize } from '../common/text';

/** Sizes of a new tensor. @throws ShapeFault `negative-size` */
export function newSizes(args: BoundArguments, name: string, context: RuleContext): Shape {
  const shape = args.sizes(name);
  const sizes = shape.dims;
  if (sizes.some((size) => context.lessEqual(size, constant(-1)) === true)) context.fail('negative-size', `a tensor cannot have the sizes ${show(sizes)}: none may be negative`);
  return shape;
}

const filled: Rule = (args, context) => fresh(newSizes(args, 'size', context), args.optionalDtype('dtype') ?? context.defaultDtype);
const drawn = (op: string): Rule => (args, context) => {
  const dtype = args.optionalDtype('dtype');
  if (dtype !== null && isIntegral(dtype)) context.fail('dtype-mismatch', `${op}: random floats cannot be of dtype ${dtype}; randint makes integers`);
  return filled(args, context);
};
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
const eye: Rule = (args, context) => fresh([args.int('n'), args.optionalInt('m') ?? args.int('n')], args.optionalDtype('dtype') ?? context.defaultDtype);

const strided: Rule = (args, context) => {
  const [size, stride] = [args.ints('size'), args.ints('stride')];
  if (size.length !== stride.length) context.fail('argument-mismatch', `empty_strided: ${size.length} sizes ${show(size)} but ${stride.length} strides ${show(stride)}`);
  const dtype = args.optionalDtype('dtype') ?? (args.has('input') ? args.tensor('input').dtype : context.defaultDtype);
  return fresh(size, dtype, stride);
};

const permuted: Rule = (args, context) => {
  const [size, layout] = [args.ints('size'), args.ints('physical_layout').map((dim) => dim.value ?? context.unknown('the layout is not known'))];
  if (new Set(layout).size < layout.length || layout.length !== size.length) context.fail('argument-mismatch', `empty_permuted: the layout (${layout.join(', ')}) must name each dim of ${show(size)} once`);
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
  return fresh({ ...x.shape, dims: [...dims, args.optionalInt('N') ?? dims.at(-1)!] }, x.dtype && isIntegral(x.dtype) ? 'int64' : x.dtype);
};

/** The older form takes one row. https://docs.pytorch.org/docs/stable/generated/torch.vander.html */
const oldVander: Rule = (args, context) => {
  const x = args.tensor('x');
  if (dimsOf(x, context).length !== 1) context.fail('rank-mismatch', `vander: x must have 1 dim, not ${show(x)}`);
  return vander(args, context);
};

const window: Rule = (args, context) => {
  const length = args.int('window_length');
  if (context.lessEqual(ZERO, length) === false) context.fail('negative-size', `the length of a window must not be negative, but is ${showSize(length)}`);
  return fresh([length], args.optionalDtype('dtype') ?? context.defaultDtype);
};

export const FACTORY = '*, dtype=None, **options';
const explain = 'makes a tensor';
/** Of a buffer in memory, from an offset to its end unless a count is given. https://docs.pytorch.org/docs/stable/generated/torch.frombuffer.html */
const fromBuffer: Rule = (args, context) => {
  const count = args.optionalInt('count');
  const isWhole = count === null || context.equal(count, constant(-1)) === true;
  return fresh([isWhole ? context.fresh('n', 'the number of elements in a buffer', null) : count], args.optionalDtype('dtype'));
};

export const rows: readonly OperationRow[] = [
  ...['zeros', 'ones', 'empty', 'rand', 'randn'].map((name): OperationRow => ({
    name: `torch.${name}`, signature: 'f(*size, dtype=None, **options)', rule: name.startsWith('rand') ? drawn(name) : filled, random: name.startsWith('rand'), explain,
  })),
  ...['zeros_like', 'ones_like', 'empty_like', 'rand_like', 'randn_like'].map((name): OperationRow => ({
    name: `torch.${name}`, signature: `f(input, ${FACTORY})`, rule: like, random: name.startsWith('rand'), explain: 'makes a tensor of the same shape',
  })),
  ...['zeros', 'ones', 'empty'].map((name): OperationRow => ({ name: `torch.Tensor.new_${name}`, signature: 'f(input, *size, dtype=None, **options)', rule: filledOrInput, explain })),
  { name: 'torch.full', signature: `full(size, fill_value, ${FACTORY})`, rule: full, explain },
  { name: 'torch.full_like', signature: `full_like(input, fill_value, ${FACTORY})`, rule: like, explain },
  { name: 'torch.Tensor.new_full', signature: `new_full(input, size, fill_value, ${FACTORY})`, rule: filledOrInput, explain },
  { name: 'torch.eye', signature: `eye(n, m=None, ${FACTORY})`, rule: eye, explain: 'makes an identity matrix' },
  { name: 'torch.empty_strided', signature: `empty_strided(size, stride, ${FACTORY})`, rule: strided, explain },
  { name: 'torch.frombuffer', signature: 'frombuffer(buffer, *, dtype, count=-1, offset=0, requires_grad=False)', rule: fromBuffer, explain: 'reads the elements in a buffer' },
  { name: 'torch.Tensor.new_empty_strided', signature: `new_empty_strided(input, size, stride, ${FACTORY})`, rule: strided, explain },
  { name: 'torch.empty_permuted', signature: `empty_permuted(size, physical_layout, ${FACTORY})`, rule: permuted, explain },
  { name: 'torch.tril_indices', signature: `tril_indices(row, col, offset=0, ${FACTORY})`, rule: triangle(true), explain: 'lists the positions of the lower triangle' },
  { name: 'torch.triu_indices', signature: `triu_indices(row, col, offset=0, ${FACTORY})`, rule: triangle(false), explain: 'lists the positions of the upper triangle' },
  { name: 'torch.linalg.vander', signature: 'vander(x, N=None)', variants: [{ functions: ['torch.vander'], signature: 'vander(x, N=None, increasing=False)', rule: oldVander }], rule: vander },
  ...['hann', 'hamming', 'blackman', 'bartlett', 'kaiser'].map((name): OperationRow => ({
    name: `torch.${name}_window`, signature: `f(window_length, periodic=True, ${name === 'kaiser' ? 'beta=12.0' : 'alpha=0.54, beta=0.46'}, *, dtype=None, **options)`, rule: window, explain: 'makes a window',
  })),
];
