/** How a checkpoint's pickle refers to the storages beside it. */
import { TensorFileError } from '../bytes';
import { isFileDtype, itemSize } from '../elements';
import { STORAGE_DTYPES } from '../pickle/globals';
import { itemsOf, PyGlobal, PyStorage, PyTuple, toNumber } from '../pickle/values';
import type { PickleValue, StorageReference } from '../pickle/values';

/** Larger pickles are no list of tensors. */
export const MAX_PICKLE = 64e6;

/** `('storage', type, key, location, numel)`, and in the old format what it is a part of. @throws TensorFileError */
export function persistentStorage(id: PickleValue): PyStorage {
  const [tag, type, key, , numel, view] = id instanceof PyTuple ? id.items : [];
  const count = toNumber(numel);
  const dtype = type instanceof PyGlobal && Object.hasOwn(STORAGE_DTYPES, type.name) ? STORAGE_DTYPES[type.name]! : undefined;
  if (tag !== 'storage' || dtype === undefined || (typeof key !== 'string' && toNumber(key) === null) || count === null || !Number.isSafeInteger(count) || count < 0) {
    throw new TensorFileError('the pickle refers to something outside that is no storage');
  }
  const viewOffset = view === undefined || view === null ? 0 : toNumber(itemsOf(view)?.[1]);
  if (viewOffset === null || !Number.isSafeInteger(viewOffset) || viewOffset < 0) throw new TensorFileError('a storage is no part of another one');
  return new PyStorage({ key: String(key), dtype, numel: count, viewOffset });
}

/** Bytes that a storage should have at least; null where its elements are of a kind that is not known. */
export function storageBytes({ dtype, numel }: Pick<StorageReference, 'dtype' | 'numel'>): number | null {
  if (dtype === null) return numel;
  return isFileDtype(dtype) ? numel * itemSize(dtype) : null;
}
