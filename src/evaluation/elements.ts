/** How the elements of each dtype are held in memory, and how they are rounded or wrapped to it. */
import type { Dtype } from '../shapes/values/dtype';
import { EvaluationError } from './errors';
import type { Elements } from './messages';

export function isFloat(dtype: Dtype): boolean {
  return dtype === 'float32' || dtype === 'float64' || dtype === 'float16' || dtype === 'bfloat16';
}

export function isInteger(dtype: Dtype): boolean {
  return INTEGER_BITS[dtype] !== undefined;
}

export function isComplex(dtype: Dtype): boolean {
  return dtype === 'complex64' || dtype === 'complex128' || dtype === 'complex32';
}

/** Numbers that one element is held as: a complex one as its real and its imaginary part. */
export function componentsOf(dtype: Dtype): number {
  return isComplex(dtype) ? 2 : 1;
}

const INTEGER_BITS: Partial<Record<Dtype, { readonly bits: number; readonly signed: boolean }>> = {
  int64: { bits: 64, signed: true }, int32: { bits: 32, signed: true }, int16: { bits: 16, signed: true }, int8: { bits: 8, signed: true },
  uint64: { bits: 64, signed: false }, uint32: { bits: 32, signed: false }, uint16: { bits: 16, signed: false }, uint8: { bits: 8, signed: false },
};

/** Zeros. @throws EvaluationError for dtypes that have no representation here (float8) */
export function allocate(dtype: Dtype, count: number): Elements {
  if (isFloat(dtype)) return new Float32Array(count);
  if (isComplex(dtype)) return new Float32Array(2 * count);
  if (dtype === 'bool') return new Uint8Array(count);
  if (isInteger(dtype)) return new Float64Array(count);
  throw new EvaluationError('unsupported-dtype', `${dtype} values cannot be evaluated; shapes of them can be traced`);
}

/** Bytes of one element in memory. */
export function bytesPerElement(dtype: Dtype): number {
  return isFloat(dtype) ? 4 : dtype === 'bool' ? 1 : 8;
}

/** The greatest integer up to which every one is exact in a double. */
export const EXACT = Number.MAX_SAFE_INTEGER + 1;

/**
 * Brings freshly computed elements into the range of their dtype, in place: narrow integers wrap around as torch's do,
 * half precisions are rounded. @throws EvaluationError where a 64-bit integer leaves what is exact
 */
export function settle(elements: Elements, dtype: Dtype): Elements {
  if (dtype === 'float16' || dtype === 'bfloat16') {
    const round = dtype === 'float16' ? roundToHalf : roundToBfloat16;
    for (let i = 0; i < elements.length; i++) elements[i] = round(elements[i] as number);
    return elements;
  }
  if (dtype === 'bool') {
    for (let i = 0; i < elements.length; i++) if ((elements[i] as number) > 1) elements[i] = 1;
    return elements;
  }
  const kind = INTEGER_BITS[dtype];
  if (!kind) return elements;
  for (let i = 0; i < elements.length; i++) {
    const value = elements[i] as number;
    if (Math.floor(value) !== value && Math.abs(value) <= EXACT) throw new EvaluationError('internal', `${value} is no ${dtype} value`);
    if (!(Math.abs(value) <= EXACT)) {
      if (undefinedAllowed && Number.isNaN(value)) continue;
      throw beyondExact(dtype, value);
    }
    if (kind.bits < 64) elements[i] = wrap(value, kind.bits, kind.signed);
    else if (!kind.signed && value < 0) throw beyondExact(dtype, value);
    else if (Object.is(value, -0)) elements[i] = 0;
  }
  return elements;
}

let undefinedAllowed = false;

/** In `body` integers may be NaN, for those that torch leaves undefined (`undefinedIntegers.ts`). */
export function allowingUndefined<T>(body: () => T): T {
  undefinedAllowed = true;
  try {
    return body();
  } finally {
    undefinedAllowed = false;
  }
}

export function beyondExact(dtype: Dtype, value: number | bigint): EvaluationError {
  return new EvaluationError('beyond-2^53', `an ${dtype} value (about ${Number(value)}) is beyond 2^53, where integers are not exact here`);
}

/** Wraps an exact integer to so many bits. */
export function wrap(value: number, bits: number, signed: boolean): number {
  const modulus = 2 ** bits;
  let rest = value % modulus;
  if (rest < 0) rest += modulus;
  if (signed && rest >= modulus / 2) rest -= modulus;
  return rest;
}

/** An exact integer (from a product, say) to a number of the dtype. */
export function fromBigInt(value: bigint, dtype: Dtype): number {
  const kind = INTEGER_BITS[dtype];
  if (!kind || kind.bits === 64) {
    const number = Number(value);
    if (Math.abs(number) > EXACT || BigInt(number) !== value) throw beyondExact(dtype, value);
    return number;
  }
  return Number(kind.signed ? BigInt.asIntN(kind.bits, value) : BigInt.asUintN(kind.bits, value));
}

/** To the nearest IEEE half, ties to even; beyond its range infinity. */
export function roundToHalf(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const magnitude = Math.abs(value);
  // 65520 lies halfway between the greatest half and the next power of two.
  if (magnitude >= 65520) return Math.sign(value) * Infinity;
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), -14);
  const step = 2 ** (exponent - 10);
  return Math.sign(value) * roundTiesToEven(magnitude / step) * step;
}

/** To the nearest bfloat16, ties to even. */
export function roundToBfloat16(value: number): number {
  BITS_FLOAT[0] = value;
  if (Number.isNaN(value)) return value;
  const bits = BITS_INT[0] as number;
  BITS_INT[0] = ((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000) >>> 0;
  return BITS_FLOAT[0];
}
const BITS_FLOAT = new Float32Array(1);
const BITS_INT = new Uint32Array(BITS_FLOAT.buffer);

export function roundTiesToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** Elements of one dtype as another, as `Tensor.to` converts: floats are cut toward zero, anything but 0 is true. */
export function convert(elements: Elements, from: Dtype, to: Dtype): Elements {
  if (from === to) return elements;
  const result = allocate(to, elements.length);
  if (to === 'bool') for (let i = 0; i < elements.length; i++) result[i] = elements[i] === 0 ? 0 : 1;
  else if (isInteger(to) && isFloat(from)) {
    for (let i = 0; i < elements.length; i++) {
      const value = elements[i] as number;
      if (!Number.isFinite(value) && undefinedAllowed) result[i] = NaN;
      else if (!Number.isFinite(value)) throw new EvaluationError('unsupported-argument', `${value} has no ${to} value (torch leaves the result undefined)`);
      else result[i] = Math.trunc(value);
    }
  } else result.set(elements);
  return settle(result, to);
}
