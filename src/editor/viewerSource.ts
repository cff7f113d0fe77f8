/** Where the viewer's values are read from, and what it computes itself from what a source can read. */
import { BlockSums, PLANES } from '../evaluation/levels';
import { statisticsOf } from '../evaluation/statistics';
import type { Extent, MatrixRequest, Reduction, TensorLink, TensorMetadata, TensorStatistics, TileRequest } from '../webview/protocol';

export type TensorElements = Float32Array | Float64Array | Uint8Array;

/** Rejections are shown on the page, in the words of their message. */
export interface TensorSource {
  /** The elements of a matrix, row-major: floats as float32, integers exactly as float64, booleans as uint8. */
  read(request: MatrixRequest): Promise<TensorElements>;
  /** Of the whole tensor. `sampled`: a part of its elements will do, quickly. */
  statistics(tensor: string, options?: { readonly sampled?: boolean; readonly onProgress?: (fraction: number) => void }): Promise<TensorStatistics>;
  /**
   * The planes of a level of detail above 0, each rows × cols, one after the other: mean, min, max, count of NaN; of samples
   * one plane. Where it is missing, they are computed from `read`. Only such a source is asked for samples.
   */
  level?(request: TileRequest): Promise<TensorElements>;
  /** Of a slice in which a number fixes a dim and null keeps it; where it is missing, they are computed from `read`. */
  sliceStatistics?(tensor: string, slice: readonly (number | null)[]): Promise<TensorStatistics>;
  /** How its tensors belong together, and the tensors of positions that this names: they are read, but have no tab. */
  readonly links?: readonly TensorLink[];
  readonly hidden?: readonly TensorMetadata[];
  /** The panel shows other tensors from now on, or is closed. */
  dispose(): void;
}

export const BINS = 64;
/** Larger tensors, in elements, are first shown from samples. */
export const SAMPLED_FROM = 2 ** 18;
/** Elements that are read at once: 4 MB of floats. */
const BAND = 2 ** 20;

/** A tile at any level of detail; above 0 its planes are computed here. @param shape the tensor's */
export async function readTile(source: Pick<TensorSource, 'read' | 'level'>, request: TileRequest, shape: readonly number[]): Promise<TensorElements> {
  const { tensor, index, lod, colLod = lod } = request;
  if (isExact(request)) return source.read({ tensor, index, rows: request.rows, cols: request.cols });
  for (const level of [lod, colLod]) if (!Number.isInteger(level) || level < 0 || level > 30) throw new Error(`there is no level of detail ${level}`);
  if (source.level) return source.level(request);
  const [side, across] = [2 ** lod, 2 ** colLod];
  const rows = request.rows?.size ?? 1;
  const cols = request.cols?.size ?? 1;
  const sums = new BlockSums(rows, cols);
  const columns = elementsOf(request.cols, across, shape);
  // Whole blocks of rows at a time, so that a tile of a high level needs no more memory than one of a low.
  const step = Math.max(1, Math.floor(BAND / ((columns?.size ?? 1) * side)));
  for (let first = 0; first < rows; first += step) {
    const band = request.rows && { dim: request.rows.dim, start: request.rows.start + first, size: Math.min(step, rows - first) };
    const values = await source.read({ tensor, index, rows: elementsOf(band, side, shape), cols: columns });
    const width = columns?.size ?? 1;
    for (let from = 0, row = 0; from < values.length; from += width, row++) {
      for (let col = 0; col < cols; col++) sums.add((first + Math.floor(row / side)) * cols + col, values, from + col * across, 1, Math.min(across, width - col * across));
    }
  }
  return sums.planes();
}

/** Each entry is an element. */
function isExact({ lod, colLod = lod }: TileRequest): boolean {
  return lod === 0 && colLod === 0;
}

