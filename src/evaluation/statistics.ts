/** What the numbers of a value are like: extremes, mean, spread, a histogram, and how many are not finite. */
import type { Elements, Statistics } from './messages';

/** Elements whose mean is taken before their spread: sums of so few keep their digits. */
const STRETCH = 4096;
/** Elements between two pauses: a millisecond or two. */
const PART = 2 ** 19;
/** Elements that are sorted for percentiles at most; of more, so many are taken evenly. */
const SORTED = 2 ** 18;
/** Elements of a sample. */
const SAMPLE = 2 ** 16;
/** How much of the work is done once extremes and moments are known, and only the histogram is left. */
const FIRST_PASS = 0.6;
const MOST_STOPPED = 8;
const PERCENTS = Array.from({ length: 101 }, (_, percent) => percent);

export function statisticsOf(elements: Elements, bins: number): Statistics {
  const tally = new Tally(elements.length, bins);
  tally.add(elements);
  if (tally.hasFinite) tally.count(elements);
  return tally.statistics();
}

/** From elements taken evenly, in no time; `count` is of all. */
export function sampledStatistics(elements: Elements, bins: number): Statistics & { readonly sampled?: number } {
  if (elements.length <= SAMPLE) return statisticsOf(elements, bins);
  return { ...statisticsOf(takenEvenly(elements, SAMPLE), bins), count: elements.length, sampled: SAMPLE };
}

/** Elements that are in memory already as parts, with a pause between two in which others are answered. */
export async function* partsOfElements(elements: Elements, pause: () => Promise<void>): AsyncGenerator<Elements> {
  for (let from = 0; from < elements.length; from += PART) {
    yield elements.subarray(from, from + PART);
    await pause();
  }
}

export interface RunOptions {
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Stops the run between two parts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The same of elements that come part after part, in row-major order. They come twice: what is counted in bins must be
 * known in extent first. It can be stopped at any part, tells then what is known, and goes on from there.
 */
export class StatisticsRun {
  private readonly tally: Tally;
  private parts: AsyncIterator<Elements> | null = null;
  private isCounting = false;
  /** Elements of the pass at hand. */
  private seen = 0;

  /** @param total elements of all parts */
  constructor(private readonly open: () => AsyncIterable<Elements>, private readonly total: number, bins: number) {
    this.tally = new Tally(total, bins);
  }

  /** Goes on until all is known, or the signal stops it. A run that threw is of no use any more. */
  async resume({ onProgress, signal }: RunOptions = {}): Promise<Statistics> {
    for (;;) {
      if (signal?.aborted) return this.stopped();
      this.parts ??= this.open()[Symbol.asyncIterator]();
      const { done, value } = await this.parts.next();
      if (done) {
        if (this.isCounting || !this.tally.hasFinite) return this.tally.statistics();
        Object.assign(this, { parts: null, isCounting: true, seen: 0 });
        continue;
      }
      if (this.isCounting) this.tally.count(value);
      else this.tally.add(value);
      this.seen += value.length;
      onProgress?.(this.fraction);
    }
  }

  private get fraction(): number {
    const part = this.total === 0 ? 0 : this.seen / this.total;
    return this.isCounting ? FIRST_PASS + (1 - FIRST_PASS) * part : FIRST_PASS * part;
  }

  private stopped(): Statistics {
    return { ...this.tally.statistics(), count: this.isCounting ? this.total : this.seen, histogram: [], percentiles: [], stopped: { fraction: this.fraction, total: this.total } };
  }
}

/** Runs that were stopped, by what they are of: they go on when the same is asked for again. */
export class StoppedRuns {
  private readonly runs = new Map<string, StatisticsRun>();

  /** @param begin where none was stopped */
  async run(key: string, begin: () => StatisticsRun, options: RunOptions = {}): Promise<Statistics> {
    const run = this.runs.get(key) ?? begin();
    // Meanwhile it is nobody else's; and one that fails is not kept.
    this.runs.delete(key);
    const statistics = await run.resume(options);
    if (statistics.stopped) this.runs.set(key, run);
    const [oldest] = this.runs.keys();
    if (this.runs.size > MOST_STOPPED && oldest !== undefined) this.runs.delete(oldest);
    return statistics;
  }

