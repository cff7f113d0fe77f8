/** Integrals and differences along dims. */
import type { SymInt } from '../../symint/symint';
import { constant, sub } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { broadcastDims } from '../common/broadcast';
import { floatResult, resultType } from '../common/promotion';
import { fresh, tupleOf } from '../common/results';
import { ONE, ZERO, atLeast, dimIndex, dimIndexes, dimsOf, removeDims, shapeOf } from '../common/shape';
import { show, showSize } from '../common/text';
import { row } from './statistics';

/** What stands between two samples each, over the samples and their spacing broadcast. */
interface Between { readonly dims: readonly SymInt[]; readonly at: number; readonly dtype: Dtype | null }

function between(op: string, args: BoundArguments, context: RuleContext): Between {
  const y = args.tensor('y');
  const at = dimIndex(y.shape, args.number('dim'), op, context);
  const own = atLeast(op, 'y', y, 1, context);
  const x = args.optionalTensor('x');
  const dtype = floatResult(resultType(x ? [y, x] : [y], context.defaultDtype), context.defaultDtype);
  const dims = lessOne(own, at);
  if (!x) return { dims, at, dtype };
  const spacing = dimsOf(x, context);
  // One row of positions serves all rows of y.
  if (spacing.length === 1) {
    context.requireEqual(spacing[0]!, own[at]!, 'broadcast-mismatch', () => `${op}: x ${show(x)} must have one position for each sample along dim ${at} of y ${show(y)}`);
    return { dims, at, dtype };
  }
  // The dim is counted in y; an x of fewer dims is one of as many.
  const whole = [...new Array<SymInt>(Math.max(own.length - spacing.length, 0)).fill(ONE), ...spacing];
  return { dims: broadcastDims(dims, lessOne(whole, at), op, context), at, dtype };
}

const lessOne = (dims: readonly SymInt[], at: number): SymInt[] => dims.map((size, i) => (i !== at ? size : size.value === 0 ? ZERO : sub(size, ONE)));

const trapezoid = (op: string): Rule => (args, context) => {
  const { dims, at, dtype } = between(op, args, context);
  return fresh(removeDims(shapeOf(dims), [at]), dtype);
};

const cumulativeTrapezoid: Rule = (args, context) => {
  const { dims, dtype } = between('cumulative_trapezoid', args, context);
  return fresh(dims, dtype);
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
  if (rank === 0 && dims.length > 0) context.fail('dim-out-of-range', 'gradient: a tensor of 0 dims has no dim to go along');
  for (const at of dimIndexes(input.shape, dims, 'gradient', context)) {
    const size = input.shape.dims[at]!;
    if (context.lessEqual(constant(order + 1), size) === false) context.fail('gradient-size-mismatch', `gradient: with edge_order ${order}, each dim must have at least ${order + 1} elements; dim ${at} of ${show(input)} has ${showSize(size)}`);
  }
  return tupleOf(dims.map(() => fresh(input.shape, floatResult(input.dtype, context.defaultDtype))));
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.trapezoid', signature: 'trapezoid(y, x=None, *, dx=None, dim=-1)', functions: ['torch.trapz'], rule: trapezoid('trapezoid'), explain: 'integrates along a dim' },
  { name: 'torch.cumulative_trapezoid', signature: 'cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)', rule: cumulativeTrapezoid, explain: 'integrates along a dim' },
  row('gradient', 'input, *, spacing=1, dim=None, edge_order=1', gradient, 'takes differences along each dim', []),
];
