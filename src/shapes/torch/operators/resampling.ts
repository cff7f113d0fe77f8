/** Padding and other resolutions: https://docs.pytorch.org/docs/stable/nn.functional.html#vision-functions */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, floordiv, mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { ZERO, dimsOf, ranked } from '../common/shape';
import { show } from '../common/text';

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
    const one = args.value('size').kind === 'int';
    if (!one && size.length !== spatial.length) context.fail('argument-mismatch', `interpolate: ${show(size)} must be one int or ${spatial.length}, for the last dims of ${show(input)}`);
    return fresh(resized(input, spatial.map((_, i) => size[one ? 0 : i]!), context), input.dtype);
  }
  const factor = args.value('scale_factor');
  if (factor.kind === 'None') return context.fail('argument-mismatch', 'interpolate: one of size and scale_factor must be given');
  const factors = factor.kind === 'tuple' || factor.kind === 'list' ? factor.items ?? [] : spatial.map(() => factor);
  if (factors.length !== spatial.length) context.fail('argument-mismatch', `interpolate: ${factors.length} scale factors for the ${spatial.length} last dims of ${show(input)}`);
  return fresh(resized(input, spatial.map((own, i) => {
    const each = factors[i]!;
    if (each.kind === 'int' && each.value) return mul(own, each.value);
    if (each.kind === 'float' && each.value !== null) {
      if (own.value !== null) return constant(Math.floor(own.value * each.value));
      if (Number.isInteger(each.value)) return mul(own, constant(each.value));
      if (Number.isInteger(1 / each.value)) return floordiv(own, constant(1 / each.value));
    }
    return context.fresh('n', 'a size scaled by a factor that is not known');
  }), context), input.dtype);
};

/** The last dims replaced; none may be 0, before or after. */
function resized(input: TensorValue, sizes: readonly SymInt[], context: RuleContext): readonly SymInt[] {
  const { dims } = input.shape;
  if ([...dims.slice(2), ...sizes].some((size) => context.lessEqual(size, ZERO) === true)) context.fail('argument-mismatch', `interpolate: all sizes must be greater than 0, but the last dims of ${show(input)} become ${show(sizes)}`);
  return [...dims.slice(0, 2), ...sizes];
}

/** A point of the input for each point of the grid. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.grid_sample.html */
export const gridSample: Rule = (args, context) => {
  const [input, grid] = [args.tensor('input'), args.tensor('grid')];
  const dims = ranked('grid_sample', 'input', input, [4, 5], context);
  const points = ranked('grid_sample', 'grid', grid, [dims.length], context);
  context.requireEqual(dims[0]!, points[0]!, 'grid-size-mismatch', () => `grid_sample: the batch sizes of input ${show(input)} and grid ${show(grid)} differ`);
  context.requireEqual(points.at(-1)!, constant(dims.length - 2), 'grid-size-mismatch', () => `grid_sample: the last dim of the grid ${show(grid)} must be ${dims.length - 2}, the coordinates of a point`);
  return fresh([dims[0]!, dims[1]!, ...points.slice(1, -1)], input.dtype);
};

export const affineGrid: Rule = (args, context) => {
  const theta = args.tensor('theta');
  const size = args.ints('size');
  const dims = ranked('affine_grid', 'theta', theta, [3], context);
  if (size.length !== 4 && size.length !== 5) context.fail('rank-mismatch', `affine_grid: size must have 4 or 5 numbers, not ${show(size)}`);
  const n = size.length - 2;
  const wanted = [size[0]!, constant(n), constant(n + 1)];
  dims.forEach((own, i) => context.requireEqual(own, wanted[i]!, 'grid-size-mismatch', () => `affine_grid: theta must have the shape ${show(wanted)} for size ${show(size)}, not ${show(theta)}`));
  return fresh([size[0]!, ...size.slice(2), constant(n)], theta.dtype);
};

const F = 'torch.nn.functional.';
const explain = 'gives another resolution';
export const rows: readonly OperationRow[] = [
  { name: `${F}interpolate`, signature: "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)", functions: [`${F}upsample`], rule: interpolate, explain },
  { name: `${F}upsample_nearest`, signature: 'upsample_nearest(input, size=None, scale_factor=None)', rule: interpolate, explain },
  { name: `${F}upsample_bilinear`, signature: "upsample_bilinear(input, size=None, scale_factor=None, *, mode='bilinear')", rule: interpolate, explain },
  { name: `${F}grid_sample`, signature: "grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)", rule: gridSample, explain: 'samples at the points of the grid' },
  { name: `${F}affine_grid`, signature: 'affine_grid(theta, size, align_corners=None)', rule: affineGrid, explain: 'makes a grid of points' },
];
