/** Tokens of text whose statements may run into each other: where a token that begins at an offset may end. */

const NUMBER = /0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;
const PLAIN_NUMBER = /\d[\d_]*\.?\d*|\.\d+/y;
const STRING_PREFIX = /^(?:[rubf]|br|rb|fr|rf)$/i;
const OPERATOR = /\*\*=?|\/\/=?|<<=?|>>=?|->|:=|\.\.\.|[-+*/%@&|^=!<>]=|[-+*/%@&|^~<>=.,:;()[\]{}]/y;

export function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);
}

/** No name is longer: what is, is data. */
const LONGEST_NAME = 300;

/** Behind the letters, digits and `_` that begin at `at`. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  const limit = Math.min(text.length, at + LONGEST_NAME);
  while (end < limit && isWordCharacter(text.charCodeAt(end))) end++;
  return end;
}

/** Where a number that begins at `at` may end: `1e5` may also be `1` and a name. */
export function numberEnds(text: string, at: number): number[] {
  const ends = new Set<number>();
  for (const pattern of [NUMBER, PLAIN_NUMBER]) {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length ?? 0;
    if (length > 0) ends.add(at + length);
  }
  return [...ends];
}

/** Behind the string that begins at `at`, its prefix included; null where none does, or none ends. */
export function stringEnd(text: string, at: number): number | null {
  let open = at;
  while (open < at + 2 && isWordCharacter(text.charCodeAt(open))) open++;
  const quote = text[open];
  if ((quote !== '"' && quote !== "'") || (open > at && !STRING_PREFIX.test(text.slice(at, open)))) return null;
  const quotes = text.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  for (let from = open + quotes.length; ; ) {
    const end = text.indexOf(quotes, from);
    if (end < 0) return null;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + quotes.length;
    from = end + 1;
  }
}

/** The operator or delimiter at `at`, the longest; '' where none stands. */
export function operatorAt(text: string, at: number): string {
  OPERATOR.lastIndex = at;
  return OPERATOR.exec(text)?.[0] ?? '';
}
