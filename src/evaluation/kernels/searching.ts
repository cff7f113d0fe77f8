/** Where numbers lie among others: search in sorted rows, membership, histograms. https://docs.pytorch.org/docs/stable/torch.html */
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import { numelOf, Value } from '../value';
import type { Arguments } from './arguments';
import { asValue, fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { unravel } from './windows';

/** The first place where x may stand; behind its equals if `right`. What compares as nothing (NaN) comes last. */
function placeOf(sorted: (i: number) => number, count: number, x: number, right: boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const stays = right ? sorted(middle) > x : sorted(middle) >= x;
    if (stays) high = middle; else low = middle + 1;
  }
  return low;
}

/** In its own dtype where numbers are integers, else as floats. */
function searched(args: Arguments, name: string): Value {
  return asValue(args.operand(name), 'float32');
}

/** https://docs.pytorch.org/docs/stable/generated/torch.searchsorted.html */
const searchsorted: Kernel = ({ args, shape, dtype }) => {
  const sequence = args.tensor('sorted_sequence');
  const input = searched(args, 'input').host();
  const count = sequence.shape.at(-1) as number;
  const order = args.optionalTensor('sorter')?.host();
  const right = args.has('side') ? args.text('side', 'left') === 'right' : args.bool('right');
  const source = sequence.host();
  const inner = shape.at(-1) ?? 1;
  return fill(shape, dtype, (i) => {
    const start = sequence.shape.length === 1 ? 0 : Math.floor(i / inner) * count;
    return placeOf((k) => source[start + (order ? order[start + k] as number : k)] as number, count, input[i] as number, right);
  });
};

const bucketize: Kernel = ({ args, shape, dtype }) => {
  const boundaries = args.tensor('boundaries').host();
  const input = searched(args, 'input').host();
  const right = args.bool('right');
  return fill(shape, dtype, (i) => placeOf((k) => boundaries[k] as number, boundaries.length, input[i] as number, right));
};

const isin: Kernel = ({ args, shape }) => {
  const known = new Set(searched(args, 'test_elements').host());
  const elements = searched(args, 'elements').host();
  const wanted = !args.bool('invert');
  // A NaN equals nothing, not even itself.
  return fill(shape, 'bool', (i) => Number((known.has(elements[i] as number) && !Number.isNaN(elements[i])) === wanted));
};

/** The bin of a number between edges, the last one closed; -1 outside. */
function binOf(edges: ArrayLike<number>, x: number): number {
  const last = edges.length - 1;
  if (!(x >= (edges[0] as number) && x <= (edges[last] as number))) return -1;
  return Math.min(last - 1, placeOf((k) => edges[k] as number, edges.length, x, true) - 1);
}

function evenEdges(low: number, high: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, i) => (i < (bins + 1) / 2 ? low + i * (high - low) / bins : high - (bins - i) * (high - low) / bins));
}

/** Bounds that were given, or those of the data; where they are one, moved apart by the margin on each side. */
function boundsOf(low: number, high: number, data: ArrayLike<number>, margin: number): [number, number] {
  if (low === high && data.length > 0) {
    [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < data.length; i++) [low, high] = [Math.min(low, data[i] as number), Math.max(high, data[i] as number)];
  }
  return low === high ? [low - margin, high + margin] : [low, high];
}

/** https://docs.pytorch.org/docs/stable/generated/torch.histc.html */
const histc: Kernel = ({ args, shape, dtype }) => {
  const source = args.tensor('input').host();
  const bins = shape[0] as number;
  const [low, high] = boundsOf(args.number('min', 0), args.number('max', 0), source, 1);
  const result = allocate(dtype, bins);
  for (const x of source) {
    if (!(x >= low && x <= high)) continue;
    const bin = Math.min(bins - 1, Math.trunc((x - low) / (high - low) * bins));
    result[bin] = (result[bin] as number) + 1;
  }
  return Value.computed(result, shape, dtype);
};

