/** Order statistics, moments and counts. https://docs.pytorch.org/docs/stable/torch.html#reduction-ops */
import { allocate } from '../elements';
import type { Elements } from '../messages';
import { numelOf, Value } from '../value';
import { dimOf } from './arguments';
import { sortedPositions } from './along';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { positionOf, reduceRows, rowsOf, total } from './reduction';

/** One element of each row, and where it is: `position` picks it. */
const picked = (position: (row: Elements) => number): Kernel => (call) => {
  const rows = rowsOf(call, null);
  const values = reduceRows(rows, call.shape, call.dtype, (row) => row[position(row)] as number);
  return call.outputs.length === 1 ? values : [values, reduceRows(rows, call.shape, 'int64', position)];
};

/** The lower one of two in the middle; NaN where there is one. */
function medianPosition(row: Elements): number {
  const nan = row.findIndex(Number.isNaN);
  return nan >= 0 ? nan : sortedPositions(row, false)[Math.floor((row.length - 1) / 2)] as number;
}

function nanmedianPosition(row: Elements): number {
  const count = row.filter((x: number) => !Number.isNaN(x)).length;
  return sortedPositions(row, false)[Math.max(0, Math.floor((count - 1) / 2))] as number;
}

/** The smallest of the most frequent, where it is last. */
function modePosition(row: Elements): number {
  const order = sortedPositions(row, false);
  let [best, longest, run] = [order[0] as number, 0, 0];
  order.forEach((at, i) => {
    run = i > 0 && row[at] === row[order[i - 1] as number] ? run + 1 : 1;
    if (run > longest) [best, longest] = [at, run];
    else if (run === longest && row[best] === row[at]) best = at;
  });
  return best;
}

/** Without a dim the last one is meant. */
const alongOne = (kernel: (call: KernelCall) => ReturnType<Kernel>): Kernel => (call) => {
  const args = Object.create(call.args) as typeof call.args;
  args.optionalInts = (...names) => call.args.optionalInts(...names) ?? [-1];
  return kernel({ ...call, args });
};
const mode = alongOne(picked(modePosition));
const kthvalue = alongOne((call) => picked((row) => sortedPositions(row, false)[call.args.int('k') - 1] as number)(call));

const aminmax: Kernel = (call) => {
  const rows = rowsOf(call, null);
  return [(x: number, y: number) => x < y, (x: number, y: number) => x > y].map((better) => reduceRows(rows, call.shape, call.dtype, (row) => row[positionOf(row, better)] as number));
};

const nanmean: Kernel = (call) => reduceRows(rowsOf(call, call.dtype), call.shape, call.dtype, (row) => {
  const present = row.filter((x: number) => !Number.isNaN(x));
  return total(present) / present.length;
});

/** Between two neighbours of the sorted row. https://docs.pytorch.org/docs/stable/generated/torch.quantile.html */
const quantile = (skipsNan: boolean): Kernel => (call) => {
  const { args, dtype } = call;
  const given = args.operand('q');
  const quantiles = given instanceof Value ? [...given.host()] : [given.value];
  const how = args.text('interpolation', 'linear');
  const rows = rowsOf(call, dtype);
  const single = call.shape.slice(given instanceof Value && given.shape.length > 0 ? 1 : 0);
  const parts = quantiles.map((q) => reduceRows(rows, single, dtype, (row) => {
    const present = row.filter((x: number) => !Number.isNaN(x));
    if (present.length < row.length && (!skipsNan || present.length === 0)) return NaN;
    return between(present.sort(), q * (present.length - 1), how, call);
  }).host());
  const result = allocate(dtype, numelOf(call.shape));
  parts.forEach((part, i) => result.set(part as Float32Array, i * part.length));
  return Value.computed(result, call.shape, dtype);
};

function between(sorted: Elements, place: number, how: string, call: KernelCall): number {
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  const rest = place - Math.floor(place);
  switch (how) {
    case 'linear': return low + (high - low) * rest;
    case 'lower': return low;
    case 'higher': return high;
    case 'midpoint': return (low + high) / 2;
    // Half goes to the even place.
    case 'nearest': return rest === 0.5 ? sorted[2 * Math.round(place / 2)] as number : rest < 0.5 ? low : high;
    default: throw unsupported(call, `interpolation '${how}'`);
  }
}

