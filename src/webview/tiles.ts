/** Tiles of a tensor's slices: asked for once, few at a time, kept while they are used, the least recent dropped first. */
import { TILE_SIZE } from './protocol';
import type { Extent, Reduction, TileRequest } from './protocol';

export type WideIntegers = BigInt64Array | BigUint64Array;
/** 64-bit integers of which one is beyond 2^53 are numbers too, and beside them exact. */
export interface Exactly { readonly length: number; exact?: WideIntegers }
export type Tile = (Float32Array | Float64Array | Uint8Array) & Exactly;

/** An element as it is. */
export function elementOf(block: Tile, i: number): number | bigint {
  return block.exact?.[i] ?? block[i]!;
}

/** A matrix cut out of a tensor: two dims, all others fixed. null: the tensor has no such dim. */
export interface Plane {
  readonly tensor: string;
  readonly index: readonly number[];
  readonly rowDim: number | null;
  readonly colDim: number | null;
  readonly rows: number;
  readonly cols: number;
}

/** Levels of detail: of the rows, and of the columns where that is another. */
export interface Levels { readonly lod: number; readonly colLod?: number }

/** Where a tile lies: its level of detail, and a row and a column of tiles in it. Above level 0 also what of a block is shown. */
export interface TilePosition extends Levels { readonly row: number; readonly col: number; readonly reduce?: Reduction }

/** The request was dropped unanswered, because the page has moved on to another slice. */
export class Superseded extends Error {
  constructor() {
    super('the slice is no longer shown');
  }
}

export interface TileCacheOptions {
  readonly maxBytes?: number;
  readonly maxInFlight?: number;
  /** The host can answer with a sample first. */
  readonly samples?: boolean;
}

interface Entry { readonly promise: Promise<Tile>; tile: Tile | null }
interface Job { readonly key: string; urgent: boolean; start(): void; drop(): void }

export class TileCache {
  /** In the order of their last use. */
  private readonly entries = new Map<string, Entry>();
  private readonly queue: Job[] = [];
  private readonly maxBytes: number;
  private readonly maxInFlight: number;
  private readonly samples: boolean;
  private bytes = 0;
  private inFlight = 0;

  constructor(private readonly fetch: (request: TileRequest) => Promise<Tile>, { maxBytes = 64 * 2 ** 20, maxInFlight = 6, samples = false }: TileCacheOptions = {}) {
    this.maxBytes = maxBytes;
    this.maxInFlight = maxInFlight;
    this.samples = samples;
  }

  /**
   * A tile from the cache or the host; a failed one is asked for again next time. Urgent ones overtake all others and
   * survive `supersede`. @throws Superseded, or what the host answers
   */
  get(plane: Plane, at: TilePosition, urgent = false): Promise<Tile> {
    return this.cached(keyOf(plane, at), tileRequest(plane, at), urgent);
  }

  /** One element for each block of a tile, long before the exact tile is there; null where the host has none. */
  async sample(plane: Plane, { reduce: _, ...at }: TilePosition): Promise<Tile | null> {
    if (!this.samples) return null;
    return this.cached(`${keyOf(plane, at)} sampled`, { ...tileRequest(plane, at), sampled: true }, true);
  }

