/** Rings around cells of a picture, above its colours: the picked one, the one under the pointer, relatives, the grid's part. */
import { make } from './dom';
import type { Cell } from './mapping';
import type { Extents, Viewport } from './viewport';

export type MarkKind = 'picked' | 'hovered' | 'relative';

/** Narrower cells, in CSS pixels, are marked by a block over them: a ring would hide its neighbours. */
const MIN_RING = 6;
const MIN_BLOCK = 3;

export class Marks {
  readonly element = make('div', { class: 'marks' });
  /** Relatives may be thousands: they are drawn. */
  private readonly canvas = make('canvas', { 'class': 'relatives', 'aria-hidden': 'true' });
  private readonly rings = { picked: make('div', { class: 'marker picked', hidden: '' }), hovered: make('div', { class: 'marker hovered', hidden: '' }) };
  private readonly frameElement = make('div', { class: 'frame', hidden: '' });
  private readonly cells: Record<MarkKind, readonly Cell[]> = { picked: [], hovered: [], relative: [] };
  private wasDrawn = false;
  /** Drawn as one more ring, without a cell; null: none. */
  frame: Viewport | null = null;

  constructor() {
    this.element.append(this.canvas, this.rings.hovered, this.rings.picked, this.frameElement);
  }

  /** One cell at most, but for relatives. */
  set(kind: MarkKind, cells: readonly Cell[]): void {
    this.cells[kind] = cells;
  }

  /** Puts the rings where their cells are in view. */
  place(plane: Extents, view: Viewport): void {
    const isSeen = ({ row, col }: Cell): boolean => row < plane.rows && col < plane.cols && row + 1 > view.row && row < view.row + view.rows && col + 1 > view.col && col < view.col + view.cols;
    for (const kind of ['picked', 'hovered'] as const) {
      const cell = this.cells[kind].find(isSeen);
      this.rings[kind].hidden = cell === undefined;
      if (cell) put(this.rings[kind], { ...cell, rows: 1, cols: 1 }, view);
    }
    this.drawRelatives(this.cells.relative.filter(isSeen), view);
    const { frame } = this;
    this.frameElement.hidden = frame === null || (frame.rows >= view.rows && frame.cols >= view.cols);
    if (frame) put(this.frameElement, frame, view);
  }

  private drawRelatives(cells: readonly Cell[], view: Viewport): void {
    if (cells.length === 0 && !this.wasDrawn) return;
    const { canvas } = this;
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    const ratio = devicePixelRatio;
    Object.assign(canvas, { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) });
    this.wasDrawn = cells.length > 0;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.scale(ratio, ratio);
    const [cellWidth, cellHeight] = [width / view.cols, height / view.rows];
    for (const { row, col } of cells) {
      const [x, y] = [(col - view.col) * cellWidth, (row - view.row) * cellHeight];
      if (Math.min(cellWidth, cellHeight) < MIN_RING) {
        const [w, h] = [Math.max(MIN_BLOCK, cellWidth), Math.max(MIN_BLOCK, cellHeight)];
        context.fillStyle = '#000';
        context.fillRect(x, y, w, h);
        context.fillStyle = '#fff';
        context.fillRect(x + w * 0.2, y + h * 0.2, w * 0.6, h * 0.6);
        continue;
      }
      // Dark and light: one of them is seen on any colour.
      for (const [color, inset] of [['#000', 0.5], ['#fff', 1.5]] as const) {
        context.strokeStyle = color;
        context.strokeRect(x + inset, y + inset, cellWidth - 2 * inset, cellHeight - 2 * inset);
      }
    }
  }
}

function put(element: HTMLElement, part: Viewport, view: Viewport): void {
  Object.assign(element.style, {
    left: `${(100 * (part.col - view.col)) / view.cols}%`, top: `${(100 * (part.row - view.row)) / view.rows}%`,
    width: `${(100 * part.cols) / view.cols}%`, height: `${(100 * part.rows) / view.rows}%`,
  });
}
