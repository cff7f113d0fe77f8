/** Functions of each element: https://docs.pytorch.org/docs/stable/torch.html#pointwise-ops */
import type { TensorValue } from '../../values/values';
import { categoryOf, isComplex, realOf } from '../dtypes';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { elementwiseStrides } from '../common/layout';
import { floatResult } from '../common/promotion';
import { refuseBitsOfFloats, refuseBools } from '../common/refusals';
import { fresh, itself, named } from '../common/results';

/** How the result's dtype follows from the input's. */
export type DtypeRule = 'same' | 'float' | 'bool' | 'real';

export function unaryDtype(kind: DtypeRule, dtype: Dtype | null, context: RuleContext): Dtype | null {
  switch (kind) {
    case 'same': return dtype;
    case 'float': return floatResult(dtype, context.defaultDtype);
    case 'bool': return 'bool';
    case 'real': return dtype && realOf(dtype);
  }
}

export function elementwise(input: TensorValue, dtype: Dtype | null, context: RuleContext): TensorResult {
  return fresh(input.shape, dtype, input.shape.rest ? undefined : elementwiseStrides(input.shape.dims, [input], context));
}

export const unary = (kind: DtypeRule): Rule => (args, context) => {
  const input = args.tensor('input');
  return elementwise(input, unaryDtype(kind, input.dtype, context), context);
};

const negative: Rule = (args, context) => {
  refuseBools('neg', [args.tensor('input')], context);
  return unary('same')(args, context);
};

const SAME = ['neg', 'sign', 'sgn', 'ceil', 'floor', 'trunc', 'conj_physical', 'relu', 'frac'];
const FLOAT = [
  'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cos', 'cosh', 'deg2rad', 'rad2deg', 'digamma', 'erf', 'erfc', 'erfinv', 'exp', 'exp2', 'expm1', 'i0', 'lgamma',
  'log', 'log10', 'log1p', 'log2', 'logit', 'reciprocal', 'rsqrt', 'sigmoid', 'sin', 'sinc', 'sinh', 'sqrt', 'tan', 'tanh',
];
const BOOL = ['isfinite', 'isinf', 'isnan', 'isneginf', 'isposinf', 'isreal', 'signbit', 'logical_not'];
/** More names of the functions above, under torch. and as methods. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  neg: ['negative'], trunc: ['fix'], acos: ['arccos'], acosh: ['arccosh'], asin: ['arcsin'], asinh: ['arcsinh'], atan: ['arctan'], atanh: ['arctanh'],
};
/** Names under torch.special. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  digamma: ['digamma', 'psi'], erf: ['erf'], erfc: ['erfc'], erfinv: ['erfinv'], exp2: ['exp2'], expm1: ['expm1'], i0: ['i0'], lgamma: ['gammaln'], log1p: ['log1p'], logit: ['logit'],
  sigmoid: ['expit'], sinc: ['sinc'],
};
const SPECIAL_ONLY = [
  'airy_ai', 'bessel_j0', 'bessel_j1', 'bessel_y0', 'bessel_y1', 'entr', 'erfcx', 'i0e', 'i1', 'i1e', 'log_ndtr', 'modified_bessel_i0', 'modified_bessel_i1',
  'modified_bessel_k0', 'modified_bessel_k1', 'ndtr', 'ndtri', 'scaled_modified_bessel_k0', 'scaled_modified_bessel_k1', 'spherical_bessel_j0',
];
/** Also in torch.nn.functional. */
const FUNCTIONAL = new Set(['relu', 'sigmoid', 'tanh']);
const NO_IN_PLACE = new Set(['isfinite', 'isinf', 'isnan', 'isneginf', 'isposinf', 'isreal', 'signbit']);

function rowsFor(names: readonly string[], kind: DtypeRule): OperationRow[] {
  return names.map((name) => ({
    name: `torch.${name}`,
    signature: name === 'logit' ? 'logit(input, eps=None)' : FUNCTIONAL.has(name) ? 'f(input, inplace=False)' : 'f(input)',
    functions: [...(ALIASES[name] ?? []).map((alias) => `torch.${alias}`), ...(SPECIAL[name] ?? []).map((alias) => `torch.special.${alias}`), ...(FUNCTIONAL.has(name) ? [`torch.nn.functional.${name}`] : [])],
    methods: [name, ...(ALIASES[name] ?? [])],
    inPlace: !NO_IN_PLACE.has(name),
    rule: name === 'neg' ? negative : unary(kind),
    explain: 'works on each element',
  }));
}

