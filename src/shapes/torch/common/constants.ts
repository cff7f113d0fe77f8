/** Numbers that small integer tensors hold, where code alone decides them. */
import type { TensorValue, Value } from '../../interpreter/values';
import { int } from '../../interpreter/values';
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

/** @param neighbours only equal neighbours count as one */
export function countOfDistinct(tensor: TensorValue, context: RuleContext, neighbours: boolean): SymInt | null {
  const found = numbers(tensor, context);
  // A NaN equals nothing, not even itself.
  if (!found || found.some(Number.isNaN)) return null;
  return constant(neighbours ? found.filter((element, i) => i === 0 || element !== found[i - 1]).length : new Set(found).size);
}

/** One more than the greatest, at least `least`: the number of classes that indices speak of. */
export function countOfClasses(tensor: TensorValue, context: RuleContext, least = 0): SymInt | null {
  const found = numbers(tensor, context);
  return found && constant(found.reduce((most, element) => Math.max(most, element + 1), least));
}
