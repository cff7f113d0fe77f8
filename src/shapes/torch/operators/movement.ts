/** Views that reorder, add, drop or repeat dims: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { fresh, itself, view } from '../common/results';
import { dimIndex, dimIndexes, dimsOf } from '../common/shape';
import { count, show } from '../common/text';

/** `order[i]` is the dim that comes i-th. */
export function permuted(input: TensorValue, order: readonly number[]): TensorResult {
  return view(input, order.map((dim) => input.shape.dims[dim]!), input.layout && order.map((dim) => input.layout!.strides[dim]!));
}

const permute: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const given = args.optionalDims('dims')!;
  if (given.length !== dims.length) context.fail('permute-dims-mismatch', `permute: ${show(input)} has ${count(dims.length, 'dim')}, but the order (${given.join(', ')}) names ${given.length}`);
  return permuted(input, dimIndexes(input.shape, given, 'permute', context));
};

function swapped(input: TensorValue, a: number, b: number, op: string, context: RuleContext): TensorResult {
  const { shape, layout } = input;
  if (!shape.rest && shape.dims.length === 0) {
    dimIndexes(shape, [a], op, context);
    dimIndexes(shape, [b], op, context);
    return itself(input);
  }
  const [x, y] = [dimIndex(shape, a, op, context), dimIndex(shape, b, op, context)];
  const swap = (list: readonly SymInt[]): SymInt[] => list.map((each, i) => list[i === x ? y : i === y ? x : i] ?? each);
  return view(input, { ...shape, dims: swap(shape.dims) }, layout && swap(layout.strides));
}

const transpose = (first: string, second: string): Rule => (args, context) => swapped(args.tensor('input'), args.number(first), args.number(second), 'transpose', context);

/** Of at most 2 dims. https://docs.pytorch.org/docs/stable/generated/torch.t.html */
const t: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length > 2) context.fail('rank-mismatch', `t: the tensor must have at most 2 dims, not ${show(input)}; use .mT or transpose`);
  return dims.length < 2 ? itself(input) : permuted(input, [1, 0]);
};

const reversed: Rule = (args, context) => {
  const input = args.tensor('input');
  return permuted(input, dimsOf(input, context).map((_, i) => i).reverse());
};

const matrixTransposed = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length === 0 && op === 'adjoint') return itself(input);
  if (!input.shape.rest && input.shape.dims.length < 2) context.fail('rank-mismatch', `${op}: the tensor must have at least 2 dims, not ${show(input)}`);
  return swapped(input, -2, -1, op, context);
};

const conjugateTransposed: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length !== 2 && dims.length !== 0) context.fail('rank-mismatch', `H: the tensor must have 2 dims, not ${show(input)}; use .mH`);
  return dims.length === 0 ? itself(input) : permuted(input, [1, 0]);
};

const movedim: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const source = dimIndexes(input.shape, args.optionalDims('source')!, 'movedim', context);
  const destination = dimIndexes(input.shape, args.optionalDims('destination')!, 'movedim', context);
  if (source.length !== destination.length) context.fail('argument-mismatch', `movedim: ${source.length} dims to move, but ${destination.length} places for them`);
  if (dims.length === 0) return itself(input);
  const others = dims.map((_, i) => i).filter((i) => !source.includes(i));
  return permuted(input, dims.map((_, i) => (destination.includes(i) ? source[destination.indexOf(i)]! : others.shift()!)));
};

/** The same numbers in memory of their own. */
export const copied = (rule: Rule): Rule => (args, context) => {
  const result = rule(args, context);
  return result.type === 'tensor' ? fresh(result.shape, result.dtype) : result;
};

const metadata = 'metadata';
export const rows: readonly OperationRow[] = [
  { name: 'torch.permute', signature: 'permute(input, *dims)', methods: ['permute'], rule: permute, explain: 'reorders the dims' },
  { name: 'torch.permute_copy', signature: 'permute_copy(input, dims)', rule: copied(permute), explain: 'reorders the dims' },
  { name: 'torch.transpose', signature: 'transpose(input, dim0, dim1)', functions: ['torch.swapdims'], methods: ['transpose', 'swapdims'], inPlace: metadata, rule: transpose('dim0', 'dim1'), explain: 'swaps two dims' },
  { name: 'torch.swapaxes', signature: 'swapaxes(input, axis0, axis1)', methods: ['swapaxes'], inPlace: metadata, rule: transpose('axis0', 'axis1'), explain: 'swaps two dims' },
  { name: 'torch.transpose_copy', signature: 'transpose_copy(input, dim0, dim1)', rule: copied(transpose('dim0', 'dim1')), explain: 'swaps two dims' },
  { name: 'torch.t', signature: 't(input)', methods: ['t'], inPlace: metadata, rule: t, explain: 'swaps the two dims' },
  { name: 'torch.t_copy', signature: 't_copy(input)', rule: copied(t), explain: 'swaps the two dims' },
  { name: 'torch.Tensor.T', signature: 'T(input)', properties: ['T'], rule: reversed, explain: 'reverses the dims' },
  { name: 'torch.Tensor.mT', signature: 'mT(input)', properties: ['mT'], rule: matrixTransposed('mT'), explain: 'swaps the last two dims' },
  { name: 'torch.Tensor.H', signature: 'H(input)', properties: ['H'], rule: conjugateTransposed, explain: 'swaps the two dims' },
  { name: 'torch.adjoint', signature: 'adjoint(input)', methods: ['adjoint'], properties: ['mH'], rule: matrixTransposed('adjoint'), explain: 'swaps the last two dims' },
  { name: 'torch.movedim', signature: 'movedim(input, source, destination)', functions: ['torch.moveaxis'], methods: ['movedim', 'moveaxis'], rule: movedim, explain: 'moves dims' },
];
