/** Positions in sorted tensors, and membership. */
import type { Value } from '../../values/values';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh } from '../common/results';
import { dimsOf, shapeOf } from '../common/shape';
import { show } from '../common/text';
import { row } from './statistics';

/** Positions of values in sorted rows. https://docs.pytorch.org/docs/stable/generated/torch.searchsorted.html */
const search = (op: string, sorted: string, values: string): Rule => (args, context) => {
  const boundaries = args.tensor(sorted);
  const given = args.value(values);
  const dtype = args.bool('out_int32') ? 'int32' : 'int64';
  // The values give the shape, whatever is not known of it or the sequence.
  if (given.kind === 'Tensor' && (boundaries.shape.rest ?? given.shape.rest)) return fresh(given.shape, dtype);
  const rows = dimsOf(boundaries, context);
  const sorter = args.optionalTensor('sorter');
  if (sorter) {
    const message = (): string => `${op}: sorter ${show(sorter)} must have the shape of the sorted sequence ${show(boundaries)}`;
    if (dimsOf(sorter, context).length !== rows.length) context.fail('search-size-mismatch', message());
    sorter.shape.dims.forEach((size, i) => context.requireEqual(size, rows[i]!, 'search-size-mismatch', message));
  }
  if (op === 'bucketize' && rows.length !== 1) context.fail('rank-mismatch', `bucketize: the boundaries must have 1 dim, not ${show(boundaries)}`);
  if (args.has('side') && !['left', 'right'].includes(args.string('side'))) context.fail('argument-mismatch', `${op}: side must be 'left' or 'right', not '${args.string('side')}'`);
  if (!isNumberOrTensor(given)) return context.unknown(`the values of ${op} are not known`);
  if (given.kind !== 'Tensor') return fresh([], dtype);
  if (rows.length !== 1) {
    const own = dimsOf(given, context);
    const message = (): string => `${op}: the values ${show(given)} must have the dims of the sorted sequence ${show(boundaries)} but the last, or the sequence 1 dim`;
    if (own.length !== rows.length) context.fail('search-size-mismatch', message());
    own.slice(0, -1).forEach((size, i) => context.requireEqual(size, rows[i]!, 'search-size-mismatch', message));
  }
  return fresh(given.shape, dtype);
};

const isNumberOrTensor = ({ kind }: Value): boolean => kind === 'Tensor' || kind === 'int' || kind === 'float' || kind === 'bool';

const isin: Rule = (args, context) => {
  const elements = args.value('elements');
  if (!isNumberOrTensor(elements)) return context.unknown('the elements of isin are not known');
  return fresh(elements.kind === 'Tensor' ? elements.shape : shapeOf([]), 'bool');
};

export const rows: readonly OperationRow[] = [
  row('searchsorted', "sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None", search('searchsorted', 'sorted_sequence', 'input'), 'finds positions', []),
  row('bucketize', 'input, boundaries, *, out_int32=False, right=False', search('bucketize', 'boundaries', 'input'), 'finds positions', []),
  row('isin', 'elements, test_elements, *, assume_unique=False, invert=False', isin, 'looks elements up', []),
];
