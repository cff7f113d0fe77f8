// One number or boolean as torch, NumPy and Python print it, with the precision that it was printed at.

export interface PrintedNumber {
  readonly end: number;
  readonly value: number | boolean;
  /** Digits behind the point, less the exponent: `1.` has 0, `-0.0033` 4, `1.2e-04` 5. Null for an integer or boolean. */
  readonly decimals: number | null;
}

/** Of `1,234,567`; in brackets commas part values. */
const grouped = /[+-]?\d{1,3}(?:,\d{3})+(?![\p{L}\p{N}_,]|\.\d)/uy;

const pattern = /([+-]?)(?:(\d+)(?:(\.)(\d*))?(?:[eE]([+-]?\d+))?|(\.)(\d+)(?:[eE]([+-]?\d+))?|(nan|inf)|(True|False))(?![\p{L}\p{N}_])/uy;

/** The number that starts at `at`; null if there is none, or a word goes on behind it. */
export function readNumber(text: string, at: number): PrintedNumber | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) return null;
  const end = pattern.lastIndex;
  const [all, sign, , point, fraction, exponent, leadingPoint, leadingFraction, leadingExponent, special, boolean] = found;
  if (boolean) return sign ? null : { end, value: boolean === 'True', decimals: null };
  if (special) return { end, value: special === 'nan' ? NaN : sign === '-' ? -Infinity : Infinity, decimals: 0 };
  const shift = Number(exponent ?? leadingExponent ?? 0);
  const isFloat = point !== undefined || leadingPoint !== undefined || exponent !== undefined;
  return { end, value: Number(all), decimals: isFloat ? (fraction ?? leadingFraction ?? '').length - shift : null };
}

/** The number that starts at `at` outside of brackets, where its thousands may be parted by commas. */
export function readLoneNumber(text: string, at: number): PrintedNumber | null {
  grouped.lastIndex = at;
  const found = grouped.exec(text);
  return found ? { end: grouped.lastIndex, value: Number(found[0].replaceAll(',', '')), decimals: null } : readNumber(text, at);
}
