/** Checkpoints as torch.save writes them since 1.6: a zip archive of a pickle and one entry a storage. */
import { bytesText, TensorFileError } from '../bytes';
import { unpickle } from '../pickle/unpickler';
import type { TensorFile } from '../tensor';
import type { ZipArchive } from '../zip';
import { contentsOf } from './contents';
import type { StorageBytes } from './contents';
import { MAX_PICKLE, persistentStorage } from './storages';

/** The entry of the pickle; null where the archive is no checkpoint. */
export function pickleEntry(zip: ZipArchive): string | null {
  return zip.names.find((name) => /^([^/]+\/)?data\.pkl$/.test(name)) ?? null;
}

/** @throws TensorFileError */
export async function openArchive(zip: ZipArchive, entry: string): Promise<TensorFile> {
  const folder = entry.slice(0, -'data.pkl'.length);
  if (zip.size(entry) > MAX_PICKLE) throw new TensorFileError(`a pickle of ${bytesText(zip.size(entry))} is not read; the limit is ${bytesText(MAX_PICKLE)}`, null, entry);
  const source = await zip.contents(entry, MAX_PICKLE);
  const { value } = unpickle(await source.read(0, source.size), 0, { part: entry, persistent: persistentStorage });
  const order = zip.has(`${folder}byteorder`) ? new TextDecoder().decode(await zip.head(`${folder}byteorder`, 16)).trim() : 'little';
  if (order !== 'little' && order !== 'big') throw new TensorFileError(`${JSON.stringify(order)} is no byte order`, 0, `${folder}byteorder`);
  const contents = contentsOf(value, order === 'little', ({ key }): StorageBytes => {
    const name = `${folder}data/${key}`;
    if (!zip.has(name)) throw new TensorFileError(`the archive lacks the storage ${name}`);
    return { size: zip.size(name), open: () => zip.contents(name) };
  });
  const isScript = zip.names.some((name) => name.startsWith(`${folder}code/`));
  return { format: isScript ? 'TorchScript archive' : 'PyTorch checkpoint', ...contents, close: async () => zip.close() };
}
