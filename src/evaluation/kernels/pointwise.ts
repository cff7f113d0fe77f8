/** Element-wise functions of several operands beyond arithmetic. https://docs.pytorch.org/docs/stable/torch.html#pointwise-ops */
import { fromBigInt, isFloat } from '../elements';
import { EvaluationError } from '../errors';
import type { Value } from '../value';
import { combine } from './broadcast';
import { asValue, fill, type Kernel, type KernelCall, type KernelTable } from './kernel';

/** The named operands, tensors or numbers, in the result's dtype. */
function operandsOf({ args, dtype }: KernelCall, names: readonly string[]): Value[] {
  return names.map((name) => asValue(args.operand(name), dtype).to(dtype));
}

const of = (names: readonly string[], operation: (...elements: number[]) => number): Kernel => (call) =>
  combine(operandsOf(call, names), call.shape, call.dtype, call.dtype, operation);
const binary = (operation: (x: number, y: number) => number): Kernel => of(['input', 'other'], operation as (...elements: number[]) => number);

function gcd(x: number, y: number): number {
  [x, y] = [Math.abs(x), Math.abs(y)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

const lcm: Kernel = (call) => of(['input', 'other'], (x, y) => {
  const divisor = gcd(x as number, y as number);
  return divisor === 0 ? 0 : fromBigInt(BigInt(Math.abs(x as number)) / BigInt(divisor) * BigInt(Math.abs(y as number)), call.dtype);
})(call);

/** Stable where both are large or infinite. */
function logAddExp(x: number, y: number): number {
  if (x === y) return x === -Infinity || x === Infinity ? x : x + Math.LN2;
  const max = Math.max(x, y);
  return Number.isFinite(max) ? max + Math.log1p(Math.exp(-Math.abs(x - y))) : max;
}

/** 0 wherever x is 0, but for a NaN beside it. */
const xTimes = (log: (y: number) => number): Kernel => binary((x, y) => (Number.isNaN(y) ? NaN : x === 0 ? 0 : x * log(y)));

const BITS_FLOAT = new Float32Array(1);
const BITS_INT = new Int32Array(BITS_FLOAT.buffer);

/** The next float32 towards y. */
function nextAfter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === y) return y;
  if (x === 0) return Math.sign(y) * 2 ** -149;
  BITS_FLOAT[0] = x;
  BITS_INT[0] = (BITS_INT[0] as number) + (x > 0 === y > x ? 1 : -1);
  return BITS_FLOAT[0] as number;
}

const nextafter: Kernel = (call) => {
  if (call.dtype !== 'float32') throw new EvaluationError('unsupported-dtype', `torch.nextafter of ${call.dtype} is not evaluated: floats are float32 here`);
  return binary(nextAfter)(call);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.lerp.html (counted from the nearer end, as torch does) */
const lerp: Kernel = of(['input', 'end', 'weight'], (start, end, weight) => {
  const [from, to, by] = [start as number, end as number, weight as number];
  return Math.abs(by) < 0.5 ? from + by * (to - from) : to - (to - from) * (1 - by);
});

/** `input + value * combined`. https://docs.pytorch.org/docs/stable/generated/torch.addcmul.html */
const added = (combined: (x: number, y: number) => number): Kernel => (call) => {
  const factor = call.args.number('value', 1);
  return of(['input', 'tensor1', 'tensor2'], (base, x, y) => (base as number) + factor * combined(x as number, y as number))(call);
};

/** A fraction in [1/2, 1) and an exponent of two. https://docs.pytorch.org/docs/stable/generated/torch.frexp.html */
const frexp: Kernel = ({ args, shape, dtype, outputs }) => {
  const source = args.tensor('input').host();
  const exponents = Array.from(source, (x) => {
    if (x === 0 || !Number.isFinite(x)) return 0;
    const exponent = Math.floor(Math.log2(Math.abs(x))) + 1;
    // A logarithm may round across a power of two.
    const fraction = Math.abs(x) / 2 ** exponent;
    return fraction >= 1 ? exponent + 1 : fraction < 0.5 ? exponent - 1 : exponent;
  });
  return [fill(shape, dtype, (i) => (source[i] as number) / 2 ** (exponents[i] as number)), fill(shape, outputs[1]?.dtype ?? 'int32', (i) => exponents[i] as number)];
};

/** https://docs.pytorch.org/docs/stable/generated/torch.copysign.html */
const copysign: Kernel = (call) => {
  const { args, dtype } = call;
  const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
  const [x, y] = [asValue(args.operand('input'), dtype).to(dtype), asValue(args.operand('other'), dtype).to(dtype)];
  return combine([x, y], call.shape, dtype, dtype, (magnitude, sign) => (isNegative(sign as number) ? -Math.abs(magnitude as number) : Math.abs(magnitude as number)));
};

const heaviside: Kernel = of(['input', 'values'], (x, atZero) => (Number.isNaN(x) ? NaN : x === 0 ? atZero as number : Number((x as number) > 0)));

/** Tests of one operand's sign or kind. */
const test = (operation: (x: number) => boolean): Kernel => ({ args, shape }) => {
  const source = args.tensor('input').host();
  return fill(shape, 'bool', (i) => Number(operation(source[i] as number)));
};

/** 0 for what is not negative, pi for what is. */
const angle: Kernel = ({ args, shape, dtype }) => {
  const source = args.tensor('input').host();
  return fill(shape, dtype, (i) => (Number.isNaN(source[i]) ? NaN : (source[i] as number) < 0 || Object.is(source[i], -0) && !isFloat(dtype) ? Math.PI : 0));
};

export const POINTWISE: KernelTable = {
  'torch.hypot': binary(Math.hypot), 'torch.copysign': copysign, 'torch.nextafter': nextafter, 'torch.gcd': binary(gcd), 'torch.lcm': lcm,
  'torch.heaviside': heaviside, 'torch.logaddexp': binary(logAddExp), 'torch.logaddexp2': binary((x, y) => logAddExp(x * Math.LN2, y * Math.LN2) / Math.LN2),
  'torch.xlogy': xTimes(Math.log), 'torch.special.xlog1py': xTimes(Math.log1p), 'torch.ldexp': binary((x, y) => x * 2 ** y),
  'torch.addcmul': added((x, y) => x * y), 'torch.addcdiv': added((x, y) => x / y), 'torch.lerp': lerp, 'torch.frexp': frexp,
  'torch.isneginf': test((x) => x === -Infinity), 'torch.isposinf': test((x) => x === Infinity), 'torch.isreal': test(() => true),
  'torch.signbit': test((x) => x < 0 || Object.is(x, -0)), 'torch.angle': angle,
};
