/** A heatmap on a canvas as large as it is on the screen: the tiles that are in view are drawn as their values arrive. */
import type { Domain } from './domain';
import { drawGlyph, MIN_GLYPH_CELL } from './glyphs';
import { Gestures } from './gestures';
import type { PictureSize } from './layout';
import type { Cell } from './mapping';
import { Marks } from './marks';
import type { MarkKind } from './marks';
import type { PaintedTiles } from './painted';
import { specialOf } from './pixels';
import { TILE_SIZE } from './protocol';
import type { Reduction } from './protocol';
import { isExact, levelFor, levelsFor, sizeAtLevel } from './tiles';
import type { Levels, Plane, Tile, TileCache, TilePosition } from './tiles';
import { drawValues } from './values';
import { wholeOf } from './viewport';
import type { Viewport } from './viewport';

export interface HeatmapEvents {
  hover(cell: Cell | null, event: PointerEvent | null): void;
  pick(cell: Cell): void;
  /** By a factor, around a point given as fractions of width and height. Whether anything changed. */
  zoom(factor: number, at: { readonly x: number; readonly y: number }): boolean;
  /** By rows and columns. */
  pan(rows: number, cols: number): void;
}

export class Heatmap {
  readonly canvas = document.createElement('canvas');
  readonly element = document.createElement('div');
  private readonly marks: Marks;
  private size: PictureSize = { width: 0, height: 0 };
  private viewport: Viewport;
  private reduce: Reduction = 'mean';
  /** Counts the drawings: tiles of an earlier one that arrive late are not drawn. */
  private generation = 0;
  private drawn: Viewport | null = null;

  constructor(public plane: Plane, private readonly painted: PaintedTiles, dtype: string, events: HeatmapEvents) {
    this.dtype = dtype;
    this.viewport = wholeOf(plane);
    this.element.className = 'heatmap';
    this.canvas.setAttribute('role', 'img');
    this.marks = new Marks();
    this.element.append(this.canvas, this.marks.element);
    // A hand that drags does not point.
    this.element.addEventListener('pointermove', (event) => { if (!gestures.isDrag) events.hover(this.cellAt(event), event); });
    this.element.addEventListener('pointerleave', () => events.hover(null, null));
    const gestures = new Gestures(this.element, {
      click: (event) => {
        const cell = this.cellAt(event);
        if (cell) events.pick(cell);
      },
      drag: (x, y) => events.pan(-y * this.viewport.rows, -x * this.viewport.cols),
      zoom: (factor, at) => events.zoom(factor, at),
    });
  }

  private readonly dtype: string;

  /** What a screen reader says instead of the picture. */
  set label(text: string) {
    this.canvas.setAttribute('aria-label', text);
  }

  resize(size: PictureSize): void {
    this.size = size;
    Object.assign(this.element.style, { width: `${size.width}px`, height: `${size.height}px` });
  }

  get pictureSize(): PictureSize {
    return this.size;
  }

  /** The level of detail at which the picture is drawn: above 0 a pixel stands for several elements. */
  get levels(): Levels {
    const ratio = devicePixelRatio;
    return levelsFor(this.viewport.rows / Math.max(1, this.size.height * ratio), this.viewport.cols / Math.max(1, this.size.width * ratio));
  }

