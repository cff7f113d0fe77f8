/** Losses that compare several inputs, sequences or distributions: https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions */
import { constant } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { broadcastShapes } from '../common/broadcast';
import { commonFloat, floatResult } from '../common/promotion';
import { ONE, dimsOf, numelOf, ranked, removeDims } from '../common/shape';
import { show, showSize } from '../common/text';
import { REDUCTION, dtypeOf, lossOf, simple } from './losses';

/** Rows of three tensors compared. */
const triplet: Rule = (args, context) => {
  const tensors = ['anchor', 'positive', 'negative'].map((name) => args.tensor(name));
  const ranks = tensors.map((tensor) => dimsOf(tensor, context).length);
  if (ranks.some((rank) => rank !== ranks[0])) context.fail('rank-mismatch', `triplet_margin_loss: all three must have as many dims, not ${tensors.map(show).join(', ')}`);
  const shape = broadcastShapes(tensors.map((tensor) => tensor.shape), 'triplet_margin_loss', context);
  const dtype = floatResult(dtypeOf(tensors, context), context.defaultDtype);
  return lossOf(removeDims(shape, [shape.dims.length - 1]), dtype && realOf(dtype), args, context);
};

/** torch.nn.functional wants as many dims of all three, torch itself broadcasts them. */
const marginRanking = (sameRanks: boolean): Rule => (args, context) => {
  const tensors = ['input1', 'input2', 'target'].map((name) => args.tensor(name));
  const ranks = tensors.map((tensor) => dimsOf(tensor, context).length);
  if (sameRanks && ranks.some((rank) => rank !== ranks[0])) context.fail('rank-mismatch', `margin_ranking_loss: all three must have as many dims, not ${tensors.map(show).join(', ')}`);
  return lossOf(broadcastShapes(tensors.map((tensor) => tensor.shape), 'margin_ranking_loss', context), floatResult(dtypeOf(tensors, context), context.defaultDtype), args, context);
};

const cosineEmbedding: Rule = (args, context) => {
  const [a, b, target] = [args.tensor('input1'), args.tensor('input2'), args.tensor('target')];
  const labels = dimsOf(target, context);
  const shape = broadcastShapes([a.shape, b.shape], 'cosine_embedding_loss', context);
  const wanted = labels.length === 0 ? 1 : 2;
  if (!shape.rest && shape.dims.length !== wanted) context.fail('rank-mismatch', `cosine_embedding_loss: for a target of ${show(target)} the inputs must have ${wanted} dims, not ${show(a)} and ${show(b)}`);
  return lossOf(broadcastShapes([removeDims(shape, [shape.dims.length - 1]), target.shape], 'cosine_embedding_loss', context), commonFloat([a, b], context), args, context);
};

/** (T, N, C) or (T, C). https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html */
const ctc: Rule = (args, context) => {
  const input = args.tensor('log_probs');
  const dims = ranked('ctc_loss', 'log_probs', input, [2, 3], context);
  for (const name of ['input_lengths', 'target_lengths']) {
    const lengths = args.value(name);
    const size = lengths.kind === 'Tensor' && !lengths.shape.rest ? numelOf(lengths.shape.dims) : (lengths.kind === 'tuple' || lengths.kind === 'list') && lengths.items ? constant(lengths.items.length) : null;
    const batch = dims.length === 3 ? dims[1]! : ONE;
    if (size) context.requireEqual(size, batch, 'loss-size-mismatch', () => `ctc_loss: ${name} must hold one length for each of the ${showSize(batch)} sequences of ${show(input)}, not ${showSize(size)}`);
  }
  return lossOf(dims.length === 3 ? [dims[1]!] : [], input.dtype, args, context);
};

const gaussian: Rule = (args, context) => {
  const [input, target] = [args.tensor('input'), args.tensor('target')];
  const [dims, shape] = [dimsOf(input, context), broadcastShapes([input.shape, target.shape], 'gaussian_nll_loss', context)];
  const variance = args.value('var');
  if (variance.kind === 'Tensor' && !variance.shape.rest) {
    const own = variance.shape.dims;
    const message = (): string => `gaussian_nll_loss: var ${show(variance)} must have the shape of the input ${show(input)}, or lack its last dim or have size 1 in one dim`;
    const shorter = own.length === dims.length - 1;
    if (!shorter && own.length !== dims.length) context.fail('loss-size-mismatch', message());
    // One dim of size 1 may stand for all.
    const broadcast = shorter ? -1 : own.findIndex((size, i) => size.value === 1 && dims[i]!.value !== 1);
    own.forEach((size, i) => {
      if (i === broadcast) return;
      context.requireEqual(size, dims[i]!, 'loss-size-mismatch', message);
    });
  }
  const others = variance.kind === 'Tensor' ? [variance] : [];
  return lossOf(shape, floatResult(dtypeOf([input, target, ...others], context), context.defaultDtype), args, context);
};

export const rows: readonly OperationRow[] = [
  simple('triplet_margin_loss', `anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, ${REDUCTION}`, triplet),
  simple('triplet_margin_with_distance_loss', "anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'", triplet),
  simple('margin_ranking_loss', `input1, input2, target, margin=0, ${REDUCTION}`, marginRanking(true), {}, marginRanking(false)),
  simple('cosine_embedding_loss', `input1, input2, target, margin=0, ${REDUCTION}`, cosineEmbedding),
  simple('gaussian_nll_loss', "input, target, var, full=False, eps=1e-06, reduction='mean'", gaussian),
  simple('ctc_loss', "log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False", ctc),
];
