/**
 * Convolutions of any number of dims as matrix products of unfolded windows, which is the same on every backend.
 * https://docs.pytorch.org/docs/stable/nn.functional.html#convolution-functions
 */
import type { Dtype } from '../../shapes/values/dtype';
import { allocate, isFloat } from '../elements';
import type { Elements } from '../messages';
import { numelOf, Value } from '../value';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { matmul } from './matmul';
import { permute } from './strided';
import { forEachTap, perDim, type Windows } from './windows';

/** Elements of unfolded windows that are held at once: of large inputs some of the rows at a time. */
const MAX_COLUMNS = 2 ** 24;

/** (channels, spatial…) to (channels * taps, windows), zeros in the padding. */
export function unfoldOne(source: Elements, channels: number, windows: Windows): Elements {
  const size = numelOf(windows.input);
  const count = numelOf(windows.output);
  const taps = numelOf(windows.kernel);
  const columns = source instanceof Float32Array ? new Float32Array(channels * taps * count) : new Float64Array(channels * taps * count);
  forEachTap(windows, (window, tap, at) => {
    if (at < 0) return;
    for (let channel = 0; channel < channels; channel++) columns[(channel * taps + tap) * count + window] = source[channel * size + at] as number;
  });
  return columns;
}

/** The reverse: what lies on one element is summed. */
export function foldOne(columns: Elements, channels: number, windows: Windows, result: Elements): void {
  const size = numelOf(windows.input);
  const count = numelOf(windows.output);
  const taps = numelOf(windows.kernel);
  forEachTap(windows, (window, tap, at) => {
    if (at < 0) return;
    for (let channel = 0; channel < channels; channel++) {
      result[channel * size + at] = (result[channel * size + at] as number) + (columns[(channel * taps + tap) * count + window] as number);
    }
  });
}

/** Halves are rounded at the end only; integers stay exact. */
const computedIn = (dtype: Dtype): Dtype => (isFloat(dtype) ? 'float32' : 'int64');

interface Operands { readonly input: Value; readonly weight: Value; readonly batch: number; readonly channels: number; readonly groups: number }

function operandsOf({ args, dtype }: KernelCall, dims: number): Operands {
  const input = args.tensor('input').to(dtype);
  const batch = input.shape.length === dims + 2 ? input.shape[0] as number : 1;
  return { input, weight: args.tensor('weight').to(dtype), batch, channels: input.shape.at(-dims - 1) as number, groups: args.int('groups', 1) };
}

/** `same` pads so that the size stays; the odd one goes behind. */
function paddingOf(call: KernelCall, dims: number, kernel: readonly number[], dilation: readonly number[]): number[] {
  const word = call.args.raw('padding');
  if (word === 'valid') return kernel.map(() => 0);
  if (word === 'same') return kernel.map((size, dim) => Math.floor((dilation[dim] as number) * (size - 1) / 2));
  return perDim(call, 'padding', dims, 0);
}

const convolution = (dims: number): Kernel => (call) => {
  const { input, weight, batch, channels, groups } = operandsOf(call, dims);
  const as = computedIn(call.dtype);
  const kernel = weight.shape.slice(2);
  const dilation = perDim(call, 'dilation', dims, 1);
  const windows: Windows = {
    input: input.shape.slice(-dims), output: call.shape.slice(-dims), kernel, dilation,
    stride: perDim(call, 'stride', dims, 1), padding: paddingOf(call, dims, kernel, dilation),
  };
  const out = weight.shape[0] as number;
  const size = numelOf(windows.input);
  const own = channels / groups;
  const source = input.host();
  const result = allocate(call.dtype, numelOf(call.shape));
  const filters = groupsOf(weight, groups);
  let at = 0;
  for (let image = 0; image < batch; image++) {
    filters.forEach((filter, group) => {
      const from = (image * channels + group * own) * size;
      for (const part of slices(windows, own)) {
        const count = numelOf(part.output);
        const columns = Value.of(unfoldOne(source.subarray(from, from + own * size), own, part), [own * numelOf(kernel), count], as);
        const product = matmul(filter, columns, as, [out / groups, count]).host();
        const whole = numelOf(windows.output);
        for (let channel = 0; channel < out / groups; channel++) result.set(product.subarray(channel * count, (channel + 1) * count) as Float32Array, at + channel * whole + part.start);
      }
      at += out / groups * numelOf(windows.output);
    });
  }
  return withBias(call, result, dims);
};

/** The filters of each group as a matrix. */
function groupsOf(weight: Value, groups: number): Value[] {
  const rows = (weight.shape[0] as number) / groups;
  const width = weight.numel / (weight.shape[0] as number);
  const as = computedIn(weight.dtype);
  const elements = weight.hostAs(as);
  return Array.from({ length: groups }, (_, group) => Value.of(elements.slice(group * rows * width, (group + 1) * rows * width), [rows, width], as));
}

/** The windows in runs along the first dim, none too large to unfold at once. */
function slices(windows: Windows, channels: number): (Windows & { readonly start: number })[] {
  const [rows, ...others] = windows.output as [number, ...number[]];
  const inner = numelOf(others);
  const atOnce = Math.max(1, Math.floor(MAX_COLUMNS / Math.max(1, channels * numelOf(windows.kernel) * inner)));
  const parts: (Windows & { readonly start: number })[] = [];
  for (let row = 0; row < rows; row += atOnce) {
    const padding = [(windows.padding[0] as number) - row * (windows.stride[0] as number), ...windows.padding.slice(1)];
    parts.push({ ...windows, output: [Math.min(atOnce, rows - row), ...others], padding, start: row * inner });
  }
  return parts;
}

function withBias(call: KernelCall, result: Elements, dims: number): Value {
  const bias = call.args.optionalTensor('bias')?.hostAs(computedIn(call.dtype));
  if (bias) {
    const inner = numelOf(call.shape.slice(-dims));
    for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) + (bias[Math.floor(i / inner) % bias.length] as number);
  }
  return Value.computed(result, call.shape, call.dtype);
}

/** Each input element spreads its window over the output: the fold of a product. */
const transposed = (dims: number): Kernel => (call) => {
  const { input, weight, batch, channels, groups } = operandsOf(call, dims);
  const as = computedIn(call.dtype);
  const kernel = weight.shape.slice(2);
  const windows: Windows = {
    input: call.shape.slice(-dims), output: input.shape.slice(-dims), kernel,
    stride: perDim(call, 'stride', dims, 1), padding: perDim(call, 'padding', dims, 0), dilation: perDim(call, 'dilation', dims, 1),
  };
  const size = numelOf(windows.output);
  const own = channels / groups;
  const out = weight.shape[1] as number;
  const source = input.host();
  const result = allocate(call.dtype, numelOf(call.shape));
  const filters = groupsOf(weight, groups).map((filter) => permute(filter, [1, 0]));
  const area = out * numelOf(windows.input);
  let at = 0;
  for (let image = 0; image < batch; image++) {
    filters.forEach((filter, group) => {
      const from = (image * channels + group * own) * size;
      const pixels = Value.of(source.slice(from, from + own * size), [own, size], as);
      foldOne(matmul(filter, pixels, as, [filter.shape[0] as number, size]).host(), out, windows, result.subarray(at, at + area));
      at += area;
    });
  }
  return withBias(call, result, dims);
};

const F = 'torch.nn.functional.';
export const CONVOLUTION: KernelTable = {
  ...Object.fromEntries([1, 2, 3].flatMap((n) => [[`${F}conv${n}d`, convolution(n)], [`${F}conv_transpose${n}d`, transposed(n)]])) as KernelTable,
};
