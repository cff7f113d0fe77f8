/** Sums, extremes and the like over dims: https://docs.pytorch.org/docs/stable/torch.html#reduction-ops */
import type { TensorValue } from '../../values/values';
import type { Dtype } from '../../values/dtype';
import { isIntegral, realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, RuleResult } from '../rule';
import { floatResult } from '../common/promotion';
import { reducedShape, requireElements } from '../common/reduce';
import { fresh, tupleOf } from '../common/results';
import { dimIndex } from '../common/shape';
import { show } from '../common/text';

export type DtypeRule = (dtype: Dtype | null, args: BoundArguments, context: RuleContext) => Dtype | null;
export const same: DtypeRule = (dtype) => dtype;
const always = (dtype: Dtype): DtypeRule => () => dtype;

/** Integers and bools add up in int64. */
const summed: DtypeRule = (dtype, args) => args.optionalDtype('dtype') ?? (dtype && isIntegral(dtype) ? 'int64' : dtype);

const floating: DtypeRule = (dtype, _args, context) => floatResult(dtype, context.defaultDtype);
const truth: DtypeRule = (dtype) => (dtype === 'uint8' ? 'uint8' : 'bool');

const averaged = (op: string): DtypeRule => (dtype, args, context) => {
  const result = args.optionalDtype('dtype') ?? dtype;
  if (result !== null && isIntegral(result)) context.fail('dtype-mismatch', `${op}: the mean of ${result} is not defined: convert to float, or give dtype=`);
  return result;
};

const spread = (op: string): DtypeRule => (dtype, _args, context) => {
  if (dtype !== null && isIntegral(dtype)) context.fail('dtype-mismatch', `${op}: only of floats and complex numbers, not of ${dtype}: convert to float`);
  return dtype && realOf(dtype);
};

export function dimsGiven(args: BoundArguments): number[] | null {
  const dims = args.optionalDims('dim');
  return dims !== null && dims.length === 0 ? null : dims;
}

export function reduced(op: string, input: TensorValue, dtype: Dtype | null, args: BoundArguments, context: RuleContext): RuleResult {
  return fresh(reducedShape(input.shape, dimsGiven(args), args.bool('keepdim'), op, context), dtype);
}

export const reduction = (op: string, dtype: DtypeRule, needsElements = false): Rule => (args, context) => {
  const input = args.tensor('input');
  if (needsElements) requireElements(input.shape, dimsGiven(args), op, context);
  return reduced(op, input, dtype(input.dtype, args, context), args, context);
};

/** No dims at all reduce none: `x.all(dim=())` is as large as x. */
const truthOf = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  return fresh(reducedShape(input.shape, args.optionalDims('dim'), args.bool('keepdim'), op, context), truth(input.dtype, args, context));
};

const pair = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const dtype = spread(op)(input.dtype, args, context);
  return tupleOf([reduced(op, input, dtype, args, context), reduced(op, input, input.dtype, args, context)]);
};

const INTERPOLATIONS: readonly string[] = ['linear', 'lower', 'higher', 'midpoint', 'nearest'];

/** q positions of the sorted elements; several make a first dim. https://docs.pytorch.org/docs/stable/generated/torch.quantile.html */
const quantile = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const q = args.value('q');
  if (q.kind !== 'Tensor' && q.kind !== 'float' && q.kind !== 'int') return context.unknown(`whether q of ${op} is one number or several is not known`);
  const dims = dimsGiven(args);
  const shape = reducedShape(input.shape, dims, args.bool('keepdim'), op, context);
  if (input.shape.dims.some((size) => size.value === 0)) context.fail('reduction-of-nothing', `${op}: ${show(input)} has no elements`);
  const several = q.kind === 'Tensor' ? q.shape.dims : [];
  if (q.kind === 'float' && q.value !== null && (q.value < 0 || q.value > 1)) context.fail('argument-mismatch', `${op}: q must be between 0 and 1, not ${q.value}`);
  const way = args.string('interpolation');
  if (!INTERPOLATIONS.includes(way)) context.fail('argument-mismatch', `${op}: interpolation must be one of ${INTERPOLATIONS.join(', ')}, not '${way}'`);
  if (several.length > 1) context.fail('rank-mismatch', `${op}: q must be a number or have 1 dim, not ${show(several)}`);
  if (dims === null && args.bool('keepdim') && input.shape.dims.length === 0) return fresh(several, input.dtype);
  return fresh({ ...shape, dims: [...several, ...shape.dims] }, input.dtype, several.length > 0 ? null : undefined);
};

