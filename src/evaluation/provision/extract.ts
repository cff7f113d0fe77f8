/** Takes the two libraries and the C headers out of the wheel (a zip archive), and nothing else. */
import { createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as yauzl from 'yauzl';
import { ProvisionError } from './errors';
import { HEADER_PREFIXES, LIBRARIES } from './wheels';

/** Where an entry goes below `directory`, or null where it is not needed. */
function destinationOf(name: string): string | null {
  for (const library of LIBRARIES) if (name === `tensorflow/${library}`) return library;
  if (name.endsWith('.h') && HEADER_PREFIXES.some((prefix) => name.startsWith(prefix))) return name.slice('tensorflow/'.length);
  return null;
}

/** @throws ProvisionError `bad-archive`; errors of the file system as they are */
export async function extractWheel(wheel: string, directory: string, onBytes?: (done: number, total: number) => void, signal?: AbortSignal): Promise<void> {
  const entries = await readEntries(wheel);
  for (const library of LIBRARIES) {
    if (!entries.entries.some(({ destination }) => destination === library)) {
      entries.zip.close();
      throw new ProvisionError('bad-archive', `${path.basename(wheel)} holds no tensorflow/${library}`);
    }
  }
  const total = entries.entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  let done = 0;
  const count = (): Transform => new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      done += chunk.length;
      onBytes?.(done, total);
      callback(null, chunk);
    },
  });
  try {
    for (const { entry, destination } of entries.entries) {
      const target = path.join(directory, destination);
      await fs.mkdir(path.dirname(target), { recursive: true });
      await pipeline(await openEntry(entries.zip, entry), count(), createWriteStream(target), { signal });
    }
  } catch (error) {
    if (signal?.aborted) throw new ProvisionError('cancelled', 'cancelled');
    throw error;
  } finally {
    entries.zip.close();
  }
}

interface Entries { readonly zip: yauzl.ZipFile; readonly entries: readonly { readonly entry: yauzl.Entry; readonly destination: string }[] }

function readEntries(file: string): Promise<Entries> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error | null): void => reject(new ProvisionError('bad-archive', `${path.basename(file)} cannot be read: ${error?.message ?? 'no archive'}`));
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error || !zip) return fail(error);
      const entries: { entry: yauzl.Entry; destination: string }[] = [];
      zip.on('error', (cause: Error) => { zip.close(); fail(cause); });
      zip.on('entry', (entry: yauzl.Entry) => {
        const destination = destinationOf(entry.fileName);
        if (destination !== null) entries.push({ entry, destination });
        zip.readEntry();
      });
      zip.on('end', () => resolve({ zip, entries }));
      zip.readEntry();
    });
  });
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(new ProvisionError('bad-archive', `${entry.fileName} cannot be read: ${error?.message ?? 'no data'}`));
      else resolve(stream);
    });
  });
}
