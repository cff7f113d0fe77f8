/** The operand of rearrange, repeat and reduce: a tensor, or a list of tensors that become one along a new first dim. */
import type { TensorValue } from '../../values/values';
import { constant } from '../../symint/symint';
import { contiguousStrides } from '../common/layout';
import { resultType } from '../common/promotion';
import { shapeOf } from '../common/shape';
import { kindText, show } from '../common/text';
import type { BoundArguments, RuleContext } from '../rule';

/** `own`: the memory is that of the tensor given. */
export function stacked(op: string, args: BoundArguments, context: RuleContext): { readonly input: TensorValue; readonly own: boolean } {
  const given = args.value('tensor');
  if (given.kind === 'tuple') context.fail('argument-mismatch', `${op}: takes a tensor or a list of tensors, not ${kindText(given)}: make it a list`);
  if (given.kind !== 'list') return { input: args.tensor('tensor'), own: true };
  const [first, ...others] = args.tensors('tensor');
  if (!first) return context.fail('argument-mismatch', `${op}: the list of tensors is empty`);
  if (first.shape.rest) return context.unknown(`the rank of a tensor of shape ${show(first)} is not known`);
  others.forEach((other, i) => {
    if (other.shape.rest) return context.unknown(`the rank of a tensor of shape ${show(other)} is not known`);
    const message = (): string => `${op}: all tensors of the list must have the same shape, but tensor 0 has ${show(first)} and tensor ${i + 1} has ${show(other)}`;
    if (other.shape.dims.length !== first.shape.dims.length) context.fail('stack-size-mismatch', message());
    other.shape.dims.forEach((size, dim) => context.requireEqual(first.shape.dims[dim]!, size, 'stack-size-mismatch', message));
  });
  const dims = [constant(1 + others.length), ...first.shape.dims];
  const dtype = resultType([first, ...others], context.defaultDtype);
  return { input: { ...first, shape: shapeOf(dims), dtype, layout: { strides: contiguousStrides(dims), offset: constant(0) }, isParameter: false }, own: false };
}