/** A tile as it is shown, one value an entry. @param shape the tensor's */
export async function readShown(source: Pick<TensorSource, 'read' | 'level'>, request: TileRequest, shape: readonly number[]): Promise<TensorElements> {
  const values = await readTile(source, request, shape);
  return isExact(request) || request.sampled === true ? values : reduced(values, request.reduce ?? 'mean');
}

/** The planes of a level as one: a NaN in a block must not vanish in it, nor an infinity in a mean. */
export function reduced(planes: TensorElements, reduce: Reduction): Float32Array {
  const count = planes.length / PLANES;
  const [mean, min, max, nan] = Array.from({ length: PLANES }, (_, i) => planes.subarray(i * count, (i + 1) * count)) as [TensorElements, TensorElements, TensorElements, TensorElements];
  const chosen = { mean, min, max }[reduce];
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = nan[i]! > 0 ? NaN : reduce !== 'mean' ? chosen[i]! : max[i] === Infinity ? Infinity : min[i] === -Infinity ? -Infinity : mean[i]!;
  return values;
}

/** Blocks as the elements that they stand for. */
function elementsOf(extent: Extent | null, side: number, shape: readonly number[]): Extent | null {
  if (!extent) return null;
  const start = extent.start * side;
  return { dim: extent.dim, start, size: Math.min(extent.size * side, (shape[extent.dim] ?? 0) - start) };
}

/** @param shape the tensor's */
export async function sliceStatistics(source: TensorSource, tensor: string, slice: readonly (number | null)[], shape: readonly number[]): Promise<TensorStatistics> {
  if (source.sliceStatistics) return source.sliceStatistics(tensor, slice);
  const free = slice.flatMap((at, dim) => (at === null ? [dim] : []));
  if (slice.length !== shape.length || free.length > 2) throw new Error(`a slice fixes all but two of the ${shape.length} dims, and this one fixes ${slice.length - free.length}`);
  const extent = (dim: number | undefined): Extent | null => (dim === undefined ? null : { dim, start: 0, size: shape[dim]! });
  const [rows, cols] = free.length === 2 ? [extent(free[0]), extent(free[1])] : [null, extent(free[0])];
  const index = slice.map((at) => at ?? 0);
  const step = Math.max(1, Math.floor(BAND / Math.max(1, cols?.size ?? 1)));
  let total: TensorStatistics | null = null;
  for (let first = 0; first < (rows?.size ?? 1); first += step) {
    const band = rows && { ...rows, start: first, size: Math.min(step, rows.size - first) };
    // Parts have bins of their own: only a slice that is read at once has a histogram.
    const part = statisticsOf(await source.read({ tensor, index, rows: band, cols }), BINS);
    total = total ? merge(total, part) : part;
  }
  return total ?? statisticsOf(new Float32Array(0), 0);
}

/** Statistics of two parts together (Chan, Golub and LeVeque's formula for the variance). */
export function merge(a: TensorStatistics, b: TensorStatistics): TensorStatistics {
  const counts = {
    count: a.count + b.count, nan: a.nan + b.nan,
    positiveInfinity: a.positiveInfinity + b.positiveInfinity, negativeInfinity: a.negativeInfinity + b.negativeInfinity,
  };
  const finite = (part: TensorStatistics): number => part.count - part.nan - part.positiveInfinity - part.negativeInfinity;
  const [m, n] = [finite(a), finite(b)];
  if (m === 0 || n === 0) {
    const { min, max, mean, std } = m === 0 ? b : a;
    return { ...counts, min, max, mean, std };
  }
  const difference = b.mean! - a.mean!;
  const squares = (a.std ?? 0) ** 2 * (m - 1) + (b.std ?? 0) ** 2 * (n - 1) + difference ** 2 * ((m * n) / (m + n));
  return {
    ...counts, min: Math.min(a.min!, b.min!), max: Math.max(a.max!, b.max!),
    mean: a.mean! + (difference * n) / (m + n), std: Math.sqrt(squares / (m + n - 1)),
  };
}
