/** The range of values that colours stand for, and where in it a value lies. */
import type { TensorStatistics } from './protocol';

export interface Domain {
  readonly min: number;
  readonly max: number;
  /** Around 0, with a diverging colour map. */
  readonly symmetric: boolean;
}

/** Signed floats are shown around 0; everything else from its least to its greatest value. */
export function domainOf(statistics: Pick<TensorStatistics, 'min' | 'max'>, isFloat: boolean): Domain {
  const { min, max } = statistics;
  if (min === null || max === null) return { min: 0, max: 1, symmetric: false };
  if (isFloat && min < 0 && max > 0) {
    const bound = Math.max(-min, max);
    return { min: -bound, max: bound, symmetric: true };
  }
  if (min !== max) return { min, max, symmetric: false };
  // Half a unit is nothing beside a large number, and the range must have a width.
  const margin = Math.max(0.5, Math.abs(min) * 2 ** -20);
  return { min: min - margin, max: max + margin, symmetric: false };
}

/** 0 at the domain's least value, 1 at its greatest; NaN stays NaN. */
export function position(value: number, domain: Domain): number {
  if (Number.isNaN(value)) return NaN;
  return Math.min(1, Math.max(0, (value - domain.min) / (domain.max - domain.min)));
}

/** Round values to write beside a colour bar, least first, about `count` of them. */
export function ticks(domain: Domain, count: number, integral = false): number[] {
  const span = domain.max - domain.min;
  if (!(span > 0 && span < Infinity)) return [];
  const raw = span / Math.max(1, count);
  const exponent = Math.floor(Math.log10(raw));
  // Multiples of 0.001 are rounded twice; divided by 1000 they are the number that is written.
  const scaled = (number: number): number => (exponent < 0 ? number / 10 ** -exponent : number * 10 ** exponent);
  const factor = [1, 2, 5, 10].find((candidate) => scaled(candidate) >= raw * 0.7) ?? 10;
  const isBelowOne = scaled(factor) < 1;
  const step = integral && isBelowOne ? 1 : scaled(factor);
  const first = Math.ceil(domain.min / step - 1e-9);
  const last = Math.floor(domain.max / step + 1e-9);
  const value = (multiple: number): number => (integral && isBelowOne ? multiple : scaled(multiple * factor));
  // Adding 0 makes -0 plain.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => value(first + i) + 0);
}
