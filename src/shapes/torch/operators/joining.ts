/** Several tensors made one: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { Shape, TensorValue } from '../../interpreter/values';
import { constant, sum } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { broadcastTensors } from '../common/broadcast';
import { resultType } from '../common/promotion';
import { fresh, itself, tupleOf, view } from '../common/results';
import { ONE, dimIndex, dimsOf, insertDim, insertIndex, replaceDim, shapeOf } from '../common/shape';
import { count, show, showSize } from '../common/text';
import { expanded } from './movement';
import { reshaped } from './reshape';

function given(op: string, tensors: readonly TensorValue[], context: RuleContext): TensorValue {
  return tensors[0] ?? context.fail('argument-mismatch', `${op}: there must be at least one tensor`);
}

/** Sizes add up along `dim`; the others must agree. Tensors of shape (0,) are skipped, as torch still does. */
function concatenated(op: string, tensors: readonly TensorValue[], shapes: readonly Shape[], dim: number, context: RuleContext): TensorResult {
  given(op, tensors, context);
  const dtype = resultType(tensors, context.defaultDtype);
  const full = shapes.filter((shape) => shape.rest !== null || shape.dims.length !== 1 || shape.dims[0]!.value !== 0);
  const [first, ...others] = full;
  if (first === undefined) return fresh(shapes[0]!, dtype);
  if (!first.rest && first.dims.length === 0) context.fail('rank-mismatch', `${op}: a tensor of 0 dims cannot be concatenated; use stack`);
  const at = dimIndex(first, dim, op, context);
  for (const [i, other] of others.entries()) {
    if (first.rest || other.rest) {
      if (first.rest?.name !== other.rest?.name || first.dims.length !== other.dims.length) context.unknown(`${op} of ${show(first)} and ${show(other)}`);
    }
    if (other.dims.length !== first.dims.length) context.fail('cat-size-mismatch', `${op}: tensor ${i + 1} has shape ${show(other)}, tensor 0 has ${show(first)}: all must have ${count(first.dims.length, 'dim')}`);
    other.dims.forEach((size, j) => {
      if (j !== at) context.requireEqual(first.dims[j]!, size, 'cat-size-mismatch', () => `${op}: along dim ${at}, all other sizes must agree, but tensor 0 has shape ${show(first)} and tensor ${i + 1} has ${show(other)}: dim ${j} is ${showSize(first.dims[j]!)} and ${showSize(size)}`);
    });
  }
  return fresh(replaceDim(first, at, sum(full.map((shape) => shape.dims[at]!))), dtype);
}

const cat: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  return concatenated('cat', tensors, tensors.map((tensor) => tensor.shape), args.number('dim'), context);
};

const stack: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  const first = given('stack', tensors, context);
  for (const [i, other] of tensors.entries()) {
    const message = (): string => `stack: all tensors must have the same shape, but tensor 0 has ${show(first)} and tensor ${i} has ${show(other)}`;
    if (first.shape.rest || other.shape.rest) {
      if (first.shape.rest?.name !== other.shape.rest?.name || first.shape.dims.length !== other.shape.dims.length) return context.unknown(`stack of ${show(first)} and ${show(other)}`);
    }
    if (first.shape.dims.length !== other.shape.dims.length) context.fail('stack-size-mismatch', message());
    other.shape.dims.forEach((size, j) => context.requireEqual(first.shape.dims[j]!, size, 'stack-size-mismatch', message));
  }
  const dim = args.number('dim');
  return fresh(insertDim(first.shape, insertIndex(first.shape, dim, 'stack', context), constant(tensors.length), dim >= 0), resultType(tensors, context.defaultDtype));
};

/** The shape with at least `n` dims, as atleast_1d, _2d and _3d make it. */
function atLeast(n: 1 | 2 | 3, shape: Shape, context: RuleContext): Shape {
  if (shape.rest) return shape.dims.length >= n ? shape : context.unknown(`whether ${show(shape)} has ${n} dims is not known`);
  const { dims } = shape;
  if (dims.length >= n) return shape;
  if (dims.length === 0) return shapeOf(new Array(n).fill(ONE));
  if (n === 2) return shapeOf([ONE, ...dims]);
  return shapeOf(dims.length === 1 ? [ONE, ...dims, ONE] : [...dims, ONE]);
}

const joined = (op: string, least: 1 | 2 | 3, dim: number): Rule => (args, context) => {
  const tensors = args.tensors('tensors');
  const shapes = tensors.map((tensor) => atLeast(least, tensor.shape, context));
  const along = op === 'hstack' && shapes[0]?.dims.length === 1 ? 0 : dim;
  return concatenated(op, tensors, shapes, along, context);
};

const columnStack: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  const shapes = tensors.map(({ shape }) => (!shape.rest && shape.dims.length <= 1 ? shapeOf([shape.dims[0] ?? ONE, ONE]) : shape));
  return concatenated('column_stack', tensors, shapes, 1, context);
};

const atLeastRule = (n: 1 | 2 | 3): Rule => (args, context) => {
  const results = args.tensors('tensors').map((tensor) => {
    const shape = atLeast(n, tensor.shape, context);
    return shape === tensor.shape ? itself(tensor) : reshaped(tensor, shape.dims, context, () => view(tensor, shape, null));
  });
  return args.value('tensors').kind === 'Tensor' || results.length === 1 && !isNested(args.value('tensors')) ? results[0]! : tupleOf(results);
};
/** Whether the tensors came as a list of their own. */
const isNested = (value: { kind: string }): boolean => value.kind === 'list';

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
  const n = dimsOf(input, context)[0]?.value ?? null;
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

export const rows: readonly OperationRow[] = [
  { name: 'torch.cat', signature: 'cat(tensors, dim=0)', functions: ['torch.concat', 'torch.concatenate'], rule: cat, explain: 'joins along a dim' },
  { name: 'torch.stack', signature: 'stack(tensors, dim=0)', rule: stack, explain: 'joins along a new dim' },
  { name: 'torch.hstack', signature: 'hstack(tensors)', rule: joined('hstack', 1, 1), explain: 'joins along dim 1' },
  { name: 'torch.vstack', signature: 'vstack(tensors)', functions: ['torch.row_stack'], rule: joined('vstack', 2, 0), explain: 'joins along dim 0' },
  { name: 'torch.dstack', signature: 'dstack(tensors)', rule: joined('dstack', 3, 2), explain: 'joins along dim 2' },
  { name: 'torch.column_stack', signature: 'column_stack(tensors)', rule: columnStack, explain: 'joins as columns' },
  ...([1, 2, 3] as const).map((n): OperationRow => ({ name: `torch.atleast_${n}d`, signature: 'f(*tensors)', rule: atLeastRule(n), explain: `makes it at least ${n}-D` })),
  { name: 'torch.meshgrid', signature: 'meshgrid(*tensors, indexing=None)', rule: meshgrid, explain: 'spreads coordinates over a grid' },
  { name: 'torch.broadcast_tensors', signature: 'broadcast_tensors(*tensors)', rule: broadcastAll, explain: 'repeats dims of size 1 to a common shape' },
  { name: 'torch.block_diag', signature: 'block_diag(*tensors)', rule: blockDiag, explain: 'puts matrices along a diagonal' },
  { name: 'torch.combinations', signature: 'combinations(input, r=2, with_replacement=False)', rule: combinations, explain: 'lists combinations of elements' },
  { name: 'torch.nn.utils.rnn.pad_sequence', signature: "pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right')", rule: padSequence, explain: 'pads sequences to the longest' },
];
