/** Python's math module: https://docs.python.org/3/library/math.html */
import { constant, mul } from '../../symint/symint';
import { equal } from '../../symint/facts';
import { bool, float, int, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled, unknownFrom } from './call';
import type { BuiltinCall, BuiltinFunction, BuiltinTable } from './call';
import { special } from './conversions';
import { floatPower } from './float-arithmetic';
import { exactInt, intFromBigInt, intFromNumber, isIntegral, isNumber, knownInt, knownNumber, roundedInt, sizeOfValue } from './numbers';
import { displayType } from './types';

/** A function of one float; outside of `domain` Python raises ValueError. */
function real(apply: (x: number) => number, domain: (x: number) => boolean = () => true): BuiltinFunction {
  return (call) => {
    const [value] = bind(call, ['x'], 1);
    const own = special(call, value!, '__float__');
    const x = knownNumber(own ?? value);
    if (x === null) return notNumber(call, value!) ?? float(null);
    if (!domain(x)) return call.interp.raise('ValueError', 'math domain error');
    const result = apply(x);
    return !Number.isFinite(result) && Number.isFinite(x) ? call.interp.raise('OverflowError', 'math range error') : float(result);
  };
}

function notNumber(call: BuiltinCall, value: Value): Value | null {
  if (value.kind === 'unknown') return float(null);
  if (['str', 'None', 'list', 'tuple', 'dict'].includes(value.kind)) return call.interp.raise('TypeError', `must be real number, not ${displayType(value)}`);
  return null;
}

function rounded(how: 'floor' | 'ceil' | 'trunc'): BuiltinFunction {
  return (call) => {
    const [value] = bind(call, ['x'], 1);
    if (isIntegral(value!)) return int(sizeOfValue(value));
    if (value!.kind === 'float') {
      if (value!.value !== null && !Number.isFinite(value!.value)) return call.interp.raise(Number.isNaN(value!.value) ? 'ValueError' : 'OverflowError', 'cannot convert float to integer');
      return roundedInt(call.interp, value!, how);
    }
    notNumber(call, value!);
    return special(call, value!, `__${how}__`) ?? int(null);
  };
}

/** The integer square root: the greatest r with r*r <= n. */
function isqrt(call: BuiltinCall): Value {
  const n = knownInt(bind(call, ['n'], 1)[0]);
  if (n === null) return int(null);
  if (n < 0) return call.interp.raise('ValueError', 'isqrt() argument must be nonnegative');
  let root = Math.floor(Math.sqrt(n));
  while (BigInt(root) * BigInt(root) > BigInt(n)) root--;
  while (BigInt(root + 1) * BigInt(root + 1) <= BigInt(n)) root++;
  return intFromNumber(root);
}

function prod(call: BuiltinCall): Value {
  const [source, start] = bind(call, ['iterable', 'start'], 1);
  const { interp, span } = call;
  const items = interp.iterate(source!, span);
  if (!items) {
    const element = interp.elementOf(source!, span);
    return isIntegral(element) ? int(null) : element.kind === 'float' ? float(null) : unknownFrom([source, element], 'the product of an unknown number of items');
  }
  const factors = start ? [start, ...items] : items;
  const sizes = factors.map((factor) => (isIntegral(factor) ? sizeOfValue(factor) : null));
  if (sizes.every((size) => size !== null)) return exactInt(interp, () => sizes.reduce((a, b) => mul(a, b), constant(1)));
  return factors.reduce<Value>((total, factor) => interp.binary('*', total, factor, span), int(constant(1)));
}

function integers(call: BuiltinCall): bigint[] | null {
  const numbers = call.args.map(knownInt);
  return numbers.every((n) => n !== null) ? numbers.map((n) => BigInt(n)) : null;
}

