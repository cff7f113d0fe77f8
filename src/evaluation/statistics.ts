/** What the numbers of a value are like: extremes, mean, spread, a histogram, and how many are not finite. */
import type { Elements, Statistics } from './messages';

/** Elements whose mean is taken before their spread: sums of so few keep their digits. */
const STRETCH = 4096;
/** Elements between two yields: a millisecond or two. */
const PART = 2 ** 19;
/** Elements that are sorted for percentiles at most; of more, so many are taken evenly. */
const SORTED = 2 ** 18;
/** Elements of a sample. */
const SAMPLE = 2 ** 16;
const PERCENTS = Array.from({ length: 101 }, (_, percent) => percent);

export function statisticsOf(elements: Elements, bins: number): Statistics {
  const steps = statisticsSteps(elements, bins);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** From elements taken evenly, in no time; `count` is of all. */
export function sampledStatistics(elements: Elements, bins: number): Statistics & { readonly sampled?: number } {
  if (elements.length <= SAMPLE) return statisticsOf(elements, bins);
  return { ...statisticsOf(takenEvenly(elements, SAMPLE), bins), count: elements.length, sampled: SAMPLE };
}

/** The same as `statisticsOf`, yielding how much is done, from 0 to 1. */
export function* statisticsSteps(elements: Elements, bins: number): Generator<number, Statistics> {
  const moments = new Moments();
  for (let from = 0; from < elements.length; from += STRETCH) {
    moments.add(elements, from, Math.min(elements.length, from + STRETCH));
    if ((from / STRETCH) % (PART / STRETCH) === 0 && from > 0) yield (0.6 * from) / elements.length;
  }
  const { nan, positiveInfinity, negativeInfinity, min, max, finite, mean, squares } = moments;
  const counts = { count: elements.length, nan, positiveInfinity, negativeInfinity };
  if (finite === 0) return { ...counts, min: null, max: null, mean: null, std: null, histogram: [], percentiles: [] };
  const histogram = new Array<number>(bins).fill(0);
  for (let from = 0; from < elements.length && bins > 0; from += PART) {
    addToHistogram(histogram, elements, from, Math.min(elements.length, from + PART), min, max);
    yield 0.6 + (0.4 * from) / elements.length;
  }
  return { ...counts, min, max, mean, std: finite > 1 ? Math.sqrt(squares / (finite - 1)) : null, histogram, percentiles: percentilesOf(elements) };
}

/**
 * The same of elements that come part after part. They come twice: what is counted in bins must be known in extent first.
 *
 * @param count of all of them
 */
export async function statisticsOfParts(parts: () => AsyncIterable<Elements>, count: number, bins: number, onProgress?: (fraction: number) => void): Promise<Statistics> {
  const moments = new Moments();
  const taken = new Float64Array(Math.min(count, SORTED));
  const step = Math.max(1, count / SORTED);
  let [seen, next] = [0, 0];
  for await (const part of parts()) {
    for (let from = 0; from < part.length; from += STRETCH) moments.add(part, from, Math.min(part.length, from + STRETCH));
    for (; next < taken.length && Math.floor(next * step) < seen + part.length; next++) taken[next] = part[Math.floor(next * step) - seen] as number;
    seen += part.length;
    onProgress?.((0.6 * seen) / count);
  }
  const { nan, positiveInfinity, negativeInfinity, min, max, finite, mean, squares } = moments;
  const counts = { count, nan, positiveInfinity, negativeInfinity };
  if (finite === 0) return { ...counts, min: null, max: null, mean: null, std: null, histogram: [], percentiles: [] };
  const histogram = new Array<number>(bins).fill(0);
  seen = 0;
  for await (const part of parts()) {
    addToHistogram(histogram, part, 0, part.length, min, max);
    seen += part.length;
    onProgress?.(0.6 + (0.4 * seen) / count);
  }
  return { ...counts, min, max, mean, std: finite > 1 ? Math.sqrt(squares / (finite - 1)) : null, histogram, percentiles: percentilesOf(taken) };
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
function addToHistogram(histogram: number[], elements: Elements, from: number, to: number, min: number, max: number): void {
  const last = histogram.length - 1;
  const scale = max > min ? histogram.length / (max - min) : 0;
  for (let i = from; i < to; i++) {
    const value = elements[i] as number;
    if (value - value !== 0) continue;
    const bin = Math.min(last, Math.floor((value - min) * scale));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
}

/** The percentiles 0 to 100 of the finite elements: each is an element itself. */
export function percentilesOf(elements: Elements): number[] {
  const sorted = takenEvenly(elements, SORTED).filter(Number.isFinite).sort();
  return sorted.length === 0 ? [] : PERCENTS.map((percent) => sorted[Math.round((percent / 100) * (sorted.length - 1))] as number);
}

function takenEvenly(elements: Elements, count: number): Float64Array {
  const step = Math.max(1, elements.length / count);
  return Float64Array.from({ length: Math.min(elements.length, count) }, (_, i) => elements[Math.floor(i * step)] as number);
}
