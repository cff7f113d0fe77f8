/**
 * The dtype of an operation on several operands: tensors with dims count before tensors without, those before Python's
 * numbers, unless a later kind has a higher category.
 * Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc
 */
import type { TensorValue, Value } from '../../values/values';
import { categoryOf, complexOf, isIntegral } from '../dtypes';
import type { Dtype, DtypeCategory } from '../../values/dtype';

const INTS: readonly Dtype[] = ['int8', 'int16', 'int32', 'int64'];
const FLOATS: readonly Dtype[] = ['float32', 'float64'];
const CATEGORIES: readonly DtypeCategory[] = ['bool', 'int', 'float', 'complex'];
const rank = (dtype: Dtype): number => CATEGORIES.indexOf(categoryOf(dtype));

/** torch.promote_types; null where torch has no answer. */
export function promoteTypes(a: Dtype, b: Dtype): Dtype | null {
  if (a === b) return a;
  if (rank(a) > rank(b)) return promoteTypes(b, a);
  // From here on b has the category of the result.
  if (a === 'bool') return b;
  const category = categoryOf(b);
  if (categoryOf(a) !== category) {
    if (category === 'float' || categoryOf(a) === 'int') return b;
    const other = a === 'bfloat16' ? 'complex64' : complexOf(a);
    return promoteTypes(other, b);
  }
  if (category === 'int') {
    if (a === 'uint8' || b === 'uint8') {
      const other = a === 'uint8' ? b : a;
      return other === 'int8' ? 'int16' : INTS.includes(other) ? other : null;
    }
    return INTS.includes(a) && INTS.includes(b) ? INTS[Math.max(INTS.indexOf(a), INTS.indexOf(b))]! : null;
  }
  if (category === 'complex') return a === 'complex128' || b === 'complex128' ? 'complex128' : 'complex64';
  if (a.startsWith('float8') || b.startsWith('float8')) return null;
  const wide = FLOATS[Math.max(FLOATS.indexOf(a), FLOATS.indexOf(b))];
  // float16 and bfloat16 hold each other's numbers only in float32.
  return wide ?? 'float32';
}

/** The dtype that a Python number has by itself. */
export function scalarDtype(value: Value, defaultDtype: Dtype): Dtype | null {
  switch (value.kind) {
    case 'bool': return 'bool';
    case 'int': return 'int64';
    case 'float': return defaultDtype;
    case 'complex': return complexOf(defaultDtype);
    default: return null;
  }
}

/**
 * torch.result_type over tensors and Python numbers (others are left out); null where a dtype that matters is not known.
 * A tensor of unknown rank counts as one with dims.
 */
export function resultType(operands: readonly Value[], defaultDtype: Dtype): Dtype | null {
  let dims: Dtype | null = null;
  let zero: Dtype | null = null;
  let number: Dtype | null = null;
  for (const operand of operands) {
    if (operand.kind === 'Tensor') {
      if (operand.dtype === null) return null;
      const ranked = operand.shape.dims.length > 0 || operand.shape.rest !== null;
      const known: Dtype | null = ranked ? dims : zero;
      const joined: Dtype | null = known === null ? operand.dtype : promoteTypes(known, operand.dtype);
      if (joined === null) return null;
      if (ranked) dims = joined;
      else zero = joined;
    } else {
      const own = scalarDtype(operand, defaultDtype);
      if (own === null) continue;
      number = number === null ? own : promoteTypes(number, own);
    }
  }
  return combine(combine(dims, zero), number);
}

/** A later kind changes the result only by a higher category. */
function combine(first: Dtype | null, second: Dtype | null): Dtype | null {
  if (first === null) return second;
  if (second === null || rank(second) <= rank(first)) return first;
  // A complex number keeps the precision of the floats it meets.
  if (categoryOf(second) === 'complex' && categoryOf(first) === 'float' && second !== 'complex128') return first === 'bfloat16' ? 'complex64' : complexOf(first);
  return second;
}

/** Each made a float, then promoted whatever their ranks are: of what measures tensors one by one before they meet. */
export function commonFloat(tensors: readonly TensorValue[], context: { readonly defaultDtype: Dtype }): Dtype | null {
  return tensors.map(({ dtype }) => floatResult(dtype, context.defaultDtype)).reduce((a, b) => (a && b ? promoteTypes(a, b) : null));
}

/** Of an operation that makes floats of integers (`sin`, `/`): the default dtype for those. */
export function floatResult(dtype: Dtype | null, defaultDtype: Dtype): Dtype | null {
  return dtype !== null && isIntegral(dtype) ? defaultDtype : dtype;
}
