/** Windows of images as columns and back, pixels as channels, and what pooling left. https://docs.pytorch.org/docs/stable/nn.functional.html#vision-functions */
import { allocate } from '../elements';
import { numelOf, Value } from '../value';
import { foldOne, unfoldOne } from './convolution';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { permute } from './strided';
import { perDim, unravel, type Windows } from './windows';

/** `F.unfold` and `F.fold` share one geometry, of the image. */
function imageWindows(call: KernelCall, image: readonly number[]): Windows {
  const [kernel, stride, padding, dilation] = [perDim(call, 'kernel_size', 2, 1), perDim(call, 'stride', 2, 1), perDim(call, 'padding', 2, 0), perDim(call, 'dilation', 2, 1)] as [number[], number[], number[], number[]];
  const output = image.map((size, dim) => Math.floor((size + 2 * (padding[dim] as number) - (dilation[dim] as number) * ((kernel[dim] as number) - 1) - 1) / (stride[dim] as number)) + 1);
  return { input: image, output, kernel, stride, padding, dilation };
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html */
const unfold: Kernel = (call) => {
  const input = call.args.tensor('input');
  const windows = imageWindows(call, input.shape.slice(-2));
  const channels = input.shape.at(-3) as number;
  const size = channels * numelOf(windows.input);
  const source = input.host();
  const width = channels * numelOf(windows.kernel) * numelOf(windows.output);
  const result = allocate(call.dtype, numelOf(call.shape));
  for (let image = 0; image * size < source.length; image++) result.set(unfoldOne(source.subarray(image * size, (image + 1) * size), channels, windows) as Float32Array, image * width);
  return Value.of(result, call.shape, call.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fold.html */
const fold: Kernel = (call) => {
  const input = call.args.tensor('input');
  const windows = imageWindows(call, perDim(call, 'output_size', 2, 1));
  const channels = call.shape.at(-3) as number;
  const area = channels * numelOf(windows.input);
  const width = channels * numelOf(windows.kernel) * numelOf(windows.output);
  const source = input.host();
  const result = allocate(call.dtype, numelOf(call.shape));
  for (let image = 0; image * area < result.length; image++) foldOne(source.subarray(image * width, (image + 1) * width), channels, windows, result.subarray(image * area, (image + 1) * area));
  return Value.computed(result, call.shape, call.dtype);
};

/** Channels become pixels, or (`up` false) pixels channels. https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelShuffle.html */
const pixels = (up: boolean): Kernel => ({ args, shape }) => {
  const input = args.tensor('input');
  const factor = args.int(up ? 'upscale_factor' : 'downscale_factor');
  const [channels, height, width] = input.shape.slice(-3) as [number, number, number];
  const batch = input.shape.slice(0, -3);
  const count = numelOf(batch);
  const split = up
    ? permute(input.reshaped([count, channels / factor ** 2, factor, factor, height, width]), [0, 1, 4, 2, 5, 3])
    : permute(input.reshaped([count, channels, height / factor, factor, width / factor, factor]), [0, 1, 3, 5, 2, 4]);
  return split.reshaped(shape);
};

const channelShuffle: Kernel = ({ args, shape }) => {
  const input = args.tensor('input');
  const groups = args.int('groups');
  const [batch, channels] = input.shape as [number, number];
  return permute(input.reshaped([batch, groups, channels / groups, numelOf(input.shape.slice(2))]), [0, 2, 1, 3]).reshaped(shape);
};

/** Each value of a pooled tensor goes to the place that `indices` names. https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxUnpool2d.html */
const unpool = (dims: number): Kernel => (call) => {
  const input = call.args.tensor('input');
  const positions = call.args.tensor('indices').host();
  const source = input.host();
  const inner = numelOf(input.shape.slice(-dims));
  const area = numelOf(call.shape.slice(-dims));
  const result = allocate(call.dtype, numelOf(call.shape));
  positions.forEach((at: number, i: number) => {
    if (at < 0 || at >= area) throw unsupported(call, `index ${at} outside of the output (${unravel(area - 1, call.shape.slice(-dims)).map((size) => size + 1).join(', ')})`);
    result[Math.floor(i / inner) * area + at] = source[i] as number;
  });
  return Value.of(result, call.shape, call.dtype);
};

const F = 'torch.nn.functional.';
export const PATCHES: KernelTable = {
  ...Object.fromEntries([1, 2, 3].map((n) => [`${F}max_unpool${n}d`, unpool(n)])),
  [`${F}unfold`]: unfold, [`${F}fold`]: fold,
  'torch.pixel_shuffle': pixels(true), 'torch.pixel_unshuffle': pixels(false), 'torch.channel_shuffle': channelShuffle,
};
