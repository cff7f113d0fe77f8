/** Losses: https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions */
import type { Shape, TensorValue } from '../../interpreter/values';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../dtype';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { broadcastShapes, requireBroadcastTo } from '../common/broadcast';
import { floatResult, resultType } from '../common/promotion';
import { fresh } from '../common/results';
import { ONE, atLeast, dimIndex, dimsOf, ranked, removeDims } from '../common/shape';
import { show, showSize } from '../common/text';

/** `reduction`, or what the older size_average and reduce mean. */
function reductionOf(args: BoundArguments, context: RuleContext): 'none' | 'mean' | 'sum' {
  if (args.has('size_average') || args.has('reduce')) {
    if (args.has('reduce') && !args.bool('reduce')) return 'none';
    return args.has('size_average') && !args.bool('size_average') ? 'sum' : 'mean';
  }
  // The functions under torch itself take a number.
  if (args.value('reduction').kind === 'int') return (['none', 'mean', 'sum'] as const)[args.number('reduction')] ?? context.fail('argument-mismatch', 'reduction must be 0, 1 or 2');
  const reduction = args.string('reduction');
  if (reduction === 'none' || reduction === 'mean' || reduction === 'sum') return reduction;
  return reduction === 'batchmean' ? 'sum' : context.fail('argument-mismatch', `reduction must be 'none', 'mean' or 'sum', not '${reduction}'`);
}

function lossOf(each: Shape | readonly SymInt[], dtype: Dtype | null, args: BoundArguments, context: RuleContext): TensorResult {
  return fresh(reductionOf(args, context) === 'none' ? each : [], dtype);
}

const dtypeOf = (tensors: readonly TensorValue[], context: RuleContext): Dtype | null => resultType(tensors, context.defaultDtype);

/** Element by element, where the operands broadcast; `warns` of sizes that differ, which is seldom meant. */
const elementwise = (op: string, names: readonly string[], warns = false): Rule => (args, context) => {
  const tensors = names.flatMap((name) => (args.value(name).kind === 'Tensor' ? [args.tensor(name)] : []));
  const shape = broadcastShapes(tensors.map((tensor) => tensor.shape), op, context);
  const [input, target] = tensors;
  if (warns && input && target && !input.shape.rest && !target.shape.rest && (input.shape.dims.length !== target.shape.dims.length || input.shape.dims.some((size, i) => context.equal(size, target.shape.dims[i]!) === false))) {
    context.warn('loss-broadcast', `${op}: input ${show(input)} and target ${show(target)} have different shapes and are broadcast to ${show(shape)}, which is likely not meant`);
  }
  return lossOf(shape, dtypeOf(tensors, context), args, context);
};

function requireSame(op: string, a: TensorValue, b: TensorValue, context: RuleContext): void {
  if (a.shape.rest || b.shape.rest) return;
  const message = (): string => `${op}: the target ${show(b)} must have the shape of the input ${show(a)}`;
  if (a.shape.dims.length !== b.shape.dims.length) context.fail('loss-size-mismatch', message());
  a.shape.dims.forEach((size, i) => context.requireEqual(size, b.shape.dims[i]!, 'loss-size-mismatch', message));
}

const binaryCrossEntropy = (op: string): Rule => (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  requireSame(op, input, target, context);
  for (const name of ['weight', 'pos_weight']) {
    const weight = args.optionalTensor(name);
    if (weight && !weight.shape.rest && !input.shape.rest) requireBroadcastTo(weight.shape.dims, input.shape.dims, 'broadcast-mismatch', () => `${op}: ${name} ${show(weight)} does not broadcast to the input ${show(input)}`, context);
  }
  return lossOf(input.shape, input.dtype, args, context);
};

