/** Element-wise arithmetic of two operands. https://docs.pytorch.org/docs/stable/torch.html#pointwise-ops */
import * as tf from '@tensorflow/tfjs-core';
import { EXACT, fromBigInt, isFloat } from '../elements';
import { EvaluationError } from '../errors';
import type { Dtype } from '../../shapes/values/dtype';
import type { Value } from '../value';
import { asScalar, type Arguments } from './arguments';
import { binaryFloat, zip } from './broadcast';
import { asValue, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';

const LEFT = ['input', 'self', 'x'] as const;
const RIGHT = ['other', 'exponent', 'y'] as const;

/** Both operands in the dtype that the result was promoted to. */
function operands({ args, dtype }: KernelCall): [Value, Value] {
  return [asValue(args.operand(...LEFT), dtype).to(dtype), asValue(args.operand(...RIGHT), dtype).to(dtype)];
}

const swap = (kernel: Kernel): Kernel => (call) => kernel({ ...call, args: swapped(call.args) });
function swapped(args: Arguments): Arguments {
  const reversed = Object.create(args) as Arguments;
  reversed.operand = (...names) => args.operand(...(names[0] === LEFT[0] ? RIGHT : LEFT));
  return reversed;
}

type Device = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** Exact where the doubles are; else by way of big integers, wrapped or refused as the dtype says. */
function exactly(dtype: Dtype, plain: (x: number, y: number) => number, big: (x: bigint, y: bigint) => bigint): (x: number, y: number) => number {
  return (x, y) => {
    const result = plain(x, y);
    return Math.abs(result) < EXACT || Number.isNaN(result) ? result : fromBigInt(big(BigInt(x), BigInt(y)), dtype);
  };
}

function arithmetic(device: Device, plain: (x: number, y: number) => number, big: (x: bigint, y: bigint) => bigint): Kernel {
  return (call) => {
    const [a, b] = operands(call);
    if (isFloat(call.dtype)) return binaryFloat(a, b, call.dtype, device, plain);
    if (call.dtype === 'bool') return zip(a, b, 'bool', 'bool', (x, y) => Number(plain(x, y) !== 0));
    return zip(a, b, call.dtype, call.dtype, exactly(call.dtype, plain, big));
  };
}

const plainAdd = arithmetic(tf.add, (x, y) => x + y, (x, y) => x + y);
const plainSubtract = arithmetic(tf.sub, (x, y) => x - y, (x, y) => x - y);
const multiply = arithmetic(tf.mul, (x, y) => x * y, (x, y) => x * y);

/** `alpha` multiplies `other` first. https://docs.pytorch.org/docs/stable/generated/torch.add.html */
const withAlpha = (kernel: Kernel): Kernel => (call) => {
  const raw = call.args.raw('alpha');
  const alpha = raw === undefined ? null : asScalar(raw);
  if (!alpha || alpha.value === 1) return kernel(call);
  const other = asValue(call.args.operand(...RIGHT), call.dtype).to(call.dtype);
  const factor = asValue(alpha, call.dtype);
  const scaled = isFloat(call.dtype)
    ? binaryFloat(other, factor, call.dtype, tf.mul, (x, y) => x * y)
    : zip(other, factor, call.dtype, call.dtype, exactly(call.dtype, (x, y) => x * y, (x, y) => x * y));
  const args = Object.create(call.args) as Arguments;
  args.operand = (...names) => (names[0] === RIGHT[0] ? scaled : call.args.operand(...names));
  return kernel({ ...call, args });
};

/** https://docs.pytorch.org/docs/stable/generated/torch.div.html */
const divide: Kernel = (call) => {
  const mode = call.args.text('rounding_mode', '');
  if (mode === 'floor') return floorDivide(call);
  if (mode === 'trunc') return truncatedDivide(call);
  if (mode !== '') throw unsupported(call, `rounding_mode '${mode}'`);
  const [a, b] = operands(call);
  return binaryFloat(a, b, call.dtype, tf.div, (x, y) => x / y);
};

function rounded(float: (x: number, y: number) => number, integer: (x: number, y: number) => number): Kernel {
  return (call) => {
    const [a, b] = operands(call);
    if (isFloat(call.dtype)) return zip(a, b, call.dtype, call.dtype, float);
    return zip(a, b, call.dtype, call.dtype, (x, y) => {
      if (y === 0) throw new EvaluationError('invalid-argument', `${call.op}: an integer is divided by zero`);
      return integer(x, y);
    });
  };
}

/** Of floats as Python does it: the quotient that belongs to the remainder with the divisor's sign. */
function floorDivideFloat(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && (y < 0) !== (rest < 0)) quotient -= 1;
  if (quotient === 0) return Math.sign(x / y) * 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** The remainder has the divisor's sign, as in Python. */
function pythonRemainder(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && (y < 0) !== (rest < 0) ? rest + y : rest;
}

/** Of exact integers without the rounding of a quotient. */
const floorDivideInteger = (x: number, y: number): number => (x - pythonRemainder(x, y)) / y;

const floorDivide = rounded(floorDivideFloat, floorDivideInteger);
const truncatedDivide = rounded((x, y) => Math.trunc(Math.fround(x / y)), (x, y) => (x - (x % y)) / y);
const remainder = rounded(pythonRemainder, pythonRemainder);
const fmod = rounded((x, y) => x % y, (x, y) => x % y);

/** https://docs.pytorch.org/docs/stable/generated/torch.pow.html */
const power: Kernel = (call) => {
  const [a, b] = operands(call);
  if (isFloat(call.dtype)) return zip(a, b, 'float32', call.dtype, torchPower);
  return zip(a, b, call.dtype, call.dtype, (x, y) => {
    if (y < 0) throw new EvaluationError('invalid-argument', `${call.op}: integers to negative integer powers are not allowed`);
    const result = x ** y;
    // Beyond 64 bits nothing is exact in torch either; the bound keeps big integers small.
    if (Math.abs(result) < EXACT) return result;
    return fromBigInt(Math.abs(result) < 2 ** 1000 ? BigInt(x) ** BigInt(y) : BigInt(result === -Infinity ? -(2n ** 1000n) : 2n ** 1000n), call.dtype);
  });
};

/** C's `pow`: JavaScript's gives NaN for 1 to the power NaN and for -1 to the power infinity. */
function torchPower(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  return x ** y;
}

/** NaN in either operand is the result. https://docs.pytorch.org/docs/stable/generated/torch.maximum.html */
const extreme = (pick: (x: number, y: number) => number): Kernel => (call) => {
  const [a, b] = operands(call);
  return zip(a, b, call.dtype, call.dtype, pick);
};

const atan2: Kernel = (call) => {
  const [a, b] = operands(call);
  return zip(a, b, 'float32', call.dtype, Math.atan2);
};

const add = withAlpha(plainAdd);
const subtract = withAlpha(plainSubtract);

export const ARITHMETIC: KernelTable = {
  'torch.add': add, 'torch.Tensor.__add__': add, 'torch.Tensor.__radd__': swap(add),
  'torch.sub': subtract, 'torch.subtract': subtract, 'torch.Tensor.__sub__': subtract, 'torch.rsub': swap(subtract), 'torch.Tensor.__rsub__': swap(subtract),
  'torch.mul': multiply, 'torch.multiply': multiply, 'torch.Tensor.__mul__': multiply, 'torch.Tensor.__rmul__': swap(multiply),
  'torch.div': divide, 'torch.divide': divide, 'torch.true_divide': divide, 'torch.Tensor.__truediv__': divide, 'torch.Tensor.__rtruediv__': swap(divide),
  'torch.floor_divide': floorDivide, 'torch.Tensor.__floordiv__': floorDivide, 'torch.Tensor.__rfloordiv__': swap(floorDivide),
  'torch.remainder': remainder, 'torch.Tensor.__mod__': remainder, 'torch.Tensor.__rmod__': swap(remainder),
  'torch.fmod': fmod,
  'torch.pow': power, 'torch.float_power': power, 'torch.Tensor.__pow__': power, 'torch.Tensor.__rpow__': swap(power),
  'torch.maximum': extreme((x, y) => Math.max(x, y)),
  'torch.minimum': extreme((x, y) => Math.min(x, y)),
  'torch.fmax': extreme((x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y))),
  'torch.fmin': extreme((x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y))),
  'torch.atan2': atan2, 'torch.arctan2': atan2,
};
