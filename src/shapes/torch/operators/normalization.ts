/** Normalization layers: https://docs.pytorch.org/docs/stable/nn.functional.html#normalization-functions */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { floatResult } from '../common/promotion';
import { refuseIntegers, refuseMixedDoubles } from '../common/refusals';
import { fresh } from '../common/results';
import { ONE, dimIndex, lastDims, numelOf } from '../common/shape';
import { count, show, showSize } from '../common/text';
import { elementwise } from './pointwise-unary';

/** The last dims must be `normalized_shape`. */
const overLastDims = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const wanted = args.ints('normalized_shape');
  if (wanted.length === 0) context.fail('argument-mismatch', `${op}: normalized_shape must name at least one dim`);
  const own = lastDims(input.shape, wanted.length);
  const message = (): string => `${op}: the last ${count(wanted.length, 'dim')} of the input ${show(input)} must be normalized_shape = ${show(wanted)}`;
  if (!own && !input.shape.rest) context.fail('normalized-shape-mismatch', message());
  own?.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'normalized-shape-mismatch', message));
  for (const name of ['weight', 'bias']) {
    const tensor = args.optionalTensor(name);
    if (!tensor || tensor.shape.rest) continue;
    const fits = (): string => `${op}: the ${name} must have the shape ${show(wanted)} of normalized_shape, not ${show(tensor)}`;
    if (tensor.shape.dims.length !== wanted.length) context.fail('normalized-shape-mismatch', fits());
    tensor.shape.dims.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'normalized-shape-mismatch', fits));
  }
  refuseIntegers(op, input, context);
  if (op === 'layer_norm') refuseMixedDoubles(op, [input, ...['weight', 'bias'].flatMap((name) => args.optionalTensor(name) ?? [])], context);
  return fresh(input.shape, input.dtype);
};

/** dim 1, or null where the rank is not known. @throws ShapeFault */
function channelsOf(op: string, input: TensorValue, context: RuleContext): SymInt | null {
  if (input.shape.rest) return input.shape.rest.at > 1 ? input.shape.dims[1]! : null;
  const [first, second] = input.shape.dims;
  // Without elements, one dim is enough.
  return second ?? (first?.value === 0 ? first : null) ?? context.fail('rank-mismatch', `${op}: the input must have at least 2 dims (N, C, …), not ${show(input)}`);
}

function checkChannels(op: string, args: BoundArguments, channels: SymInt | null, names: readonly string[], context: RuleContext): void {
  // Of a tensor without elements nothing is looked at.
  if (channels === null || args.tensor('input').shape.dims.some((size) => size.value === 0)) return;
  for (const name of names) {
    const tensor = args.optionalTensor(name);
    if (!tensor || tensor.shape.rest) continue;
    const size = numelOf(tensor.shape.dims);
    context.requireEqual(size, channels, 'channels-mismatch', () => `${op}: ${name} has ${showSize(size)} elements, but the input ${show(args.tensor('input'))} has ${showSize(channels)} channels (dim 1)`);
  }
}

/** While training there must be several values to take a variance of. @throws ShapeFault `normalization-of-one` */
function refuseSingle(op: string, input: TensorValue, over: (dims: readonly SymInt[]) => readonly SymInt[], context: RuleContext): void {
  if (input.shape.rest || input.shape.dims.length < 2) return;
  if (over(input.shape.dims).every((size) => size.value === 1)) context.fail('normalization-of-one', `${op}: while training there must be more than 1 value in each channel, but the input is ${show(input)}: use a larger batch, or eval()`);
}

/** Whether a flag is surely set: whether a module trains is not always known. */
function isTrue(args: BoundArguments, name: string): boolean {
  const flag = args.value(name);
  return flag.kind === 'bool' && flag.value === true;
}

const batchNorm: Rule = (args, context) => {
  const input = args.tensor('input');
  checkChannels('batch_norm', args, channelsOf('batch_norm', input, context), ['running_mean', 'running_var', 'weight', 'bias'], context);
  if (isTrue(args, 'training')) refuseSingle('batch_norm', input, (dims) => [dims[0]!, ...dims.slice(2)], context);
  refuseIntegers('batch_norm', input, context);
  refuseMixedDoubles('batch_norm', [input, ...['weight', 'bias'].flatMap((name) => args.optionalTensor(name) ?? [])], context);
  return elementwise(input, input.dtype, context);
};

