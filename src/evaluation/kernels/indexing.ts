/** Reading and (functionalized) writing by index. https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import * as tf from '@tensorflow/tfjs-core';
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import { numelOf, stridesOf, Value } from '../value';
import { dimOf, type Arguments } from './arguments';
import { broadcastShapes, hostExpanded } from './broadcast';
import { asValue, compute, fill, movesOnBackend, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { copyRun, makeStarts } from '../copying';
import { checkBounds, expandTo, forEachStrided, slice } from './strided';
import { forEachSelected, maskPositions, parseSubscript, selectionOf, wrapIndex, type Selection, type Subscript } from './subscript';

const getitem: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const subscripts = parseSubscript(args.raw('index', 'indices', 'key'), input.shape, args);
  const alone = aloneIndex(subscripts, input.shape);
  if (alone !== null) return selectRows(input, alone.index, alone.dim, [...input.shape.slice(0, alone.dim), ...alone.index.shape, ...input.shape.slice(alone.dim + 1)]);
  const selection = selectionOf(subscripts, input.shape);
  if (!selection.picked) return basic(input, subscripts, selection);
  const source = input.host();
  const result = allocate(input.dtype, numelOf(selection.shape));
  forEachSelected(selection, (from, to) => { result[to] = source[from] as number; });
  return Value.of(result, selection.shape, input.dtype);
};

/** Ints, slices and None only: a box of the operand. */
function basic(input: Value, subscripts: readonly Subscript[], selection: Selection): Value {
  if (numelOf(selection.shape) === 0) return Value.of(allocate(input.dtype, 0), selection.shape, input.dtype);
  const dims = subscripts.flatMap((subscript) => {
    if (subscript.type === 'slice') return [subscript];
    return subscript.type === 'int' ? [{ start: subscript.at, size: 1, step: 1 }] : [];
  });
  return slice(input, dims).reshaped(selection.shape);
}

/** One index tensor among whole dims: rows of a table, which every backend gathers. */
function aloneIndex(subscripts: readonly Subscript[], shape: readonly number[]): { readonly index: Value; readonly dim: number } | null {
  const dim = subscripts.findIndex(({ type }) => type === 'tensor');
  const found = subscripts[dim];
  if (found?.type !== 'tensor' || found.index.numel === 0) return null;
  const whole = subscripts.every((subscript, i) => i === dim || (subscript.type === 'slice' && subscript.start === 0 && subscript.step === 1 && subscript.size === shape[i]));
  return whole ? { index: found.index, dim } : null;
}

function gatherRows(input: Value, index: Value, dim: number, shape: readonly number[]): Value {
  const size = input.shape[dim] as number;
  const rows = Int32Array.from(index.host(), (at) => wrapIndex(at, size, dim));
  const outer = numelOf(input.shape.slice(0, dim));
  return compute(shape, input.dtype, () => tf.gather(input.tensor([outer, size, input.numel / outer / size]), tf.tensor1d(rows, 'int32'), 1));
}

/** https://docs.pytorch.org/docs/stable/generated/torch.index_select.html and `take_along_dim` of one dim */
const indexSelect: Kernel = ({ args, shape }) => {
  const input = args.tensor('input', 'self');
  const index = args.tensor('index');
  const dim = dimOf(args.int('dim'), input.shape.length);
  return selectRows(input, index, dim, shape);
};

function selectRows(input: Value, index: Value, dim: number, shape: readonly number[]): Value {
  if (movesOnBackend(input) && index.numel > 0) return gatherRows(input, index, dim, shape);
  const inner = numelOf(input.shape.slice(dim + 1));
  const size = input.shape[dim] as number;
  const source = input.host();
  const outer = numelOf(input.shape.slice(0, dim));
  const at = index.host();
  const starts = makeStarts(at.length, source.length);
  for (let i = 0; i < at.length; i++) starts[i] = wrapIndex(at[i]!, size, dim) * inner;
  // A great table is not to be kept for the few rows that are picked from it.
  if (outer === 1 && source instanceof Float32Array && starts.length >= size) return Value.ofRows({ table: source, starts, width: inner }, shape, input.dtype);
  const result = allocate(input.dtype, numelOf(shape));
  for (let i = 0, to = 0; i < outer; i++) {
    for (let j = 0; j < starts.length; j++, to += inner) copyRun(source, i * size * inner + starts[j]!, result, to, inner);
  }
  return Value.of(result, shape, input.dtype);
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html */
const embedding: Kernel = ({ args, shape }) => {
  return selectRows(withLimitedRows(args.tensor('weight'), args), args.tensor('input'), 0, shape);
};

/** A table under the `max_norm` of its embedding (which torch applies in the table itself, to the rows that are looked up). */
export function withLimitedRows(weight: Value, args: Arguments): Value {
  const most = args.optionalNumber('max_norm');
  return most === null ? weight : rowsCut(weight, most, args.number('norm_type', 2));
}

/** Rows whose norm is too great brought down to it. */
export function rowsCut(weight: Value, most: number, p: number): Value {
  const width = weight.shape[1] as number;
  const source = weight.host();
  const factors = Array.from({ length: weight.shape[0] as number }, (_, row) => {
    const norm = [...source.subarray(row * width, (row + 1) * width)].reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);
    return norm > most ? most / (norm + 1e-7) : 1;
  });
  return fill(weight.shape, weight.dtype, (i) => (source[i] as number) * (factors[Math.floor(i / width)] as number));
}

