/**
 * Facts about dtypes: the names that torch has for each, its category, its size in memory, and what it turns into.
 * Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html
 */
import { DTYPES } from '../values/dtype';
import type { Dtype, DtypeCategory } from '../values/dtype';

/** Names under `torch.`, with their aliases (`torch.float` is `torch.float32`). */
export const DTYPE_NAMES: ReadonlyMap<string, Dtype> = new Map<string, Dtype>([
  ...DTYPES.map((dtype): [string, Dtype] => [dtype, dtype]),
  ['double', 'float64'], ['float', 'float32'], ['half', 'float16'],
  ['long', 'int64'], ['int', 'int32'], ['short', 'int16'],
  ['cdouble', 'complex128'], ['cfloat', 'complex64'], ['chalf', 'complex32'],
]);

export function categoryOf(dtype: Dtype): DtypeCategory {
  if (dtype === 'bool') return 'bool';
  if (dtype.startsWith('complex')) return 'complex';
  return dtype.startsWith('float') || dtype === 'bfloat16' ? 'float' : 'int';
}

export const isFloating = (dtype: Dtype): boolean => categoryOf(dtype) === 'float';
export const isComplex = (dtype: Dtype): boolean => categoryOf(dtype) === 'complex';
/** Integers and bool. */
export const isIntegral = (dtype: Dtype): boolean => categoryOf(dtype) === 'int' || dtype === 'bool';

/** Bytes of one element. */
export function itemsize(dtype: Dtype): number {
  if (dtype === 'bool') return 1;
  if (dtype === 'bfloat16') return 2;
  if (dtype.startsWith('float8')) return 1;
  return Number(/\d+$/.exec(dtype)![0]) / 8;
}

/** The dtype of a complex number's parts; other dtypes are their own. */
export function realOf(dtype: Dtype): Dtype {
  switch (dtype) {
    case 'complex128': return 'float64';
    case 'complex64': return 'float32';
    case 'complex32': return 'float16';
    default: return dtype;
  }
}

/** The complex dtype whose parts have this one; integers count as the default dtype. */
export function complexOf(dtype: Dtype): Dtype {
  switch (dtype) {
    case 'float64': return 'complex128';
    case 'float16': return 'complex32';
    case 'complex128': case 'complex64': case 'complex32': return dtype;
    default: return 'complex64';
  }
}

/** Whether torch writes a result of `from` into a tensor of `to`: never from a higher category to a lower one. */
export function canCast(from: Dtype, to: Dtype): boolean {
  const order: readonly DtypeCategory[] = ['bool', 'int', 'float', 'complex'];
  return order.indexOf(categoryOf(from)) <= order.indexOf(categoryOf(to));
}