function gcdOf(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function gcd(call: BuiltinCall): Value {
  const numbers = integers(call);
  if (numbers) return intFromBigInt(numbers.reduce(gcdOf, 0n));
  const [a, b] = call.args.map(sizeOfValue);
  return int(call.args.length === 2 && a && b && equal(a, b, call.interp.facts) === true ? a : null);
}

function lcm(call: BuiltinCall): Value {
  const numbers = integers(call);
  if (!numbers) return int(null);
  return intFromBigInt(numbers.reduce((a, b) => (a === 0n || b === 0n ? 0n : ((a / gcdOf(a, b)) * b < 0n ? -1n : 1n) * ((a / gcdOf(a, b)) * b)), 1n));
}

function factorial(call: BuiltinCall): Value {
  const n = knownInt(bind(call, ['n'], 1)[0]);
  if (n === null || n > 30) return int(null);
  if (n < 0) return call.interp.raise('ValueError', 'factorial() not defined for negative values');
  let product = 1n;
  for (let i = 2n; i <= BigInt(n); i++) product *= i;
  return intFromBigInt(product);
}

/** The number of choices of k out of n. */
function comb(call: BuiltinCall): Value {
  const [n, k] = bind(call, ['n', 'k'], 2).map(knownInt);
  if (n == null || k == null || n > 1000) return int(null);
  if (n < 0 || k < 0) return call.interp.raise('ValueError', 'comb() arguments must be non-negative');
  let result = k > n ? 0n : 1n;
  for (let i = 0n; i < BigInt(k) && result !== 0n; i++) result = (result * (BigInt(n) - i)) / (i + 1n);
  return intFromBigInt(result);
}

function log(call: BuiltinCall): Value {
  const [value, base] = bind(call, ['x', 'base'], 1);
  const x = knownNumber(value);
  const b = base === undefined ? Math.E : knownNumber(base);
  if (x === null || b === null) return notNumber(call, value!) ?? float(null);
  if (x <= 0 || b <= 0) return call.interp.raise('ValueError', 'math domain error');
  if (base === undefined) return float(Math.log(x));
  return b === 1 ? call.interp.raise('ZeroDivisionError', 'float division by zero') : float(Math.log(x) / Math.log(b));
}

/** Exact for powers of the base, where a rounded logarithm would not be an integer. */
function exactLog(base: 2 | 10): (x: number) => number {
  return (x) => {
    const result = base === 2 ? Math.log2(x) : Math.log10(x);
    const near = Math.round(result);
    return base ** near === x ? near : result;
  };
}

function pow(call: BuiltinCall): Value {
  const [base, exponent] = bind(call, ['x', 'y'], 2).map(knownNumber);
  if (base == null || exponent == null) return float(null);
  const result = floatPower(base, exponent, call.interp);
  return result.kind === 'float' ? result : call.interp.raise('ValueError', 'math domain error');
}

function binary(apply: (a: number, b: number) => number): BuiltinFunction {
  return (call) => {
    const [a, b] = call.args.map(knownNumber);
    return float(call.args.length !== 2 || a == null || b == null ? null : apply(a, b));
  };
}

function isClose(call: BuiltinCall): Value {
  const [a, b] = call.args.map(knownNumber);
  const relative = call.keywords.has('rel_tol') ? knownNumber(call.keywords.get('rel_tol')) : 1e-9;
  const absolute = call.keywords.has('abs_tol') ? knownNumber(call.keywords.get('abs_tol')) : 0;
  if (a == null || b == null || relative === null || absolute === null) return bool(null);
  return bool(a === b || (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute)));
}

function fsum(call: BuiltinCall): Value {
  const items = call.args[0] ? call.interp.iterate(call.args[0], call.span) : null;
  const numbers = items?.map(knownNumber);
  // Exactly rounded sums agree with plain ones for up to two terms.
  return float(numbers && numbers.length <= 2 && numbers.every((n) => n !== null) ? numbers.reduce((a, b) => a + b, 0) : null);
}

function copySign(a: number, b: number): number {
  return Math.abs(a) * (b < 0 || Object.is(b, -0) ? -1 : 1);
}

function test(apply: (x: number) => boolean): BuiltinFunction {
  return (call) => {
    const value = call.args[0];
    if (value && isIntegral(value)) return bool(apply(0));
    const x = knownNumber(value);
    return bool(x === null ? null : apply(x));
  };
}

const positive = (x: number): boolean => x > 0;
const finite = (x: number): boolean => Number.isFinite(x);
const unit = (x: number): boolean => Math.abs(x) <= 1;

export const math: BuiltinTable = {
  'math.sqrt': real(Math.sqrt, (x) => !(x < 0)),
  'math.cbrt': real(Math.cbrt),
  'math.exp': real(Math.exp),
  'math.expm1': real(Math.expm1),
  'math.exp2': real((x) => 2 ** x),
  'math.log': log,
  'math.log2': real(exactLog(2), positive),
  'math.log10': real(exactLog(10), positive),
  'math.log1p': real(Math.log1p, (x) => x > -1),
  'math.sin': real(Math.sin, finite),
  'math.cos': real(Math.cos, finite),
  'math.tan': real(Math.tan, finite),
  'math.asin': real(Math.asin, unit),
  'math.acos': real(Math.acos, unit),
  'math.atan': real(Math.atan),
  'math.sinh': real(Math.sinh),
  'math.cosh': real(Math.cosh),
  'math.tanh': real(Math.tanh),
  'math.radians': real((x) => x * (Math.PI / 180)),
  'math.degrees': real((x) => x * (180 / Math.PI)),
  'math.fabs': real(Math.abs),
  'math.erf': () => float(null),
  'math.erfc': () => float(null),
  'math.gamma': () => float(null),
  'math.lgamma': () => float(null),
  'math.atan2': binary(Math.atan2),
  'math.fmod': binary((a, b) => a % b),
  'math.copysign': binary(copySign),
  'math.hypot': binary(Math.hypot),
  'math.floor': rounded('floor'),
  'math.ceil': rounded('ceil'),
  'math.trunc': rounded('trunc'),
  'math.isqrt': isqrt,
  'math.prod': prod,
  'math.gcd': gcd,
  'math.lcm': lcm,
  'math.factorial': factorial,
  'math.comb': comb,
  'math.pow': pow,
  'math.isclose': isClose,
  'math.fsum': fsum,
  'math.isnan': test(Number.isNaN),
  'math.isinf': test((x) => Math.abs(x) === Infinity),
  'math.isfinite': test(finite),
  'math.modf': (call) => {
    const x = knownNumber(call.args[0]);
    return x === null || !Number.isFinite(x) ? tuple([float(null), float(null)]) : tuple([float(copySign(x % 1, x)), float(Math.trunc(x))]);
  },
  'math.dist': (call) => (call.args.every((arg) => !isNumber(arg)) ? float(null) : unhandled(call)),
  'math.frexp': () => unknown('math.frexp is not traced'),
};
