// Files beyond 4 GB that take next to no disk: a few bytes here and there, holes in between.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { bytes, u16, u32, u64 } from './pickles';

/** So many bytes, all zero but for the given ones. */
export interface Holed { readonly size: number; readonly parts: readonly { readonly at: number; readonly data: Uint8Array }[] }

export const solid = (data: Uint8Array): Holed => ({ size: data.length, parts: [{ at: 0, data }] });

export function writeHoled(file: string, { size, parts }: Holed): void {
  const handle = openSync(file, 'w');
  try {
    ftruncateSync(handle, size);
    for (const { at, data } of parts) writeSync(handle, data, 0, data.length, at);
  } finally {
    closeSync(handle);
  }
}

const BEYOND = 0xffffffff;

/** A zip archive of stored entries with sizes and places of 64 bits throughout, as APPNOTE 6.3 has them in 4.3.14 and 4.5.3. */
export function zip64(entries: readonly { readonly name: string; readonly content: Holed }[]): Holed {
  const parts: { at: number; data: Uint8Array }[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const add = (data: Uint8Array): void => {
    parts.push({ at, data });
    at += data.length;
  };
  for (const { name, content } of entries) {
    const offset = at;
    const sizes = [...u64(BigInt(content.size)), ...u64(BigInt(content.size))];
    const common = [...u16(45), ...u16(0), ...u16(0), ...u32(0), ...u32(0), ...u32(BEYOND), ...u32(BEYOND), ...u16(name.length)];
    add(bytes([0x50, 0x4b, 3, 4], common, u16(20), name, u16(1), u16(16), sizes));
    parts.push(...content.parts.map((part) => ({ at: at + part.at, data: part.data })));
    at += content.size;
    directory.push(bytes([0x50, 0x4b, 1, 2], u16(45), common, u16(28), u16(0), u16(0), u16(0), u32(0), u32(BEYOND), name, u16(1), u16(24), sizes, u64(BigInt(offset))));
  }
  const start = at;
  for (const entry of directory) add(entry);
  const end = at;
  const count = u64(BigInt(entries.length));
  add(bytes([0x50, 0x4b, 6, 6], u64(44n), u16(45), u16(45), u32(0), u32(0), count, count, u64(BigInt(end - start)), u64(BigInt(start))));
  add(bytes([0x50, 0x4b, 6, 7], u32(0), u64(BigInt(end)), u32(1)));
  add(bytes([0x50, 0x4b, 5, 6], u16(0), u16(0), u16(0xffff), u16(0xffff), u32(BEYOND), u32(BEYOND), u16(0)));
  return { size: at, parts };
}
