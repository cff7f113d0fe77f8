/** From what a checkpoint's pickle holds to a list of tensors by their dotted names, and a list of what else it says. */
import { MemoryBytes, TensorFileError } from '../bytes';
import type { ByteSource } from '../bytes';
import { isFileDtype, itemSize } from '../elements';
import { dtypeOf } from '../pickle/numpyScalar';
import { itemsOf, NumpyArray, PyDict, PyGlobal, PyRecord, PyTensor } from '../pickle/values';
import type { PickleValue, StorageReference } from '../pickle/values';
import { contiguousStrides, MAX_FACTS, MAX_TENSORS, storedTensor } from '../tensor';
import type { StoredTensor } from '../tensor';

/** A storage that the file holds. */
export interface StorageBytes { readonly size: number; open(): Promise<ByteSource> }

export interface Contents { readonly tensors: readonly StoredTensor[]; readonly facts: readonly (readonly [string, string])[] }

/** A pickle may name one list a thousand times, in lists that it names a thousand times: what is looked at is counted. */
const MAX_VISITS = 1_000_000;
const MAX_DEPTH = 60;
const MAX_FACT_LENGTH = 200;

/** @param storageOf the bytes that a tensor refers to @throws TensorFileError */
export function contentsOf(root: PickleValue, littleEndian: boolean, storageOf: (reference: StorageReference) => StorageBytes): Contents {
  const tensors: StoredTensor[] = [];
  const facts: [string, string][] = [];
  const around = new Set<PickleValue>();
  let visits = 0;
  const visit = (value: PickleValue, path: readonly string[]): void => {
    if (++visits > MAX_VISITS) throw new TensorFileError(`the file holds more than ${MAX_VISITS} values, the same ones many times over`);
    if (path.length > MAX_DEPTH) throw new TensorFileError(`the file nests its values deeper than ${MAX_DEPTH}`);
    const name = path.join('.');
    if (value instanceof PyTensor) tensors.push(torchTensor(name || 'tensor', value, littleEndian, storageOf));
    else if (value instanceof NumpyArray) tensors.push(numpyArray(name || 'array', value, tensors.length));
    else {
      const children = childrenOf(value);
      if (!children) {
        if (facts.length < MAX_FACTS) facts.push([name || 'value', textOf(value)]);
        return;
      }
      // A value that holds itself would be endless.
      if (around.has(value)) return;
      around.add(value);
      for (const [key, child] of children) visit(child, [...path, key]);
      around.delete(value);
    }
    if (tensors.length > MAX_TENSORS) throw new TensorFileError(`the file names more than ${MAX_TENSORS} tensors`);
  };
  visit(root, []);
  return { tensors, facts };
}

function childrenOf(value: PickleValue): Iterable<readonly [string, PickleValue]> | null {
  if (value instanceof PyDict) return [...value.entries].map(([key, child]) => [typeof key === 'object' && key !== null ? '(a key)' : String(key), child] as const);
  if (value instanceof PyRecord) return childrenOf(value.state) ?? [];
  return itemsOf(value)?.map((child, i) => [String(i), child] as const) ?? null;
}

function textOf(value: PickleValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = value instanceof PyGlobal ? value.name : typeof value === 'object' ? value.constructor.name : String(value);
  return text.length > MAX_FACT_LENGTH ? `${text.slice(0, MAX_FACT_LENGTH - 1)}…` : text;
}

function torchTensor(name: string, tensor: PyTensor, littleEndian: boolean, storageOf: (reference: StorageReference) => StorageBytes): StoredTensor {
  const { storage, dtype, shape, strides, unreadable } = tensor;
  const bytes = storageOf(storage);
  const viewed = storage.viewOffset * (storage.dtype !== null && isFileDtype(storage.dtype) ? itemSize(storage.dtype) : 1);
  const width = isFileDtype(dtype) ? itemSize(dtype) : 1;
  return storedTensor({ name, dtype, shape, strides, offset: tensor.offset + viewed / width, littleEndian, unreadable, storage: storage.key, available: bytes.size, data: () => bytes.open() });
}

function numpyArray(name: string, { dtype, shape, fortran, bytes }: NumpyArray, index: number): StoredTensor {
  if (!dtype) throw new TensorFileError(`the array ${name} has no dtype`);
  return storedTensor({
    name, ...dtypeOf(dtype), shape, strides: fortran ? contiguousStrides([...shape].reverse()).reverse() : contiguousStrides(shape),
    storage: `numpy ${index}`, available: bytes.length, data: async () => new MemoryBytes(bytes),
  });
}
