/** A tensor as text, as torch prints it: nested brackets, the middle of long dims left out; complex numbers as `1.0000-2.0000j`. */
import type { Tile } from '../evaluation/messages';

/** Dims longer than twice this are cut in the middle once the tensor is large, as torch does. */
const EDGE = 3;
const LARGE = 1000;

export function printTensor(tile: Tile): string {
  const { shape, values, dtype } = tile;
  const isComplex = dtype.startsWith('complex');
  const text = (value: number): string => {
    if (dtype === 'bool') return value ? 'True' : 'False';
    if (!isComplex && !dtype.startsWith('float') && dtype !== 'bfloat16') return String(value);
    return Number.isNaN(value) ? 'nan' : !Number.isFinite(value) ? (value > 0 ? 'inf' : '-inf') : Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential(4) : value.toFixed(4);
  };
  const count = isComplex ? values.length / 2 : values.length;
  const element = (i: number): string => {
    if (!isComplex) return text(values[i]!);
    const imaginary = text(values[2 * i + 1]!);
    return `${text(values[2 * i]!)}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j`;
  };
  const large = count > LARGE;
  const width = Array.from({ length: Math.min(count, 10_000) }, (_, i) => element(i).length).reduce((most, length) => Math.max(most, length), 0);
  const strides = shape.map((_, dim) => shape.slice(dim + 1).reduce((numel, size) => numel * size, 1));
  const print = (dim: number, offset: number, indent: string): string => {
    if (dim === shape.length) return element(offset).padStart(shape.length > 0 ? width : 0);
    const size = shape[dim]!;
    const all = Array.from({ length: size }, (_, i) => i);
    const cut = large && size > 2 * EDGE;
    const shown = cut ? [...all.slice(0, EDGE), -1, ...all.slice(-EDGE)] : all;
    const parts = shown.map((i) => (i < 0 ? '...' : print(dim + 1, offset + i * strides[dim]!, `${indent} `)));
    return `[${parts.join(dim === shape.length - 1 ? ', ' : `,${'\n'.repeat(shape.length - dim - 1)}${indent} `)}]`;
  };
  return `tensor(${print(0, 0, ' '.repeat(7))})`;
}
