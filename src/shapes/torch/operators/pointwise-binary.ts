/** Functions of the elements of two or three tensors, broadcast: https://docs.pytorch.org/docs/stable/torch.html#pointwise-ops */
import type { TensorValue, Value } from '../../values/values';
import { complexOf, isIntegral } from '../dtypes';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { broadcastTensors } from '../common/broadcast';
import { elementwiseStrides } from '../common/layout';
import { floatResult, resultType } from '../common/promotion';
import { refuseBitsOfFloats, refuseBools } from '../common/refusals';
import { fresh } from '../common/results';
import { kindText } from '../common/text';

/** What takes part in the operation: tensors and Python numbers. */
export function operands(op: string, args: BoundArguments, names: readonly string[], context: RuleContext): Value[] {
  return names.map((name) => {
    const value = args.value(name);
    switch (value.kind) {
      case 'Tensor': case 'int': case 'float': case 'bool': case 'complex': return value;
      case 'unknown': return context.unknown(value.reason);
      case 'None': case 'str': return context.fail('argument-mismatch', `${op}: ${name} must be a tensor or a number, not ${kindText(value)}`);
      default: return context.unknown(`${op} with ${kindText(value)} is not traced`);
    }
  });
}

/** Broadcast, in the memory order of the operands. */
export function pointwise(op: string, values: readonly Value[], dtype: Dtype | null, context: RuleContext): TensorResult {
  const tensors = values.filter((value): value is TensorValue => value.kind === 'Tensor');
  const shape = broadcastTensors(tensors, op, context);
  return fresh(shape, dtype, shape.rest ? undefined : elementwiseStrides(shape.dims, tensors, context));
}

type Kind = 'promote' | 'float' | 'bool';

export function binaryDtype(kind: Kind, values: readonly Value[], context: RuleContext): Dtype | null {
  if (kind === 'bool') return 'bool';
  const dtype = resultType(values, context.defaultDtype);
  return kind === 'float' ? floatResult(dtype, context.defaultDtype) : dtype;
}

export const binary = (op: string, kind: Kind, names: readonly string[] = ['input', 'other']): Rule => (args, context) => {
  const values = operands(op, args, names, context);
  return pointwise(op, values, binaryDtype(kind, values, context), context);
};

/** `-` refuses bools. https://docs.pytorch.org/docs/stable/generated/torch.sub.html */
const minus = (op: string): Rule => (args, context) => {
  const values = operands(op, args, ['input', 'other'], context);
  refuseBools(op, values, context);
  return pointwise(op, values, binaryDtype('promote', values, context), context);
};

/** Bits of integers and bools. https://docs.pytorch.org/docs/stable/generated/torch.bitwise_and.html */
const bits = (op: string): Rule => (args, context) => {
  const values = operands(op, args, ['input', 'other'], context);
  const dtype = binaryDtype('promote', values, context);
  refuseBitsOfFloats(op, dtype, values.filter((value): value is TensorValue => value.kind === 'Tensor'), context);
  return pointwise(op, values, dtype, context);
};

/** True division makes floats, unless it is rounded. https://docs.pytorch.org/docs/stable/generated/torch.div.html */
const div: Rule = (args, context) => {
  const values = operands('div', args, ['input', 'other'], context);
  return pointwise('div', values, binaryDtype(args.has('rounding_mode') ? 'promote' : 'float', values, context), context);
};

/** Computed in float64, of complex numbers in complex128. https://docs.pytorch.org/docs/stable/generated/torch.float_power.html */
const floatPower: Rule = (args, context) => {
  const values = operands('float_power', args, ['input', 'exponent'], context);
  const dtype = resultType(values, context.defaultDtype);
  return pointwise('float_power', values, dtype && (dtype.startsWith('complex') ? 'complex128' : 'float64'), context);
};

