/** Element-wise functions of one operand. https://docs.pytorch.org/docs/stable/torch.html#pointwise-ops */
import * as tf from '@tensorflow/tfjs-core';
import { isFloat, roundTiesToEven } from '../elements';
import { Value } from '../value';
import { combine } from './broadcast';
import { asValue, compute, fill, onBackend, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { erf, erfinv, logSigmoid, sigmoid, softplus } from './special';

type Device = (x: tf.Tensor) => tf.Tensor;

/** WebAssembly's reduce large angles with too few digits of pi. */
const WASM_INEXACT: ReadonlySet<string> = new Set(['Sin', 'Cos', 'Tan']);

/** On the backend for floats, element by element for integers; `kernel` is the name under which a backend has it. */
export function unary(host: (x: number) => number, kernel: string | null = null, device: Device | null = null): Kernel {
  return ({ args, dtype, backend }) => {
    const input = args.tensor('input', 'self', 'x').to(dtype);
    if (device && kernel && isFloat(dtype) && onBackend(input) && tf.getKernel(kernel, backend) && !(backend === 'wasm' && WASM_INEXACT.has(kernel))) {
      return compute(input.shape, dtype, () => device(input.tensor([input.numel])));
    }
    return map(input, host);
  };
}

export function map(input: Value, host: (x: number) => number): Value {
  const source = input.host();
  return fill(input.shape, input.dtype, (i) => host(source[i] as number));
}

/** Half to even, to so many decimals. https://docs.pytorch.org/docs/stable/generated/torch.round.html */
const round: Kernel = ({ args, dtype }) => {
  const decimals = args.int('decimals', 0);
  if (!isFloat(dtype)) return args.tensor('input', 'self');
  const scale = 10 ** decimals;
  return map(args.tensor('input', 'self'), (x) => (decimals === 0 ? roundTiesToEven(x) : roundTiesToEven(Math.fround(x * scale)) / scale));
};

/** A bound may be a number or a tensor that broadcasts, or be left out; NaN stays NaN. https://docs.pytorch.org/docs/stable/generated/torch.clamp.html */
const clamp = (low: string, high: string): Kernel => ({ args, shape, dtype }) => {
  // Infinities would not fit into the bytes of a bool.
  const [least, most] = dtype === 'bool' ? [0, 1] : [-Infinity, Infinity];
  const bound = (name: string, otherwise: number): Value => (args.has(name) ? asValue(args.operand(name), dtype).to(dtype) : Value.of(Float64Array.of(otherwise), [], dtype));
  const operands = [args.tensor('input', 'self').to(dtype), bound(low, least), bound(high, most)];
  return combine(operands, shape, dtype, dtype, (x, min, max) => Math.min(max as number, Math.max(min as number, x as number)));
};

const nanToNum: Kernel = ({ args, dtype }) => {
  const nan = args.number('nan', 0);
  const limit = dtype === 'float16' ? 65504 : 3.4028234663852886e38;
  const positive = args.number('posinf', limit);
  const negative = args.number('neginf', -limit);
  return map(args.tensor('input', 'self'), (x) => (Number.isNaN(x) ? nan : x === Infinity ? positive : x === -Infinity ? negative : x));
};

/** With a parameter or two beside the operand. */
const parametric = (build: (call: KernelCall) => (x: number) => number): Kernel => (call) => map(call.args.tensor('input', 'self').to(call.dtype), build(call));

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html */
const gelu: Kernel = (call) => {
  const { args, dtype, backend } = call;
  const input = args.tensor('input').to(dtype);
  const approximate = args.text('approximate', 'none');
  if (approximate === 'tanh') {
    return map(input, (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))));
  }
  if (approximate !== 'none') throw unsupported(call, `approximate='${approximate}'`);
  if (!onBackend(input) || !tf.getKernel('Erf', backend)) return map(input, (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)));
  return compute(input.shape, dtype, () => {
    const x = input.tensor([input.numel]);
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  });
};

const absolute = unary(Math.abs, 'Abs', tf.abs);
const negative = unary((x) => -x, 'Neg', tf.neg);
const trunc = unary(Math.trunc);
const exp = unary(Math.exp, 'Exp', tf.exp);
const square = unary((x) => x * x, 'Square', tf.square);
const sigmoidKernel = unary(sigmoid, 'Sigmoid', tf.sigmoid);
const tanh = unary(Math.tanh, 'Tanh', tf.tanh);
// Not on the backend: WebAssembly's relu turns NaN into 0.
const relu = unary((x) => Math.max(x, 0));

