/** Operations along a dim that keep its size, and those that sort or pick along it. */
import { add, constant, sub } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { isIntegral } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { floatResult, resultType } from '../common/promotion';
import { refuseIntegers } from '../common/refusals';
import { fresh } from '../common/results';
import { ONE, dimIndex, replaceDim } from '../common/shape';
import { show } from '../common/text';

/** Checks `dim`; the shape stays. */
const along = (op: string, dtype: (dtype: Dtype | null, args: BoundArguments, context: RuleContext) => Dtype | null): Rule => (args, context) => {
  const input = args.tensor('input');
  const dim = args.optionalNumber('dim');
  if (dim !== null) dimIndex(input.shape, dim, op, context);
  return fresh(input.shape, dtype(input.dtype, args, context));
};

/** Integers add up in int64. */
const summed = (dtype: Dtype | null, args: BoundArguments): Dtype | null => args.optionalDtype('dtype') ?? (dtype && isIntegral(dtype) ? 'int64' : dtype);

const floating = (dtype: Dtype | null, args: BoundArguments, context: RuleContext): Dtype | null => args.optionalDtype('dtype') ?? floatResult(dtype, context.defaultDtype);

/** softmax wants floats; `dtype=` converts first. */
const converted = (dtype: Dtype | null, args: BoundArguments): Dtype | null => args.optionalDtype('dtype') ?? dtype;

/** Differences of neighbours, n times. https://docs.pytorch.org/docs/stable/generated/torch.diff.html */
const diff: Rule = (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length === 0) context.fail('rank-mismatch', 'diff: the tensor must have at least 1 dim');
  const at = dimIndex(input.shape, args.number('dim'), 'diff', context);
  const parts = ['prepend', 'append'].map((name) => args.optionalTensor(name));
  for (const part of parts) if (part && !part.shape.rest && !input.shape.rest && part.shape.dims.length > 0 && part.shape.dims.length !== input.shape.dims.length) context.fail('rank-mismatch', `diff: what is put before or behind must have as many dims as ${show(input)}, not ${show(part)}`);
  for (const part of parts) {
    if (!part || part.shape.rest || input.shape.rest || part.shape.dims.length === 0) continue;
    part.shape.dims.forEach((size, i) => { if (i !== at) context.requireEqual(size, input.shape.dims[i]!, 'cat-size-mismatch', () => `diff: what is put before or behind must have the sizes of ${show(input)} but in dim ${at}, not ${show(part)}`); });
  }
  const extra = parts.reduce((sum, tensor) => (tensor ? add(sum, tensor.shape.dims.length === 0 ? ONE : tensor.shape.dims[at]!) : sum), constant(0));
  if (args.int('n').value === 0) return fresh(input.shape, input.dtype);
  const length = sub(add(input.shape.dims[at]!, extra), args.int('n'));
  const left = length.value !== null && length.value < 0 ? constant(0) : length;
  return fresh(replaceDim(input.shape, at, left), resultType([input, ...parts.flatMap((part) => part ?? [])], context.defaultDtype));
};

const DTYPE = '*, dtype=None';
const explain = 'works along a dim';

const ofFloats = (op: string): Rule => (args, context) => {
  if (args.optionalDtype('dtype') === null) refuseIntegers(op, args.tensor('input'), context);
  return along(op, converted)(args, context);
};

const softmax = (name: string, extra: Partial<OperationRow>): OperationRow => ({
  name: `torch.${name}`, signature: `${name}(input, dim, dtype=None)`, methods: [name], rule: ofFloats(name), explain: 'normalizes along a dim',
  variants: [{ functions: [`torch.nn.functional.${name}`], signature: `${name}(input, dim=None, _stacklevel=3, dtype=None)` }, { functions: [`torch.special.${name}`], signature: `${name}(input, dim, ${name === 'softmax' ? '' : '*, '}dtype=None)` }],
  ...extra,
});

export const rows: readonly OperationRow[] = [
  { name: 'torch.cumsum', signature: `cumsum(input, dim, ${DTYPE})`, methods: ['cumsum'], inPlace: true, rule: along('cumsum', summed), explain },
  { name: 'torch.cumprod', signature: `cumprod(input, dim, ${DTYPE})`, methods: ['cumprod'], inPlace: true, rule: along('cumprod', summed), explain },
  { name: 'torch.logcumsumexp', signature: 'logcumsumexp(input, dim)', methods: ['logcumsumexp'], rule: along('logcumsumexp', floating), explain },
  softmax('softmax', {}), softmax('log_softmax', {}),
  { name: 'torch.nn.functional.softmin', signature: 'softmin(input, dim=None, _stacklevel=3, dtype=None)', rule: along('softmin', converted), explain: 'normalizes along a dim' },
  { name: 'torch.nn.functional.gumbel_softmax', signature: 'gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)', rule: (args, context) => {
    const logits = args.tensor('logits');
    dimIndex(logits.shape, args.number('dim'), 'gumbel_softmax', context);
    return fresh(logits.shape, logits.dtype);
  }, random: true, explain: 'samples along a dim' },
  { name: 'torch.msort', signature: 'msort(input)', methods: ['msort'], rule: along('msort', (dtype) => dtype), explain: 'sorts along dim 0' },
  { name: 'torch.diff', signature: 'diff(input, n=1, dim=-1, prepend=None, append=None)', methods: ['diff'], rule: diff, explain: 'takes differences along a dim' },
];