/** input * 2**other. https://docs.pytorch.org/docs/stable/generated/torch.ldexp.html */
const ldexp: Rule = (args, context) => {
  const values = operands('ldexp', args, ['input', 'other'], context);
  const dtype = resultType(values, context.defaultDtype);
  return pointwise('ldexp', values, dtype && (isIntegral(dtype) ? context.defaultDtype : dtype), context);
};

/** A complex tensor of two real ones. https://docs.pytorch.org/docs/stable/generated/torch.complex.html */
const complexPair = (op: string, names: readonly [string, string]): Rule => (args, context) => {
  const values = operands(op, args, names, context);
  const dtype = resultType(values, context.defaultDtype);
  const strange = values.find((value) => value.kind === 'Tensor' && value.dtype !== null && !['float16', 'float32', 'float64'].includes(value.dtype));
  if (strange?.kind === 'Tensor') context.fail('dtype-mismatch', `${op}: both tensors must hold float16, float32 or float64, not ${strange.dtype}`);
  return pointwise(op, values, dtype && complexOf(dtype), context);
};

/** input + value * tensor1 (* or /) tensor2. */
const combined = (op: string): Rule => (args, context) => {
  const values = operands(op, args, ['input', 'tensor1', 'tensor2'], context);
  const dtype = resultType(values, context.defaultDtype);
  return pointwise(op, values, op === 'addcdiv' && dtype && isIntegral(dtype) ? context.fail('dtype-mismatch', 'addcdiv: integer division is not done; use floats') : dtype, context);
};

/** Both of one dtype. https://docs.pytorch.org/docs/stable/generated/torch.isclose.html */
const isclose: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  if (a.dtype !== null && b.dtype !== null && a.dtype !== b.dtype) context.fail('dtype-mismatch', `isclose: both tensors must have the same dtype, not ${a.dtype} and ${b.dtype}`);
  return pointwise('isclose', [a, b], 'bool', context);
};

const lerp: Rule = (args, context) => {
  const values = operands('lerp', args, ['input', 'end', 'weight'], context);
  const { dtype } = args.tensor('input');
  return pointwise('lerp', values, dtype, context);
};

const plain = (name: string, kind: Kind, extra: Partial<OperationRow> = {}): OperationRow => ({
  name: `torch.${name}`, signature: `${name}(input, other)`, methods: [name], inPlace: true, rule: binary(name, kind), explain: 'works element by element', ...extra,
});
const special = (name: string): OperationRow => ({ name: `torch.special.${name}`, signature: `${name}(x, n)`, rule: binary(name, 'float', ['x', 'n']), explain: 'works element by element' });

