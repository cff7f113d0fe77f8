/** The forms that torch.nn.functional's own functions call, which some code calls itself. */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { floats } from '../common/matrix';
import { reducedShape } from '../common/reduce';
import { fresh, itself, tupleOf } from '../common/results';
import { ONE, ZERO, dimIndex, dimsOf, lastDims, ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { windows } from '../common/windows';
import { convolution, transposed } from './convolution';
import { affineGrid, gridSample } from './resampling';

/** A convolution of as many dims as the weight has. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html */
const anyConvolution: Rule = (args, context) => {
  const weight = args.tensor('weight');
  const n = dimsOf(weight, context).length - 2;
  if (n < 1 || n > 3) context.fail('rank-mismatch', `convolution: the weight must have 3 to 5 dims, not ${show(weight)}`);
  return (args.bool('transposed') ? transposed(n) : convolution(n))(args, context);
};

/** (T, N, C) by a weight (kernel, in, out). */
const convTbc: Rule = (args, context) => {
  const [input, weight, bias] = [args.tensor('input'), args.tensor('weight'), args.tensor('bias')];
  const [time, batch, channels] = ranked('conv_tbc', 'input', input, [3], context);
  const [kernel, own, out] = ranked('conv_tbc', 'weight', weight, [3], context);
  context.requireEqual(channels!, own!, 'channels-mismatch', () => `conv_tbc: the weight ${show(weight)} (kernel, in, out) wants ${showSize(own!)} channels, but the input ${show(input)} (T, N, C) has ${showSize(channels!)}`);
  const [size] = ranked('conv_tbc', 'bias', bias, [1], context);
  context.requireEqual(size!, out!, 'channels-mismatch', () => `conv_tbc: the bias ${show(bias)} must have ${showSize(out!)} elements`);
  const pad = args.int('pad');
  return fresh([windows(time!, kernel!, ONE, pad.value === null ? context.unknown('the padding is not known') : constant(2 * pad.value), ONE), batch!, out!], input.dtype);
};

/** The normalized input, and what it was normalized with. */
const nativeLayerNorm: Rule = (args, context) => {
  const input = args.tensor('input');
  const wanted = args.ints('normalized_shape');
  const own = lastDims(input.shape, wanted.length) ?? context.fail('normalized-shape-mismatch', `native_layer_norm: ${show(input)} has no ${wanted.length} last dims`);
  own.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'normalized-shape-mismatch', () => `native_layer_norm: the last dims of ${show(input)} must be normalized_shape = ${show(wanted)}`));
  const dims = dimsOf(input, context);
  const statistics = fresh([...dims.slice(0, -wanted.length), ...wanted.map(() => ONE)], input.dtype);
  return tupleOf([fresh(input.shape, input.dtype), statistics, statistics]);
};

const nativeGroupNorm: Rule = (args) => {
  const input = args.tensor('input');
  const statistics = fresh([args.int('N'), args.int('group')], input.dtype);
  return tupleOf([fresh(input.shape, input.dtype), statistics, statistics]);
};

/** While training with the statistics of the batch. */
const nativeBatchNorm: Rule = (args, context) => {
  const input = args.tensor('input');
  const channels = dimsOf(input, context)[1] ?? context.fail('rank-mismatch', `native_batch_norm: the input must have at least 2 dims (N, C, …), not ${show(input)}`);
  const statistics = fresh([args.bool('training') ? channels : ZERO], input.dtype === 'float16' || input.dtype === 'bfloat16' ? 'float32' : input.dtype);
  return tupleOf([fresh(input.shape, input.dtype), statistics, statistics]);
};

const nativeDropout: Rule = (args) => {
  const input = args.tensor('input');
  return tupleOf([fresh(input.shape, input.dtype), fresh(input.shape, 'bool')]);
};

/** The norm of each slice along `dim`; of -1 that of the whole. */
const normExceptDim: Rule = (args, context) => {
  const v = args.tensor('v');
  const dtype = v.dtype && realOf(v.dtype);
  if (args.number('dim') === -1) return fresh([], dtype);
  const dims = dimsOf(v, context);
  if (dims.length === 0) context.fail('dim-out-of-range', 'norm_except_dim: a tensor of 0 dims has no dim to keep');
  const at = dimIndex(v.shape, args.number('dim'), 'norm_except_dim', context);
  return fresh(dims.map((size, i) => (i === at ? size : ONE)), dtype);
};

/** Norms of matrices, which torch.linalg.matrix_norm has replaced. */
const matrixNorm = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const dims = args.optionalDims('dim') ?? [-2, -1];
  if (op === 'nuclear_norm' ? dims.length !== 2 : dims.length > 2) context.fail('argument-mismatch', `${op}: dim must name ${op === 'nuclear_norm' ? '2 dims' : 'at most 2 dims'}, not ${dims.length}`);
  const dtype = floats(op, input, context);
  return fresh(reducedShape(input.shape, dims.length === 0 ? null : dims, args.bool('keepdim'), op, context), dtype && realOf(dtype));
};

