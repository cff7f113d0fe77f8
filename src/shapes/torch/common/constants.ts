/** Numbers that small integer tensors hold, where code alone decides them. */
import type { TensorValue, Value } from '../../values/values';
import { int } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, sum } from '../../symint/symint';
import { isFloating } from '../dtypes';
import type { RuleContext } from '../rule';

/** The one element of a tensor; null: not known, or not one. */
export function heldInt(tensor: TensorValue, context: RuleContext): SymInt | null {
  const elements = context.constants(tensor);
  return elements?.length === 1 ? elements[0]! : null;
}

/** A tensor of one known element as the int that it holds; anything else as it is. */
export function asInt(value: Value, context: RuleContext): Value {
  const element = value.kind === 'Tensor' ? heldInt(value, context) : null;
  return element ? int(element) : value;
}

function all(tensor: TensorValue, context: RuleContext): readonly SymInt[] | null {
  const elements = context.constants(tensor);
  return elements?.every((element) => element !== null) ? elements : null;
}

/** All of them added up. */
export function sumOf(tensor: TensorValue, context: RuleContext): SymInt | null {
  const elements = all(tensor, context);
  return elements && sum(elements);
}

function numbers(tensor: TensorValue, context: RuleContext): readonly number[] | null {
  if (tensor.dtype !== null && isFloating(tensor.dtype)) return context.floats(tensor);
  const elements = all(tensor, context)?.map(({ value }) => value);
  return elements?.every((element) => element !== null) ? elements : null;
}

/** How many are not 0. */
export function countOfNonzero(tensor: TensorValue, context: RuleContext): SymInt | null {
  const found = numbers(tensor, context);
  return found && constant(found.filter((element) => element !== 0).length);
}

/** @param neighbours only equal neighbours count as one @param dim the slices along it are counted; null: the elements */
export function countOfDistinct(tensor: TensorValue, context: RuleContext, neighbours: boolean, dim: number | null): SymInt | null {
  const found = numbers(tensor, context);
  // A NaN equals nothing, not even itself.
  if (!found || found.some(Number.isNaN)) return null;
  const items = dim === null ? found : slices(found, tensor.shape.dims.map(({ value }) => value), dim);
  return items && constant(neighbours ? items.filter((item, i) => i === 0 || item !== items[i - 1]).length : new Set<unknown>(items).size);
}

/** The elements of each slice along a dim, as one text. */
function slices(elements: readonly number[], sizes: readonly (number | null)[], dim: number): readonly string[] | null {
  const size = sizes[dim];
  if (size === undefined || size === null || sizes.includes(null)) return null;
  const inner = sizes.slice(dim + 1).reduce<number>((product, each) => product * each!, 1);
  const parts = Array.from({ length: size }, (): number[] => []);
  elements.forEach((element, i) => parts[Math.floor(i / inner) % size]!.push(element));
  return parts.map((part) => part.join());
}

/** One more than the greatest, at least `least`: the number of classes that indices speak of. */
export function countOfClasses(tensor: TensorValue, context: RuleContext, least = 0): SymInt | null {
  const found = numbers(tensor, context);
  return found && constant(found.reduce((most, element) => Math.max(most, element + 1), least));
}
