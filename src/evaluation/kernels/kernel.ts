/**
 * What a kernel is: a function from a node's operands to the values of its outputs. Integers and booleans are computed
 * here, exactly; floats on the backend wherever it gives torch's result, else here too.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../../shapes/values/dtype';
import { allocate, isFloat } from '../elements';
import { EvaluationError } from '../errors';
import type { BackendName } from '../messages';
import type { Generator } from '../random';
import { numelOf, Value } from '../value';
import type { Arguments, Operand } from './arguments';

export interface KernelCall {
  readonly op: string;
  readonly args: Arguments;
  /** What the traced graph declares of output 0. */
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly outputs: readonly { readonly shape: readonly number[]; readonly dtype: Dtype }[];
  /** This node's own random numbers, from the first. Of random operations only (`isRandom`): others may be computed once for several nodes. */
  generator(): Generator;
  readonly training: boolean;
  readonly backend: BackendName;
  /** Adds a line to what the result rests on. */
  note(line: string): void;
}

export type Kernel = (call: KernelCall) => Value | readonly Value[];
export type KernelTable = Readonly<Record<string, Kernel>>;

/** Beyond this rank the backends disagree, refuse, or return zeros without a word; such tensors are computed here. */
export const MAX_BACKEND_RANK = 4;

/** With fewer elements it takes longer to hand them to a backend and back than to compute here. */
let fewestOnBackend = 4096;
/** 0: whatever a backend can compute is computed there, however small (for tests of the backends). */
export function setFewestOnBackend(count: number): void { fewestOnBackend = count; }

/** Whether the backend may compute on these, and is worth it: floats, none of them empty, and enough of them. */
export function onBackend(...values: readonly Value[]): boolean {
  return values.every((value) => isFloat(value.dtype) && value.numel > 0) && values.some(({ numel }) => numel >= fewestOnBackend);
}

/** Where elements only move, handing them over takes as long as moving them: the backend does it with what it has already. */
export function movesOnBackend(...values: readonly Value[]): boolean {
  return onBackend(...values) && (fewestOnBackend === 0 || values.every((value) => value.isOnDevice));
}

/** A result of the backend; temporary tensors made meanwhile are freed. */
export function compute(shape: readonly number[], dtype: Dtype, body: () => tf.Tensor): Value {
  return Value.onDevice(tf.tidy(body), shape, dtype);
}

/** A result of our own, from its flat index. */
export function fill(shape: readonly number[], dtype: Dtype, element: (index: number) => number): Value {
  const elements = allocate(dtype, numelOf(shape));
  for (let i = 0; i < elements.length; i++) elements[i] = element(i);
  return Value.computed(elements, shape, dtype);
}

/** A tensor or a number as a value; a number becomes 0-d, of the dtype it takes part in. */
export function asValue(operand: Operand, dtype: Dtype): Value {
  return operand instanceof Value ? operand : Value.filled(operand.value, [], dtype);
}

export function unsupported(call: KernelCall, what: string): EvaluationError {
  return new EvaluationError('unsupported-argument', `${call.op} with ${what} is not evaluated`);
}