/** Logits (N, C, d…) or (C) with classes (N, d…) or probabilities of the logits' shape. */
function classLoss(op: string, input: readonly SymInt[], dtype: Dtype | null, target: TensorValue, args: BoundArguments, context: RuleContext): TensorResult {
  const labels = dimsOf(target, context);
  const floats = target.dtype !== null && target.dtype.includes('float');
  if (input.length === 0) context.fail('rank-mismatch', `${op}: the input must have at least 1 dim`);
  const classes = input.length === 1 ? input[0]! : input[1]!;
  const weight = args.optionalTensor('weight');
  if (weight) context.requireEqual(dimsOf(weight, context)[0] ?? ONE, classes, 'loss-size-mismatch', () => `${op}: weight ${show(weight)} must have one number for each of the ${showSize(classes)} classes of ${show(input)}`);
  const each = input.length === 1 ? [] : [input[0]!, ...input.slice(2)];
  const probabilities = op !== 'nll_loss' && floats && labels.length === input.length;
  const wanted = probabilities ? input : each;
  const message = (): string => `${op}: for the input ${show(input)} (${input.length === 1 ? 'C' : 'N, C, …'}), the target must have the shape ${show(wanted)}${probabilities ? '' : ', the classes'}; it has ${show(target)}`;
  const single = op === 'nll_loss' || op === 'cross_entropy' ? input.length === 1 && labels.length === 1 && labels[0]!.value === 1 : false;
  if (labels.length !== wanted.length && !single) context.fail('loss-size-mismatch', message());
  if (!single) labels.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'loss-size-mismatch', message));
  return lossOf(each, dtype, args, context);
}

const classes = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  return classLoss(op, dimsOf(input, context), input.dtype, args.tensor('target'), args, context);
};

/** Cross entropy of input @ weight.T, without making the logits. */
const linearCrossEntropy: Rule = (args, context) => {
  const op = 'linear_cross_entropy';
  const [input, weight] = [args.tensor('input'), args.tensor('linear_weight')];
  const [x, w] = [dimsOf(input, context), atLeast(op, 'linear_weight', weight, 2, context)];
  if (w.length > 2 && x.length < 2) context.fail('rank-mismatch', `${op}: with a linear_weight of ${w.length} dims, the input must be (N, features), not ${show(input)}`);
  context.requireEqual(x.at(-1)!, w.at(-1)!, 'linear-size-mismatch', () => `${op}: the last dims of input ${show(input)} and linear_weight ${show(weight)} must agree: ${showSize(x.at(-1)!)} and ${showSize(w.at(-1)!)}`);
  const bias = args.optionalTensor('linear_bias');
  const outs = w.slice(0, -1);
  const message = (): string => `${op}: linear_bias must have the shape ${show(outs)}, not ${show(bias!)}`;
  if (bias && dimsOf(bias, context).length !== outs.length) context.fail('linear-size-mismatch', message());
  bias?.shape.dims.forEach((size, i) => context.requireEqual(size, outs[i]!, 'linear-size-mismatch', message));
  return classLoss(op, [...x.slice(0, -1), ...outs], input.dtype, args.tensor('target'), args, context);
};

const multiMargin: Rule = (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  const dims = ranked('multi_margin_loss', 'input', input, [0, 1, 2], context);
  const [n, c] = dims.length === 2 ? [dims[0]!, dims[1]!] : [ONE, dims[0] ?? ONE];
  if (c.value === 0) context.fail('loss-size-mismatch', `multi_margin_loss: the input ${show(input)} has no classes`);
  const labels = dimsOf(target, context);
  const message = (): string => `multi_margin_loss: the target must have one class for each of the ${showSize(n)} samples of ${show(input)}, not the shape ${show(target)}`;
  if (labels.length > 1) context.fail('loss-size-mismatch', message());
  context.requireEqual(labels[0] ?? ONE, n, 'loss-size-mismatch', message);
  const weight = args.optionalTensor('weight');
  if (weight) context.requireEqual(ranked('multi_margin_loss', 'weight', weight, [1], context)[0]!, c, 'loss-size-mismatch', () => `multi_margin_loss: weight ${show(weight)} must have one number for each of the ${showSize(c)} classes`);
  return lossOf(labels.length === 0 ? [] : [n], input.dtype, args, context);
};

const multilabelMargin: Rule = (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  const dims = ranked('multilabel_margin_loss', 'input', input, [0, 1, 2], context);
  if (dims.at(-1)?.value === 0) context.fail('loss-size-mismatch', `multilabel_margin_loss: the input ${show(input)} has no classes`);
  requireSame('multilabel_margin_loss', input, target, context);
  return lossOf(dims.slice(0, -1), input.dtype, args, context);
};

/** One loss a row. */
const multilabelSoft: Rule = (args, context) => {
  const tensors = ['input', 'target', 'weight'].flatMap((name) => args.optionalTensor(name) ?? []);
  const shape = broadcastShapes(tensors.map((tensor) => tensor.shape), 'multilabel_soft_margin_loss', context);
  return lossOf(removeDims(shape, [shape.dims.length - 1]), tensors[0]!.dtype, args, context);
};

