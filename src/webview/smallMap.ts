/** A small heatmap of a matrix that is here already, with rings around some of its cells. */
import { make } from './dom';
import type { Domain } from './domain';
import type { Cell } from './mapping';
import { Marks } from './marks';
import { lookupOf } from './painter';
import { paintAll } from './pixels';

export interface SmallMapEvents {
  hover(cell: Cell | null): void;
}

/** In CSS pixels: beside the pictures, and in the dock below them. */
const SIDES = { wide: 168, docked: 108 } as const;
const MAX_CELL = 24;
const MIN_SIDE = 24;

export class SmallMap {
  readonly element = make('div', { class: 'small-map' });
  readonly canvas = make('canvas', { role: 'img' });
  private readonly marks = new Marks();

  constructor(readonly rows: number, readonly cols: number, label: string, events: SmallMapEvents) {
    this.canvas.setAttribute('aria-label', label);
    for (const [place, longest] of Object.entries(SIDES)) {
      const cell = Math.min(MAX_CELL, longest / rows, longest / cols);
      const side = (count: number): number => Math.max(MIN_SIDE, Math.round(cell >= 2 ? Math.floor(cell) * count : cell * count));
      this.element.style.setProperty(`--${place}-width`, `${side(cols)}px`);
      this.element.style.setProperty(`--${place}-height`, `${side(rows)}px`);
    }
    this.element.append(this.canvas, this.marks.element);
    this.element.addEventListener('pointermove', (event) => events.hover(this.cellAt(event)));
    this.element.addEventListener('pointerleave', () => events.hover(null));
  }

  /** @param values row-major */
  show(values: ArrayLike<number>, domain: Domain): void {
    const { canvas, rows, cols } = this;
    Object.assign(canvas, { width: cols, height: rows });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    const image = context.createImageData(cols, rows);
    paintAll(image.data, 0, values, domain, lookupOf(domain));
    context.putImageData(image, 0, 0);
  }

  mark(hovered: Cell | null, relatives: readonly Cell[]): void {
    this.marks.set('hovered', hovered ? [hovered] : []);
    this.marks.set('relative', relatives);
    this.marks.place(this, { row: 0, col: 0, rows: this.rows, cols: this.cols });
  }

  private cellAt(event: PointerEvent): Cell | null {
    const box = this.element.getBoundingClientRect();
    const [row, col] = [Math.floor(((event.clientY - box.top) / box.height) * this.rows), Math.floor(((event.clientX - box.left) / box.width) * this.cols)];
    return row >= 0 && row < this.rows && col >= 0 && col < this.cols ? { row, col } : null;
  }
}
