/** Writes that combine what meets in one place, and bags of embeddings. https://docs.pytorch.org/docs/stable/generated/torch.scatter_reduce.html */
import { allocate, isFloat } from '../elements';
import type { Elements } from '../messages';
import { numelOf, stridesOf, Value } from '../value';
import { dimOf } from './arguments';
import { hostExpanded } from './broadcast';
import { forEachAlong, withLimitedRows, written } from './indexing';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { copyStrided, slice } from './strided';
import { wrapIndex } from './subscript';

const COMBINE: Readonly<Record<string, (x: number, y: number) => number>> = {
  sum: (x, y) => x + y, mean: (x, y) => x + y, prod: (x, y) => x * y,
  amax: (x, y) => Math.max(x, y), amin: (x, y) => Math.min(x, y),
};

/** Puts values into places of a copy; `include_self` says whether what is there takes part. */
function reduceInto(call: KernelCall, base: Value, visit: (put: (at: number, x: number) => void) => void): Value {
  const { args } = call;
  const name = args.text('reduce', '');
  const combine = COMBINE[name];
  if (!combine) throw unsupported(call, `reduce='${name}'`);
  const includesSelf = args.bool('include_self', true);
  return written(base, (result) => {
    const counts = new Float64Array(result.length).fill(Number(includesSelf));
    const touched = new Uint8Array(result.length);
    visit((at, x) => {
      result[at] = touched[at] === 0 && !includesSelf ? x : combine(result[at] as number, x);
      touched[at] = 1;
      counts[at] = (counts[at] as number) + 1;
    });
    if (name !== 'mean') return;
    touched.forEach((is, at) => {
      if (is === 0) return;
      const mean = (result[at] as number) / (counts[at] as number);
      result[at] = isFloat(base.dtype) ? mean : Math.floor(mean);
    });
  });
}

const scatterReduce: Kernel = (call) => {
  const { args } = call;
  const input = args.tensor('input');
  const index = args.tensor('index');
  const source = args.tensor('src');
  const elements = source.shape.length === 0 ? source.host() : slice(source, index.shape.map((size) => ({ start: 0, size, step: 1 }))).host();
  return reduceInto(call, input, (put) => forEachAlong(index, input.shape, dimOf(args.int('dim'), input.shape.length), (at, i) => put(at, elements[i] as number)));
};

const indexReduce: Kernel = (call) => {
  const { args } = call;
  const input = args.tensor('input');
  const dim = dimOf(args.int('dim'), input.shape.length);
  const rows = args.tensor('index').host();
  const source = args.tensor('source');
  const inner = numelOf(source.shape.slice(dim + 1));
  // A tensor of 0 dims counts as one of a single element.
  const size = input.shape[dim] ?? 1;
  return reduceInto(call, input, (put) => source.host().forEach((x: number, i: number) => {
    const outer = Math.floor(i / (inner * rows.length));
    put((outer * size + wrapIndex(rows[Math.floor(i / inner) % rows.length] as number, size, dim)) * inner + i % inner, x);
  }));
};

/** Into places of the flattened operand. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put_.html */
const put: Kernel = ({ args }) => {
  const input = args.tensor('input');
  const index = args.tensor('index').host();
  const source = args.tensor('source').host();
  const accumulate = args.bool('accumulate');
  return written(input, (result) => index.forEach((given: number, i: number) => {
    const at = wrapIndex(given, result.length, 0);
    result[at] = (accumulate ? result[at] as number : 0) + (source[i] as number);
  }));
};

/** The source's elements, in order, wherever the mask is True. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_scatter_.html */
const maskedScatter: Kernel = (call) => {
  const { args, shape, dtype } = call;
  const mask = hostExpanded(args.tensor('mask'), 'bool', shape);
  const source = args.tensor('source').host();
  const result = hostExpanded(args.tensor('input'), dtype, shape).slice();
  let next = 0;
  mask.forEach((is: number, at: number) => {
    if (is === 0) return;
    if (next >= source.length) throw unsupported(call, `${source.length} elements for more places than that`);
    result[at] = source[next++] as number;
  });
  return Value.of(result, shape, dtype);
};