/** Complex numbers have real magnitudes. https://docs.pytorch.org/docs/stable/generated/torch.abs.html */
const angle: Rule = (args, context) => {
  const input = args.tensor('input');
  return elementwise(input, input.dtype && (isComplex(input.dtype) ? realOf(input.dtype) : floatResult(input.dtype, context.defaultDtype)), context);
};

/** A power of 2, of bools an integer. https://docs.pytorch.org/docs/stable/generated/torch.square.html */
const square: Rule = (args, context) => {
  const input = args.tensor('input');
  return elementwise(input, input.dtype === 'bool' ? 'int64' : input.dtype, context);
};

const mvlgamma: Rule = (args, context) => {
  const p = args.int('p');
  if (p.value !== null && p.value < 1) context.fail('argument-mismatch', `mvlgamma: p must be at least 1, not ${p.value}`);
  return unary('float')(args, context);
};

const frexp: Rule = (args, context) => {
  const input = args.tensor('input');
  return named('torch.return_types.frexp', { mantissa: elementwise(input, floatResult(input.dtype, context.defaultDtype), context), exponent: elementwise(input, 'int32', context) });
};

/** Of a complex tensor a view of its parts; of others the tensor itself. */
const realPart: Rule = (args) => {
  const input = args.tensor('input');
  if (input.dtype === null || !isComplex(input.dtype)) return itself(input);
  return { type: 'tensor', shape: input.shape, dtype: realOf(input.dtype), viewOf: input, layout: null };
};
const imaginaryPart: Rule = (args, context) => {
  const input = args.tensor('input');
  if (input.dtype !== null && categoryOf(input.dtype) !== 'complex') context.fail('dtype-mismatch', `imag: the tensor must be complex, not ${input.dtype}`);
  return realPart(args, context);
};
const asItIs: Rule = (args) => itself(args.tensor('input'));

const explain = 'works on each element';
export const rows: readonly OperationRow[] = [
  ...rowsFor(SAME, 'same'), ...rowsFor(FLOAT, 'float'), ...rowsFor(BOOL, 'bool'),
  ...SPECIAL_ONLY.map((name): OperationRow => ({ name: `torch.special.${name}`, signature: 'f(input)', rule: unary('float'), explain })),
  { name: 'torch.abs', signature: 'abs(input)', functions: ['torch.absolute'], methods: ['abs', 'absolute'], inPlace: true, rule: unary('real'), explain },
  { name: 'torch.square', signature: 'square(input)', methods: ['square'], inPlace: true, rule: square, explain },
  { name: 'torch.angle', signature: 'angle(input)', methods: ['angle'], rule: angle, explain },
  { name: 'torch.round', signature: 'round(input, *, decimals=0)', functions: ['torch.special.round'], methods: ['round'], inPlace: true, rule: unary('same'), explain },
  { name: 'torch.bitwise_not', signature: 'bitwise_not(input)', methods: ['bitwise_not'], inPlace: true, rule: (args, context) => {
    const input = args.tensor('input');
    refuseBitsOfFloats('bitwise_not', input.dtype, [input], context);
    return elementwise(input, input.dtype, context);
  }, explain, variants: [{ signature: 'invert(input)', methods: ['__invert__'] }] },
  { name: 'torch.positive', signature: 'positive(input)', methods: ['positive', '__pos__'], rule: asItIs, explain: 'keeps the tensor' },
  { name: 'torch.nan_to_num', signature: 'nan_to_num(input, nan=0.0, posinf=None, neginf=None)', methods: ['nan_to_num'], inPlace: true, rule: unary('same'), explain },
  { name: 'torch.frexp', signature: 'frexp(input)', methods: ['frexp'], rule: frexp, explain },
  { name: 'torch.polygamma', signature: 'polygamma(n, input)', functions: ['torch.special.polygamma'], rule: unary('float'), explain, variants: [{ signature: 'polygamma(input, n)', methods: ['polygamma', 'polygamma_'] }] },
  { name: 'torch.mvlgamma', signature: 'mvlgamma(input, p)', functions: ['torch.special.multigammaln'], methods: ['mvlgamma'], inPlace: true, rule: mvlgamma, explain },
  { name: 'torch.real', signature: 'real(input)', properties: ['real'], rule: realPart, explain: 'takes the real part' },
  { name: 'torch.imag', signature: 'imag(input)', properties: ['imag'], rule: imaginaryPart, explain: 'takes the imaginary part' },
  { name: 'torch.conj', signature: 'conj(input)', methods: ['conj'], rule: asItIs, explain },
  { name: 'torch.resolve_conj', signature: 'resolve_conj(input)', methods: ['resolve_conj'], rule: asItIs, explain },
  { name: 'torch.resolve_neg', signature: 'resolve_neg(input)', methods: ['resolve_neg'], rule: asItIs, explain },
];
