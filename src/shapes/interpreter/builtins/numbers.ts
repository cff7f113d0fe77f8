/**
 * Python's numbers as the interpreter holds them: ints are sizes, maybe symbolic; a float is known, the quotient of two
 * ints, or not known.
 */
import { divideExact, lessEqual } from '../../symint/facts';
import { SizeDivisionByZero, SizeError, constant, floordiv, mul, neg } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { Interpreter } from '../interpreter';
import { contentOf, float, int } from '../../values/values';
import type { BoolValue, FloatValue, IntValue, Value } from '../../values/values';

export type NumberValue = IntValue | FloatValue | BoolValue;

export function isNumber(value: Value): value is NumberValue {
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool';
}

export function isIntegral(value: Value): value is IntValue | BoolValue {
  return value.kind === 'int' || value.kind === 'bool';
}

/** The size that an int or bool is, or a member of an IntEnum; null where it is not known or no int. */
export function sizeOfValue(given: Value | undefined): SymInt | null {
  const value = given && contentOf(given);
  if (value?.kind === 'int') return value.value;
  return value?.kind === 'bool' && value.value !== null ? constant(Number(value.value)) : null;
}

/** The number of an int or bool. */
export function knownInt(value: Value | undefined): number | null {
  return sizeOfValue(value)?.value ?? null;
}

/** The number of an int, bool or float. */
export function knownNumber(value: Value | undefined): number | null {
  return value?.kind === 'float' ? value.value : knownInt(value);
}

/** An int from arithmetic on sizes; unknown where that has no exact answer. Raises ZeroDivisionError. */
export function exactInt(interp: Interpreter, compute: () => SymInt | null): IntValue {
  try {
    return int(compute());
  } catch (error) {
    if (error instanceof SizeDivisionByZero) return interp.raise('ZeroDivisionError', error.message);
    if (error instanceof SizeError) return int(null);
    throw error;
  }
}

/** An int of Python from a number; unknown beyond what a double keeps exactly. */
export function intFromNumber(n: number): IntValue {
  return int(Number.isSafeInteger(n) ? constant(n) : null);
}

export function intFromBigInt(n: bigint): IntValue {
  return intFromNumber(Number(n));
}

/** The true quotient of two sizes of which one is symbolic. */
export function quotient(numerator: SymInt, denominator: SymInt): FloatValue {
  if (numerator.value !== null && denominator.value !== null) return float(numerator.value / denominator.value);
  return { kind: 'float', value: null, ratio: { numerator, denominator } };
}

/** A float that equals an int. */
export function floatOfSize(size: SymInt): FloatValue {
  return size.value === null ? quotient(size, constant(1)) : float(size.value);
}

/**
 * What rounds a float down, up or towards zero, as an int: of a known float, or of a quotient whose sign is proven. A
 * double that is a correctly rounded quotient of ints below 2^53 has the same floor as the quotient.
 */
export function roundedInt(interp: Interpreter, value: FloatValue, how: 'floor' | 'ceil' | 'trunc'): IntValue {
  if (value.value !== null) return intFromNumber(Math[how](value.value) + 0);
  const { ratio } = value;
  if (!ratio) return int(null);
  const { numerator, denominator } = ratio;
  const exact = divideExact(numerator, denominator, interp.facts);
  if (exact) return int(exact);
  if (lessEqual(constant(1), denominator, interp.facts) !== true) return int(null);
  if (how === 'trunc' && lessEqual(constant(0), numerator, interp.facts) !== true) return int(null);
  return exactInt(interp, () => (how === 'ceil' ? neg(floordiv(neg(numerator), denominator)) : floordiv(numerator, denominator)));
}

/** The float times an int or a dyadic fraction, where no rounding can happen; null otherwise. */
export function scaledRatio(value: FloatValue | IntValue | BoolValue, factor: number): FloatValue | null {
  const ratio = value.kind === 'float' ? value.ratio : ratioOfSize(value);
  const fraction = dyadic(factor);
  if (!ratio || !fraction || !isPowerOfTwo(ratio.denominator.value)) return null;
  try {
    return quotient(mul(ratio.numerator, constant(fraction.numerator)), mul(ratio.denominator, constant(fraction.denominator)));
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

function ratioOfSize(value: IntValue | BoolValue): { numerator: SymInt; denominator: SymInt } | null {
  const size = sizeOfValue(value);
  return size && { numerator: size, denominator: constant(1) };
}

function isPowerOfTwo(n: number | null): boolean {
  return n !== null && n > 0 && Number.isInteger(Math.log2(n));
}

/** x as a short numerator over a small power of two: 4.0, 0.5, 2.625. Others would be rounded by a product. */
function dyadic(x: number): { numerator: number; denominator: number } | null {
  for (let denominator = 1; denominator <= 1024; denominator *= 2) {
    if (Number.isInteger(x * denominator)) return Math.abs(x * denominator) <= 2 ** 20 ? { numerator: x * denominator, denominator } : null;
  }
  return null;
}