/** torch.nn.functional refuses single values, torch itself does not look. */
const instanceNorm = (looks: boolean): Rule => (args, context) => {
  const input = args.tensor('input');
  if (looks && isTrue(args, 'use_input_stats')) refuseSingle('instance_norm', input, (dims) => dims.slice(2), context);
  checkChannels('instance_norm', args, channelsOf('instance_norm', input, context), ['running_mean', 'running_var', 'weight', 'bias'], context);
  return fresh(input.shape, input.dtype);
};

const groupNorm: Rule = (args, context) => {
  const input = args.tensor('input');
  const channels = channelsOf('group_norm', input, context);
  const groups = args.int('num_groups');
  if (context.lessEqual(ONE, groups) === false) context.fail('argument-mismatch', `group_norm: num_groups must be greater than 0, not ${showSize(groups)}`);
  if (channels !== null && context.divisible(channels, groups) === false) context.fail('channels-mismatch', `group_norm: the ${showSize(channels)} channels of ${show(input)} must be a multiple of num_groups = ${showSize(groups)}`);
  if (channels !== null) refuseSingle('group_norm', input, (dims) => [dims[0]!, context.divideExact(channels, groups) ?? channels, ...dims.slice(2)], context);
  checkChannels('group_norm', args, channels, ['weight', 'bias'], context);
  return fresh(input.shape, input.dtype);
};

/** Scaled to norm 1 along dims. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html */
const normalize: Rule = (args, context) => {
  const input = args.tensor('input');
  args.optionalDims('dim')?.forEach((dim) => dimIndex(input.shape, dim, 'normalize', context));
  return elementwise(input, input.dtype, context);
};

const localResponse: Rule = (args, context) => {
  const input = args.tensor('input');
  if (context.lessEqual(ONE, args.int('size')) === false) context.fail('argument-mismatch', `local_response_norm: size must be greater than 0, not ${showSize(args.int('size'))}`);
  if (!input.shape.rest && input.shape.dims.length < 3) context.fail('rank-mismatch', `local_response_norm: the input must have at least 3 dims, not ${show(input)}`);
  return fresh(input.shape, floatResult(input.dtype, context.defaultDtype));
};

const F = 'torch.nn.functional.';
const explain = 'normalizes';
export const rows: readonly OperationRow[] = [
  { name: `${F}layer_norm`, signature: 'layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)', rule: overLastDims('layer_norm'), explain: 'normalizes over the last dims',
    variants: [{ functions: ['torch.layer_norm'], signature: 'layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05, cudnn_enable=True)' }] },
  { name: `${F}rms_norm`, signature: 'rms_norm(input, normalized_shape, weight=None, eps=None)', functions: ['torch.rms_norm'], rule: overLastDims('rms_norm'), explain: 'normalizes over the last dims' },
  { name: `${F}batch_norm`, signature: 'batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05)', rule: batchNorm, explain: 'normalizes each channel',
    variants: [{ functions: ['torch.batch_norm'], signature: 'batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)' }] },
  { name: `${F}instance_norm`, signature: 'instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)', rule: instanceNorm(true), explain: 'normalizes each channel of each sample',
    variants: [{ functions: ['torch.instance_norm'], signature: 'instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled)', rule: instanceNorm(false) }] },
  { name: `${F}group_norm`, signature: 'group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)', rule: groupNorm, explain: 'normalizes groups of channels',
    variants: [{ functions: ['torch.group_norm'], signature: 'group_norm(input, num_groups, weight=None, bias=None, eps=1e-05, cudnn_enabled=True)' }] },
  { name: `${F}local_response_norm`, signature: 'local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)', rule: localResponse, explain },
  { name: `${F}normalize`, signature: 'normalize(input, p=2.0, dim=1, eps=1e-12)', rule: normalize, explain: 'scales to norm 1 along a dim' },
];
