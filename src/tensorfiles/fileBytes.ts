/** A file on disk as bytes that are read where they are needed. */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { TensorFileError } from './bytes';
import type { ByteSource } from './bytes';
import { openTensorFile } from './open';
import { INDEX_SUFFIX, openSharded } from './sharded';
import type { StoredTensor, TensorFile } from './tensor';

export class FileBytes implements ByteSource {
  private constructor(private readonly handle: fs.FileHandle, readonly size: number) {}

  /** @throws errors of the file system */
  static async open(file: string): Promise<FileBytes> {
    const handle = await fs.open(file, 'r');
    const stat = await handle.stat();
    if (stat.isFile()) return new FileBytes(handle, stat.size);
    await handle.close();
    throw new TensorFileError('this is no file');
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw new TensorFileError('the file became shorter while it was read', offset + done);
      done += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> { return this.handle.close(); }
}

/** What a file on disk holds, without the values: those that can be read. @throws TensorFileError; errors of the file system */
export async function listTensors(file: string): Promise<Pick<StoredTensor, 'name' | 'shape' | 'dtype'>[]> {
  const opened = await openTensorPath(file);
  await opened.close();
  return opened.tensors.filter(({ unreadable }) => unreadable === null).map(({ name, shape, dtype }) => ({ name, shape, dtype }));
}

/** Opens a file of tensors on disk, and keeps it open until it is closed. @throws TensorFileError; errors of the file system */
export async function openTensorPath(file: string): Promise<TensorFile> {
  const bytes = await FileBytes.open(file);
  try {
    const opened = await (file.endsWith(INDEX_SUFFIX) ? openSharded(bytes, (shard) => openTensorPath(path.join(path.dirname(file), shard))) : openTensorFile(bytes, path.basename(file)));
    return { ...opened, close: async () => { await opened.close(); await bytes.close(); } };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}