  /**
   * Draws what is in view. Where its tiles are not there yet, coarser ones stand in; of the same part the picture before
   * stays. Rejects with what the first failed tile does.
   */
  async draw(tiles: TileCache, domain: Domain, viewport: Viewport, reduce: Reduction): Promise<void> {
    const generation = ++this.generation;
    Object.assign(this, { viewport, reduce });
    const { plane, levels, canvas } = this;
    const isNew = this.fitCanvas() || !isSame(this.drawn, viewport);
    this.drawn = viewport;
    this.marks.place(plane, viewport);
    const positions = this.inView(levels);
    const missing = positions.filter((at) => !tiles.peek(plane, at));
    let isEmpty = missing.length === positions.length;
    if (isNew && missing.length > 0) {
      this.context().clearRect(0, 0, canvas.width, canvas.height);
      if (this.drawStandIns(tiles, domain, levels)) isEmpty = false;
    }
    for (const at of positions) {
      const here = tiles.peek(plane, at);
      if (here) this.drawTile(here, at, domain);
    }
    const isStale = (): boolean => generation !== this.generation;
    // Of blocks a sample is drawn first, where there are some: exact ones take a while.
    if (!isExact(levels) && missing.length > 0) await this.drawSamples(tiles, domain, isEmpty ? [this.levelsOfOneTile(), levels] : [levels], isStale);
    // What is not asked for yet need not be: what is shown now asks for its own.
    if (isStale()) return;
    await Promise.all(missing.map(async (at) => {
      const tile = await tiles.get(plane, at);
      if (!isStale()) this.drawTile(tile, at, domain);
    }));
  }

  /** Samples of one level after the other: the fewer values, the sooner they are there. */
  private async drawSamples(tiles: TileCache, domain: Domain, all: readonly Levels[], isStale: () => boolean): Promise<void> {
    const { plane } = this;
    for (const levels of all) {
      await Promise.all(this.inView(levels).map(async (at) => {
        const tile = tiles.peek(plane, at) ? null : await tiles.sample(plane, at);
        if (tile && !isStale() && !tiles.peek(plane, at)) this.drawTile(tile, at, domain);
      }));
      if (isStale()) return;
    }
  }

  /** The levels at which what is in view is about as large as one tile, and no finer than the picture's. */
  private levelsOfOneTile(): Levels {
    const { lod, colLod = lod } = this.levels;
    const coarse = levelsFor(this.viewport.rows / TILE_SIZE, this.viewport.cols / TILE_SIZE);
    return { lod: Math.max(lod, coarse.lod), colLod: Math.max(colLod, coarse.colLod ?? coarse.lod) };
  }

  mark(kind: MarkKind, cells: readonly Cell[]): void {
    this.marks.set(kind, cells);
    this.marks.place(this.plane, this.viewport);
  }

  /** What the grid shows, as a frame; null: all or nothing. */
  frame(part: Viewport | null): void {
    this.marks.frame = part;
    this.marks.place(this.plane, this.viewport);
  }

  cellAt(event: MouseEvent): Cell | null {
    const box = this.element.getBoundingClientRect();
    const { rows, cols } = this.plane;
    const { viewport } = this;
    const col = Math.floor(viewport.col + ((event.clientX - box.left) / box.width) * viewport.cols);
    const row = Math.floor(viewport.row + ((event.clientY - box.top) / box.height) * viewport.rows);
    return row >= 0 && row < rows && col >= 0 && col < cols ? { row, col } : null;
  }

  /** Whether the canvas was given another size, which clears it. */
  private fitCanvas(): boolean {
    const { canvas } = this;
    const width = Math.max(1, Math.round(this.size.width * devicePixelRatio));
    const height = Math.max(1, Math.round(this.size.height * devicePixelRatio));
    if (canvas.width === width && canvas.height === height) return false;
    Object.assign(canvas, { width, height });
    return true;
  }

  private inView(levels: Levels): TilePosition[] {
    const { row, col, rows, cols } = this.viewport;
    const { lod, colLod = lod } = levels;
    const [high, wide] = [TILE_SIZE * 2 ** lod, TILE_SIZE * 2 ** colLod];
    const result: TilePosition[] = [];
    for (let r = Math.floor(row / high); r * high < Math.min(row + rows, this.plane.rows); r++) {
      for (let c = Math.floor(col / wide); c * wide < Math.min(col + cols, this.plane.cols); c++) result.push({ lod, colLod, row: r, col: c, ...(isExact(levels) ? {} : { reduce: this.reduce }) });
    }
    return result;
  }

