/** Reading and writing by index tensors along a dim: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { TensorValue } from '../../interpreter/values';
import type { SymInt } from '../../symint/symint';
import { constant } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { broadcastDims } from '../common/broadcast';
import { fresh, tupleOf } from '../common/results';
import { ONE, dimIndex, dimsOf, numelOf, ranked, replaceDim } from '../common/shape';
import { show, showSize } from '../common/text';

function requireIndex(op: string, index: TensorValue, context: RuleContext): void {
  if (index.dtype !== null && !['int64', 'int32', 'int16', 'int8', 'uint8'].includes(index.dtype)) context.fail('index-dtype-mismatch', `${op}: the index must be an integer tensor, not ${index.dtype}`);
}

/** 0 dims count as 1. */
const atLeastOne = (dims: readonly SymInt[]): readonly SymInt[] => (dims.length === 0 ? [ONE] : dims);

/** The index must not be larger than the tensor, except along `dim`. */
function requireWithin(op: string, index: readonly SymInt[], whole: readonly SymInt[], at: number | null, what: string, context: RuleContext): void {
  if (index.length !== whole.length) context.fail('rank-mismatch', `${op}: the index ${show(index)} must have as many dims as the ${what} ${show(whole)}`);
  index.forEach((size, i) => {
    if (i !== at && context.lessEqual(size, whole[i]!) === false) context.fail('index-size-mismatch', `${op}: the index ${show(index)} must not be larger than the ${what} ${show(whole)}${at === null ? '' : ` but along dim ${at}`}: dim ${i} is ${showSize(size)} > ${showSize(whole[i]!)}`);
  });
}

const gather: Rule = (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  const at = dimIndex(input.shape, args.number('dim'), 'gather', context);
  requireIndex('gather', index, context);
  if (input.shape.rest || index.shape.rest) return fresh(index.shape, input.dtype);
  // An empty index picks nothing, whatever its shape.
  if (!index.shape.dims.some((size) => size.value === 0)) requireWithin('gather', atLeastOne(index.shape.dims), atLeastOne(input.shape.dims), at, 'input', context);
  return fresh(index.shape, input.dtype);
};

const scatter = (op: string): Rule => (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  const at = dimIndex(input.shape, args.number('dim'), op, context);
  requireIndex(op, index, context);
  if (input.shape.rest || index.shape.rest) return fresh(input.shape, input.dtype);
  const source = args.value('src');
  if (!index.shape.dims.some((size) => size.value === 0)) {
    requireWithin(op, atLeastOne(index.shape.dims), atLeastOne(input.shape.dims), at, 'input', context);
    if (source.kind === 'Tensor' && !source.shape.rest) requireWithin(op, atLeastOne(index.shape.dims), atLeastOne(source.shape.dims), null, 'source', context);
  }
  return fresh(input.shape, input.dtype);
};

/** Along `dim`, for an index tensor of at most 1 dim. */
const indexSelect: Rule = (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  const at = dimIndex(input.shape, args.number('dim'), 'index_select', context);
  requireIndex('index_select', index, context);
  const picked = ranked('index_select', 'index', index, [0, 1], context);
  if (!input.shape.rest && input.shape.dims.length === 0) return fresh(input.shape, input.dtype);
  return fresh(replaceDim(input.shape, at, picked[0] ?? ONE), input.dtype);
};

/** The index picks slices of input, one for each slice of source. */
const indexWrite = (op: string, source: string | null): Rule => (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  const at = dimIndex(input.shape, args.number('dim'), op, context);
  requireIndex(op, index, context);
  const [number] = [ranked(op, 'index', index, [0, 1], context)[0] ?? ONE];
  const value = source === null ? null : args.value(source);
  if (value?.kind === 'Tensor') {
    const dims = dimsOf(value, context);
    const own = dimsOf(input, context);
    if (dims.length !== own.length && !(dims.length === 0 || own.length === 0)) context.fail('rank-mismatch', `${op}: the source ${show(value)} must have as many dims as the tensor ${show(input)}`);
    if (dims.length > 0) context.requireEqual(dims[at] ?? ONE, number, 'index-size-mismatch', () => `${op}: the index names ${showSize(number)} positions of dim ${at}, but the source ${show(value)} has ${showSize(dims[at] ?? ONE)} there`);
    dims.forEach((size, i) => {
      if (i !== at && own[i]) context.requireEqual(size, own[i], 'index-size-mismatch', () => `${op}: but along dim ${at}, the source ${show(value)} must have the sizes of the tensor ${show(input)}`);
    });
  }
  return fresh(input.shape, input.dtype);
};

const take: Rule = (args, context) => {
  const [input, index] = [args.tensor('input'), args.tensor('index')];
  requireIndex('take', index, context);
  return fresh(index.shape, input.dtype);
};

const put: Rule = (args, context) => {
  const [input, index, source] = [args.tensor('input'), args.tensor('index'), args.tensor('source')];
  requireIndex('put', index, context);
  context.requireEqual(numelOf(dimsOf(index, context)), numelOf(dimsOf(source, context)), 'index-size-mismatch', () => `put: ${show(index)} positions for a source of shape ${show(source)}: there must be as many elements`);
  return fresh(input.shape, input.dtype);
};

