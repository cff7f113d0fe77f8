/** Operators between Python's own values: numbers, strings, sequences, dicts and sets. */
import { add, constant, floordiv, mod, mul, neg, pow, sub } from '../../symint/symint';
import { lessEqual } from '../../symint/facts';
import type { SymInt } from '../../symint/symint';
import type { Operator, UnaryOperator } from '../../python/ast';
import type { Interpreter } from '../interpreter';
import { bool, complex, float, int, unknown } from '../../values/values';
import type { FloatValue, Value } from '../../values/values';
import { binaryComplex } from './complex-arithmetic';
import { binaryContainers } from './container-arithmetic';
import { floatDivmod, floatPower } from './float-arithmetic';
import { exactInt, intFromBigInt, isIntegral, isNumber, knownNumber, quotient, roundedInt, scaledRatio, sizeOfValue } from './numbers';
import type { NumberValue } from './numbers';
import { displayType } from './types';

export { compareValues } from './compare';

/** `left op right` for values that are neither tensors nor instances; null where no rule has this pair. */
export function binaryNumbers(op: Operator, left: Value, right: Value, interp: Interpreter): Value | null {
  if (isNumber(left) && isNumber(right)) return numbers(op, left, right, interp);
  const result = binaryComplex(op, left, right, interp) ?? binaryContainers(op, left, right, interp);
  if (result) return result;
  return isPlain(left) && isPlain(right)
    ? interp.raise('TypeError', `unsupported operand type(s) for ${op}: '${displayType(left)}' and '${displayType(right)}'`)
    : null;
}

/** Values whose operators are Python's own, all of them handled here. */
function isPlain(value: Value): boolean {
  switch (value.kind) {
    case 'int': case 'float': case 'bool': case 'str': case 'None': case 'dict': case 'set': case 'slice': return true;
    case 'list': case 'tuple': return value.typeName === null;
    default: return false;
  }
}

function numbers(op: Operator, left: NumberValue, right: NumberValue, interp: Interpreter): Value | null {
  if (op === '@') return interp.raise('TypeError', `unsupported operand type(s) for @: '${left.kind}' and '${right.kind}'`);
  if (isIntegral(left) && isIntegral(right)) {
    if (left.kind === 'bool' && right.kind === 'bool' && (op === '&' || op === '|' || op === '^')) return booleans(op, left.value, right.value);
    return integers(op, sizeOfValue(left), sizeOfValue(right), interp);
  }
  if (op === '&' || op === '|' || op === '^' || op === '<<' || op === '>>') {
    return interp.raise('TypeError', `unsupported operand type(s) for ${op}: '${left.kind}' and '${right.kind}'`);
  }
  return floats(op, left, right, interp);
}

function booleans(op: '&' | '|' | '^', a: boolean | null, b: boolean | null): Value {
  if (op === '&' && (a === false || b === false)) return bool(false);
  if (op === '|' && (a === true || b === true)) return bool(true);
  if (a === null || b === null) return bool(null);
  return bool(op === '&' ? a && b : op === '|' ? a || b : a !== b);
}

function integers(op: Operator, a: SymInt | null, b: SymInt | null, interp: Interpreter): Value {
  if ((op === '/' || op === '//' || op === '%') && b?.value === 0) {
    return interp.raise('ZeroDivisionError', op === '/' ? 'division by zero' : 'integer division or modulo by zero');
  }
  if (op === '**') return integerPower(a, b, interp);
  if (a === null || b === null) return op === '/' ? float(null) : int(op === '*' && (a?.value === 0 || b?.value === 0) ? constant(0) : null);
  switch (op) {
    case '+': return exactInt(interp, () => add(a, b));
    case '-': return exactInt(interp, () => sub(a, b));
    case '*': return exactInt(interp, () => mul(a, b));
    case '//': return exactInt(interp, () => floordiv(a, b));
    case '%': return exactInt(interp, () => mod(a, b));
    case '/': return quotient(a, b);
    default: return bits(op, a, b, interp);
  }
}

function integerPower(a: SymInt | null, b: SymInt | null, interp: Interpreter): Value {
  if (b?.value === 0) return int(constant(1));
  // The exponent's sign decides between an int and a float.
  // Such as `2 ** math.floor(math.log2(heads))`: nothing calls the code with an exponent that it is not made for.
  if (b === null && interp.guesses && (a?.value ?? 0) > 1) return int(null);
  if (b === null) return unknown('a power whose exponent is not known');
  if (lessEqual(b, constant(-1), interp.facts) === true) {
    if (a?.value === 0) return interp.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
    return a?.value == null || b.value === null ? float(null) : floatPower(a.value, b.value, interp);
  }
  if (lessEqual(constant(0), b, interp.facts) !== true) return unknown('a power whose exponent may be negative');
  return a === null ? int(null) : exactInt(interp, () => pow(a, b));
}

