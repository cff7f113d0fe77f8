/** Operations along a dim that keep its size, and those that sort or pick along it. */
import { constant, sub, add } from '../../symint/symint';
import { isIntegral } from '../dtypes';
import type { Dtype } from '../dtype';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { floatResult } from '../common/promotion';
import { fresh, named } from '../common/results';
import { ONE, dimIndex, dimIndexes, replaceDim } from '../common/shape';
import { preservedStrides } from '../common/layout';
import { show, showSize } from '../common/text';

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

const pairAlong = (op: string, size: 'same' | 'k' = 'same'): Rule => (args, context) => {
  const input = args.tensor('input');
  const dim = args.number('dim');
  const at = dimIndex(input.shape, dim, op, context);
  let { shape } = input;
  if (size === 'k') {
    const k = args.int('k');
    const own = shape.dims[at] ?? ONE;
    if (context.lessEqual(k, own) === false) context.fail('index-out-of-range', `${op}: k = ${showSize(k)} is more than the size ${showSize(own)} of dim ${dim} of ${show(input)}`);
    if (shape.dims.length > 0) shape = replaceDim(shape, at, k);
  }
  return named(`torch.return_types.${op}`, { values: fresh(shape, input.dtype), indices: fresh(shape, 'int64') });
};

const argsort: Rule = (args, context) => {
  const input = args.tensor('input');
  dimIndex(input.shape, args.number('dim'), 'argsort', context);
  return fresh(input.shape, 'int64');
};

/** https://docs.pytorch.org/docs/stable/generated/torch.flip.html */
const flip: Rule = (args, context) => {
  const input = args.tensor('input');
  dimIndexes(input.shape, args.optionalDims('dims')!, 'flip', context);
  return fresh(input.shape, input.dtype, preservedStrides(input, context));
};

const flipAlong = (op: string, dim: number): Rule => (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length <= dim) context.fail('rank-mismatch', `${op}: the tensor must have at least ${dim + 1} dims, not ${show(input)}`);
  return fresh(input.shape, input.dtype);
};

const roll: Rule = (args, context) => {
  const input = args.tensor('input');
  const shifts = args.ints('shifts');
  const dims = args.optionalDims('dims') ?? [];
  if (dims.length > 0) dims.forEach((dim) => dimIndex(input.shape, dim, 'roll', context));
  if (dims.length === 0 ? shifts.length !== 1 : shifts.length !== dims.length) context.fail('argument-mismatch', `roll: ${shifts.length} shifts for ${dims.length} dims: there must be one for each`);
  return fresh(input.shape, input.dtype);
};

/** A quarter turn swaps the two sizes. https://docs.pytorch.org/docs/stable/generated/torch.rot90.html */
const rot90: Rule = (args, context) => {
  const input = args.tensor('input');
  const [a, b, ...more] = dimIndexes(input.shape, args.optionalDims('dims')!, 'rot90', context);
  if (a === undefined || b === undefined || more.length > 0) return context.fail('argument-mismatch', 'rot90: there must be exactly 2 dims to turn');
  const turned = Math.abs(args.number('k')) % 2 === 1;
  const { dims } = input.shape;
  return fresh(turned ? replaceDim(replaceDim(input.shape, a, dims[b]!), b, dims[a]!) : input.shape, input.dtype, turned ? null : undefined);
};

/** Differences of neighbours, n times. https://docs.pytorch.org/docs/stable/generated/torch.diff.html */
const diff: Rule = (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length === 0) context.fail('rank-mismatch', 'diff: the tensor must have at least 1 dim');
  const at = dimIndex(input.shape, args.number('dim'), 'diff', context);
  if (args.int('n').value === 0) return fresh(input.shape, input.dtype);
  const extra = ['prepend', 'append'].map((name) => args.optionalTensor(name)).reduce((sum, tensor) => (tensor ? add(sum, tensor.shape.dims.length === 0 ? ONE : tensor.shape.dims[at]!) : sum), constant(0));
  const length = sub(add(input.shape.dims[at]!, extra), args.int('n'));
  const left = length.value !== null && length.value < 0 ? constant(0) : length;
  return fresh(replaceDim(input.shape, at, left), input.dtype === 'bool' ? 'bool' : input.dtype);
};

