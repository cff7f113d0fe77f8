/** Rings around cells of a picture, above its colours: the picked one, the one under the pointer, relatives, the grid's part. */
import { make } from './dom';
import type { Cell } from './mapping';
import type { Extents, Viewport } from './viewport';

export type MarkKind = 'picked' | 'hovered' | 'relative';
const KINDS: readonly MarkKind[] = ['relative', 'hovered', 'picked'];

export class Marks {
  readonly element = make('div', { class: 'marks' });
  private readonly cells: Record<MarkKind, readonly Cell[]> = { picked: [], hovered: [], relative: [] };
  private readonly rings: Record<MarkKind, HTMLElement[]> = { picked: [], hovered: [], relative: [] };
  private readonly frameElement = make('div', { class: 'frame', hidden: '' });
  /** Drawn as one more ring, without a cell; null: none. */
  frame: Viewport | null = null;

  constructor() {
    this.element.append(this.frameElement);
  }

  set(kind: MarkKind, cells: readonly Cell[]): void {
    this.cells[kind] = cells;
  }

  /** Puts the rings where their cells are in view. */
  place(plane: Extents, view: Viewport): void {
    for (const kind of KINDS) {
      const seen = this.cells[kind].filter(({ row, col }) => row < plane.rows && col < plane.cols && row + 1 > view.row && row < view.row + view.rows && col + 1 > view.col && col < view.col + view.cols);
      const rings = this.rings[kind];
      while (rings.length < seen.length) rings.push(this.element.appendChild(make('div', { class: `marker ${kind}` })));
      rings.forEach((ring, i) => {
        const cell = seen[i];
        ring.hidden = cell === undefined;
        if (cell) put(ring, { ...cell, rows: 1, cols: 1 }, view);
      });
    }
    const { frame } = this;
    this.frameElement.hidden = frame === null || (frame.rows >= view.rows && frame.cols >= view.cols);
    if (frame) put(this.frameElement, frame, view);
  }
}

function put(element: HTMLElement, part: Viewport, view: Viewport): void {
  Object.assign(element.style, {
    left: `${(100 * (part.col - view.col)) / view.cols}%`, top: `${(100 * (part.row - view.row)) / view.rows}%`,
    width: `${(100 * part.cols) / view.cols}%`, height: `${(100 * part.rows) / view.rows}%`,
  });
}
