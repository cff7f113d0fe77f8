/** Tiles of one tensor's slices: asked for once, kept while they are used, the least recent dropped first. */
import { TILE_SIZE } from './protocol';
import type { TileRequest } from './protocol';

export type Tile = Float32Array | Float64Array | Uint8Array;

/** A matrix cut out of a tensor: two dims, all others fixed. null: the tensor has no such dim. */
export interface Plane {
  readonly tensor: string;
  readonly index: readonly number[];
  readonly rowDim: number | null;
  readonly colDim: number | null;
  readonly rows: number;
  readonly cols: number;
}

/** 64 MB of float32 tiles. */
const MAX_TILES = 256;

export class TileCache {
  private readonly tiles = new Map<string, Promise<Tile>>();

  constructor(private readonly fetch: (request: TileRequest) => Promise<Tile>) {}

  /** The tile that holds an element, from the cache or the host. A failed one is asked for again next time. */
  get(plane: Plane, tileRow: number, tileCol: number): Promise<Tile> {
    const key = JSON.stringify([plane.tensor, plane.index, plane.rowDim, plane.colDim, tileRow, tileCol]);
    const known = this.tiles.get(key);
    if (known) {
      this.tiles.delete(key);
      this.tiles.set(key, known);
      return known;
    }
    const tile = this.fetch(tileRequest(plane, tileRow, tileCol));
    this.tiles.set(key, tile);
    tile.catch(() => this.tiles.delete(key));
    if (this.tiles.size > MAX_TILES) this.tiles.delete(this.tiles.keys().next().value!);
    return tile;
  }

  /** A block of the plane, row-major, put together from its tiles. */
  async block(plane: Plane, row: number, col: number, rows: number, cols: number): Promise<Float64Array> {
    const block = new Float64Array(rows * cols);
    const jobs: Promise<void>[] = [];
    for (let tileRow = Math.floor(row / TILE_SIZE); tileRow * TILE_SIZE < row + rows; tileRow++) {
      for (let tileCol = Math.floor(col / TILE_SIZE); tileCol * TILE_SIZE < col + cols; tileCol++) {
        jobs.push(this.get(plane, tileRow, tileCol).then((tile) => copy(tile, plane, tileRow, tileCol, block, row, col, rows, cols)));
      }
    }
    await Promise.all(jobs);
    return block;
  }
}

export function tileRequest(plane: Plane, tileRow: number, tileCol: number): TileRequest {
  const extent = (dim: number | null, length: number, tile: number): TileRequest['rows'] =>
    dim === null ? null : { dim, start: tile * TILE_SIZE, size: Math.min(TILE_SIZE, length - tile * TILE_SIZE) };
  return { tensor: plane.tensor, index: plane.index, rows: extent(plane.rowDim, plane.rows, tileRow), cols: extent(plane.colDim, plane.cols, tileCol) };
}

function copy(tile: Tile, plane: Plane, tileRow: number, tileCol: number, block: Float64Array, row: number, col: number, rows: number, cols: number): void {
  const width = Math.min(TILE_SIZE, plane.cols - tileCol * TILE_SIZE);
  const top = Math.max(row, tileRow * TILE_SIZE);
  const bottom = Math.min(row + rows, plane.rows, (tileRow + 1) * TILE_SIZE);
  const left = Math.max(col, tileCol * TILE_SIZE);
  const right = Math.min(col + cols, plane.cols, (tileCol + 1) * TILE_SIZE);
  for (let r = top; r < bottom; r++) {
    for (let c = left; c < right; c++) block[(r - row) * cols + c - col] = tile[(r - tileRow * TILE_SIZE) * width + c - tileCol * TILE_SIZE]!;
  }
}
