/** Images at places that a tensor names. https://docs.pytorch.org/docs/stable/nn.functional.html#vision-functions */
import { allocate } from '../elements';
import { numelOf, Value } from '../value';
import { matmul } from './matmul';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { cubic } from './resampling';
import { permute } from './strided';

/** A coordinate brought inside: as it is, to the border, or mirrored there. */
type Inside = (x: number, size: number) => number;

function mirrored(x: number, low: number, high: number): number {
  const span = high - low;
  if (span === 0) return 0;
  const distance = Math.abs(x - low);
  const rest = distance % span;
  return Math.floor(distance / span) % 2 === 0 ? low + rest : high - rest;
}

function insideOf(mode: string, aligned: boolean): Inside | null {
  const clip = (x: number, size: number): number => Math.min(size - 1, Math.max(0, x));
  switch (mode) {
    case 'zeros': return (x) => x;
    case 'border': return clip;
    case 'reflection': return (x, size) => clip(aligned ? mirrored(x, 0, size - 1) : mirrored(x, -0.5, size - 0.5), size);
    default: return null;
  }
}

/** Along one dim, which elements and how much of each. */
type Taps = (x: number, size: number) => readonly (readonly [at: number, weight: number])[];

function tapsOf(mode: string, inside: Inside): Taps | null {
  const half = (x: number): number => { const low = Math.floor(x); return x - low === 0.5 ? low + Math.abs(low % 2) : Math.round(x); };
  switch (mode) {
    case 'nearest': return (x, size) => [[half(inside(x, size)), 1]];
    case 'bilinear': return (x, size) => {
      const place = inside(x, size);
      const low = Math.floor(place);
      return [[low, 1 - (place - low)], [low + 1, place - low]];
    };
    // Of the four elements around each is brought inside, not the place itself.
    case 'bicubic': return (x, size) => {
      const low = Math.floor(x);
      return [-1, 0, 1, 2].map((k) => [inside(low + k, size), cubic(x - low - k, -0.75)] as const);
    };
    default: return null;
  }
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.grid_sample.html */
const gridSample: Kernel = (call) => {
  const { args, shape, dtype } = call;
  const input = args.tensor('input');
  const grid = args.tensor('grid').host();
  const aligned = args.bool('align_corners');
  const [mode, padding] = [args.text('mode', 'bilinear'), args.text('padding_mode', 'zeros')];
  const inside = insideOf(padding, aligned);
  const taps = inside && tapsOf(mode, inside);
  const sizes = input.shape.slice(2);
  if (!taps || (mode === 'bicubic' && sizes.length !== 2)) throw unsupported(call, `mode '${mode}', padding_mode '${padding}'`);
  const [batch, channels] = shape as [number, number];
  const [area, count] = [numelOf(sizes), numelOf(shape.slice(2))];
  const source = input.host();
  const result = allocate(dtype, numelOf(shape));
  for (let point = 0; point < batch * count; point++) {
    // The grid's last dim goes from the innermost dim outwards.
    const along = sizes.map((size, dim) => {
      const x = grid[point * sizes.length + sizes.length - 1 - dim] as number;
      return taps(aligned ? (x + 1) / 2 * (size - 1) : ((x + 1) * size - 1) / 2, size);
    });
    const image = Math.floor(point / count);
    forEachProduct(along, sizes, (at, weight) => {
      for (let channel = 0; channel < channels; channel++) {
        const to = (image * channels + channel) * count + point % count;
        result[to] = (result[to] as number) + weight * (source[(image * channels + channel) * area + at] as number);
      }
    });
  }
  return Value.computed(result, shape, dtype);
};

/** Every combination of one tap a dim that lies inside. */
function forEachProduct(along: readonly ReturnType<Taps>[], sizes: readonly number[], visit: (at: number, weight: number) => void): void {
  const descend = (dim: number, base: number, product: number): void => {
    if (dim === sizes.length) return visit(base, product);
    const size = sizes[dim] as number;
    for (const [at, weight] of along[dim] as ReturnType<Taps>) if (at >= 0 && at < size) descend(dim + 1, base * size + at, product * weight);
  };
  descend(0, 0, 1);
}

/** The base grid times each theta. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.affine_grid.html */
const affineGrid: Kernel = ({ args, shape, dtype }: KernelCall) => {
  const theta = args.tensor('theta');
  const sizes = shape.slice(1, -1);
  const aligned = args.bool('align_corners');
  const count = numelOf(sizes);
  const width = sizes.length + 1;
  const base = new Float32Array(count * width);
  for (let point = 0; point < count; point++) {
    let rest = point;
    for (let dim = sizes.length - 1; dim >= 0; dim--) {
      const size = sizes[dim] as number;
      const i = rest % size;
      rest = Math.floor(rest / size);
      const edge = aligned ? 1 : (size - 1) / size;
      base[point * width + sizes.length - 1 - dim] = size > 1 ? -edge + 2 * edge * i / (size - 1) : 0;
    }
    base[point * width + width - 1] = 1;
  }
  return matmul(Value.of(base, [count, width], 'float32'), permute(theta, [0, 2, 1]), dtype, [shape[0] as number, count, sizes.length]).reshaped(shape);
};

export const SAMPLING: KernelTable = { 'torch.nn.functional.grid_sample': gridSample, 'torch.nn.functional.affine_grid': affineGrid };
