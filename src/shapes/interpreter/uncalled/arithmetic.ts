/** What arithmetic says of parameters of code that nothing calls: whether they are numbers or tensors. */
import type { Operator } from '../../python/ast';
import { parameterOf } from './demands';
import { Parameter } from './parameters';
import type { UnknownValue, Value } from '../../values/values';
import { derived } from '../../values/values';

/** What arithmetic with a number made of a parameter is used as a tensor: so the parameter is one. */
export function demandComputed(value: Value | undefined): void {
  if (value?.kind === 'unknown' && value.computedOf instanceof Parameter) value.computedOf.become('tensor');
}

/** Arithmetic: a constructor computes with ints, a function with tensors. */
export function demandNumber(op: Operator, value: Value, other: Value, isRight: boolean): void {
  const parameter = parameterOf(value);
  if (!parameter) return;
  if (op === '@') parameter.become('tensor');
  else if (other.kind === 'Tensor') {
    if (parameter.role === 'constructor') parameter.becomeFactor();
    else parameter.become('tensor');
  } else if (!(isRight && op === '-' && isNumberOf(other)) && isNumberBeside(parameter, op, other)) parameter.become('int');
  else parameter.isComputed = true;
}

/** What `forward` is given and computes with is a tensor, where nothing else is found out any more; whether that is new. */
export function takeAsInput(parameter: Parameter): boolean {
  const isInput = parameter.isInput && parameter.isComputed && parameter.kind === 'outside' && !parameter.typical;
  if (isInput) parameter.become('tensor');
  return isInput;
}

/** `1 - mask`: of a share, or of a tensor; sizes are not taken from a number. */
const isNumberOf = (value: Value): boolean => (value.kind === 'int' && value.value?.value != null) || value.kind === 'float';

function isNumberBeside(parameter: Parameter, op: Operator, other: Value): boolean {
  switch (parameter.role) {
    // Beside what a method is given it may scale that.
    case 'constructor': return parameterOf(other)?.role !== 'function';
    case 'name': return isNumber(other);
    case 'item': return parameterOf(other) !== parameter && isSize(op, other);
    case 'function': return (op === '//' || op === '%') && other.kind === 'int' && other.value?.value === null;
  }
}

/** `h * w`, `h // 2`, `h * self.patch_size`: of what a function unpacks; `scale + 1` may be a tensor. */
function isSize(op: Operator, other: Value): boolean {
  if (op === '//' || op === '%') return true;
  return parameterOf(other)?.role === 'item' ? op === '*' : other.kind === 'int' && other.value !== null && other.value.value === null;
}

/**
 * A number, or a tensor of the parameter's shape, that arithmetic with a number made of it. Of an item of what a function is
 * given, while nothing says whether it is a tensor or a size, uses of `scale + 1` tell what `scale` is.
 */
export function computedWith(value: UnknownValue, other: Value): UnknownValue {
  const own = parameterOf(value);
  if (own?.role === 'item' && own.kind === 'outside' && other.kind === 'int') return value;
  const parameter = own ?? value.computedOf;
  const made = derived(value);
  return parameter instanceof Parameter && parameter.role !== 'constructor' && (other.kind === 'int' || other.kind === 'float' || (own !== null && parameterOf(other) === own)) ? { ...made, computedOf: parameter } : made;
}

function isNumber(value: Value): boolean {
  return value.kind === 'int' || value.kind === 'float' || parameterOf(value)?.role === 'name';
}
