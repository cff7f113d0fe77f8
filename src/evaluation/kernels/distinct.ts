/** Distinct numbers. How many they are the trace was told of the data. */
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import { numelOf, Value } from '../value';
import { dimOf } from './arguments';
import { fill, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { permute } from './strided';

/** The distinct values, for each element which of them it is, and how often each occurs: as many as were asked for. */
function answers({ args, outputs }: KernelCall, values: readonly number[], inverse: ArrayLike<number>): Value[] {
  const [first, ...others] = outputs;
  if (first?.shape[0] !== values.length) throw new EvaluationError('invalid-argument', `${values.length} distinct elements were found where the trace has ${first?.shape[0] ?? 'none'}`);
  const found = [fill(first.shape, first.dtype, (i) => values[i] as number)];
  if (args.bool('return_inverse')) found.push(fill(others.shift()!.shape, 'int64', (i) => inverse[i] as number));
  if (args.bool('return_counts')) {
    const counts = allocate('int64', values.length);
    for (let i = 0; i < inverse.length; i++) counts[inverse[i] as number] = (counts[inverse[i] as number] as number) + 1;
    found.push(Value.computed(counts, [values.length], 'int64'));
  }
  return found;
}

/** Slices along a dim, as rows. */
function slicesOf(input: Value, dim: number): { readonly rows: Elements[]; back(order: readonly number[]): Value } {
  const others = [...input.shape.keys()].filter((each) => each !== dim);
  const moved = permute(input, [dim, ...others]);
  const size = input.shape[dim] as number;
  const length = numelOf(others.map((each) => input.shape[each] as number));
  const rows = Array.from({ length: size }, (_, i) => moved.host().subarray(i * length, (i + 1) * length));
  return {
    rows, back(order) {
      const kept = allocate(input.dtype, order.length * length);
      order.forEach((from, to) => kept.set(rows[from] as Float32Array, to * length));
      const shape = [order.length, ...others.map((each) => input.shape[each] as number)];
      return permute(Value.of(kept, shape, input.dtype), [...input.shape.keys()].map((each) => (each === dim ? 0 : 1 + others.indexOf(each))));
    },
  };
}

/** Which of two rows comes first: the first difference tells. */
function compareRows(a: Elements, b: Elements): number {
  const at = a.findIndex((x: number, i: number) => x !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

/** Distinct slices along a dim, in the given order of slices; `order` has equal ones side by side. */
function distinctSlices(call: KernelCall, order: (rows: readonly Elements[]) => number[]): Value[] {
  const input = call.args.tensor('input');
  const { rows, back } = slicesOf(input, dimOf(call.args.int('dim'), input.shape.length));
  const firsts: number[] = [];
  const inverse = new Float64Array(rows.length);
  const counts: number[] = [];
  order(rows).forEach((at, i, all) => {
    const before = i > 0 ? rows[all[i - 1] as number] as Elements : null;
    if (!before || compareRows(before, rows[at] as Elements) !== 0) {
      firsts.push(at);
      counts.push(0);
    }
    inverse[at] = firsts.length - 1;
    counts[firsts.length - 1]!++;
  });
  const found = [back(firsts)];
  if (call.args.bool('return_inverse')) found.push(Value.of(inverse, [rows.length], 'int64'));
  if (call.args.bool('return_counts')) found.push(Value.of(Float64Array.from(counts), [counts.length], 'int64'));
  return found;
}

/** https://docs.pytorch.org/docs/stable/generated/torch.unique.html */
const unique: Kernel = (call) => {
  if (call.args.has('dim')) return distinctSlices(call, (rows) => rows.map((_, i) => i).sort((i, j) => compareRows(rows[i] as Elements, rows[j] as Elements) || i - j));
  const elements = call.args.tensor('input').host();
  const values = [...new Set(elements)].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  return answers(call, values, Array.from(elements, (element) => place.get(element) as number));
};

/** Equal neighbours as one. https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html */
const uniqueConsecutive: Kernel = (call) => {
  if (call.args.has('dim')) return distinctSlices(call, (rows) => rows.map((_, i) => i));
  const elements = call.args.tensor('input').host();
  const values: number[] = [];
  const inverse = Array.from(elements, (element, i) => {
    if (i === 0 || element !== elements[i - 1]) values.push(element);
    return values.length - 1;
  });
  return answers(call, values, inverse);
};

export const DISTINCT: KernelTable = { 'torch.unique': unique, 'torch.unique_consecutive': uniqueConsecutive };
