/** Zip archives by their entries' names: stored ones are read where they lie, compressed ones are inflated up to a limit. */
import { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { bytesText, MemoryBytes, part, readExactly, TensorFileError } from './bytes';
import type { ByteSource } from './bytes';

const MAX_ENTRIES = 400_000;
/** Of one entry, and of all that are kept; what is larger is read only where it is not compressed. */
export const MAX_INFLATED = 512e6;
const CHUNK = 1 << 20;

/** What yauzl reads from. */
class SourceReader extends yauzl.RandomAccessReader {
  constructor(private readonly source: ByteSource) { super(); }

  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this;
    return Readable.from((async function* () {
      for (let at = start; at < end; at += CHUNK) yield Buffer.from(await readExactly(source, at, Math.min(CHUNK, end - at), 'an entry of the archive'));
    })(), { objectMode: false });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null, bytesRead?: number) => void): void {
    readExactly(this.source, position, length, 'the archive\'s directory').then((bytes) => {
      buffer.set(bytes, offset);
      callback(null, length);
    }, (error: unknown) => callback(error as Error));
  }
}

export class ZipArchive {
  /** What was inflated, the latest last: a viewer asks for many parts of one entry. */
  private readonly inflated = new Map<string, Promise<ByteSource>>();

  private constructor(private readonly source: ByteSource, private readonly zip: yauzl.ZipFile, private readonly entries: ReadonlyMap<string, yauzl.Entry>) {}

  /** @throws TensorFileError */
  static async open(source: ByteSource): Promise<ZipArchive> {
    try {
      const zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, { lazyEntries: true, autoClose: false });
      if (zip.entryCount > MAX_ENTRIES) throw new TensorFileError(`the archive says that it has ${zip.entryCount} entries; the limit is ${MAX_ENTRIES}`);
      return new ZipArchive(source, zip, await readEntries(zip));
    } catch (error) {
      throw damaged(error);
    }
  }

  get names(): readonly string[] { return [...this.entries.keys()]; }

  has(name: string): boolean { return this.entries.has(name); }

  /** Of the entry's contents, as the archive's directory says. */
  size(name: string): number { return this.entry(name).uncompressedSize; }

  /** The contents of an entry. @throws TensorFileError where it is damaged, or too large to inflate */
  async contents(name: string, limit = MAX_INFLATED): Promise<ByteSource> {
    const entry = this.entry(name);
    if (entry.compressionMethod === 0) return this.stored(entry);
    if (entry.uncompressedSize > limit) throw new TensorFileError(`inflating it would take ${bytesText(entry.uncompressedSize)}; the limit is ${bytesText(limit)}: save it without compression to have it read part by part`, null, name);
    const known = this.inflated.get(name) ?? this.inflate(entry, entry.uncompressedSize).then((bytes) => new MemoryBytes(bytes));
    this.inflated.delete(name);
    this.inflated.set(name, known);
    this.forget();
    return known;
  }

  /** The oldest, until the others are small enough. */
  private forget(): void {
    let kept = 0;
    for (const name of [...this.inflated.keys()].reverse()) {
      kept += this.size(name);
      if (kept > MAX_INFLATED) this.inflated.delete(name);
    }
  }

  /** The first bytes of an entry, all of them where it is shorter. */
  async head(name: string, length: number): Promise<Uint8Array> {
    const entry = this.entry(name);
    const count = Math.min(length, entry.uncompressedSize);
    if (entry.compressionMethod === 0) return readExactly(await this.stored(entry), 0, count, `the beginning of ${name}`);
    return this.inflate(entry, count);
  }

  close(): void {
    this.inflated.clear();
    this.zip.close();
  }

  private entry(name: string): yauzl.Entry {
    const entry = this.entries.get(name);
    if (!entry) throw new TensorFileError(`the archive has no entry ${name}`);
    return entry;
  }

  private async stored(entry: yauzl.Entry): Promise<ByteSource> {
    try {
      const { fileDataStart } = await this.zip.readLocalFileHeaderPromise(entry, { minimal: true });
      return part(this.source, fileDataStart, entry.uncompressedSize, `the entry ${entry.fileName}`);
    } catch (error) {
      throw damaged(error, entry.fileName);
    }
  }

  /** The first `count` bytes. The buffer grows with what comes, not with what the directory promises. */
  private async inflate(entry: yauzl.Entry, count: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let have = 0;
    try {
      if (entry.isEncrypted()) throw new TensorFileError('it is encrypted', null, entry.fileName);
      if (entry.compressionMethod !== 8) throw new TensorFileError(`it is compressed by method ${entry.compressionMethod}, which is not known`, null, entry.fileName);
      const stream = await this.zip.openReadStreamPromise(entry);
      // Leaving the loop ends the stream.
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        if (have >= count) break;
        chunks.push(chunk.subarray(0, count - have));
        have += Math.min(chunk.length, count - have);
      }
    } catch (error) {
      throw damaged(error, entry.fileName);
    }
    if (have < count) throw new TensorFileError(`it inflates to ${have} bytes, and the archive says ${entry.uncompressedSize}`, null, entry.fileName);
    const bytes = new Uint8Array(count);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}

async function readEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    if (entries.has(entry.fileName)) throw new TensorFileError(`the archive has two entries ${entry.fileName}`);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

function damaged(error: unknown, name: string | null = null): TensorFileError {
  if (error instanceof TensorFileError) return error;
  return new TensorFileError(`the zip archive is damaged: ${error instanceof Error ? error.message : String(error)}`, null, name);
}
