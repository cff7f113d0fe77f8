/** Functions that JavaScript's Math lacks. */
import { normalCumulative } from '../random';

/** Within 1.2e-7, as float32 needs. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  // Near 0 the difference of two numbers near 1/2 would lose all digits: the series instead.
  if (Math.abs(x) < 0.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 12; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
  return 2 * normalCumulative(x * Math.SQRT2) - 1;
}

/** The inverse by two steps of Newton's method from Winitzki's approximation. */
export function erfinv(y: number): number {
  if (!(Math.abs(y) < 1)) return Math.abs(y) === 1 ? y * Infinity : NaN;
  const a = 0.147;
  const log = Math.log1p(-y * y);
  const middle = 2 / (Math.PI * a) + log / 2;
  let x = Math.sign(y) * Math.sqrt(Math.sqrt(middle * middle - log / a) - middle);
  for (let i = 0; i < 2; i++) x -= (erf(x) - y) / (2 / Math.sqrt(Math.PI) * Math.exp(-x * x));
  return x;
}

/** Numerically safe for large arguments. */
export function logSigmoid(x: number): number {
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
