/** Batches of matrices: (…, m, n). */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { floatResult } from './promotion';
import type { Dtype } from '../../values/dtype';
import { complexOf, isIntegral } from '../dtypes';
import type { RuleContext } from '../rule';
import { atLeast } from './shape';
import { show, showSize } from './text';

export interface Matrices { readonly batch: readonly SymInt[]; readonly m: SymInt; readonly n: SymInt }

/** @throws ShapeFault `rank-mismatch`; UnknownResult */
export function matrices(op: string, tensor: TensorValue, context: RuleContext): Matrices {
  const dims = atLeast(op, 'tensor of matrices', tensor, 2, context);
  return { batch: dims.slice(0, -2), m: dims.at(-2)!, n: dims.at(-1)! };
}

/** @throws ShapeFault `matrix-not-square` */
export function squares(op: string, tensor: TensorValue, context: RuleContext): Matrices {
  const found = matrices(op, tensor, context);
  context.requireEqual(found.m, found.n, 'matrix-not-square', () => `${op}: the matrices must be square, but those of ${show(tensor)} are ${showSize(found.m)} by ${showSize(found.n)}`);
  return found;
}

/** The decompositions want floats; what they make of integers where there is nothing to decompose, is not said. @throws ShapeFault `dtype-mismatch` */
export function floats(op: string, tensor: TensorValue, context: RuleContext): Dtype | null {
  if (tensor.dtype !== null && isIntegral(tensor.dtype) && tensor.shape.dims.some((size) => size.value === 0)) return null;
  if (tensor.dtype !== null && isIntegral(tensor.dtype)) context.fail('dtype-mismatch', `${op}: only of floats and complex numbers, not of ${tensor.dtype}`);
  return tensor.dtype;
}

export const complexDtype = (dtype: Dtype | null, context: RuleContext): Dtype | null => {
  const found = floatResult(dtype, context.defaultDtype);
  return found && complexOf(found);
};