/** A diagonal replaced. https://docs.pytorch.org/docs/stable/generated/torch.diagonal_scatter.html */
const diagonalScatter: Kernel = ({ args }) => {
  const input = args.tensor('input');
  const rank = input.shape.length;
  const [first, second] = [dimOf(args.int('dim1', 0), rank), dimOf(args.int('dim2', 1), rank)];
  const offset = args.int('offset', 0);
  const strides = stridesOf(input.shape);
  const kept = [...strides.keys()].filter((dim) => dim !== first && dim !== second);
  const source = args.tensor('src').to(input.dtype);
  const start = offset >= 0 ? offset * (strides[second] as number) : -offset * (strides[first] as number);
  const places = copyStrided(Value.of(Float64Array.from({ length: input.numel }, (_, i) => i), [input.numel], 'int64'), source.shape,
    [...kept.map((dim) => strides[dim] as number), (strides[first] as number) + (strides[second] as number)], start).host();
  return written(input, (result) => places.forEach((at: number, i: number) => { result[at] = source.host()[i] as number; }));
};

/** With `wrap`, a tall matrix begins its diagonal anew after each square. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_diagonal_.html */
const fillDiagonal: Kernel = ({ args }) => {
  const input = args.tensor('input');
  const columns = input.shape.at(-1) as number;
  const step = stridesOf(input.shape).reduce((sum, stride) => sum + stride, 0);
  const value = args.number('fill_value');
  const wraps = args.bool('wrap') && input.shape.length === 2;
  return written(input, (result) => {
    const end = wraps ? result.length : Math.min(result.length, step * Math.min(...input.shape));
    for (let at = 0; at < end; at += wraps ? columns + 1 : step) result[at] = value;
  });
};

/** Rows of a table, bag by bag to one. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding_bag.html */
const embeddingBag: Kernel = (call) => {
  const { args, dtype, shape } = call;
  const weight = withLimitedRows(args.tensor('weight'), args);
  const [rows, width] = weight.shape as [number, number];
  const table = weight.host();
  const input = args.tensor('input');
  const indices = input.host();
  const samples = args.optionalTensor('per_sample_weights')?.host();
  const ignored = args.optionalInt('padding_idx');
  const mode = args.text('mode', 'mean');
  const starts = startsOf(call, input);
  const result = allocate(dtype, numelOf(shape));
  for (let bag = 0; bag < (shape[0] as number); bag++) {
    const members = [];
    for (let i = starts[bag] as number; i < (starts[bag + 1] as number); i++) {
      const row = wrapIndex(indices[i] as number, rows, 0);
      if (ignored === null || row !== wrapIndex(ignored, rows, 0)) members.push({ row, by: samples ? samples[i] as number : 1 });
    }
    for (let column = 0; column < width; column++) result[bag * width + column] = bagged(members.map(({ row, by }) => (table[row * width + column] as number) * by), mode);
  }
  return Value.computed(result, shape, dtype);
};

function bagged(elements: readonly number[], mode: string): number {
  if (elements.length === 0) return 0;
  if (mode === 'max') return Math.max(...elements);
  const sum = elements.reduce((total, x) => total + x, 0);
  return mode === 'sum' ? sum : sum / elements.length;
}

/** Where each bag begins, and the end. */
function startsOf({ args }: KernelCall, input: Value): Elements | number[] {
  const offsets = args.optionalTensor('offsets');
  if (!offsets) return Array.from({ length: (input.shape[0] as number) + 1 }, (_, bag) => bag * (input.shape[1] as number));
  return args.bool('include_last_offset') ? offsets.host() : [...offsets.host(), input.numel];
}

export const SCATTERING: KernelTable = {
  'torch.scatter_reduce': scatterReduce, 'torch.index_reduce': indexReduce, 'torch.put': put, 'torch.masked_scatter': maskedScatter,
  'torch.diagonal_scatter': diagonalScatter, 'torch.Tensor.fill_diagonal_': fillDiagonal, 'torch.nn.functional.embedding_bag': embeddingBag,
};
