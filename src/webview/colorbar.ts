/** The colour bar: which colour stands for which value; a legend where there are only two, or values that are not finite. */
import { make } from './dom';
import { ticks } from './domain';
import type { Domain } from './domain';
import { formatCount, formatShort, isFloat } from './format';
import { drawGlyph } from './glyphs';
import { lookupOf } from './painter';
import { paint, SPECIAL_COLORS } from './pixels';
import type { Color, SpecialValue } from './pixels';
import type { TensorStatistics } from './protocol';

const SPECIAL_NAMES: Readonly<Record<SpecialValue, string>> = { nan: 'nan', positiveInfinity: 'inf', negativeInfinity: '-inf' };
const TICKS = 5;

export function colorBar(domain: Domain, dtype: string, statistics: TensorStatistics): HTMLElement {
  const element = make('div', { class: 'color-bar' });
  if (dtype === 'bool') element.append(legend([...booleans(statistics), ...specials(statistics)]));
  else {
    if (statistics.min !== null) element.append(bar(domain, dtype));
    element.append(legend(specials(statistics)));
  }
  return element;
}

function bar(domain: Domain, dtype: string): HTMLElement {
  const canvas = make('canvas', { width: '1', height: '256' });
  const lookup = lookupOf(domain);
  const context = canvas.getContext('2d');
  if (context) {
    const image = context.createImageData(1, 256);
    for (let y = 0; y < 256; y++) image.data.set([...lookup.subarray((255 - y) * 3, (255 - y) * 3 + 3), 255], y * 4);
    context.putImageData(image, 0, 0);
  }
  const labels = make('div', { class: 'ticks' });
  for (const value of ticks(domain, TICKS, !isFloat(dtype))) {
    const tick = make('span', {}, formatShort(value));
    tick.style.bottom = `${(100 * (value - domain.min)) / (domain.max - domain.min)}%`;
    labels.append(tick);
  }
  const text = `Colours from ${formatShort(domain.min)} to ${formatShort(domain.max)}${domain.symmetric ? ', around 0' : ''}`;
  return make('div', { class: 'scale', role: 'img', 'aria-label': text }, canvas, labels);
}

interface Swatch { readonly text: string; readonly color: Color; readonly glyph: SpecialValue | null }

function booleans({ mean, count }: TensorStatistics): Swatch[] {
  if (mean === null) return [];
  const data = new Uint8ClampedArray(8);
  const domain: Domain = { min: 0, max: 1, symmetric: false };
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

const SWATCH = 14;

function legend(swatches: readonly Swatch[]): HTMLElement {
  const list = make('ul', { class: 'legend' });
  for (const { text, color, glyph } of swatches) {
    const canvas = make('canvas', { width: String(SWATCH), height: String(SWATCH), 'aria-hidden': 'true' });
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