/** A copy of the operand with some elements replaced. */
export function written(base: Value, write: (result: Elements) => void): Value {
  const result = base.host().slice();
  write(result);
  return Value.computed(result, base.shape, base.dtype);
}

/** `x[index] = value`, or `+=` with `accumulate`. */
const indexPut: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const selection = selectionOf(parseSubscript(args.raw('indices', 'index', 'key'), input.shape, args), input.shape);
  const accumulate = args.bool('accumulate');
  const source = hostExpanded(trimmed(asValue(args.operand('values', 'value', 'source', 'src'), input.dtype), selection.shape), input.dtype, selection.shape);
  return written(input, (result) => forEachSelected(selection, (at, from) => {
    result[at] = (accumulate ? result[at] as number : 0) + (source[from] as number);
  }));
};

/** Assignment drops leading dims of size 1 that the target lacks. */
function trimmed(value: Value, shape: readonly number[]): Value {
  const extra = value.shape.length - shape.length;
  return extra > 0 && value.shape.slice(0, extra).every((size) => size === 1) ? value.reshaped(value.shape.slice(extra)) : value;
}

/** The base with `src` written through a view of it. https://docs.pytorch.org/docs/stable/generated/torch.as_strided_scatter.html */
const asStridedScatter: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const size = args.ints('size');
  const stride = args.ints('stride');
  const offset = args.int('storage_offset', 0);
  checkBounds(input.numel, size, stride, offset);
  const source = hostExpanded(asValue(args.operand('src'), input.dtype), input.dtype, size);
  return written(input, (result) => forEachStrided(size, stride, offset, (at, from) => { result[at] = source[from] as number; }));
};

/** Writes into a box of the base: `slice_scatter`, `select_scatter`. */
const boxScatter = (box: (call: KernelCall, size: number) => { start: number; size: number; step: number }): Kernel => (call) => {
  const { args } = call;
  const input = args.tensor('input', 'self');
  const dim = dimOf(args.int('dim', 0), input.shape.length);
  const { start, size, step } = box(call, input.shape[dim] as number);
  const strides = stridesOf(input.shape);
  const offset = start * (strides[dim] as number);
  const shape = input.shape.map((extent, i) => (i === dim ? size : extent));
  const source = args.tensor('src').to(input.dtype).reshaped(shape).host();
  strides[dim] = (strides[dim] as number) * step;
  return written(input, (result) => forEachStrided(shape, strides, offset, (at, from) => { result[at] = source[from] as number; }));
};

const sliceScatter = boxScatter(({ args }, size) => {
  const clip = (at: number): number => Math.min(size, Math.max(0, at < 0 ? at + size : at));
  const step = args.int('step', 1);
  const start = clip(args.int('start', 0));
  return { start, size: Math.max(0, Math.ceil((clip(args.int('end', size)) - start) / step)), step };
});

const selectScatter = boxScatter(({ args }, size) => ({ start: wrapIndex(args.int('index'), size, args.int('dim')), size: 1, step: 1 }));

/** For each element of `index`: where along `dim` it points in a tensor of another shape. */
export function forEachAlong(index: Value, shape: readonly number[], dim: number, visit: (at: number, i: number) => void): void {
  const strides = stridesOf(shape);
  const along = strides[dim] ?? 1;
  const others = strides.map((stride, i) => (i === dim ? 0 : stride));
  const positions = index.host();
  const size = shape[dim] ?? 1;
  forEachStrided(index.shape, others, 0, (from, i) => visit(from + wrapIndex(positions[i] as number, size, dim) * along, i));
}