  /** The nearest coarser level of which something is there, along both dims or one; whether there is one. */
  private drawStandIns(tiles: TileCache, domain: Domain, { lod, colLod = lod }: Levels): boolean {
    const coarsest = levelFor(Math.max(this.plane.rows, this.plane.cols) / TILE_SIZE);
    for (let more = 1; Math.min(lod, colLod) + more <= coarsest + 1; more++) {
      const candidates = lod === colLod ? [{ lod: lod + more }] : [{ lod: lod + more, colLod: colLod + more }, { lod: lod + more, colLod }, { lod, colLod: colLod + more }];
      for (const levels of candidates) {
        const here = this.inView(levels).flatMap((at) => {
          const tile = tiles.peek(this.plane, at);
          return tile ? [{ tile, at }] : [];
        });
        for (const { tile, at } of here) this.drawTile(tile, at, domain);
        if (here.length > 0) return true;
      }
    }
    return false;
  }

  private context(): CanvasRenderingContext2D {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    return context;
  }

  private drawTile(tile: Tile, { lod, colLod = lod, row, col }: TilePosition, domain: Domain): void {
    const context = this.context();
    const { plane, canvas, viewport } = this;
    const [firstRow, firstCol] = [row * TILE_SIZE, col * TILE_SIZE];
    const rows = Math.min(TILE_SIZE, sizeAtLevel(plane.rows, lod) - firstRow);
    const cols = Math.min(TILE_SIZE, sizeAtLevel(plane.cols, colLod) - firstCol);
    // The last entry of a level may stand for less than a whole block: positions are those of elements.
    const x = (entry: number): number => (canvas.width * (Math.min(plane.cols, (firstCol + entry) * 2 ** colLod) - viewport.col)) / viewport.cols;
    const y = (entry: number): number => (canvas.height * (Math.min(plane.rows, (firstRow + entry) * 2 ** lod) - viewport.row)) / viewport.rows;
    const seen = seenEntries(viewport, 2 ** lod, 2 ** colLod, firstRow, firstCol, rows, cols);
    const [left, top] = [Math.round(x(seen.col)), Math.round(y(seen.row))];
    context.imageSmoothingEnabled = false;
    const picture = this.painted.get(tile, rows, cols, domain);
    context.drawImage(picture, seen.col, seen.row, seen.cols, seen.rows, left, top, Math.round(x(seen.col + seen.cols)) - left, Math.round(y(seen.row + seen.rows)) - top);
    if (!isExact({ lod, colLod })) return;
    const cell = { width: canvas.width / viewport.cols, height: canvas.height / viewport.rows };
    const isMarked = Math.min(cell.width, cell.height) >= MIN_GLYPH_CELL * devicePixelRatio;
    if (!isMarked) return;
    for (let r = seen.row; r < seen.row + seen.rows; r++) {
      for (let c = seen.col; c < seen.col + seen.cols; c++) {
        const special = specialOf(tile[r * cols + c]!);
        if (special) drawGlyph(context, special, x(c), y(r), cell.width, cell.height);
      }
    }
    drawValues(context, { values: tile, cols, seen, x, y, cell, domain, dtype: this.dtype });
  }
}

/** The entries of a tile that a viewport shows, also in part. */
function seenEntries(view: Viewport, high: number, wide: number, firstRow: number, firstCol: number, rows: number, cols: number): Viewport {
  const range = (from: number, count: number, side: number, first: number, all: number): [number, number] => {
    const start = Math.max(0, Math.min(all - 1, Math.floor(from / side) - first));
    return [start, Math.max(1, Math.min(all, Math.ceil((from + count) / side) - first) - start)];
  };
  const [row, seenRows] = range(view.row, view.rows, high, firstRow, rows);
  const [col, seenCols] = range(view.col, view.cols, wide, firstCol, cols);
  return { row, col, rows: seenRows, cols: seenCols };
}

function isSame(a: Viewport | null, b: Viewport): boolean {
  return a !== null && a.row === b.row && a.col === b.col && a.rows === b.rows && a.cols === b.cols;
}
