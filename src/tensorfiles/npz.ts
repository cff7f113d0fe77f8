/** NumPy's .npz format: a zip archive of .npy files, compressed or not. */
import { TensorFileError } from './bytes';
import { MAX_NPY_HEADER, npyTensor, parseNpyHeader } from './npy';
import { MAX_TENSORS } from './tensor';
import type { StoredTensor, TensorFile } from './tensor';
import type { ZipArchive } from './zip';

/** Most headers have 128 bytes. */
const USUAL_HEAD = 512;

/** @throws TensorFileError */
export async function openNpz(zip: ZipArchive): Promise<TensorFile> {
  const names = zip.names.filter((name) => name.endsWith('.npy'));
  if (names.length === 0) throw new TensorFileError('the archive holds neither arrays of NumPy (.npy) nor a PyTorch checkpoint (data.pkl)');
  if (names.length > MAX_TENSORS) throw new TensorFileError(`the archive holds ${names.length} arrays; the limit is ${MAX_TENSORS}`);
  const tensors: StoredTensor[] = [];
  for (const entry of names) {
    try {
      tensors.push(npyTensor(entry.slice(0, -'.npy'.length), await headerOf(zip, entry), zip.size(entry), () => zip.contents(entry)));
    } catch (error) {
      if (error instanceof TensorFileError && error.part === null) throw new TensorFileError(error.problem, error.at, entry);
      throw error;
    }
  }
  return { format: 'NumPy archive (.npz)', tensors, facts: [], close: async () => zip.close() };
}

async function headerOf(zip: ZipArchive, entry: string): Promise<ReturnType<typeof parseNpyHeader>> {
  const head = await zip.head(entry, USUAL_HEAD);
  const length = head.length < 12 ? 0 : head[6] === 1 ? 10 + head[8]! + 256 * head[9]! : 12 + new DataView(head.buffer, head.byteOffset).getUint32(8, true);
  return parseNpyHeader(length > head.length && length <= MAX_NPY_HEADER + 12 ? await zip.head(entry, length) : head);
}
