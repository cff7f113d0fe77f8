/** Complex operations put together of others: of several operands element by element, along dims, and by the sizes of elements. */
import { add, exp, log, product, quotient, scale, subtract, type Pair } from '../../functions/complex';
import { isComplex } from '../../elements';
import { EvaluationError } from '../../errors';
import { Value } from '../../value';
import { dimOf, withTensors } from '../arguments';
import { broadcastShapes, hostExpanded } from '../broadcast';
import { findKernel } from '../index';
import { fill, type Kernel, type KernelCall, type KernelTable } from '../kernel';
import { reductionOf } from '../losses';
import { rowsOf } from '../reduction';
import { permute } from '../strided';
import { COMPLEX_FUNCTIONS } from './functions';
import { absolute, complexFrom, joined, numberOf, operandParts, partsOf } from './parts';

/** Element by element, of operands that broadcast. */
function elements(call: KernelCall, names: readonly string[]): { readonly shape: readonly number[]; readonly at: (i: number) => Pair[] } {
  const operands = names.map((name) => operandParts(call.args.operand(name)));
  const shape = operands.map(({ re }) => re.shape).reduce(broadcastShapes);
  const laid = operands.map(({ re, im }) => [hostExpanded(re, 'float32', shape), hostExpanded(im, 'float32', shape)] as const);
  return { shape, at: (i) => laid.map(([re, im]) => [re[i]!, im[i]!]) };
}

const each = (names: readonly string[], operation: (...of: [Pair, Pair, Pair]) => Pair): Kernel => (call) => {
  const { shape, at } = elements(call, names);
  return complexFrom(shape, call.dtype, (i) => operation(...at(i) as [Pair, Pair, Pair]));
};

const test = (names: readonly string[], operation: (a: Pair, b: Pair, call: KernelCall) => boolean): Kernel => (call) => {
  const { shape, at } = elements(call, names);
  return fill(shape, 'bool', (i) => Number(operation(...at(i) as [Pair, Pair], call)));
};

const F = 'torch.nn.functional.';
const isTrue = ([a, b]: Pair): boolean => a !== 0 || b !== 0;
const both = ['input', 'other'];

/** https://docs.pytorch.org/docs/stable/generated/torch.isclose.html */
const isClose = test(both, (a, b, { args }) => {
  if (a[0] === b[0] && a[1] === b[1]) return true;
  if ([...a, ...b].some(Number.isNaN)) return args.bool('equal_nan') && a.some(Number.isNaN) && b.some(Number.isNaN);
  const difference = Math.hypot(...subtract(a, b));
  return Number.isFinite(difference) && difference <= args.number('atol', 1e-8) + args.number('rtol', 1e-5) * Math.hypot(...b);
});

const withFactor = (name: string, names: readonly string[], operation: (by: Pair, ...of: [Pair, Pair, Pair]) => Pair): Kernel => (call) => { const by = numberOf(call, name); return each(names, (...of) => operation(by, ...of))(call); };

const power = ([a, b]: Pair, [c, d]: Pair): Pair => {
  if (c === 0 && d === 0) return [1, 0];
  if (a === 0 && b === 0) return c > 0 ? [0, 0] : [NaN, NaN];
  return exp(product([c, d], log([a, b])));
};

/** Rows along the dim in place of which others of the same length are put. */
const along = (rewrite: (row: readonly Pair[]) => readonly Pair[]): Kernel => (call) => {
  const { re, im } = partsOf(call.args.tensor('input'));
  const rank = re.shape.length;
  const dim = dimOf(call.args.int('dim'), rank);
  if (rank === 0) { const [only] = rewrite([[re.item(), im.item()]]); return complexFrom([], call.dtype, () => only!); }
  const order = [...[...re.shape.keys()].filter((each) => each !== dim), dim];
  const [x, y] = [permute(re, order), permute(im, order)];
  const length = x.shape.at(-1)!;
  const written: Pair[] = [];
  for (let start = 0; start < x.numel; start += length) written.push(...rewrite(Array.from({ length }, (_, k): Pair => [x.host()[start + k]!, y.host()[start + k]!])));
  const laid = complexFrom(x.shape, call.dtype, (i) => written[i]!);
  const back = partsOf(laid);
  const inverse = order.map((_, i) => order.indexOf(i));
  return joined({ re: permute(back.re, inverse), im: permute(back.im, inverse) }, call.dtype);
};

