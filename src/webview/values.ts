/** The values of cells, written into them where there is room. */
import type { Domain } from './domain';
import { formatShort, formatValue, isFloat } from './format';
import { lookupOf } from './painter';
import { inkOn, paint } from './pixels';
import type { Tile } from './tiles';
import type { Viewport } from './viewport';

export interface ValuesInView {
  readonly values: Tile;
  /** Values a row. */
  readonly cols: number;
  readonly seen: Viewport;
  /** Left and upper edges of columns and rows, in pixels of the canvas. */
  readonly x: (col: number) => number;
  readonly y: (row: number) => number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly domain: Domain;
  readonly dtype: string;
}

/** In CSS pixels. */
const FONT = 11;
const PADDING = 3;
/** A letter of the fixed-width font is so wide, as a part of its size. */
const LETTER = 0.61;

/** Three letters must fit, and a line; else nothing is written. */
export function drawValues(context: CanvasRenderingContext2D, { values, cols, seen, x, y, cell, domain, dtype }: ValuesInView): void {
  const ratio = devicePixelRatio;
  const letters = Math.floor((cell.width / ratio - 2 * PADDING) / (FONT * LETTER));
  if (letters < 3 || cell.height / ratio < FONT + 2 * PADDING) return;
  const lookup = lookupOf(domain);
  const color = new Uint8ClampedArray(4);
  context.font = `${FONT * ratio}px ${getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-family') || 'monospace'}`;
  Object.assign(context, { textAlign: 'center', textBaseline: 'middle' });
  for (let r = seen.row; r < seen.row + seen.rows; r++) {
    for (let c = seen.col; c < seen.col + seen.cols; c++) {
      const value = values[r * cols + c]!;
      // NaN and the infinities have glyphs.
      const text = Number.isFinite(value) ? cellText(value, dtype, letters) : null;
      if (text === null) continue;
      paint(color, 0, value, domain, lookup);
      context.fillStyle = inkOn(color[0]!, color[1]!, color[2]!);
      context.fillText(text, x(c) + cell.width / 2, y(r) + cell.height / 2);
    }
  }
}

/** A value in so many letters, with as many digits as fit; null where none tells it honestly. */
export function cellText(value: number, dtype: string, letters: number): string | null {
  if (dtype === 'bool') return value ? 'T' : 'F';
  if (!isFloat(dtype)) {
    const text = formatValue(value, dtype);
    if (text.length <= letters && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return text;
    // Not all of it, and said so.
    const about = `≈${value.toExponential(0).replace('e+', 'e')}`;
    return about.length <= letters ? about : null;
  }
  if (Number.isInteger(value) && Math.abs(value) < 1e6) {
    const text = formatShort(value);
    if (text.length <= letters) return text;
  }
  for (let digits = 4; digits >= 1; digits--) {
    const plain = Number(value.toPrecision(digits));
    const size = Math.abs(plain);
    const text = size !== 0 && (size >= 1e6 || size < 1e-4) ? plain.toExponential().replace('e+', 'e') : String(plain).replace(/^(-?)0\./, '$1.');
    if (text.length <= letters) return text;
  }
  return null;
}
