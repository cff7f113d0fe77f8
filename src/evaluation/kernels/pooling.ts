/** Pooling over windows. https://docs.pytorch.org/docs/stable/nn.functional.html#pooling-functions */
import { allocate, isFloat } from '../elements';
import { numelOf, Value } from '../value';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { forEachTap, perDim, unravel, type Windows } from './windows';

function windowsOf(call: KernelCall, dims: number, input: Value): Windows {
  const kernel = perDim(call, 'kernel_size', dims, 1);
  const given = call.args.optionalInts('stride') ?? [];
  return {
    input: input.shape.slice(-dims), output: call.shape.slice(-dims), kernel,
    stride: given.length === 0 ? kernel : perDim(call, 'stride', dims, 1),
    padding: perDim(call, 'padding', dims, 0), dilation: perDim(call, 'dilation', dims, 1),
  };
}

/** Of each window the greatest element and its place among the image's; NaN is greatest. */
const maximum = (dims: number): Kernel => (call) => {
  const input = call.args.tensor('input');
  const windows = windowsOf(call, dims, input);
  const [size, count] = [numelOf(windows.input), numelOf(windows.output)];
  const source = input.host();
  const images = source.length / size;
  const values = allocate(call.dtype, numelOf(call.shape)).fill(-Infinity);
  const places = new Float64Array(values.length).fill(-1);
  forEachTap(windows, (window, _tap, at) => {
    if (at < 0) return;
    for (let image = 0; image < images; image++) {
      const x = source[image * size + at] as number;
      const to = image * count + window;
      const best = values[to] as number;
      if (x > best || places[to] === -1 || (Number.isNaN(x) && !Number.isNaN(best))) {
        values[to] = x;
        places[to] = at;
      }
    }
  });
  const result = Value.of(values, call.shape, call.dtype);
  return call.outputs.length === 1 ? result : [result, Value.of(places, call.shape, 'int64')];
};

/** How many elements each window counts: those of the input, or with `include` those of the padding too (not what ceil_mode adds behind it). */
function windowCounts({ input, output, kernel, stride, padding }: Windows, include: boolean): Float64Array {
  const counts = new Float64Array(numelOf(output));
  for (let window = 0; window < counts.length; window++) {
    const extents = unravel(window, output).map((i, dim) => {
      const start = i * (stride[dim] as number) - (padding[dim] as number);
      const end = Math.min(start + (kernel[dim] as number), (input[dim] as number) + (padding[dim] as number));
      return include ? end - start : Math.min(end, input[dim] as number) - Math.max(start, 0);
    });
    counts[window] = numelOf(extents);
  }
  return counts;
}

const average = (dims: number): Kernel => (call) => {
  const input = call.args.tensor('input');
  const windows = windowsOf(call, dims, input);
  const divisor = call.args.optionalInt('divisor_override');
  const counts = windowCounts(windows, call.args.bool('count_include_pad', true));
  const sums = windowSums(input, windows, (x) => x);
  const rounded = isFloat(call.dtype) ? (x: number): number => x : Math.trunc;
  return Value.computed(allocate(call.dtype, sums.length).map((_: number, i: number) => rounded((sums[i] as number) / (divisor ?? counts[i % counts.length] as number))), call.shape, call.dtype);
};

/** Sums over each window, in double precision. */
function windowSums(input: Value, windows: Windows, term: (x: number) => number): Float64Array {
  const [size, count] = [numelOf(windows.input), numelOf(windows.output)];
  const source = input.host();
  const images = source.length / size;
  const sums = new Float64Array(images * count);
  forEachTap(windows, (window, _tap, at) => {
    if (at < 0) return;
    for (let image = 0; image < images; image++) sums[image * count + window] = (sums[image * count + window] as number) + term(source[image * size + at] as number);
  });
  return sums;
}

/** The mean of powers, times the number of a whole kernel's elements; a root of what is negative is NaN, as in torch. */
const power = (dims: number): Kernel => (call) => {
  const input = call.args.tensor('input');
  const windows = windowsOf(call, dims, input);
  const order = call.args.number('norm_type');
  const counts = windowCounts(windows, true);
  const whole = numelOf(windows.kernel);
  const sums = windowSums(input, windows, (x) => x ** order);
  return Value.computed(allocate(call.dtype, sums.length).map((_: number, i: number) => ((sums[i] as number) / (counts[i % counts.length] as number) * whole) ** (1 / order)), call.shape, call.dtype);
};

/** Window `i` of `count` over a size: from floor(i * size / count) to ceil((i + 1) * size / count). */
function adaptiveSpan(i: number, count: number, size: number): readonly [number, number] {
  return [Math.floor(i * size / count), Math.ceil((i + 1) * size / count)];
}

