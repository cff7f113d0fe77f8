/** Cuts parts out of a row-major value, for tables and pictures of tensors that are too large to send whole. */
import { allocate } from './elements';
import { EvaluationError } from './errors';
import { forEachStrided } from './kernels/strided';
import type { Blocks, MatrixView } from './levels';
import type { Extent, Region, Tile } from './messages';
import { numelOf, stridesOf, type Value } from './value';

/** @throws EvaluationError `index-out-of-range` */
export function readRegion(value: Value, region: Exclude<Region, { type: 'level' }>): Tile {
  if (region.type === 'flat') {
    requireRange(region.offset, region.length, value.numel, 'elements');
    return { shape: [region.length], dtype: value.dtype, values: value.host().slice(region.offset, region.offset + region.length) };
  }
  const strides = stridesOf(value.shape);
  const rank = value.shape.length;
  if (region.type === 'slice') {
    if (region.start.length !== rank || region.size.length !== rank) throw wrongRank(rank, region.start.length);
    region.size.forEach((size, dim) => requireRange(region.start[dim] as number, size, value.shape[dim] as number, `dim ${dim}`));
    return cut(value, region.size, strides, dot(region.start, strides));
  }
  if (region.index.length !== rank) throw wrongRank(rank, region.index.length);
  const extents = [region.rows, region.cols];
  const free = extents.map((extent) => extent?.dim);
  if (free[0] !== undefined && free[0] === free[1]) throw new EvaluationError('invalid-argument', `rows and columns are both dim ${free[0]}`);
  const start = region.index.map((at, dim) => {
    const extent = extents.find((candidate) => candidate?.dim === dim);
    if (extent) requireRange(extent.start, extent.size, value.shape[dim] as number, `dim ${dim}`);
    else requireRange(at, 1, value.shape[dim] as number, `dim ${dim}`);
    return extent ? extent.start : at;
  });
  for (const extent of extents) if (extent && !(extent.dim in value.shape)) throw wrongRank(rank, extent.dim + 1);
  return cut(value, extents.map((extent) => extent?.size ?? 1), extents.map((extent) => (extent ? strides[extent.dim] as number : 0)), dot(start, strides));
}

/** The matrix of a region of blocks, and which of its blocks are wanted. @throws EvaluationError `index-out-of-range` */
export function levelOf(value: Value, region: Extract<Region, { type: 'level' }>): { readonly view: MatrixView; readonly blocks: Blocks } {
  const { index, rows, cols, lod, colLod = lod } = region;
  const rank = value.shape.length;
  if (index.length !== rank) throw wrongRank(rank, index.length);
  for (const level of [lod, colLod]) if (!Number.isInteger(level) || level < 0 || level > 30) throw new EvaluationError('invalid-argument', `there is no level of detail ${level}`);
  const strides = stridesOf(value.shape);
  const size = (extent: Extent | null): number => (extent ? value.shape[extent.dim] ?? 0 : 1);
  for (const [extent, level] of [[rows, lod], [cols, colLod]] as const) if (extent) requireRange(extent.start, extent.size, Math.ceil(size(extent) / 2 ** level), `blocks of dim ${extent.dim}`);
  const start = index.map((at, dim) => {
    if (dim === rows?.dim || dim === cols?.dim) return 0;
    requireRange(at, 1, value.shape[dim] as number, `dim ${dim}`);
    return at;
  });
  return {
    view: { elements: value.host(), offset: dot(start, strides), rows: size(rows), cols: size(cols), rowStride: rows ? strides[rows.dim] as number : 0, colStride: cols ? strides[cols.dim] as number : 0 },
    blocks: { lod, colLod, row: rows?.start ?? 0, col: cols?.start ?? 0, rows: rows?.size ?? 1, cols: cols?.size ?? 1 },
  };
}

/** The slice that a vector of indices fixes; null keeps a dim whole. */
export function readSlice(value: Value, index: readonly (number | null)[]): Tile {
  if (index.length !== value.shape.length) throw wrongRank(value.shape.length, index.length);
  return readRegion(value, {
    type: 'slice', start: index.map((at) => at ?? 0), size: index.map((at, dim) => (at === null ? value.shape[dim] as number : 1)),
  });
}

function cut(value: Value, shape: readonly number[], strides: readonly number[], offset: number): Tile {
  const source = value.host();
  const values = allocate(value.dtype, numelOf(shape));
  forEachStrided(shape, strides, offset, (from, to) => { values[to] = source[from] as number; });
  return { shape, dtype: value.dtype, values };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

function requireRange(start: number, size: number, extent: number, what: string): void {
  if (!Number.isInteger(start) || !Number.isInteger(size) || start < 0 || size < 0 || start + size > extent) {
    throw new EvaluationError('index-out-of-range', `${what}: ${size} from ${start} are not within a size of ${extent}`);
  }
}

function wrongRank(rank: number, given: number): EvaluationError {
  return new EvaluationError('invalid-argument', `the value has ${rank} dims, and ${given} were given`);
}
