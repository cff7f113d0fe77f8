/** Opens a file of tensors of any format: told by how it begins, not by its name. Values are read later, where they are asked for. */
import { readExactly, TensorFileError } from './bytes';
import type { ByteSource } from './bytes';
import { NPY_MAGIC, openNpy } from './npy';
import { openNpz } from './npz';
import { openSafetensors } from './safetensors';
import type { TensorFile } from './tensor';
import { openArchive, pickleEntry } from './torch/archive';
import { openLegacy } from './torch/legacy';
import { isTar, openTar } from './torch/tar';
import { ZipArchive } from './zip';

/** How files of tensors end; an index of a checkpoint in several files counts as one. */
export const TENSOR_FILE_ENDINGS = ['safetensors', 'pt', 'pth', 'ckpt', 'bin', 'npz', 'npy', 'index.json'] as const;
/** What the file dialogs offer. */
export const TENSOR_FILE_EXTENSIONS = TENSOR_FILE_ENDINGS.map((ending) => ending.slice(ending.lastIndexOf('.') + 1));

/** @param name the file's, which a single array is called by @throws TensorFileError */
export async function openTensorFile(source: ByteSource, name: string): Promise<TensorFile> {
  try {
    return await open(source, name);
  } catch (error) {
    if (error instanceof TensorFileError) throw error;
    // What the platform's own decoders and the file system say.
    throw new TensorFileError(error instanceof Error ? error.message : String(error));
  }
}

async function open(source: ByteSource, name: string): Promise<TensorFile> {
  if (source.size === 0) throw new TensorFileError('the file is empty', 0);
  const head = await readExactly(source, 0, Math.min(source.size, 512), 'the file');
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (begins(...NPY_MAGIC)) return { format: 'NumPy array (.npy)', tensors: [await openNpy(source, name.replace(/\.npy$/i, ''))], facts: [], close: async () => undefined };
  if (begins(0x50, 0x4b)) return openZip(source);
  if (isTar(head)) return openTar(source);
  // A pickle of protocol 2 or later; a safetensors header is JSON behind its length.
  if (head[8] === 0x7b) return openSafetensors(source);
  if (begins(0x80)) return openLegacy(source);
  const kind = /\.(npy|npz|safetensors)$/i.exec(name)?.[1];
  if (kind === 'safetensors') return openSafetensors(source);
  throw new TensorFileError(`this is no ${kind ? `.${kind.toLowerCase()} file` : 'file of tensors'}: it begins like none of safetensors, PyTorch checkpoints, .npy and .npz`, 0);
}

async function openZip(source: ByteSource): Promise<TensorFile> {
  const zip = await ZipArchive.open(source);
  try {
    const entry = pickleEntry(zip);
    return entry === null ? await openNpz(zip) : await openArchive(zip, entry);
  } catch (error) {
    zip.close();
    throw error;
  }
}
