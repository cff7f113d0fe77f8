/** A heatmap on a canvas as large as it is on the screen: what is visible is drawn tile by tile as the values arrive. */
import type { Domain } from './domain';
import { drawGlyph, MIN_GLYPH_CELL } from './glyphs';
import type { PictureSize } from './layout';
import type { Cell } from './mapping';
import type { Painter } from './painter';
import { specialOf } from './pixels';
import { TILE_SIZE } from './protocol';
import { levelFor, shownValues, sizeAtLevel } from './tiles';
import type { Plane, Tile, TileCache, TilePosition } from './tiles';

export interface HeatmapEvents {
  hover(cell: Cell | null): void;
  pick(cell: Cell): void;
}

export class Heatmap {
  readonly canvas = document.createElement('canvas');
  readonly element = document.createElement('div');
  private readonly pickedMarker = marker('picked');
  private readonly hoveredMarker = marker('hovered');
  private size: PictureSize = { width: 0, height: 0 };
  /** Counts the drawings: tiles of an earlier one that arrive late are not drawn. */
  private generation = 0;

  constructor(public plane: Plane, private readonly painter: Painter, events: HeatmapEvents) {
    this.element.className = 'heatmap';
    this.canvas.setAttribute('role', 'img');
    this.element.append(this.canvas, this.hoveredMarker, this.pickedMarker);
    this.element.addEventListener('pointermove', (event) => events.hover(this.cellAt(event)));
    this.element.addEventListener('pointerleave', () => events.hover(null));
    this.element.addEventListener('click', (event) => {
      const cell = this.cellAt(event);
      if (cell) events.pick(cell);
    });
  }

  /** What a screen reader says instead of the picture. */
  set label(text: string) {
    this.canvas.setAttribute('aria-label', text);
  }

  resize(size: PictureSize): void {
    this.size = size;
    Object.assign(this.element.style, { width: `${size.width}px`, height: `${size.height}px` });
  }

  /** The level of detail at which the picture is drawn: above 0 a pixel stands for several elements. */
  get lod(): number {
    const ratio = devicePixelRatio;
    return levelFor(Math.max(this.plane.rows / Math.max(1, this.size.height * ratio), this.plane.cols / Math.max(1, this.size.width * ratio)));
  }

  /** Draws all; the picture before stays until the tiles over it are there. Rejects with what the first failed tile does. */
  async draw(tiles: TileCache, domain: Domain): Promise<void> {
    const generation = ++this.generation;
    const { plane, lod, canvas } = this;
    const width = Math.max(1, Math.round(this.size.width * devicePixelRatio));
    const height = Math.max(1, Math.round(this.size.height * devicePixelRatio));
    // Setting a size clears the canvas, even if it is the same.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const jobs: Promise<void>[] = [];
    for (let row = 0; row * TILE_SIZE < sizeAtLevel(plane.rows, lod); row++) {
      for (let col = 0; col * TILE_SIZE < sizeAtLevel(plane.cols, lod); col++) {
        const at = { lod, row, col };
        const here = tiles.peek(plane, at);
        if (here) this.drawTile(here, at, domain);
        else jobs.push(tiles.get(plane, at).then((tile) => { if (generation === this.generation) this.drawTile(tile, at, domain); }));
      }
    }
    await Promise.all(jobs);
  }

  mark(kind: 'picked' | 'hovered', cell: Cell | null): void {
    const element = kind === 'picked' ? this.pickedMarker : this.hoveredMarker;
    element.hidden = cell === null;
    if (!cell) return;
    const { rows, cols } = this.plane;
    Object.assign(element.style, { left: `${(100 * cell.col) / cols}%`, top: `${(100 * cell.row) / rows}%`, width: `${100 / cols}%`, height: `${100 / rows}%` });
  }

  private drawTile(tile: Tile, { lod, row, col }: TilePosition, domain: Domain): void {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    const { plane, canvas } = this;
    const [firstRow, firstCol] = [row * TILE_SIZE, col * TILE_SIZE];
    const rows = Math.min(TILE_SIZE, sizeAtLevel(plane.rows, lod) - firstRow);
    const cols = Math.min(TILE_SIZE, sizeAtLevel(plane.cols, lod) - firstCol);
    // The last entry of a level may stand for less than a whole block: positions are those of elements.
    const x = (entry: number): number => (canvas.width * Math.min(plane.cols, entry * 2 ** lod)) / plane.cols;
    const y = (entry: number): number => (canvas.height * Math.min(plane.rows, entry * 2 ** lod)) / plane.rows;
    const [left, top] = [Math.round(x(firstCol)), Math.round(y(firstRow))];
    const values = shownValues(tile, lod);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.painter.paint(values, rows, cols, domain), 0, 0, cols, rows, left, top, Math.round(x(firstCol + cols)) - left, Math.round(y(firstRow + rows)) - top);
    const cell = Math.min(canvas.width / plane.cols, canvas.height / plane.rows);
    if (cell < MIN_GLYPH_CELL * devicePixelRatio) return;
    for (let i = 0; i < rows * cols; i++) {
      const special = specialOf(values[i]!);
      if (!special) continue;
      const [r, c] = [firstRow + Math.floor(i / cols), firstCol + (i % cols)];
      drawGlyph(context, special, x(c), y(r), x(c + 1) - x(c), y(r + 1) - y(r));
    }
  }

  private cellAt(event: MouseEvent): Cell | null {
    const box = this.element.getBoundingClientRect();
    const { rows, cols } = this.plane;
    const col = Math.floor(((event.clientX - box.left) / box.width) * cols);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    return row >= 0 && row < rows && col >= 0 && col < cols ? { row, col } : null;
  }
}

function marker(kind: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `marker ${kind}`;
  element.hidden = true;
  return element;
}