/** https://docs.pytorch.org/docs/stable/generated/torch.cov.html */
function covariance(call: KernelCall): Value {
  const { args, dtype } = call;
  const input = args.tensor('input').to(dtype);
  const count = input.shape.at(-1) ?? 1;
  const rows = input.shape.length < 2 ? 1 : input.shape[0] as number;
  const [frequencies, importance] = ['fweights', 'aweights'].map((name) => args.optionalTensor(name)?.host() ?? null) as [Elements | null, Elements | null];
  const weight = (i: number): number => (frequencies ? frequencies[i] as number : 1) * (importance ? importance[i] as number : 1);
  const columns = Array.from({ length: count }, (_, i) => i);
  const total = columns.reduce((sum, i) => sum + weight(i), 0);
  const squared = columns.reduce((sum, i) => sum + weight(i) * (importance ? importance[i] as number : 1), 0);
  const correction = args.int('correction', 1);
  const norm = Math.max(0, importance && correction !== 0 ? total - correction * squared / total : total - correction);
  const source = input.host();
  const means = Array.from({ length: rows }, (_, row) => columns.reduce((sum, i) => sum + weight(i) * (source[row * count + i] as number), 0) / total);
  return fill(rows === 1 ? [] : [rows, rows], dtype, (at) => {
    const [a, b] = [Math.floor(at / rows), at % rows];
    return columns.reduce((sum, i) => sum + weight(i) * ((source[a * count + i] as number) - (means[a] as number)) * ((source[b * count + i] as number) - (means[b] as number)), 0) / norm;
  });
}

const corrcoef: Kernel = (call) => {
  const matrix = covariance(call);
  const rows = matrix.shape[0] ?? 1;
  const elements = matrix.host();
  const deviation = (i: number): number => Math.sqrt(elements[i * rows + i] as number);
  return fill(call.shape, call.dtype, (at) => Math.min(1, Math.max(-1, (elements[at] as number) / deviation(Math.floor(at / rows)) / deviation(at % rows))));
};

/** Every slice along `dim` whose norm is too great is brought down to it. https://docs.pytorch.org/docs/stable/generated/torch.renorm.html */
const renorm: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input');
  const dim = dimOf(args.int('dim'), shape.length);
  const [p, most] = [args.number('p'), args.number('maxnorm')];
  const inner = numelOf(shape.slice(dim + 1));
  const slice = (i: number): number => Math.floor(i / inner) % (shape[dim] as number);
  const source = input.host();
  const powers = new Float64Array(shape[dim] as number);
  source.forEach((x: number, i: number) => { powers[slice(i)] = p === Infinity ? Math.max(powers[slice(i)] as number, Math.abs(x)) : (powers[slice(i)] as number) + Math.abs(x) ** p; });
  const factors = powers.map((power) => { const norm = p === Infinity ? power : power ** (1 / p); return norm > most ? most / (norm + 1e-7) : 1; });
  return fill(shape, dtype, (i) => (source[i] as number) * (factors[slice(i)] as number));
};

/** The elements on the diagonal, summed. */
const trace: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const [rows, columns] = input.shape as [number, number];
  let sum = 0;
  for (let i = 0; i < Math.min(rows, columns); i++) sum += input.host()[i * columns + i] as number;
  return Value.filled(sum, shape, dtype);
};

export const STATISTICS: KernelTable = {
  'torch.median': picked(medianPosition), 'torch.nanmedian': picked(nanmedianPosition), 'torch.mode': mode, 'torch.kthvalue': kthvalue,
  'torch.aminmax': aminmax, 'torch.nanmean': nanmean, 'torch.quantile': quantile(false), 'torch.nanquantile': quantile(true),
  'torch.cov': covariance, 'torch.corrcoef': corrcoef, 'torch.renorm': renorm, 'torch.trace': trace,
};
