/** The forms that torch.nn.functional's own functions call, which some code calls itself. */
import { allocate } from '../elements';
import { numelOf, Value } from '../value';
import { dimOf, type Arguments } from './arguments';
import { CONVOLUTION } from './convolution';
import { rowsCut } from './indexing';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { matricesOf, matrixNorm, stackedAs } from './linearAlgebra';
import { batchMoments, NORMALIZATION } from './normalization';
import { permute } from './strided';
import { SAMPLING } from './sampling';
import { wrapIndex } from './subscript';

const F = 'torch.nn.functional.';

/** A call as another operation takes it: some arguments under other names or in other words. */
function reworded(call: KernelCall, words: Readonly<Record<string, string>>, ints: Readonly<Record<string, string>> = {}): KernelCall {
  const args = Object.create(call.args) as Arguments;
  args.text = (name, otherwise) => words[name] ?? call.args.text(name, otherwise);
  args.int = (name, otherwise) => call.args.int(ints[name] ?? name, otherwise);
  return { ...call, args };
}

const run = (table: KernelTable, name: string, call: KernelCall): Value => (table[name] as Kernel)(call) as Value;

const convolution: Kernel = (call) => {
  const dims = call.args.tensor('weight').shape.length - 2;
  return run(CONVOLUTION, `${F}${call.args.bool('transposed') ? 'conv_transpose' : 'conv'}${dims}d`, call);
};

/** (T, N, C) by a weight (kernel, in, out). */
const convTbc: Kernel = ({ args, shape, dtype }) => {
  const [input, weight, bias] = [args.tensor('input').to(dtype), args.tensor('weight').to(dtype), args.tensor('bias').to(dtype)];
  const [time, batch, channels] = input.shape as [number, number, number];
  const [taps, , out] = weight.shape as [number, number, number];
  const [x, w, b] = [input.host(), weight.host(), bias.host()];
  const pad = args.int('pad', 0);
  return fill(shape, dtype, (i) => {
    const [t, n, o] = [Math.floor(i / (batch * out)), Math.floor(i / out) % batch, i % out];
    let sum = b[o] as number;
    for (let tap = 0; tap < taps; tap++) {
      const at = t + tap - pad;
      if (at < 0 || at >= time) continue;
      for (let c = 0; c < channels; c++) sum += (x[(at * batch + n) * channels + c] as number) * (w[(tap * channels + c) * out + o] as number);
    }
    return sum;
  });
};

const gridSampler: Kernel = (call) => run(SAMPLING, `${F}grid_sample`, reworded(call, {
  mode: ['bilinear', 'nearest', 'bicubic'][call.args.int('interpolation_mode')] ?? 'unknown',
  padding_mode: ['zeros', 'border', 'reflection'][call.args.int('padding_mode')] ?? 'unknown',
}));

/** Mean and one over the standard deviation of each run of `length` elements. */
function momentsOf(call: KernelCall, input: Value, length: number): Value[] {
  const source = input.host();
  const eps = call.args.number('eps');
  const rows = Array.from({ length: input.numel / Math.max(1, length) }, (_, row) => {
    const part = source.subarray(row * length, (row + 1) * length);
    let [sum, squares] = [0, 0];
    for (const x of part) sum += x;
    for (const x of part) squares += (x - sum / length) ** 2;
    return [sum / length, 1 / Math.sqrt(squares / length + eps)] as const;
  });
  return [0, 1].map((part) => fill(call.outputs[1 + part]?.shape ?? [], call.outputs[1 + part]?.dtype ?? call.dtype, (i) => rows[i]?.[part] as number));
}

const layerNorm: Kernel = (call) => {
  const input = call.args.tensor('input').to(call.dtype);
  return [run(NORMALIZATION, `${F}layer_norm`, call), ...momentsOf(call, input, numelOf(call.args.ints('normalized_shape')))];
};

const groupNorm: Kernel = (call) => {
  const { args } = call;
  const shape = [args.int('N'), args.int('C'), args.int('HxW')];
  const input = args.tensor('input').to(call.dtype);
  const given = Object.create(reworded(call, {}, { num_groups: 'group' }).args) as Arguments;
  given.tensor = (...names) => (names[0] === 'input' ? input.reshaped(shape) : args.tensor(...names));
  const result = run(NORMALIZATION, `${F}group_norm`, { ...call, args: given, shape });
  return [result.reshaped(call.shape), ...momentsOf(call, input, input.numel / Math.max(1, (shape[0] as number) * args.int('group')))];
};

const batchNorm: Kernel = (call) => {
  const result = run(NORMALIZATION, `${F}batch_norm`, call);
  if (!call.args.bool('training')) return [result, ...[1, 2].map((output) => fill([0], call.outputs[output]?.dtype ?? call.dtype, () => 0))];
  const { mean, variance } = batchMoments(call.args.tensor('input').to(call.dtype));
  const eps = call.args.number('eps');
  const parts = [(i: number): number => mean[i] as number, (i: number): number => 1 / Math.sqrt((variance[i] as number) + eps)];
  return [result, ...parts.map((part, i) => fill(call.outputs[i + 1]?.shape ?? [], call.outputs[i + 1]?.dtype ?? call.dtype, part))];
};

