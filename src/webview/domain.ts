/** The range of values that colours stand for, and where in it a value lies. */
import type { ColorMapName } from './colormaps';
import type { TensorStatistics } from './protocol';

/** How values are spread over the colours: evenly, by their logarithm, or by that of their size on both sides of 0. */
export type Scale = 'linear' | 'log' | 'symlog';

export interface Domain {
  readonly min: number;
  readonly max: number;
  /** Around 0, with a diverging colour map. */
  readonly symmetric: boolean;
  /** `linear` where it is missing. */
  readonly scale?: Scale;
  /** Where it is missing, that for what `symmetric` says. */
  readonly map?: ColorMapName;
}

/** Decades that a logarithmic scale shows below the greatest value where nothing else bounds it. */
const DECADES = 4;

/** Signed floats are shown around 0; everything else from its least to its greatest value. */
export function domainOf(statistics: Pick<TensorStatistics, 'min' | 'max'>, isFloat: boolean): Domain {
  const { min, max } = statistics;
  if (min === null || max === null) return { min: 0, max: 1, symmetric: false };
  if (isFloat && min < 0 && max > 0) {
    const bound = Math.max(-min, max);
    return { min: -bound, max: bound, symmetric: true };
  }
  return widened(min, max, false);
}

/** A range as it is given, but with a width. */
export function widened(min: number, max: number, symmetric: boolean): Domain {
  if (min !== max) return { min, max, symmetric };
  // Half a unit is nothing beside a large number, and the range must have a width.
  const margin = Math.max(0.5, Math.abs(min) * 2 ** -20);
  return { min: min - margin, max: max + margin, symmetric };
}

export function mapOf(domain: Domain): ColorMapName {
  return domain.map ?? (domain.symmetric ? 'diverging' : 'sequential');
}

/** The size below which a symlog scale is nearly linear: three decades below the range's greatest. */
export function linearWithin({ min, max }: Domain): number {
  return Math.max(Math.abs(min), Math.abs(max)) * 1e-3;
}

/** The least value that a logarithmic scale of this range tells apart. */
export function leastPositive({ min, max }: Domain): number {
  return min > 0 ? min : Math.max(max, Number.MIN_VALUE * 10 ** DECADES) * 10 ** -DECADES;
}

/** 0 at the domain's least value, 1 at its greatest; NaN stays NaN. */
export function position(value: number, domain: Domain): number {
  return positioner(domain)(value);
}

/** `position` for many values of one domain. */
export function positioner(domain: Domain): (value: number) => number {
  const bend = bent(domain);
  const from = bend(domain.min);
  const width = bend(domain.max) - from;
  return (value) => {
    if (Number.isNaN(value)) return NaN;
    if (value === Infinity) return 1;
    return value === -Infinity ? 0 : Math.min(1, Math.max(0, (bend(value) - from) / width));
  };
}

/** The value at a position: the reverse of `position`. */
export function valueAt(at: number, domain: Domain): number {
  const bend = bent(domain);
  const [from, to] = [bend(domain.min), bend(domain.max)];
  const y = from + at * (to - from);
  switch (domain.scale) {
    case 'log': return Math.exp(y);
    case 'symlog': return Math.sign(y) * Math.expm1(Math.abs(y)) * linearWithin(domain);
    default: return y;
  }
}

function bent(domain: Domain): (value: number) => number {
  if (domain.scale === 'log') {
    const least = leastPositive(domain);
    return (value) => Math.log(Math.max(value, least));
  }
  if (domain.scale === 'symlog') {
    const linear = linearWithin(domain);
    return (value) => Math.sign(value) * Math.log1p(Math.abs(value) / linear);
  }
  return (value) => value;
}

/** Round values to write beside a colour bar, least first, about `count` of them. */
export function ticks(domain: Domain, count: number, integral = false): number[] {
  const span = domain.max - domain.min;
  if (!(span > 0 && span < Infinity)) return [];
  if (domain.scale === 'log' || domain.scale === 'symlog') return powers(domain, count);
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

/** Powers of ten, on both sides of 0 where the scale has both; every second or third where they are many. */
function powers(domain: Domain, count: number): number[] {
  const isLog = domain.scale === 'log';
  const largest = Math.max(Math.abs(domain.min), Math.abs(domain.max));
  const [from, to] = [Math.ceil(Math.log10(isLog ? leastPositive(domain) : linearWithin(domain)) - 1e-9), Math.floor(Math.log10(largest) + 1e-9)];
  const sides = isLog || domain.min >= 0 || domain.max <= 0 ? 1 : 2;
  const step = Math.max(1, Math.ceil(((to - from + 1) * sides) / (count + 1)));
  const sizes = Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => 10 ** (to - i * step)).reverse();
  const all = isLog ? sizes : [...sizes.map((size) => -size).reverse(), 0, ...sizes];
  return all.filter((value) => value >= domain.min - 1e-12 * largest && value <= domain.max + 1e-12 * largest);
}
