/** Arithmetic of complex values, and what makes and takes apart them. https://docs.pytorch.org/docs/stable/complex_numbers.html */
import type { Dtype } from '../../../shapes/torch/dtype';
import type { Elements } from '../../messages';
import { Value } from '../../value';
import type { Operand } from '../arguments';
import { broadcastShapes, hostExpanded } from '../broadcast';
import { fill, type Kernel, type KernelCall, type KernelTable } from '../kernel';
import { matmul, plus, times } from '../matmul';
import { complexFrom, joined, partsOf, type Parts } from './parts';

function operandParts(operand: Operand): Parts {
  return partsOf(operand instanceof Value ? operand : Value.filled(operand.value, [], 'float32'));
}

export type Pair = readonly [number, number];

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

export const product = ([a, b]: Pair, [c, d]: Pair): Pair => [a * c - b * d, a * d + b * c];
export const quotient = ([a, b]: Pair, [c, d]: Pair): Pair => { const size = c * c + d * d; return [(a * c + b * d) / size, (b * c - a * d) / size]; };
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

/** To complex with a zero part, between complex dtypes, or (with its real part) to another. */
const convert: Kernel = ({ args, shape, dtype }: KernelCall) => {
  const parts = partsOf(args.tensor('input', 'self', 'data', 'tensor'));
  return dtype.startsWith('complex') ? joined({ re: parts.re.reshaped(shape), im: parts.im.reshaped(shape) }, dtype) : parts.re.to(dtype);
};

const power: Kernel = (call) => {
  const given = call.args.operand('exponent', 'other');
  const n = given instanceof Value ? given.item() : given.value;
  return unary((re, im) => {
    const [size, angle] = [Math.hypot(re, im) ** n, Math.atan2(im, re) * n];
    return [size * Math.cos(angle), size * Math.sin(angle)];
  })(call);
};

const equal = (same: boolean): Kernel => ({ args, shape }) => {
  const [x, y] = [operandParts(args.operand('input', 'self')), operandParts(args.operand('other'))];
  const common = broadcastShapes(x.re.shape, y.re.shape);
  const [a, b, c, d] = [x.re, x.im, y.re, y.im].map((part) => hostExpanded(part, 'float32', common)) as [Elements, Elements, Elements, Elements];
  return fill(shape, 'bool', (i) => Number((a[i] === c[i] && b[i] === d[i]) === same));
};

const magnitude = real(Math.hypot);
const casts = Object.fromEntries(['to', 'type', 'cfloat', 'cdouble', 'chalf', 'float', 'double'].map((name) => [`torch.Tensor.${name}`, convert]));

export const COMPLEX_ARITHMETIC: KernelTable = {
  ...casts,
  'torch.complex': pair('real', 'imag', (x, y) => [x, y]), 'torch.polar': pair('abs', 'angle', (size, angle) => [size * Math.cos(angle), size * Math.sin(angle)]),
  'torch.view_as_real': viewAsReal, 'torch.view_as_real_copy': viewAsReal, 'torch.view_as_complex': viewAsComplex, 'torch.view_as_complex_copy': viewAsComplex,
  'torch.real': real((re) => re), 'torch.imag': real((_re, im) => im), 'torch.abs': magnitude, 'torch.absolute': magnitude, 'torch.angle': real((re, im) => Math.atan2(im, re)),
  'torch.conj': conjugate, 'torch.conj_physical': conjugate, 'torch.resolve_conj': convert, 'torch.isreal': real((_re, im) => Number(im === 0)),
  'torch.mul': binary(product), 'torch.div': binary(quotient), 'torch.exp': unary((re, im) => [Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)]), 'torch.pow': power,
  'torch.square': unary((re, im) => product([re, im], [re, im])), 'torch.reciprocal': unary((re, im) => quotient([1, 0], [re, im])), 'torch.eq': equal(true), 'torch.ne': equal(false),
  'torch.sgn': unary((re, im) => { const size = Math.hypot(re, im); return size === 0 ? [0, 0] : [re / size, im / size]; }),
  'torch.matmul': matrixProduct(['input', 'self'], ['other']), 'torch.mm': matrixProduct(['input'], ['mat2']), 'torch.bmm': matrixProduct(['input'], ['mat2']),
};
