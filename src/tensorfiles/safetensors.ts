/** The safetensors format: a JSON header of names, dtypes and places, then the bytes. https://huggingface.co/docs/safetensors */
import { bytesText, part, readExactly, readUint64, TensorFileError } from './bytes';
import type { ByteSource } from './bytes';
import { isFileDtype, itemSize } from './elements';
import { MAX_FACTS, MAX_TENSORS, numelOf, storedTensor } from './tensor';
import type { StoredTensor, TensorFile } from './tensor';

/** The format allows 100 MB; the largest models have some hundred kilobytes. */
const MAX_HEADER = 32e6;

const DTYPES: Readonly<Record<string, string>> = {
  BOOL: 'bool', U8: 'uint8', I8: 'int8', U16: 'uint16', I16: 'int16', U32: 'uint32', I32: 'int32', U64: 'uint64', I64: 'int64',
  F16: 'float16', BF16: 'bfloat16', F32: 'float32', F64: 'float64', C64: 'complex64',
  F8_E5M2: 'float8_e5m2', F8_E4M3: 'float8_e4m3fn', F8_E8M0: 'float8_e8m0fnu', F8_E4M3FNUZ: 'float8_e4m3fnuz', F8_E5M2FNUZ: 'float8_e5m2fnuz',
};

interface Described { readonly name: string; readonly dtype: string; readonly shape: readonly number[]; readonly begin: number; readonly end: number }

/** @throws TensorFileError */
export async function openSafetensors(source: ByteSource): Promise<TensorFile> {
  const length = readUint64(await readExactly(source, 0, 8, 'the length of the header'), 0);
  if (length === null || length > source.size - 8) throw new TensorFileError(`the header says that it is ${length === null ? 'more than 2^53' : length} bytes long, and the file has ${source.size}`, 0);
  if (length > MAX_HEADER) throw new TensorFileError(`a header of ${bytesText(length)} is not read; the limit is ${bytesText(MAX_HEADER)}`, 0);
  const header = parseHeader(await readExactly(source, 8, length, 'the header'));
  const { __metadata__: metadata, ...entries } = header;
  const described = Object.entries(entries).map(([name, entry]) => describe(name, entry));
  if (described.length > MAX_TENSORS) throw new TensorFileError(`the header names ${described.length} tensors; the limit is ${MAX_TENSORS}`, 8);
  const data = part(source, 8 + length, source.size - 8 - length, 'the data');
  checkLayout(described, data.size, 8 + length);
  return { format: 'safetensors', tensors: described.map((each) => toTensor(each, data)), facts: factsOf(metadata), close: async () => undefined };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new TensorFileError(`the header is not JSON: ${error instanceof Error ? error.message : String(error)}`, 8);
  }
  if (!isObject(header)) throw new TensorFileError('the header is not a JSON object', 8);
  return header;
}

function describe(name: string, entry: unknown): Described {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  const areSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
  if (typeof dtype !== 'string' || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw new TensorFileError(`the header's entry of ${name} is not {dtype, shape, data_offsets}`, 8);
  }
  return { name, dtype: DTYPES[dtype] ?? dtype, shape, begin: offsets[0]!, end: offsets[1]! };
}

/** As the format demands: each tensor has exactly its bytes, none are shared, none are left over. */
function checkLayout(described: readonly Described[], size: number, start: number): void {
  let end = 0;
  for (const each of [...described].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (each.begin !== end) throw new TensorFileError(`the data of ${each.name} begins at ${each.begin} where ${end} is expected: ${each.begin < end ? 'tensors overlap' : 'there is a gap'}`, start);
    const wanted = isFileDtype(each.dtype) ? numelOf(each.shape) * itemSize(each.dtype) : null;
    if (wanted !== null && wanted !== each.end - each.begin) throw new TensorFileError(`${each.name} of shape (${each.shape.join(', ')}) and dtype ${each.dtype} takes ${wanted} bytes; the header gives it ${each.end - each.begin}`, 8);
    end = each.end;
  }
  if (end !== size) throw new TensorFileError(`the header describes ${end} bytes of data, and the file has ${size}`, start);
}

function toTensor({ name, dtype, shape, begin, end }: Described, data: ByteSource): StoredTensor {
  return storedTensor({ name, dtype, shape, storage: String(begin), available: end - begin, data: async () => part(data, begin, end - begin, `the data of ${name}`) });
}

function factsOf(metadata: unknown): [string, string][] {
  return isObject(metadata) ? Object.entries(metadata).slice(0, MAX_FACTS).map(([key, value]) => [key, String(value)]) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
