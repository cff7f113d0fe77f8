// Pickles and archives as an attacker writes them, byte by byte.

type Part = string | number | readonly number[] | Uint8Array;

export const bytes = (...parts: readonly Part[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (
  typeof part === 'string' ? [...new TextEncoder().encode(part)] : typeof part === 'number' ? [part] : [...part])));

export const u16 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
export const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
export const u64 = (value: bigint): number[] => Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));

/** Protocol 2, then the opcodes, then STOP. */
export const pickle = (...parts: readonly Part[]): Uint8Array => bytes(0x80, 2, ...parts, '.');

export const global = (module: string, name: string): Uint8Array => bytes('c', `${module}\n${name}\n`);

/** A call as REDUCE makes it. */
export const reduce = (module: string, name: string, argument: string): Uint8Array => bytes(global(module, name), 'X', u32(argument.length), argument, 0x85, 'R');

export interface ZipEntry { readonly name: string; readonly data: Uint8Array; /** What the directory says instead of the truth. */ readonly size?: number; readonly compressed?: { readonly data: Uint8Array } }

/** A zip archive; entries are stored unless they bring their compressed bytes. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const chunks: number[] = [];
  const directory: number[] = [];
  for (const { name, data, size, compressed } of entries) {
    const body = compressed?.data ?? data;
    const method = compressed ? 8 : 0;
    const common = [...u16(20), ...u16(0), ...u16(method), ...u32(0), ...u32(0), ...u32(body.length), ...u32(size ?? data.length), ...u16(name.length), ...u16(0)];
    directory.push(0x50, 0x4b, 1, 2, ...u16(20), ...common, ...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(chunks.length), ...bytes(name));
    for (const byte of bytes([0x50, 0x4b, 3, 4], common, name, body)) chunks.push(byte);
  }
  return bytes(chunks, directory, [0x50, 0x4b, 5, 6], u16(0), u16(0), u16(entries.length), u16(entries.length), u32(directory.length), u32(chunks.length), u16(0));
}

/** A checkpoint of which only the pickle matters. */
export const checkpoint = (data: Uint8Array, storages: Readonly<Record<string, Uint8Array>> = {}): Uint8Array => zip([
  { name: 'archive/data.pkl', data }, ...Object.entries(storages).map(([key, storage]) => ({ name: `archive/data/${key}`, data: storage })),
]);

/** The pickle of `{'w': tensor}` in the storage 0 of floats, as torch writes it. */
export const tensorPickle = ({ numel = 4, offset = 0, size = [4], stride = [1], key = '0' }: { numel?: number; offset?: number; size?: readonly number[]; stride?: readonly number[]; key?: string } = {}): Uint8Array => {
  const int = (value: number): number[] => [0x8a, 8, ...u64(BigInt.asUintN(64, BigInt(value)))];
  const text = (value: string): Uint8Array => bytes('X', u32(value.length), value);
  const tuple = (values: readonly number[]): Uint8Array => bytes('(', ...values.map(int), 't');
  return pickle('}', text('w'), global('torch._utils', '_rebuild_tensor_v2'), '(', '(', text('storage'), global('torch', 'FloatStorage'), text(key), text('cpu'), int(numel), 't', 'Q',
    int(offset), tuple(size), tuple(stride), 0x89, global('collections', 'OrderedDict'), ')', 'R', 't', 'R', 's');
};

export function safetensors(header: unknown, data: Uint8Array = new Uint8Array(0), length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  return bytes(u64(length ?? BigInt(text.length)), text, data);
}

export function npy(header: string, data: Uint8Array = new Uint8Array(0), length?: number): Uint8Array {
  return bytes([0x93], 'NUMPY', 1, 0, u16(length ?? header.length), header, data);
}
