/** The grid of numbers: only what is visible is asked for and put on the page. */
import 'regular-table';
import type { RegularTableElement } from 'regular-table';
import { formatValue } from './format';
import type { Cell } from './heatmap';
import type { Plane, TileCache } from './tiles';

export class Grid {
  readonly element = document.createElement('regular-table') as RegularTableElement;
  private plane: Plane | null = null;
  private dtype = '';
  private selected: Cell | null = null;

  constructor(private readonly tiles: TileCache, private readonly onPick: (cell: Cell) => void) {
    const { element } = this;
    element.className = 'numbers';
    element.tabIndex = 0;
    element.setAttribute('role', 'grid');
    element.setDataListener(async (x0, y0, x1, y1) => {
      const { plane } = this;
      if (!plane || plane.rows === 0 || plane.cols === 0) return { num_rows: 0, num_columns: 0, data: [] };
      const rows = Math.min(y1, plane.rows) - y0;
      const cols = Math.min(x1, plane.cols) - x0;
      const block = await this.tiles.block(plane, y0, x0, Math.max(0, rows), Math.max(0, cols));
      const column = (c: number): string[] => Array.from({ length: rows }, (_, r) => formatValue(block[r * cols + c]!, this.dtype));
      return {
        num_rows: plane.rows, num_columns: plane.cols,
        data: Array.from({ length: Math.max(0, cols) }, (_, c) => column(c)),
        row_headers: Array.from({ length: Math.max(0, rows) }, (_, r) => [String(y0 + r)]),
        column_headers: Array.from({ length: Math.max(0, cols) }, (_, c) => [String(x0 + c)]),
      };
    });
    element.addStyleListener(() => this.style());
    element.addEventListener('mousedown', (event) => {
      const cell = this.cellOf(event.target as HTMLElement);
      if (cell) this.onPick(cell);
    });
  }

  async show(plane: Plane, dtype: string, label: string): Promise<void> {
    this.plane = plane;
    this.dtype = dtype;
    this.element.setAttribute('aria-label', label);
    this.element.setAttribute('aria-rowcount', String(plane.rows));
    this.element.setAttribute('aria-colcount', String(plane.cols));
    this.element.resetAutoSize();
    await this.element.scrollToCell(0, 0);
    await this.element.draw();
  }

  async select(cell: Cell | null): Promise<void> {
    this.selected = cell;
    this.style();
  }

  async reveal(cell: Cell): Promise<void> {
    const { plane } = this;
    if (!plane) return;
    const shown = [...this.element.querySelectorAll<HTMLElement>('tbody td')].some((td) => {
      const at = this.cellOf(td);
      return at?.col === cell.col && at.row === cell.row;
    });
    if (!shown) {
      await this.element.scrollToCell(Math.max(0, cell.col - 1), Math.max(0, cell.row - 1));
      await this.element.draw();
    }
    this.style();
  }

  private cellOf(element: HTMLElement): Cell | null {
    const meta = this.element.getMeta(element);
    return meta?.type === 'body' ? { row: meta.y, col: meta.x } : null;
  }

  private style(): void {
    for (const td of this.element.querySelectorAll<HTMLElement>('tbody td')) {
      const at = this.cellOf(td);
      const chosen = this.selected !== null && at?.col === this.selected.col && at.row === this.selected.row;
      td.classList.toggle('selected', chosen);
      td.classList.toggle('special', /^(nan|-?inf)$/.test(td.textContent ?? ''));
      td.setAttribute('role', 'gridcell');
      if (at) td.parentElement?.setAttribute('aria-rowindex', String(at.row + 1));
      if (at) td.setAttribute('aria-colindex', String(at.col + 1));
      td.setAttribute('aria-selected', String(chosen));
    }
  }
}
