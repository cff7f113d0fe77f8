/** Values as text. */
const DIGITS = 4;

/** An element as the grid shows it: integers exactly, floats with four digits behind the point, as torch prints them. */
export function formatValue(value: number, dtype: string): string {
  if (dtype === 'bool') return value ? 'True' : 'False';
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (!isFloat(dtype)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-4) ? value.toExponential(3) : value.toFixed(DIGITS);
}

/** The exact value, for the read-out. */
export function formatExact(value: number, dtype: string): string {
  if (!isFloat(dtype) || !Number.isFinite(value)) return formatValue(value, dtype);
  return String(Number(value.toPrecision(dtype === 'float64' ? 15 : 7)));
}

export function isFloat(dtype: string): boolean {
  return dtype.startsWith('float') || dtype === 'bfloat16';
}

/** A number for statistics and ticks. */
export function formatShort(value: number | null): string {
  if (value === null) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(4)));
}
