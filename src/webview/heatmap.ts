/** A heatmap on a canvas: one colour a value, drawn block by block as the values arrive. */
import { colorMap } from './colormaps';
import type { Domain } from './domain';
import { paint } from './pixels';
import type { Plane, TileCache } from './tiles';

/** A canvas larger than this is scaled down: every n-th element is drawn, and the caption says so. */
const MAX_PIXELS = 2048;
const MIN_SIDE = 120;
/** Side of one picture, in CSS pixels; of several, so that they stand side by side in a panel of usual width. */
const MAX_SIDE = 360;
const MAX_SIDE_OF_SEVERAL = 200;

export interface Cell { readonly row: number; readonly col: number }

export class Heatmap {
  readonly canvas = document.createElement('canvas');
  private readonly overlay = document.createElement('div');
  readonly element = document.createElement('div');
  private selected: Cell | null = null;
  /** Each how many elements one is drawn. */
  readonly stride: number;

  constructor(readonly plane: Plane, label: string, several: boolean, private readonly onHover: (cell: Cell | null) => void, private readonly onPick: (cell: Cell) => void) {
    this.stride = Math.max(1, Math.ceil(Math.max(plane.rows, plane.cols) / MAX_PIXELS));
    this.element.className = 'heatmap';
    this.canvas.width = Math.max(1, Math.ceil(plane.cols / this.stride));
    this.canvas.height = Math.max(1, Math.ceil(plane.rows / this.stride));
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', label);
    this.overlay.className = 'cell-marker';
    this.overlay.hidden = true;
    const side = several ? MAX_SIDE_OF_SEVERAL : MAX_SIDE;
    const scale = Math.min(side / this.canvas.width, side / this.canvas.height, Math.max(MIN_SIDE / this.canvas.width, MIN_SIDE / this.canvas.height, 24));
    this.element.style.width = `${Math.max(8, Math.round(this.canvas.width * scale))}px`;
    this.element.style.height = `${Math.max(8, Math.round(this.canvas.height * scale))}px`;
    this.element.append(this.canvas, this.overlay);
    this.element.addEventListener('pointermove', (event) => this.onHover(this.cellAt(event)));
    this.element.addEventListener('pointerleave', () => this.onHover(null));
    this.element.addEventListener('click', (event) => {
      const cell = this.cellAt(event);
      if (cell) this.onPick(cell);
    });
  }

  async draw(tiles: TileCache, domain: Domain): Promise<void> {
    const { plane, stride, canvas } = this;
    if (plane.rows === 0 || plane.cols === 0) return;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    const lookup = colorMap(domain.symmetric ? 'diverging' : 'sequential');
    const band = 256;
    for (let top = 0; top < plane.rows; top += band) {
      const rows = Math.min(band, plane.rows - top);
      const values = await tiles.block(plane, top, 0, rows, plane.cols);
      const first = Math.ceil(top / stride);
      const count = Math.ceil((top + rows) / stride) - first;
      if (count <= 0) continue;
      const image = context.createImageData(canvas.width, count);
      for (let y = 0; y < count; y++) {
        for (let x = 0; x < canvas.width; x++) paint(image.data, (y * canvas.width + x) * 4, values[((first + y) * stride - top) * plane.cols + x * stride]!, domain, lookup);
      }
      context.putImageData(image, 0, first);
    }
  }

  select(cell: Cell | null): void {
    this.selected = cell;
    this.overlay.hidden = cell === null;
    if (!cell) return;
    const { rows, cols } = this.plane;
    Object.assign(this.overlay.style, { left: `${(100 * cell.col) / cols}%`, top: `${(100 * cell.row) / rows}%`, width: `${100 / cols}%`, height: `${100 / rows}%` });
  }

  get selection(): Cell | null {
    return this.selected;
  }

  private cellAt(event: MouseEvent): Cell | null {
    const box = this.element.getBoundingClientRect();
    const { rows, cols } = this.plane;
    const col = Math.floor(((event.clientX - box.left) / box.width) * cols);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    return row >= 0 && row < rows && col >= 0 && col < cols ? { row, col } : null;
  }
}
