/** Windows that slide over the last dims: the geometry that convolutions, pooling, unfold and fold share. */
import { numelOf, stridesOf } from '../value';
import type { KernelCall } from './kernel';

/** Each list has one entry a spatial dim. */
export interface Windows {
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** In front of each dim; what lies behind follows from the output's size. */
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** A parameter given as one number for all dims, or one for each. */
export function perDim({ args }: KernelCall, name: string, count: number, otherwise: number): number[] {
  const given = args.optionalInts(name) ?? [];
  if (given.length === 0) return new Array<number>(count).fill(otherwise);
  return given.length === 1 ? new Array<number>(count).fill(given[0] as number) : given;
}

/**
 * Visits each position of each window: which window, which position of the kernel, and the flat index of the element
 * that lies there, or -1 in the padding. Windows are visited position by position of the kernel, in order.
 */
export function forEachTap(windows: Windows, visit: (window: number, tap: number, at: number) => void): void {
  const { input, output, kernel, stride, padding, dilation } = windows;
  const taps = numelOf(kernel);
  const strides = stridesOf(input);
  const rank = input.length;
  for (let tap = 0; tap < taps; tap++) {
    const offsets = unravel(tap, kernel).map((at, dim) => at * (dilation[dim] as number) - (padding[dim] as number));
    // Where along each dim the windows' elements lie, -1 in the padding: computed once, not once a window.
    const places = output.map((size, dim) => Array.from({ length: size }, (_, i) => {
      const at = i * (stride[dim] as number) + (offsets[dim] as number);
      return at >= 0 && at < (input[dim] as number) ? at * (strides[dim] as number) : -1;
    }));
    let window = 0;
    const descend = (dim: number, base: number): void => {
      for (const place of places[dim] as number[]) {
        const at = base < 0 || place < 0 ? -1 : base + place;
        if (dim === rank - 1) visit(window++, tap, at);
        else descend(dim + 1, at);
      }
    };
    descend(0, 0);
  }
}

/** The index along each dim of a flat index. */
export function unravel(flat: number, shape: readonly number[]): number[] {
  const index = new Array<number>(shape.length);
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    index[dim] = flat % (shape[dim] as number);
    flat = Math.floor(flat / (shape[dim] as number));
  }
  return index;
}