/** The edges of each dim of (count, dims) data. */
function edgesOf(call: KernelCall, columns: readonly Elements[]): number[][] {
  const { args } = call;
  const raw = args.raw('bins');
  const tensors = Array.isArray(raw) && raw.some((item) => args.asTensor(item) !== null) ? args.tensors('bins') : args.isTensor('bins') ? [args.tensor('bins')] : null;
  if (tensors) return tensors.map((value) => [...value.host()]);
  const bins = args.ints('bins');
  const range = args.optionalInts('range');
  const sizes = columns.map((_, i) => bins[bins.length === 1 ? 0 : i] as number);
  return columns.map((column, i) => {
    const [low, high] = range ? [range[2 * i] as number, range[2 * i + 1] as number] : boundsOf(0, 0, column, 0.5);
    return evenEdges(low, high, sizes[i] as number).map(Math.fround);
  });
}

/** https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html */
const histogram = (isFlat: boolean): Kernel => (call) => {
  const { args, shape, dtype, outputs } = call;
  const input = args.tensor('input');
  const dims = isFlat ? 1 : input.shape.at(-1) as number;
  const source = input.host();
  const count = source.length / dims;
  const columns = Array.from({ length: dims }, (_, dim) => Float32Array.from({ length: count }, (_each, i) => source[i * dims + dim] as number));
  const edges = edgesOf(call, columns);
  const weight = args.optionalTensor('weight')?.host();
  const result = new Float64Array(numelOf(shape));
  for (let i = 0; i < count; i++) {
    const bins = columns.map((column, dim) => binOf(edges[dim] as number[], column[i] as number));
    if (bins.includes(-1)) continue;
    const at = bins.reduce((flat, bin, dim) => flat * (shape[dim] as number) + bin, 0);
    result[at] = (result[at] as number) + (weight ? weight[i] as number : 1);
  }
  if (args.bool('density')) {
    const total = result.reduce((sum, x) => sum + x, 0);
    result.forEach((x, at) => {
      const volume = unravel(at, shape).reduce((product, bin, dim) => product * (((edges[dim] as number[])[bin + 1] as number) - ((edges[dim] as number[])[bin] as number)), 1);
      result[at] = x / total / volume;
    });
  }
  return [Value.computed(allocate(dtype, result.length).map((_: number, i: number) => result[i] as number), shape, dtype),
    ...edges.map((each, i) => Value.computed(Float32Array.from(each), outputs[i + 1]?.shape ?? [each.length], dtype))];
};

/** How often each number occurs. https://docs.pytorch.org/docs/stable/generated/torch.bincount.html */
const bincount: Kernel = ({ args, shape, dtype, op }) => {
  const weights = args.optionalTensor('weights')?.host();
  const result = allocate(dtype, numelOf(shape));
  args.tensor('input').host().forEach((x: number, i: number) => {
    if (x < 0 || x >= result.length) throw new EvaluationError('index-out-of-range', `${op}: ${x} is not among 0 to ${result.length - 1}`);
    result[x] = (result[x] as number) + (weights ? weights[i] as number : 1);
  });
  return Value.computed(result, shape, dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.unravel_index.html */
const unravelIndex: Kernel = (call) => {
  const indices = call.args.tensor('indices').host();
  const size = call.args.ints('shape');
  const total = numelOf(size);
  return call.outputs.map(({ shape, dtype }, dim) => fill(shape, dtype, (i) => {
    const at = indices[i] as number;
    if (at < -total || at >= total) throw unsupported(call, `index ${at} for ${total} elements`);
    return unravel(at < 0 ? at + total : at, size)[dim] as number;
  }));
};

export const SEARCHING: KernelTable = {
  'torch.searchsorted': searchsorted, 'torch.bucketize': bucketize, 'torch.isin': isin, 'torch.histc': histc,
  'torch.histogram': histogram(true), 'torch.histogramdd': histogram(false), 'torch.bincount': bincount, 'torch.unravel_index': unravelIndex,
};
