/** NumPy's file format: a header in Python's syntax, then the elements. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
import type { ExactElements } from '../viewerSource';

interface Encoding<Value = number> {
  /** NumPy's name of the dtype. */
  readonly descr: string;
  readonly bytes: number;
  write(view: DataView, at: number, value: Value): void;
}

const float32: Encoding = { descr: '<f4', bytes: 4, write: (view, at, value) => view.setFloat32(at, value, true) };
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  float32,
  // NumPy has no such dtype; each of its values is a float32.
  bfloat16: float32,
  float64: { descr: '<f8', bytes: 8, write: (view, at, value) => view.setFloat64(at, value, true) },
  float16: { descr: '<f2', bytes: 2, write: (view, at, value) => view.setUint16(at, halfBits(value), true) },
  bool: { descr: '|b1', bytes: 1, write: (view, at, value) => view.setUint8(at, value ? 1 : 0) },
  uint8: { descr: '|u1', bytes: 1, write: (view, at, value) => view.setUint8(at, value) },
  int8: { descr: '|i1', bytes: 1, write: (view, at, value) => view.setInt8(at, value) },
  int16: { descr: '<i2', bytes: 2, write: (view, at, value) => view.setInt16(at, value, true) },
  uint16: { descr: '<u2', bytes: 2, write: (view, at, value) => view.setUint16(at, value, true) },
  int32: { descr: '<i4', bytes: 4, write: (view, at, value) => view.setInt32(at, value, true) },
  uint32: { descr: '<u4', bytes: 4, write: (view, at, value) => view.setUint32(at, value, true) },
};
const WIDE: Readonly<Record<string, Encoding<number | bigint>>> = {
  int64: { descr: '<i8', bytes: 8, write: (view, at, value) => view.setBigInt64(at, BigInt(value), true) },
  uint64: { descr: '<u8', bytes: 8, write: (view, at, value) => view.setBigUint64(at, BigInt(value), true) },
};
const COMPLEX: Readonly<Record<string, string>> = { complex64: '<c8', complex128: '<c16' };

/** The header's whole length is a multiple of this. */
const ALIGNMENT = 64;
const MAGIC = [0x93, ...[...'NUMPY'].map((letter) => letter.charCodeAt(0)), 1, 0];

/** @param complex the dtype where the last dim is that of real and imaginary part, and one number in the file */
export async function* npyFile(dtype: string, shape: readonly number[], parts: AsyncIterable<{ readonly values: ExactElements }>, complex?: string): AsyncGenerator<Uint8Array> {
  const encoding = WIDE[dtype] ?? ENCODINGS[dtype] as Encoding<number | bigint> | undefined;
  if (!encoding) throw new Error(`${dtype} has no counterpart in NumPy`);
  const together = complex === undefined ? undefined : COMPLEX[complex];
  yield npyHeader(together ?? encoding.descr, together ? shape.slice(0, -1) : shape);
  for await (const { values } of parts) {
    const view = new DataView(new ArrayBuffer(values.length * encoding.bytes));
    for (let i = 0; i < values.length; i++) encoding.write(view, i * encoding.bytes, values[i]!);
    yield new Uint8Array(view.buffer);
  }
}

function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = MAGIC.length + 2;
  const length = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT - before;
  return Uint8Array.from([...MAGIC, length % 256, Math.floor(length / 256), ...[...`${text.padEnd(length - 1)}\n`].map((letter) => letter.charCodeAt(0))]);
}

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/** The bits of a half, of a number that is one already (values of halves are rounded where they are computed). */
export function halfBits(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  const half = exponent - 127 + 15;
  if (half >= 0x1f) return sign | 0x7c00;
  if (half > 0) return sign | (half << 10) | (fraction >>> 13);
  // Below the least normal half the leading one is written out.
  return half < -10 ? sign : sign | ((fraction | 0x800000) >>> (14 - half));
}
