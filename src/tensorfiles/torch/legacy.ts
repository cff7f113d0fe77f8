/** Checkpoints as torch.save wrote them before 1.6: pickles one after the other, then the storages. */
import { part, readExactly, readUint64, TensorFileError } from '../bytes';
import type { ByteSource } from '../bytes';
import { itemsOf } from '../pickle/values';
import type { TensorFile } from '../tensor';
import { MAX_TENSORS } from '../tensor';
import { contentsOf } from './contents';
import type { StorageBytes } from './contents';
import { PickleStream } from './growing';
import { persistentStorage, storageBytes } from './storages';

/** The first pickle of such a file. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const VERSION = 1001;

/** @throws TensorFileError */
export async function openLegacy(source: ByteSource): Promise<TensorFile> {
  /** Bytes of one element, by the storages that the pickle refers to. */
  const widths = new Map<string, number>();
  const stream = new PickleStream(source, (id) => {
    const storage = persistentStorage(id);
    const { key, dtype } = storage.reference;
    const width = storageBytes({ dtype, numel: 1 });
    if (width === null) throw new TensorFileError(`storages of ${dtype} cannot be told apart in a file of the old format`);
    if ((widths.get(key) ?? width) !== width) throw new TensorFileError(`the storage ${key} is given two dtypes`);
    widths.set(key, width);
    return storage;
  });
  const magic = await stream.next();
  if (magic !== MAGIC) throw new TensorFileError('this is a pickle, and no checkpoint of torch: it does not begin with torch\'s number', 0);
  if (await stream.next() !== VERSION) throw new TensorFileError(`only version ${VERSION} of torch's old format is known`, stream.at);
  // What the machine was: torch writes this format in little-endian order on every one.
  await stream.next();
  const root = await stream.next();
  const keys = itemsOf(await stream.next())?.map(String);
  if (!keys || keys.length > MAX_TENSORS) throw new TensorFileError('the list of storages is no list', stream.at);
  const storages = await findStorages(source, stream.at, keys, widths);
  const contents = contentsOf(root, true, ({ key }) => storages.get(key) ?? lacks(key));
  return { format: 'PyTorch checkpoint (before 1.6)', ...contents, close: async () => undefined };
}

function lacks(key: string): never {
  throw new TensorFileError(`the file lacks the storage ${key}`);
}

/** Each begins with the number of its elements. */
async function findStorages(source: ByteSource, start: number, keys: readonly string[], widths: ReadonlyMap<string, number>): Promise<Map<string, StorageBytes>> {
  const storages = new Map<string, StorageBytes>();
  let at = start;
  for (const key of keys) {
    const numel = readUint64(await readExactly(source, at, 8, `the storage ${key}`), 0);
    const width = widths.get(key);
    if (numel === null || width === undefined) throw new TensorFileError(`the storage ${key} is not one that the pickle refers to`, at);
    const data = part(source, at + 8, numel * width, `the storage ${key}`);
    storages.set(key, { size: data.size, open: async () => data });
    at += 8 + data.size;
  }
  return storages;
}

