/** A tensor as text, as torch prints it: nested brackets, the middle of long dims left out. */
import type { Tile } from '../evaluation/messages';

/** Dims longer than twice this are cut in the middle once the tensor is large, as torch does. */
const EDGE = 3;
const LARGE = 1000;

export function printTensor(tile: Tile): string {
  const { shape, values, dtype } = tile;
  const text = (value: number): string => {
    if (dtype === 'bool') return value ? 'True' : 'False';
    if (!dtype.startsWith('float') && dtype !== 'bfloat16') return String(value);
    return Number.isNaN(value) ? 'nan' : !Number.isFinite(value) ? (value > 0 ? 'inf' : '-inf') : Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential(4) : value.toFixed(4);
  };
  const large = values.length > LARGE;
  const width = Math.max(0, ...Array.from(values.slice(0, 10_000), (value) => text(value).length));
  const strides = shape.map((_, dim) => shape.slice(dim + 1).reduce((numel, size) => numel * size, 1));
  const print = (dim: number, offset: number, indent: string): string => {
    if (dim === shape.length) return text(values[offset]!).padStart(shape.length > 0 ? width : 0);
    const size = shape[dim]!;
    const all = Array.from({ length: size }, (_, i) => i);
    const cut = large && size > 2 * EDGE;
    const shown = cut ? [...all.slice(0, EDGE), -1, ...all.slice(-EDGE)] : all;
    const parts = shown.map((i) => (i < 0 ? '...' : print(dim + 1, offset + i * strides[dim]!, `${indent} `)));
    return `[${parts.join(dim === shape.length - 1 ? ', ' : `,${'\n'.repeat(shape.length - dim - 1)}${indent} `)}]`;
  };
  return `tensor(${print(0, 0, ' '.repeat(7))})`;
}
