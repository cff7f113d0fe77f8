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
  if (finite === 0) return { ...counts, min: null, max: null, mean: null, std: null, histogram: [] };
  return { ...counts, min, max, mean, std: finite > 1 ? Math.sqrt(squares / (finite - 1)) : null, histogram: histogramOf(elements, min, max, bins) };
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
