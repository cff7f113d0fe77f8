/** Operations along one dim that keep its size: cumulative sums, sorting, softmax. */
import * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../../shapes/values/dtype';
import { allocate } from '../elements';
import type { Elements } from '../messages';
import { Value } from '../value';
import { dimOf } from './arguments';
import { compute, onBackend, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { narrow, permute } from './strided';

/** The dim moved last, and how to move it back. */
function lastDim(input: Value, dim: number): { moved: Value; back: (value: Value) => Value } {
  const rank = input.shape.length;
  const others = input.shape.map((_, i) => i).filter((i) => i !== dim);
  const order = rank === 0 ? [] : [...others, dim];
  return { moved: permute(input, order), back: (value) => permute(value, order.map((_, i) => order.indexOf(i))) };
}

/** Rows along the dim, each rewritten; several results where `write` fills several. */
function alongRows(dimGiven: number, input: Value, dtypes: readonly Dtype[], write: (row: Elements, results: readonly Elements[]) => void): Value[] {
  const dim = dimOf(dimGiven, input.shape.length);
  const { moved, back } = lastDim(input, dim);
  const length = input.shape.length === 0 ? 1 : input.shape[dim] as number;
  const source = moved.host();
  const results = dtypes.map((dtype) => allocate(dtype, source.length));
  for (let at = 0; at < source.length; at += length) {
    write(source.subarray(at, at + length), results.map((result) => result.subarray(at, at + length)));
  }
  return results.map((result, i) => back(Value.computed(result, moved.shape, dtypes[i] as Dtype)));
}

const cumulative = (operation: (x: number, y: number) => number): Kernel => (call) => {
  const input = call.args.tensor('input', 'self').to(call.dtype);
  return alongRows(call.args.int('dim'), input, [call.dtype], (row, [result]) => {
    let running = 0;
    row.forEach((x: number, i: number) => { running = i === 0 ? x : operation(running, x); (result as Elements)[i] = running; });
  });
};

/** With the position at which the running extreme was last met; NaN stays from where it appears. */
const cumulativeExtreme = (better: (x: number, y: number) => boolean): Kernel => (call) =>
  alongRows(call.args.int('dim'), call.args.tensor('input', 'self'), [call.dtype, 'int64'], (row, [values, indices]) => {
    let best = 0;
    row.forEach((x: number, i: number) => {
      if (!Number.isNaN(row[best]) && (better(x, row[best] as number) || x === row[best])) best = i;
      else if (Number.isNaN(x)) best = i;
      (values as Elements)[i] = row[best] as number;
      (indices as Elements)[i] = best;
    });
  });

/** Stable for large numbers: the running sum is held as its logarithm. */
function addLogs(x: number, y: number): number {
  const [low, high] = x < y ? [x, y] : [y, x];
  return high === -Infinity || Number.isNaN(low) || Number.isNaN(high) ? high + low : low === high && !Number.isFinite(high) ? high : high + Math.log1p(Math.exp(low - high));
}

/** NaN is greater than everything. Equal elements keep their order, as with `stable=True`. */
export function sortedPositions(row: Elements, descending: boolean): number[] {
  const order = Array.from(row, (_, i) => i);
  const rank = (x: number, y: number): number => (Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x - y || 0);
  return order.sort((i, j) => (descending ? rank(row[j] as number, row[i] as number) : rank(row[i] as number, row[j] as number)) || i - j);
}

function sorted(call: KernelCall, descending: boolean): [Value, Value] {
  const input = call.args.tensor('input', 'self');
  return alongRows(call.args.int('dim', -1), input, [input.dtype, 'int64'], (row, [values, indices]) => {
    sortedPositions(row, descending).forEach((from, to) => {
      (values as Elements)[to] = row[from] as number;
      (indices as Elements)[to] = from;
    });
  }) as [Value, Value];
}

const sort: Kernel = (call) => sorted(call, call.args.bool('descending'));
const argsort: Kernel = (call) => sorted(call, call.args.bool('descending'))[1];
const topk: Kernel = (call) => {
  const dim = dimOf(call.args.int('dim', -1), call.shape.length);
  return sorted(call, call.args.bool('largest', true)).map((value) => (value.shape.length === 0 ? value : narrow(value, dim, 0, call.args.int('k'))));
};

/** Without a dim: the first of tensors of rank 0, 1 and 3, else the second. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html */
const softmax = (log: boolean, sign = 1): Kernel => (call) => {
  const input = call.args.tensor('input', 'self').to(call.dtype);
  const rank = input.shape.length;
  const given = call.args.int('dim', rank === 0 || rank === 1 || rank === 3 ? 0 : 1);
  return softmaxOf(sign < 0 ? Value.of(input.host().map((x: number) => -x), input.shape, call.dtype) : input, given, call.dtype, log);
};

function hostLogSoftmax(row: Elements, result: Elements): void {
  let max = -Infinity;
  for (const x of row) max = Math.max(max, x);
  let sum = 0;
  for (const x of row) sum += Math.exp(x - max);
  row.forEach((x: number, i: number) => { result[i] = x - max - Math.log(sum); });
}

function hostSoftmax(row: Elements, result: Elements): void {
  hostLogSoftmax(row, result);
  result.forEach((x: number, i: number) => { result[i] = Math.exp(x); });
}

/** Along a dim; `log` gives the logarithms. */
export function softmaxOf(input: Value, dim: number, dtype: Dtype, log = false): Value {
  if (!onBackend(input)) return alongRows(dim, input, [dtype], (row, [result]) => (log ? hostLogSoftmax : hostSoftmax)(row, result as Elements))[0] as Value;
  const { moved, back } = lastDim(input, dimOf(dim, input.shape.length));
  const length = moved.shape.at(-1) ?? 1;
  return back(compute(moved.shape, dtype, () => (log ? tf.logSoftmax : tf.softmax)(moved.tensor([moved.numel / length, length]), -1)));
}

const softmaxKernel = softmax(false);
const logSoftmaxKernel = softmax(true);

export const ALONG: KernelTable = {
  'torch.cumsum': cumulative((x, y) => x + y),
  'torch.cumprod': cumulative((x, y) => x * y),
  'torch.cummax': cumulativeExtreme((x, y) => x > y),
  'torch.cummin': cumulativeExtreme((x, y) => x < y),
  'torch.logcumsumexp': cumulative(addLogs),
  'torch.sort': sort, 'torch.msort': (call) => alongRows(0, call.args.tensor('input'), [call.dtype], (row, [result]) => sortedPositions(row, false).forEach((from, to) => { (result as Elements)[to] = row[from] as number; }))[0] as Value, 'torch.argsort': argsort, 'torch.topk': topk,
  'torch.softmax': softmaxKernel, 'torch.nn.functional.softmax': softmaxKernel,
  'torch.log_softmax': logSoftmaxKernel, 'torch.nn.functional.log_softmax': logSoftmaxKernel,
  'torch.nn.functional.softmin': softmax(false, -1),
};
