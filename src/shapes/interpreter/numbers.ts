/** Parameters that an operation takes as numbers, whichever function they are of. */
import { parameterOf } from './demands';
import type { Value } from './values';

/** What takes sizes one by one: several of them are ints; one alone may be all sizes at once. */
const SIZES = new Set(['size', 'sizes', 'shape', 'repeats']);
/** Numbers of what a result has along a dim. */
const NUMBERS = new Set(['steps', 'num_classes', 'chunks', 'k', 'length']);

/** @param bound the arguments by the names that the operation has for them */
export function demandNumbers(operation: string, bound: ReadonlyMap<string, Value>): void {
  for (const [name, value] of bound) {
    if (SIZES.has(name)) demandSeveral(value);
    else if (NUMBERS.has(name) || (operation === 'torch.eye' && name !== 'dtype')) parameterOf(value)?.become('int');
  }
  if (operation === 'torch.arange') demandBounds(bound);
}

function demandSeveral(value: Value): void {
  if ((value.kind !== 'tuple' && value.kind !== 'list') || value.items === null) return;
  const [only, ...others] = value.items;
  if (others.length > 0) for (const item of value.items) parameterOf(item)?.become('int');
  else if (only?.kind === 'tuple' || only?.kind === 'list') only.items?.forEach((item) => parameterOf(item)?.become('int'));
}

/** Bounds beside ints are counted with; a float would be given a step of its kind. */
function demandBounds(bound: ReadonlyMap<string, Value>): void {
  const given = ['start', 'end', 'step'].flatMap((name) => bound.get(name) ?? []);
  if (given.every((value) => value.kind === 'int' || parameterOf(value) !== null)) for (const value of given) parameterOf(value)?.become('int');
}
