/** Writing by index tensors along a dim: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh } from '../common/results';
import { ONE, dimIndex, dimsOf, numelOf, ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { along, atLeastOne, requireIndex, requireWithin } from './gathering';

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
    // Only index_copy takes a number for one position, and one position for a number.
    if (dims.length !== own.length && !(op === 'index_copy' && (dims.length === 0 || own.length === 0))) context.fail('rank-mismatch', `${op}: the source ${show(value)} must have as many dims as the tensor ${show(input)}`);
    if (dims.length > 0) context.requireEqual(dims[at] ?? ONE, number, 'index-size-mismatch', () => `${op}: the index names ${showSize(number)} positions of dim ${at}, but the source ${show(value)} has ${showSize(dims[at] ?? ONE)} there`);
    dims.forEach((size, i) => {
      if (i !== at && own[i]) context.requireEqual(size, own[i], 'index-size-mismatch', () => `${op}: but along dim ${at}, the source ${show(value)} must have the sizes of the tensor ${show(input)}`);
    });
  }
  return fresh(input.shape, input.dtype);
};

const put: Rule = (args, context) => {
  const [input, index, source] = [args.tensor('input'), args.tensor('index'), args.tensor('source')];
  requireIndex('put', index, context);
  context.requireEqual(numelOf(dimsOf(index, context)), numelOf(dimsOf(source, context)), 'index-size-mismatch', () => `put: ${show(index)} positions for a source of shape ${show(source)}: there must be as many elements`);
  return fresh(input.shape, input.dtype);
};

export const rows: readonly OperationRow[] = [
  along('scatter', '', scatter('scatter'), 'stores along a dim', { signature: ['scatter(input, dim, index, src, *, reduce=None)', 'scatter(input, dim, index, *, value, src=None, reduce=None)'] }),
  along('scatter_add', 'src', scatter('scatter_add'), 'adds along a dim'),
  along('scatter_reduce', 'src, reduce, *, include_self=True', scatter('scatter_reduce'), 'reduces along a dim'),
  along('index_add', 'source, *, alpha=1', indexWrite('index_add', 'source'), 'adds to slices'),
  along('index_copy', 'source', indexWrite('index_copy', 'source'), 'copies into slices'),
  along('index_reduce', 'source, reduce, *, include_self=True', indexWrite('index_reduce', 'source'), 'reduces into slices'),
  along('index_fill', 'value', indexWrite('index_fill', null), 'fills slices'),
  { name: 'torch.put', signature: 'put(input, index, source, accumulate=False)', methods: ['put'], inPlace: true, rule: put, explain: 'stores into the flattened tensor' },
];
