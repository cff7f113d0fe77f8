/** Pixels and channels exchanged: https://docs.pytorch.org/docs/stable/nn.functional.html#vision-functions */
import type { SymInt } from '../../symint/symint';
import { constant, floordiv, mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh } from '../common/results';
import { atLeast } from '../common/shape';
import { show, showSize } from '../common/text';

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
export const rows: readonly OperationRow[] = [
  { name: 'torch.pixel_shuffle', signature: 'pixel_shuffle(input, upscale_factor)', functions: [`${F}pixel_shuffle`], rule: pixelShuffle, explain: 'turns channels into pixels' },
  { name: 'torch.pixel_unshuffle', signature: 'pixel_unshuffle(input, downscale_factor)', functions: [`${F}pixel_unshuffle`], rule: pixelUnshuffle, explain: 'turns pixels into channels' },
  { name: 'torch.channel_shuffle', signature: 'channel_shuffle(input, groups)', functions: [`${F}channel_shuffle`, 'torch.native_channel_shuffle', `${F}native_channel_shuffle`], rule: channelShuffle, explain: 'mixes groups of channels' },
];
