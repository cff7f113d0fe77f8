/** What a reader chose for the colours of a tensor, and the range that follows from it for given values. */
import type { ColorMapName } from './colormaps';
import { COLOR_MAPS } from './colormaps';
import { domainOf, widened } from './domain';
import type { Domain, Scale } from './domain';
import { isFloat } from './format';
import { REDUCTIONS } from './protocol';
import type { Reduction, TensorStatistics } from './protocol';

/** `full`: all finite values; `robust`: without the outermost hundredths; `own`: as it was dragged or typed. */
export type RangeKind = 'full' | 'robust' | 'own';
export const RANGE_KINDS: readonly RangeKind[] = ['full', 'robust', 'own'];
export const SCALES: readonly Scale[] = ['linear', 'log', 'symlog'];

export interface ColorChoice {
  readonly range: RangeKind;
  /** The bounds of `own`. */
  readonly min: number;
  readonly max: number;
  /** null: around 0 where values are floats of both signs. */
  readonly symmetric: boolean | null;
  readonly scale: Scale;
  /** null: what suits the range. */
  readonly map: ColorMapName | null;
  /** One range for all slices; else one for each picture. */
  readonly shared: boolean;
  /** What a pixel shows that stands for several elements. */
  readonly reduce: Reduction;
}

export const USUAL_COLORS: ColorChoice = { range: 'full', min: 0, max: 1, symmetric: null, scale: 'linear', map: null, shared: true, reduce: 'mean' };

/** Percentiles that bound the robust range. */
const ROBUST = [1, 99] as const;

type Known = Pick<TensorStatistics, 'min' | 'max' | 'percentiles'>;

export function domainFor(choice: ColorChoice, statistics: Known, dtype: string): Domain {
  if (dtype === 'bool') return styled({ min: 0, max: 1, symmetric: false }, choice);
  if (choice.range === 'own') return styled(widened(choice.min, choice.max, choice.symmetric ?? choice.min === -choice.max), choice);
  const known = choice.range === 'robust' ? robust(statistics) : statistics;
  if (choice.symmetric === null) return styled(domainOf(known, isFloat(dtype)), choice);
  const { min, max } = known;
  if (min === null || max === null) return styled(domainOf(known, false), choice);
  if (!choice.symmetric) return styled(widened(min, max, false), choice);
  const bound = Math.max(Math.abs(min), Math.abs(max)) || 0.5;
  return styled({ min: -bound, max: bound, symmetric: true }, choice);
}

/** The whole range where no percentiles are known, or they leave nothing. */
function robust({ min, max, percentiles }: Known): { min: number | null; max: number | null } {
  const low = percentiles?.[ROBUST[0]];
  const high = percentiles?.[ROBUST[1]];
  return low === undefined || high === undefined || low === high ? { min, max } : { min: low, max: high };
}

/** Logarithms have one side only: a range around 0 shows its upper half. */
function styled(domain: Domain, { scale, map }: ColorChoice): Domain {
  const isHalf = scale === 'log' && domain.min <= 0;
  const base = isHalf ? { min: 0, max: domain.max > 0 ? domain.max : 1, symmetric: false } : domain;
  return { ...base, ...(scale === 'linear' ? {} : { scale }), ...(map === null ? {} : { map }) };
}

/** A choice from an earlier session; anything odd in it is as usual. */
export function restoredColors(saved: unknown): ColorChoice {
  if (typeof saved !== 'object' || saved === null) return USUAL_COLORS;
  const { range, min, max, symmetric, scale, map, shared, reduce } = saved as Partial<Record<keyof ColorChoice, unknown>>;
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  const bounds = isNumber(min) && isNumber(max) && min < max ? { min, max } : null;
  return {
    range: RANGE_KINDS.includes(range as RangeKind) && (range !== 'own' || bounds) ? (range as RangeKind) : 'full',
    min: bounds?.min ?? 0, max: bounds?.max ?? 1,
    symmetric: typeof symmetric === 'boolean' ? symmetric : null,
    scale: SCALES.includes(scale as Scale) ? (scale as Scale) : 'linear',
    map: COLOR_MAPS.includes(map as ColorMapName) ? (map as ColorMapName) : null,
    shared: shared !== false,
    reduce: REDUCTIONS.includes(reduce as Reduction) ? (reduce as Reduction) : 'mean',
  };
}