/** One element for each segment of `axis`. https://docs.pytorch.org/docs/stable/generated/torch.segment_reduce.html */
const segmentReduce: Rule = (args, context) => {
  const data = args.tensor('data');
  const at = dimIndex(data.shape, args.number('axis'), 'segment_reduce', context);
  const segments = (name: string): { readonly tensor: TensorValue; readonly size: SymInt } | null => {
    const tensor = args.optionalTensor(name);
    return tensor && { tensor, size: dimsOf(tensor, context)[at] ?? context.fail('rank-mismatch', `segment_reduce: ${name} ${show(tensor)} must have a dim ${at}, as the data ${show(data)}`) };
  };
  const [lengths, offsets] = [segments('lengths'), segments('offsets')];
  const count = offsets ? (offsets.size.value === null ? null : constant(offsets.size.value - 1)) : (lengths?.size ?? context.fail('argument-mismatch', 'segment_reduce: one of lengths and offsets must be given'));
  return count ? fresh(dimsOf(data, context).map((size, i) => (i === at ? count : size)), data.dtype) : context.unknown('the number of segments is not known');
};

const luOf: Rule = (args, context) => {
  const input = args.tensor('A');
  const dims = dimsOf(input, context);
  if (dims.length < 2) context.fail('rank-mismatch', `lu: the tensor must have at least 2 dims, not ${show(input)}`);
  const [m, n] = [dims.at(-2)!, dims.at(-1)!];
  const smaller = context.lessEqual(m, n) === true ? m : context.lessEqual(n, m) === true ? n : context.unknown('which side of the matrices is smaller is not known');
  const parts = [fresh(input.shape, floats('lu', input, context), null), fresh([...dims.slice(0, -2), smaller], 'int32')];
  return tupleOf(args.bool('get_infos') ? [...parts, fresh(dims.slice(0, -2), 'int32')] : parts);
};

const keep: Rule = (args) => itself(args.tensor('input'));

export const rows: readonly OperationRow[] = [
  { name: 'torch.convolution', signature: 'convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups)', rule: anyConvolution, explain: 'slides the kernel over the last dims' },
  { name: 'torch.conv_tbc', signature: 'conv_tbc(input, weight, bias, pad=0)', functions: ['torch.nn.functional.conv_tbc'], rule: convTbc, explain: 'slides the kernel over time' },
  { name: 'torch.grid_sampler', signature: 'grid_sampler(input, grid, interpolation_mode, padding_mode, align_corners)', functions: ['torch.grid_sampler_2d', 'torch.grid_sampler_3d'], rule: gridSample, explain: 'samples at the points of the grid' },
  { name: 'torch.affine_grid_generator', signature: 'affine_grid_generator(theta, size, align_corners)', rule: affineGrid, explain: 'makes a grid of points' },
  { name: 'torch.native_layer_norm', signature: 'native_layer_norm(input, normalized_shape, weight, bias, eps)', rule: nativeLayerNorm, explain: 'normalizes over the last dims' },
  { name: 'torch.native_group_norm', signature: 'native_group_norm(input, weight, bias, N, C, HxW, group, eps)', rule: nativeGroupNorm, explain: 'normalizes groups of channels' },
  { name: 'torch.native_batch_norm', signature: 'native_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps)', rule: nativeBatchNorm, explain: 'normalizes each channel' },
  { name: 'torch.native_dropout', signature: 'native_dropout(input, p, train)', random: true, rule: nativeDropout, explain: 'sets elements to 0 at random' },
  { name: 'torch.norm_except_dim', signature: 'norm_except_dim(v, pow=2, dim=0)', rule: normExceptDim, explain: 'measures slices' },
  { name: 'torch.frobenius_norm', signature: 'frobenius_norm(input, dim, keepdim=False)', rule: matrixNorm('frobenius_norm'), explain: 'measures matrices' },
  { name: 'torch.nuclear_norm', signature: ['nuclear_norm(input, dim: int | ints, keepdim=False)', 'nuclear_norm(input, keepdim=False, *, dim=None)'], rule: matrixNorm('nuclear_norm'), explain: 'measures matrices' },
  { name: 'torch.segment_reduce', signature: "segment_reduce(data, reduce, *, lengths=None, indices=None, offsets=None, axis=0, unsafe=False, initial=None)", rule: segmentReduce, explain: 'reduces segments of a dim' },
  { name: 'torch.lu', signature: 'lu(A, pivot=True, get_infos=False)', methods: ['lu'], rule: luOf, explain: 'factors matrices' },
  { name: 'torch.embedding_renorm_', signature: 'embedding_renorm_(input, indices, max_norm, norm_type)', writes: 'input', rule: keep, explain: 'scales rows of the table down' },
  { name: 'torch.from_dlpack', signature: 'from_dlpack(input, *, device=None, copy=None)', rule: keep, explain: 'keeps the tensor' },
];
