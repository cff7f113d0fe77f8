/** Functions of complex numbers, element by element, with the branch cuts of C; and what counts or measures complex elements. */
import { isComplex } from '../../elements';
import { add, exp, log, product, quotient, scale, sqrt, subtract, type Pair } from '../../functions/complex';
import { Value } from '../../value';
import { dimOf, withTensors } from '../arguments';
import { findKernel } from '../index';
import { fill, type Kernel, type KernelTable } from '../kernel';
import { unary } from './arithmetic';
import { complexFrom, joined, partsOf } from './parts';

const I: Pair = [0, 1];
const ONE: Pair = [1, 0];
const sin = ([a, b]: Pair): Pair => [Math.sin(a) * Math.cosh(b), Math.cos(a) * Math.sinh(b)];
const cos = ([a, b]: Pair): Pair => [Math.cos(a) * Math.cosh(b), -Math.sin(a) * Math.sinh(b)];
const sinh = ([a, b]: Pair): Pair => [Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b)];
const cosh = ([a, b]: Pair): Pair => [Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b)];
const tanh = ([a, b]: Pair): Pair => {
  // Far out it is 1 or -1, where its parts are beyond all numbers.
  if (Math.abs(a) > 20) return [Math.sign(a), 4 * Math.exp(-2 * Math.abs(a)) * Math.sin(b) * Math.cos(b)];
  return quotient(sinh([a, b]), cosh([a, b]));
};
const turned = (f: (z: Pair) => Pair) => (z: Pair): Pair => { const [a, b] = f(product(I, z)); return [b, -a]; };
const asinh = (z: Pair): Pair => {
  // The smaller of two nearly equal numbers is not subtracted from the greater.
  const [a] = z;
  const positive = a < 0 || Object.is(a, -0) ? scale(z, -1) : z;
  const found = log(add(positive, sqrt(add(product(positive, positive), ONE))));
  return positive === z ? found : scale(found, -1);
};
const asin = turned(asinh);
const acos = (z: Pair): Pair => subtract([Math.PI / 2, 0], asin(z));
const acosh = (z: Pair): Pair => { const [a, b] = acos(z); return z[1] < 0 || Object.is(z[1], -0) ? [b, -a] : [-b, a]; };
const atanh = (z: Pair): Pair => scale(subtract(log(add(ONE, z)), log(subtract(ONE, z))), 0.5);
const sigmoid = (z: Pair): Pair => quotient(ONE, add(ONE, exp(scale(z, -1))));

const of = (f: (z: Pair) => Pair): Kernel => unary((re, im) => f([re, im]));

/** The kernel of real numbers on some real numbers of the complex ones. */
const through = (op: string, measure: (re: number, im: number) => number, names: readonly string[] = ['input', 'self']): Kernel => (call) => {
  const name = names.find((each) => call.args.isTensor(each))!;
  const { re, im } = partsOf(call.args.tensor(name));
  const args = withTensors(call.args, { [name]: fill(re.shape, 'float32', (i) => measure(re.host()[i]!, im.host()[i]!)) });
  return (findKernel(op) as Kernel)({ ...call, args });
};

const nonzero = (re: number, im: number): number => Number(re !== 0 || im !== 0);
const test = (is: (x: number) => boolean, how: 'some' | 'every'): Kernel => ({ args, shape }) => {
  const { re, im } = partsOf(args.tensor('input', 'self'));
  return fill(shape, 'bool', (i) => Number([re.host()[i] as number, im.host()[i] as number][how](is)));
};

/** The variance is that of both parts together; the mean is the mean of each. */
const spread = (op: string, root: boolean): Kernel => (call) => {
  const { re, im } = partsOf(call.args.tensor('input', 'self'));
  const [x, y] = [re, im].map((part) => {
    const found = findKernel(op)!({ ...call, args: withTensors(call.args, { input: part, self: part }), dtype: 'float32', outputs: call.outputs.map(({ shape }) => ({ shape, dtype: 'float32' })) });
    return found instanceof Value ? [found] : found;
  }) as [readonly Value[], readonly Value[]];
  const [ofRe, ofIm] = [x[0]!.host(), y[0]!.host()];
  const at = (i: number): number => (root ? Math.hypot(ofRe[i]!, ofIm[i]!) : ofRe[i]! + ofIm[i]!);
  // Of masked ones the dtype stays complex.
  const result = isComplex(call.dtype) ? complexFrom(call.shape, call.dtype, (i) => [at(i), 0]) : fill(call.shape, call.dtype, at);
  return x.length === 1 ? result : [result, joined({ re: x[1]!, im: y[1]! }, call.outputs[1]!.dtype)];
};

