/** Elements of a stored tensor: only the bytes that hold them are read, in pieces of bounded size. */
import { TensorFileError } from './bytes';
import type { ByteSource } from './bytes';
import { allocateElements, decode, decodeWide, itemSize, partsOf } from './elements';
import type { FileDtype, FileElements, WideIntegers } from './elements';
import { numelOf, readableDtype } from './tensor';
import type { StoredTensor } from './tensor';

/** A run of indices along one dim, each one or every so many. */
export interface Run { readonly dim: number; readonly start: number; readonly size: number; readonly step?: number }

/** The greatest integer up to which every one is exact in a double. */
const EXACT = 2n ** 53n;
/** Bytes that are read at once. */
const PIECE = 4 << 20;
/** Elements further apart than this are read one by one: what lies between would be read for nothing. */
const FAR = 16 << 10;

/**
 * A complex tensor as a real one with a last dim of two, as torch.view_as_real: each number has an index of its own.
 * @throws TensorFileError where the values cannot be read
 */
export function asNumbers(tensor: StoredTensor): { readonly shape: readonly number[]; readonly dtype: FileDtype } {
  const dtype = readableDtype(tensor);
  return { shape: partsOf(dtype) === 2 ? [...tensor.shape, 2] : tensor.shape, dtype };
}

/**
 * A matrix cut out of a tensor, row-major: runs along two dims of `asNumbers(tensor).shape`, all others fixed by `index`.
 * @throws TensorFileError
 */
export async function readMatrix(tensor: StoredTensor, index: readonly number[], rows: Run | null, cols: Run | null): Promise<FileElements> {
  const target = allocateElements(asNumbers(tensor).dtype, (rows?.size ?? 1) * (cols?.size ?? 1));
  await cutOut(tensor, index, rows, cols, target);
  return target;
}

/** The same, but 64-bit integers of which one is beyond 2^53 as such. @throws TensorFileError */
export async function readExactMatrix(tensor: StoredTensor, index: readonly number[], rows: Run | null, cols: Run | null): Promise<FileElements | WideIntegers> {
  const { dtype } = asNumbers(tensor);
  if (dtype !== 'int64' && dtype !== 'uint64') return readMatrix(tensor, index, rows, cols);
  const target = new (dtype === 'int64' ? BigInt64Array : BigUint64Array)((rows?.size ?? 1) * (cols?.size ?? 1));
  await cutOut(tensor, index, rows, cols, target);
  for (let i = 0; i < target.length; i++) if (target[i]! > EXACT || target[i]! < -EXACT) return target;
  return Float64Array.from(target as BigInt64Array, Number);
}

async function cutOut(tensor: StoredTensor, index: readonly number[], rows: Run | null, cols: Run | null, target: FileElements | WideIntegers): Promise<void> {
  const { shape, dtype } = asNumbers(tensor);
  const parts = partsOf(dtype);
  const width = itemSize(dtype) / parts;
  const strides = (parts === 2 ? [...tensor.strides.map((stride) => 2 * stride), 1] : tensor.strides).map((stride) => stride * width);
  checkIndex(shape, index, rows, cols);
  const start = index.reduce((sum, at, dim) => sum + (dim === rows?.dim ? rows.start : dim === cols?.dim ? cols.start : at) * strides[dim]!, tensor.offset * itemSize(dtype));
  const [height, wide] = [rows?.size ?? 1, cols?.size ?? 1];
  if (target.length === 0) return;
  const cut = new Cut(await tensor.data(), dtype, width, tensor.littleEndian, target);
  const [rowStride, colStride] = [rows, cols].map((run) => (run ? strides[run.dim]! * (run.step ?? 1) : 0)) as [number, number];
  // Along whichever dim the elements lie closer together.
  if (rows && height > 1 && (rowStride < colStride || wide === 1)) await cut.lines(start, wide, colStride, 1, height, rowStride, wide);
  else await cut.lines(start, height, rowStride, wide, wide, colStride, 1);
}

/** All elements, row-major, band after band; each is the caller's. @throws TensorFileError */
export async function* readBands(whole: StoredTensor, most = 1 << 20): AsyncGenerator<FileElements> {
  const tensor = collapsed(whole);
  const { shape } = asNumbers(tensor);
  if (shape.includes(0)) return;
  const last = shape.length - 1;
  if (last < 0) yield await readMatrix(tensor, [], null, null);
  if (last < 0) return;
  // Several rows at once, and of very long rows one part after the other.
  const wide = shape[last]!;
  const rowDim = last > 0 ? last - 1 : null;
  const index = shape.map(() => 0);
  const outer = shape.slice(0, Math.max(0, last - 1));
  const step = Math.max(1, Math.floor(most / wide));
  for (let more = true; more; more = advance(index, outer)) {
    for (let row = 0; row < (rowDim === null ? 1 : shape[rowDim]!); row += step) {
      const rows = rowDim === null ? null : { dim: rowDim, start: row, size: Math.min(step, shape[rowDim]! - row) };
      for (let col = 0; col < wide; col += most) yield await readMatrix(tensor, index, rows, { dim: last, start: col, size: Math.min(most, wide - col) });
    }
  }
}

/**
 * Elements from all over a tensor, in the order in which they lie: runs of neighbours, so that few places are read.
 *
 * @param places how many @throws TensorFileError
 */
