/** Linear layers as functions: https://docs.pytorch.org/docs/stable/nn.functional.html#linear-functions */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { requireBroadcastTo } from '../common/broadcast';
import { fresh } from '../common/results';
import { dimsOf, lastDims, replaceLast } from '../common/shape';
import { show, showSize } from '../common/text';
import { ranked } from './blas';
import { commonDtype, contracted } from './matmul';

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html */
const linear: Rule = (args, context) => {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  const bias = args.optionalTensor('bias');
  const dtype = commonDtype('linear', bias ? [input, weight, bias] : [input, weight], context);
  const matrix = dimsOf(weight, context);
  if (input.shape.rest && !lastDims(input.shape, 1)) return context.unknown(`linear of ${show(input)}`);
  const features = input.shape.dims.at(-1) ?? context.fail('rank-mismatch', 'linear: the input must have at least 1 dim');
  if (matrix.length > 2 || matrix.length < 1) context.fail('rank-mismatch', `linear: the weight must have 2 dims (out_features, in_features), not ${show(weight)}`);
  const wanted = matrix.at(-1)!;
  context.requireEqual(features, wanted, 'linear-size-mismatch', () => `linear: the last dim of the input ${show(input)} must be in_features = ${showSize(wanted)} (the weight is ${show(weight)}), but it is ${showSize(features)}`);
  const out = matrix.length === 2 ? [matrix[0]!] : [];
  // A bias of several dims is added to the whole product.
  if (bias && !bias.shape.rest && bias.shape.dims.length <= 1) requireBroadcastTo(bias.shape.dims, out, 'linear-size-mismatch', () => `linear: the bias ${show(bias)} must have out_features = ${show(out)} elements`, context);
  return fresh(replaceLast(input.shape, 1, out), dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html */
const bilinear: Rule = (args, context) => {
  const [a, b, weight] = [args.tensor('input1'), args.tensor('input2'), args.tensor('weight')];
  const [x, y, w] = [dimsOf(a, context), dimsOf(b, context), ranked('bilinear', weight, 3, context)];
  if (x.length !== y.length) context.fail('rank-mismatch', `bilinear: both inputs must have as many dims, not ${show(a)} and ${show(b)}`);
  x.slice(0, -1).forEach((size, i) => context.requireEqual(size, y[i]!, 'bilinear-size-mismatch', () => `bilinear: all dims of the inputs but the last must agree: ${show(a)} and ${show(b)}`));
  context.requireEqual(x.at(-1)!, w[1]!, 'bilinear-size-mismatch', () => `bilinear: the last dim of ${show(a)} must be ${showSize(w[1]!)}, as the weight ${show(weight)} wants`);
  context.requireEqual(y.at(-1)!, w[2]!, 'bilinear-size-mismatch', () => `bilinear: the last dim of ${show(b)} must be ${showSize(w[2]!)}, as the weight ${show(weight)} wants`);
  const bias = args.optionalTensor('bias');
  if (bias) context.requireEqual(bias.shape.dims[0] ?? w[0]!, w[0]!, 'bilinear-size-mismatch', () => `bilinear: the bias ${show(bias)} must have ${showSize(w[0]!)} elements`);
  return fresh([...x.slice(0, -1), w[0]!], a.dtype);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.nn.functional.linear', signature: 'linear(input, weight, bias=None)', rule: linear, explain: contracted('input') },
  { name: 'torch.nn.functional.bilinear', signature: 'bilinear(input1, input2, weight, bias=None)', functions: ['torch.bilinear'], rule: bilinear, explain: 'contracts both last dims with the weight' },
];