/** Visits the elements of each adaptive window, by flat index. https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html */
function forEachAdaptive(input: readonly number[], output: readonly number[], visit: (window: number, elements: readonly number[]) => void): void {
  for (let window = 0; window < numelOf(output); window++) {
    let elements = [0];
    unravel(window, output).forEach((i, dim) => {
      const [start, end] = adaptiveSpan(i, output[dim] as number, input[dim] as number);
      elements = elements.flatMap((base) => Array.from({ length: end - start }, (_, k) => base * (input[dim] as number) + start + k));
    });
    visit(window, elements);
  }
}

const adaptiveAverage = (dims: number): Kernel => ({ args, shape, dtype }) => {
  const input = args.tensor('input');
  const [from, to] = [input.shape.slice(-dims), shape.slice(-dims)];
  const [size, count] = [numelOf(from), numelOf(to)];
  const source = input.host();
  const result = allocate(dtype, numelOf(shape));
  forEachAdaptive(from, to, (window, elements) => {
    for (let image = 0; image * size < source.length; image++) {
      let sum = 0;
      for (const at of elements) sum += source[image * size + at] as number;
      result[image * count + window] = sum / elements.length;
    }
  });
  return Value.computed(result, shape, dtype);
};

const adaptiveMaximum = (dims: number): Kernel => ({ args, shape, dtype, outputs }) => {
  const input = args.tensor('input');
  const [from, to] = [input.shape.slice(-dims), shape.slice(-dims)];
  const [size, count] = [numelOf(from), numelOf(to)];
  const source = input.host();
  const result = allocate(dtype, numelOf(shape));
  const places = new Float64Array(result.length);
  forEachAdaptive(from, to, (window, elements) => {
    for (let image = 0; image * size < source.length; image++) {
      let best = elements[0] as number;
      for (const at of elements) {
        const [x, y] = [source[image * size + at] as number, source[image * size + best] as number];
        if (x > y || (Number.isNaN(x) && !Number.isNaN(y))) best = at;
      }
      result[image * count + window] = source[image * size + best] as number;
      places[image * count + window] = best;
    }
  });
  const values = Value.of(result, shape, dtype);
  return outputs.length === 1 ? values : [values, Value.of(places, shape, 'int64')];
};

/** Where the regions begin along one dim: at steps that a number from 0 to 1 spreads. */
function fractionalStarts(sample: number, size: number, count: number, kernel: number): number[] {
  const step = count > 1 ? (size - kernel) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? size - kernel : Math.trunc((i + sample) * step) - Math.trunc(sample * step)));
}

/** The greatest of regions that begin at random places. https://docs.pytorch.org/docs/stable/generated/torch.nn.FractionalMaxPool2d.html */
const fractional = (dims: number): Kernel => (call) => {
  const { args, shape, dtype, outputs } = call;
  const input = args.tensor('input');
  const [sizes, counts, kernel] = [input.shape.slice(-dims), shape.slice(-dims), perDim(call, 'kernel_size', dims, 1)];
  const planes = numelOf(shape.slice(0, -dims));
  const given = args.optionalTensor('_random_samples')?.host();
  const generator = call.generator();
  if (!given) call.note(`${call.op}: its regions are drawn at random, not as torch draws them`);
  const source = input.host();
  const area = numelOf(sizes);
  const result = allocate(dtype, numelOf(shape));
  const places = new Float64Array(result.length);
  for (let plane = 0; plane < planes; plane++) {
    // The numbers of a plane image belong to its dims from the last on, those of a volume from the first.
    const samples = Array.from({ length: dims }, (_, i) => (given ? given[plane * dims + i] as number : generator.uniform()));
    const starts = (dims === 2 ? samples.reverse() : samples).map((sample, dim) => fractionalStarts(sample, sizes[dim] as number, counts[dim] as number, kernel[dim] as number));
    for (let window = 0; window < numelOf(counts); window++) {
      const from = unravel(window, counts).map((i, dim) => (starts[dim] as number[])[i] as number);
      let best = -1;
      for (let tap = 0; tap < numelOf(kernel); tap++) {
        const at = unravel(tap, kernel).reduce((sum, offset, dim) => sum * (sizes[dim] as number) + (from[dim] as number) + offset, 0);
        const x = source[plane * area + at] as number;
        if (best < 0 || x > (source[plane * area + best] as number) || Number.isNaN(x)) best = at;
      }
      result[plane * numelOf(counts) + window] = source[plane * area + best] as number;
      places[plane * numelOf(counts) + window] = best;
    }
  }
  const values = Value.of(result, shape, dtype);
  return outputs.length === 1 ? values : [values, Value.of(places, shape, 'int64')];
};

const F = 'torch.nn.functional.';
export const POOLING: KernelTable = Object.fromEntries([1, 2, 3].flatMap((n) => [
  [`${F}max_pool${n}d`, maximum(n)], [`${F}avg_pool${n}d`, average(n)], [`${F}lp_pool${n}d`, power(n)],
  [`${F}adaptive_avg_pool${n}d`, adaptiveAverage(n)], [`${F}adaptive_max_pool${n}d`, adaptiveMaximum(n)], ...(n > 1 ? [[`${F}fractional_max_pool${n}d`, fractional(n)] as const] : []),
]));
