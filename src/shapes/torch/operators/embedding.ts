/** Tables looked up by index: https://docs.pytorch.org/docs/stable/nn.functional.html#sparse-functions */
import { constant } from '../../symint/symint';
import { isFloating } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { countOfClasses } from '../common/constants';
import { fresh } from '../common/results';
import { dimsOf, ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { requireElements } from './gathering';

/** A row of the table for each index. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html */
const embedding: Rule = (args, context) => {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  if (input.dtype !== null && input.dtype !== 'int64' && input.dtype !== 'int32') context.fail('index-dtype-mismatch', `embedding: the indices must be int64 or int32, not ${input.dtype}`);
  const [rows, width] = ranked('embedding', 'weight', weight, [2], context);
  requireElements('embedding', input, rows!, 'a table', false, context);
  const padding = args.optionalInt('padding_idx');
  if (padding && (context.lessEqual(rows!, padding) === true || (padding.value !== null && rows!.value !== null && padding.value < -rows!.value))) context.fail('index-out-of-range', `embedding: padding_idx ${showSize(padding)} is out of range for a table of ${showSize(rows!)} rows`);
  return fresh({ ...input.shape, dims: [...input.shape.dims, width!] }, weight.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding_bag.html */
const embeddingBag: Rule = (args, context) => {
  let [input, weight] = [args.tensor('input'), args.tensor('weight')];
  // The table used to come first, and still may.
  if (weight.dtype === 'int64' && input.dtype !== null && isFloating(input.dtype)) [input, weight] = [weight, input];
  const width = ranked('embedding_bag', 'weight', weight, [2], context)[1]!;
  const dims = ranked('embedding_bag', 'input', input, [1, 2], context);
  const weights = args.optionalTensor('per_sample_weights');
  if (weights) {
    const message = (): string => `embedding_bag: per_sample_weights ${show(weights)} must have the shape of the input ${show(input)}`;
    if (dimsOf(weights, context).length !== dims.length) context.fail('weights-size-mismatch', message());
    weights.shape.dims.forEach((size, i) => context.requireEqual(size, dims[i]!, 'weights-size-mismatch', message));
  }
  const offsets = args.optionalTensor('offsets');
  if (dims.length === 2) {
    if (offsets) context.fail('argument-mismatch', `embedding_bag: offsets are for an input of 1 dim; ${show(input)} has 2, and its rows are the bags`);
    return fresh([dims[0]!, width], weight.dtype);
  }
  if (!offsets) return context.fail('argument-mismatch', 'embedding_bag: offsets must be given for an input of 1 dim');
  const bags = ranked('embedding_bag', 'offsets', offsets, [1], context)[0]!;
  const last = args.bool('include_last_offset') && bags.value !== null ? constant(bags.value - 1) : bags;
  return fresh([last, width], weight.dtype);
};

const oneHot: Rule = (args, context) => {
  const input = args.tensor('input');
  if (input.dtype !== null && input.dtype !== 'int64') context.fail('index-dtype-mismatch', `one_hot: the classes must be int64, not ${input.dtype}: convert them with .long()`);
  const classes = args.int('num_classes');
  return fresh({ ...input.shape, dims: [...input.shape.dims, classes.value === -1 ? countOfClasses(input, context) ?? context.fresh('n', 'the largest class and one') : classes] }, 'int64');
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.nn.functional.embedding', signature: 'embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)', rule: embedding, explain: 'looks up rows of the table',
    variants: [{ functions: ['torch.embedding'], signature: 'embedding(weight, input, padding_idx=None, scale_grad_by_freq=False, sparse=False)' }] },
  { name: 'torch.nn.functional.embedding_bag', signature: "embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None)", rule: embeddingBag, explain: 'looks up rows and reduces each bag' },
  { name: 'torch.nn.functional.one_hot', signature: 'one_hot(input, num_classes=-1)', rule: oneHot, explain: 'sets a 1 at each class' },
];
