/** Normalizing layers. https://docs.pytorch.org/docs/stable/nn.functional.html */
import { numelOf, type Value } from '../value';
import { hostExpanded } from './broadcast';
import { fill, unsupported, type Kernel, type KernelTable } from './kernel';

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

/** With the running statistics, as in eval mode. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html */
const batchNorm: Kernel = (call) => {
  const { args, dtype } = call;
  const input = args.tensor('input').to(dtype);
  const mean = args.optionalTensor('running_mean')?.hostAs('float32');
  const variance = args.optionalTensor('running_var')?.hostAs('float32');
  if (args.bool('training', call.training) || !mean || !variance) throw unsupported(call, 'statistics of the batch (training mode)');
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
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html */
const normalize: Kernel = ({ args, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const order = args.number('p', 2);
  const dim = args.int('dim', 1);
  const eps = args.number('eps', 1e-12);
  const at = dim < 0 ? dim + input.shape.length : dim;
  const size = input.shape[at] as number;
  const inner = numelOf(input.shape.slice(at + 1));
  const source = input.host();
  const norms = new Float64Array(input.numel / Math.max(size, 1));
  const row = (i: number): number => Math.floor(i / (inner * size)) * inner + i % inner;
  source.forEach((x: number, i: number) => { norms[row(i)] = (norms[row(i)] as number) + Math.abs(x) ** order; });
  return fill(input.shape, dtype, (i) => (source[i] as number) / Math.max((norms[row(i)] as number) ** (1 / order), eps));
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
  'torch.nn.functional.normalize': normalize, 'torch.nn.functional.pad': pad, 'torch.constant_pad_nd': pad,
};
