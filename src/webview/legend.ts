/** What stands for values that have no place on a colour bar, and how many there are: False and True, NaN, infinities. */
import { make } from './dom';
import type { Domain } from './domain';
import { formatCount } from './format';
import { drawGlyph } from './glyphs';
import { lookupOf } from './painter';
import { paint, SPECIAL_COLORS } from './pixels';
import type { Color, SpecialValue } from './pixels';
import type { TensorStatistics } from './protocol';

const SPECIAL_NAMES: Readonly<Record<SpecialValue, string>> = { nan: 'nan', positiveInfinity: 'inf', negativeInfinity: '-inf' };
const SWATCH = 14;

interface Swatch { readonly text: string; readonly color: Color; readonly glyph: SpecialValue | null }

export function legendOf(dtype: string, statistics: TensorStatistics, domain: Domain): HTMLElement {
  const list = make('ul', { class: 'legend' });
  const swatches = [...(dtype === 'bool' ? booleans(statistics, domain) : []), ...specials(statistics)];
  for (const { text, color, glyph } of swatches) {
    const canvas = make('canvas', { 'width': String(SWATCH), 'height': String(SWATCH), 'aria-hidden': 'true' });
    const context = canvas.getContext('2d');
    if (context) {
      context.fillStyle = `rgb(${color.join(',')})`;
      context.fillRect(0, 0, SWATCH, SWATCH);
      if (glyph) drawGlyph(context, glyph, 0, 0, SWATCH, SWATCH);
    }
    list.append(make('li', {}, canvas, text));
  }
  list.hidden = swatches.length === 0;
  return list;
}

function booleans({ mean, count }: TensorStatistics, domain: Domain): Swatch[] {
  if (mean === null) return [];
  const data = new Uint8ClampedArray(8);
  [0, 1].forEach((value) => paint(data, 4 * value, value, domain, lookupOf(domain)));
  const isTrue = Math.round(mean * count);
  return [['False', count - isTrue], ['True', isTrue]].map(([name, times], i) => (
    { text: `${name} ×${formatCount(Number(times))}`, color: [...data.subarray(4 * i, 4 * i + 3)] as unknown as Color, glyph: null }
  ));
}

function specials(statistics: TensorStatistics): Swatch[] {
  return (Object.keys(SPECIAL_COLORS) as SpecialValue[]).filter((kind) => statistics[kind] > 0)
    .map((kind) => ({ text: `${SPECIAL_NAMES[kind]} ×${formatCount(statistics[kind])}`, color: SPECIAL_COLORS[kind], glyph: kind }));
}
