/** Pooling to given sizes: https://docs.pytorch.org/docs/stable/nn.functional.html#pooling-functions */
import type { TensorValue, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { ONE } from '../common/shape';
import { show } from '../common/text';
import { leading, requirePositive } from '../common/windows';
import { andIndices, withIndices } from './pooling';

/** None keeps a size. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html */
function adaptiveSizes(op: string, n: number, input: TensorValue, args: BoundArguments, context: RuleContext): SymInt[] {
  const { before, spatial } = leading(op, input, n, context);
  const given = args.value('output_size');
  if (spatial.some((size) => size.value === 0)) context.fail('pool-size-mismatch', `${op}: no size of ${show(input)} but the batch may be 0`);
  if (n > 1 && op.includes('max') && (given.kind === 'tuple' || given.kind === 'list') && given.items && given.items.length !== n) context.fail('argument-mismatch', `${op}: output_size must be one int or ${n}`);
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

/** Of size 1 it is the mean over the last dims, of tensors of any rank. */
function isOne(size: Value, n: number): boolean {
  const items = size.kind === 'tuple' || size.kind === 'list' ? size.items ?? [] : new Array<Value>(n).fill(size);
  return items.length > 0 && items.every((item) => item.kind === 'int' && item.value?.value === 1);
}

const adaptiveAverage = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  if (n > 1 && isOne(args.value('output_size'), n) && !input.shape.rest && input.shape.dims.length >= n) return fresh([...input.shape.dims.slice(0, -n), ...new Array<SymInt>(n).fill(ONE)], input.dtype);
  return fresh(adaptiveSizes(`adaptive_avg_pool${n}d`, n, input, args, context), input.dtype);
};

const adaptiveMaximum = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  return withIndices(adaptiveSizes(`adaptive_max_pool${n}d`, n, input, args, context), input, args);
};

const explain = 'pools over windows';
const DIMS = [1, 2, 3] as const;
const F = 'torch.nn.functional.';
export const rows: readonly OperationRow[] = [
  ...DIMS.map((n): OperationRow => ({ name: `${F}adaptive_avg_pool${n}d`, signature: `adaptive_avg_pool${n}d(input, output_size)`, functions: n === 1 ? ['torch.adaptive_avg_pool1d'] : [], rule: adaptiveAverage(n), explain })),
  ...DIMS.map((n): OperationRow => ({ name: `${F}adaptive_max_pool${n}d`, signature: `adaptive_max_pool${n}d(input, output_size, return_indices=False)`, rule: adaptiveMaximum(n), explain,
    variants: [{ functions: [`${F}adaptive_max_pool${n}d_with_indices`, ...(n === 1 ? ['torch.adaptive_max_pool1d'] : [])], signature: 'f(input, output_size, return_indices=True)', rule: andIndices(adaptiveMaximum(n)) }] })),
];
