/** The grid of numbers: only what is visible is asked for and put on the page. It is the picture's text twin. */
import 'regular-table';
import type { RegularTableElement } from 'regular-table';
import { formatValue } from './format';
import { placeName } from './controls';
import type { Cell } from './mapping';
import type { TensorMetadata } from './protocol';
import { elementOf } from './tiles';
import type { Plane, Tile, TileCache } from './tiles';
import type { Viewport } from './viewport';

export interface GridEvents {
  pick(cell: Cell): void;
  hover(cell: Cell | null): void;
  /** Another part of the plane is in view; null: nothing is. */
  moved(part: Viewport | null): void;
  failed(error: unknown): void;
}

type DataListener = Parameters<RegularTableElement['setDataListener']>[0];
let grids = 0;

/** In CSS pixels; a row's is that of grid.css. */
const ROW_HEIGHT = 22;
const MAX_HEIGHT = 15 * ROW_HEIGHT;
const SCROLL_BAR = 18;
/** Rows and columns; nearer cells are reached by scrolling just as far as needed. */
const FAR = 40;
const MAX_REVEAL_STEPS = 8;
/** Milliseconds between two drawings of the grid while the picture beside it is dragged; and how long it waits for a moment in which nothing else is to do, for one takes longer than a frame of the picture may. */
const FOLLOW_EVERY = 120;
const FOLLOW_WITHIN = 400;

export class Grid {
  readonly element = document.createElement('regular-table') as RegularTableElement;
  private readonly pickedId = `picked-cell-${++grids}`;
  private plane: Plane | null = null;
  private tensor: TensorMetadata | null = null;
  private picked: Cell | null = null;
  private hovered: Cell | null = null;
  /** Where it is on its way to. */
  private followed: Cell | null = null;

  constructor(private readonly tiles: TileCache, private readonly events: GridEvents) {
    const { element } = this;
    element.className = 'numbers';
    element.tabIndex = 0;
    element.setAttribute('role', 'grid');
    element.setAttribute('aria-readonly', 'true');
    element.setDataListener(this.read);
    element.addStyleListener(() => {
      this.style();
      this.events.moved(this.part);
    });
    element.addEventListener('mousedown', (event) => {
      const cell = this.cellOf(event.target);
      if (cell) this.events.pick(cell);
    });
    element.addEventListener('mousemove', (event) => this.events.hover(this.cellOf(event.target)));
    element.addEventListener('mouseleave', () => this.events.hover(null));
  }

  /** Shows a slice, from its beginning or (another slice of the same form) where the grid stands. */
  async show(plane: Plane, tensor: TensorMetadata, label: string): Promise<void> {
    const isSameForm = this.plane !== null && this.plane.rows === plane.rows && this.plane.cols === plane.cols;
    this.plane = plane;
    this.tensor = tensor;
    this.element.setAttribute('aria-label', label);
    this.element.setAttribute('aria-rowcount', String(plane.rows));
    this.element.setAttribute('aria-colcount', String(plane.cols));
    // A few rows leave no empty box below them.
    this.element.style.height = `${Math.min(MAX_HEIGHT, (plane.rows + 1) * ROW_HEIGHT + SCROLL_BAR)}px`;
    this.element.resetAutoSize();
    if (!isSameForm) await this.element.scrollToCell(0, 0);
    await this.element.draw();
  }

  /** Marks a cell and brings it into view. */
  async pick(cell: Cell | null): Promise<void> {
    this.picked = cell;
    if (cell) await this.reveal(cell);
    this.style();
  }

  /** Marks the cell under the pointer, where it is in view. */
  hover(cell: Cell | null): void {
    if (isSame(cell, this.hovered) || cell === this.hovered) return;
    this.hovered = cell;
    for (const td of this.element.querySelectorAll<HTMLElement>('tbody td')) td.classList.toggle('hovered', isSame(this.cellOf(td), cell));
  }

  /** Scrolls to where a picture shows a part that begins there: now and then, while the picture is dragged. */
  async follow(cell: Cell): Promise<void> {
    const isFollowing = this.followed !== null;
    this.followed = cell;
    if (isFollowing) return;
    for (let last: Cell | null = null; this.followed !== last;) {
      last = this.followed;
      const seen = this.inView();
      if (seen && (last.row !== seen.rows[0] || last.col !== seen.cols[0])) await this.element.scrollToCell(last.col, last.row);
      await new Promise((resolve) => { setTimeout(resolve, FOLLOW_EVERY); });
      await new Promise((resolve) => { requestIdleCallback(resolve, { timeout: FOLLOW_WITHIN }); });
    }
    this.followed = null;
  }

  /** What is wholly in view; null: nothing. */
  private get part(): Viewport | null {
    const seen = this.inView();
    return seen && { row: seen.rows[0], col: seen.cols[0], rows: seen.rows[1] - seen.rows[0] + 1, cols: seen.cols[1] - seen.cols[0] + 1 };
  }