  private cached(key: string, request: TileRequest, urgent: boolean): Promise<Tile> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      if (urgent) this.hurry(key);
      return known.promise;
    }
    const entry: Entry = { promise: this.enqueue(key, request, urgent), tile: null };
    this.entries.set(key, entry);
    entry.promise.then((tile) => this.keep(key, entry, tile), () => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    return entry.promise;
  }

  /** A tile that is here already. */
  peek(plane: Plane, at: TilePosition): Tile | null {
    return this.entries.get(keyOf(plane, at))?.tile ?? null;
  }

  /** Whether an element is here already. */
  has(plane: Plane, row: number, col: number): boolean {
    return this.peek(plane, { lod: 0, row: Math.floor(row / TILE_SIZE), col: Math.floor(col / TILE_SIZE) }) !== null;
  }

  /** Another slice is shown from now on: what was asked for and not sent yet is not needed. */
  supersede(): void {
    const stale = this.queue.filter((job) => !job.urgent);
    this.queue.splice(0, this.queue.length, ...this.queue.filter((job) => job.urgent));
    for (const job of stale) {
      // Now, not when the rejection arrives: the next slice may ask for the same tile at once.
      this.entries.delete(job.key);
      job.drop();
    }
  }

  /** A block of the plane's elements, row-major, put together from its tiles. */
  async block(plane: Plane, row: number, col: number, rows: number, cols: number): Promise<Float64Array & Exactly> {
    const block: Float64Array & Exactly = new Float64Array(rows * cols);
    const jobs: Promise<void>[] = [];
    for (let tileRow = Math.floor(row / TILE_SIZE); tileRow * TILE_SIZE < row + rows; tileRow++) {
      for (let tileCol = Math.floor(col / TILE_SIZE); tileCol * TILE_SIZE < col + cols; tileCol++) {
        jobs.push(this.get(plane, { lod: 0, row: tileRow, col: tileCol }, true).then((tile) => copy(tile, plane, tileRow, tileCol, block, row, col, rows, cols)));
      }
    }
    await Promise.all(jobs);
    return block;
  }

  private enqueue(key: string, request: TileRequest, urgent: boolean): Promise<Tile> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        this.inFlight++;
        this.fetch(request).then(resolve, reject).finally(() => {
          this.inFlight--;
          this.pump();
        });
      };
      const job: Job = { key, urgent, start, drop: () => reject(new Superseded()) };
      if (urgent) this.queue.unshift(job);
      else this.queue.push(job);
      this.pump();
    });
  }

  private pump(): void {
    // Urgent ones do not wait for coarse levels of what is huge, which take long: they have as many places of their own.
    while (this.queue.length > 0 && this.inFlight < (this.queue[0]!.urgent ? 2 : 1) * this.maxInFlight) this.queue.shift()!.start();
  }

  private hurry(key: string): void {
    const at = this.queue.findIndex((job) => job.key === key);
    if (at < 0) return;
    const [job] = this.queue.splice(at, 1);
    job!.urgent = true;
    this.queue.unshift(job!);
    this.pump();
  }

  private keep(key: string, entry: Entry, tile: Tile): void {
    if (this.entries.get(key) !== entry) return;
    entry.tile = tile;
    this.bytes += tile.byteLength;
    for (const [oldest, { tile: old }] of this.entries) {
      if (this.bytes <= this.maxBytes) break;
      if (oldest === key || old === null) continue;
      this.entries.delete(oldest);
      this.bytes -= old.byteLength;
    }
  }
}

function keyOf(plane: Plane, { lod, colLod = lod, row, col, reduce }: TilePosition): string {
  return JSON.stringify([plane.tensor, plane.index, plane.rowDim, plane.colDim, lod, colLod, row, col, reduce]);
}

/** Entries along an extent of so many elements, at a level of detail. */
export function sizeAtLevel(size: number, lod: number): number {
  return Math.ceil(size / 2 ** lod);
}

/** The level at which no entry is smaller than a pixel, so that none is lost between two. */
export function levelFor(elementsPerPixel: number): number {
  return Math.max(0, Math.ceil(Math.log2(elementsPerPixel) - 1e-9));
}

/** The levels at which no entry is smaller than a pixel, by elements a pixel. Of cells that are about square both are the same. */
export function levelsFor(rows: number, cols: number): Levels {
  const [lod, colLod] = [levelFor(rows), levelFor(cols)];
  return Math.abs(lod - colLod) < 2 ? { lod: Math.max(lod, colLod) } : { lod, colLod };
}

/** Each entry is an element. */
export function isExact({ lod, colLod = lod }: Levels): boolean {
  return lod === 0 && colLod === 0;
}

export function tileRequest(plane: Plane, at: TilePosition): TileRequest {
  const { lod, colLod = lod, row, col, reduce } = at;
  const extent = (dim: number | null, size: number, tile: number, level: number): Extent | null =>
    dim === null ? null : { dim, start: tile * TILE_SIZE, size: Math.min(TILE_SIZE, sizeAtLevel(size, level) - tile * TILE_SIZE) };
  return {
    tensor: plane.tensor, index: plane.index, rows: extent(plane.rowDim, plane.rows, row, lod), cols: extent(plane.colDim, plane.cols, col, colLod),
    lod, ...(colLod === lod ? {} : { colLod }), ...(reduce && !isExact(at) ? { reduce } : {}),
  };
}

function copy(tile: Tile, plane: Plane, tileRow: number, tileCol: number, block: Float64Array & Exactly, row: number, col: number, rows: number, cols: number): void {
  const width = Math.min(TILE_SIZE, plane.cols - tileCol * TILE_SIZE);
  const top = Math.max(row, tileRow * TILE_SIZE);
  const bottom = Math.min(row + rows, plane.rows, (tileRow + 1) * TILE_SIZE);
  const left = Math.max(col, tileCol * TILE_SIZE);
  const right = Math.min(col + cols, plane.cols, (tileCol + 1) * TILE_SIZE);
  if (tile.exact && !block.exact) block.exact = (tile.exact instanceof BigInt64Array ? BigInt64Array : BigUint64Array).from(Array.from(block, BigInt));
  for (let r = top; r < bottom; r++) {
    for (let c = left; c < right; c++) {
      const [to, from] = [(r - row) * cols + c - col, (r - tileRow * TILE_SIZE) * width + c - tileCol * TILE_SIZE];
      block[to] = tile[from]!;
      if (block.exact) block.exact[to] = tile.exact?.[from] ?? BigInt(tile[from]!);
    }
  }
}
