/** NumPy's .npy format: one array behind a header that is a Python literal. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
import { bytesText, part, readExactly, TensorFileError } from './bytes';
import type { ByteSource } from './bytes';
import { parseLiteral } from './literal';
import type { Literal } from './literal';
import { contiguousStrides, storedTensor } from './tensor';
import type { StoredTensor } from './tensor';

export const NPY_MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;
/** NumPy refuses longer ones than 10 kB unless it is told to trust the file; only arrays of records have such. */
export const MAX_NPY_HEADER = 64_000;

export interface NpyHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly littleEndian: boolean;
  readonly unreadable: string | null;
  /** Where the elements begin. */
  readonly start: number;
}

/** @param head at least the header's bytes, the beginning of the file @throws TensorFileError */
export function parseNpyHeader(head: Uint8Array): NpyHeader {
  if (head.length < 12 || NPY_MAGIC.some((byte, i) => head[i] !== byte)) throw new TensorFileError('this is no .npy file: it does not begin with \\x93NUMPY', 0);
  const [major, minor] = [head[6]!, head[7]!];
  if (major < 1 || major > 3 || minor !== 0) throw new TensorFileError(`version ${major}.${minor} of the .npy format is not known`, 6);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [begin, length] = major === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (length > MAX_NPY_HEADER) throw new TensorFileError(`a header of ${bytesText(length)} is not read; the limit is ${bytesText(MAX_NPY_HEADER)}`, 8);
  if (begin + length > head.length) throw new TensorFileError(`the header says that it is ${length} bytes long, and the file ends after ${head.length - begin}`, 8);
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(head.subarray(begin, begin + length));
  const header = parseLiteral(text);
  if (!(header instanceof Map)) throw new TensorFileError('the header is no dict', begin);
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => {
    if (!header.has(key)) throw new TensorFileError(`the header has no ${key}`, begin);
    return header.get(key) as Literal;
  });
  if (typeof order !== 'boolean') throw new TensorFileError('fortran_order is neither True nor False', begin);
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) throw new TensorFileError(`the shape ${JSON.stringify(shape)} is no tuple of sizes`, begin);
  const sizes = shape as readonly number[];
  return { ...numpyDtype(descr!), shape: sizes, strides: order ? contiguousStrides([...sizes].reverse()).reverse() : contiguousStrides(sizes), start: begin + length };
}

const KINDS: Readonly<Record<string, string>> = {
  b1: 'bool', i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64', u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64',
  f2: 'float16', f4: 'float32', f8: 'float64', c8: 'complex64', c16: 'complex128',
};
const OTHERS: Readonly<Record<string, string>> = { U: 'text', S: 'text', a: 'text', M: 'dates', m: 'durations', V: 'raw bytes, as NumPy saves types that it has not itself (bfloat16 and the like)', f: 'floats that only some machines have', c: 'complex numbers that only some machines have' };

/** What a type string of numpy (`<f4`) says. */
export function numpyDtype(descr: Literal): Pick<NpyHeader, 'dtype' | 'littleEndian' | 'unreadable'> {
  if (typeof descr !== 'string') return { dtype: 'record', littleEndian: true, unreadable: 'it is an array of records' };
  const [, order, type, size] = /^([<>|=]?)([A-Za-z?])(\d*)/.exec(descr) ?? [];
  if (type === undefined) throw new TensorFileError(`${JSON.stringify(descr)} is no dtype of NumPy`);
  if (type === 'O') throw new TensorFileError('this is an array of Python objects, which NumPy keeps as a pickle: it could run code, so it is not read');
  const dtype = type === '?' ? 'bool' : KINDS[`${type}${size}`];
  const littleEndian = order !== '>';
  return dtype ? { dtype, littleEndian, unreadable: null } : { dtype: descr, littleEndian, unreadable: `its elements are ${OTHERS[type] ?? 'of a kind that is not known'} (NumPy's ${descr})` };
}

/** @param data where the file's bytes are read from when they are needed, @param size how many it has */
export function npyTensor(name: string, header: NpyHeader, size: number, data: () => Promise<ByteSource>): StoredTensor {
  const available = size - header.start;
  return storedTensor({ name, ...header, storage: name, available, data: async () => part(await data(), header.start, available, `the elements of ${name}`) });
}

/** @throws TensorFileError */
export async function openNpy(source: ByteSource, name: string): Promise<StoredTensor> {
  const head = await readExactly(source, 0, Math.min(source.size, MAX_NPY_HEADER + 12), 'the header');
  return npyTensor(name, parseNpyHeader(head), source.size, async () => source);
}
