/** Normalizing layers. https://docs.pytorch.org/docs/stable/nn.functional.html */
import { numelOf, type Value } from '../value';
import { hostExpanded } from './broadcast';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';

/** Rows brought to mean 0 (unless `centered` is off) and variance 1, then scaled and shifted by what belongs to each position. */
function normalizeRows(input: Value, length: number, eps: number, centered: boolean, scale: (i: number) => number, shift: (i: number) => number): Value {
  const source = input.host();
  const moments = Array.from({ length: length > 0 ? source.length / length : 0 }, (_, row) => {
    const part = source.subarray(row * length, (row + 1) * length);
    let mean = 0;
    if (centered) { for (const x of part) mean += x; mean /= length; }
    let squares = 0;
    for (const x of part) squares += (x - mean) ** 2;
    return { mean, factor: 1 / Math.sqrt(squares / length + eps) };
  });
  return fill(input.shape, input.dtype, (i) => {
    const { mean, factor } = moments[Math.floor(i / length)] as { mean: number; factor: number };
    return ((source[i] as number) - mean) * factor * scale(i) + shift(i);
  });
}

/** The weights of each element, or a constant where there are none. */
function perElement(weight: Value | null, otherwise: number, at: (i: number) => number): (i: number) => number {
  if (!weight) return () => otherwise;
  const elements = weight.hostAs('float32');
  return (i) => elements[at(i)] as number;
}