/** https://docs.pytorch.org/docs/stable/generated/torch.gather.html */
const gather: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const index = args.tensor('index', 'indices');
  const dim = dimOf(args.int('dim'), input.shape.length);
  const source = input.host();
  const result = allocate(input.dtype, index.numel);
  forEachAlong(index, input.shape, dim, (at, i) => { result[i] = source[at] as number; });
  return Value.of(result, index.shape, input.dtype);
};

/** Operand and index broadcast but along the dim; without one both are flat. https://docs.pytorch.org/docs/stable/generated/torch.take_along_dim.html */
const takeAlongDim: Kernel = ({ args, shape }) => {
  const [input, index] = [args.tensor('input', 'self'), args.tensor('indices')];
  const given = args.optionalInt('dim');
  if (given === null) return selectRows(input.reshaped([input.numel]), index, 0, shape);
  const dim = dimOf(given, shape.length);
  const wide = expandTo(input, shape.map((size, i) => (i === dim ? input.shape[dim] as number : size)));
  const source = wide.host();
  const result = allocate(input.dtype, numelOf(shape));
  forEachAlong(expandTo(index, shape), wide.shape, dim, (at, i) => { result[i] = source[at] as number; });
  return Value.of(result, shape, input.dtype);
};

/** `src` may be a number, or a tensor at least as large as `index`. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html */
const scatter = (combine: (old: number, added: number) => number): Kernel => (call) => {
  const { args } = call;
  const input = args.tensor('input', 'self');
  const index = args.tensor('index');
  const dim = dimOf(args.int('dim'), input.shape.length);
  const source = asValue(args.operand('src', 'value'), input.dtype).to(input.dtype);
  const elements = source.shape.length === index.shape.length && source.numel > 1
    ? slice(source, index.shape.map((size) => ({ start: 0, size, step: 1 }))).host()
    : hostExpanded(source, input.dtype, index.shape);
  const reduce = args.text('reduce', '');
  const how = reduce === 'add' ? (x: number, y: number) => x + y : reduce === 'multiply' ? (x: number, y: number) => x * y : combine;
  return written(input, (result) => forEachAlong(index, input.shape, dim, (at, i) => { result[at] = how(result[at] as number, elements[i] as number); }));
};

/** Rows of `source` to (or onto) the rows of the operand that `index` names. */
const indexWrite = (combine: (old: number, added: number) => number): Kernel => ({ args, shape: declared }) => {
  const given = args.tensor('input', 'self');
  const input = given.shape.length === 0 ? given.reshaped([1]) : given;
  const dim = dimOf(args.int('dim'), input.shape.length);
  const index = args.tensor('index');
  const rows = index.host();
  const shape = input.shape.map((size, i) => (i === dim ? index.numel : size));
  const source = hostExpanded(asValue(args.operand('source', 'value'), input.dtype), input.dtype, shape);
  const strides = stridesOf(input.shape);
  const inner = numelOf(shape.slice(dim + 1));
  const factor = args.number('alpha', 1);
  return written(input, (result) => forEachStrided(shape, strides.map((stride, i) => (i === dim ? 0 : stride)), 0, (from, i) => {
    const row = wrapIndex(rows[Math.floor(i / inner) % index.numel] as number, input.shape[dim] as number, dim);
    const at = from + row * (strides[dim] as number);
    result[at] = combine(result[at] as number, factor * (source[i] as number));
  })).reshaped(declared);
};

/** Elements of the flattened operand. https://docs.pytorch.org/docs/stable/generated/torch.take.html */
const take: Kernel = ({ args, shape }) => {
  const input = args.tensor('input', 'self');
  const index = args.tensor('index');
  return selectRows(input.reshaped([input.numel]), index, 0, shape);
};

const maskedSelect: Kernel = ({ args, shape }) => {
  const [input, given] = [args.tensor('input', 'self'), args.tensor('mask')];
  const common = broadcastShapes(input.shape, given.shape);
  const mask = hostExpanded(given, 'bool', common);
  return Value.of(hostExpanded(input, input.dtype, common).filter((_: number, i: number) => mask[i] !== 0), shape, input.dtype);
};

