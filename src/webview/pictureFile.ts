/** The pictures with their captions and colour bar as one PNG, on the theme's background. */
import type { Domain } from './domain';
import { position, ticks, valueAt } from './domain';
import { formatShort } from './format';
import { lookupOf } from './painter';
import { paintAll } from './pixels';

export interface PictureOfFacet { readonly canvas: HTMLCanvasElement; readonly caption: string }

/** In CSS pixels. */
const GAP = 16;
const LINE = 20;
const BAR = { width: 14, labels: 76, height: 160 };
const IN_A_ROW = 4;

/** A data URL. @param title above all */
export function pictureFile(title: string, facets: readonly PictureOfFacet[], domain: Domain): string {
  const ratio = devicePixelRatio;
  const [cellWidth, cellHeight] = [facets[0]!.canvas.width / ratio, facets[0]!.canvas.height / ratio + LINE];
  const inRow = Math.min(IN_A_ROW, facets.length);
  const rows = Math.ceil(facets.length / inRow);
  const canvas = document.createElement('canvas');
  const width = GAP + inRow * (cellWidth + GAP) + BAR.width + BAR.labels;
  const height = GAP + LINE + Math.max(rows * (cellHeight + GAP), BAR.height + GAP);
  [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
  const style = getComputedStyle(document.body);
  context.scale(ratio, ratio);
  context.imageSmoothingEnabled = false;
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, width, height);
  context.fillStyle = style.color;
  context.font = `13px ${style.getPropertyValue('--vscode-editor-font-family') || 'monospace'}`;
  context.fillText(title, GAP, GAP + 10);
  facets.forEach(({ canvas: picture, caption }, i) => {
    const [x, y] = [GAP + (i % inRow) * (cellWidth + GAP), GAP + LINE + Math.floor(i / inRow) * (cellHeight + GAP)];
    context.drawImage(picture, x, y, picture.width / ratio, picture.height / ratio);
    context.fillText(caption, x, y + picture.height / ratio + 14);
  });
  drawBar(context, domain, GAP + inRow * (cellWidth + GAP), GAP + LINE);
  return canvas.toDataURL('image/png');
}

function drawBar(context: CanvasRenderingContext2D, domain: Domain, x: number, y: number): void {
  const colors = new Uint8ClampedArray(4 * BAR.height);
  paintAll(colors, 0, Array.from({ length: BAR.height }, (_, i) => valueAt(1 - (i + 0.5) / BAR.height, domain)), domain, lookupOf(domain));
  const ink = context.fillStyle;
  for (let i = 0; i < BAR.height; i++) {
    context.fillStyle = `rgb(${colors.subarray(4 * i, 4 * i + 3).join(',')})`;
    context.fillRect(x, y + i, BAR.width, 1);
  }
  context.fillStyle = ink;
  for (const value of ticks(domain, 5)) context.fillText(formatShort(value), x + BAR.width + 6, y + (1 - position(value, domain)) * BAR.height + 4);
}
