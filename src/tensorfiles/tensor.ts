/** What a file of tensors holds, whatever its format: names, shapes, and where the elements lie. */
import type { ByteSource } from './bytes';
import { bytesText, TensorFileError } from './bytes';
import { isFileDtype, itemSize } from './elements';
import type { FileDtype } from './elements';

export interface StoredTensor {
  readonly name: string;
  /** As torch calls it; where values of such elements are not read, as the file does. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** From one index to the next along each dim, in elements. */
  readonly strides: readonly number[];
  /** Of the first element in `data`, in elements. */
  readonly offset: number;
  readonly littleEndian: boolean;
  /** Of its elements; a storage that it shares may be larger. */
  readonly bytes: number;
  /** Why its values cannot be read; null where they can. */
  readonly unreadable: string | null;
  /** Names the memory that it lies in: tensors with the same one share it. */
  readonly storage: string;
  /** The bytes that it lies in, opened when they are needed. @throws TensorFileError */
  data(): Promise<ByteSource>;
}

export interface TensorFile {
  /** For people: `safetensors`, `PyTorch checkpoint (zip)`. */
  readonly format: string;
  readonly tensors: readonly StoredTensor[];
  /** What else the file says, as texts: `epoch` and `12`. */
  readonly facts: readonly (readonly [string, string])[];
  close(): Promise<void>;
}

/** More tensors than any model has. */
export const MAX_TENSORS = 200_000;
export const MAX_FACTS = 200;
const MAX_RANK = 64;

export function numelOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let dim = shape.length - 2; dim >= 0; dim--) strides[dim] = strides[dim + 1]! * shape[dim + 1]!;
  return strides;
}

export interface TensorParts {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly littleEndian?: boolean;
  readonly unreadable?: string | null;
  readonly storage: string;
  /** Bytes that `data` will have. */
  readonly available: number;
  readonly data: () => Promise<ByteSource>;
}

/** A tensor whose elements are known to lie within its data. @throws TensorFileError where they do not */
export function storedTensor({ name, dtype, shape, strides = contiguousStrides(shape), offset = 0, littleEndian = true, unreadable = null, storage, available, data }: TensorParts): StoredTensor {
  const fail = (problem: string): never => { throw new TensorFileError(`the tensor ${name} ${problem}`); };
  const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  if (shape.length > MAX_RANK) fail(`has ${shape.length} dims; no tensor has more than ${MAX_RANK}`);
  if (!shape.every(isSize)) fail(`has an impossible shape: (${shape.join(', ')})`);
  if (strides.length !== shape.length || !strides.every(isSize)) fail(`has impossible strides: (${strides.join(', ')}) for a shape of (${shape.join(', ')})`);
  if (!isSize(offset)) fail(`begins at the impossible element ${offset}`);
  const count = numelOf(shape);
  if (!Number.isSafeInteger(count)) fail(`has an impossible shape: (${shape.join(', ')})`);
  const known = isFileDtype(dtype) ? itemSize(dtype) : null;
  const last = count === 0 ? 0 : offset + shape.reduce((sum, size, dim) => sum + (size - 1) * strides[dim]!, 0) + 1;
  if (known !== null && !(last * known <= available)) {
    fail(`of shape (${shape.join(', ')}) and dtype ${dtype} needs ${bytesText(last * known)}, and its storage has ${bytesText(available)}`);
  }
  return { name, dtype, shape, strides, offset, littleEndian, bytes: known === null ? available : count * known, unreadable: unreadable ?? (known === null ? `elements of dtype ${dtype} are not read` : null), storage, data };
}

/** The dtype, where values can be read. @throws TensorFileError why not */
export function readableDtype(tensor: StoredTensor): FileDtype {
  if (tensor.unreadable !== null) throw new TensorFileError(`the values of ${tensor.name} cannot be shown: ${tensor.unreadable}`);
  return tensor.dtype as FileDtype;
}
