/** Python's float operations that differ from JavaScript's: floor division, modulo, powers. */
import type { Interpreter } from '../interpreter';
import { float, unknown } from '../../values/values';
import type { Value } from '../../values/values';

/** Quotient and remainder as CPython's `float.__divmod__` computes them; `b` is not zero. */
export function floatDivmod(a: number, b: number): { quotient: number; remainder: number } {
  let remainder = a % b;
  let division = (a - remainder) / b;
  if (remainder !== 0) {
    if (b < 0 !== remainder < 0) {
      remainder += b;
      division -= 1;
    }
  } else remainder = Math.sign(1 / b) * 0;
  let quotient: number;
  if (division !== 0) {
    quotient = Math.floor(division);
    if (division - quotient > 0.5) quotient += 1;
  } else quotient = Math.sign(1 / a) * Math.sign(1 / b) * 0;
  return { quotient, remainder };
}

export function floatPower(base: number, exponent: number, interp: Interpreter): Value {
  if (base === 0 && exponent < 0) return interp.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  // C's pow, unlike JavaScript's, gives 1 for these.
  if (base === 1 || exponent === 0 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return float(1);
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent)) return unknown('a negative float to a fractional power is complex');
  const result = exponent === 0.5 && base >= 0 ? Math.sqrt(base) : base ** exponent;
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) return interp.raise('OverflowError', "(34, 'Numerical result out of range')");
  return float(result);
}
