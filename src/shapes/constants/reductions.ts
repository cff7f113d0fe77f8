/** Sums, products, extremes, counts. */
import { add, constant, max, min, mul } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { along, at, build, isWhole, numberElement, wrap } from './elements';
import type { Element, Elements } from './elements';
import { refuse } from './operation';
import type { Operands, Operation, OperationTable } from './operation';
import { isTrue } from './pointwise';

type Fold = (run: readonly Element[]) => Element;

/** All of them combined; not known where one is not. */
const folded = (start: SymInt | null, of: (a: SymInt, b: SymInt) => SymInt, ofReals: (a: number, b: number) => number): Fold => (run) => {
  const first = start ?? run[0] ?? refuse();
  return run.slice(start ? 0 : 1).reduce<Element>((total, element) => {
    if (isWhole(total) && isWhole(element)) return of(total, element);
    return total?.value != null && element?.value != null ? numberElement(ofReals(total.value, element.value)) : null;
  }, first);
};

const SUM = folded(constant(0), add, (a, b) => a + b);
const PRODUCT = folded(constant(1), mul, (a, b) => a * b);
const GREATEST = folded(null, (a, b) => max([a, b]), Math.max);
const LEAST = folded(null, (a, b) => min([a, b]), Math.min);
const MEAN: Fold = (run) => {
  const total = SUM(run)?.value ?? null;
  return total === null ? null : numberElement(total / run.length);
};
const decided = (stop: boolean): Fold => (run) => {
  const known = run.map(isTrue);
  return known.includes(stop) ? constant(Number(stop)) : known.includes(null) ? null : constant(Number(!stop));
};

function dimsOf(operands: Operands, rank: number): readonly number[] {
  return operands.argument('dim') ? operands.numbers('dim').map((dim) => wrap(dim, rank)) : Array.from({ length: rank }, (_, i) => i);
}

/** Over `dim`, several dims, or all. */
function reduce(operands: Operands, of: Fold): Elements {
  let { shape, data } = operands.elements('input');
  for (const dim of [...dimsOf(operands, shape.length)].sort((a, b) => b - a)) {
    const { shape: rest, runs } = along({ shape, data }, dim);
    [shape, data] = [rest, runs.map(of)];
  }
  if (data.length === 0 || (operands.elements('input').shape.length === 0 && data.length !== 1)) refuse();
  if (operands.elements('input').shape.length === 0) data = [of(data)];
  return { shape: operands.shape(), data };
}

const reduction = (of: Fold): Operation => (operands) => reduce(operands, of);

/** The first place of what compares best; only numbers are compared. */
const place = (isBetter: (a: number, b: number) => boolean): Fold => (run) => {
  let best = 0;
  const numbers = run.map((element) => element?.value ?? refuse());
  numbers.forEach((number, i) => {
    if (isBetter(number, numbers[best]!)) best = i;
  });
  return constant(best);
};

/** `max(x)`; or `max(x, dim)`, which tells places as well. */
const extreme = (of: Fold, isBetter: (a: number, b: number) => boolean): Operation => (operands) => {
  if (!operands.argument('dim')) return reduce(operands, of);
  return [reduce(operands, of), reduce(operands, (run) => (run.every((element) => element?.value != null) ? place(isBetter)(run) : null))];
};

const argument = (isBetter: (a: number, b: number) => boolean): Operation => (operands) => {
  const input = operands.elements('input');
  if (operands.argument('dim')) return reduce(operands, place(isBetter));
  return { shape: operands.shape(), data: [place(isBetter)(input.data)] };
};

const cumulative = (of: (a: SymInt, b: SymInt) => SymInt): Operation => (operands) => {
  const input = operands.elements('input');
  const dim = wrap(operands.number('dim'), input.shape.length);
  if (input.shape.length === 0) return input;
  const totals = new Map<string, Element>();
  return build(input.shape, (index) => {
    const run = index.filter((_, i) => i !== dim).join();
    const element = at(input, index);
    const before = totals.get(run);
    const total = index[dim] === 0 ? element : isWhole(before) && isWhole(element) ? of(before, element) : null;
    totals.set(run, total);
    return total;
  });
};

const greater = (a: number, b: number): boolean => a > b;
const less = (a: number, b: number): boolean => a < b;

export const operations: OperationTable = {
  'torch.sum': reduction(SUM), 'torch.mean': reduction(MEAN), 'torch.prod': reduction(PRODUCT), 'torch.count_nonzero': reduction((run) => SUM(run.map((element) => {
    const known = isTrue(element);
    return known === null ? null : constant(Number(known));
  }))),
  'torch.amax': reduction(GREATEST), 'torch.amin': reduction(LEAST),
  'torch.max': extreme(GREATEST, greater), 'torch.min': extreme(LEAST, less),
  'torch.argmax': argument(greater), 'torch.argmin': argument(less),
  'torch.any': reduction(decided(true)), 'torch.all': reduction(decided(false)),
  'torch.cumsum': cumulative(add), 'torch.cumprod': cumulative(mul),
};
