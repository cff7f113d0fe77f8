/**
 * Bessel's functions from their integrals over a period, which a sum of equal steps gives to full precision, and
 * from Neumann's series over them. https://dlmf.nist.gov/10
 */
import { logGamma } from './gamma';

const EULER = 0.5772156649015329;

/** J of a whole order: the mean of cos(n t - x sin t). */
export function besselJ(n: number, x: number): number {
  const steps = 40 + n + Math.ceil(Math.abs(x) * 1.2);
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const t = Math.PI * (k + 0.5) / steps;
    sum += Math.cos(n * t - x * Math.sin(t));
  }
  return sum / steps;
}

/** The order beyond which J of x is too small to count. */
const lastOrder = (x: number): number => Math.ceil(x / 2) + 12;

export function besselY0(x: number): number {
  if (x === 0) return -Infinity;
  if (x < 0) return NaN;
  let sum = 0;
  for (let k = 1; k <= lastOrder(x); k++) sum += (k % 2 === 0 ? 1 : -1) * besselJ(2 * k, x) / k;
  return 2 / Math.PI * (Math.log(x / 2) + EULER) * besselJ(0, x) - 4 / Math.PI * sum;
}

export function besselY1(x: number): number {
  if (x === 0) return -Infinity;
  if (x < 0) return NaN;
  let sum = 0;
  for (let k = 1; k <= lastOrder(x); k++) sum += (k % 2 === 0 ? 1 : -1) * (2 * k + 1) / (k * (k + 1)) * besselJ(2 * k + 1, x);
  return -2 / (Math.PI * x) * besselJ(0, x) + 2 / Math.PI * ((Math.log(x / 2) + EULER - 1) * besselJ(1, x) - sum);
}

/** I of a whole order, times exp(-|x|). */
export function scaledBesselI(n: number, x: number): number {
  const size = Math.abs(x);
  const steps = 40 + Math.ceil(12 * Math.sqrt(size));
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const t = Math.PI * (k + 0.5) / steps;
    sum += Math.exp(size * (Math.cos(t) - 1)) * Math.cos(n * t);
  }
  return (n % 2 === 1 ? Math.sign(x) : 1) * sum / steps;
}

/** K of any order, times exp(x): the integral of exp(x - x cosh t) cosh(order t) from 0 on. */
export function scaledBesselK(order: number, x: number): number {
  if (x === 0) return Infinity;
  if (x < 0) return NaN;
  const end = Math.acosh(1 + 800 / x);
  const steps = 600;
  const width = end / steps;
  let sum = 0.5;
  for (let k = 1; k < steps; k++) sum += Math.exp(x - x * Math.cosh(k * width)) * Math.cosh(order * k * width);
  return sum * width;
}

/** Airy's function: by K of order 1/3 on the right, its power series in the middle, an asymptotic series on the left. */
export function airy(x: number): number {
  const zeta = 2 / 3 * Math.abs(x) ** 1.5;
  if (x > 2) return Math.sqrt(x / 3) / Math.PI * scaledBesselK(1 / 3, zeta) * Math.exp(-zeta);
  if (x < -8) return oscillating(-x, zeta);
  let [f, g, sumF, sumG] = [1, x, 1, x];
  for (let k = 1; k < 60; k++) {
    f *= x ** 3 / ((3 * k - 1) * 3 * k);
    g *= x ** 3 / (3 * k * (3 * k + 1));
    sumF += f;
    sumG += g;
  }
  const atZero = 3 ** (-2 / 3) / Math.exp(logGamma(2 / 3));
  const slope = 3 ** (-1 / 3) / Math.exp(logGamma(1 / 3));
  return atZero * sumF - slope * sumG;
}

/** Ai(-x) for large x. */
function oscillating(x: number, zeta: number): number {
  let u = 1;
  let [even, odd] = [0, 0];
  for (let k = 0; k < 10; k++) {
    if (k > 0) u *= (6 * k - 5) * (6 * k - 3) * (6 * k - 1) / (216 * k * (2 * k - 1)) / zeta;
    if (k % 2 === 0) even += (k % 4 === 0 ? 1 : -1) * u;
    else odd += (k % 4 === 1 ? 1 : -1) * u;
  }
  return (Math.cos(zeta - Math.PI / 4) * even + Math.sin(zeta - Math.PI / 4) * odd) / (Math.sqrt(Math.PI) * x ** 0.25);
}
