/** Two tensors compared element by element, read as a tensor of its own: dims are aligned by name, else as torch broadcasts. */
import { StoppedRuns } from '../evaluation/statistics';
import type { Agreement, ComparisonKind, Extent, MatrixRequest, TensorMetadata, TensorStatistics, TileRequest } from '../webview/protocol';
import { partsOf } from './export/parts';
import { exactly, readTile, sampledLevel, sampledStatistics, sliceStatistics } from './viewerSource';
import type { ExactElements, StatisticsOptions, TensorElements, TensorSource } from './viewerSource';

export interface Operand { readonly metadata: TensorMetadata; readonly source: TensorSource; /** Its id in the source. */ readonly id: string }

/** Of each dim of the result the operand's dim; null: the operand has none, or one of size 1. */
type DimMap = readonly (number | null)[];

export interface Alignment { readonly shape: readonly number[]; readonly dims: readonly string[]; readonly a: DimMap; readonly b: DimMap; readonly byName: boolean }

/** null: the shapes do not fit. */
export function align(a: TensorMetadata, b: TensorMetadata): Alignment | null {
  const names = (tensor: TensorMetadata): string[] => tensor.dims.map((name, dim) => (/^\d+$/.test(name) ? `dim ${dim}` : name));
  const [namesA, namesB] = [names(a), names(b)];
  const isPermuted = namesA.length === namesB.length && new Set(namesA).size === namesA.length && namesA.every((name) => namesB.includes(name)) && namesA.some((name, dim) => namesB[dim] !== name);
  if (isPermuted) {
    const toB = namesA.map((name) => namesB.indexOf(name));
    if (toB.every((dim, at) => a.shape[at] === b.shape[dim])) return { shape: a.shape, dims: a.dims, a: a.shape.map((_, dim) => dim), b: toB, byName: true };
  }
  const rank = Math.max(a.shape.length, b.shape.length);
  const sizes = (tensor: TensorMetadata): number[] => [...Array.from({ length: rank - tensor.shape.length }, () => 1), ...tensor.shape];
  const [sizesA, sizesB] = [sizes(a), sizes(b)];
  if (sizesA.some((size, dim) => size !== sizesB[dim] && size !== 1 && sizesB[dim] !== 1)) return null;
  const shape = sizesA.map((size, dim) => (size === 1 ? sizesB[dim]! : size));
  const map = (tensor: TensorMetadata, own: readonly number[]): DimMap => own.map((size, dim) => (size === 1 && shape[dim] !== 1 ? null : dim - rank + tensor.shape.length)).map((dim) => (dim !== null && dim < 0 ? null : dim));
  const longer = a.shape.length >= b.shape.length ? a : b;
  return { shape, dims: shape.map((size, dim) => (longer.shape[dim] === size ? longer.dims[dim]! : String(size))), a: map(a, sizesA), b: map(b, sizesB), byName: false };
}

const COMBINE: Readonly<Record<ComparisonKind, (difference: number, b: number) => number>> = {
  difference: (difference) => difference,
  absolute: (difference) => Math.abs(difference),
  relative: (difference, b) => (difference === 0 ? 0 : Math.abs(difference) / Math.abs(b)),
  close: (difference, b) => Number(isClose(difference, b, RTOL, ATOL)),
};
/** torch.isclose's own. */
const [RTOL, ATOL] = [1e-5, 1e-8];

function isClose(difference: number, b: number, rtol: number, atol: number): boolean {
  return difference === 0 || Math.abs(difference) <= atol + rtol * Math.abs(b);
}

/** a − b: of 64-bit integers that of the integers, however large they are; of equal infinities 0. */
function differenceOf(a: number | bigint, b: number | bigint): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const isWhole = [a, b].every((each) => typeof each === 'bigint' || Number.isInteger(each));
  return isWhole ? Number(BigInt(a) - BigInt(b)) : Number(a) - Number(b);
}

export class ComparisonSource implements TensorSource {
  private readonly stopped = new StoppedRuns();

  constructor(private readonly a: Operand, private readonly b: Operand, private readonly alignment: Alignment, private readonly kind: ComparisonKind) {}

  async read(request: MatrixRequest): Promise<TensorElements> {
    const { a, b } = await this.pair(request);
    const combine = COMBINE[this.kind];
    const result = this.kind === 'close' ? new Uint8Array(a.length) : new Float32Array(a.length);
    for (let i = 0; i < a.length; i++) result[i] = combine(differenceOf(a[i]!, b[i]!), Number(b[i]!));
    return result;
  }

  async level(request: TileRequest, onPart?: () => void): Promise<TensorElements> {
    const { shape } = this.alignment;
    return request.sampled ? sampledLevel(this, request, shape) : readTile({ read: (part) => this.read(part) }, request, shape, onPart);
  }

