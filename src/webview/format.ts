/** Values as text. */
const DIGITS = 4;

/** An element as the grid shows it: integers exactly, floats with four digits behind the point, as torch prints them. */
export function formatValue(value: number | bigint, dtype: string): string {
  if (typeof value === 'bigint') return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (dtype === 'bool') return value ? 'True' : 'False';
  if (!isFloat(dtype)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-4) ? value.toExponential(3) : value.toFixed(DIGITS);
}

/** The shortest text that tells the value from its neighbours: in float32, in which most floats travel, or else in float64. */
export function formatExact(value: number | bigint, dtype: string): string {
  if (typeof value === 'bigint' || !isFloat(dtype) || !Number.isFinite(value)) return formatValue(value, dtype);
  if (Math.fround(value) !== value) return written(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return written(text);
  }
  return written(Number(value.toPrecision(9)));
}

/** Small numbers with their exponent, before zeros are to be counted. */
function written(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
}

export function isFloat(dtype: string): boolean {
  return dtype.startsWith('float') || dtype === 'bfloat16';
}

/** A number for statistics and ticks. */
export function formatShort(value: number | null): string {
  if (value === null) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const rounded = Number(value.toPrecision(DIGITS));
  return Math.abs(rounded) >= 1e7 && Number.isFinite(rounded) ? rounded.toExponential() : written(rounded);
}

/** A least or greatest value: that of integers and booleans is one of them, and exact up to 2^53. */
export function formatExtreme(value: number | null, dtype: string): string {
  if (value !== null && !isFloat(dtype) && Math.abs(value) > Number.MAX_SAFE_INTEGER) return `≈ ${value.toPrecision(16).replace('e+', 'e')}`;
  return value === null || isFloat(dtype) ? formatShort(value) : formatValue(value, dtype);
}

/** With a thin space between groups of three digits. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** As torch writes a shape: `(2,)`. */
export function formatShape(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}
