/** Arithmetic of complex values, and what makes and takes apart them. https://docs.pytorch.org/docs/stable/complex_numbers.html */
import type { JsonArgument } from '../../../shapes/graph/graph';
import type { Dtype } from '../../../shapes/values/dtype';
import { exp, product, quotient, type Pair } from '../../functions/complex';
import type { Elements } from '../../messages';
import { EvaluationError } from '../../errors';
import { Value } from '../../value';
import { asScalar, withTensors } from '../arguments';
import { broadcastShapes, hostExpanded } from '../broadcast';
import { fill, type Kernel, type KernelCall, type KernelTable } from '../kernel';
import { matmul, plus, times } from '../matmul';
import { permute } from '../strided';
import { complexFrom, joined, operandParts, partsOf, type Parts } from './parts';

/** Element by element, of two operands that broadcast. */
const binary = (operation: (a: Pair, b: Pair) => Pair): Kernel => ({ args, shape, dtype }) => {
  const [x, y] = [operandParts(args.operand('input', 'self')), operandParts(args.operand('other'))];
  const [a, b, c, d] = [x.re, x.im, y.re, y.im].map((part) => hostExpanded(part, 'float32', shape)) as [Elements, Elements, Elements, Elements];
  return complexFrom(shape, dtype, (i) => operation([a[i] as number, b[i] as number], [c[i] as number, d[i] as number]));
};

/** Element by element, of one. */
export const unary = (operation: (re: number, im: number) => Pair): Kernel => ({ args, shape, dtype }) => {
  const { re, im } = partsOf(args.tensor('input', 'self'));
  const [x, y] = [re.host(), im.host()];
  return complexFrom(shape, dtype, (i) => operation(x[i] as number, y[i] as number));
};

/** To a real number. */
const real = (operation: (re: number, im: number) => number): Kernel => ({ args, shape, dtype }) => {
  const { re, im } = partsOf(args.tensor('input', 'self'));
  const [x, y] = [re.host(), im.host()];
  return fill(shape, dtype, (i) => operation(x[i] as number, y[i] as number));
};

/** From two real tensors. */
const pair = (first: string, second: string, operation: (x: number, y: number) => Pair): Kernel => ({ args, shape, dtype }) => {
  const [x, y] = [first, second].map((name) => hostExpanded(args.tensor(name), 'float32', shape)) as [Elements, Elements];
  return complexFrom(shape, dtype, (i) => operation(x[i] as number, y[i] as number));
};

const conjugate = unary((re, im) => [re, -im]);

/** (a + bi)(c + di) by four real products. */
const matrixProduct = (left: readonly string[], right: readonly string[]): Kernel => ({ args, shape, dtype }) => {
  const [x, y] = [partsOf(args.tensor(...left)), partsOf(args.tensor(...right))];
  const real32: Dtype = 'float32';
  const times_ = (a: Value, b: Value): Value => matmul(a, b, real32, shape);
  return joined({ re: plus(times_(x.re, y.re), times(times_(x.im, y.im), -1, real32), real32), im: plus(times_(x.re, y.im), times_(x.im, y.re), real32) }, dtype);
};

const viewAsReal: Kernel = ({ args, shape, dtype }) => Value.of(args.tensor('input').host(), shape, dtype);
const viewAsComplex: Kernel = ({ args, shape, dtype }) => Value.of(args.tensor('input').hostAs('float32'), shape, dtype);

/** Of the last two dims, or of a matrix. */
const adjoint: Kernel = (call) => {
  const { re, im } = partsOf(call.args.tensor('input'));
  const rank = re.shape.length;
  const order = rank < 2 ? [...re.shape.keys()] : [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2];
  return joined({ re: permute(re, order), im: times(permute(im, order), -1, 'float32') }, call.dtype);
};

