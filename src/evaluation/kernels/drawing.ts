/** More distributions to draw from, and initializers that are more than one. https://docs.pytorch.org/docs/stable/torch.html#random-sampling */
import { allocate } from '../elements';
import type { Elements } from '../messages';
import type { Generator } from '../random';
import { numelOf, Value } from '../value';
import { softmaxOf } from './along';
import { dimOf } from './arguments';
import { hostExpanded } from './broadcast';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { permute } from './strided';

function generatorOf(call: KernelCall, what: string): Generator {
  call.note(`${what}, seeded (not torch's own numbers)`);
  return call.generator();
}

const drawn = (what: string, build: (call: KernelCall) => (generator: Generator, i: number) => number): Kernel => (call) => {
  const generator = generatorOf(call, what);
  const element = build(call);
  return fill(call.shape, call.dtype, (i) => element(generator, i));
};

/** Counts by Knuth's product of uniforms, in parts so that large means do not underflow. */
function poissonCount(generator: Generator, mean: number): number {
  let count = 0;
  for (let rest = mean; rest > 0; rest -= 500) {
    const bound = Math.exp(-Math.min(rest, 500));
    for (let product = generator.uniform(); product > bound; product *= generator.uniform()) count++;
  }
  return count;
}

/** The greatest integer that the dtype holds exactly, which `random_` draws up to. */
function greatest(dtype: string): number {
  const bits: Record<string, number> = { int8: 7, uint8: 8, int16: 15, int32: 31, int64: 53, float16: 11, bfloat16: 8, float32: 24, float64: 53, bool: 1 };
  return 2 ** (bits[dtype] ?? 24);
}

/** Categories by their weights, without replacement unless asked. https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html */
const multinomial: Kernel = (call) => {
  const generator = generatorOf(call, 'random categories by weight');
  const input = call.args.tensor('input');
  const classes = input.shape.at(-1) as number;
  const replaces = call.args.bool('replacement');
  const samples = call.shape.at(-1) as number;
  const weights = [...input.host()];
  return fill(call.shape, call.dtype, (i) => {
    const from = Math.floor(i / samples) * classes;
    const total = weights.slice(from, from + classes).reduce((sum, w) => sum + w, 0);
    let rest = generator.uniform() * total;
    let pick = -1;
    for (let c = 0; c < classes && (pick < 0 || rest >= 0); c++) {
      const weight = weights[from + c] as number;
      if (weight > 0) pick = c;
      rest -= weight;
    }
    if (pick < 0) throw unsupported(call, 'fewer categories of a weight than samples');
    if (!replaces) weights[from + pick] = 0;
    return pick;
  });
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gumbel_softmax.html */
const gumbelSoftmax: Kernel = (call) => {
  const { args, dtype, shape } = call;
  const generator = generatorOf(call, 'Gumbel noise');
  const logits = args.tensor('logits').host();
  const tau = args.number('tau', 1);
  const dim = args.int('dim', -1);
  const soft = softmaxOf(fill(shape, dtype, (i) => ((logits[i] as number) - Math.log(-Math.log(generator.uniform()))) / tau), dim, dtype);
  if (!args.bool('hard')) return soft;
  const order = [...[...shape.keys()].filter((each) => each !== dimOf(dim, shape.length)), dimOf(dim, shape.length)];
  const rows = permute(soft, order);
  const length = rows.shape.at(-1) as number;
  const elements = rows.host();
  const hard = allocate(dtype, elements.length);
  for (let start = 0; start < elements.length; start += length) {
    const row = elements.subarray(start, start + length);
    hard[start + row.indexOf(Math.max(...row))] = 1;
  }
  return permute(Value.of(hard, rows.shape, dtype), order.map((_, i) => order.indexOf(i)));
};

/** Rows (or columns, whichever are fewer) at right angles: Gram and Schmidt on normal draws. https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.orthogonal_ */
const orthogonal: Kernel = (call) => {
  const generator = generatorOf(call, 'a random orthogonal matrix');
  const rows = call.shape[0] as number;
  const columns = numelOf(call.shape) / Math.max(1, rows);
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => generator.normal());
    // Twice, since once leaves rounding behind.
    for (const other of [...vectors, ...vectors]) {
      const share = other.reduce((sum, x, k) => sum + x * (vector[k] as number), 0);
      for (let k = 0; k < length; k++) vector[k] = (vector[k] as number) - share * (other[k] as number);
    }
    const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
    if (norm > 1e-9) vectors.push(vector.map((x) => x / norm));
  }
  const gain = call.args.number('gain', 1);
  return fill(call.shape, call.dtype, (i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return gain * (rows <= columns ? (vectors[row] as Float64Array)[column] as number : (vectors[column] as Float64Array)[row] as number);
  });
};