function bits(op: Operator, a: SymInt, b: SymInt, interp: Interpreter): Value {
  if (op === '<<' || op === '>>') {
    if (b.value !== null && b.value < 0) return interp.raise('ValueError', 'negative shift count');
    if (b.value === null || b.value > 4096) return int(null);
    if (b.value <= 52) {
      const factor = constant(2 ** b.value);
      return exactInt(interp, () => (op === '<<' ? mul(a, factor) : floordiv(a, factor)));
    }
  }
  if (a.value === null || b.value === null) return int(null);
  const x = BigInt(a.value);
  const y = BigInt(b.value);
  switch (op) {
    case '&': return intFromBigInt(x & y);
    case '|': return intFromBigInt(x | y);
    case '^': return intFromBigInt(x ^ y);
    case '<<': return intFromBigInt(x << y);
    case '>>': return intFromBigInt(x >> y);
    default: return unknown(`the operator ${op} between ints`);
  }
}

function floats(op: Operator, left: NumberValue, right: NumberValue, interp: Interpreter): Value {
  const a = knownNumber(left);
  const b = knownNumber(right);
  if ((op === '/' || op === '//' || op === '%') && b === 0) {
    return interp.raise('ZeroDivisionError', op === '/' ? 'float division by zero' : op === '%' ? 'float modulo' : 'float floor division by zero');
  }
  if (op === '**' && b === 0) return float(1);
  if (a === null || b === null) return symbolicFloats(op, left, right, interp);
  switch (op) {
    case '+': return float(a + b);
    case '-': return float(a - b);
    case '*': return float(a * b);
    case '/': return float(a / b);
    case '//': return float(floatDivmod(a, b).quotient);
    case '%': return float(floatDivmod(a, b).remainder);
    default: return floatPower(a, b, interp);
  }
}

/** `dim * 4.0` and `H / 2.0` stay exact for symbolic ints: int() of them is a size. */
function symbolicFloats(op: Operator, left: NumberValue, right: NumberValue, interp: Interpreter): FloatValue | Value {
  const a = knownNumber(left);
  const b = knownNumber(right);
  if (op === '**') return left.kind === 'float' || right.kind === 'float' ? floatOrComplex(a) : float(null);
  if (op === '*' && b !== null) return scaledRatio(left, b) ?? float(null);
  if (op === '*' && a !== null) return scaledRatio(right, a) ?? float(null);
  if (op === '/' && b !== null) return dividedRatio(left, b) ?? float(null);
  if (op === '//' && b !== null) {
    const divided = dividedRatio(left, b);
    const floored = divided && roundedInt(interp, divided, 'floor').value;
    return floored ? quotient(floored, constant(1)) : float(null);
  }
  return float(null);
}

/** A negative base has complex powers: where the base may be one, the kind of the result is open. */
function floatOrComplex(base: number | null): Value {
  return base !== null && base < 0 ? unknown('a negative number to an unknown power may be complex') : float(null);
}

function dividedRatio(value: NumberValue, divisor: number): FloatValue | null {
  const size = sizeOfValue(value);
  if (size && Number.isSafeInteger(divisor)) return quotient(size, constant(divisor));
  return scaledRatio(value, 1 / divisor * (Number.isInteger(Math.log2(Math.abs(divisor))) ? 1 : NaN));
}

/** `-x`, `+x` and `~x` of a number; null for other values. */
export function unaryNumber(op: UnaryOperator, operand: Value, interp: Interpreter): Value | null {
  if (isIntegral(operand)) {
    const size = sizeOfValue(operand);
    if (size === null) return int(null);
    if (op === '+') return int(size);
    return op === '-' ? exactInt(interp, () => neg(size)) : op === '~' ? exactInt(interp, () => sub(neg(size), constant(1))) : null;
  }
  if (operand.kind === 'float') {
    if (op === '~') return interp.raise('TypeError', "bad operand type for unary ~: 'float'");
    if (op === '+') return operand;
    if (operand.value !== null) return float(-operand.value);
    return scaledRatio(operand, -1) ?? float(null);
  }
  if (operand.kind === 'complex' && op === '+') return operand;
  if (operand.kind === 'complex' && op === '-') return complex(operand.parts && [-operand.parts[0], -operand.parts[1]]);
  if (isPlain(operand) && op !== 'not') return interp.raise('TypeError', `bad operand type for unary ${op}: '${displayType(operand)}'`);
  return null;
}
