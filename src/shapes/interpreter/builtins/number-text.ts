/** Numbers written as text, as `int('0x1f', 16)` and `float('1e-5')` read them. */

/** null: no integer literal of that base. `exact` is false beyond 2^53. */
export function intFromText(text: string, radix: number): { value: number; exact: boolean } | null {
  const match = /^([+-]?)(0[xX]|0[oO]|0[bB])?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/.exec(text.trim());
  if (!match || radix < 0 || radix === 1 || radix > 36) return null;
  let digits = match[3]!.replaceAll('_', '').toLowerCase();
  const prefixed = { x: 16, o: 8, b: 2 }[match[2]?.[1]?.toLowerCase() ?? ''];
  let base = radix;
  if (radix === 0) {
    if (prefixed === undefined && /^0+[1-9a-z]/.test(digits)) return null;
    base = prefixed ?? 10;
  } else if (match[2] !== undefined && prefixed !== radix) digits = match[2].toLowerCase() + digits;
  let value = 0;
  for (const digit of digits) {
    const place = Number.parseInt(digit, 36);
    if (place >= base) return null;
    value = value * base + place;
  }
  return { value: match[1] === '-' && value !== 0 ? -value : value, exact: Number.isSafeInteger(value) };
}

/** null: no float literal. */
export function floatFromText(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  const word = /^([+-]?)(inf|infinity|nan)$/.exec(trimmed);
  if (word) return word[2] === 'nan' ? NaN : word[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/.test(trimmed)) return null;
  return Number(trimmed.replaceAll('_', ''));
}
