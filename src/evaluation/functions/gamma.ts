/** The gamma function's relatives. https://en.wikipedia.org/wiki/Gamma_function */

/** Lanczos's coefficients for g = 7. */
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

/** Logarithm of the gamma function's absolute value. */
export function logGamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (!Number.isFinite(x)) return Infinity;
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  if (x === 1 || x === 2) return 0;
  const y = x - 1;
  const t = y + 7.5;
  const sum = LANCZOS.reduce((total, coefficient, i) => total + (i === 0 ? coefficient : coefficient / (y + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Its derivative: upwards to where the asymptotic series holds. */
export function digamma(x: number): number {
  if (x === 0) return Object.is(x, -0) ? Infinity : -Infinity;
  if (x < 0 && Number.isInteger(x)) return NaN;
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let result = 0;
  while (x < 10) {
    result -= 1 / x;
    x += 1;
  }
  const r = 1 / (x * x);
  return result + Math.log(x) - 0.5 / x - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132))));
}

/** Bernoulli's numbers of even index over the factorials, for Euler and Maclaurin's formula. */
const BERNOULLI = [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160];

/** Hurwitz's zeta function: the sum of 1 / (k + q) ** s. */
export function zeta(s: number, q: number): number {
  if (s === 1) return Infinity;
  if (s < 1 || Number.isNaN(q)) return NaN;
  if (q <= 0) {
    if (Number.isInteger(q)) return Infinity;
    if (!Number.isInteger(s)) return NaN;
  }
  let sum = 0;
  const direct = 12 + Math.max(0, Math.ceil(-q));
  for (let k = 0; k < direct; k++) sum += (q + k) ** -s;
  const a = q + direct;
  sum += a ** (1 - s) / (s - 1) + 0.5 * a ** -s;
  let factor = s * a ** (-s - 1);
  BERNOULLI.forEach((coefficient, i) => {
    sum += coefficient * factor;
    factor *= (s + 2 * i + 1) * (s + 2 * i + 2) / (a * a);
  });
  return sum;
}

/** The n-th derivative of digamma. */
export function polygamma(n: number, x: number): number {
  return n === 0 ? digamma(x) : (n % 2 === 0 ? -1 : 1) * Math.exp(logGamma(n + 1)) * zeta(n + 1, x);
}

/** The regularized lower incomplete gamma function P(a, x), or with `upper` 1 - P: a series, or Lentz's continued fraction. */
export function incompleteGamma(a: number, x: number, upper: boolean): number {
  if (!(a >= 0) || !(x >= 0)) return NaN;
  if (a === 0) return x === 0 ? NaN : Number(!upper);
  if (x === 0) return Number(upper);
  if (a === Infinity) return x === Infinity ? NaN : Number(upper);
  if (x === Infinity) return Number(!upper);
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 2000 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= x / (a + n);
    return upper ? 1 - front * sum : front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 2000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return upper ? front * h : 1 - front * h;
}
