/** The oldest checkpoints: a tar archive of a pickle, of tensors and of storages. */
import { part, readExactly, readUint64, TensorFileError } from '../bytes';
import type { ByteSource } from '../bytes';
import { isFileDtype, itemSize } from '../elements';
import { STORAGE_DTYPES } from '../pickle/globals';
import { itemsOf, PyGlobal, PyTensor, PyTuple, toNumber, toNumbers } from '../pickle/values';
import type { PickleValue, StorageReference } from '../pickle/values';
import { MAX_TENSORS } from '../tensor';
import type { TensorFile } from '../tensor';
import { contentsOf } from './contents';
import type { StorageBytes } from './contents';
import { PickleStream } from './growing';

const BLOCK = 512;
const MAX_FILES = 64;
const MAX_RANK = 64;

export function isTar(head: Uint8Array): boolean {
  return head.length >= 263 && new TextDecoder('latin1').decode(head.subarray(257, 262)) === 'ustar';
}

/** @throws TensorFileError */
export async function openTar(source: ByteSource): Promise<TensorFile> {
  const files = await filesOf(source);
  const file = (name: string): ByteSource => files.get(name) ?? fault(`the archive has no entry ${name}: it is no checkpoint of torch`);
  const storages = await readStorages(file('storages'));
  const tensors = await readTensors(file('tensors'), storages);
  const root = await new PickleStream(file('pickle'), (id) => {
    const key = id instanceof PyTuple ? id.items[0]! : id;
    // Types of modules travel with their source, which is not looked at.
    if (key instanceof PyGlobal) return key;
    return tensors.get(String(key)) ?? fault(`the pickle refers to the tensor ${String(key)}, which the archive lacks`);
  }, 'pickle').next();
  const contents = contentsOf(root, true, ({ key }) => storages.get(key)?.bytes ?? fault(`the archive lacks the storage ${key}`));
  return { format: 'PyTorch checkpoint (tar)', ...contents, close: async () => undefined };
}

function fault(problem: string): never {
  throw new TensorFileError(problem);
}

async function filesOf(source: ByteSource): Promise<Map<string, ByteSource>> {
  const files = new Map<string, ByteSource>();
  for (let at = 0; at + BLOCK <= source.size && files.size < MAX_FILES; ) {
    const text = new TextDecoder('latin1').decode(await readExactly(source, at, BLOCK, 'an entry of the archive'));
    const name = text.slice(0, 100).split('\0')[0]!;
    if (name === '') break;
    const octal = /^ *([0-7]+)[ \0]/.exec(text.slice(124, 136));
    if (!octal) throw new TensorFileError(`the archive does not say the size of ${name}`, at + 124);
    const size = parseInt(octal[1]!, 8);
    files.set(name, part(source, at + BLOCK, size, `the entry ${name}`));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

interface TarStorage { readonly bytes: StorageBytes; readonly reference: StorageReference }

const countOf = (value: PickleValue): number => {
  const count = toNumber(value);
  return count !== null && Number.isSafeInteger(count) && count >= 0 && count <= MAX_TENSORS ? count : fault('the archive does not say how many tensors or storages it has');
};

const noReferences = (): PickleValue => fault('the pickle refers to something outside of it');

async function readStorages(source: ByteSource): Promise<Map<string, TarStorage>> {
  const stream = new PickleStream(source, noReferences, 'storages');
  const storages = new Map<string, TarStorage>();
  for (let left = countOf(await stream.next()); left > 0; left--) {
    const [key, , type] = itemsOf(await stream.next()) ?? [];
    const dtype = type instanceof PyGlobal ? STORAGE_DTYPES[type.name] ?? null : null;
    if (dtype === null || !isFileDtype(dtype)) throw new TensorFileError('a storage has no type that is known', stream.at, 'storages');
    const numel = readUint64(await readExactly(source, stream.at, 8, 'the size of a storage'), 0);
    const data = part(source, stream.at + 8, (numel ?? Infinity) * itemSize(dtype), `the storage ${String(key)}`);
    storages.set(String(key), { bytes: { size: data.size, open: async () => data }, reference: { key: String(key), dtype, numel: numel!, viewOffset: 0 } });
    stream.at += 8 + data.size;
  }
  for (const view of itemsOf(await stream.next()) ?? []) {
    const [target, root, offset, numel] = itemsOf(view)?.map((item) => (toNumber(item) ?? String(item))) ?? [];
    const base = storages.get(String(root));
    if (!base || typeof offset !== 'number' || typeof numel !== 'number') throw new TensorFileError('a storage is no part of another one', stream.at, 'storages');
    storages.set(String(target), { bytes: base.bytes, reference: { ...base.reference, numel, viewOffset: offset } });
  }
  return storages;
}

async function readTensors(source: ByteSource, storages: ReadonlyMap<string, TarStorage>): Promise<Map<string, PyTensor>> {
  const stream = new PickleStream(source, noReferences, 'tensors');
  const tensors = new Map<string, PyTensor>();
  for (let left = countOf(await stream.next()); left > 0; left--) {
    const [key, storageKey] = itemsOf(await stream.next()) ?? [];
    const storage = storages.get(String(storageKey));
    if (!storage) throw new TensorFileError(`a tensor lies in the storage ${String(storageKey)}, which the archive lacks`, stream.at, 'tensors');
    const head = await readExactly(source, stream.at, 8, 'the rank of a tensor');
    const rank = head[0]!;
    if (rank > MAX_RANK || head[1] !== 0) throw new TensorFileError('a tensor has an impossible rank', stream.at, 'tensors');
    const sizes = await readExactly(source, stream.at + 8, 16 * rank + 8, 'the sizes of a tensor');
    const numbers = toNumbers(new PyTuple(Array.from({ length: 2 * rank + 1 }, (_, i) => readUint64(sizes, 8 * i))));
    if (!numbers) throw new TensorFileError('a tensor has impossible sizes', stream.at, 'tensors');
    tensors.set(String(key), new PyTensor(storage.reference, storage.reference.dtype!, numbers[2 * rank]!, numbers.slice(0, rank), numbers.slice(rank, 2 * rank)));
    stream.at += 16 + 16 * rank;
  }
  return tensors;
}
