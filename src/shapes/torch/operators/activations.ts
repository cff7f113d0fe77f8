/** Activation functions: https://docs.pytorch.org/docs/stable/nn.functional.html#non-linear-activation-functions */
import { floordiv, constant, mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { refuseIntegers } from '../common/refusals';
import { fresh } from '../common/results';
import { dimIndex, replaceDim } from '../common/shape';
import { show, showSize } from '../common/text';
import { elementwise, unary } from './pointwise-unary';

/** name and parameters after `input`; under torch.nn.functional. */
const FUNCTIONAL: readonly (readonly [string, string])[] = [
  ['elu', 'alpha=1.0, inplace=False'], ['gelu', "*, approximate='none'"], ['hardshrink', 'lambd=0.5'], ['hardsigmoid', 'inplace=False'], ['hardswish', 'inplace=False'],
  ['hardtanh', 'min_val=-1.0, max_val=1.0, inplace=False'], ['leaky_relu', 'negative_slope=0.01, inplace=False'], ['logsigmoid', ''], ['mish', 'inplace=False'],
  ['relu6', 'inplace=False'], ['silu', 'inplace=False'], ['softplus', 'beta=1.0, threshold=20.0'], ['softshrink', 'lambd=0.5'], ['softsign', ''], ['tanhshrink', ''],
];
/** Those that are also functions of torch. */
const EVERYWHERE: readonly (readonly [string, string])[] = [
  ['celu', 'alpha=1.0, inplace=False'], ['selu', 'inplace=False'], ['rrelu', 'lower=0.125, upper=0.3333333333333333, training=False, inplace=False'], ['threshold', 'threshold, value, inplace=False'],
];
const IN_PLACE = new Set(['elu', 'hardtanh', 'leaky_relu', 'celu', 'selu', 'rrelu', 'threshold']);

const FLOATS_ONLY = new Set(['gelu', 'silu', 'mish', 'softplus', 'elu', 'logsigmoid']);
/** They divide, or take away a tanh: of integers they make floats. */
const TO_FLOATS = new Set(['softsign', 'tanhshrink']);
const ofFloats = (op: string): Rule => (args, context) => {
  refuseIntegers(op, args.tensor('input'), context);
  return unary('same')(args, context);
};

/** @throws ShapeFault where the first bound is above the second */
const bounded = (op: string, low: string, high: string): Rule => (args, context) => {
  const [from, to] = [args.float(low), args.float(high)];
  if (from !== null && to !== null && from > to) context.fail('argument-mismatch', `${op}: ${low} = ${from} must not be above ${high} = ${to}`);
  return unary('same')(args, context);
};
const hardtanh = bounded('hardtanh', 'min_val', 'max_val');
const rrelu = bounded('rrelu', 'lower', 'upper');

/** Halves a dim: one half gates the other. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.glu.html */
const glu: Rule = (args, context) => {
  const input = args.tensor('input');
  const dim = args.number('dim');
  const at = dimIndex(input.shape, dim, 'glu', context);
  const size = input.shape.dims[at] ?? context.fail('rank-mismatch', 'glu: the tensor must have at least 1 dim');
  if (context.divisible(size, constant(2)) === false) context.fail('glu-size-mismatch', `glu: dim ${dim} of ${show(input)} must be even, but has size ${showSize(size)}`);
  const half = context.divideExact(size, constant(2)) ?? floordiv(size, constant(2));
  context.requireEqual(mul(half, constant(2)), size, 'glu-size-mismatch', () => `glu: dim ${dim} of ${show(input)} must be even`);
  return fresh(replaceDim(input.shape, at, half), input.dtype);
};

/** One slope a channel (dim 1), or one for all. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.prelu.html */
const prelu: Rule = (args, context) => {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  if (!weight.shape.rest && weight.shape.dims.length > 1) context.fail('rank-mismatch', `prelu: the weight must have at most 1 dim, not ${show(weight)}`);
  const [slopes] = weight.shape.dims;
  if (slopes && slopes.value !== 1 && !input.shape.rest) {
    const channels = input.shape.dims[1] ?? constant(1);
    context.requireEqual(slopes, channels, 'prelu-size-mismatch', () => `prelu: the weight has ${showSize(slopes)} slopes, but ${show(input)} has ${showSize(channels)} channels (dim 1); they must be equal, or one slope`);
  }
  return elementwise(input, input.dtype, context);
};

const explain = 'works on each element';
export const rows: readonly OperationRow[] = [
  ...FUNCTIONAL.map(([name, parameters]): OperationRow => ({ name: `torch.nn.functional.${name}`, signature: `${name}(input, ${parameters})`, inPlace: IN_PLACE.has(name), rule: name === 'hardtanh' ? hardtanh : FLOATS_ONLY.has(name) ? ofFloats(name) : unary(TO_FLOATS.has(name) ? 'float' : 'same'), explain,
    ...(name === 'hardshrink' ? { functions: ['torch.hardshrink'], methods: ['hardshrink'] } : {}) })),
  ...EVERYWHERE.map(([name, parameters]): OperationRow => ({ name: `torch.nn.functional.${name}`, signature: `${name}(input, ${parameters})`, functions: [`torch.${name}`], inPlace: IN_PLACE.has(name), random: name === 'rrelu', rule: name === 'rrelu' ? rrelu : unary('same'), explain })),
  { name: 'torch.nn.functional.glu', signature: 'glu(input, dim=-1)', rule: glu, explain: 'gates one half of a dim with the other' },
  { name: 'torch.prelu', signature: 'prelu(input, weight)', functions: ['torch.nn.functional.prelu'], methods: ['prelu'], rule: prelu, explain },
];