export async function readSample(whole: StoredTensor, places: number, length: number): Promise<FileElements> {
  const tensor = collapsed(whole);
  const { shape, dtype } = asNumbers(tensor);
  const count = numelOf(shape);
  const last = shape.length - 1;
  if (count <= places * length || last < 0) return readAll(whole, Math.max(1, places * length));
  const run = Math.min(length, shape[last]!);
  const sample = allocateElements(dtype, places * run);
  for (let place = 0; place < places; place++) {
    let rest = Math.floor((place * count) / places);
    const index = shape.map(() => 0);
    for (let dim = last; dim >= 0; dim--) [index[dim], rest] = [rest % shape[dim]!, Math.floor(rest / shape[dim]!)];
    const start = Math.min(index[last]!, shape[last]! - run);
    sample.set(await readMatrix(tensor, index, null, { dim: last, start, size: run }), place * run);
  }
  return sample;
}

/** All elements, row-major. @throws TensorFileError where there are more than `most` */
export async function readAll(tensor: StoredTensor, most: number): Promise<FileElements> {
  const { shape, dtype } = asNumbers(tensor);
  const count = numelOf(shape);
  if (count > most) throw new TensorFileError(`${tensor.name} has ${count} elements; at most ${most} are read at once`);
  const all = allocateElements(dtype, count);
  let at = 0;
  for await (const band of readBands(tensor)) {
    all.set(band, at);
    at += band.length;
  }
  return all;
}

/** The same elements in the same order with as few dims as possible: those that lie one after the other are one. */
function collapsed(tensor: StoredTensor): StoredTensor {
  const shape: number[] = [];
  const strides: number[] = [];
  tensor.shape.forEach((size, dim) => {
    const stride = tensor.strides[dim]!;
    const last = shape.length - 1;
    if (size === 1) return;
    if (last >= 0 && strides[last] === stride * size) [shape[last], strides[last]] = [shape[last]! * size, stride];
    else [shape[last + 1], strides[last + 1]] = [size, stride];
  });
  return { ...tensor, shape, strides };
}

/** The next index over the first dims; false behind the last one. */
function advance(index: number[], outer: readonly number[]): boolean {
  for (let dim = outer.length - 1; dim >= 0; dim--) {
    index[dim]!++;
    if (index[dim]! < outer[dim]!) return true;
    index[dim] = 0;
  }
  return false;
}

function checkIndex(shape: readonly number[], index: readonly number[], rows: Run | null, cols: Run | null): void {
  const fits = (start: number, size: number, extent: number): boolean => Number.isInteger(start) && Number.isInteger(size) && start >= 0 && size >= 0 && start + size <= extent;
  const runs = [rows, cols].filter((run) => run !== null);
  const isRight = index.length === shape.length && (!rows || rows.dim !== cols?.dim)
    && runs.every(({ dim, start, size, step = 1 }) => dim in shape && Number.isInteger(step) && step > 0 && fits(start, size === 0 ? 0 : (size - 1) * step + 1, shape[dim]!))
    && index.every((at, dim) => runs.some((run) => run.dim === dim) || fits(at, 1, shape[dim]!));
  if (!isRight) throw new TensorFileError(`there is no such part of a tensor of shape (${shape.join(', ')})`);
}

class Cut {
  constructor(private readonly source: ByteSource, private readonly dtype: FileDtype, private readonly width: number, private readonly littleEndian: boolean, private readonly target: FileElements | WideIntegers) {}

  /** `count` lines of `length` elements each: how far apart in the file (in bytes), how far apart in the target. */
  async lines(start: number, count: number, stride: number, step: number, length: number, innerStride: number, innerStep: number): Promise<void> {
    const span = (length - 1) * innerStride + this.width;
    // Lines that follow each other are read together.
    const together = stride >= 0 && stride <= 2 * span && span <= PIECE ? Math.max(1, Math.floor((PIECE - span) / Math.max(1, stride)) + 1) : 1;
    for (let line = 0; line < count; line += together) {
      const some = Math.min(together, count - line);
      const at = start + line * stride;
      if (innerStride > FAR || span > PIECE) await this.line(at, length, innerStride, line * step, innerStep);
      else {
        const bytes = await this.source.read(at, (some - 1) * stride + span);
        for (let i = 0; i < some; i++) this.decode(bytes, i * stride, innerStride, (line + i) * step, innerStep, length);
      }
    }
  }

  /** A line that is too long, or whose elements lie too far apart, to be read at once. */
  private async line(start: number, length: number, stride: number, to: number, step: number): Promise<void> {
    const most = stride > FAR ? 1 : Math.max(1, Math.floor(PIECE / Math.max(1, stride)));
    for (let i = 0; i < length; i += most) {
      const some = Math.min(most, length - i);
      this.decode(await this.source.read(start + i * stride, (some - 1) * stride + this.width), 0, stride, to + i * step, step, some);
    }
  }

  private decode(bytes: Uint8Array, at: number, stride: number, to: number, step: number, count: number): void {
    const { target, littleEndian } = this;
    if (target instanceof BigInt64Array || target instanceof BigUint64Array) decodeWide(bytes, at, stride, littleEndian, target, to, step, count);
    else decode(this.dtype, bytes, at, stride, littleEndian, target, to, step, count);
  }
}
