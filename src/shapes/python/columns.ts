/** Columns, counted as Python's tokenizer does. */

const TAB = 8;

/** The column where the text at `offset` stands; null if it is not the first on its line. */
export function columnOf(source: string, offset: number): number | null {
  let start = offset;
  for (; start > 0; start--) {
    const code = source.charCodeAt(start - 1);
    if (code === 10 || code === 13) break;
    if (!isBlank(code)) return null;
  }
  return width(source, start, offset);
}

/** How far the white space from `start` to `end` indents. */
export function width(source: string, start: number, end: number): number {
  let column = 0;
  for (let i = start; i < end; i++) {
    const code = source.charCodeAt(i);
    if (code === 9) column = (Math.floor(column / TAB) + 1) * TAB;
    else if (code === 12 || code === 0xfeff) column = 0;
    else column++;
  }
  return column;
}

/** Space, tab, form feed, and what web pages put in their place. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12 || code === 11 || code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200b) || code === 0x2060 || code === 0x202f;
}