const maskedFill: Kernel = ({ args, shape, dtype }) => {
  const input = hostExpanded(args.tensor('input', 'self'), dtype, shape);
  const mask = hostExpanded(args.tensor('mask'), 'bool', shape);
  const operand = args.operand('value');
  const value = operand instanceof Value ? operand.item() : operand.value;
  const result = input.slice();
  mask.forEach((keep: number, i: number) => { if (keep !== 0) result[i] = value; });
  return Value.computed(result, shape, dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.where.html */
const where: Kernel = ({ args, shape, dtype, outputs }) => {
  const condition = args.tensor('condition', 'self');
  if (!args.has('input') && !args.has('self')) return maskPositions(condition.to('bool')).slice(0, outputs.length);
  const mask = hostExpanded(condition, 'bool', shape);
  const yes = hostExpanded(asValue(args.operand('input', 'self'), dtype), dtype, shape);
  const no = hostExpanded(asValue(args.operand('other'), dtype), dtype, shape);
  const result = allocate(dtype, mask.length);
  for (let i = 0; i < mask.length; i++) result[i] = (mask[i] !== 0 ? yes[i] : no[i]) as number;
  return Value.of(result, shape, dtype);
};

/** (n, rank) positions, or a tuple of them. https://docs.pytorch.org/docs/stable/generated/torch.nonzero.html */
const nonzero: Kernel = ({ args, shape, outputs }) => {
  const input = args.tensor('input', 'self');
  const columns = maskPositions(input.to('bool'));
  // A tensor of 0 dims counts as one of a single element.
  if (args.bool('as_tuple')) return input.shape.length > 0 ? columns.slice(0, outputs.length) : maskPositions(input.to('bool').reshaped([1]));
  const count = columns[0]?.numel ?? Number(input.item() !== 0);
  const result = new Float64Array(count * columns.length);
  columns.forEach((column, dim) => column.host().forEach((x: number, i: number) => { result[i * columns.length + dim] = x; }));
  return Value.of(result, shape, 'int64');
};

/** The first positions, or all and `fill_value` behind them. https://docs.pytorch.org/docs/stable/generated/torch.nonzero_static.html */
const nonzeroStatic: Kernel = ({ args, shape }) => {
  const columns = maskPositions(args.tensor('input').to('bool')).map((column) => column.host());
  const width = shape[1] as number;
  const otherwise = args.int('fill_value', -1);
  return fill(shape, 'int64', (i) => columns[i % width]?.[Math.floor(i / width)] ?? otherwise);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.tril.html */
const triangle = (keep: (below: number, diagonal: number) => boolean): Kernel => ({ args }) => {
  const input = args.tensor('input', 'self');
  const diagonal = args.int('diagonal', 0);
  const columns = input.shape.at(-1) as number;
  const rows = input.shape.at(-2) as number;
  return written(input, (result) => {
    for (let i = 0; i < result.length; i++) {
      if (!keep((i % columns) - Math.floor(i / columns) % rows, diagonal)) result[i] = 0;
    }
  });
};

const oneHot: Kernel = ({ args, shape }) => {
  const input = args.tensor('input', 'self').host();
  const classes = shape.at(-1) as number;
  const result = new Float64Array(input.length * classes);
  input.forEach((at: number, i: number) => { result[i * classes + wrapClass(at, classes)] = 1; });
  return Value.of(result, shape, 'int64');
};

function wrapClass(at: number, classes: number): number {
  if (at < 0 || at >= classes) throw new EvaluationError('index-out-of-range', `class ${at} is not among 0 to ${classes - 1}`);
  return at;
}

/** A write of a whole tensor into another's place. */
const copy: Kernel = ({ args, shape, dtype }) => Value.of(hostExpanded(args.tensor('src', 'other'), dtype, shape).slice(), shape, dtype);

const replace = (_old: number, added: number): number => added;
const add = (old: number, added: number): number => old + added;

export const INDEXING: KernelTable = {
  'torch.Tensor.__getitem__': getitem, 'torch.Tensor.__setitem__': indexPut, 'torch.index_put': indexPut,
  'torch.as_strided_scatter': asStridedScatter, 'torch.slice_scatter': sliceScatter, 'torch.select_scatter': selectScatter,
  'torch.gather': gather, 'torch.take_along_dim': takeAlongDim, 'torch.scatter': scatter(replace), 'torch.scatter_add': scatter(add),
  'torch.index_select': indexSelect, 'torch.index_copy': indexWrite(replace), 'torch.index_fill': indexWrite(replace), 'torch.index_add': indexWrite(add),
  'torch.take': take, 'torch.masked_select': maskedSelect, 'torch.masked_fill': maskedFill, 'torch.where': where,
  'torch.nonzero': nonzero, 'torch.nonzero_static': nonzeroStatic, 'torch.argwhere': nonzero,
  'torch.tril': triangle((below, diagonal) => below <= diagonal), 'torch.triu': triangle((below, diagonal) => below >= diagonal),
  'torch.nn.functional.one_hot': oneHot, 'torch.nn.functional.embedding': embedding, 'torch.Tensor.copy_': copy,
};
