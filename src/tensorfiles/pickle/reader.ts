/** The bytes of a pickle, read one after the other and never beyond their end. */
import { TensorFileError } from '../bytes';

/** The bytes end before the pickle does: with more of the file it may be read. */
export class PickleCutShort extends TensorFileError {}

export class PickleBytes {
  private readonly view: DataView;
  private readonly decoder = new TextDecoder();
  constructor(private readonly bytes: Uint8Array, public at = 0) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number { return this.view.getUint8(this.take(1)); }
  u16(): number { return this.view.getUint16(this.take(2), true); }
  u32(): number { return this.view.getUint32(this.take(4), true); }
  i32(): number { return this.view.getInt32(this.take(4), true); }
  f64(): number { return this.view.getFloat64(this.take(8)); }

  /** A length in 8 bytes. */
  length8(): number {
    const at = this.take(8);
    const value = this.view.getBigUint64(at, true);
    if (value > BigInt(this.bytes.length)) this.tooShort(value, at);
    return Number(value);
  }

  raw(length: number): Uint8Array {
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  text(length: number): string { return this.decoder.decode(this.raw(length)); }

  latin1(length: number): string { return String.fromCharCode(...this.raw(length)); }

  /** Up to the end of the line. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) return this.tooShort('a line', this.at);
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  private take(length: number): number {
    const { at } = this;
    if (length < 0 || at + length > this.bytes.length) this.tooShort(length, at);
    this.at += length;
    return at;
  }

  private tooShort(length: number | bigint | string, at: number): never {
    throw new PickleCutShort(`the pickle is cut short: ${typeof length === 'string' ? length : `${length} bytes`} should follow, and ${this.bytes.length - at} are left`, at);
  }
}