/** Rows of three tensors compared. */
const triplet: Rule = (args, context) => {
  const tensors = ['anchor', 'positive', 'negative'].map((name) => args.tensor(name));
  const ranks = tensors.map((tensor) => dimsOf(tensor, context).length);
  if (ranks.some((rank) => rank !== ranks[0])) context.fail('rank-mismatch', `triplet_margin_loss: all three must have as many dims, not ${tensors.map(show).join(', ')}`);
  const shape = broadcastShapes(tensors.map((tensor) => tensor.shape), 'triplet_margin_loss', context);
  const dtype = floatResult(dtypeOf(tensors, context), context.defaultDtype);
  return lossOf(removeDims(shape, [shape.dims.length - 1]), dtype && realOf(dtype), args, context);
};

const marginRanking: Rule = (args, context) => {
  const tensors = ['input1', 'input2', 'target'].map((name) => args.tensor(name));
  const ranks = tensors.map((tensor) => dimsOf(tensor, context).length);
  if (ranks.some((rank) => rank !== ranks[0])) context.fail('rank-mismatch', `margin_ranking_loss: all three must have as many dims, not ${tensors.map(show).join(', ')}`);
  return lossOf(broadcastShapes(tensors.map((tensor) => tensor.shape), 'margin_ranking_loss', context), dtypeOf(tensors, context), args, context);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html */
const cosineSimilarity: Rule = (args, context) => {
  const [a, b] = [args.tensor('x1'), args.tensor('x2')];
  const shape = broadcastShapes([a.shape, b.shape], 'cosine_similarity', context);
  if (!shape.rest && shape.dims.length === 0) return fresh([], dtypeOf([a, b], context));
  return fresh(removeDims(shape, [dimIndex(shape, args.number('dim'), 'cosine_similarity', context)]), dtypeOf([a, b], context));
};

const cosineEmbedding: Rule = (args, context) => {
  const [a, b, target] = [args.tensor('input1'), args.tensor('input2'), args.tensor('target')];
  const labels = dimsOf(target, context);
  const shape = broadcastShapes([a.shape, b.shape], 'cosine_embedding_loss', context);
  const wanted = labels.length === 0 ? 1 : 2;
  if (!shape.rest && shape.dims.length !== wanted) context.fail('rank-mismatch', `cosine_embedding_loss: for a target of ${show(target)} the inputs must have ${wanted} dims, not ${show(a)} and ${show(b)}`);
  return lossOf(broadcastShapes([removeDims(shape, [shape.dims.length - 1]), target.shape], 'cosine_embedding_loss', context), dtypeOf([a, b], context), args, context);
};

const pairwiseDistance: Rule = (args, context) => {
  const [a, b] = [args.tensor('x1'), args.tensor('x2')];
  const shape = broadcastShapes([a.shape, b.shape], 'pairwise_distance', context);
  if (!shape.rest && shape.dims.length === 0) context.fail('rank-mismatch', 'pairwise_distance: the tensors must have at least 1 dim');
  const rows = removeDims(shape, [shape.dims.length - 1]);
  return fresh(args.bool('keepdim') ? { ...rows, dims: [...rows.dims, ONE] } : rows, dtypeOf([a, b], context));
};

/** (T, N, C) or (T, C). https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html */
const ctc: Rule = (args, context) => {
  const input = args.tensor('log_probs');
  const dims = ranked('ctc_loss', 'log_probs', input, [2, 3], context);
  return lossOf(dims.length === 3 ? [dims[1]!] : [], input.dtype, args, context);
};

const gaussian: Rule = (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  const [dims, shape] = [dimsOf(input, context), broadcastShapes([input.shape, target.shape], 'gaussian_nll_loss', context)];
  const variance = args.value('var');
  if (variance.kind === 'Tensor' && !variance.shape.rest) {
    const own = variance.shape.dims;
    const message = (): string => `gaussian_nll_loss: var ${show(variance)} must have the shape of the input ${show(input)}, or lack its last dim or have size 1 there`;
    const shorter = own.length === dims.length - 1;
    if (!shorter && own.length !== dims.length) context.fail('loss-size-mismatch', message());
    own.forEach((size, i) => {
      if (!shorter && i === own.length - 1 && size.value === 1) return;
      context.requireEqual(size, dims[i]!, 'loss-size-mismatch', message);
    });
  }
  return lossOf(shape, input.dtype, args, context);
};

const REDUCTION = "size_average=None, reduce=None, reduction='mean'";
const F = 'torch.nn.functional.';
const explain = 'compares input and target';
/** Signatures of those that are also functions of torch, where without a reduction nothing is reduced. */
const UNDER_TORCH: Readonly<Record<string, string>> = {
  binary_cross_entropy_with_logits: 'input, target, weight=None, pos_weight=None, reduction=0', hinge_embedding_loss: 'input, target, margin=1.0, reduction=0',
  triplet_margin_loss: 'anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, reduction=0', margin_ranking_loss: 'input1, input2, target, margin=0, reduction=0',
  cosine_embedding_loss: 'input1, input2, target, margin=0, reduction=0', ctc_loss: 'log_probs, targets, input_lengths, target_lengths, blank=0, reduction=0, zero_infinity=False',
  kl_div: 'input, target, reduction=0, *, log_target=False', poisson_nll_loss: 'input, target, log_input, full, eps, reduction',
};
const simple = (name: string, parameters: string, rule: Rule, extra: Partial<OperationRow> = {}): OperationRow => ({
  name: `${F}${name}`, signature: `${name}(${parameters})`, rule, explain, ...extra,
  ...(UNDER_TORCH[name] ? { variants: [{ functions: [`torch.${name}`], signature: `${name}(${UNDER_TORCH[name]})` }] } : {}),
});
export const rows: readonly OperationRow[] = [
  simple('mse_loss', `input, target, ${REDUCTION}, weight=None`, elementwise('mse_loss', ['input', 'target', 'weight'], true)),
  simple('l1_loss', `input, target, ${REDUCTION}, weight=None`, elementwise('l1_loss', ['input', 'target', 'weight'], true)),
  simple('smooth_l1_loss', `input, target, ${REDUCTION}, beta=1.0`, elementwise('smooth_l1_loss', ['input', 'target'], true)),
  simple('huber_loss', "input, target, reduction='mean', delta=1.0, weight=None", elementwise('huber_loss', ['input', 'target', 'weight'], true)),
  simple('soft_margin_loss', `input, target, ${REDUCTION}`, elementwise('soft_margin_loss', ['input', 'target'])),
  simple('kl_div', `input, target, ${REDUCTION}, log_target=False`, elementwise('kl_div', ['input', 'target'])),
  simple('poisson_nll_loss', 'input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction=\'mean\'', elementwise('poisson_nll_loss', ['input', 'target'])),
  simple('hinge_embedding_loss', `input, target, margin=1.0, ${REDUCTION}`, elementwise('hinge_embedding_loss', ['input', 'target'])),
  simple('binary_cross_entropy', `input, target, weight=None, ${REDUCTION}`, binaryCrossEntropy('binary_cross_entropy')),
  simple('binary_cross_entropy_with_logits', `input, target, weight=None, ${REDUCTION}, pos_weight=None`, binaryCrossEntropy('binary_cross_entropy_with_logits')),
  simple('cross_entropy', "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0", classes('cross_entropy')),
  simple('nll_loss', "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", classes('nll_loss')),
  simple('linear_cross_entropy', "input, linear_weight, target, *, linear_bias=None, weight=None, ignore_index=-100, reduction='mean', label_smoothing=0.0, chunking_method=None, options=None", linearCrossEntropy),
  simple('multi_margin_loss', `input, target, p=1, margin=1.0, weight=None, ${REDUCTION}`, multiMargin),
  simple('multilabel_margin_loss', `input, target, ${REDUCTION}`, multilabelMargin),
  simple('multilabel_soft_margin_loss', `input, target, weight=None, ${REDUCTION}`, multilabelSoft),
  simple('triplet_margin_loss', `anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, ${REDUCTION}`, triplet),
  simple('triplet_margin_with_distance_loss', "anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'", triplet),
  simple('margin_ranking_loss', `input1, input2, target, margin=0, ${REDUCTION}`, marginRanking),
  simple('cosine_embedding_loss', `input1, input2, target, margin=0, ${REDUCTION}`, cosineEmbedding),
  simple('gaussian_nll_loss', "input, target, var, full=False, eps=1e-06, reduction='mean'", gaussian),
  simple('ctc_loss', "log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False", ctc),
  simple('cosine_similarity', 'x1, x2, dim=1, eps=1e-08', cosineSimilarity, { functions: ['torch.cosine_similarity'], explain: 'compares directions along a dim' }),
  simple('pairwise_distance', 'x1, x2, p=2.0, eps=1e-06, keepdim=False', pairwiseDistance, { functions: ['torch.pairwise_distance'], explain: 'measures distances of rows' }),
];