export const UNARY: KernelTable = {
  'torch.abs': absolute, 'torch.absolute': absolute, 'torch.Tensor.__abs__': absolute,
  'torch.neg': negative, 'torch.negative': negative, 'torch.Tensor.__neg__': negative,
  'torch.sign': unary((x) => (Number.isNaN(x) ? 0 : Math.sign(x))), 'torch.sgn': unary((x) => (Number.isNaN(x) ? 0 : Math.sign(x))),
  'torch.square': square,
  'torch.reciprocal': unary((x) => 1 / x, 'Reciprocal', tf.reciprocal),
  'torch.floor': unary(Math.floor, 'Floor', tf.floor), 'torch.ceil': unary(Math.ceil, 'Ceil', tf.ceil),
  'torch.trunc': trunc, 'torch.fix': trunc, 'torch.frac': unary((x) => x - Math.trunc(x)), 'torch.round': round,
  'torch.exp': exp, 'torch.exp2': unary((x) => 2 ** x), 'torch.expm1': unary(Math.expm1, 'Expm1', tf.expm1),
  'torch.log': unary(Math.log, 'Log', tf.log), 'torch.log2': unary(Math.log2), 'torch.log10': unary(Math.log10), 'torch.log1p': unary(Math.log1p, 'Log1p', tf.log1p),
  'torch.sqrt': unary(Math.sqrt, 'Sqrt', tf.sqrt), 'torch.rsqrt': unary((x) => 1 / Math.sqrt(x), 'Rsqrt', tf.rsqrt),
  'torch.sin': unary(Math.sin, 'Sin', tf.sin), 'torch.cos': unary(Math.cos, 'Cos', tf.cos), 'torch.tan': unary(Math.tan, 'Tan', tf.tan),
  'torch.asin': unary(Math.asin), 'torch.acos': unary(Math.acos), 'torch.atan': unary(Math.atan),
  'torch.sinh': unary(Math.sinh), 'torch.cosh': unary(Math.cosh), 'torch.tanh': tanh,
  'torch.asinh': unary(Math.asinh), 'torch.acosh': unary(Math.acosh), 'torch.atanh': unary(Math.atanh),
  'torch.erf': unary(erf, 'Erf', tf.erf), 'torch.erfinv': unary(erfinv), 'torch.deg2rad': unary((x) => x * Math.PI / 180), 'torch.rad2deg': unary((x) => x * 180 / Math.PI),
  'torch.sigmoid': sigmoidKernel, 'torch.special.expit': sigmoidKernel, 'torch.logit': parametric(({ args }) => {
    const eps = args.optionalNumber('eps');
    return (x) => { const p = eps === null ? x : Math.min(1 - eps, Math.max(eps, x)); return Math.log(p / (1 - p)); };
  }),
  'torch.relu': relu, 'torch.relu6': unary((x) => Math.min(6, Math.max(x, 0))),
  'torch.nn.functional.gelu': gelu,
  'torch.nn.functional.silu': unary((x) => x * sigmoid(x)),
  'torch.nn.functional.mish': unary((x) => x * Math.tanh(softplus(x))),
  'torch.nn.functional.softsign': unary((x) => x / (1 + Math.abs(x))),
  'torch.nn.functional.tanhshrink': unary((x) => x - Math.tanh(x)),
  'torch.nn.functional.logsigmoid': unary(logSigmoid),
  'torch.nn.functional.hardswish': unary((x) => x * Math.min(6, Math.max(0, x + 3)) / 6),
  'torch.nn.functional.hardsigmoid': unary((x) => Math.min(6, Math.max(0, x + 3)) / 6),
  'torch.nn.functional.hardtanh': clamp('min_val', 'max_val'),
  'torch.nn.functional.selu': unary((x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
  'torch.nn.functional.elu': parametric(({ args }) => { const alpha = args.number('alpha', 1); return (x) => (x > 0 ? x : alpha * Math.expm1(x)); }),
  'torch.nn.functional.leaky_relu': parametric(({ args }) => { const slope = args.number('negative_slope', 0.01); return (x) => (x >= 0 ? x : x * slope); }),
  'torch.nn.functional.softplus': parametric(({ args }) => {
    const beta = args.number('beta', 1);
    const threshold = args.number('threshold', 20);
    return (x) => (x * beta > threshold ? x : softplus(x * beta) / beta);
  }),
  'torch.clamp': clamp('min', 'max'), 'torch.clip': clamp('min', 'max'), 'torch.clamp_min': clamp('min', ''), 'torch.clamp_max': clamp('', 'max'),
  'torch.nan_to_num': nanToNum,
};
