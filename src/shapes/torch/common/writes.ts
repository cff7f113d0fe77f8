/** Results that are written into a tensor: in-place operations and `out=`. */
import type { TensorValue } from '../../values/values';
import { canCast } from '../dtypes';
import type { RuleContext, RuleResult } from '../rule';
import { show } from './text';

/** The target as written. @throws ShapeFault `in-place-size-mismatch`, `in-place-dtype-mismatch` */
export function checkWrite(op: string, target: TensorValue, result: RuleResult, context: RuleContext): RuleResult {
  if (result.type !== 'tensor') return result;
  checkSize(op, target, result, context);
  if (result.dtype !== null && target.dtype !== null && !canCast(result.dtype, target.dtype)) {
    context.fail('in-place-dtype-mismatch', `${op}: a result of ${result.dtype} cannot be written into a tensor of ${target.dtype}: convert the tensor before, or make a new one without the in-place form`);
  }
  return { type: 'tensor', shape: target.shape, dtype: target.dtype };
}

function checkSize(op: string, target: TensorValue, result: RuleResult & { type: 'tensor' }, context: RuleContext): void {
  const [from, to] = [result.shape, target.shape];
  if (from.rest || to.rest) return;
  const message = (): string => `${op}: the result has shape ${show(from)}, which does not fit into the tensor of shape ${show(to)} that it is written to: in place, only the other operands broadcast`;
  if (from.dims.length !== to.dims.length) context.fail('in-place-size-mismatch', message());
  from.dims.forEach((size, i) => context.requireEqual(size, to.dims[i]!, 'in-place-size-mismatch', message));
}

/** With `out=`. A tensor of another size is resized: it has the result's shape from then on, which may be a tensor of its own. */
export function checkOut(op: string, out: TensorValue, result: RuleResult, context: RuleContext): { readonly result: RuleResult; readonly isResized: boolean } {
  if (result.type !== 'tensor') return context.unknown(`out= of ${op} is not traced for several results`);
  const [from, to] = [result.shape, out.shape];
  const same = !from.rest && !to.rest && from.dims.length === to.dims.length && from.dims.every((size, i) => context.equal(size, to.dims[i]!) === true);
  if (result.dtype !== null && out.dtype !== null && !canCast(result.dtype, out.dtype)) {
    context.fail('in-place-dtype-mismatch', `${op}: a result of ${result.dtype} cannot be written into an out= of ${out.dtype}`);
  }
  return { result: { type: 'tensor', shape: from, dtype: out.dtype }, isResized: !same };
}
