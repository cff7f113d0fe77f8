/**
 * Images to another size. Every mode works dim by dim: an element of the result is a weighted sum of a few elements
 * along each dim. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html
 */
import { allocate, isFloat } from '../elements';
import type { Elements } from '../messages';
import { numelOf, Value } from '../value';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { POOLING } from './pooling';

/** The elements that one element of the result is made of, and how much of each. */
interface Tap { readonly at: number; readonly weight: number }

/** From `size` to `count` elements; `scale` is how many of the operand's lie under one of the result. */
interface Axis { readonly size: number; readonly count: number; readonly scale: number; readonly aligned: boolean }

type Taps = (axis: Axis, i: number) => readonly Tap[];

// Torch computes places in single precision, and a floor tells the difference.
const f32 = Math.fround;

const nearest: Taps = ({ size, scale }, i) => [{ at: Math.min(size - 1, Math.floor(f32(i * f32(scale)))), weight: 1 }];
const nearestExact: Taps = ({ size, scale }, i) => [{ at: Math.min(size - 1, Math.floor(f32((i + 0.5) * f32(scale)))), weight: 1 }];

/** With corners aligned the first and last elements lie on each other, else the edges of pixels do. */
function sourcePlace({ scale, aligned }: Axis, i: number): number {
  return aligned ? i * scale : (i + 0.5) * scale - 0.5;
}

const linear: Taps = (axis, i) => {
  const place = Math.max(0, sourcePlace(axis, i));
  const at = Math.min(axis.size - 1, Math.floor(place));
  const rest = place - at;
  return [{ at, weight: 1 - rest }, { at: Math.min(axis.size - 1, at + 1), weight: rest }];
};

/** Keys' cubic kernel. https://en.wikipedia.org/wiki/Bicubic_interpolation#Bicubic_convolution_algorithm */
export function cubic(x: number, a: number): number {
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
}

const CUBIC = -0.75;
/** What Pillow uses, which torch follows where it smooths. */
const CUBIC_SMOOTHED = -0.5;

const cubicTaps: Taps = (axis, i) => {
  const place = sourcePlace(axis, i);
  const at = Math.floor(place);
  return [-1, 0, 1, 2].map((k) => ({ at: Math.min(axis.size - 1, Math.max(0, at + k)), weight: cubic(place - at - k, CUBIC) }));
};

/** The filter widened to what one element of the result covers. */
const smoothed = (filter: (x: number) => number, reach: number): Taps => ({ size, scale }, i) => {
  const widened = Math.max(scale, 1);
  const center = scale * (i + 0.5);
  const first = Math.max(0, Math.trunc(center - reach * widened + 0.5));
  const last = Math.min(size, Math.trunc(center + reach * widened + 0.5));
  const taps = Array.from({ length: last - first }, (_, k) => ({ at: first + k, weight: filter((first + k - center + 0.5) / widened) }));
  const total = taps.reduce((sum, { weight }) => sum + weight, 0);
  return taps.map(({ at, weight }) => ({ at, weight: weight / total }));
};

const MODES: Readonly<Record<string, { readonly taps: Taps; readonly smoothed?: Taps }>> = {
  nearest: { taps: nearest }, 'nearest-exact': { taps: nearestExact },
  linear: { taps: linear }, trilinear: { taps: linear },
  bilinear: { taps: linear, smoothed: smoothed((x) => Math.max(0, 1 - Math.abs(x)), 1) },
  bicubic: { taps: cubicTaps, smoothed: smoothed((x) => cubic(x, CUBIC_SMOOTHED), 2) },
};

/** One dim: (outer, size, inner) to (outer, count, inner). */
function resampleDim(source: Elements, outer: number, inner: number, axis: Axis, taps: Taps): Elements {
  const result = new Float64Array(outer * axis.count * inner);
  for (let i = 0; i < axis.count; i++) {
    for (const { at, weight } of taps(axis, i)) {
      if (weight === 0) continue;
      for (let o = 0; o < outer; o++) {
        const from = (o * axis.size + at) * inner;
        const to = (o * axis.count + i) * inner;
        for (let k = 0; k < inner; k++) result[to + k] = (result[to + k] as number) + weight * (source[from + k] as number);
      }
    }
  }
  return result;
}

/** The scale that was given counts, unless it is to be computed anew from the sizes. */
function scaleOf(call: KernelCall, dim: number, size: number, count: number, aligned: boolean): number {
  if (aligned) return count > 1 ? (size - 1) / (count - 1) : 0;
  const given = call.args.optionalInts('scale_factor');
  const factor = given?.[given.length === 1 ? 0 : dim];
  return factor !== undefined && !call.args.bool('recompute_scale_factor') ? 1 / factor : size / count;
}

const resample = (mode: string, aligned: boolean): Kernel => (call) => {
  const input = call.args.tensor('input');
  const chosen = MODES[mode];
  if (mode === 'area') {
    const dims = call.shape.length - 2;
    return (POOLING[`torch.nn.functional.adaptive_avg_pool${dims}d`] as Kernel)(call);
  }
  const smooth = call.args.bool('antialias');
  const taps = smooth ? chosen?.smoothed : chosen?.taps;
  if (!taps) throw unsupported(call, `mode '${mode}'${smooth ? ' and antialias' : ''}`);
  if (!isFloat(call.dtype) && !mode.startsWith('nearest')) throw unsupported(call, `mode '${mode}' of ${call.dtype}`);
  const images = numelOf(input.shape.slice(0, 2));
  const sizes = [...input.shape.slice(2)];
  let elements = input.host();
  sizes.forEach((size, dim) => {
    const count = call.shape[dim + 2] as number;
    const axis: Axis = { size, count, aligned, scale: scaleOf(call, dim, size, count, aligned) };
    elements = resampleDim(elements, images * numelOf(sizes.slice(0, dim)), numelOf(sizes.slice(dim + 1)), axis, taps);
    sizes[dim] = count;
  });
  const result = allocate(call.dtype, elements.length);
  result.set(elements);
  return Value.computed(result, call.shape, call.dtype);
};

const interpolate: Kernel = (call) => resample(call.args.text('mode', 'nearest'), call.args.bool('align_corners'))(call);

export const RESAMPLING: KernelTable = {
  'torch.nn.functional.interpolate': interpolate,
  'torch.nn.functional.upsample_nearest': resample('nearest', false),
  'torch.nn.functional.upsample_bilinear': (call) => resample(call.shape.length === 5 ? 'trilinear' : 'bilinear', true)(call),
};
