/** What the numbers of a value are like: extremes, mean, spread, a histogram, and how many are not finite. */
import type { Elements, Statistics } from './messages';

export function statisticsOf(elements: Elements, bins: number): Statistics {
  let nan = 0;
  let positiveInfinity = 0;
  let negativeInfinity = 0;
  let min = Infinity;
  let max = -Infinity;
  let finite = 0;
  let mean = 0;
  // Welford's recurrence: stable where a sum of squares is not.
  let squares = 0;
  for (const value of elements) {
    if (Number.isNaN(value)) nan++;
    else if (value === Infinity) positiveInfinity++;
    else if (value === -Infinity) negativeInfinity++;
    else {
      finite++;
      if (value < min) min = value;
      if (value > max) max = value;
      const difference = value - mean;
      mean += difference / finite;
      squares += difference * (value - mean);
    }
  }
  const counts = { count: elements.length, nan, positiveInfinity, negativeInfinity };
  if (finite === 0) return { ...counts, min: null, max: null, mean: null, std: null, histogram: [], percentiles: [] };
  return { ...counts, min, max, mean, std: finite > 1 ? Math.sqrt(squares / (finite - 1)) : null, histogram: histogramOf(elements, min, max, bins), percentiles: percentilesOf(elements) };
}

/** Elements that are sorted for percentiles at most; of more, so many are taken evenly. */
const SORTED = 2 ** 18;
const PERCENTS = Array.from({ length: 101 }, (_, percent) => percent);

/** The percentiles 0 to 100 of the finite elements: each is an element itself. */
export function percentilesOf(elements: Elements): number[] {
  const step = Math.max(1, elements.length / SORTED);
  const taken = new Float64Array(Math.min(elements.length, SORTED));
  let count = 0;
  for (let i = 0; i < taken.length; i++) {
    const value = elements[Math.floor(i * step)] as number;
    if (Number.isFinite(value)) taken[count++] = value;
  }
  if (count === 0) return [];
  const sorted = taken.subarray(0, count).sort();
  return PERCENTS.map((percent) => sorted[Math.round((percent / 100) * (count - 1))] as number);
}

/** Equal bins; the last one holds its upper edge. A constant tensor has all in the first. */
function histogramOf(elements: Elements, min: number, max: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = max > min ? bins / (max - min) : 0;
  for (const value of elements) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}