/** Of all elements, or along dims; p and ord change no shape. https://docs.pytorch.org/docs/stable/generated/torch.norm.html */
const norm: Rule = (args, context) => {
  const input = args.tensor('input');
  const dtype = args.optionalDtype('dtype') ?? input.dtype;
  if (dtype !== null && isIntegral(dtype)) context.fail('dtype-mismatch', `norm: only of floats and complex numbers, not of ${dtype}`);
  return reduced('norm', input, dtype && realOf(dtype), args, context);
};

const countNonzero = reduction('count_nonzero', always('int64'));

/** Each slice along `dim` scaled down. https://docs.pytorch.org/docs/stable/generated/torch.renorm.html */
const renorm: Rule = (args, context) => {
  const input = args.tensor('input');
  dimIndex(input.shape, args.number('dim'), 'renorm', context);
  if (!input.shape.rest && input.shape.dims.length < 2) context.fail('rank-mismatch', `renorm: the tensor must have at least 2 dims, not ${show(input)}`);
  const most = args.float('maxnorm');
  if (most !== null && most < 0) context.fail('argument-mismatch', `renorm: maxnorm must not be negative, but is ${most}`);
  return fresh(input.shape, input.dtype);
};

const trace: Rule = (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length !== 2) context.fail('rank-mismatch', `trace: the tensor must have 2 dims, not ${show(input)}`);
  return fresh([], summed(input.dtype, args, context));
};

const DIMS = 'dim=None, keepdim=False';
const VARIANCES = (op: string): string[] => [`${op}(input, dim: int | ints | None, unbiased: bool, keepdim=False)`, `${op}(input, unbiased: bool)`, `${op}(input, dim: int | ints | None = None, *, unbiased: bool = True, correction=1, keepdim=False)`, `${op}(input, dim=None, correction=1, keepdim=False)`];
const explain = 'reduces dims';
export const row = (name: string, rule: Rule, signature = `${name}(input, ${DIMS})`, extra: Partial<OperationRow> = {}): OperationRow => ({ name: `torch.${name}`, signature, methods: [name], rule, explain, ...extra });
export const rows: readonly OperationRow[] = [
  row('sum', reduction('sum', summed), `sum(input, ${DIMS}, *, dtype=None)`),
  row('nansum', reduction('nansum', summed), `nansum(input, ${DIMS}, *, dtype=None)`),
  row('prod', reduction('prod', summed), `prod(input, ${DIMS}, *, dtype=None)`),
  row('mean', reduction('mean', averaged('mean')), `mean(input, ${DIMS}, *, dtype=None)`),
  row('nanmean', reduction('nanmean', averaged('nanmean')), `nanmean(input, ${DIMS}, *, dtype=None)`),
  row('all', truthOf('all')), row('any', truthOf('any')),
  row('amax', reduction('amax', same, true), 'amax(input, dim=(), keepdim=False)'), row('amin', reduction('amin', same, true), 'amin(input, dim=(), keepdim=False)'),
  row('argmax', reduction('argmax', always('int64'), true)), row('argmin', reduction('argmin', always('int64'), true)),
  { ...row('var', reduction('var', spread('var'))), signature: VARIANCES('var') }, { ...row('std', reduction('std', spread('std'))), signature: VARIANCES('std') },
  { ...row('var_mean', pair('var_mean')), signature: VARIANCES('var_mean'), methods: [] }, { ...row('std_mean', pair('std_mean')), signature: VARIANCES('std_mean'), methods: [] },
  row('logsumexp', reduction('logsumexp', floating), 'logsumexp(input, dim, keepdim=False)', { functions: ['torch.special.logsumexp'] }),
  row('count_nonzero', countNonzero, 'count_nonzero(input, dim=None, *, keepdim=False)'),
  row('quantile', quantile('quantile'), "quantile(input, q, dim=None, keepdim=False, *, interpolation='linear')"),
  row('nanquantile', quantile('nanquantile'), "nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear')"),
  row('norm', norm, "norm(input, p='fro', dim=None, keepdim=False, dtype=None)"),
  row('renorm', renorm, 'renorm(input, p, dim, maxnorm)', { inPlace: true, explain: 'scales slices down' }),
  row('trace', trace, 'trace(input, *, dtype=None)', { explain: 'adds up the diagonal' }),
];
