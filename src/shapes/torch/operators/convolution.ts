/** Convolutions: https://docs.pytorch.org/docs/stable/nn.functional.html#convolution-functions */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, mul, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { ONE, ZERO, ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { leading, perDim, requireFits, requirePositive, spatialNames, windows } from '../common/windows';
import { commonDtype } from './matmul';

interface Operands { readonly input: TensorValue; readonly weight: readonly SymInt[]; readonly batch: readonly SymInt[]; readonly channels: SymInt; readonly spatial: readonly SymInt[]; readonly groups: SymInt }

/** Checks ranks and channels; `channelsAt` says which dim of the weight the input's channels meet. */
function operandsOf(op: string, n: number, args: BoundArguments, context: RuleContext): Operands {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  const groups = args.int('groups');
  if (context.lessEqual(ONE, groups) === false) context.fail('argument-mismatch', `${op}: groups must be greater than 0, not ${showSize(groups)}`);
  const kernel = ranked(op, 'weight', weight, [n + 2], context);
  const { before, spatial } = leading(op, input, n, context);
  return { input, weight: kernel, batch: before.slice(0, -1), channels: before.at(-1)!, spatial, groups };
}

function checkBias(op: string, args: BoundArguments, out: SymInt, context: RuleContext): void {
  const bias = args.optionalTensor('bias');
  if (!bias) return;
  const [size] = ranked(op, 'bias', bias, [1], context);
  context.requireEqual(size!, out, 'channels-mismatch', () => `${op}: the bias has ${showSize(size!)} elements, but there are ${showSize(out)} output channels`);
}

const dtypeOf = (op: string, args: BoundArguments, context: RuleContext): ReturnType<typeof commonDtype> => commonDtype(op, ['input', 'weight', 'bias'].flatMap((name) => args.optionalTensor(name) ?? []), context);

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html */
export const convolution = (n: number): Rule => (args, context) => {
  const op = `conv${n}d`;
  const { input, weight, batch, channels, spatial, groups } = operandsOf(op, n, args, context);
  const [out, own] = weight as [SymInt, SymInt];
  const kernel = weight.slice(2);
  const wanted = mul(own, groups);
  context.requireEqual(channels, wanted, 'channels-mismatch', () => `${op}: the weight ${show(weight)} wants ${showSize(wanted)} input channels${groups.value === 1 ? '' : ` (${showSize(own)} for each of ${showSize(groups)} groups)`}, but the input ${show(input)} (N, C, ${spatialNames(n)}) has ${showSize(channels)}`);
  if (context.divisible(out, groups) === false) context.fail('channels-mismatch', `${op}: the ${showSize(out)} output channels of the weight ${show(weight)} are no multiple of groups = ${showSize(groups)}`);
  checkBias(op, args, out, context);
  const [stride, dilation] = [perDim(op, args, 'stride', n, context), perDim(op, args, 'dilation', n, context)];
  requirePositive(op, 'stride', stride, 1, context);
  requirePositive(op, 'dilation', dilation, 1, context);
  return fresh([...batch, out, ...slid(op, n, args, { input, spatial, kernel, stride, dilation }, context)], dtypeOf(op, args, context));
};

interface Window { readonly input: TensorValue; readonly spatial: readonly SymInt[]; readonly kernel: readonly SymInt[]; readonly stride: readonly SymInt[]; readonly dilation: readonly SymInt[] }

function slid(op: string, n: number, args: BoundArguments, { input, spatial, kernel, stride, dilation }: Window, context: RuleContext): readonly SymInt[] {
  const word = args.value('padding').kind === 'str' ? args.string('padding') : null;
  if (word === 'same') {
    if (stride.some((each) => each.value !== 1)) context.fail('argument-mismatch', `${op}: padding='same' is only possible with stride 1, not ${show(stride)}`);
    return spatial;
  }
  if (word !== null && word !== 'valid') context.fail('argument-mismatch', `${op}: padding must be ints, 'same' or 'valid', not '${word}'`);
  const padding = word === 'valid' ? new Array<SymInt>(n).fill(ZERO) : perDim(op, args, 'padding', n, context);
  requirePositive(op, 'padding', padding, 0, context);
  const result = spatial.map((size, i) => windows(size, kernel[i]!, stride[i]!, mul(constant(2), padding[i]!), dilation[i]!));
  requireFits(op, input, result, kernel, context);
  return result;
}

/** (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1. https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html */
export const transposed = (n: number): Rule => (args, context) => {
  const op = `conv_transpose${n}d`;
  const { input, weight, batch, channels, spatial, groups } = operandsOf(op, n, args, context);
  const [own, perGroup] = weight as [SymInt, SymInt];
  context.requireEqual(channels, own, 'channels-mismatch', () => `${op}: the weight ${show(weight)} wants ${showSize(own)} input channels, but the input ${show(input)} has ${showSize(channels)}`);
  if (context.divisible(own, groups) === false) context.fail('channels-mismatch', `${op}: the ${showSize(own)} input channels are no multiple of groups = ${showSize(groups)}`);
  const out = mul(perGroup, groups);
  checkBias(op, args, out, context);
  const [stride, padding, extra, dilation] = ['stride', 'padding', 'output_padding', 'dilation'].map((name) => perDim(op, args, name, n, context)) as [SymInt[], SymInt[], SymInt[], SymInt[]];
  requirePositive(op, 'stride', stride, 1, context);
  requirePositive(op, 'padding', padding, 0, context);
  extra.forEach((each, i) => {
    if (context.lessEqual(stride[i]!, each) === true && context.lessEqual(dilation[i]!, each) === true) context.fail('argument-mismatch', `${op}: output_padding ${showSize(each)} must be less than the stride ${showSize(stride[i]!)} or the dilation ${showSize(dilation[i]!)}`);
  });
  const result = spatial.map((size, i) => add(sub(mul(sub(size, ONE), stride[i]!), mul(constant(2), padding[i]!)), add(add(mul(dilation[i]!, sub(weight[i + 2]!, ONE)), extra[i]!), ONE)));
  requireFits(op, input, result, weight.slice(2), context);
  return fresh([...batch, out, ...result], dtypeOf(op, args, context));
};

const DIMS = [1, 2, 3] as const;
export const rows: readonly OperationRow[] = [
  ...DIMS.map((n): OperationRow => ({ name: `torch.nn.functional.conv${n}d`, signature: `conv${n}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`, functions: [`torch.conv${n}d`], rule: convolution(n), explain: 'slides the kernel over the last dims' })),
  ...DIMS.map((n): OperationRow => ({ name: `torch.nn.functional.conv_transpose${n}d`, signature: `conv_transpose${n}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`, functions: [`torch.conv_transpose${n}d`], rule: transposed(n), explain: 'spreads each element by the kernel' })),
];