  async statistics(tensor: string, { sampled = false, ...options }: StatisticsOptions = {}): Promise<TensorStatistics> {
    const { shape } = this.alignment;
    if (sampled) return sampledStatistics(this, tensor, shape);
    return sliceStatistics(this, tensor, shape.map(() => null), shape, this.stopped, options);
  }

  /** How far the operands agree, over all elements. */
  async agreement({ rtol, atol }: { readonly rtol: number; readonly atol: number }, onProgress: (fraction: number) => void): Promise<Agreement> {
    const { shape } = this.alignment;
    const tally = new Tally(shape, rtol, atol);
    const collect: Pick<TensorSource, 'read'> = {
      read: async (request) => {
        const { a, b } = await this.pair(request);
        tally.add(request, a, b);
        return new Uint8Array(a.length);
      },
    };
    const count = shape.reduce((product, size) => product * size, 1);
    for await (const _part of partsOf(collect, '', shape.map(() => null), shape)) onProgress(tally.count / count);
    return tally.finish();
  }

  dispose(): void {
    // The operands belong to others.
  }

  private async pair(request: MatrixRequest): Promise<{ a: ExactElements; b: ExactElements }> {
    const [a, b] = await Promise.all([this.operand(this.a, this.alignment.a, request), this.operand(this.b, this.alignment.b, request)]);
    return { a, b };
  }

  /** An operand's elements for a part of the result, repeated where it is broadcast. */
  private async operand({ source, id, metadata }: Operand, map: DimMap, { index, rows, cols }: MatrixRequest): Promise<ExactElements> {
    const own = metadata.shape.map(() => 0);
    map.forEach((dim, at) => { if (dim !== null) own[dim] = index[at]!; });
    const extent = (of: Extent | null): Extent | null => {
      const dim = of && map[of.dim];
      return of && dim !== null && dim !== undefined ? { ...of, dim } : null;
    };
    const [ownRows, ownCols] = [extent(rows), extent(cols)];
    const values = await exactly(source).read({ tensor: id, index: own, rows: ownRows, cols: ownCols });
    const [height, width] = [rows?.size ?? 1, cols?.size ?? 1];
    if (values.length === height * width) return values;
    const stride = ownCols ? width : 1;
    const at = (i: number): number => (ownRows ? Math.floor(i / width) * stride : 0) + (ownCols ? i % width : 0);
    const length = height * width;
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      const repeated = new (values instanceof BigInt64Array ? BigInt64Array : BigUint64Array)(length);
      for (let i = 0; i < length; i++) repeated[i] = values[at(i)]!;
      return repeated;
    }
    return Float64Array.from({ length }, (_, i) => values[at(i)]!);
  }
}

/** What is found of the differences, element by element. */
class Tally {
  count = 0;
  private different = 0;
  private maxAbsolute = 0;
  private maxRelative = 0;
  private absoluteAt: number[] | null = null;
  private relativeAt: number[] | null = null;
  private dot = 0;
  private squaresA = 0;
  private squaresB = 0;

  constructor(private readonly shape: readonly number[], private readonly rtol: number, private readonly atol: number) {}

  add({ index, rows, cols }: MatrixRequest, a: ExactElements, b: ExactElements): void {
    const width = cols?.size ?? 1;
    const at = (i: number): number[] => index.map((each, dim) => (dim === rows?.dim ? rows.start + Math.floor(i / width) : dim === cols?.dim ? cols.start + (i % width) : each));
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [Number(a[i]!), Number(b[i]!)];
      const difference = differenceOf(a[i]!, b[i]!);
      if (!isClose(difference, y, this.rtol, this.atol)) this.different++;
      this.dot += x * y;
      this.squaresA += x * x;
      this.squaresB += y * y;
      const absolute = Math.abs(difference);
      const relative = difference === 0 ? 0 : absolute / Math.abs(y);
      // NaN is farther away than anything.
      if (absolute > this.maxAbsolute || (Number.isNaN(absolute) && !Number.isNaN(this.maxAbsolute))) [this.maxAbsolute, this.absoluteAt] = [absolute, at(i)];
      if (relative > this.maxRelative || (Number.isNaN(relative) && !Number.isNaN(this.maxRelative))) [this.maxRelative, this.relativeAt] = [relative, at(i)];
    }
    this.count += a.length;
  }

  finish(): Agreement {
    return {
      count: this.count, different: this.different, maxAbsolute: numberOrText(this.maxAbsolute), absoluteAt: this.absoluteAt, maxRelative: numberOrText(this.maxRelative), relativeAt: this.relativeAt,
      cosine: this.squaresA > 0 && this.squaresB > 0 ? numberOrText(this.dot / Math.sqrt(this.squaresA * this.squaresB)) : null, shape: this.shape,
    };
  }
}

/** Messages are JSON, which has neither NaN nor infinities. */
function numberOrText(value: number): number | 'nan' | 'inf' {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : 'inf';
}
