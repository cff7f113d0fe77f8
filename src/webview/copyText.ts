/** A slice as text to be pasted: Python that makes it, or a table. */
import { formatExact, formatValue } from './format';

export type CopyFormat = 'numpy' | 'torch' | 'markdown' | 'tsv';
export const COPY_FORMATS: Readonly<Record<CopyFormat, string>> = { numpy: 'NumPy', torch: 'torch', markdown: 'Markdown table', tsv: 'tab-separated' };

/** More is for a file. */
export const MAX_COPIED = 2 ** 16;

/** @param rank of the slice: 0 for one value, 1 for a row, 2 for a matrix */
export function copyText(format: CopyFormat, values: ArrayLike<number | bigint>, rows: number, cols: number, rank: number, dtype: string): string {
  const line = (row: number, text: (value: number | bigint) => string): string[] => Array.from({ length: cols }, (_, col) => text(values[row * cols + col]!));
  const exact = (value: number | bigint): string => formatExact(value, dtype);
  if (format === 'tsv') return Array.from({ length: rows }, (_, row) => line(row, exact).join('\t')).join('\n');
  if (format === 'markdown') {
    const head = Array.from({ length: cols }, (_, col) => String(col));
    const body = Array.from({ length: rows }, (_, row) => `| ${row} | ${line(row, (value) => formatValue(value, dtype)).join(' | ')} |`);
    return [`| | ${head.join(' | ')} |`, `|${' ---: |'.repeat(cols + 1)}`, ...body].join('\n');
  }
  const [call, module] = format === 'numpy' ? ['np.array', 'np'] : ['torch.tensor', 'torch'];
  const text = (value: number | bigint): string => {
    if (typeof value === 'bigint' || Number.isFinite(value)) return exact(value);
    return Number.isNaN(value) ? `${module}.nan` : `${value < 0 ? '-' : ''}${module}.inf`;
  };
  const data = rank === 0 ? text(values[0]!) : rank === 1 ? `[${line(0, text).join(', ')}]` : `[${Array.from({ length: rows }, (_, row) => `[${line(row, text).join(', ')}]`).join(',\n'.padEnd(call.length + 4))}]`;
  return `${call}(${data}, dtype=${module}.${pythonDtype(dtype, format)})`;
}

/** NumPy has no bfloat16, and calls a bool `bool_`. */
function pythonDtype(dtype: string, format: CopyFormat): string {
  if (format === 'torch') return dtype;
  return dtype === 'bfloat16' ? 'float32' : dtype === 'bool' ? 'bool_' : dtype;
}
