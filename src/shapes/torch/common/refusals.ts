/** Dtypes that torch's kernels refuse, of every backend. Nothing is said of tensors that may have no elements: those pass. */
import type { TensorValue, Value } from '../../values/values';
import { categoryOf, isFloating, isIntegral } from '../dtypes';
import type { Dtype } from '../../values/dtype';
import type { RuleContext } from '../rule';
import { show } from './text';

const mayBeEmpty = ({ shape }: TensorValue): boolean => shape.dims.some((dim) => dim.value === 0);

/** @throws ShapeFault `dtype-mismatch` where the tensor holds integers or bools */
export function refuseIntegers(op: string, input: TensorValue, context: RuleContext): void {
  if (input.dtype !== null && isIntegral(input.dtype) && !mayBeEmpty(input)) context.fail('dtype-mismatch', `${op}: the tensor ${show(input)} holds ${input.dtype}, but only floats are taken: convert it with .float()`);
}

/** Float64 mixes with no other float, under autocast neither. @throws ShapeFault `dtype-mismatch` */
export function refuseMixedDoubles(op: string, tensors: readonly TensorValue[], context: RuleContext): void {
  const double = tensors.find(({ dtype }) => dtype === 'float64');
  const other = tensors.find(({ dtype }) => dtype !== null && dtype !== 'float64' && isFloating(dtype));
  if (double && other) context.fail('dtype-mismatch', `${op}: a tensor of float64 ${show(double)} meets one of ${other.dtype} ${show(other)}: convert one with .to(…)`);
}

/** @throws ShapeFault `dtype-mismatch` where bitwise operations would be done on floats */
export function refuseBitsOfFloats(op: string, dtype: Dtype | null, tensors: readonly TensorValue[], context: RuleContext): void {
  if (dtype !== null && categoryOf(dtype) !== 'int' && categoryOf(dtype) !== 'bool' && !tensors.some(mayBeEmpty)) {
    context.fail('dtype-mismatch', `${op}: bits of ${dtype} are not computed with: ${tensors.map((tensor) => `${show(tensor)} ${tensor.dtype ?? ''}`).join(' and ')}; compare first, or convert to bool or an integer dtype`);
  }
}

/** `-` and bools. @throws ShapeFault `dtype-mismatch` */
export function refuseBools(op: string, values: readonly Value[], context: RuleContext): void {
  const tensor = values.find((value): value is TensorValue => value.kind === 'Tensor' && value.dtype === 'bool');
  if (tensor) context.fail('dtype-mismatch', `${op}: nothing is subtracted from or by the bool tensor ${show(tensor)}: use ~ or logical_not() to invert a mask, ^ for a difference, or convert it`);
}

/** @throws ShapeFault `dtype-mismatch` */
export function requireBoolMask(op: string, what: string, tensor: TensorValue, allowed: readonly Dtype[], context: RuleContext): void {
  if (tensor.dtype !== null && !allowed.includes(tensor.dtype)) context.fail('dtype-mismatch', `${op}: the ${what} ${show(tensor)} must be bool, not ${tensor.dtype}: compare first, as in ${what} > 0`);
}
