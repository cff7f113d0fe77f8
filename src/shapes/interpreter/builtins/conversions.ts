/** Builtins that make one number or string of another: int, float, str, round, abs, divmod, pow, ord … */
import { constant, neg } from '../../symint/symint';
import { divideExact, lessEqual } from '../../symint/facts';
import { NO_KEYWORDS } from '../interpreter';
import { bool, complex, contentOf, float, int, str, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { binaryNumbers } from './arithmetic';
import { bind, unhandled, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { roundTo } from './decimal';
import { formatValue, reprOf, strOf } from './format';
import { findInClass } from './instances';
import { partsOfNumber } from './complex-arithmetic';
import { exactInt, floatOfSize, intFromNumber, isIntegral, isNumber, knownInt, roundedInt, sizeOfValue } from './numbers';
import { displayType, isException } from './types';
import { floatFromText, intFromText } from './number-text';

/** The special method of an instance, called; null where it has none. */
export function special(call: BuiltinCall, value: Value, name: string, args: readonly Value[] = []): Value | null {
  if (value.kind !== 'instance') return null;
  const method = findInClass(value.cls, name);
  return method && call.interp.call(method, [value, ...args], NO_KEYWORDS, call.span);
}

/** The one number of a tensor. */
function itemOf(call: BuiltinCall, tensor: Value): Value {
  return call.interp.call(call.interp.getAttribute(tensor, 'item', call.span), [], NO_KEYWORDS, call.span);
}

function toInt(call: BuiltinCall): Value {
  const [given, base] = bind(call, ['x', 'base'], 0);
  if (!given) return int(constant(0));
  const value = contentOf(given);
  if (value.kind === 'str') {
    const radix = base === undefined ? 10 : knownInt(base);
    // Digits of other scripts count as well; they are not read.
    if (value.value === null || radix === null || !isAscii(value.value)) return int(null);
    const number = intFromText(value.value, radix);
    return number === null ? call.interp.raise('ValueError', `invalid literal for int() with base ${radix}: ${reprOf(value)}`) : int(number.exact ? constant(number.value) : null);
  }
  if (isIntegral(value)) return int(sizeOfValue(value));
  if (value.kind === 'float') {
    if (value.value !== null && !Number.isFinite(value.value)) {
      return call.interp.raise(Number.isNaN(value.value) ? 'ValueError' : 'OverflowError', `cannot convert float ${Number.isNaN(value.value) ? 'NaN' : 'infinity'} to integer`);
    }
    return roundedInt(call.interp, value, 'trunc');
  }
  if (value.kind === 'Tensor') return toInt({ ...call, args: [itemOf(call, value)] });
  // A text that is not known is taken to spell the size that it may be instead.
  const sizes = value.kind === 'union' ? value.options.filter((option) => option.kind !== 'str' || option.value !== null) : [];
  if (sizes.length === 1 && isIntegral(sizes[0]!)) return int(sizeOfValue(sizes[0]!));
  if (value.kind === 'unknown' || value.kind === 'union') return int(null);
  if (value.kind === 'None' || value.kind === 'list' || value.kind === 'tuple' || value.kind === 'dict') {
    return call.interp.raise('TypeError', `int() argument must be a string, a bytes-like object or a real number, not '${displayType(value)}'`);
  }
  return special(call, value, '__int__') ?? special(call, value, '__index__') ?? int(null);
}

function toFloat(call: BuiltinCall): Value {
  const [value] = bind(call, ['x'], 0);
  if (!value) return float(0);
  if (value.kind === 'str') {
    if (value.value === null || !isAscii(value.value)) return float(null);
    const number = floatFromText(value.value);
    return number === null ? call.interp.raise('ValueError', `could not convert string to float: ${reprOf(value)}`) : float(number);
  }
  if (value.kind === 'float') return value;
  if (value.kind === 'Tensor') return toFloat({ ...call, args: [itemOf(call, value)] });
  if (isIntegral(value)) {
    const size = sizeOfValue(value);
    return size ? floatOfSize(size) : float(null);
  }
  if (value.kind === 'None' || value.kind === 'list' || value.kind === 'tuple' || value.kind === 'dict') {
    return call.interp.raise('TypeError', `float() argument must be a string or a real number, not '${displayType(value)}'`);
  }
  return special(call, value, '__float__') ?? float(null);
}

/** str() or repr(), by the methods that an instance's class defines. */
export function textOf(call: BuiltinCall, value: Value, how: 'str' | 'repr'): Value {
  if (value.kind === 'instance') {
    const method = (how === 'str' ? findInClass(value.cls, '__str__') : null) ?? findInClass(value.cls, '__repr__');
    if (method) return call.interp.call(method, [value], NO_KEYWORDS, call.span);
    const base = value.cls.mro.find((cls) => cls.builtin !== null && isException(cls.builtin));
    const args = value.attributes.get('args');
    if (base && how === 'str' && args?.kind === 'tuple' && args.items && args.items.length <= 1) return str(args.items.length === 0 ? '' : strOf(args.items[0]!));
    return value.content ? textOf(call, value.content, how) : str(null);
  }
  if (value.kind === 'int' && knownInt(value) === null) return { kind: 'str', value: null, isNumeral: true };
  return str(how === 'str' ? strOf(value) : reprOf(value));
}

function round(call: BuiltinCall): Value {
  const [value, ndigits] = bind(call, ['number', 'ndigits'], 1);
  const digits = ndigits === undefined || ndigits.kind === 'None' ? null : knownInt(ndigits);
  const hasDigits = ndigits !== undefined && ndigits.kind !== 'None';
  if (isIntegral(value!)) {
    if (!hasDigits || (digits !== null && digits >= 0)) return int(sizeOfValue(value));
    const number = knownInt(value);
    return number === null || digits === null ? int(null) : intFromNumber(roundTo(number, digits));
  }
  if (value!.kind === 'float') {
    if (hasDigits) return float(value!.value === null || digits === null ? null : roundTo(value!.value, digits));
    if (value!.value !== null) {
      if (!Number.isFinite(value!.value)) return call.interp.raise(Number.isNaN(value!.value) ? 'ValueError' : 'OverflowError', 'cannot convert float to integer');
      return intFromNumber(roundTo(value!.value, 0) + 0);
    }
    const ratio = value!.ratio;
    return int(ratio ? divideExact(ratio.numerator, ratio.denominator, call.interp.facts) : null);
  }
  return special(call, value!, '__round__', ndigits ? [ndigits] : []) ?? (hasDigits ? unhandled(call) : unknownFrom([value], 'what is rounded is no number'));
}

function abs(call: BuiltinCall): Value {
  const [value] = bind(call, ['x'], 1);
  if (value!.kind === 'Tensor') return call.interp.call(call.interp.getAttribute(value!, 'abs', call.span), [], NO_KEYWORDS, call.span);
  if (isIntegral(value!)) {
    const size = sizeOfValue(value);
    if (!size) return int(null);
    if (lessEqual(constant(0), size, call.interp.facts) === true) return int(size);
    return lessEqual(size, constant(0), call.interp.facts) === true ? exactInt(call.interp, () => neg(size)) : int(null);
  }
  if (value!.kind === 'float') {
    if (value!.value !== null) return float(Math.abs(value!.value));
    const { ratio } = value!;
    const isPositive = ratio && lessEqual(constant(0), ratio.numerator, call.interp.facts) === true && lessEqual(constant(1), ratio.denominator, call.interp.facts) === true;
    return isPositive ? value! : float(null);
  }
  if (value!.kind === 'complex') return float(value!.parts && Math.hypot(...value!.parts));
  return special(call, value!, '__abs__') ?? unhandled(call);
}

function divmod(call: BuiltinCall): Value {
  const [a, b] = bind(call, ['x', 'y'], 2);
  if (!isNumber(a!) || !isNumber(b!)) return unhandled(call);
  const quotient = binaryNumbers('//', a, b, call.interp);
  const remainder = binaryNumbers('%', a, b, call.interp);
  return quotient && remainder ? tuple([quotient, remainder]) : unhandled(call);
}

function power(call: BuiltinCall): Value {
  const [base, exponent, modulus] = bind(call, ['base', 'exp', 'mod'], 2);
  if (modulus && modulus.kind !== 'None') {
    const [b, e, m] = [knownInt(base), knownInt(exponent), knownInt(modulus)];
    if (b === null || e === null || m === null || e < 0 || e > 64 || m === 0) return int(null);
    const n = BigInt(m);
    const rest = BigInt(b) ** BigInt(e) % n;
    return intFromNumber(Number(rest !== 0n && rest < 0n !== n < 0n ? rest + n : rest));
  }
  return call.interp.binary('**', base!, exponent!, call.span);
}

/** Of one number or two; of a text it is not read. */
function complexNumber(call: BuiltinCall): Value {
  const [real, imaginary] = bind(call, ['real', 'imag'], 0);
  const [x, y] = [real, imaginary].map((part) => (part === undefined ? [0, 0] as const : partsOfNumber(part)));
  return complex(x && y ? [x[0] - y[1], x[1] + y[0]] : null);
}

function based(prefix: string, radix: number) {
  return (call: BuiltinCall): Value => {
    const number = knownInt(bind(call, ['number'], 1)[0]);
    return str(number === null ? null : `${number < 0 ? '-' : ''}${prefix}${Math.abs(number).toString(radix)}`);
  };
}

function format(call: BuiltinCall): Value {
  const [value, spec] = bind(call, ['value', 'format_spec'], 1);
  const text = spec === undefined ? '' : spec.kind === 'str' ? spec.value : null;
  if (text === '' && value!.kind === 'instance') return textOf(call, value!, 'str');
  const formatted = text === null ? null : formatValue(value!, text);
  const isRefused = formatted === null && text !== null && isPlain(value!) && reprOf(value!) !== null && !text.includes('z');
  return isRefused ? call.interp.raise('ValueError', `Invalid format specifier '${text}' for object of type '${displayType(value!)}'`) : str(formatted);
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function isPlain(value: Value): boolean {
  return isNumber(value) || value.kind === 'str';
}

function fromHex(call: BuiltinCall): Value {
  const text = call.args[0];
  return text?.kind === 'str' && text.value !== null && /^[+-]?0x[0-9a-f]{1,12}$/i.test(text.value) ? float(Number(text.value.replace('+', ''))) : float(null);
}

export const conversions: BuiltinTable = {
  int: toInt,
  float: toFloat,
  complex: complexNumber,
  bool: (call) => bool(call.args.length === 0 ? false : call.interp.truth(call.args[0]!, call.span)),
  str: (call) => (call.args.length === 0 ? str('') : textOf(call, call.args[0]!, 'str')),
  repr: (call) => textOf(call, bind(call, ['obj'], 1)[0]!, 'repr'),
  ascii: (call) => str(formatValue(bind(call, ['obj'], 1)[0]!, '', 'a')),
  format,
  round,
  abs,
  divmod,
  pow: power,
  hex: based('0x', 16),
  oct: based('0o', 8),
  bin: based('0b', 2),
  ord: (call) => {
    const [character] = bind(call, ['c'], 1);
    if (character!.kind !== 'str' || character!.value === null) return int(null);
    const characters = [...character!.value];
    return characters.length === 1 ? intFromNumber(characters[0]!.codePointAt(0)!) : call.interp.raise('TypeError', `ord() expected a character, but string of length ${characters.length} found`);
  },
  chr: (call) => {
    const code = knownInt(bind(call, ['i'], 1)[0]);
    if (code === null) return str(null);
    return code >= 0 && code < 0x110000 ? str(String.fromCodePoint(code)) : call.interp.raise('ValueError', 'chr() arg not in range(0x110000)');
  },
  hash: () => int(null),
  id: () => int(null),
  bytes: () => unknown('bytes are not traced'),
  bytearray: () => unknown('bytes are not traced'),
  memoryview: () => unknown('bytes are not traced'),
  'float.fromhex': fromHex,
  'int.from_bytes': () => int(null),
};