/** Logarithm of the sum of exponentials: the greatest real part goes out of the sum first. */
function logSumExp(row: readonly Pair[]): Pair {
  const most = row.reduce((greatest, [a]) => Math.max(greatest, a), -Infinity);
  const shift: Pair = [Number.isFinite(most) ? most : 0, 0];
  return add(log(row.map((z) => exp(subtract(z, shift))).reduce(add, [0, 0])), shift);
}
/** Torch has them of real numbers only: cast first, which drops the imaginary part. */
const ofReal = (op: string): Kernel => (call) => {
  if (isComplex(call.dtype)) throw new EvaluationError('unsupported-op', `${call.op} of complex values is not defined`);
  return findKernel(op)!({ ...call, args: withTensors(call.args, { input: partsOf(call.args.tensor('input')).re }) });
};

const reduced = (reduce: (row: readonly Pair[]) => Pair): Kernel => (call) => {
  const [re, im] = (({ re: x, im: y }) => [x, y])(partsOf(call.args.tensor('input'))).map((part) => rowsOf({ ...call, args: withTensors(call.args, { input: part, self: part }) }, 'float32')) as [ReturnType<typeof rowsOf>, ReturnType<typeof rowsOf>];
  return complexFrom(call.shape, call.dtype, (i) => reduce(Array.from({ length: re.length }, (_, k): Pair => [re.input.host()[i * re.length + k]!, im.input.host()[i * re.length + k]!])));
};

/** What only changes the sizes of elements: theirs are given to the real kernel. */
const resized = (op: string): Kernel => (call) => {
  const { re, im } = partsOf(call.args.tensor('input'));
  const before = absolute(call.args.tensor('input'));
  const after = findKernel(op)!({ ...call, args: withTensors(call.args, { input: before }), dtype: 'float32', outputs: [{ shape: call.shape, dtype: 'float32' }] }) as Value;
  return complexFrom(call.shape, call.dtype, (i) => { const by = before.host()[i] === 0 ? 0 : after.host()[i]! / before.host()[i]!; return [by * re.host()[i]!, by * im.host()[i]!]; });
};

/** Of how far two operands are from each other. */
const ofDistance = (op: string, [x, y]: readonly [string, string]): Kernel => (call) => {
  const { shape, at } = elements(call, [x, y]);
  const eps = call.args.has('eps') || op.endsWith('pairwise_distance') ? call.args.number('eps', 1e-6) : 0;
  const distance = fill(shape, 'float32', (i) => { const [a, b] = at(i) as [Pair, Pair]; return Math.hypot(a[0] - b[0] + eps, a[1] - b[1]); });
  const args = withTensors(call.args, { [x]: distance, [y]: Value.filled(0, shape, 'float32') });
  const number = args.number.bind(call.args);
  args.number = (name, otherwise) => (name === 'eps' ? 0 : number(name, otherwise));
  return findKernel(op)!({ ...call, args });
};

