/** Bytes that are read where they are needed, and how a file says that it cannot be read. */

/** A file, a part of one, or memory. */
export interface ByteSource {
  readonly size: number;
  /** Exactly so many bytes, in a buffer that nobody else writes to. Both numbers lie within `size`: `readExactly` checks. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file is damaged, hostile, or of a kind that is not read: what is wrong, and where. */
export class TensorFileError extends Error {
  /** @param at the byte at fault, @param part the entry of the archive that it lies in */
  constructor(readonly problem: string, readonly at: number | null = null, readonly part: string | null = null) {
    const where = [...(at === null ? [] : [`byte ${at}`]), ...(part === null ? [] : [part])].join(' of ');
    super(where === '' ? problem : `${problem} (${where})`);
    this.name = 'TensorFileError';
  }
}

/** @throws TensorFileError where the source is too short */
export async function readExactly(source: ByteSource, offset: number, length: number, what: string): Promise<Uint8Array> {
  if (!(offset >= 0 && length >= 0 && offset + length <= source.size)) {
    throw new TensorFileError(`${what} would take ${length} bytes, and only ${Math.max(0, source.size - offset)} are left: the file is cut short or its sizes are wrong`, offset);
  }
  return source.read(offset, length);
}

export class MemoryBytes implements ByteSource {
  constructor(private readonly bytes: Uint8Array) {}
  get size(): number { return this.bytes.length; }
  async read(offset: number, length: number): Promise<Uint8Array> { return this.bytes.subarray(offset, offset + length); }
}

/** A part of a source, as one. @throws TensorFileError where it does not lie within */
export function part(source: ByteSource, start: number, size: number, what: string): ByteSource {
  if (!(Number.isSafeInteger(start) && Number.isSafeInteger(size) && start >= 0 && size >= 0 && start + size <= source.size)) {
    throw new TensorFileError(`${what} should have ${size} bytes, and the file ends after ${Math.max(0, source.size - start)} of them`, start);
  }
  return { size, read: (offset, length) => source.read(start + offset, length) };
}

/** A 64-bit number; null where it is beyond 2^53 and no size of anything. */
export function readUint64(bytes: Uint8Array, at: number, littleEndian = true): number | null {
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(at, littleEndian);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}

/** `3.2 MB`. */
export function bytesText(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = -1;
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}