/** Products along a dim: all of them, or one after the other. */
const products = (cumulative: boolean): Kernel => (call) => {
  const { re, im } = partsOf(call.args.tensor('input', 'self'));
  const rank = re.shape.length;
  const given = call.args.optionalInt('dim');
  const dim = given === null ? null : dimOf(given, rank);
  const inner = dim === null ? 1 : re.shape.slice(dim + 1).reduce((numel, size) => numel * size, 1);
  const length = dim === null ? re.numel : re.shape[dim] ?? 1;
  const at = (i: number): Pair => [re.host()[i] as number, im.host()[i] as number];
  const upTo = (start: number, count: number): Pair => { let result = ONE; for (let k = 0; k < count; k++) result = product(result, at(start + k * inner)); return result; };
  return complexFrom(call.shape, call.dtype, (i) => {
    if (!cumulative) return upTo(Math.floor(i / inner) * inner * length + i % inner, length);
    const place = Math.floor(i / inner) % length;
    return upTo(i - place * inner, place + 1);
  });
};

/** The real ones of a kernel that fills with a number. */
const filled = (op: string): Kernel => (call) => {
  if (!isComplex(call.dtype)) return (findKernel(op) as Kernel)(call);
  const re = (findKernel(op) as Kernel)({ ...call, dtype: 'float32', outputs: call.outputs.map((output) => ({ ...output, dtype: 'float32' as const })) }) as Value;
  return joined({ re, im: Value.filled(0, re.shape, 'float32') }, call.dtype);
};

const F = 'torch.nn.functional.';
export const COMPLEX_FUNCTIONS: KernelTable = {
  'torch.log': of(log), 'torch.log2': of((z) => scale(log(z), Math.LOG2E)), 'torch.log10': of((z) => scale(log(z), Math.LOG10E)), 'torch.log1p': of((z) => log(add(ONE, z))),
  'torch.sqrt': of(sqrt), 'torch.rsqrt': of((z) => quotient(ONE, sqrt(z))), 'torch.exp2': of((z) => exp(scale(z, Math.LN2))), 'torch.expm1': of((z) => subtract(exp(z), ONE)),
  'torch.sin': of(sin), 'torch.cos': of(cos), 'torch.tan': of(turned(tanh)), 'torch.sinh': of(sinh), 'torch.cosh': of(cosh), 'torch.tanh': of(tanh),
  'torch.asin': of(asin), 'torch.acos': of(acos), 'torch.atan': of(turned(atanh)), 'torch.asinh': of(asinh), 'torch.acosh': of(acosh), 'torch.atanh': of(atanh),
  'torch.sigmoid': of(sigmoid), [`${F}silu`]: of((z) => product(z, sigmoid(z))), [`${F}tanhshrink`]: of((z) => subtract(z, tanh(z))), [`${F}softsign`]: of((z) => quotient(z, [1 + Math.hypot(...z), 0])),
  'torch.isnan': test(Number.isNaN, 'some'), 'torch.isinf': test((x) => Math.abs(x) === Infinity, 'some'), 'torch.isfinite': test(Number.isFinite, 'every'),
  'torch.any': through('torch.any', nonzero), 'torch.all': through('torch.all', nonzero), 'torch.count_nonzero': through('torch.count_nonzero', nonzero), 'torch.logical_not': through('torch.logical_not', nonzero), 'torch.Tensor.bool': through('torch.Tensor.bool', nonzero), ...Object.fromEntries(['nonzero', 'argwhere', 'nonzero_static'].map((name) => [`torch.${name}`, through(`torch.${name}`, nonzero)])),
  'torch.linalg.vector_norm': through('torch.linalg.vector_norm', Math.hypot, ['x', 'input']), 'torch.var': spread('torch.var', false), 'torch.std': spread('torch.std', true), 'torch.var_mean': spread('torch.var_mean', false), 'torch.std_mean': spread('torch.std_mean', true), 'torch.masked.var': spread('torch.masked.var', false), 'torch.masked.std': spread('torch.masked.std', true),
  'torch.prod': products(false), 'torch.cumprod': products(true), 'torch.ones_like': filled('torch.ones_like'), 'torch.ones': filled('torch.ones'), 'torch.Tensor.new_ones': filled('torch.Tensor.new_ones'), 'torch.eye': filled('torch.eye'),
};
