/** Values as comma-separated text: a matrix as one, more dims with a column for each index. Floats keep all their digits. */
import type { ExactElements } from '../viewerSource';
import { shapeOf } from './parts';
import type { Part, Slice } from './parts';

/** @param dims a name for each dim of the tensor */
export async function* csvFile(dtype: string, slice: Slice, shape: readonly number[], dims: readonly string[], parts: AsyncIterable<Part<ExactElements>>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const free = slice.flatMap((at, dim) => (at === null ? [dim] : []));
  const sizes = shapeOf(slice, shape);
  if (free.length <= 2) {
    const cols = sizes.at(-1) ?? 1;
    for await (const { values } of parts) {
      const lines: string[] = [];
      for (let from = 0; from < values.length; from += cols) lines.push(textsOf(values.subarray(from, from + cols), dtype).join(','));
      yield encoder.encode(`${lines.join('\n')}\n`);
    }
    return;
  }
  yield encoder.encode(`${[...free.map((dim) => field(dims[dim]!, dim)), 'value'].join(',')}\n`);
  for await (const { index, values } of parts) {
    const cols = sizes.at(-1)!;
    const [rowDim, colDim] = [free.at(-2)!, free.at(-1)!];
    const lines = textsOf(values, dtype).map((text, i) => {
      const at = free.map((dim) => (dim === rowDim ? index[dim]! + Math.floor(i / cols) : dim === colDim ? i % cols : index[dim]!));
      return `${at.join(',')},${text}`;
    });
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}

/** A column's name: the symbol, where it is more than the size. */
function field(name: string, dim: number): string {
  return /^\d+$/.test(name) ? `dim ${dim}` : /[",\n]/.test(name) ? `"${name.replace(/"/g, '""')}"` : name;
}

function textsOf(values: ArrayLike<number | bigint>, dtype: string): string[] {
  return Array.from(values, (value) => numberText(value, dtype));
}

/** The shortest text that reads back as the same float32, or as the same float64 where it is none; integers exactly. */
export function numberText(value: number | bigint, dtype: string): string {
  if (typeof value === 'bigint') return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (!dtype.includes('float') || Math.fround(value) !== value) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}
