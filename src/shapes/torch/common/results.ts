/** Results of rules. */
import type { Shape, TensorValue, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import type { RuleResult, TensorResult, TupleResult, ValueResult } from '../rule';

/** A size that a rule has missed must not reach the trace: it is the rule's mistake, and told as one. */
function asShape(shape: Shape | readonly (SymInt | undefined)[]): Shape {
  const found = 'dims' in shape ? shape : { dims: shape as readonly SymInt[], rest: null };
  if (found.dims.includes(undefined as unknown as SymInt)) throw new Error('a size of the result is missing');
  return found;
}

/** A tensor in memory of its own. */
export function fresh(shape: Shape | readonly SymInt[], dtype: Dtype | null, strides?: readonly SymInt[] | null): TensorResult {
  return { type: 'tensor', shape: asShape(shape), dtype, ...(strides === undefined ? {} : { strides }) };
}

/** A view; without strides its layout is not known. */
export function view(of: TensorValue, shape: Shape | readonly SymInt[], strides: readonly SymInt[] | null, offset: SymInt | null = of.layout?.offset ?? null): TensorResult {
  return { type: 'tensor', shape: asShape(shape), dtype: of.dtype, viewOf: of, layout: strides && offset ? { strides, offset } : null };
}

/** The tensor itself. */
export function itself(tensor: TensorValue): TensorResult {
  return { type: 'tensor', shape: tensor.shape, dtype: tensor.dtype, viewOf: tensor, layout: tensor.layout, isParameter: tensor.isParameter };
}

export const value = (result: Value): ValueResult => ({ type: 'value', value: result });
export const tupleOf = (items: readonly RuleResult[]): TupleResult => ({ type: 'tuple', items, sequence: 'tuple' });
/** So many tensors alike, of which the number is a size that is not known. */
export const manyOf = (item: RuleResult, count: SymInt): TupleResult => ({ type: 'tuple', items: [item], sequence: 'tuple', count });
export const listOf = (items: readonly RuleResult[]): TupleResult => ({ type: 'tuple', items, sequence: 'list' });
/** A named tuple, as torch names it: `named('torch.return_types.max', { values, indices })`. */
export function named(typeName: string, items: Readonly<Record<string, RuleResult>>): TupleResult {
  return { type: 'tuple', items: Object.values(items), sequence: 'tuple', typeName, fields: Object.keys(items) };
}
