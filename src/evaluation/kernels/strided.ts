/**
 * Everything that only moves elements is a strided view of the operand: permuting, expanding, slicing, flipping,
 * `as_strided` itself. Floats take the backend's own operation where there is one; the copy here serves all the rest.
 */
import * as tf from '@tensorflow/tfjs-core';
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import { numelOf, stridesOf, Value } from '../value';
import { copyRun, copyView, layColumns } from '../copying';
import { compute, MAX_BACKEND_RANK, movesOnBackend } from './kernel';

/** Where each element of a strided view lies in its storage, in row-major order. Strides may be negative or 0. */
export function forEachStrided(shape: readonly number[], strides: readonly number[], offset: number, visit: (from: number, to: number) => void): void {
  const count = numelOf(shape);
  if (count === 0) return;
  const rank = shape.length;
  if (rank === 0) return visit(offset, 0);
  const inner = shape[rank - 1] as number;
  const step = strides[rank - 1] as number;
  const index = new Array<number>(rank).fill(0);
  let from = offset;
  for (let to = 0; to < count;) {
    for (let i = 0, at = from; i < inner; i++, at += step) visit(at, to++);
    for (let dim = rank - 2; dim >= 0; dim--) {
      from += strides[dim] as number;
      if (++(index[dim] as number) < (shape[dim] as number)) break;
      from -= (shape[dim] as number) * (strides[dim] as number);
      index[dim] = 0;
    }
  }
}

/** A contiguous copy of a strided view. @throws EvaluationError where the view reaches outside of the storage */
export function copyStrided(value: Value, shape: readonly number[], strides: readonly number[], offset: number): Value {
  checkBounds(value.numel, shape, strides, offset);
  const source = value.host();
  const result: Elements = allocate(value.dtype, numelOf(shape));
  if (result.length > 0) copyView(source, result, shape, strides, offset);
  return Value.of(result, shape, value.dtype);
}

export function checkBounds(count: number, shape: readonly number[], strides: readonly number[], offset: number): void {
  if (numelOf(shape) === 0) return;
  let low = offset;
  let high = offset;
  shape.forEach((size, dim) => {
    const reach = (size - 1) * (strides[dim] as number);
    if (reach < 0) low += reach; else high += reach;
  });
  if (low < 0 || high >= count) {
    throw new EvaluationError('index-out-of-range', `a view of size (${shape.join(', ')}), stride (${strides.join(', ')}) and offset ${offset} needs elements ${low} to ${high} of a storage of ${count}`);
  }
}

export function permute(value: Value, dims: readonly number[]): Value {
  const shape = dims.map((dim) => value.shape[dim] as number);
  const { shape: merged, order } = mergeDims(value.shape, dims);
  if (order.every((dim, i) => dim === i)) return value.reshaped(shape);
  const rows = value.pickedRows;
  // Rows of a table that only change places with their columns, as those of a table of biases, are not laid out in between.
  if (rows && merged.length === 2 && merged[0] === rows.starts.length) return Value.of(layColumns(rows), shape, value.dtype);
  if (movesOnBackend(value) && merged.length <= MAX_BACKEND_RANK) {
    return compute(shape, value.dtype, () => tf.transpose(value.tensor(merged), order));
  }
  const strides = stridesOf(value.shape);
  return copyStrided(value, shape, dims.map((dim) => strides[dim] as number), 0);
}

/** Dims that stay neighbours in the same order move as one; dims of size 1 do not move at all. */
function mergeDims(shape: readonly number[], dims: readonly number[]): { shape: number[]; order: number[] } {
  const groups: number[][] = [];
  for (const dim of dims) {
    if (shape[dim] === 1) continue;
    const last = groups.at(-1);
    const previous = last?.at(-1);
    const between = previous === undefined ? [] : shape.slice(previous + 1, dim);
    if (last && previous !== undefined && dim > previous && between.every((size) => size === 1)) last.push(dim);
    else groups.push([dim]);
  }
  const sorted = [...groups].sort((a, b) => (a[0] as number) - (b[0] as number));
  return {
    shape: sorted.map((group) => group.reduce((product, dim) => product * (shape[dim] as number), 1)),
    order: groups.map((group) => sorted.indexOf(group)),
  };
}

/** Broadcast to a shape, as numpy's rules say; the shape is known to fit. */
export function expandTo(value: Value, shape: readonly number[]): Value {
  if (value.numel === numelOf(shape)) return value.reshaped(shape);
  const lead = shape.length - value.shape.length;
  if (lead < 0) throw new EvaluationError('invalid-argument', `shape (${value.shape.join(', ')}) does not expand to (${shape.join(', ')})`);
  const own = stridesOf(value.shape);
  const strides = shape.map((size, dim) => {
    const extent = dim < lead ? 1 : value.shape[dim - lead] as number;
    if (extent === size) return dim < lead ? 0 : own[dim - lead] as number;
    if (extent === 1) return 0;
    throw new EvaluationError('invalid-argument', `shape (${value.shape.join(', ')}) does not expand to (${shape.join(', ')})`);
  });
  if (movesOnBackend(value) && numelOf(shape) > 0 && shape.length <= MAX_BACKEND_RANK) {
    return compute(shape, value.dtype, () => tf.broadcastTo(value.tensor(), shape as number[]));
  }
  return copyStrided(value, shape, strides, 0);
}

/** One slice a dim: start, size, step (which may be negative). */
export interface DimSlice { readonly start: number; readonly size: number; readonly step: number }

export function slice(value: Value, dims: readonly DimSlice[]): Value {
  const shape = dims.map(({ size }) => size);
  if (dims.every(({ start, size, step }, dim) => start === 0 && step === 1 && size === value.shape[dim])) return value.reshaped(value.shape);
  if (movesOnBackend(value) && numelOf(shape) > 0 && shape.length <= MAX_BACKEND_RANK && dims.every(({ step }) => step === 1)) {
    return compute(shape, value.dtype, () => tf.slice(value.tensor(), dims.map(({ start }) => start), shape));
  }
  const strides = stridesOf(value.shape);
  const offset = dims.reduce((sum, { start }, dim) => sum + start * (strides[dim] as number), 0);
  return copyStrided(value, shape, dims.map(({ step }, dim) => step * (strides[dim] as number)), offset);
}

/** The part of one dim. */
export function narrow(value: Value, dim: number, start: number, size: number): Value {
  return slice(value, value.shape.map((extent, i) => (i === dim ? { start, size, step: 1 } : { start: 0, size: extent, step: 1 })));
}

/** Joins along a dim; all operands have the same dtype. */
export function concatenate(values: readonly Value[], dim: number, shape: readonly number[]): Value {
  const first = values[0] as Value;
  const outer = numelOf(shape.slice(0, dim));
  const inner = numelOf(shape.slice(dim + 1));
  const parts = values.filter((value) => value.numel > 0);
  if (parts.length === 1 && (parts[0] as Value).numel === numelOf(shape)) return (parts[0] as Value).reshaped(shape);
  if (parts.length > 0 && movesOnBackend(...parts)) {
    return compute(shape, first.dtype, () => tf.concat(parts.map((value) => value.tensor([outer, value.numel / outer])), 1));
  }
  const result = allocate(first.dtype, numelOf(shape));
  let at = 0;
  const row = (shape[dim] as number) * inner;
  for (const value of parts) {
    const source = value.host();
    const width = value.numel / outer;
    for (let i = 0; i < outer; i++) copyRun(source, i * width, result, i * row + at, width);
    at += width;
  }
  return Value.of(result, shape, first.dtype);
}