/** The norm of each slice along `dim`; of -1 that of the whole. */
const normExceptDim: Kernel = ({ args, shape, dtype }) => {
  const v = args.tensor('v').to(dtype);
  const p = args.int('pow', 2);
  const dim = args.int('dim', 0);
  const at = dim === -1 ? -1 : dimOf(dim, v.shape.length);
  const inner = numelOf(v.shape.slice(at + 1));
  const sums = new Float64Array(numelOf(shape));
  v.host().forEach((x: number, i: number) => { const to = at < 0 ? 0 : Math.floor(i / inner) % sums.length; sums[to] = (sums[to] as number) + Math.abs(x) ** p; });
  return fill(shape, dtype, (i) => (sums[i] as number) ** (1 / p));
};

const matrixNormOf = (order: 'fro' | 'nuc'): Kernel => (call) => {
  const input = call.args.tensor('input').to(call.dtype);
  const rank = input.shape.length;
  const given = call.args.optionalInts('dim') ?? [-2, -1];
  const dims = (given.length === 0 ? [...input.shape.keys()] : given).map((dim) => dimOf(dim, rank));
  const kept = [...input.shape.keys()].filter((dim) => !dims.includes(dim));
  const sizes = dims.map((dim) => input.shape[dim] as number);
  const [rows, columns] = sizes.length === 2 ? sizes as [number, number] : [1, numelOf(sizes)];
  const moved = permute(input, [...kept, ...dims]).reshaped([...kept.map((dim) => input.shape[dim] as number), rows, columns]);
  return stackedAs(call, 0, matricesOf(moved).map((a) => [matrixNorm(a, order)]));
};

/** What the reductions begin with, and how they go on. */
const SEGMENTS: Readonly<Record<string, readonly [start: number, step: (sum: number, x: number) => number]>> = {
  sum: [0, (sum, x) => sum + x], mean: [0, (sum, x) => sum + x], prod: [1, (sum, x) => sum * x], max: [-Infinity, Math.max], min: [Infinity, Math.min],
};

/** Of an empty segment the mean is NaN. https://docs.pytorch.org/docs/stable/generated/torch.segment_reduce.html */
const segmentReduce: Kernel = (call) => {
  const { args, shape, dtype } = call;
  const name = args.text('reduce', '');
  const [start, step] = SEGMENTS[name] ?? (() => { throw unsupported(call, `reduce='${name}'`); })();
  const data = args.tensor('data').to(dtype);
  const axis = dimOf(args.int('axis', 0), data.shape.length);
  const [lengths, offsets] = [args.optionalTensor('lengths')?.host(), args.optionalTensor('offsets')?.host()];
  const count = shape[axis] as number;
  const [size, inner] = [data.shape[axis] as number, numelOf(data.shape.slice(axis + 1))];
  const initial = args.optionalNumber('initial');
  const source = data.host();
  const result = allocate(dtype, numelOf(shape));
  for (let outer = 0; outer < numelOf(data.shape.slice(0, axis)); outer++) {
    let from = 0;
    for (let segment = 0; segment < count; segment++) {
      const length = lengths ? lengths[outer * count + segment] as number : (offsets as ArrayLike<number>)[outer * (count + 1) + segment + 1] as number - ((offsets as ArrayLike<number>)[outer * (count + 1) + segment] as number);
      for (let i = 0; i < inner; i++) {
        let sum = initial ?? start;
        for (let k = from; k < from + length; k++) sum = step(sum, source[(outer * size + k) * inner + i] as number);
        result[(outer * count + segment) * inner + i] = name !== 'mean' ? sum : length > 0 ? sum / length : initial ?? NaN;
      }
      from += length;
    }
  }
  return Value.computed(result, shape, dtype);
};

/** The rows that are named, brought down to a norm. */
const embeddingRenorm: Kernel = ({ args }) => {
  const table = args.tensor('input');
  const [rows, width] = table.shape as [number, number];
  const named = new Set([...args.tensor('indices').host()].map((row) => wrapIndex(row, rows, 0)));
  const [plain, cut] = [table.host(), rowsCut(table, args.number('max_norm'), args.number('norm_type')).host()];
  return fill(table.shape, table.dtype, (i) => (named.has(Math.floor(i / width)) ? cut : plain)[i] as number);
};

export const NATIVE: KernelTable = {
  'torch.convolution': convolution, 'torch.conv_tbc': convTbc, 'torch.grid_sampler': gridSampler, 'torch.affine_grid_generator': (call) => run(SAMPLING, `${F}affine_grid`, call),
  'torch.native_layer_norm': layerNorm, 'torch.native_group_norm': groupNorm, 'torch.native_batch_norm': batchNorm, 'torch.norm_except_dim': normExceptDim,
  'torch.frobenius_norm': matrixNormOf('fro'), 'torch.nuclear_norm': matrixNormOf('nuc'), 'torch.segment_reduce': segmentReduce, 'torch.embedding_renorm_': embeddingRenorm,
};
