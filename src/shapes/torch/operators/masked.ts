/** Operations that leave out what a mask hides: https://docs.pytorch.org/docs/stable/masked.html */
import type { TensorValue } from '../../values/values';
import { isIntegral, realOf } from '../dtypes';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { requireBroadcastTo } from '../common/broadcast';
import { floatResult } from '../common/promotion';
import { reducedShape } from '../common/reduce';
import { fresh } from '../common/results';
import { dimIndex, dimsOf } from '../common/shape';
import { show } from '../common/text';
import { binary } from './pointwise-binary';

function requireMask(op: string, input: TensorValue, mask: TensorValue | null, context: RuleContext): void {
  if (!mask || mask.shape.rest || input.shape.rest) return;
  requireBroadcastTo(mask.shape.dims, input.shape.dims, 'mask-size-mismatch', () => `masked.${op}: a mask of shape ${show(mask)} does not broadcast to ${show(input)}`, context);
}

type DtypeRule = (dtype: Dtype | null, args: BoundArguments, context: RuleContext) => Dtype | null;
const summed: DtypeRule = (dtype, args) => args.optionalDtype('dtype') ?? (dtype && isIntegral(dtype) ? 'int64' : dtype);
const same: DtypeRule = (dtype, args) => args.optionalDtype('dtype') ?? dtype;
const floating: DtypeRule = (dtype, args, context) => args.optionalDtype('dtype') ?? floatResult(dtype, context.defaultDtype);
const real: DtypeRule = (dtype, args, context) => {
  const found = floating(dtype, args, context);
  return found && realOf(found);
};

/** No dims, or an empty list, means all. */
const reduction = (op: string, dtype: DtypeRule): Rule => (args, context) => {
  const input = args.tensor('input');
  const dims = args.optionalDims('dim');
  const shape = reducedShape(input.shape, dims?.length === 0 ? null : dims, args.bool('keepdim'), op, context);
  requireMask(op, input, args.optionalTensor('mask'), context);
  return fresh(shape, dtype(input.dtype, args, context));
};

const along = (op: string, dtype: DtypeRule): Rule => (args, context) => {
  const input = args.tensor('input');
  dimIndex(input.shape, args.number('dim'), op, context);
  requireMask(op, input, args.optionalTensor('mask'), context);
  return fresh(input.shape, dtype(input.dtype, args, context));
};

const logaddexp: Rule = (args, context) => {
  requireMask('logaddexp', args.tensor('input'), args.optionalTensor('input_mask'), context);
  requireMask('logaddexp', args.tensor('other'), args.optionalTensor('other_mask'), context);
  return binary('logaddexp', 'float')(args, context);
};

const median: Rule = (args, context) => {
  const input = args.tensor('input');
  dimsOf(input, context);
  requireMask('median', input, args.optionalTensor('mask'), context);
  return fresh(reducedShape(input.shape, [args.number('dim')], args.bool('keepdim'), 'median', context), input.dtype);
};

const DIMS = 'dim=None, *, keepdim=False, dtype=None, mask=None';
const row = (name: string, signature: string, rule: Rule): OperationRow => ({ name: `torch.masked.${name}`, signature: `${name}(${signature})`, rule, explain: 'leaves out what the mask hides' });
export const rows: readonly OperationRow[] = [
  ...['sum', 'prod'].map((name) => row(name, `input, ${DIMS}`, reduction(name, summed))),
  row('mean', `input, ${DIMS}`, reduction('mean', floating)),
  ...['amax', 'amin'].map((name) => row(name, `input, ${DIMS}`, reduction(name, same))),
  // Positions come in the dtype of the input.
  ...['argmax', 'argmin'].map((name) => row(name, `input, ${DIMS}`, reduction(name, same))),
  row('logsumexp', `input, ${DIMS}`, reduction('logsumexp', floating)),
  row('norm', `input, ord=2.0, ${DIMS}`, reduction('norm', real)),
  ...['var', 'std'].map((name) => row(name, 'input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None, mask=None', reduction(name, floating))),
  ...['softmax', 'log_softmax', 'softmin'].map((name) => row(name, 'input, dim, *, dtype=None, mask=None', along(name, same))),
  ...['cumsum', 'cumprod'].map((name) => row(name, 'input, dim, *, dtype=None, mask=None', along(name, summed))),
  row('normalize', 'input, ord, dim, *, eps=1e-12, dtype=None, mask=None', along('normalize', floating)),
  row('median', 'input, dim=-1, *, keepdim=False, dtype=None, mask=None', median),
  row('logaddexp', 'input, other, *, dtype=None, input_mask=None, other_mask=None', logaddexp),
];
