/** `x[index]` and `x[index] = values`: ints, slices, None, `...`, and one list or tensor of places. */
import type { GraphArgument } from '../graph/graph';
import { constant } from '../symint/symint';
import { at, build, wrap } from './elements';
import type { Element, Elements } from './elements';
import { refuse } from './operation';
import type { OperationTable, Operands } from './operation';

/** Where an index of the result reads: one place of each dim of the operand. */
interface Subscript {
  readonly shape: readonly number[];
  readonly from: (index: readonly number[]) => readonly number[];
}

/** What one entry of the index does to a dim. */
type Step =
  | { readonly type: 'new' }
  | { readonly type: 'at'; readonly place: number }
  | { readonly type: 'places'; readonly shape: readonly number[]; readonly places: readonly number[] };

function stepsOf(operands: Operands, shape: readonly number[]): readonly Step[] {
  const entries = operands.list('index');
  const takesDim = (entry: GraphArgument): boolean => entry.type !== 'none' && entry.type !== 'ellipsis';
  const whole = (dim: number): Step => ({ type: 'places', shape: [shape[dim]!], places: Array.from({ length: shape[dim]! }, (_, i) => i) });
  const missing = shape.length - entries.filter(takesDim).length;
  if (missing < 0) refuse();
  const rest = (dim: number): Step[] => Array.from({ length: missing }, (_, i) => whole(dim + i));
  const steps: Step[] = [];
  let dim = 0;
  for (const entry of entries) {
    if (entry.type === 'none') steps.push({ type: 'new' });
    else if (entry.type === 'ellipsis') {
      steps.push(...rest(dim));
      dim += missing;
    } else steps.push(stepOf(operands, entry, shape[dim++] ?? refuse()));
  }
  return entries.some((entry) => entry.type === 'ellipsis') ? steps : [...steps, ...rest(dim)];
}

function stepOf(operands: Operands, entry: GraphArgument, size: number): Step {
  const number = (argument: GraphArgument, otherwise: number): number => (argument.type === 'none' ? otherwise : operands.elementsOf(argument).data[0]?.value ?? refuse());
  if (entry.type === 'int') return { type: 'at', place: wrap(number(entry, 0), size) };
  if (entry.type === 'slice') {
    const clip = (place: number): number => Math.min(Math.max(wrap(place, size), 0), size);
    const [start, stop, step] = [clip(number(entry.start, 0)), clip(number(entry.stop, size)), number(entry.step, 1)];
    const length = Math.max(0, Math.ceil((stop - start) / step));
    return { type: 'places', shape: [length], places: Array.from({ length }, (_, i) => start + i * step) };
  }
  if (entry.type === 'bool') return refuse();
  const index = entry.type === 'list' ? listed(operands, entry.items) : operands.elementsOf(entry);
  return { type: 'places', shape: index.shape, places: index.data.map((place) => wrap(place?.value ?? refuse(), size)) };
}

function listed(operands: Operands, items: readonly GraphArgument[]): Elements {
  return { shape: [items.length], data: items.map((item) => (item.type === 'int' ? operands.elementsOf(item).data[0]! : refuse())) };
}

/** One place a result; several lists of places side by side are paired by torch, which is left to it. */
function subscript(operands: Operands, input: Elements): Subscript {
  for (const entry of operands.list('index')) if (entry.type === 'tensor' && operands.isBool(entry)) refuse();
  const lists = operands.list('index').filter((entry) => entry.type === 'list' || entry.type === 'tensor');
  const steps = stepsOf(operands, input.shape);
  // With a list of places an int is one as well, and the places may move to the front.
  if (lists.length > 1 || (lists.length === 1 && steps.some(({ type }) => type === 'at'))) refuse();
  return {
    shape: steps.flatMap((step) => (step.type === 'new' ? [1] : step.type === 'at' ? [] : step.shape)),
    from(index) {
      let i = 0;
      return steps.flatMap((step) => {
        if (step.type === 'at') return [step.place];
        if (step.type === 'new') return i++, [];
        let place = 0;
        for (const size of step.shape) place = place * size + index[i++]!;
        return [step.places[place]!];
      });
    },
  };
}

/** The places of what is not 0, row-major. */
function positions({ shape, data }: Elements): readonly (readonly number[])[] {
  const places: number[][] = [];
  let i = 0;
  build(shape, (index) => {
    if ((data[i++]?.value ?? refuse()) !== 0) places.push([...index]);
    return null;
  });
  return places;
}

/** `x[mask]`: one mask and nothing else, of the first dims. */
function masked(operands: Operands, input: Elements): Elements | null {
  const [entry, ...others] = operands.list('index');
  if (!entry || others.length > 0 || entry.type !== 'tensor' || !operands.isBool(entry)) return null;
  const mask = operands.elementsOf(entry);
  const places = positions(mask);
  return build([places.length, ...input.shape.slice(mask.shape.length)], ([which, ...rest]) => at(input, [...places[which!]!, ...rest]));
}

/** One row for each place, or, as a tuple, one tensor for each dim. */
export function places(operands: Operands, name = 'input'): Elements | readonly Elements[] {
  const input = operands.elements(name);
  const found = positions(input);
  if (input.shape.length === 0) refuse();
  return operands.outputs.length === 1 && operands.outputs[0]!.shape!.length === 2
    ? build([found.length, input.shape.length], ([place, dim]) => constant(found[place!]![dim!]!))
    : input.shape.map((_, dim) => build([found.length], ([place]) => constant(found[place!]![dim]!)));
}

export const operations: OperationTable = {
  'torch.nonzero': (operands) => places(operands),
  'torch.argwhere': (operands) => places(operands),
  'torch.Tensor.__getitem__': (operands) => {
    const input = operands.elements('input');
    const chosen = masked(operands, input);
    if (chosen) return chosen;
    const { shape, from } = subscript(operands, input);
    return build(shape, (index) => at(input, from(index)));
  },
  'torch.Tensor.__setitem__': (operands) => {
    const input = operands.elements('input');
    const values = operands.elements('values');
    const { shape, from } = subscript(operands, input);
    const written: Element[] = [...input.data];
    build(shape, (index) => (written[from(index).reduce((position, i, dim) => position * input.shape[dim]! + i, 0)] = at(values, index)));
    return { shape: input.shape, data: written };
  },
};
