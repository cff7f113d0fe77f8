/** Padding and other resolutions: https://docs.pytorch.org/docs/stable/nn.functional.html#vision-functions */
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { atLeast, dimsOf, ranked } from '../common/shape';
import { show, showSize } from '../common/text';

/** Pairs of paddings from the last dim on. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html */
const pad: Rule = (args, context) => {
  const input = args.tensor('input');
  const amounts = args.ints('pad');
  const mode = args.string('mode');
  const { shape } = input;
  if (amounts.length % 2 !== 0) context.fail('argument-mismatch', `pad: ${amounts.length} paddings ${show(amounts)}: there must be two for each dim, from the last on`);
  const n = amounts.length / 2;
  const known = shape.rest ? shape.dims.length - shape.rest.at : shape.dims.length;
  if (n > known) {
    if (shape.rest) return context.unknown(`padding of ${show(input)}`);
    context.fail('rank-mismatch', `pad: ${n} pairs of paddings for ${show(input)}, which has ${known} dims`);
  }
  if (mode !== 'constant' && !shape.rest && (shape.dims.length < n + 1 || shape.dims.length > n + 2)) context.fail('rank-mismatch', `pad: in mode '${mode}', ${n} pairs pad the last ${n} of ${n + 1} or ${n + 2} dims, but the input is ${show(input)}`);
  const dims = shape.dims.map((size, i) => {
    const at = shape.dims.length - 1 - i;
    if (at >= n) return size;
    const [before, after] = [amounts[2 * at]!, amounts[2 * at + 1]!];
    limitPadding(mode, size, [before, after], () => show(input), context);
    const padded = add(size, add(before, after));
    if (context.lessEqual(padded, constant(-1)) === true || (mode !== 'constant' && padded.value !== null && padded.value < 1)) context.fail('pad-size-mismatch', `pad: (${showSize(before)}, ${showSize(after)}) leaves nothing of the size ${showSize(size)} of ${show(input)}`);
    return padded;
  });
  return fresh({ ...shape, dims }, input.dtype);
};

function limitPadding(mode: string, size: SymInt, amounts: readonly SymInt[], input: () => string, context: RuleContext): void {
  for (const amount of amounts) {
    const over = mode === 'reflect' ? context.lessEqual(size, amount) === true : mode === 'circular' && context.lessEqual(amount, size) === false;
    if (over) context.fail('pad-size-mismatch', `pad: mode '${mode}' pads with what is there: ${showSize(amount)} is too much for the size ${showSize(size)} of ${input()}`);
  }
}

/** Another size for the dims behind batch and channels. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html */
const interpolate: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length < 3 || dims.length > 5) context.fail('rank-mismatch', `interpolate: the input must have 3 to 5 dims (N, C, …), not ${show(input)}`);
  const spatial = dims.slice(2);
  const mode = args.has('mode') ? args.string('mode') : null;
  const wanted = mode === 'linear' ? 3 : mode === 'bilinear' || mode === 'bicubic' ? 4 : mode === 'trilinear' ? 5 : null;
  if (wanted !== null && dims.length !== wanted) context.fail('rank-mismatch', `interpolate: mode '${mode}' is for inputs of ${wanted} dims, not ${show(input)}`);
  const size = args.optionalInts('size');
  if (size && args.has('scale_factor')) context.fail('argument-mismatch', 'interpolate: only one of size and scale_factor may be given');
  if (size) {
    if (size.length !== 1 && size.length !== spatial.length) context.fail('argument-mismatch', `interpolate: ${show(size)} must be one size or ${spatial.length}, for the last dims of ${show(input)}`);
    return fresh([...dims.slice(0, 2), ...spatial.map((_, i) => size[size.length === 1 ? 0 : i]!)], input.dtype);
  }
  const factor = args.value('scale_factor');
  if (factor.kind === 'None') return context.fail('argument-mismatch', 'interpolate: one of size and scale_factor must be given');
  const factors = factor.kind === 'tuple' || factor.kind === 'list' ? factor.items ?? [] : spatial.map(() => factor);
  if (factors.length !== spatial.length) context.fail('argument-mismatch', `interpolate: ${factors.length} scale factors for the ${spatial.length} last dims of ${show(input)}`);
  return fresh([...dims.slice(0, 2), ...spatial.map((own, i) => {
    const each = factors[i]!;
    if (each.kind === 'int' && each.value) return mul(own, each.value);
    if (each.kind === 'float' && each.value !== null) {
      if (own.value !== null) return constant(Math.floor(own.value * each.value));
      if (Number.isInteger(each.value)) return mul(own, constant(each.value));
      if (Number.isInteger(1 / each.value)) return floordiv(own, constant(1 / each.value));
    }
    return context.fresh('n', 'a size scaled by a factor that is not known');
  })], input.dtype);
};

