/** The colour of one value. What is not finite has a colour that no map holds, and a glyph where there is room. */
import { position } from './domain';
import type { Domain } from './domain';

export type Color = readonly [red: number, green: number, blue: number];

export const SPECIAL_COLORS: Readonly<Record<'nan' | 'positiveInfinity' | 'negativeInfinity', Color>> = {
  nan: [255, 0, 255],
  positiveInfinity: [255, 140, 0],
  negativeInfinity: [0, 229, 255],
};
export type SpecialValue = keyof typeof SPECIAL_COLORS;

export function specialOf(value: number): SpecialValue | null {
  if (Number.isFinite(value)) return null;
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'positiveInfinity' : 'negativeInfinity';
}

/** Writes the four bytes of a pixel. @param lookup 256 colours, three bytes each */
export function paint(data: Uint8ClampedArray, at: number, value: number, domain: Domain, lookup: Uint8Array): void {
  const special = specialOf(value);
  if (special) {
    data.set(SPECIAL_COLORS[special], at);
  } else {
    const color = Math.round(position(value, domain) * 255) * 3;
    data[at] = lookup[color]!;
    data[at + 1] = lookup[color + 1]!;
    data[at + 2] = lookup[color + 2]!;
  }
  data[at + 3] = 255;
}
