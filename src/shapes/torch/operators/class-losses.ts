/** Losses of classes: https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { broadcastShapes } from '../common/broadcast';
import { ONE, atLeast, dimsOf, ranked, removeDims } from '../common/shape';
import { show, showSize } from '../common/text';
import { REDUCTION, dtypeOf, lossOf, requireSame, simple } from './losses';

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
  if (!probabilities && target.dtype !== null && target.dtype !== 'int64' && target.dtype !== 'uint8' && labels.length === each.length) {
    context.fail('dtype-mismatch', `${op}: the target ${show(target)} holds the classes, which must be int64, not ${target.dtype}: convert it with .long()`);
  }
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
  if (!shape.rest && shape.dims.length === 0) context.fail('rank-mismatch', 'multilabel_soft_margin_loss: the input must have at least 1 dim, the classes');
  return lossOf(removeDims(shape, [shape.dims.length - 1]), dtypeOf(tensors, context), args, context);
};

export const rows: readonly OperationRow[] = [
  simple('cross_entropy', "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0", classes('cross_entropy')),
  simple('nll_loss', "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", classes('nll_loss')),
  simple('linear_cross_entropy', "input, linear_weight, target, *, linear_bias=None, weight=None, ignore_index=-100, reduction='mean', label_smoothing=0.0, chunking_method=None, options=None", linearCrossEntropy),
  simple('multi_margin_loss', `input, target, p=1, margin=1.0, weight=None, ${REDUCTION}`, multiMargin),
  simple('multilabel_margin_loss', `input, target, ${REDUCTION}`, multilabelMargin),
  simple('multilabel_soft_margin_loss', `input, target, weight=None, ${REDUCTION}`, multilabelSoft),
];
