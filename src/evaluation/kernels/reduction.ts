/** Sums, extremes and the like over dims. https://docs.pytorch.org/docs/stable/torch.html#reduction-ops */
import * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../../shapes/values/dtype';
import { EXACT, isFloat } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import type { Value } from '../value';
import { numelOf } from '../value';
import { dimOf, type Arguments } from './arguments';
import { ARITHMETIC } from './arithmetic';
import { compute, fill, onBackend, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { matrixNormKernel, orderOf } from './linearAlgebra';
import { permute } from './strided';

/** WebAssembly adds one by one in single precision: over longer rows its error shows. Doubles are added here. */
const MAX_BACKEND_SUM = 256;

/** The operand with the reduced dims last and merged: rows to be reduced, one an element of the result. */
export interface Rows { readonly input: Value; readonly rows: number; readonly length: number }

/** No dims given (or an empty list) means all. */
export function rowsOf({ args }: KernelCall, dtype: Dtype | null): Rows {
  const whole = args.tensor('input', 'self', 'A', 'x');
  const input = dtype === null ? whole : whole.to(dtype);
  const rank = input.shape.length;
  const given = args.optionalInts('dim', 'axis');
  const all = input.shape.map((_, dim) => dim);
  const dims = given === null || given.length === 0 ? all : given.map((dim) => dimOf(dim, rank)).filter((dim) => dim < rank);
  const kept = all.filter((dim) => !dims.includes(dim));
  const rows = numelOf(kept.map((dim) => input.shape[dim] as number));
  const length = numelOf(dims.map((dim) => input.shape[dim] as number));
  return { input: permute(input, [...kept, ...all.filter((dim) => dims.includes(dim))]), rows, length };
}

/** Each row's elements to one number. */
export function reduceRows({ input, rows, length }: Rows, shape: readonly number[], dtype: Dtype, reduce: (row: Elements) => number): Value {
  const source = input.host();
  if (rows !== numelOf(shape)) throw new EvaluationError('internal', `${rows} rows are reduced, but the result has shape (${shape.join(', ')})`);
  return fill(shape, dtype, (row) => reduce(source.subarray(row * length, (row + 1) * length)));
}

function fold(row: Elements, step: (result: number, x: number) => number, start: number): number {
  let result = start;
  for (const x of row) result = step(result, x);
  return result;
}

export const total = (row: Elements): number => fold(row, (sum, x) => sum + x, 0);

/** Of integers; a partial sum that is not exact cannot be mended by a later one. */
function exactTotal(row: Elements): number {
  return fold(row, (sum, x) => {
    if (Math.abs(sum + x) > EXACT) throw new EvaluationError('beyond-2^53', 'a sum of integers is beyond 2^53, where they are not exact here');
    return sum + x;
  }, 0);
}

/** https://docs.pytorch.org/docs/stable/generated/torch.sum.html (of bools and integers: int64) */
const sum: Kernel = (call) => {
  const rows = rowsOf(call, call.dtype);
  if (onBackend(rows.input) && numelOf(call.shape) > 0 && rows.length <= MAX_BACKEND_SUM) {
    return compute(call.shape, call.dtype, () => tf.sum(rows.input.tensor([rows.rows, rows.length]), 1));
  }
  return reduceRows(rows, call.shape, call.dtype, isFloat(call.dtype) ? total : exactTotal);
};

const mean: Kernel = (call) => {
  const rows = rowsOf(call, call.dtype);
  if (onBackend(rows.input) && numelOf(call.shape) > 0 && rows.length <= MAX_BACKEND_SUM) {
    return compute(call.shape, call.dtype, () => tf.mean(rows.input.tensor([rows.rows, rows.length]), 1));
  }
  return reduceRows(rows, call.shape, call.dtype, (row) => total(row) / row.length);
};

const simple = (reduce: (row: Elements) => number, dtype: 'input' | 'output' = 'output'): Kernel => (call) =>
  reduceRows(rowsOf(call, dtype === 'output' ? call.dtype : null), call.shape, call.dtype, reduce);

const product = (row: Elements): number => fold(row, (result, x) => result * x, 1);

/** Where the greatest element is, the first of equal ones; NaN counts as greatest and as smallest. */
export function positionOf(row: Elements, better: (x: number, y: number) => boolean): number {
  if (row.length === 0) throw new EvaluationError('invalid-argument', 'an extreme of no elements is not defined; give a dim that is not empty');
  let best = 0;
  for (let i = 0; i < row.length; i++) {
    const x = row[i] as number;
    if (Number.isNaN(x)) return i;
    if (better(x, row[best] as number)) best = i;
  }
  return best;
}
const greater = (x: number, y: number): boolean => x > y;
const less = (x: number, y: number): boolean => x < y;

/** `max(input)`, `max(input, dim)` with positions, `max(input, other)`. https://docs.pytorch.org/docs/stable/generated/torch.max.html */
const extreme = (better: (x: number, y: number) => boolean, pairwise: Kernel): Kernel => (call) => {
  if (call.args.isTensor('other')) return pairwise(call);
  const rows = rowsOf(call, null);
  const values = reduceRows(rows, call.shape, call.dtype, (row) => row[positionOf(row, better)] as number);
  if (call.outputs.length === 1) return values;
  return [values, reduceRows(rows, call.shape, 'int64', (row) => positionOf(row, better))];
};

const argExtreme = (better: (x: number, y: number) => boolean): Kernel => (call) =>
  reduceRows(rowsOf(call, null), call.shape, call.dtype, (row) => positionOf(row, better));

/** Spread with `correction` (1: unbiased). https://docs.pytorch.org/docs/stable/generated/torch.var.html */
const variance = (finish: (x: number) => number): Kernel => (call) => {
  const { args } = call;
  const correction = args.has('correction') ? args.number('correction') : args.has('unbiased') ? Number(args.bool('unbiased')) : 1;
  const rows = rowsOf(call, null);
  const spread = (row: Elements): number => {
    const middle = total(row) / row.length;
    let squares = 0;
    for (const x of row) squares += (x - middle) ** 2;
    return finish(squares / Math.max(0, row.length - correction));
  };
  const result = reduceRows(rows, call.shape, call.dtype, spread);
  return call.outputs.length === 1 ? result : [result, reduceRows(rows, call.shape, call.dtype, (row) => total(row) / row.length)];
};

function logSumExp(row: Elements): number {
  let max = -Infinity;
  for (const x of row) max = Math.max(max, x);
  if (!Number.isFinite(max)) return max;
  let sum = 0;
  for (const x of row) sum += Math.exp(x - max);
  return max + Math.log(sum);
}

/** https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html */
const vectorNorm = (order: number): Kernel => (call) => reduceRows(rowsOf(call, call.dtype), call.shape, call.dtype, (row) => {
  if (order === Infinity) return fold(row, (max, x) => Math.max(max, Math.abs(x)), 0);
  if (order === -Infinity) return fold(row, (min, x) => Math.min(min, Math.abs(x)), Infinity);
  if (order === 0) return fold(row, (count, x) => count + Number(x !== 0), 0);
  if (order === 2) return Math.sqrt(fold(row, (sum, x) => sum + x * x, 0));
  return fold(row, (sum, x) => sum + Math.abs(x) ** order, 0) ** (1 / order);
});

/** `torch.norm` is a vector's norm whatever the rank, but for the names of two matrix norms. */
const norm: Kernel = (call) => {
  const order = orderOf(call, 'p', 2);
  if (order === 'nuc') return matrixNormKernel({ ...call, args: renamed(call.args, 'p', 'ord') });
  return vectorNorm(order === 'fro' ? 2 : Number(order))(call);
};

/** Of two dims (or all of a matrix, where an order is given) a matrix norm. https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html */
const linalgNorm: Kernel = (call) => {
  const { args } = call;
  const dims = args.optionalInts('dim');
  const isMatrix = dims === null ? args.has('ord') && args.tensor('A').shape.length === 2 : dims.length === 2;
  return isMatrix ? matrixNormKernel(call) : vectorNorm(Number(orderOf(call, 'ord', 2)))(call);
};

function renamed(args: Arguments, from: string, to: string): Arguments {
  const view = Object.create(args) as Arguments;
  const name = (given: string): string => (given === to ? from : given);
  view.raw = (...names) => args.raw(...names.map(name));
  view.number = (given, otherwise) => args.number(name(given), otherwise);
  return view;
}

const countNonzero = simple((row) => fold(row, (count, x) => count + Number(x !== 0), 0), 'input');
const any = simple((row) => Number(row.some((x: number) => x !== 0)), 'input');
const all = simple((row) => Number(row.every((x: number) => x !== 0)), 'input');

export const REDUCTION: KernelTable = {
  'torch.sum': sum, 'torch.mean': mean, 'torch.prod': simple(product),
  'torch.nansum': simple((row) => fold(row, (result, x) => result + (Number.isNaN(x) ? 0 : x), 0)),
  'torch.max': extreme(greater, ARITHMETIC['torch.maximum'] as Kernel), 'torch.min': extreme(less, ARITHMETIC['torch.minimum'] as Kernel),
  'torch.amax': extreme(greater, ARITHMETIC['torch.maximum'] as Kernel), 'torch.amin': extreme(less, ARITHMETIC['torch.minimum'] as Kernel),
  'torch.argmax': argExtreme(greater), 'torch.argmin': argExtreme(less),
  'torch.any': any, 'torch.all': all, 'torch.count_nonzero': countNonzero,
  'torch.std': variance(Math.sqrt), 'torch.var': variance((x) => x), 'torch.std_mean': variance(Math.sqrt), 'torch.var_mean': variance((x) => x),
  'torch.logsumexp': simple(logSumExp), 'torch.norm': norm, 'torch.linalg.norm': linalgNorm, 'torch.linalg.vector_norm': (call) => vectorNorm(Number(orderOf(call, 'ord', 2)))(call),
};