/** Dims other than `dim` broadcast. https://docs.pytorch.org/docs/stable/generated/torch.take_along_dim.html */
const takeAlong: Rule = (args, context) => {
  const [input, indices] = [args.tensor('input'), args.tensor('indices')];
  requireIndex('take_along_dim', indices, context);
  const dim = args.optionalNumber('dim');
  if (dim === null) return fresh([numelOf(dimsOf(indices, context))], input.dtype);
  const [own, picked] = [dimsOf(input, context), dimsOf(indices, context)];
  if (own.length !== picked.length) context.fail('rank-mismatch', `take_along_dim: the indices ${show(indices)} must have as many dims as the input ${show(input)}`);
  const at = dimIndex(input.shape, dim, 'take_along_dim', context);
  const others = broadcastDims(own.map((size, i) => (i === at ? ONE : size)), picked.map((size, i) => (i === at ? ONE : size)), 'take_along_dim', context);
  return fresh(others.map((size, i) => (i === at ? picked[at]! : size)), input.dtype);
};

/** A row of the table for each index. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html */
const embedding: Rule = (args, context) => {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  if (input.dtype !== null && input.dtype !== 'int64' && input.dtype !== 'int32') context.fail('index-dtype-mismatch', `embedding: the indices must be int64 or int32, not ${input.dtype}`);
  const [rows, width] = ranked('embedding', 'weight', weight, [2], context);
  const padding = args.optionalInt('padding_idx');
  if (padding && (context.lessEqual(rows!, padding) === true || (padding.value !== null && rows!.value !== null && padding.value < -rows!.value))) context.fail('index-out-of-range', `embedding: padding_idx ${showSize(padding)} is out of range for a table of ${showSize(rows!)} rows`);
  return fresh({ ...input.shape, dims: [...input.shape.dims, width!] }, weight.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding_bag.html */
const embeddingBag: Rule = (args, context) => {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  const width = ranked('embedding_bag', 'weight', weight, [2], context)[1]!;
  const dims = ranked('embedding_bag', 'input', input, [1, 2], context);
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
  const classes = args.int('num_classes');
  return fresh({ ...input.shape, dims: [...input.shape.dims, classes.value === -1 ? context.fresh('n', 'the largest class and one') : classes] }, 'int64');
};

/** One tensor of positions a dim. https://docs.pytorch.org/docs/stable/generated/torch.unravel_index.html */
const unravel: Rule = (args) => {
  const indices = args.tensor('indices');
  return tupleOf(args.ints('shape').map(() => fresh(indices.shape, 'int64')));
};

const along = (name: string, parameters: string, rule: Rule, explain: string, extra: Partial<OperationRow> = {}): OperationRow => ({ name: `torch.${name}`, signature: `${name}(input, dim, index, ${parameters})`, methods: [name], inPlace: true, rule, explain, ...extra });
export const rows: readonly OperationRow[] = [
  { name: 'torch.gather', signature: 'gather(input, dim, index, *, sparse_grad=False)', methods: ['gather'], rule: gather, explain: 'picks along a dim' },
  along('scatter', '', scatter('scatter'), 'stores along a dim', { signature: ['scatter(input, dim, index, src, *, reduce=None)', 'scatter(input, dim, index, *, value, src=None, reduce=None)'] }),
  along('scatter_add', 'src', scatter('scatter_add'), 'adds along a dim'),
  along('scatter_reduce', 'src, reduce, *, include_self=True', scatter('scatter_reduce'), 'reduces along a dim'),
  { name: 'torch.index_select', signature: 'index_select(input, dim, index)', methods: ['index_select'], rule: indexSelect, explain: 'picks slices along a dim' },
  along('index_add', 'source, *, alpha=1', indexWrite('index_add', 'source'), 'adds to slices'),
  along('index_copy', 'source', indexWrite('index_copy', 'source'), 'copies into slices'),
  along('index_reduce', 'source, reduce, *, include_self=True', indexWrite('index_reduce', 'source'), 'reduces into slices'),
  along('index_fill', 'value', indexWrite('index_fill', null), 'fills slices'),
  { name: 'torch.take', signature: 'take(input, index)', methods: ['take'], rule: take, explain: 'picks elements of the flattened tensor' },
  { name: 'torch.put', signature: 'put(input, index, source, accumulate=False)', methods: ['put'], inPlace: true, rule: put, explain: 'stores into the flattened tensor' },
  { name: 'torch.take_along_dim', signature: 'take_along_dim(input, indices, dim=None)', methods: ['take_along_dim'], rule: takeAlong, explain: 'picks along a dim' },
  { name: 'torch.nn.functional.embedding', signature: 'embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)', rule: embedding, explain: 'looks up rows of the table',
    variants: [{ functions: ['torch.embedding'], signature: 'embedding(weight, input, padding_idx=None, scale_grad_by_freq=False, sparse=False)' }] },
  { name: 'torch.nn.functional.embedding_bag', signature: "embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None)", rule: embeddingBag, explain: 'looks up rows and reduces each bag' },
  { name: 'torch.nn.functional.one_hot', signature: 'one_hot(input, num_classes=-1)', rule: oneHot, explain: 'sets a 1 at each class' },
  { name: 'torch.unravel_index', signature: 'unravel_index(indices, shape)', rule: unravel, explain: 'turns flat positions into coordinates' },
];
