/** Losses: https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions */
import type { Shape, TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { broadcastShapes, requireBroadcastTo } from '../common/broadcast';
import { resultType } from '../common/promotion';
import { fresh } from '../common/results';
import { show } from '../common/text';

/** `reduction`, or what the older size_average and reduce mean. */
function reductionOf(args: BoundArguments, context: RuleContext): 'none' | 'mean' | 'sum' {
  if (args.has('size_average') || args.has('reduce')) {
    if (args.has('reduce') && !args.bool('reduce')) return 'none';
    return args.has('size_average') && !args.bool('size_average') ? 'sum' : 'mean';
  }
  // The functions under torch itself take a number: 1 is the mean, 2 the sum, and all others leave what there is.
  if (args.value('reduction').kind === 'int') return (['none', 'mean', 'sum'] as const)[args.number('reduction')] ?? 'none';
  const reduction = args.string('reduction');
  if (reduction === 'none' || reduction === 'mean' || reduction === 'sum') return reduction;
  // What torch 1.0 called the mean: warned of, and still taken for it.
  if (reduction === 'elementwise_mean') return 'mean';
  return reduction === 'batchmean' ? 'sum' : context.fail('argument-mismatch', `reduction must be 'none', 'mean' or 'sum', not '${reduction}'`);
}

export function lossOf(each: Shape | readonly SymInt[], dtype: Dtype | null, args: BoundArguments, context: RuleContext): TensorResult {
  return fresh(reductionOf(args, context) === 'none' ? each : [], dtype);
}

export const dtypeOf = (tensors: readonly TensorValue[], context: RuleContext): Dtype | null => resultType(tensors, context.defaultDtype);

/** Element by element, where the operands broadcast; `warns` of sizes that differ, which is seldom meant. */
const elementwise = (op: string, names: readonly string[], warns = false): Rule => (args, context) => {
  const given = names.filter((name) => args.has(name));
  // Of operands that are not known, what is reduced is a number even so.
  if (given.some((name) => args.value(name).kind !== 'Tensor') && reductionOf(args, context) !== 'none') return fresh([], null);
  const tensors = given.map((name) => args.tensor(name));
  const shape = broadcastShapes(tensors.map((tensor) => tensor.shape), op, context);
  const [input, target] = tensors;
  const weight = warns ? args.optionalTensor('weight') : null;
  if (weight && input) requireSame(op, input, weight, context, 'weight');
  if (warns && input && target && !input.shape.rest && !target.shape.rest && (input.shape.dims.length !== target.shape.dims.length || input.shape.dims.some((size, i) => context.equal(size, target.shape.dims[i]!) === false))) {
    context.warn('loss-broadcast', `${op}: input ${show(input)} and target ${show(target)} have different shapes and are broadcast to ${show(shape)}, which is likely not meant`);
  }
  return lossOf(shape, dtypeOf(tensors, context), args, context);
};

export function requireSame(op: string, a: TensorValue, b: TensorValue, context: RuleContext, what = 'target'): void {
  if (a.shape.rest || b.shape.rest) return;
  const message = (): string => `${op}: the ${what} ${show(b)} must have the shape of the input ${show(a)}`;
  if (a.shape.dims.length !== b.shape.dims.length) context.fail('loss-size-mismatch', message());
  a.shape.dims.forEach((size, i) => context.requireEqual(size, b.shape.dims[i]!, 'loss-size-mismatch', message));
}

/** Written over the input, to which the target broadcasts. */
const softMargin: Rule = (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  if (!input.shape.rest && !target.shape.rest) requireBroadcastTo(target.shape.dims, input.shape.dims, 'loss-size-mismatch', () => `soft_margin_loss: the target ${show(target)} does not broadcast to the input ${show(input)}`, context);
  return lossOf(input.shape, dtypeOf([input, target], context), args, context);
};

/** Parts of the input, chosen by the target. */
const hinge: Rule = (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  return lossOf(broadcastShapes([input.shape, target.shape], 'hinge_embedding_loss', context), input.dtype, args, context);
};

/** Of complex numbers a real distance. */
const l1: Rule = (args, context) => {
  const loss = elementwise('l1_loss', ['input', 'target', 'weight'], true)(args, context);
  return loss.type === 'tensor' ? { ...loss, dtype: loss.dtype && realOf(loss.dtype) } : loss;
};

const binaryCrossEntropy = (op: string): Rule => (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  requireSame(op, input, target, context);
  const weights = ['weight', 'pos_weight'].flatMap((name) => args.optionalTensor(name) ?? []);
  for (const name of ['weight', 'pos_weight']) {
    const weight = args.optionalTensor(name);
    if (weight && !weight.shape.rest && !input.shape.rest) requireBroadcastTo(weight.shape.dims, input.shape.dims, 'broadcast-mismatch', () => `${op}: ${name} ${show(weight)} does not broadcast to the input ${show(input)}`, context);
  }
  return lossOf(input.shape, op === 'binary_cross_entropy' ? input.dtype : dtypeOf([input, target, ...weights], context), args, context);
};

export const REDUCTION = "size_average=None, reduce=None, reduction='mean'";
const F = 'torch.nn.functional.';
const explain = 'compares input and target';

/** Signatures of those that are also functions of torch, where without a reduction nothing is reduced. */
const UNDER_TORCH: Readonly<Record<string, string>> = {
  binary_cross_entropy_with_logits: 'input, target, weight=None, pos_weight=None, reduction=0', hinge_embedding_loss: 'input, target, margin=1.0, reduction=0',
  triplet_margin_loss: 'anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, reduction=0', margin_ranking_loss: 'input1, input2, target, margin=0, reduction=0',
  cosine_embedding_loss: 'input1, input2, target, margin=0, reduction=0', ctc_loss: 'log_probs, targets, input_lengths, target_lengths, blank=0, reduction=0, zero_infinity=False',
  kl_div: 'input, target, reduction=0, *, log_target=False', poisson_nll_loss: 'input, target, log_input, full, eps, reduction',
};

export const simple = (name: string, parameters: string, rule: Rule, extra: Partial<OperationRow> = {}, underTorch?: Rule): OperationRow => ({
  name: `${F}${name}`, signature: `${name}(${parameters})`, rule, explain, ...extra,
  ...(UNDER_TORCH[name] ? { variants: [{ functions: [`torch.${name}`], signature: `${name}(${UNDER_TORCH[name]})`, ...(underTorch ? { rule: underTorch } : {}) }] } : {}),
});

export const rows: readonly OperationRow[] = [
  simple('mse_loss', `input, target, ${REDUCTION}, weight=None`, elementwise('mse_loss', ['input', 'target', 'weight'], true)),
  simple('l1_loss', `input, target, ${REDUCTION}, weight=None`, l1),
  simple('smooth_l1_loss', `input, target, ${REDUCTION}, beta=1.0`, elementwise('smooth_l1_loss', ['input', 'target'], true)),
  simple('huber_loss', "input, target, reduction='mean', delta=1.0, weight=None", elementwise('huber_loss', ['input', 'target', 'weight'], true)),
  simple('soft_margin_loss', `input, target, ${REDUCTION}`, softMargin),
  simple('kl_div', `input, target, ${REDUCTION}, log_target=False`, elementwise('kl_div', ['input', 'target'])),
  simple('poisson_nll_loss', 'input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction=\'mean\'', elementwise('poisson_nll_loss', ['input', 'target'])),
  simple('hinge_embedding_loss', `input, target, margin=1.0, ${REDUCTION}`, hinge),
  simple('binary_cross_entropy', `input, target, weight=None, ${REDUCTION}`, binaryCrossEntropy('binary_cross_entropy')),
  simple('binary_cross_entropy_with_logits', `input, target, weight=None, ${REDUCTION}, pos_weight=None`, binaryCrossEntropy('binary_cross_entropy_with_logits'), {}, elementwise('binary_cross_entropy_with_logits', ['input', 'target', 'weight', 'pos_weight'])),
];