const DTYPE = '*, dtype=None';
const explain = 'works along a dim';
const softmax = (name: string, extra: Partial<OperationRow>): OperationRow => ({
  name: `torch.${name}`, signature: `${name}(input, dim, dtype=None)`, methods: [name], rule: along(name, converted), explain: 'normalizes along a dim',
  variants: [{ functions: [`torch.nn.functional.${name}`], signature: `${name}(input, dim=None, _stacklevel=3, dtype=None)` }, { functions: [`torch.special.${name}`], signature: `${name}(input, dim, *, dtype=None)` }],
  ...extra,
});
export const rows: readonly OperationRow[] = [
  { name: 'torch.cumsum', signature: `cumsum(input, dim, ${DTYPE})`, methods: ['cumsum'], inPlace: true, rule: along('cumsum', summed), explain },
  { name: 'torch.cumprod', signature: `cumprod(input, dim, ${DTYPE})`, methods: ['cumprod'], inPlace: true, rule: along('cumprod', summed), explain },
  { name: 'torch.logcumsumexp', signature: 'logcumsumexp(input, dim)', methods: ['logcumsumexp'], rule: along('logcumsumexp', floating), explain },
  { name: 'torch.cummax', signature: 'cummax(input, dim)', methods: ['cummax'], rule: pairAlong('cummax'), explain },
  { name: 'torch.cummin', signature: 'cummin(input, dim)', methods: ['cummin'], rule: pairAlong('cummin'), explain },
  softmax('softmax', {}), softmax('log_softmax', {}),
  { name: 'torch.nn.functional.softmin', signature: 'softmin(input, dim=None, _stacklevel=3, dtype=None)', rule: along('softmin', converted), explain: 'normalizes along a dim' },
  { name: 'torch.nn.functional.gumbel_softmax', signature: 'gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)', rule: (args, context) => {
    const logits = args.tensor('logits');
    dimIndex(logits.shape, args.number('dim'), 'gumbel_softmax', context);
    return fresh(logits.shape, logits.dtype);
  }, random: true, explain: 'samples along a dim' },
  { name: 'torch.sort', signature: ['sort(input, dim=-1, descending=False)', 'sort(input, *, stable, dim=-1, descending=False)'], methods: ['sort'], rule: pairAlong('sort'), explain: 'sorts along a dim' },
  { name: 'torch.msort', signature: 'msort(input)', methods: ['msort'], rule: along('msort', (dtype) => dtype), explain: 'sorts along dim 0' },
  { name: 'torch.argsort', signature: ['argsort(input, dim=-1, descending=False, stable=False)', 'argsort(input, *, stable, dim=-1, descending=False)'], methods: ['argsort'], rule: argsort, explain: 'gives the positions that sort a dim' },
  { name: 'torch.topk', signature: 'topk(input, k, dim=-1, largest=True, sorted=True)', methods: ['topk'], rule: pairAlong('topk', 'k'), explain: 'picks the k largest along a dim' },
  { name: 'torch.flip', signature: 'flip(input, *dims)', methods: ['flip'], rule: flip, explain: 'reverses dims' },
  { name: 'torch.fliplr', signature: 'fliplr(input)', methods: ['fliplr'], rule: flipAlong('fliplr', 1), explain: 'reverses dim 1' },
  { name: 'torch.flipud', signature: 'flipud(input)', methods: ['flipud'], rule: flipAlong('flipud', 0), explain: 'reverses dim 0' },
  { name: 'torch.roll', signature: 'roll(input, shifts, dims=None)', methods: ['roll'], rule: roll, explain: 'rolls elements around' },
  { name: 'torch.rot90', signature: 'rot90(input, k=1, dims=(0, 1))', methods: ['rot90'], rule: rot90, explain: 'turns a plane' },
  { name: 'torch.diff', signature: 'diff(input, n=1, dim=-1, prepend=None, append=None)', methods: ['diff'], rule: diff, explain: 'takes differences along a dim' },
];
