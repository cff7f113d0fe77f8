/** Two operands under numpy's broadcasting, on the backend or element by element. https://docs.pytorch.org/docs/stable/notes/broadcasting.html */
import type * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../../shapes/values/dtype';
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import { numelOf, stridesOf, Value } from '../value';
import { compute, MAX_BACKEND_RANK, onBackend } from './kernel';
import { copyView } from '../copying';

export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, dim) => {
    const x = a[dim - rank + a.length] ?? 1;
    const y = b[dim - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new EvaluationError('invalid-argument', `shapes (${a.join(', ')}) and (${b.join(', ')}) do not broadcast: ${x} against ${y} in dim ${dim}`);
    return x === 1 ? y : x;
  });
}

/** Elements of a value as a larger shape repeats them. */
export function hostExpanded(value: Value, dtype: Dtype, shape: readonly number[]): Elements {
  const elements = value.hostAs(dtype);
  if (value.numel === numelOf(shape)) return elements;
  const result = allocate(dtype, numelOf(shape));
  if (value.numel === 1) return result.fill(elements[0] as number);
  const own = stridesOf(value.shape);
  const lead = shape.length - value.shape.length;
  const strides = shape.map((_, dim) => (dim < lead || value.shape[dim - lead] === 1 ? 0 : own[dim - lead] as number));
  if (result.length > 0) copyView(elements, result, shape, strides, 0);
  return result;
}

/** Element by element; operands are read in the dtype `as`, in which the operation is done. */
export function zip(a: Value, b: Value, as: Dtype, dtype: Dtype, operation: (x: number, y: number) => number): Value {
  const shape = broadcastShapes(a.shape, b.shape);
  const x = hostExpanded(a, as, shape);
  const y = hostExpanded(b, as, shape);
  const result = allocate(dtype, x.length);
  for (let i = 0; i < result.length; i++) result[i] = operation(x[i] as number, y[i] as number);
  return Value.computed(result, shape, dtype);
}

/** Any number of operands that broadcast to `shape`, element by element; read in the dtype `as`. */
export function combine(values: readonly Value[], shape: readonly number[], as: Dtype, dtype: Dtype, operation: (...elements: number[]) => number): Value {
  const [a, b, c, ...others] = values.map((value) => hostExpanded(value, as, shape));
  const result = allocate(dtype, numelOf(shape));
  // An array of arguments for each element would take most of the time.
  if (!b) for (let i = 0; i < result.length; i++) result[i] = operation((a as Elements)[i] as number);
  else if (!c) for (let i = 0; i < result.length; i++) result[i] = operation((a as Elements)[i] as number, b[i] as number);
  else if (others.length === 0) for (let i = 0; i < result.length; i++) result[i] = operation((a as Elements)[i] as number, b[i] as number, c[i] as number);
  else for (let i = 0; i < result.length; i++) result[i] = operation((a as Elements)[i] as number, b[i] as number, c[i] as number, ...others.map((each) => each[i] as number));
  return Value.computed(result, shape, dtype);
}

/** On the backend where it may; `otherwise` gives the same element by element. Both in float32. */
export function binaryFloat(a: Value, b: Value, dtype: Dtype, operation: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor, otherwise: (x: number, y: number) => number): Value {
  const shape = broadcastShapes(a.shape, b.shape);
  const merged = mergeBroadcast(a.shape, b.shape, shape);
  const [x, y] = [a.to('float32'), b.to('float32')];
  if (!onBackend(x, y) || merged.a.length > MAX_BACKEND_RANK) return zip(x, y, 'float32', dtype, otherwise);
  return compute(shape, dtype, () => operation(x.tensor(merged.a), y.tensor(merged.b)));
}

/** Neighbouring dims in which the operands broadcast alike are one dim. */
function mergeBroadcast(a: readonly number[], b: readonly number[], shape: readonly number[]): { a: number[]; b: number[] } {
  const merged = { a: [] as number[], b: [] as number[] };
  let last = '';
  shape.forEach((size, dim) => {
    if (size === 1) return;
    const x = a[dim - shape.length + a.length] ?? 1;
    const y = b[dim - shape.length + b.length] ?? 1;
    const kind = x === y ? 'both' : x === 1 ? 'b' : 'a';
    if (kind === last) {
      merged.a.push((merged.a.pop() as number) * x);
      merged.b.push((merged.b.pop() as number) * y);
    } else {
      merged.a.push(x);
      merged.b.push(y);
    }
    last = kind;
  });
  return merged;
}