/** A flat or nested list of numbers, and of tensors of one element. */
const literal: Kernel = (call) => {
  const { args, shape, dtype } = call;
  const data = args.raw('data');
  const whole = data === undefined ? null : args.asTensor(data);
  if (whole) return convert({ ...call, args: withTensors(args, { input: whole }) });
  const items = (Array.isArray(data) ? (data as readonly unknown[]).flat(Infinity) : [data]) as readonly JsonArgument[];
  const numbers = items.map((item, i): Parts => {
    const operand = asScalar(item) ?? args.asTensor(item);
    if (!operand) throw new EvaluationError('unsupported-argument', `element ${i} of a tensor literal is not a number`);
    return operandParts(operand);
  });
  return complexFrom(shape, dtype, (i) => [numbers[i]!.re.item(), numbers[i]!.im.item()]);
};

/** To complex with a zero part, between complex dtypes, or (with its real part) to another. */
const convert: Kernel = ({ args, shape, dtype }: KernelCall) => {
  const parts = partsOf(args.tensor('input', 'self', 'data', 'tensor'));
  return dtype.startsWith('complex') ? joined({ re: parts.re.reshaped(shape), im: parts.im.reshaped(shape) }, dtype) : parts.re.to(dtype);
};

const equal = (same: boolean): Kernel => ({ args, shape }) => {
  const [x, y] = [operandParts(args.operand('input', 'self')), operandParts(args.operand('other'))];
  const common = broadcastShapes(x.re.shape, y.re.shape);
  const [a, b, c, d] = [x.re, x.im, y.re, y.im].map((part) => hostExpanded(part, 'float32', common)) as [Elements, Elements, Elements, Elements];
  return fill(shape, 'bool', (i) => Number((a[i] === c[i] && b[i] === d[i]) === same));
};

const magnitude = real(Math.hypot);
const casts = Object.fromEntries(['to', 'type', 'cfloat', 'cdouble', 'chalf', 'float', 'double', 'half', 'bfloat16', 'long', 'int', 'short', 'char', 'byte'].map((name) => [`torch.Tensor.${name}`, convert]));

export const COMPLEX_ARITHMETIC: KernelTable = {
  ...casts,
  'torch.complex': pair('real', 'imag', (x, y) => [x, y]), 'torch.polar': pair('abs', 'angle', (size, angle) => [size * Math.cos(angle), size * Math.sin(angle)]),
  'torch.Tensor.H': adjoint, 'torch.adjoint': adjoint, ...Object.fromEntries(['constant', 'torch.tensor', 'torch.as_tensor', 'torch.asarray', 'torch.scalar_tensor', 'torch.Tensor.new_tensor'].map((name) => [name, literal])),
  'torch.view_as_real': viewAsReal, 'torch.view_as_real_copy': viewAsReal, 'torch.view_as_complex': viewAsComplex, 'torch.view_as_complex_copy': viewAsComplex,
  'torch.real': real((re) => re), 'torch.imag': real((_re, im) => im), 'torch.abs': magnitude, 'torch.absolute': magnitude, 'torch.angle': real((re, im) => Math.atan2(im, re)),
  'torch.conj': conjugate, 'torch.conj_physical': conjugate, 'torch.resolve_conj': convert, 'torch.isreal': real((_re, im) => Number(im === 0)),
  'torch.mul': binary(product), 'torch.div': binary(quotient), 'torch.exp': unary((re, im) => exp([re, im])),
  'torch.square': unary((re, im) => product([re, im], [re, im])), 'torch.reciprocal': unary((re, im) => quotient([1, 0], [re, im])), 'torch.eq': equal(true), 'torch.ne': equal(false),
  'torch.sgn': unary((re, im) => { const size = Math.hypot(re, im); return size === 0 ? [0, 0] : [re / size, im / size]; }),
  'torch.matmul': matrixProduct(['input', 'self'], ['other']), 'torch.mm': matrixProduct(['input'], ['mat2']), 'torch.bmm': matrixProduct(['input'], ['mat2']),
};