const layerNorm = (centered: boolean): Kernel => ({ args, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const length = numelOf(args.ints('normalized_shape'));
  const position = (i: number): number => i % length;
  const eps = args.number('eps', centered ? 1e-5 : 2 ** -23);
  return normalizeRows(input, length, eps, centered, perElement(args.optionalTensor('weight'), 1, position), perElement(args.optionalTensor('bias'), 0, position));
};

const groupNorm: Kernel = ({ args, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const channels = input.shape[1] as number;
  const inner = numelOf(input.shape.slice(2));
  const channel = (i: number): number => Math.floor(i / inner) % channels;
  return normalizeRows(input, channels / args.int('num_groups') * inner, args.number('eps', 1e-5), true,
    perElement(args.optionalTensor('weight'), 1, channel), perElement(args.optionalTensor('bias'), 0, channel));
};

/** The mean and the variance of each channel. */
interface Moments { readonly mean: ArrayLike<number>; readonly variance: ArrayLike<number> }

/** Over all samples and places, not corrected for bias. */
export function batchMoments(input: Value): Moments {
  const channels = input.shape[1] as number;
  const inner = numelOf(input.shape.slice(2));
  const count = input.numel / Math.max(1, channels);
  const source = input.host();
  const channel = (i: number): number => Math.floor(i / inner) % channels;
  const [mean, variance] = [new Float64Array(channels), new Float64Array(channels)];
  source.forEach((x: number, i: number) => { mean[channel(i)] = (mean[channel(i)] as number) + x / count; });
  source.forEach((x: number, i: number) => { variance[channel(i)] = (variance[channel(i)] as number) + (x - (mean[channel(i)] as number)) ** 2 / count; });
  return { mean, variance };
}

function runningMoments(call: KernelCall): Moments {
  const [mean, variance] = [call.args.optionalTensor('running_mean'), call.args.optionalTensor('running_var')];
  if (!mean || !variance) throw unsupported(call, 'neither running statistics nor those of the batch');
  return { mean: mean.hostAs('float32'), variance: variance.hostAs('float32') };
}

function normalizeChannels({ args, dtype }: KernelCall, input: Value, { mean, variance }: Moments): Value {
  const channels = input.shape[1] as number;
  const inner = numelOf(input.shape.slice(2));
  const channel = (i: number): number => Math.floor(i / inner) % channels;
  const scale = perElement(args.optionalTensor('weight'), 1, channel);
  const shift = perElement(args.optionalTensor('bias'), 0, channel);
  const eps = args.number('eps', 1e-5);
  const source = input.host();
  return fill(input.shape, dtype, (i) => {
    const c = channel(i);
    return ((source[i] as number) - (mean[c] as number)) / Math.sqrt((variance[c] as number) + eps) * scale(i) + shift(i);
  });
}

/** While training with the batch's own statistics. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html */
const batchNorm: Kernel = (call) => {
  const input = call.args.tensor('input').to(call.dtype);
  const training = call.args.bool('training');
  if (training) call.note('batch_norm uses the statistics of this batch, as in training: call .eval() for the running ones');
  return normalizeChannels(call, input, training ? batchMoments(input) : runningMoments(call));
};

/** Each channel of each sample by its own statistics. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.instance_norm.html */
const instanceNorm: Kernel = (call) => {
  const { args, dtype } = call;
  const input = args.tensor('input').to(dtype);
  if (!args.bool('use_input_stats', true)) return normalizeChannels(call, input, runningMoments(call));
  const channels = input.shape[1] as number;
  const inner = numelOf(input.shape.slice(2));
  const channel = (i: number): number => Math.floor(i / inner) % channels;
  return normalizeRows(input, inner, args.number('eps', 1e-5), true, perElement(args.optionalTensor('weight'), 1, channel), perElement(args.optionalTensor('bias'), 0, channel));
};

/** By the squares of neighbouring channels. https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html */
const localResponse: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const [size, alpha, beta, k] = [args.int('size'), args.number('alpha', 1e-4), args.number('beta', 0.75), args.number('k', 1)];
  const channels = shape[1] as number;
  const inner = numelOf(shape.slice(2));
  const source = input.host();
  return fill(shape, dtype, (i) => {
    const channel = Math.floor(i / inner) % channels;
    let sum = 0;
    for (let c = Math.max(0, channel - Math.floor(size / 2)); c <= Math.min(channels - 1, channel + Math.floor((size - 1) / 2)); c++) sum += (source[i + (c - channel) * inner] as number) ** 2;
    return (source[i] as number) / (k + alpha * sum / size) ** beta;
  });
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html */
const normalize: Kernel = ({ args, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const order = args.number('p', 2);
  const dim = args.int('dim', 1);
  const eps = args.number('eps', 1e-12);
  const at = dim < 0 ? dim + input.shape.length : dim;
  const size = input.shape[at] ?? 1;
  const inner = numelOf(input.shape.slice(at + 1));
  const source = input.host();
  const norms = new Float64Array(input.numel / Math.max(size, 1));
  const row = (i: number): number => Math.floor(i / (inner * size)) * inner + i % inner;
  const add = order === Infinity ? Math.max : order === 0 ? (sum: number, x: number): number => sum + Number(x !== 0) : (sum: number, x: number): number => sum + x ** order;
  source.forEach((x: number, i: number) => { norms[row(i)] = add(norms[row(i)] as number, Math.abs(x)); });
  const root = order === Infinity || order === 0 ? 1 : 1 / order;
  return fill(input.shape, dtype, (i) => (source[i] as number) / Math.max((norms[row(i)] as number) ** root, eps));
};

/** Padding with a number, or by repeating what is inside. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html */
const pad: Kernel = (call) => {
  const { args, shape, dtype } = call;
  const input = args.tensor('input', 'self').to(dtype);
  const given = args.ints('pad');
  const mode = args.text('mode', 'constant');
  const value = args.number('value', 0);
  const rank = shape.length;
  const before = shape.map((_, dim) => given[2 * (rank - 1 - dim)] ?? 0);
  const wrap: Record<string, (at: number, size: number) => number> = {
    constant: (at, size) => (at >= 0 && at < size ? at : -1),
    reflect: (at, size) => (at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at),
    replicate: (at, size) => Math.min(size - 1, Math.max(0, at)),
    circular: (at, size) => ((at % size) + size) % size,
  };
  const inside = wrap[mode];
  if (!inside) throw unsupported(call, `mode '${mode}'`);
  const source = hostExpanded(input, dtype, input.shape);
  return fill(shape, dtype, (i) => {
    let rest = i;
    let from = 0;
    let stride = 1;
    for (let dim = rank - 1; dim >= 0; dim--) {
      const at = inside(rest % (shape[dim] as number) - (before[dim] as number), input.shape[dim] as number);
      if (at < 0) return value;
      from += at * stride;
      stride *= input.shape[dim] as number;
      rest = Math.floor(rest / (shape[dim] as number));
    }
    return source[from] as number;
  });
};

export const NORMALIZATION: KernelTable = {
  'torch.nn.functional.layer_norm': layerNorm(true), 'torch.nn.functional.rms_norm': layerNorm(false),
  'torch.nn.functional.group_norm': groupNorm, 'torch.nn.functional.batch_norm': batchNorm,
  'torch.nn.functional.instance_norm': instanceNorm, 'torch.nn.functional.local_response_norm': localResponse,
  'torch.nn.functional.normalize': normalize, 'torch.nn.functional.pad': pad, 'torch.constant_pad_nd': pad,
};
