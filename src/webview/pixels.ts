/** The colour of one value. What is not finite has a colour that no map holds, and a glyph where there is room. */
import { positioner } from './domain';
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
  paintAll(data, at, [value], domain, lookup);
}

/** Writes four bytes a value, one after the other. @param at a multiple of 4 */
export function paintAll(data: Uint8ClampedArray, at: number, values: ArrayLike<number>, domain: Domain, lookup: Uint8Array): void {
  const place = positioner(domain);
  const words = new Uint32Array(data.buffer, data.byteOffset + at, values.length);
  const colors = wordsOf(lookup);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const special = specialOf(value);
    words[i] = special ? SPECIAL_WORDS[special] : colors[Math.round(place(value) * 255)]!;
  }
}

/** A colour's four bytes as one number, in the order of this machine's bytes. */
function word(red: number, green: number, blue: number): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0]!;
}

const SPECIAL_WORDS = Object.fromEntries(Object.entries(SPECIAL_COLORS).map(([kind, color]) => [kind, word(...color)])) as Readonly<Record<SpecialValue, number>>;
const known = new WeakMap<Uint8Array, Uint32Array>();

function wordsOf(lookup: Uint8Array): Uint32Array {
  let words = known.get(lookup);
  if (!words) known.set(lookup, (words = Uint32Array.from({ length: lookup.length / 3 }, (_, i) => word(lookup[3 * i]!, lookup[3 * i + 1]!, lookup[3 * i + 2]!))));
  return words;
}

/** Black or white, whichever is told better from a colour (by WCAG's relative luminance). */
export function inkOn(red: number, green: number, blue: number): '#000' | '#fff' {
  const [r, g, b] = [red, green, blue].map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}
