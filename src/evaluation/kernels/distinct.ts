/** Distinct numbers. How many they are the trace was told of the data. */
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import { Value } from '../value';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';

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

/** https://docs.pytorch.org/docs/stable/generated/torch.unique.html */
const unique: Kernel = (call) => {
  if (call.args.has('dim')) throw unsupported(call, 'dim');
  const elements = call.args.tensor('input').host();
  const values = [...new Set(elements)].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  return answers(call, values, Array.from(elements, (element) => place.get(element) as number));
};

/** Equal neighbours as one. https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html */
const uniqueConsecutive: Kernel = (call) => {
  if (call.args.has('dim')) throw unsupported(call, 'dim');
  const elements = call.args.tensor('input').host();
  const values: number[] = [];
  const inverse = Array.from(elements, (element, i) => {
    if (i === 0 || element !== elements[i - 1]) values.push(element);
    return values.length - 1;
  });
  return answers(call, values, inverse);
};

export const DISTINCT: KernelTable = { 'torch.unique': unique, 'torch.unique_consecutive': uniqueConsecutive };
