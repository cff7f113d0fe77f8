/** Several tensors laid out together: grids, blocks, combinations, padded batches. */
import { constant, product, sum } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { broadcastTensors } from '../common/broadcast';
import { resultType } from '../common/promotion';
import { fresh, tupleOf, view } from '../common/results';
import { ONE, dimsOf } from '../common/shape';
import { show } from '../common/text';
import { given } from './joining';
import { expanded } from './sizes-of-one';

/** A grid of coordinates: one tensor an input, all of one shape. https://docs.pytorch.org/docs/stable/generated/torch.meshgrid.html */
const meshgrid: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  given('meshgrid', tensors, context);
  const sizes = tensors.map((tensor) => {
    const dims = dimsOf(tensor, context);
    if (dims.length > 1) context.fail('rank-mismatch', `meshgrid: each tensor must have at most 1 dim, not ${show(tensor)}`);
    return dims[0] ?? ONE;
  });
  const indexing = args.optionalString('indexing') ?? 'ij';
  if (indexing !== 'ij' && indexing !== 'xy') context.fail('argument-mismatch', `meshgrid: indexing must be 'ij' or 'xy', not '${indexing}'`);
  const swap = indexing === 'xy' && sizes.length > 1;
  const order = sizes.map((_, i) => (swap && i < 2 ? 1 - i : i));
  const shape = order.map((i) => sizes[i]!);
  return tupleOf(tensors.map((tensor, i) => {
    const stride = tensor.layout && (tensor.layout.strides[0] ?? ONE);
    const strides = stride && order.map((j) => (j === i && sizes[i] !== ONE ? stride : constant(0)));
    return view(tensor, shape, tensor.shape.dims.length === 0 ? null : strides);
  }));
};

const broadcastAll: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  const shape = broadcastTensors(tensors, 'broadcast_tensors', context);
  return tupleOf(tensors.map((tensor) => (shape.rest ? view(tensor, shape, null) : expanded('broadcast_tensors', tensor, shape.dims, context))));
};

/** https://docs.pytorch.org/docs/stable/generated/torch.block_diag.html */
const blockDiag: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  const matrices = tensors.map((tensor) => {
    const dims = dimsOf(tensor, context);
    if (dims.length > 2) context.fail('rank-mismatch', `block_diag: each tensor must have at most 2 dims, not ${show(tensor)}`);
    return dims.length === 2 ? dims : [ONE, dims[0] ?? ONE];
  });
  return fresh([sum(matrices.map((dims) => dims[0]!)), sum(matrices.map((dims) => dims[1]!))], resultType(tensors, context.defaultDtype));
};

const combinations: Rule = (args, context) => {
  const input = args.tensor('input');
  if (dimsOf(input, context).length !== 1) context.fail('rank-mismatch', `combinations: the tensor must have 1 dim, not ${show(input)}`);
  const n = input.shape.dims[0]!.value;
  const r = args.number('r');
  if (n === null) return fresh([context.fresh('n', 'the number of combinations'), constant(r)], input.dtype);
  const from = args.bool('with_replacement') ? n + r - 1 : n;
  let choices = 1;
  for (let i = 0; i < r; i++) choices = (choices * (from - i)) / (i + 1);
  return fresh(r === 0 ? [constant(0)] : [constant(Math.max(choices, 0)), constant(r)], input.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pad_sequence.html */
const padSequence: Rule = (args, context) => {
  const tensors = args.tensors('sequences');
  const first = given('pad_sequence', tensors, context);
  const lengths = tensors.map((tensor) => dimsOf(tensor, context)[0]?.value ?? null);
  const longest = lengths.includes(null) ? context.fresh('T', 'the longest sequence') : constant(Math.max(...(lengths as number[])));
  const batch = constant(tensors.length);
  return fresh([...(args.bool('batch_first') ? [batch, longest] : [longest, batch]), ...first.shape.dims.slice(1)], first.dtype);
};

/** Every choice of one element each, as rows. https://docs.pytorch.org/docs/stable/generated/torch.cartesian_prod.html */
const cartesianProduct: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  const lengths = tensors.map((tensor) => dimsOf(tensor, context)[0] ?? context.fail('rank-mismatch', `cartesian_prod: each tensor must have 1 dim, not ${show(tensor)}`));
  if (tensors.length === 1) return fresh(tensors[0]!.shape, tensors[0]!.dtype);
  return fresh([product(lengths), constant(tensors.length)], tensors[0]!.dtype);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.meshgrid', signature: 'meshgrid(*tensors, indexing=None)', rule: meshgrid, explain: 'spreads coordinates over a grid' },
  { name: 'torch.broadcast_tensors', signature: 'broadcast_tensors(*tensors)', rule: broadcastAll, explain: 'repeats dims of size 1 to a common shape' },
  { name: 'torch.block_diag', signature: 'block_diag(*tensors)', rule: blockDiag, explain: 'puts matrices along a diagonal' },
  { name: 'torch.combinations', signature: 'combinations(input, r=2, with_replacement=False)', rule: combinations, explain: 'lists combinations of elements' },
  { name: 'torch.nn.utils.rnn.pad_sequence', signature: "pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right')", rule: padSequence, explain: 'pads sequences to the longest' },
  { name: 'torch.cartesian_prod', signature: 'cartesian_prod(*tensors)', rule: cartesianProduct, explain: 'pairs every element with every other' },
];
