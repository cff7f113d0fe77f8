/**
 * Levels of detail of a matrix: mean, min, max and the number of NaN of blocks of elements. Of a large matrix the blocks
 * of 8 × 8 are computed once, a part at a time so that other requests are answered in between, and coarser ones from them.
 */

/** The planes of a level, each rows × cols, one after the other: mean (of the finite), min, max, count of NaN. */
export const PLANES = 4;

/** Blocks of 2^3 elements a side are kept. */
const KEPT = 3;
/** Smaller matrices need nothing kept, in elements. */
const MIN_KEPT = 2 ** 22;
/** Elements between two pauses: a millisecond or two. */
const STRETCH = 2 ** 20;

export type Numbers = ArrayLike<number>;

/** A matrix in a tensor's elements. */
export interface MatrixView {
  readonly elements: Numbers;
  readonly offset: number;
  readonly rows: number;
  readonly cols: number;
  readonly rowStride: number;
  readonly colStride: number;
}

/** Blocks of 2^lod rows and 2^colLod columns (as many as rows where that is missing); starts and counts are in blocks. */
export interface Blocks { readonly lod: number; readonly colLod?: number; readonly row: number; readonly col: number; readonly rows: number; readonly cols: number }

/** Sums over blocks, row-major. */
export class BlockSums {
  readonly sum: Float64Array;
  readonly finite: Float64Array;
  readonly min: Float32Array;
  readonly max: Float32Array;
  readonly nan: Float32Array;

  constructor(readonly rows: number, readonly cols: number) {
    const count = rows * cols;
    this.sum = new Float64Array(count);
    this.finite = new Float64Array(count);
    this.min = new Float32Array(count).fill(Infinity);
    this.max = new Float32Array(count).fill(-Infinity);
    this.nan = new Float32Array(count);
  }

  /** Adds a run of elements of one row to one block. */
  add(block: number, elements: Numbers, from: number, stride: number, count: number): void {
    let [sum, finite, nan, min, max] = [0, 0, 0, this.min[block]!, this.max[block]!];
    for (let i = 0, at = from; i < count; i++, at += stride) {
      const value = elements[at]!;
      if (value !== value) {
        nan++;
        continue;
      }
      if (value < min) min = value;
      if (value > max) max = value;
      if (value - value === 0) {
        sum += value;
        finite++;
      }
    }
    this.sum[block]! += sum;
    this.finite[block]! += finite;
    this.nan[block]! += nan;
    this.min[block] = min;
    this.max[block] = max;
  }

  /** Adds a block of finer sums. */
  merge(block: number, other: BlockSums, at: number): void {
    this.sum[block]! += other.sum[at]!;
    this.finite[block]! += other.finite[at]!;
    this.nan[block]! += other.nan[at]!;
    this.min[block] = Math.min(this.min[block]!, other.min[at]!);
    this.max[block] = Math.max(this.max[block]!, other.max[at]!);
  }

  planes(): Float32Array {
    const count = this.rows * this.cols;
    const planes = new Float32Array(PLANES * count);
    for (let i = 0; i < count; i++) planes[i] = this.sum[i]! / this.finite[i]!;
    planes.set(this.min, count);
    planes.set(this.max, 2 * count);
    planes.set(this.nan, 3 * count);
    return planes;
  }
}

/** Sums the blocks of a part; yields now and then. */
export function* blockSums(view: MatrixView, { lod, colLod = lod, row, col, rows, cols }: Blocks): Generator<void, BlockSums> {
  const [side, width] = [2 ** lod, 2 ** colLod];
  const sums = new BlockSums(rows, cols);
  const lastRow = Math.min(view.rows, (row + rows) * side);
  let work = 0;
  for (let r = row * side; r < lastRow; r++) {
    const line = view.offset + r * view.rowStride;
    const firstBlock = (Math.floor(r / side) - row) * cols;
    for (let c = 0; c < cols; c++) {
      const first = (col + c) * width;
      sums.add(firstBlock + c, view.elements, line + first * view.colStride, view.colStride, Math.min(width, view.cols - first));
    }
    work += cols * width;
    if (work >= STRETCH) {
      work = 0;
      yield;
    }
  }
  return sums;
}

/** One element of each block, in place of all: enough for a first picture. A single plane. */
export function sampled(view: MatrixView, { lod, colLod = lod, row, col, rows, cols }: Blocks): Float32Array {
  const values = new Float32Array(rows * cols);
  const middle = (block: number, side: number, size: number): number => Math.min(size - 1, block * side + Math.floor(side / 2));
  for (let r = 0; r < rows; r++) {
    const line = view.offset + middle(row + r, 2 ** lod, view.rows) * view.rowStride;
    for (let c = 0; c < cols; c++) values[r * cols + c] = view.elements[line + middle(col + c, 2 ** colLod, view.cols) * view.colStride]!;
  }
  return values;
}

/** The kept blocks of matrices, by a key for each; the oldest are forgotten. */
export class Levels {
  private readonly kept = new Map<string, Promise<BlockSums>>();

  /** @param pause lets others in @param maxKept matrices whose blocks are kept */
  constructor(private readonly pause: () => Promise<void>, private readonly maxKept = 3) {}

  /** @param key names the matrix */
  async planes(key: string, view: MatrixView, blocks: Blocks): Promise<Float32Array> {
    const { lod, colLod = lod } = blocks;
    if (Math.min(lod, colLod) < KEPT || view.rows * view.cols < MIN_KEPT) return (await this.run(blockSums(view, blocks))).planes();
    const fine = await this.keep(key, view);
    const [side, width] = [2 ** (lod - KEPT), 2 ** (colLod - KEPT)];
    const sums = new BlockSums(blocks.rows, blocks.cols);
    for (let r = 0; r < Math.min(blocks.rows * side, fine.rows - blocks.row * side); r++) {
      for (let c = 0; c < Math.min(blocks.cols * width, fine.cols - blocks.col * width); c++) {
        sums.merge(Math.floor(r / side) * blocks.cols + Math.floor(c / width), fine, (blocks.row * side + r) * fine.cols + blocks.col * width + c);
      }
    }
    return sums.planes();
  }

  /** Forgets all matrices whose key begins so. */
  forget(prefix: string): void {
    for (const key of [...this.kept.keys()]) if (key.startsWith(prefix)) this.kept.delete(key);
  }

  private keep(key: string, view: MatrixView): Promise<BlockSums> {
    const side = 2 ** KEPT;
    const known = this.kept.get(key) ?? this.run(blockSums(view, { lod: KEPT, row: 0, col: 0, rows: Math.ceil(view.rows / side), cols: Math.ceil(view.cols / side) }));
    this.kept.delete(key);
    this.kept.set(key, known);
    if (this.kept.size > this.maxKept) this.kept.delete(this.kept.keys().next().value!);
    return known;
  }

  private async run(steps: Generator<void, BlockSums>): Promise<BlockSums> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await this.pause();
    }
  }
}
