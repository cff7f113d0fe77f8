/** Marks on the cells of a picture that are not finite, so that they are not told by colour alone. */
import type { SpecialValue } from './pixels';

/** Cells that are smaller, in pixels of the screen, have their colour only. */
export const MIN_GLYPH_CELL = 7;

export function drawGlyph(context: CanvasRenderingContext2D, kind: SpecialValue, left: number, top: number, width: number, height: number): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = context.fillStyle = '#000';
  if (kind === 'nan') hatch(context, left, top, width, height);
  else arrow(context, kind === 'positiveInfinity' ? -1 : 1, left + width / 2, top + height / 2, Math.min(width, height, 24) * 0.3);
  context.restore();
}

function hatch(context: CanvasRenderingContext2D, left: number, top: number, width: number, height: number): void {
  const gap = Math.max(4, Math.min(10, Math.min(width, height) / 3));
  context.lineWidth = Math.max(1, gap / 5);
  context.beginPath();
  for (let x = left - height; x < left + width; x += gap) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  context.stroke();
}

/** Up for +∞, down for −∞. */
function arrow(context: CanvasRenderingContext2D, direction: 1 | -1, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y + direction * size);
  context.lineTo(x - size, y - direction * size);
  context.lineTo(x + size, y - direction * size);
  context.fill();
}