/** Variables that are the real and the imaginary parts: their real covariances make up the complex ones. */
const covariance = (correlation: boolean): Kernel => (call) => {
  const { re, im } = partsOf(call.args.tensor('input'));
  const columns = re.shape.at(-1) ?? 1;
  const n = re.numel / columns;
  const both_ = fill([2 * n, columns], 'float32', (i) => (i < re.numel ? re.host()[i]! : im.host()[i - re.numel]!));
  const real = findKernel('torch.cov')!({ ...call, op: 'torch.cov', args: withTensors(call.args, { input: both_ }), shape: [2 * n, 2 * n], dtype: 'float32', outputs: [{ shape: [2 * n, 2 * n], dtype: 'float32' }] }) as Value;
  const at = (i: number, j: number): number => real.host()[i * 2 * n + j]!;
  const cov = (i: number, j: number): Pair => [at(i, j) + at(n + i, n + j), at(n + i, j) - at(i, n + j)];
  const clipped = (x: number): number => Math.max(-1, Math.min(1, x));
  return complexFrom(call.shape, call.dtype, (k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    if (!correlation) return cov(i, j);
    const found = scale(cov(i, j), 1 / Math.sqrt(cov(i, i)[0] * cov(j, j)[0]));
    return [clipped(found[0]), clipped(found[1])];
  });
};

/** The root of the mean square of complex numbers is complex too. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rms_norm.html */
const rmsNorm: Kernel = (call) => {
  const { re, im } = partsOf(call.args.tensor('input'));
  const length = call.args.ints('normalized_shape').reduce((numel, size) => numel * size, 1);
  const weight = call.args.has('weight') ? partsOf(call.args.tensor('weight')) : null;
  const eps = call.args.number('eps', 2 ** -23);
  const z = (i: number): Pair => [re.host()[i]!, im.host()[i]!];
  const roots = Array.from({ length: re.numel / length }, (_, row) => {
    let sum: Pair = [0, 0];
    for (let k = 0; k < length; k++) sum = add(sum, product(z(row * length + k), z(row * length + k)));
    return power(add(scale(sum, 1 / length), [eps, 0]), [-0.5, 0]);
  });
  return complexFrom(call.shape, call.dtype, (i) => {
    const normed = product(z(i), roots[Math.floor(i / length)]!);
    return weight ? product(normed, [weight.re.host()[i % length]!, weight.im.host()[i % length]!]) : normed;
  });
};

/** The plain operation, with what changes nothing in place of what a mask hides. */
const shown = (kernel: Kernel, otherwise: number): Kernel => (call) => {
  const { args } = call;
  const { re, im } = partsOf(args.tensor('input'));
  if (!args.has('mask')) return kernel(call);
  const mask = hostExpanded(args.tensor('mask'), 'bool', re.shape);
  const input = complexFrom(re.shape, args.tensor('input').dtype, (i) => (mask[i] === 0 ? [otherwise, 0] : [re.host()[i]!, im.host()[i]!]));
  return kernel({ ...call, args: withTensors(args, { input }) });
};

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_loss.html */
const tripletMarginLoss: Kernel = (call) => {
  const { args } = call;
  const distance = (x: string, y: string): Float32Array => {
    const { shape } = elements(call, [x, y]);
    const own = withTensors(args, { x1: args.tensor(x), x2: args.tensor(y) });
    const to = shape.slice(0, -1);
    return (ofDistance(`${F}pairwise_distance`, ['x1', 'x2'])({ ...call, op: `${F}pairwise_distance`, args: own, shape: to, dtype: 'float32', outputs: [{ shape: to, dtype: 'float32' }] }) as Value).host() as Float32Array;
  };
  const [near, far] = [distance('anchor', 'positive'), distance('anchor', 'negative')];
  const other = args.bool('swap') ? distance('positive', 'negative') : far;
  const losses = Array.from(near, (x, i) => Math.max(0, x - Math.min(far[i]!, other[i]!) + args.number('margin', 1)));
  const reduction = reductionOf(call);
  return fill(call.shape, call.dtype, (i) => (reduction === 'none' ? losses[i]! : mean(losses) * (reduction === 'sum' ? losses.length : 1)));
};

