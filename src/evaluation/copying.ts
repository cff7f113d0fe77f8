/** Copies of strided views, in loops that keep to neighbouring memory. */
import type { Elements } from './messages';

/** So many columns at a time: what a column reads is then still in the processor's cache when the next row reads beside it. */
const BLOCK = 64;
/** Rows of so many neighbours are copied by the engine at once; shorter ones faster here. */
const LONG = 64;

/** Places in a source. */
export type Starts = Int32Array | Float64Array;

export function makeStarts(count: number, sourceLength: number): Starts {
  return sourceLength < 2 ** 31 ? new Int32Array(count) : new Float64Array(count);
}

/** Fills `result` with the elements that a view of `source` has, in row-major order. The view lies within its source, and is not empty. */
export function copyView(source: Elements, result: Elements, shape: readonly number[], strides: readonly number[], offset: number): void {
  const view = merged(shape, strides);
  const rank = view.shape.length;
  const columns = view.shape[rank - 1] ?? 1;
  const step = view.strides[rank - 1] ?? 1;
  // The dim whose neighbours lie nearest in the source turns together with the last.
  const near = step === 1 ? rank - 2 : nearest(view.strides.slice(0, -1));
  const rows = view.shape[near] ?? 1;
  const rowStride = view.strides[near] ?? 0;
  const into = resultStrides(view.shape);
  const starts = makeStarts(step === 1 ? 0 : columns, source.length);
  for (let i = 0; i < starts.length; i++) starts[i] = i * step;
  const outer = view.shape.map((_, dim) => dim).filter((dim) => dim !== near && dim !== rank - 1);
  forEachOffset(outer.map((dim) => view.shape[dim]!), outer.map((dim) => view.strides[dim]!), outer.map((dim) => into[dim]!), offset, (from, to) => {
    if (step === 1) copyRows(source, result, from, to, rows, columns, rowStride, into[near] ?? 0);
    else if (source instanceof Float32Array && result instanceof Float32Array) copyFloatPlane(source, starts, rowStride, result, rows, from, to, into[near] ?? 0);
    else copyPlane(source, starts, rowStride, result, rows, from, to, into[near] ?? 0);
  });
}

/** Without dims of size 1, and with those dims as one that lie in the source as they do in the result. */
function merged(shape: readonly number[], strides: readonly number[]): { readonly shape: number[]; readonly strides: number[] } {
  const result = { shape: [] as number[], strides: [] as number[] };
  for (let dim = 0; dim < shape.length; dim++) {
    const [size, stride] = [shape[dim]!, strides[dim]!];
    if (size === 1) continue;
    const last = result.shape.length - 1;
    if (last >= 0 && result.strides[last] === size * stride) {
      result.shape[last]! *= size;
      result.strides[last] = stride;
    } else {
      result.shape.push(size);
      result.strides.push(stride);
    }
  }
  return result;
}

function nearest(strides: readonly number[]): number {
  let found = strides.length - 1;
  strides.forEach((stride, dim) => { if (Math.abs(stride) < Math.abs(strides[found]!)) found = dim; });
  return found;
}

function resultStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let dim = shape.length - 1, stride = 1; dim >= 0; dim--) {
    strides[dim] = stride;
    stride *= shape[dim]!;
  }
  return strides;
}

function forEachOffset(shape: readonly number[], strides: readonly number[], into: readonly number[], offset: number, visit: (from: number, to: number) => void): void {
  const index = shape.map(() => 0);
  for (let from = offset, to = 0, dim = 0; dim >= 0;) {
    visit(from, to);
    for (dim = shape.length - 1; dim >= 0; dim--) {
      from += strides[dim]!;
      to += into[dim]!;
      if (++index[dim]! < shape[dim]!) break;
      from -= shape[dim]! * strides[dim]!;
      to -= shape[dim]! * into[dim]!;
      index[dim] = 0;
    }
  }
}

function copyRows(source: Elements, result: Elements, from: number, to: number, rows: number, columns: number, rowStride: number, into: number): void {
  for (let i = 0; i < rows; i++, from += rowStride, to += into) copyRun(source, from, result, to, columns);
}

/** Neighbouring elements. */
export function copyRun(source: Elements, from: number, result: Elements, to: number, count: number): void {
  if (count >= LONG) result.set(source.subarray(from, from + count), to);
  else for (let i = 0; i < count; i++) result[to + i] = source[from + i]!;
}

/** Rows of the result whose columns begin at `starts` in the source; a row reads `rowStride` further than the one before it. */
function copyPlane(source: Elements, starts: Starts, rowStride: number, result: Elements, rows: number, from: number, to: number, into: number): void {
  for (let row = 0; row < rows; row++) for (let j = 0; j < starts.length; j++) result[to + row * into + j] = source[from + row * rowStride + starts[j]!]!;
}

/**
 * The same, four rows at a time: what they read of a column are neighbours where `rowStride` is 1, as it is when a matrix
 * is transposed. For floats only: a loop that has seen one kind of array is twice as fast as one that has seen several.
 */
function copyFloatPlane(source: Float32Array, starts: Starts, rowStride: number, result: Float32Array, rows: number, from = 0, to = 0, into = starts.length): void {
  for (let start = 0; start < starts.length; start += BLOCK) {
    const end = Math.min(starts.length, start + BLOCK);
    for (let row = 0; row < rows; row += 4) {
      const first = from + row * rowStride;
      const a = to + row * into;
      // Where fewer rows are left, the last is copied again.
      const left = rows - 1 - row;
      const second = Math.min(1, left);
      const third = Math.min(2, left);
      const fourth = Math.min(3, left);
      const b = a + second * into;
      const c = a + third * into;
      const d = a + fourth * into;
      for (let j = start; j < end; j++) {
        const at = first + starts[j]!;
        result[a + j] = source[at]!;
        result[b + j] = source[at + second * rowStride]!;
        result[c + j] = source[at + third * rowStride]!;
        result[d + j] = source[at + fourth * rowStride]!;
      }
    }
  }
}

/** The rows one after the other. */
export function layRows({ table, starts, width }: TableRows): Float32Array {
  const result = new Float32Array(starts.length * width);
  if (width >= LONG) starts.forEach((from, i) => result.set(table.subarray(from, from + width), i * width));
  else {
    for (let i = 0, to = 0; i < starts.length; i++) {
      for (let from = starts[i]!, end = from + width; from < end; from++, to++) result[to] = table[from]!;
    }
  }
  return result;
}

/** The columns of the same rows one after the other. */
export function layColumns({ table, starts, width }: TableRows): Float32Array {
  const result = new Float32Array(starts.length * width);
  copyFloatPlane(table, starts, 1, result, width);
  return result;
}

/** Rows picked from a table of floats: where each begins, and its length. */
export interface TableRows { readonly table: Float32Array; readonly starts: Starts; readonly width: number }
