/** The colour bar: which colour stands for which value. */
import { colorMap } from './colormaps';
import { ticks } from './domain';
import type { Domain } from './domain';
import { formatShort } from './format';

export function colorBar(domain: Domain): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'color-bar';
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label', `Colours from ${formatShort(domain.min)} to ${formatShort(domain.max)}`);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 256;
  const context = canvas.getContext('2d');
  const lookup = colorMap(domain.symmetric ? 'diverging' : 'sequential');
  if (context) {
    const image = context.createImageData(1, 256);
    for (let y = 0; y < 256; y++) image.data.set([...lookup.subarray((255 - y) * 3, (255 - y) * 3 + 3), 255], y * 4);
    context.putImageData(image, 0, 0);
  }
  const labels = document.createElement('div');
  labels.className = 'ticks';
  for (const value of ticks(domain, 5)) {
    const tick = document.createElement('span');
    tick.textContent = formatShort(value);
    tick.style.bottom = `${(100 * (value - domain.min)) / (domain.max - domain.min)}%`;
    labels.append(tick);
  }
  bar.append(canvas, labels);
  return bar;
}