/** A point of the input for each point of the grid. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.grid_sample.html */
const gridSample: Rule = (args, context) => {
  const [input, grid] = [args.tensor('input'), args.tensor('grid')];
  const dims = ranked('grid_sample', 'input', input, [4, 5], context);
  const points = ranked('grid_sample', 'grid', grid, [dims.length], context);
  context.requireEqual(dims[0]!, points[0]!, 'grid-size-mismatch', () => `grid_sample: the batch sizes of input ${show(input)} and grid ${show(grid)} differ`);
  context.requireEqual(points.at(-1)!, constant(dims.length - 2), 'grid-size-mismatch', () => `grid_sample: the last dim of the grid ${show(grid)} must be ${dims.length - 2}, the coordinates of a point`);
  return fresh([dims[0]!, dims[1]!, ...points.slice(1, -1)], input.dtype);
};

const affineGrid: Rule = (args, context) => {
  const theta = args.tensor('theta');
  const size = args.ints('size');
  ranked('affine_grid', 'theta', theta, [3], context);
  if (size.length !== 4 && size.length !== 5) context.fail('rank-mismatch', `affine_grid: size must have 4 or 5 numbers, not ${show(size)}`);
  return fresh([size[0]!, ...size.slice(2), constant(size.length - 2)], theta.dtype);
};

const pixelShuffle: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = atLeast('pixel_shuffle', 'input', input, 3, context);
  const r = args.int('upscale_factor');
  if (context.lessEqual(constant(1), r) === false) context.fail('argument-mismatch', `pixel_shuffle: upscale_factor must be greater than 0, not ${showSize(r)}`);
  const [channels, height, width] = dims.slice(-3) as [SymInt, SymInt, SymInt];
  const area = mul(r, r);
  if (context.divisible(channels, area) === false) context.fail('channels-mismatch', `pixel_shuffle: the ${showSize(channels)} channels of ${show(input)} must be a multiple of upscale_factor² = ${showSize(area)}`);
  return fresh([...dims.slice(0, -3), context.divideExact(channels, area) ?? floordiv(channels, area), mul(height, r), mul(width, r)], input.dtype);
};

const pixelUnshuffle: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = atLeast('pixel_unshuffle', 'input', input, 3, context);
  const r = args.int('downscale_factor');
  if (context.lessEqual(constant(1), r) === false) context.fail('argument-mismatch', `pixel_unshuffle: downscale_factor must be greater than 0, not ${showSize(r)}`);
  const [channels, ...image] = dims.slice(-3) as [SymInt, SymInt, SymInt];
  for (const size of image) if (context.divisible(size, r) === false) context.fail('pixel-size-mismatch', `pixel_unshuffle: height and width of ${show(input)} must be multiples of downscale_factor = ${showSize(r)}`);
  return fresh([...dims.slice(0, -3), mul(channels, mul(r, r)), ...image.map((size) => context.divideExact(size, r) ?? floordiv(size, r))], input.dtype);
};

const channelShuffle: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = atLeast('channel_shuffle', 'input', input, 3, context);
  const groups = args.int('groups');
  if (context.lessEqual(constant(1), groups) === false || context.divisible(dims[1]!, groups) === false) context.fail('channels-mismatch', `channel_shuffle: the ${showSize(dims[1]!)} channels of ${show(input)} must be a multiple of groups = ${showSize(groups)}`);
  return fresh(dims, input.dtype);
};

const F = 'torch.nn.functional.';
const explain = 'gives another resolution';
export const rows: readonly OperationRow[] = [
  { name: `${F}pad`, signature: "pad(input, pad, mode='constant', value=None)", rule: pad, explain: 'pads' },
  { name: 'torch.constant_pad_nd', signature: "constant_pad_nd(input, pad, value=0, *, mode='constant')", rule: pad, explain: 'pads' },
  { name: `${F}interpolate`, signature: "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)", functions: [`${F}upsample`], rule: interpolate, explain },
  { name: `${F}upsample_nearest`, signature: 'upsample_nearest(input, size=None, scale_factor=None)', rule: interpolate, explain },
  { name: `${F}upsample_bilinear`, signature: "upsample_bilinear(input, size=None, scale_factor=None, *, mode='bilinear')", rule: interpolate, explain },
  { name: `${F}grid_sample`, signature: "grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)", rule: gridSample, explain: 'samples at the points of the grid' },
  { name: `${F}affine_grid`, signature: 'affine_grid(theta, size, align_corners=None)', rule: affineGrid, explain: 'makes a grid of points' },
  { name: 'torch.pixel_shuffle', signature: 'pixel_shuffle(input, upscale_factor)', functions: [`${F}pixel_shuffle`], rule: pixelShuffle, explain: 'turns channels into pixels' },
  { name: 'torch.pixel_unshuffle', signature: 'pixel_unshuffle(input, downscale_factor)', functions: [`${F}pixel_unshuffle`], rule: pixelUnshuffle, explain: 'turns pixels into channels' },
  { name: 'torch.channel_shuffle', signature: 'channel_shuffle(input, groups)', functions: [`${F}channel_shuffle`, 'torch.native_channel_shuffle', `${F}native_channel_shuffle`], rule: channelShuffle, explain: 'mixes groups of channels' },
];
