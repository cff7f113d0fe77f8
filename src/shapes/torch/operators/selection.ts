/** Elements chosen by masks and bounds: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { TensorValue } from '../../values/values';
import { constant, product } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { broadcastTensors } from '../common/broadcast';
import { countOfDistinct, countOfNonzero } from '../common/constants';
import { resultType } from '../common/promotion';
import { fresh, tupleOf } from '../common/results';
import { dimIndex, replaceDim, shapeOf } from '../common/shape';
import { show } from '../common/text';
import { operands, pointwise } from './pointwise-binary';

function requireMask(op: string, mask: TensorValue, context: RuleContext): void {
  if (mask.dtype !== null && mask.dtype !== 'bool' && mask.dtype !== 'uint8') context.fail('dtype-mismatch', `${op}: the mask must be a bool tensor, not ${mask.dtype}`);
}

const where: Rule = (args, context) => {
  const condition = args.tensor('condition');
  if (!args.has('input') && !args.has('other')) return positions(condition, context);
  requireMask('where', condition, context);
  const values = operands('where', args, ['input', 'other'], context);
  return pointwise('where', [condition, ...values], resultType(values, context.defaultDtype), context);
};

/** Unknown in number: one index tensor a dim. */
function positions(input: TensorValue, context: RuleContext): ReturnType<Rule> {
  const n = countOfNonzero(input, context) ?? context.fresh('n', `the number of elements of a tensor of shape ${show(input)} that are not 0`);
  return tupleOf(input.shape.rest ? context.unknown('the rank is not known') : (input.shape.dims.length === 0 ? [n] : input.shape.dims).map(() => fresh([n], 'int64')));
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nonzero.html */
const nonzero: Rule = (args, context) => {
  const input = args.tensor('input');
  if (args.bool('as_tuple')) return positions(input, context);
  if (input.shape.rest) return context.unknown('the rank is not known');
  const n = countOfNonzero(input, context) ?? context.fresh('n', `the number of elements of a tensor of shape ${show(input)} that are not 0`);
  return fresh([n, constant(input.shape.dims.length)], 'int64');
};

const maskedFill: Rule = (args, context) => {
  const [input, mask] = [args.tensor('input'), args.tensor('mask')];
  requireMask('masked_fill', mask, context);
  const value = args.value('value');
  if (value.kind === 'Tensor' && !value.shape.rest && value.shape.dims.length > 0) context.fail('rank-mismatch', `masked_fill: the value must be a number or have 0 dims, not ${show(value)}`);
  return pointwise('masked_fill', [input, mask], input.dtype, context);
};

const maskedSelect: Rule = (args, context) => {
  const [input, mask] = [args.tensor('input'), args.tensor('mask')];
  requireMask('masked_select', mask, context);
  const { dims } = broadcastTensors([input, mask], 'masked_select', context);
  const count = countOfNonzero(mask, context);
  // Where the mask is repeated, so is what it selects.
  const repeats = dims.filter((_, i) => (mask.shape.dims[i - dims.length + mask.shape.dims.length]?.value ?? 1) === 1);
  return fresh([count ? product([count, ...repeats]) : context.fresh('n', `the number of elements that a mask of shape ${show(mask)} selects`)], input.dtype);
};

/** The elements of source, in order, at the mask's places. */
const maskedScatter: Rule = (args, context) => {
  const [input, mask] = [args.tensor('input'), args.tensor('mask')];
  requireMask('masked_scatter', mask, context);
  return fresh(broadcastTensors([input, mask], 'masked_scatter', context), input.dtype);
};

const clamp = (op: string, bounds: readonly string[]): Rule => (args, context) => {
  const given = bounds.filter((name) => args.has(name));
  if (given.length === 0) context.fail('argument-mismatch', `${op}: at least one of ${bounds.join(' and ')} must be given`);
  const values = operands(op, args, ['input', ...given], context);
  return pointwise(op, values, resultType(values, context.defaultDtype), context);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.unique.html */
const unique = (neighbours: boolean): Rule => (args, context) => {
  const input = args.tensor('input');
  const dim = args.optionalNumber('dim');
  if (dim !== null && !input.shape.rest && input.shape.dims.length === 0) context.fail('dim-out-of-range', 'unique: a tensor of 0 dims has no dim to look along');
  const at = dim === null ? null : dimIndex(input.shape, dim, 'unique', context);
  const n = countOfDistinct(input, context, neighbours, at) ?? context.fresh('n', `the number of distinct elements of a tensor of shape ${show(input)}`);
  const shape = at === null ? shapeOf([n]) : replaceDim(input.shape, at, n);
  const inverse = fresh(at === null ? input.shape : [input.shape.dims[at]!], 'int64');
  const items = { output: fresh(shape, input.dtype), inverse_indices: inverse, counts: fresh([n], 'int64') };
  if (!args.bool('return_inverse') && !args.bool('return_counts')) return items.output;
  return tupleOf([items.output, ...(args.bool('return_inverse') ? [items.inverse_indices] : []), ...(args.bool('return_counts') ? [items.counts] : [])]);
};
const nonzeroStatic: Rule = (args, context) => {
  const input = args.tensor('input');
  return fresh([args.int('size'), constant(input.shape.rest ? context.unknown('the rank is not known') : input.shape.dims.length)], 'int64');
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.where', signature: 'where(condition, input=None, other=None)', rule: where, explain: 'chooses element by element', variants: [{ signature: 'where(input, condition, other)', methods: ['where'] }] },
  { name: 'torch.nonzero', signature: 'nonzero(input, *, as_tuple=False)', methods: ['nonzero'], rule: nonzero, explain: 'lists the positions of what is not 0' },
  { name: 'torch.argwhere', signature: 'argwhere(input)', methods: ['argwhere'], rule: nonzero, explain: 'lists the positions of what is not 0' },
  { name: 'torch.nonzero_static', signature: 'nonzero_static(input, *, size, fill_value=-1)', methods: ['nonzero_static'], rule: nonzeroStatic, explain: 'lists so many positions' },
  { name: 'torch.masked_fill', signature: 'masked_fill(input, mask, value)', methods: ['masked_fill'], inPlace: true, rule: maskedFill, explain: 'sets elements where the mask holds' },
  { name: 'torch.masked_select', signature: 'masked_select(input, mask)', methods: ['masked_select'], rule: maskedSelect, explain: 'picks elements where the mask holds' },
  { name: 'torch.masked_scatter', signature: 'masked_scatter(input, mask, source)', methods: ['masked_scatter'], inPlace: true, rule: maskedScatter, explain: 'stores elements where the mask holds' },
  { name: 'torch.clamp', signature: 'clamp(input, min=None, max=None)', functions: ['torch.clip'], methods: ['clamp', 'clip'], inPlace: true, rule: clamp('clamp', ['min', 'max']), explain: 'limits each element' },
  { name: 'torch.clamp_min', signature: 'clamp_min(input, min)', methods: ['clamp_min'], inPlace: true, rule: clamp('clamp_min', ['min']), explain: 'limits each element' },
  { name: 'torch.clamp_max', signature: 'clamp_max(input, max)', methods: ['clamp_max'], inPlace: true, rule: clamp('clamp_max', ['max']), explain: 'limits each element' },
  { name: 'torch.unique', signature: 'unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)', methods: ['unique'], rule: unique(false), explain: 'keeps distinct elements' },
  { name: 'torch.unique_consecutive', signature: 'unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)', methods: ['unique_consecutive'], rule: unique(true), explain: 'drops repeated neighbours' },
];