  /** Whole rows that are in view: what Page Down moves by. */
  get page(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 2);
  }

  private readonly read: DataListener = async (x0, y0, x1, y1) => {
    const { plane, tensor } = this;
    const rows = Math.max(0, Math.min(y1, plane?.rows ?? 0) - y0);
    const cols = Math.max(0, Math.min(x1, plane?.cols ?? 0) - x0);
    if (!plane || !tensor || rows === 0 || cols === 0) return { num_rows: plane?.rows ?? 0, num_columns: plane?.cols ?? 0, data: [] };
    let block: Tile | null = null;
    try {
      block = await this.tiles.block(plane, y0, x0, rows, cols);
    } catch (error) {
      this.events.failed(error);
    }
    const text = (row: number, col: number): string => (block ? formatValue(elementOf(block, row * cols + col), tensor.dtype) : '…');
    const header = (dim: number | null, at: number): string => (dim === null ? '' : placeName(tensor, dim, at) ?? String(at));
    return {
      num_rows: plane.rows, num_columns: plane.cols,
      data: Array.from({ length: cols }, (_, col) => Array.from({ length: rows }, (__, row) => text(row, col))),
      // What has no such dim has no index along it.
      row_headers: Array.from({ length: rows }, (_, row) => [header(plane.rowDim, y0 + row)]),
      column_headers: Array.from({ length: cols }, (_, col) => [header(plane.colDim, x0 + col)]),
    };
  };

  private cellOf(target: EventTarget | null): Cell | null {
    const cell = target instanceof HTMLElement ? target.closest<HTMLElement>('td') : null;
    const meta = cell && this.element.getMeta(cell);
    return meta?.type === 'body' ? { row: meta.y, col: meta.x } : null;
  }

  /** Brings a cell into view. The widths of columns that were never seen are guesses, so one step may not suffice. */
  private async reveal(cell: Cell): Promise<void> {
    const { element, plane } = this;
    for (let step = 0; step < MAX_REVEAL_STEPS && plane === this.plane; step++) {
      const seen = this.inView();
      if (!seen) return;
      const [down, right] = [beyond(cell.row, seen.rows), beyond(cell.col, seen.cols)];
      if (down === 0 && right === 0) return;
      // From far away to where it should be, from there by what is missing.
      if (step === 0 && Math.abs(down) + Math.abs(right) > FAR) await element.scrollToCell(Math.max(0, cell.col - 1), Math.max(0, cell.row - 1));
      else {
        element.scrollTop += down * ROW_HEIGHT;
        element.scrollLeft += right * seen.columnWidth;
      }
      await element.draw();
    }
  }

  /** First and last row and column that are wholly in view; null where nothing is drawn. */
  private inView(): { rows: Range; cols: Range; columnWidth: number } | null {
    const frame = this.element.getBoundingClientRect();
    const top = this.element.querySelector('thead')?.getBoundingClientRect().bottom ?? frame.top;
    const left = this.element.querySelector('tbody th')?.getBoundingClientRect().right ?? frame.left;
    // A row and a column tell of all others, and measuring is slow.
    const drawn = [...this.element.querySelectorAll<HTMLElement>('tbody tr:first-child td, tbody td:nth-of-type(1)')].flatMap((td) => {
      const at = this.cellOf(td);
      return at ? [{ at, box: td.getBoundingClientRect() }] : [];
    });
    if (drawn.length === 0) return null;
    const [first] = drawn as [(typeof drawn)[0]];
    // A single row or column may be larger than the grid.
    const within = (cells: typeof drawn, isIn: (box: DOMRect) => boolean): Cell[] => { const whole = cells.filter(({ box }) => isIn(box)); return (whole.length > 0 ? whole : cells).map(({ at }) => at); };
    const rows = within(drawn.filter(({ at }) => at.col === first.at.col), (box) => box.top >= top - 1 && box.bottom <= frame.top + this.element.clientHeight + 2);
    const cols = within(drawn.filter(({ at }) => at.row === first.at.row), (box) => box.left >= left - 1 && box.right <= frame.left + this.element.clientWidth + 2);
    return { rows: rangeOf(rows.map(({ row }) => row)), cols: rangeOf(cols.map(({ col }) => col)), columnWidth: first.box.width };
  }

  private style(): void {
    this.element.removeAttribute('aria-activedescendant');
    // Its parts have roles of their own only within a table, and this is a grid.
    this.element.querySelector('table')?.setAttribute('role', 'presentation');
    for (const group of this.element.querySelectorAll('thead, tbody')) group.setAttribute('role', 'rowgroup');
    for (const row of this.element.querySelectorAll<HTMLElement>('tr')) row.setAttribute('role', 'row');
    for (const header of this.element.querySelectorAll<HTMLElement>('th')) header.setAttribute('role', header.closest('thead') ? 'columnheader' : 'rowheader');
    for (const td of this.element.querySelectorAll<HTMLElement>('tbody td')) {
      const at = this.cellOf(td);
      const isPicked = isSame(at, this.picked);
      td.classList.toggle('picked', isPicked);
      td.classList.toggle('hovered', isSame(at, this.hovered));
      td.classList.toggle('special', /^(nan|-?inf)$/.test(td.textContent ?? ''));
      td.setAttribute('role', 'gridcell');
      td.setAttribute('aria-selected', String(isPicked));
      td.toggleAttribute('id', false);
      if (at) {
        td.parentElement!.setAttribute('aria-rowindex', String(at.row + 1));
        td.setAttribute('aria-colindex', String(at.col + 1));
      }
      if (isPicked) {
        td.id = this.pickedId;
        this.element.setAttribute('aria-activedescendant', this.pickedId);
      }
    }
  }
}

type Range = readonly [first: number, last: number];

function rangeOf(values: readonly number[]): Range {
  return [Math.min(...values), Math.max(...values)];
}

/** How far a position is before (negative) or behind a range. */
function beyond(at: number, [first, last]: Range): number {
  return at < first ? at - first : Math.max(0, at - last);
}

function isSame(a: Cell | null, b: Cell | null): boolean {
  return a !== null && b !== null && a.row === b.row && a.col === b.col;
}
