/** How files hold the elements of each dtype, and how they are read: exactly, in whichever byte order. */
import type { Dtype } from '../shapes/values/dtype';

/** Torch's dtypes, and those that only files have. */
export type FileDtype = Dtype | 'float8_e4m3fnuz' | 'float8_e5m2fnuz' | 'float8_e8m0fnu';

/** Floats up to 32 bits as Float32Array, doubles and (up to 2^53 exactly) all integers as Float64Array, bool as 0 and 1. */
export type FileElements = Float32Array | Float64Array | Uint8Array;

/** 64-bit integers of which some are beyond 2^53. */
export type WideIntegers = BigInt64Array | BigUint64Array;

interface Format {
  /** Bytes of one number. */
  readonly bytes: number;
  /** Numbers of one element: two of a complex one. */
  readonly parts: 1 | 2;
  readonly array: Float32ArrayConstructor | Float64ArrayConstructor | Uint8ArrayConstructor;
  readonly get: (view: DataView, at: number, littleEndian: boolean) => number;
}

const format = (bytes: number, array: Format['array'], get: Format['get'], parts: 1 | 2 = 1): Format => ({ bytes, parts, array, get });
const byTable = (decode: (bits: number) => number): Format['get'] => {
  let table: Float32Array | null = null;
  return (view, at) => (table ??= Float32Array.from({ length: 256 }, (_, bits) => decode(bits)))[view.getUint8(at)]!;
};

const FORMATS: Readonly<Record<FileDtype, Format>> = {
  float64: format(8, Float64Array, (view, at, little) => view.getFloat64(at, little)),
  float32: format(4, Float32Array, (view, at, little) => view.getFloat32(at, little)),
  float16: format(2, Float32Array, (view, at, little) => half(view.getUint16(at, little))),
  bfloat16: format(2, Float32Array, (view, at, little) => bfloat16(view.getUint16(at, little))),
  complex128: format(8, Float64Array, (view, at, little) => view.getFloat64(at, little), 2),
  complex64: format(4, Float32Array, (view, at, little) => view.getFloat32(at, little), 2),
  complex32: format(2, Float32Array, (view, at, little) => half(view.getUint16(at, little)), 2),
  int64: format(8, Float64Array, (view, at, little) => Number(view.getBigInt64(at, little))),
  int32: format(4, Float64Array, (view, at, little) => view.getInt32(at, little)),
  int16: format(2, Float64Array, (view, at, little) => view.getInt16(at, little)),
  int8: format(1, Float64Array, (view, at) => view.getInt8(at)),
  uint64: format(8, Float64Array, (view, at, little) => Number(view.getBigUint64(at, little))),
  uint32: format(4, Float64Array, (view, at, little) => view.getUint32(at, little)),
  uint16: format(2, Float64Array, (view, at, little) => view.getUint16(at, little)),
  uint8: format(1, Float64Array, (view, at) => view.getUint8(at)),
  bool: format(1, Uint8Array, (view, at) => (view.getUint8(at) === 0 ? 0 : 1)),
  // https://arxiv.org/abs/2209.05433, and the variants of Graphcore and AMD (fnuz) and of the OCP's scales (e8m0).
  float8_e4m3fn: format(1, Float32Array, byTable((bits) => ((bits & 0x7f) === 0x7f ? NaN : small(bits, 3, 7)))),
  float8_e5m2: format(1, Float32Array, byTable((bits) => ((bits & 0x7f) > 0x7c ? NaN : (bits & 0x7f) === 0x7c ? signed(bits, Infinity) : small(bits, 2, 15)))),
  float8_e4m3fnuz: format(1, Float32Array, byTable((bits) => (bits === 0x80 ? NaN : small(bits, 3, 8)))),
  float8_e5m2fnuz: format(1, Float32Array, byTable((bits) => (bits === 0x80 ? NaN : small(bits, 2, 16)))),
  float8_e8m0fnu: format(1, Float32Array, byTable((bits) => (bits === 0xff ? NaN : 2 ** (bits - 127)))),
};

export function isFileDtype(name: string): name is FileDtype {
  return Object.hasOwn(FORMATS, name);
}

/** Bytes of one element. */
export function itemSize(dtype: FileDtype): number {
  return FORMATS[dtype].bytes * FORMATS[dtype].parts;
}

/** The dtype of its numbers: that of the parts of a complex one. */
export function partDtype(dtype: FileDtype): string {
  return ({ complex32: 'float16', complex64: 'float32', complex128: 'float64' } as Partial<Record<FileDtype, string>>)[dtype] ?? dtype;
}

/** Numbers of one element. */
export function partsOf(dtype: FileDtype): 1 | 2 {
  return FORMATS[dtype].parts;
}

export function allocateElements(dtype: FileDtype, count: number): FileElements {
  return new FORMATS[dtype].array(count);
}

/** Reads `count` numbers that lie `stride` bytes apart, from the byte `at` on, into `target` from `to` on, `step` apart. */
export function decode(dtype: FileDtype, bytes: Uint8Array, at: number, stride: number, littleEndian: boolean, target: FileElements, to: number, step: number, count: number): void {
  const { get, bytes: width } = FORMATS[dtype];
  // Most files: what lies there is what is wanted.
  if (dtype === 'float32' && littleEndian && LITTLE_ENDIAN && stride === width && step === 1) {
    // A copy: the bytes may begin anywhere in their buffer.
    target.set(new Float32Array(new Uint8Array(bytes.subarray(at, at + width * count)).buffer), to);
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) target[to + i * step] = get(view, at + i * stride, littleEndian);
}

/** The same of 64-bit integers, exactly. */
export function decodeWide(bytes: Uint8Array, at: number, stride: number, littleEndian: boolean, target: WideIntegers, to: number, step: number, count: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (target instanceof BigInt64Array) for (let i = 0; i < count; i++) target[to + i * step] = view.getBigInt64(at + i * stride, littleEndian);
  else for (let i = 0; i < count; i++) target[to + i * step] = view.getBigUint64(at + i * stride, littleEndian);
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const size = exponent === 0x1f ? (fraction === 0 ? Infinity : NaN) : exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

const WORD = new DataView(new ArrayBuffer(4));

function bfloat16(bits: number): number {
  WORD.setUint32(0, bits << 16);
  return WORD.getFloat32(0);
}

/** A sign bit, an exponent with this bias, and so many bits of fraction. */
function small(bits: number, fractionBits: number, bias: number): number {
  const scale = 2 ** fractionBits;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = bits & (scale - 1);
  return signed(bits, exponent === 0 ? (fraction / scale) * 2 ** (1 - bias) : (1 + fraction / scale) * 2 ** (exponent - bias));
}

const signed = (bits: number, size: number): number => (bits & 0x80 ? -size : size);
