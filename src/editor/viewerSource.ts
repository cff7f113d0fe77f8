/** Where the viewer's values are read from, and what it computes itself from what a source can read. */
import { BlockSums, PLANES } from '../evaluation/levels';
import { statisticsOf, StatisticsRun } from '../evaluation/statistics';
import type { RunOptions, StoppedRuns } from '../evaluation/statistics';
import { indexAt, partsOf, shapeOf } from './export/parts';
import type { WideIntegers } from '../tensorfiles/elements';
import type { Extent, MatrixRequest, Reduction, TensorLink, TensorMetadata, TensorStatistics, TileRequest } from '../webview/protocol';

export type TensorElements = Float32Array | Float64Array | Uint8Array;
/** Elements as they are shown and exported: 64-bit integers of which one is beyond 2^53 as such. */
export type ExactElements = TensorElements | WideIntegers;

export interface StatisticsOptions extends RunOptions { readonly sampled?: boolean }

/** Rejections are shown on the page, in the words of their message. */
export interface TensorSource {
  /** The elements of a matrix, row-major: floats as float32, integers exactly as float64, booleans as uint8. */
  read(request: MatrixRequest): Promise<TensorElements>;
  /** The same without rounding 64-bit integers; where it is missing, `read` rounds none. */
  readExact?(request: MatrixRequest): Promise<ExactElements>;
  /** Of the whole tensor. `sampled`: a part of its elements will do, quickly. Stopped by the signal, they are of what was seen, and go on when they are asked for again. */
  statistics(tensor: string, options?: StatisticsOptions): Promise<TensorStatistics>;
  /**
   * The planes of a level of detail above 0, each rows × cols, one after the other: mean, min, max, count of NaN; of samples
   * one plane. Where it is missing, they are computed from `read`. Only such a source is asked for samples.
   */
  level?(request: TileRequest, onPart?: () => void): Promise<TensorElements>;
  /** Of a slice in which a number fixes a dim and null keeps it; where it is missing, they are computed from `read`. */
  sliceStatistics?(tensor: string, slice: readonly (number | null)[], options?: RunOptions): Promise<TensorStatistics>;
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

/** A tile at any level of detail; above 0 its planes are computed here. @param shape the tensor's @param onPart called between parts of what is large; what it throws ends the work */
export async function readTile(source: Pick<TensorSource, 'read' | 'level'>, request: TileRequest, shape: readonly number[], onPart?: () => void): Promise<TensorElements> {
  const { tensor, index, lod, colLod = lod } = request;
  if (isExact(request)) return source.read({ tensor, index, rows: request.rows, cols: request.cols });
  for (const level of [lod, colLod]) if (!Number.isInteger(level) || level < 0 || level > 30) throw new Error(`there is no level of detail ${level}`);
  if (source.level) return source.level(request, onPart);
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
    onPart?.();
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

/** Where elements are taken as they are. */
export function exactly(source: Pick<TensorSource, 'read' | 'readExact'>): ExactSource {
  return { read: (request) => (source.readExact ? source.readExact(request) : source.read(request)) };
}

export interface ExactSource { read(request: MatrixRequest): Promise<ExactElements> }

/** A tile as it is shown, one value an entry. @param shape the tensor's */
export async function readShown(source: Pick<TensorSource, 'read' | 'readExact' | 'level'>, request: TileRequest, shape: readonly number[], onPart?: () => void): Promise<ExactElements> {
  if (isExact(request)) return exactly(source).read({ tensor: request.tensor, index: request.index, rows: request.rows, cols: request.cols });
  const values = await readTile(source, request, shape, onPart);
  return request.sampled === true ? values : reduced(values, request.reduce ?? 'mean');
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

/** Of a slice, or of all where nothing is fixed. @param shape the tensor's @param stopped keeps those that are stopped */
export async function sliceStatistics(source: Pick<TensorSource, 'read' | 'sliceStatistics'>, tensor: string, slice: readonly (number | null)[], shape: readonly number[], stopped: StoppedRuns, options: RunOptions = {}): Promise<TensorStatistics> {
  if (source.sliceStatistics) return source.sliceStatistics(tensor, slice, options);
  if (slice.length !== shape.length) throw new Error(`a slice names each of the ${shape.length} dims, and this one ${slice.length}`);
  async function* parts(): AsyncGenerator<TensorElements> {
    for await (const { values } of partsOf(source, tensor, slice, shape)) yield values;
  }
  const count = shapeOf(slice, shape).reduce((product, size) => product * size, 1);
  return stopped.run(`${tensor} ${slice.join()}`, () => new StatisticsRun(parts, count, BINS), options);
}

/** Elements from all over a tensor, for quick statistics: so many places, and neighbours at each along the last dim. */
const PLACES = 128;
const NEIGHBOURS = 512;

/** Statistics from a part of the elements. @param shape the tensor's, with more than a few */
export async function sampledStatistics(source: Pick<TensorSource, 'read'>, tensor: string, shape: readonly number[]): Promise<TensorStatistics> {
  const count = shape.reduce((product, size) => product * size, 1);
  const dim = shape.length - 1;
  const size = Math.min(NEIGHBOURS, shape[dim]!);
  const runs = await Promise.all(Array.from({ length: PLACES }, (_, place) => {
    const index = indexAt(Math.floor((place * count) / PLACES), shape);
    return source.read({ tensor, index, rows: null, cols: { dim, start: Math.min(index[dim]!, shape[dim]! - size), size } });
  }));
  const sample = Float64Array.from(runs.flatMap((run) => Array.from<number>(run)));
  return { ...statisticsOf(sample, BINS), count, sampled: sample.length };
}

/** One element of each block of a level: that in its middle. @param shape the tensor's */
export async function sampledLevel(source: Pick<TensorSource, 'read'>, { tensor, index, rows, cols, lod, colLod = lod }: TileRequest, shape: readonly number[]): Promise<TensorElements> {
  const places = (extent: Extent | null, side: number): number[] => Array.from({ length: extent?.size ?? 1 }, (_, i) => (extent ? Math.min((extent.start + i) * side + (side >> 1), shape[extent.dim]! - 1) : 0));
  const [down, across] = [places(rows, 2 ** lod), places(cols, 2 ** colLod)];
  const [first, last] = [across[0] ?? 0, across.at(-1) ?? 0];
  const lines = await Promise.all(down.map((row) => source.read({ tensor, index, rows: rows && { dim: rows.dim, start: row, size: 1 }, cols: cols && { dim: cols.dim, start: first, size: last - first + 1 } })));
  return Float32Array.from(lines.flatMap((line) => across.map((col) => line[cols ? col - first : 0]!)));
}
