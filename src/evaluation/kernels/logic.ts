/** Comparisons, logic and bits; all on our own exact kernels. https://docs.pytorch.org/docs/stable/torch.html#comparison-ops */
import { isFloat, isInteger } from '../elements';
import { EvaluationError } from '../errors';
import type { Dtype } from '../../shapes/values/dtype';
import { Value } from '../value';
import type { Operand } from './arguments';
import { zip } from './broadcast';
import { asValue, type Kernel, type KernelTable } from './kernel';

/** In which dtype two operands are compared: floats as soon as one is (float32 then), else exact integers. */
function comparisonDtype(a: Operand, b: Operand): Dtype {
  const isReal = (operand: Operand): boolean => (operand instanceof Value ? isFloat(operand.dtype) : operand.isFloat);
  return isReal(a) || isReal(b) ? 'float32' : 'int64';
}

// In place (`lt_`) the answers take the operand's dtype.
const compare = (operation: (x: number, y: number) => boolean): Kernel => ({ args, dtype: declared }) => {
  const a = args.operand('input', 'self');
  const b = args.operand('other');
  const dtype = comparisonDtype(a, b);
  return zip(asValue(a, dtype), asValue(b, dtype), dtype, 'bool', (x, y) => Number(operation(x, y))).to(declared);
};

const logical = (operation: (x: number, y: number) => number): Kernel => ({ args, dtype }) =>
  zip(asValue(args.operand('input', 'self'), 'bool'), asValue(args.operand('other'), 'bool'), 'bool', 'bool', operation).to(dtype);

const test = (operation: (x: number) => boolean): Kernel => ({ args, dtype }) => {
  const input = args.tensor('input', 'self');
  return Value.of(Uint8Array.from(input.host(), (x) => Number(operation(x))), input.shape, 'bool').to(dtype);
};

function bits(small: (x: number, y: number) => number, big: (x: bigint, y: bigint) => bigint): Kernel {
  const isSmall = (x: number): boolean => x === (x | 0);
  return ({ args, dtype }) => {
    const a = asValue(args.operand('input', 'self'), dtype);
    const b = asValue(args.operand('other'), dtype);
    return zip(a, b, dtype, dtype, (x, y) => (isSmall(x) && isSmall(y) ? small(x, y) : Number(big(BigInt(x), BigInt(y)))));
  };
}

/** Shifts are products and quotients with powers of two, which stay exact beyond 32 bits. */
const shift = (left: boolean): Kernel => ({ args, dtype, op }) => {
  const a = asValue(args.operand('input', 'self'), dtype);
  const b = asValue(args.operand('other'), dtype);
  return zip(a, b, dtype, dtype, (x, y) => {
    if (y < 0 || y > 63) throw new EvaluationError('invalid-argument', `${op}: a shift by ${y} is undefined`);
    return left ? x * 2 ** y : Math.floor(x / 2 ** y);
  });
};

const bitwiseNot: Kernel = ({ args, dtype }) => {
  const input = args.tensor('input', 'self');
  const source = input.host();
  if (dtype === 'bool') return Value.of(Uint8Array.from(source, (x) => 1 - x), input.shape, dtype);
  if (!isInteger(dtype)) throw new EvaluationError('invalid-argument', `bits of ${dtype} cannot be inverted`);
  return Value.computed(Float64Array.from(source, (x) => -x - 1), input.shape, dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.isclose.html */
const isclose: Kernel = ({ args }) => {
  const relative = args.number('rtol', 1e-5);
  const absolute = args.number('atol', 1e-8);
  const equalNan = args.bool('equal_nan');
  return zip(args.tensor('input', 'self'), args.tensor('other'), 'float32', 'bool', (x, y) =>
    Number(x === y || (equalNan && Number.isNaN(x) && Number.isNaN(y)) || (Number.isFinite(y) && Math.abs(x - y) <= absolute + relative * Math.abs(y))));
};

const and = bits((x, y) => x & y, (x, y) => x & y);
const or = bits((x, y) => x | y, (x, y) => x | y);
const xor = bits((x, y) => x ^ y, (x, y) => x ^ y);
const eq = compare((x, y) => x === y);
const ne = compare((x, y) => x !== y);
const lt = compare((x, y) => x < y);
const le = compare((x, y) => x <= y);
const gt = compare((x, y) => x > y);
const ge = compare((x, y) => x >= y);

export const LOGIC: KernelTable = {
  'torch.eq': eq, 'torch.Tensor.__eq__': eq,
  'torch.ne': ne, 'torch.not_equal': ne, 'torch.Tensor.__ne__': ne,
  'torch.lt': lt, 'torch.less': lt, 'torch.Tensor.__lt__': lt,
  'torch.le': le, 'torch.less_equal': le, 'torch.Tensor.__le__': le,
  'torch.gt': gt, 'torch.greater': gt, 'torch.Tensor.__gt__': gt,
  'torch.ge': ge, 'torch.greater_equal': ge, 'torch.Tensor.__ge__': ge,
  'torch.isclose': isclose,
  'torch.isnan': test(Number.isNaN),
  'torch.isinf': test((x) => Math.abs(x) === Infinity),
  'torch.isfinite': test(Number.isFinite),
  'torch.logical_not': test((x) => x === 0),
  'torch.logical_and': logical((x, y) => x & y),
  'torch.logical_or': logical((x, y) => x | y),
  'torch.logical_xor': logical((x, y) => x ^ y),
  'torch.bitwise_and': and, 'torch.Tensor.__and__': and, 'torch.Tensor.__rand__': and,
  'torch.bitwise_or': or, 'torch.Tensor.__or__': or, 'torch.Tensor.__ror__': or,
  'torch.bitwise_xor': xor, 'torch.Tensor.__xor__': xor, 'torch.Tensor.__rxor__': xor,
  'torch.bitwise_not': bitwiseNot, 'torch.Tensor.__invert__': bitwiseNot,
  'torch.bitwise_left_shift': shift(true), 'torch.Tensor.__lshift__': shift(true),
  'torch.bitwise_right_shift': shift(false), 'torch.Tensor.__rshift__': shift(false),
};
