/** Integrals and differences along dims. */
import type { TensorValue } from '../../interpreter/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { broadcastDims } from '../common/broadcast';
import { floatResult } from '../common/promotion';
import { fresh, tupleOf } from '../common/results';
import { ONE, atLeast, dimIndex, dimsOf, removeDims, replaceDim, shapeOf } from '../common/shape';
import { show, showSize } from '../common/text';
import { row } from './statistics';

/** The spacing between samples, as given, broadcast against the samples. */
function spaced(op: string, args: BoundArguments, context: RuleContext): { readonly y: TensorValue; readonly dims: readonly SymInt[]; readonly at: number } {
  const y = args.tensor('y');
  const at = dimIndex(y.shape, args.number('dim'), op, context);
  const dims = atLeast(op, 'y', y, 1, context);
  const x = args.optionalTensor('x');
  if (!x) return { y, dims, at };
  const own = dimsOf(x, context);
  // One row of positions serves all rows of y; else they broadcast, less one along the dim.
  if (own.length === 1 && dims.length > 1) {
    context.requireEqual(own[0]!, dims[at]!, 'broadcast-mismatch', () => `${op}: x ${show(x)} must have one position for each sample along dim ${at} of y ${show(y)}`);
    return { y, dims, at };
  }
  const dim = args.number('dim');
  const xAt = dimIndex(x.shape, dim, op, context);
  const less = (list: readonly SymInt[], i: number): SymInt[] => list.map((size, j) => (j === i ? sub(size, ONE) : size));
  const both = broadcastDims(less(dims, at), less(own, xAt), op, context);
  const place = dim < 0 ? both.length + dim : both.length === dims.length ? at : xAt;
  return { y, dims: both.map((size, i) => (i === place ? add(size, ONE) : size)), at: place };
}

const trapezoid = (op: string): Rule => (args, context) => {
  const { y, dims, at } = spaced(op, args, context);
  return fresh(removeDims(shapeOf(dims), [at]), floatResult(y.dtype, context.defaultDtype));
};

const cumulativeTrapezoid: Rule = (args, context) => {
  const { y, dims, at } = spaced('cumulative_trapezoid', args, context);
  return fresh(replaceDim(shapeOf(dims), at, sub(dims[at]!, ONE)), floatResult(y.dtype, context.defaultDtype));
};

/** One tensor of differences a dim. https://docs.pytorch.org/docs/stable/generated/torch.gradient.html */
const gradient: Rule = (args, context) => {
  const input = args.tensor('input');
  const rank = dimsOf(input, context).length;
  const dims = args.optionalDims('dim') ?? Array.from({ length: rank }, (_, i) => i);
  const spacing = args.value('spacing');
  const spacings = spacing.kind === 'list' || spacing.kind === 'tuple' ? spacing.items?.length ?? null : null;
  if (spacings !== null && spacings !== dims.length) context.fail('argument-mismatch', `gradient: ${spacings} spacings for ${dims.length} dims: there must be one for each`);
  const order = args.number('edge_order');
  for (const dim of dims) {
    const size = input.shape.dims[dimIndex(input.shape, dim, 'gradient', context)]!;
    if (context.lessEqual(constant(order + 1), size) === false) context.fail('gradient-size-mismatch', `gradient: with edge_order ${order}, each dim must have at least ${order + 1} elements; dim ${dim} of ${show(input)} has ${showSize(size)}`);
  }
  return tupleOf(dims.map(() => fresh(input.shape, floatResult(input.dtype, context.defaultDtype))));
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.trapezoid', signature: 'trapezoid(y, x=None, *, dx=None, dim=-1)', functions: ['torch.trapz'], rule: trapezoid('trapezoid'), explain: 'integrates along a dim' },
  { name: 'torch.cumulative_trapezoid', signature: 'cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)', rule: cumulativeTrapezoid, explain: 'integrates along a dim' },
  row('gradient', 'input, *, spacing=1, dim=None, edge_order=1', gradient, 'takes differences along each dim', []),
];
