/** Pooling: https://docs.pytorch.org/docs/stable/nn.functional.html#pooling-functions */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, mul, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, RuleResult } from '../rule';
import { floatResult } from '../common/promotion';
import { fresh, tupleOf } from '../common/results';
import { ONE } from '../common/shape';
import { leading, perDim, requireFits, requirePositive, spread, windows } from '../common/windows';

/** Number of windows; with ceil_mode a last window that starts in the padding on the right is dropped. */
function pooled(op: string, n: number, input: TensorValue, args: BoundArguments, context: RuleContext): SymInt[] {
  const { before, spatial } = leading(op, input, n, context);
  const kernel = perDim(op, args, 'kernel_size', n, context);
  const given = args.optionalInts('stride');
  const stride = given && given.length > 0 ? spread(op, 'stride', given, n, context) : kernel;
  const padding = args.has('padding') ? perDim(op, args, 'padding', n, context) : kernel.map(() => constant(0));
  const dilation = args.has('dilation') ? perDim(op, args, 'dilation', n, context) : kernel.map(() => ONE);
  requirePositive(op, 'kernel_size', kernel, 1, context);
  requirePositive(op, 'stride', stride, 1, context);
  requirePositive(op, 'padding', padding, 0, context);
  requirePositive(op, 'dilation', dilation, 1, context);
  padding.forEach((each, i) => {
    const reach = kernel[i]!.value !== null && dilation[i]!.value !== null ? (kernel[i]!.value! - 1) * dilation[i]!.value! + 1 : null;
    if (each.value !== null && reach !== null && each.value > reach / 2) context.fail('argument-mismatch', `${op}: padding ${each.value} must be at most half of the kernel's extent, ${reach}`);
  });
  const ceil = args.has('ceil_mode') && args.bool('ceil_mode');
  const result = spatial.map((size, i) => {
    const length = windows(size, kernel[i]!, stride[i]!, mul(constant(2), padding[i]!), dilation[i]!, ceil);
    if (!ceil) return length;
    const [start, end] = [mul(sub(length, ONE), stride[i]!), sub(size, constant(-(padding[i]!.value ?? 0)))];
    return start.value !== null && end.value !== null && start.value >= end.value ? sub(length, ONE) : length;
  });
  requireFits(op, input, result, kernel, context);
  return [...before, ...result];
}

const average = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return fresh(pooled(`avg_pool${n}d`, n, input, args, context), input.dtype);
};

export const withIndices = (dims: readonly SymInt[], input: TensorValue, args: BoundArguments): RuleResult => {
  const values = fresh(dims, input.dtype);
  return args.bool('return_indices') ? tupleOf([values, fresh(dims, 'int64')]) : values;
};

const maximum = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return withIndices(pooled(`max_pool${n}d`, n, input, args, context), input, args);
};

/** The same with the indices, whatever `return_indices` says. */
export const andIndices = (rule: Rule): Rule => (args, context) => {
  const values = rule(args, context);
  return values.type === 'tensor' ? tupleOf([values, fresh(values.shape, 'int64')]) : values;
};

/** The power mean over windows; neither padding nor a batch is wanted. */
const power = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return fresh(pooled(`lp_pool${n}d`, n, input, args, context), floatResult(input.dtype, context.defaultDtype));
};

const DIMS = [1, 2, 3] as const;
const F = 'torch.nn.functional.';
const explain = 'pools over windows';
export const rows: readonly OperationRow[] = [
  ...DIMS.map((n): OperationRow => ({ name: `${F}avg_pool${n}d`, signature: `avg_pool${n}d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`, functions: n === 1 ? ['torch.avg_pool1d'] : [], rule: average(n), explain })),
  ...DIMS.map((n): OperationRow => {
    const parameters = 'input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False';
    return { name: `${F}max_pool${n}d`, signature: `max_pool${n}d(${parameters})`, functions: [`torch.max_pool${n}d`], rule: maximum(n), explain, variants: [{ functions: [`${F}max_pool${n}d_with_indices`, ...(n === 1 ? ['torch.max_pool1d_with_indices'] : [])], signature: `f(${parameters.replace('=False, return_indices=False', '=False, return_indices=True')})`, rule: andIndices(maximum(n)) }] };
  }),
  ...DIMS.map((n): OperationRow => ({ name: `${F}lp_pool${n}d`, signature: `lp_pool${n}d(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, rule: power(n), explain })),
];
