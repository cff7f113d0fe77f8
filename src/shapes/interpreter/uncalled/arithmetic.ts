/** What arithmetic says of parameters of code that nothing calls: whether they are numbers or tensors. */
import type { Operator, Span } from '../../python/ast';
import { isFloating } from '../../torch/dtypes';
import type { Machine } from '../machine';
import { parameterOf } from './demands';
import { Parameter } from './parameters';
import type { TensorValue, UnknownValue, Value } from '../../values/values';
import { derived } from '../../values/values';

/** What arithmetic with a number made of a parameter is used as a tensor: so the parameter is one. */
export function demandComputed(value: Value | undefined): void {
  if (value?.kind !== 'unknown') return;
  if (value.computedOf instanceof Parameter) value.computedOf.become('tensor');
  const factors = new Set(factorsOf(value));
  // Of several, some may be numbers: `q * scale`.
  for (const factor of factors) {
    if (factors.size === 1) factor.become('tensor');
    else factor.isInTensor = true;
  }
}

/** What arithmetic with names that nothing defines made is a size: so is each of them. */
export function demandFactors(value: UnknownValue): void {
  for (const factor of factorsOf(value) ?? []) factor.become('int');
}

/** Sizes are products of a few. */
const MOST_FACTORS = 16;

/** The names that nothing defines that a number or a tensor was computed of; null where it was made of something else too. */
function factorsOf(value: Value): readonly Parameter[] | null {
  if (value.kind === 'int' || value.kind === 'float') return [];
  const own = parameterOf(value);
  if (own) return own.role === 'name' ? [own] : null;
  return value.kind === 'unknown' && value.factors ? value.factors as readonly Parameter[] : null;
}

/** A name that nothing defines, which only arithmetic uses, is a number; whether that is new. */
export function takeAsNumber(parameter: Parameter): boolean {
  const isNumber = parameter.role === 'name' && parameter.isComputed && !parameter.isInTensor && parameter.kind === 'outside' && !parameter.typical;
  if (isNumber) parameter.become('int');
  return isNumber;
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
    // A size, or a tensor: what is made of it tells.
    case 'name': return (op === '//' || op === '%') && isNumberOrName(other);
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
  const isNumber = other.kind === 'int' || other.kind === 'float';
  const factor = factorOf(value);
  if (factor && isNumber) return { ...derived(value), factorOf: factor };
  const parameter = own ?? value.computedOf;
  const [factors, others] = [factorsOf(value), factorsOf(other)];
  const isOfFactors = factors && others && factors.length > 0 && factors.length + others.length <= MOST_FACTORS;
  const made: UnknownValue = { ...derived(value), ...(isOfFactors && { factors: [...factors, ...others] }) };
  return parameter instanceof Parameter && parameter.role !== 'constructor' && (isNumber || (own !== null && parameterOf(other) === own)) ? { ...made, computedOf: parameter } : made;
}

/** What an object is set up with and of which nothing else is known, or arithmetic with numbers made of it. */
function factorOf(value: UnknownValue): Parameter | null {
  const own = parameterOf(value) ?? value.factorOf;
  return own instanceof Parameter && own.role === 'constructor' && own.kind === 'outside' && !own.fallback ? own : null;
}

/**
 * `self.scale * x`, `(1 - self.rate) * x`, where nothing says what an object is set up with: a number, or else a mask or a
 * share for each feature. Either leaves, as good as always, the shape of what is computed with it.
 */
export function scaled(m: Machine, op: Operator, tensor: Value, value: UnknownValue, span: Span): TensorValue | null {
  const factor = m.guesses ? factorOf(value) : null;
  if (!factor || !SCALING.has(op) || tensor.kind !== 'Tensor' || (tensor.shape.dims.length === 0 && !tensor.shape.rest)) return null;
  const index = m.assume(`${factor.name} is taken to leave the shape of what is computed with it: ${value.reason}`, span);
  const dtype = tensor.dtype !== null && isFloating(tensor.dtype) ? tensor.dtype : null;
  return { ...m.tensors.opaque(tensor.shape, dtype, value.reason, m.placeOf(span)), assumes: [...tensor.assumes, index] };
}

const SCALING: ReadonlySet<Operator> = new Set(['+', '-', '*', '/']);

function isNumberOrName(value: Value): boolean {
  return value.kind === 'int' || value.kind === 'float' || parameterOf(value)?.role === 'name';
}
