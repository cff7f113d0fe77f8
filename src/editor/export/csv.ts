/** Values as comma-separated text: a matrix as one, more dims with a column for each index. Floats keep all their digits. */
import { shapeOf } from './parts';
import type { Part, Slice } from './parts';

/** @param dims a name for each dim of the tensor */
export async function* csvFile(dtype: string, slice: Slice, shape: readonly number[], dims: readonly string[], parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const free = slice.flatMap((at, dim) => (at === null ? [dim] : []));
  const sizes = shapeOf(slice, shape);
  if (free.length <= 2) {
    const cols = sizes.at(-1) ?? 1;
    for await (const { values } of parts) {
      const lines: string[] = [];
      for (let from = 0; from < values.length; from += cols) lines.push(Array.from(values.subarray(from, from + cols), (value) => numberText(value, dtype)).join(','));
      yield encoder.encode(`${lines.join('\n')}\n`);
    }
    return;
  }
  yield encoder.encode(`${[...free.map((dim) => field(dims[dim]!, dim)), 'value'].join(',')}\n`);
  for await (const { index, values } of parts) {
    const cols = sizes.at(-1)!;
    const [rowDim, colDim] = [free.at(-2)!, free.at(-1)!];
    const lines = Array.from(values, (value, i) => {
      const at = free.map((dim) => (dim === rowDim ? index[dim]! + Math.floor(i / cols) : dim === colDim ? i % cols : index[dim]!));
      return `${at.join(',')},${numberText(value, dtype)}`;
    });
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}

/** A column's name: the symbol, where it is more than the size. */
function field(name: string, dim: number): string {
  return /^\d+$/.test(name) ? `dim ${dim}` : /[",\n]/.test(name) ? `"${name.replace(/"/g, '""')}"` : name;
}

/** The shortest text that reads back as the same float32; integers exactly. */
export function numberText(value: number, dtype: string): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (!dtype.includes('float')) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}