  /** Those whose key begins so. */
  forget(start = ''): void {
    for (const key of [...this.runs.keys()]) if (key.startsWith(start)) this.runs.delete(key);
  }
}

/** What is known of elements that were added, and then (where any is finite) counted in bins. */
class Tally {
  private readonly moments = new Moments();
  private readonly taken: Float64Array;
  private readonly step: number;
  private readonly histogram: number[];
  private seen = 0;
  private next = 0;

  constructor(private readonly total: number, bins: number) {
    this.taken = new Float64Array(Math.min(total, SORTED));
    this.step = Math.max(1, total / SORTED);
    this.histogram = new Array<number>(bins).fill(0);
  }

  get hasFinite(): boolean {
    return this.moments.finite > 0;
  }

  add(part: Elements): void {
    for (let from = 0; from < part.length; from += STRETCH) this.moments.add(part, from, Math.min(part.length, from + STRETCH));
    for (; this.next < this.taken.length; this.next++) {
      const at = Math.floor(this.next * this.step) - this.seen;
      if (at >= part.length) break;
      this.taken[this.next] = part[at] as number;
    }
    this.seen += part.length;
  }

  /** The histogram's part of it. */
  count(part: Elements): void {
    const { histogram, moments: { min, max } } = this;
    if (histogram.length > 0) addToHistogram(histogram, part, min, max);
  }

  statistics(): Statistics {
    const { nan, positiveInfinity, negativeInfinity, min, max, finite, mean, squares } = this.moments;
    const counts = { count: this.total, nan, positiveInfinity, negativeInfinity };
    if (finite === 0) return { ...counts, min: null, max: null, mean: null, std: null, histogram: [], percentiles: [] };
    return { ...counts, min, max, mean, std: finite > 1 ? Math.sqrt(squares / (finite - 1)) : null, histogram: this.histogram, percentiles: percentilesOf(this.taken.subarray(0, this.next)) };
  }
}

class Moments {
  nan = 0;
  positiveInfinity = 0;
  negativeInfinity = 0;
  min = Infinity;
  max = -Infinity;
  finite = 0;
  mean = 0;
  /** Of the differences from the mean. */
  squares = 0;

  /** Joins a few elements (Chan, Golub and LeVeque's formula: stable where a sum of squares is not). */
  add(elements: Elements, from: number, to: number): void {
    let [min, max, sum, finite] = [this.min, this.max, 0, 0];
    for (let i = from; i < to; i++) {
      const value = elements[i] as number;
      if (value - value !== 0) {
        if (value === Infinity) this.positiveInfinity++;
        else if (value === -Infinity) this.negativeInfinity++;
        else this.nan++;
        continue;
      }
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      finite++;
    }
    this.min = min;
    this.max = max;
    if (finite === 0) return;
    const mean = sum / finite;
    let squares = 0;
    for (let i = from; i < to; i++) {
      const difference = (elements[i] as number) - mean;
      if (difference - difference === 0) squares += difference * difference;
    }
    const all = this.finite + finite;
    const difference = mean - this.mean;
    this.squares += squares + difference * difference * ((this.finite * finite) / all);
    this.mean += (difference * finite) / all;
    this.finite = all;
  }
}

/** Equal bins; the last one holds its upper edge. A constant tensor has all in the first. */
function addToHistogram(histogram: number[], elements: Elements, min: number, max: number): void {
  const last = histogram.length - 1;
  const scale = max > min ? histogram.length / (max - min) : 0;
  for (let i = 0; i < elements.length; i++) {
    const value = elements[i] as number;
    if (value - value !== 0) continue;
    const bin = Math.min(last, Math.floor((value - min) * scale));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
}

/** The percentiles 0 to 100 of the finite elements: each is an element itself. */
function percentilesOf(elements: Float64Array): number[] {
  const sorted = elements.filter(Number.isFinite).sort();
  return sorted.length === 0 ? [] : PERCENTS.map((percent) => sorted[Math.round((percent / 100) * (sorted.length - 1))] as number);
}

function takenEvenly(elements: Elements, count: number): Float64Array {
  const step = Math.max(1, elements.length / count);
  return Float64Array.from({ length: Math.min(elements.length, count) }, (_, i) => elements[Math.floor(i * step)] as number);
}
