/** Integrals and slopes from samples. https://docs.pytorch.org/docs/stable/generated/torch.trapezoid.html */
import { allocate, isFloat } from '../elements';
import { numelOf, Value } from '../value';
import { dimOf } from './arguments';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { expandTo, permute } from './strided';

/** Ends of steps along a dim, as differences of the coordinates or one number. */
function stepsOf(call: KernelCall, dim: number, shape: readonly number[]): (i: number) => number {
  const { args } = call;
  if (args.isTensor('x')) {
    const given = args.tensor('x');
    const x = given.shape.length > 1 ? expandTo(given, shape) : given;
    const along = x.shape.length > 1 ? permute(x, [...[...x.shape.keys()].filter((each) => each !== dim), dim]).host() : x.host();
    // Coordinates for all rows, or for each row its own.
    return (i) => { const at = x.shape.length > 1 ? i : i % (shape[dim] as number); return (along[at + 1] as number) - (along[at] as number); };
  }
  const dx = args.number('dx', 1);
  return () => dx;
}

/** https://docs.pytorch.org/docs/stable/generated/torch.trapezoid.html */
const trapezoid = (cumulative: boolean): Kernel => (call) => {
  const { args, shape, dtype } = call;
  const y = args.tensor('y', 'input').to(dtype);
  const dim = dimOf(args.int('dim', -1), y.shape.length);
  const others = [...y.shape.keys()].filter((each) => each !== dim);
  const order = [...others, dim];
  const count = y.shape[dim] as number;
  const source = permute(y, order).host();
  const step = stepsOf(call, dim, y.shape);
  const rows = count === 0 ? 0 : source.length / count;
  const width = cumulative ? Math.max(0, count - 1) : 1;
  const result = allocate(dtype, rows * width);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * count; i < (row + 1) * count - 1; i++) {
      sum += ((source[i] as number) + (source[i + 1] as number)) / 2 * step(i);
      if (cumulative) result[row * width + i - row * count] = sum;
    }
    if (!cumulative) result[row] = sum;
  }
  if (!cumulative) return Value.computed(result, shape, dtype);
  return permute(Value.computed(result, [...others.map((each) => shape[each] as number), width], dtype), order.map((_, i) => order.indexOf(i)));
};

/** Second-order differences inside, one-sided ones at the edges. https://docs.pytorch.org/docs/stable/generated/torch.gradient.html */
const gradient: Kernel = (call) => {
  const { args, outputs } = call;
  const input = args.tensor('input').to(call.dtype);
  const rank = input.shape.length;
  const dims = (args.optionalInts('dim') ?? [...input.shape.keys()]).map((dim) => dimOf(dim, rank));
  if (!isFloat(call.dtype)) throw unsupported(call, `${call.dtype} values`);
  return outputs.map(({ shape }, i) => gradientAlong(call, input, dims[i] as number, spacingOf(call, i, input.shape[dims[i] as number] as number), shape));
};

/** The coordinates along the dim. */
function spacingOf({ args }: KernelCall, i: number, size: number): number[] {
  const raw = args.raw('spacing');
  const each = Array.isArray(raw) ? raw[raw.length === 1 ? 0 : i] : raw;
  const coordinates = each === undefined ? null : args.asTensor(each);
  if (coordinates && coordinates.shape.length > 0) return [...coordinates.host()];
  const listed = coordinates ? [coordinates.item()] : args.optionalInts('spacing') ?? [1];
  const step = listed[listed.length === 1 ? 0 : i] as number;
  return Array.from({ length: size }, (_, k) => k * step);
}

function gradientAlong({ args, dtype }: KernelCall, input: Value, dim: number, x: readonly number[], shape: readonly number[]): Value {
  const inner = numelOf(input.shape.slice(dim + 1));
  const size = input.shape[dim] as number;
  const source = input.host();
  const order = args.int('edge_order', 1);
  const at = (k: number): number => x[k] as number;
  return fill(shape, dtype, (i) => {
    const k = Math.floor(i / inner) % size;
    const y = (to: number): number => source[i + (to - k) * inner] as number;
    const slope = (a: number, b: number): number => (y(b) - y(a)) / (at(b) - at(a));
    if (k > 0 && k < size - 1) {
      const [before, after] = [at(k) - at(k - 1), at(k + 1) - at(k)];
      return (slope(k - 1, k) * after + slope(k, k + 1) * before) / (before + after);
    }
    const edge = k === 0 ? [0, 1, 2] : [size - 1, size - 2, size - 3];
    const first = slope(edge[0] as number, edge[1] as number);
    if (order === 1) return first;
    const second = slope(edge[1] as number, edge[2] as number);
    const [near, far] = [Math.abs(at(edge[1] as number) - at(edge[0] as number)), Math.abs(at(edge[2] as number) - at(edge[1] as number))];
    return first + (first - second) * near / (near + far);
  });
}

export const INTEGRATION: KernelTable = { 'torch.trapezoid': trapezoid(false), 'torch.cumulative_trapezoid': trapezoid(true), 'torch.gradient': gradient };