/** What is added may be scaled; of a number torch takes the scale by position, too. */
const SCALED = ['f(input, other, *, alpha=1)', 'f(input, other: Number, alpha=1)'];
const explain = 'works element by element';
export const rows: readonly OperationRow[] = [
  plain('add', 'promote', { signature: SCALED }),
  plain('sub', 'promote', { signature: SCALED, functions: ['torch.subtract'], methods: ['sub', 'subtract'], rule: minus('sub') }),
  { name: 'torch.rsub', signature: SCALED, rule: minus('rsub'), explain },
  plain('mul', 'promote', { functions: ['torch.multiply'], methods: ['mul', 'multiply'] }),
  { name: 'torch.div', signature: 'div(input, other, *, rounding_mode=None)', functions: ['torch.divide', 'torch.true_divide'], methods: ['div', 'divide', 'true_divide'], inPlace: true, rule: div, explain },
  plain('floor_divide', 'promote'), plain('remainder', 'promote'), plain('fmod', 'promote'),
  { name: 'torch.pow', signature: 'pow(input, exponent)', methods: ['pow'], inPlace: true, rule: binary('pow', 'promote', ['input', 'exponent']), explain },
  { name: 'torch.float_power', signature: 'float_power(input, exponent)', methods: ['float_power'], inPlace: true, rule: floatPower, explain },
  { name: 'torch.maximum', signature: 'maximum(input, other)', methods: ['maximum'], rule: binary('maximum', 'promote'), explain },
  { name: 'torch.minimum', signature: 'minimum(input, other)', methods: ['minimum'], rule: binary('minimum', 'promote'), explain },
  { name: 'torch.fmax', signature: 'fmax(input, other)', methods: ['fmax'], rule: binary('fmax', 'promote'), explain },
  { name: 'torch.fmin', signature: 'fmin(input, other)', methods: ['fmin'], rule: binary('fmin', 'promote'), explain },
  plain('atan2', 'float', { functions: ['torch.arctan2'], methods: ['atan2', 'arctan2'] }),
  plain('hypot', 'promote'), plain('copysign', 'float'), plain('nextafter', 'promote'), plain('gcd', 'promote'), plain('lcm', 'promote'),
  { name: 'torch.heaviside', signature: 'heaviside(input, values)', methods: ['heaviside'], inPlace: true, rule: binary('heaviside', 'promote', ['input', 'values']), explain },
  { name: 'torch.logaddexp', signature: 'logaddexp(input, other)', methods: ['logaddexp'], rule: binary('logaddexp', 'promote'), explain },
  { name: 'torch.logaddexp2', signature: 'logaddexp2(input, other)', methods: ['logaddexp2'], rule: binary('logaddexp2', 'promote'), explain },
  plain('xlogy', 'float', { functions: ['torch.special.xlogy'] }),
  { name: 'torch.special.xlog1py', signature: 'xlog1py(input, other)', rule: binary('xlog1py', 'float'), explain },
  { name: 'torch.special.zeta', signature: 'zeta(input, other)', rule: binary('zeta', 'float'), explain },
  plain('igamma', 'float', { functions: ['torch.special.gammainc'] }),
  plain('igammac', 'float', { functions: ['torch.special.gammaincc'] }),
  plain('ldexp', 'promote', { rule: ldexp }),
  ...['bitwise_and', 'bitwise_or', 'bitwise_xor', 'bitwise_left_shift', 'bitwise_right_shift'].map((name) => plain(name, 'promote', { rule: bits(name) })),
  plain('logical_and', 'bool'), plain('logical_or', 'bool'), plain('logical_xor', 'bool'),
  ...([['eq', null], ['ne', 'not_equal'], ['lt', 'less'], ['le', 'less_equal'], ['gt', 'greater'], ['ge', 'greater_equal']] as const).map(([name, alias]) =>
    plain(name, 'bool', { functions: alias ? [`torch.${alias}`] : [], methods: alias ? [name, alias] : [name], explain: 'compares element by element' })),
  { name: 'torch.isclose', signature: 'isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)', methods: ['isclose'], rule: isclose, explain: 'compares element by element' },
  { name: 'torch.complex', signature: 'complex(real, imag)', rule: complexPair('complex', ['real', 'imag']), explain },
  { name: 'torch.polar', signature: 'polar(abs, angle)', rule: complexPair('polar', ['abs', 'angle']), explain },
  { name: 'torch.addcmul', signature: 'addcmul(input, tensor1, tensor2, *, value=1)', methods: ['addcmul'], inPlace: true, rule: combined('addcmul'), explain },
  { name: 'torch.addcdiv', signature: 'addcdiv(input, tensor1, tensor2, *, value=1)', methods: ['addcdiv'], inPlace: true, rule: combined('addcdiv'), explain },
  { name: 'torch.lerp', signature: 'lerp(input, end, weight)', methods: ['lerp'], inPlace: true, rule: lerp, explain },
  ...['chebyshev_polynomial_t', 'chebyshev_polynomial_u', 'chebyshev_polynomial_v', 'chebyshev_polynomial_w', 'hermite_polynomial_h', 'hermite_polynomial_he', 'laguerre_polynomial_l', 'legendre_polynomial_p',
    'shifted_chebyshev_polynomial_t', 'shifted_chebyshev_polynomial_u', 'shifted_chebyshev_polynomial_v', 'shifted_chebyshev_polynomial_w'].map(special),
];
