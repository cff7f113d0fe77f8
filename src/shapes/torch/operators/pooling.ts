/** Pooling: https://docs.pytorch.org/docs/stable/nn.functional.html#pooling-functions */
import type { SymInt } from '../../symint/symint';
import { constant, mul, sub } from '../../symint/symint';
import type { TensorValue } from '../../interpreter/values';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, RuleResult } from '../rule';
import { fresh, tupleOf } from '../common/results';
import { ONE } from '../common/shape';
import { show, showSize } from '../common/text';
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

const withIndices = (dims: readonly SymInt[], input: TensorValue, args: BoundArguments): RuleResult => {
  const values = fresh(dims, input.dtype);
  return args.bool('return_indices') ? tupleOf([values, fresh(dims, 'int64')]) : values;
};

const maximum = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return withIndices(pooled(`max_pool${n}d`, n, input, args, context), input, args);
};

/** The power mean over windows; neither padding nor a batch is wanted. */
const power = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return fresh(pooled(`lp_pool${n}d`, n, input, args, context), input.dtype);
};

/** None keeps a size. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html */
function adaptiveSizes(op: string, n: number, input: TensorValue, args: BoundArguments, context: RuleContext): SymInt[] {
  const { before, spatial } = leading(op, input, n, context);
  const given = args.value('output_size');
  const items = given.kind === 'tuple' || given.kind === 'list' ? given.items ?? context.unknown('the output size is not known') : new Array(n).fill(given);
  if (items.length !== n && items.length !== 1) context.fail('argument-mismatch', `${op}: output_size must be one int or ${n}`);
  const sizes = spatial.map((own, i) => {
    const item = items.length === 1 ? items[0]! : items[i]!;
    if (item.kind === 'None') return own;
    return item.kind === 'int' && item.value ? item.value : context.unknown('the output size is not known');
  });
  requirePositive(op, 'output_size', sizes, 0, context);
  return [...before, ...sizes];
}

const adaptiveAverage = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return fresh(adaptiveSizes(`adaptive_avg_pool${n}d`, n, input, args, context), input.dtype);
};
const adaptiveMaximum = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return withIndices(adaptiveSizes(`adaptive_max_pool${n}d`, n, input, args, context), input, args);
};

const fractional = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  const op = `fractional_max_pool${n}d`;
  const { before, spatial } = leading(op, input, n, context);
  const kernel = perDim(op, args, 'kernel_size', n, context);
  let size: SymInt[];
  if (args.has('output_size')) size = perDim(op, args, 'output_size', n, context);
  else {
    const ratio = args.value('output_ratio');
    const ratios = ratio.kind === 'tuple' || ratio.kind === 'list' ? ratio.items ?? [] : new Array(n).fill(ratio);
    size = spatial.map((own, i) => {
      const each = ratios[i];
      if (own.value === null || each?.kind !== 'float' || each.value === null) return context.unknown('output_ratio or a size is not known');
      return constant(Math.trunc(own.value * each.value));
    });
  }
  size.forEach((each, i) => {
    if (context.lessEqual(kernel[i]!, spatial[i]!) === false) context.fail('kernel-size-mismatch', `${op}: a kernel of ${showSize(kernel[i]!)} is larger than the size ${showSize(spatial[i]!)} of ${show(input)}`);
    if (each.value !== null && kernel[i]!.value !== null && spatial[i]!.value !== null && each.value + kernel[i]!.value! - 1 > spatial[i]!.value!) {
      context.fail('kernel-size-mismatch', `${op}: ${each.value} windows of ${kernel[i]!.value} do not fit into the size ${spatial[i]!.value} of ${show(input)}`);
    }
  });
  return withIndices([...before, ...size], input, args);
};

/** Back to the sizes before max pooling. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html */
const unpool = (n: number): Rule => (args, context) => {
  const op = `max_unpool${n}d`;
  const [input, indices] = [args.tensor('input'), args.tensor('indices')];
  const { before, spatial } = leading(op, input, n, context);
  const message = (): string => `${op}: the indices ${show(indices)} must have the shape of the input ${show(input)}`;
  if (!indices.shape.rest) {
    if (indices.shape.dims.length !== before.length + n) context.fail('pool-size-mismatch', message());
    indices.shape.dims.forEach((size, i) => context.requireEqual(size, [...before, ...spatial][i]!, 'pool-size-mismatch', message));
  }
  const given = args.optionalInts('output_size');
  if (given) return fresh([...before, ...given.slice(-n)], input.dtype);
  const kernel = perDim(op, args, 'kernel_size', n, context);
  const stride = args.has('stride') ? perDim(op, args, 'stride', n, context) : kernel;
  const padding = perDim(op, args, 'padding', n, context);
  requirePositive(op, 'stride', stride, 1, context);
  return fresh([...before, ...spatial.map((size, i) => sub(mul(sub(size, ONE), stride[i]!), sub(mul(constant(2), padding[i]!), kernel[i]!)))], input.dtype);
};

const DIMS = [1, 2, 3] as const;
const F = 'torch.nn.functional.';
const explain = 'pools over windows';
export const rows: readonly OperationRow[] = [
  ...DIMS.map((n): OperationRow => ({ name: `${F}avg_pool${n}d`, signature: `avg_pool${n}d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`, functions: n === 1 ? ['torch.avg_pool1d'] : [], rule: average(n), explain })),
  ...DIMS.map((n): OperationRow => {
    const parameters = 'input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False';
    return { name: `${F}max_pool${n}d`, signature: `max_pool${n}d(${parameters})`, functions: [`torch.max_pool${n}d`], rule: maximum(n), explain, variants: [{ functions: [`${F}max_pool${n}d_with_indices`], signature: `f(${parameters.replace('=False, return_indices=False', '=False, return_indices=True')})` }] };
  }),
  ...DIMS.map((n): OperationRow => ({ name: `${F}lp_pool${n}d`, signature: `lp_pool${n}d(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, rule: power(n), explain })),
  ...DIMS.map((n): OperationRow => ({ name: `${F}adaptive_avg_pool${n}d`, signature: `adaptive_avg_pool${n}d(input, output_size)`, functions: n === 1 ? ['torch.adaptive_avg_pool1d'] : [], rule: adaptiveAverage(n), explain })),
  ...DIMS.map((n): OperationRow => ({ name: `${F}adaptive_max_pool${n}d`, signature: `adaptive_max_pool${n}d(input, output_size, return_indices=False)`, rule: adaptiveMaximum(n), explain })),
  ...([2, 3] as const).map((n): OperationRow => ({ name: `${F}fractional_max_pool${n}d`, signature: `fractional_max_pool${n}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`, random: true, rule: fractional(n), explain })),
  ...DIMS.map((n): OperationRow => ({ name: `${F}max_unpool${n}d`, signature: `max_unpool${n}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, rule: unpool(n), explain: 'puts maxima back in their places' })),
];
