/** The colour of one value. */
import { position } from './domain';
import type { Domain } from './domain';

/** NaN is magenta, which no map holds; infinities take the ends of the map. */
export function paint(data: Uint8ClampedArray, at: number, value: number, domain: Domain, lookup: Uint8Array): void {
  if (Number.isNaN(value)) data.set([255, 0, 255, 255], at);
  else {
    const color = Math.round(position(value, domain) * 255) * 3;
    data[at] = lookup[color]!;
    data[at + 1] = lookup[color + 1]!;
    data[at + 2] = lookup[color + 2]!;
    data[at + 3] = 255;
  }
}