/** In each column a share of zeros, normal draws elsewhere. */
const sparse: Kernel = (call) => {
  const generator = generatorOf(call, 'a random sparse matrix');
  const [rows, columns] = call.shape as [number, number];
  const zeros = Math.ceil(call.args.number('sparsity') * rows);
  const std = call.args.number('std', 0.01);
  const result = allocate(call.dtype, rows * columns);
  for (let column = 0; column < columns; column++) {
    generator.permutation(rows).forEach((row, i) => { result[row * columns + column] = i < zeros ? 0 : std * generator.normal(); });
  }
  return Value.computed(result, call.shape, call.dtype);
};

/** A convolution that passes its input on. https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.dirac_ */
const dirac: Kernel = ({ args, shape, dtype }) => {
  const [outputs, inputs, ...kernel] = shape as [number, number, ...number[]];
  const perGroup = outputs / args.int('groups', 1);
  const center = kernel.reduce((flat, size) => flat * size + Math.floor(size / 2), 0);
  const area = numelOf(kernel);
  return fill(shape, dtype, (i) => Number(i % area === center && Math.floor(i / (area * inputs)) % perGroup === Math.floor(i / area) % inputs));
};

const F = 'torch.nn.functional.';
const T = 'torch.Tensor.';
export const DRAWING: KernelTable = {
  'torch.poisson': drawn('random Poisson counts', ({ args }) => { const means = args.tensor('input').host(); return (generator, i) => poissonCount(generator, means[i] as number); }),
  'torch.binomial': drawn('random binomial counts', ({ args, shape }) => {
    const [counts, chances] = ['count', 'prob'].map((name) => hostExpanded(args.tensor(name), 'float32', shape)) as [Elements, Elements];
    return (generator, i) => Array.from({ length: counts[i] as number }, () => Number(generator.uniform() < (chances[i] as number))).reduce((sum, hit) => sum + hit, 0);
  }),
  'torch.multinomial': multinomial,
  [`${T}random_`]: drawn('random integers', ({ args, dtype }) => {
    const to = args.optionalInt('to');
    const from = args.int('from', 0);
    // One number alone is the end.
    const [low, high] = to === null ? (from === 0 ? [0, greatest(dtype)] : [0, from]) : [from, to];
    return (generator) => generator.integer(low, high);
  }),
  [`${T}exponential_`]: drawn('random exponential', ({ args }) => { const rate = args.number('lambd', 1); return (generator) => -Math.log1p(-generator.uniform()) / rate; }),
  [`${T}geometric_`]: drawn('random geometric', ({ args }) => { const p = args.number('p'); return (generator) => Math.max(1, Math.ceil(Math.log1p(-generator.uniform()) / Math.log1p(-p))); }),
  [`${T}cauchy_`]: drawn('random Cauchy', ({ args }) => { const [median, sigma] = [args.number('median', 0), args.number('sigma', 1)]; return (generator) => median + sigma * Math.tan(Math.PI * (generator.uniform() - 0.5)); }),
  [`${T}log_normal_`]: drawn('random log-normal', ({ args }) => { const [mean, std] = [args.number('mean', 1), args.number('std', 2)]; return (generator) => Math.exp(mean + std * generator.normal()); }),
  [`${F}gumbel_softmax`]: gumbelSoftmax,
  'torch.nn.init.orthogonal_': orthogonal, 'torch.nn.init.sparse_': sparse, 'torch.nn.init.dirac_': dirac,
};
