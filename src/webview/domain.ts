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
  return min === max ? { min: min - 0.5, max: max + 0.5, symmetric: false } : { min, max, symmetric: false };
}

/** 0 at the domain's least value, 1 at its greatest; NaN stays NaN. */
export function position(value: number, domain: Domain): number {
  if (Number.isNaN(value)) return NaN;
  return Math.min(1, Math.max(0, (value - domain.min) / (domain.max - domain.min)));
}

/** Round values to write beside a colour bar, least first, about `count` of them. */
export function ticks(domain: Domain, count: number): number[] {
  const span = domain.max - domain.min;
  const raw = span / Math.max(1, count);
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= raw) ?? raw;
  const first = Math.ceil(domain.min / step - 1e-9);
  const last = Math.floor(domain.max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