/** From one number to another in equal steps, or the powers of a base with these exponents. */
const spaced = (ofBase: boolean): Kernel => (call) => {
  const { args, shape, dtype } = call;
  const [start, end] = [numberOf(call, 'start'), numberOf(call, 'end')];
  const base: Pair = ofBase && args.has('base') ? numberOf(call, 'base') : [10, 0];
  const steps = shape[0]!;
  const step = scale(subtract(end, start), 1 / Math.max(1, steps - 1));
  const at = (i: number): Pair => (i < steps / 2 ? add(start, scale(step, i)) : subtract(end, scale(step, steps - 1 - i)));
  return complexFrom(shape, dtype, (i) => (ofBase ? power(base, steps > 1 ? at(i) : start) : steps > 1 ? at(i) : start));
};

/** Random numbers of which real and imaginary part have each half the variance. */
const drawn = (op: string, by: number): Kernel => (call) => {
  const value = findKernel(op)!(call) as Value;
  return Value.of(Float32Array.from(value.host(), (x) => x * by), value.shape, value.dtype);
};

const M = 'torch.masked.';
export const COMPLEX_COMPOSED: KernelTable = {
  'torch.addcmul': withFactor('value', ['input', 'tensor1', 'tensor2'], (by, input, a, b) => add(input, product(by, product(a, b)))),
  'torch.addcdiv': withFactor('value', ['input', 'tensor1', 'tensor2'], (by, input, a, b) => add(input, product(by, quotient(a, b)))),
  'torch.rsub': withFactor('alpha', both, (by, a, b) => subtract(b, product(by, a))),
  'torch.lerp': each(['input', 'end', 'weight'], (start, end, weight) => add(start, product(weight, subtract(end, start)))),
  'torch.logaddexp': each(both, (a, b) => logSumExp([a, b])), 'torch.ldexp': each(both, (a, b) => product(a, power([2, 0], b))),
  'torch.pow': each(['input', 'exponent'], power), 'torch.float_power': each(['input', 'exponent'], power),
  'torch.sinc': each(['input'], (z) => { const x = scale(z, Math.PI); return isTrue(x) ? quotient([Math.sin(x[0]) * Math.cosh(x[1]), Math.cos(x[0]) * Math.sinh(x[1])], x) : [1, 0]; }),
  'torch.logical_and': test(both, (a, b) => isTrue(a) && isTrue(b)), 'torch.logical_or': test(both, (a, b) => isTrue(a) || isTrue(b)), 'torch.logical_xor': test(both, (a, b) => isTrue(a) !== isTrue(b)), 'torch.isclose': isClose,
  'torch.softmax': ofReal('torch.softmax'), 'torch.log_softmax': ofReal('torch.log_softmax'), [`${F}softmin`]: ofReal(`${F}softmin`),
  'torch.logcumsumexp': along((row) => row.map((_, k) => logSumExp(row.slice(0, k + 1)))), 'torch.logsumexp': reduced(logSumExp),
  [`${F}normalize`]: resized(`${F}normalize`), 'torch.renorm': resized('torch.renorm'), [`${M}normalize`]: resized(`${M}normalize`),
  'torch.dist': ofDistance('torch.dist', ['input', 'other']), [`${F}pairwise_distance`]: ofDistance(`${F}pairwise_distance`, ['x1', 'x2']), [`${F}l1_loss`]: ofDistance(`${F}l1_loss`, ['input', 'target']),
  'torch.linspace': spaced(false), 'torch.logspace': spaced(true), 'torch.cov': covariance(false), 'torch.corrcoef': covariance(true), [`${F}rms_norm`]: rmsNorm, [`${F}triplet_margin_loss`]: tripletMarginLoss, [`${M}logsumexp`]: shown(reduced(logSumExp), -Infinity),
  [`${M}prod`]: shown(COMPLEX_FUNCTIONS['torch.prod']!, 1), [`${M}cumprod`]: shown(COMPLEX_FUNCTIONS['torch.cumprod']!, 1),
  ...Object.fromEntries(['rand', 'rand_like'].map((name) => [`torch.${name}`, drawn(`torch.${name}`, 1)])), ...Object.fromEntries(['randn', 'randn_like'].map((name) => [`torch.${name}`, drawn(`torch.${name}`, Math.SQRT1_2)])),
};
