/** The characters of a comment, whichever keyboard they were typed on. */

/** Besides the full-width forms of ASCII (U+FF01 to U+FF5E): brackets, commas, dashes and spaces of other keyboards. */
const ASCII: Readonly<Record<string, string>> = {
  '\u3010': '[', '\u3011': ']', '\u3014': '[', '\u3015': ']', '\u300c': '[', '\u300d': ']',
  '\u3001': ',', '\u2212': '-', '\u2013': '-', '\u00a0': ' ', '\u3000': ' ', '\t': ' ',
};
const FULL_WIDTH = 0xff01 - 0x21;

/** The text with full-width brackets, commas and signs as ASCII; every offset stays. */
export function toAscii(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH))
    .replace(/[\u3010\u3011\u3014\u3015\u300c\u300d\u3001\u2212\u2013\u00a0\u3000\t]/g, (char) => ASCII[char] ?? char);
}

/** The offset of the bracket that closes the one at `at`, or -1. */
export function closing(text: string, at: number): number {
  const open: string[] = [];
  for (let i = at; i < text.length; i++) {
    const char = text[i]!;
    if (char === '(' || char === '[') open.push(char);
    else if (char === ')' || char === ']') {
      if (open.pop() !== (char === ')' ? '(' : '[')) return -1;
      if (open.length === 0) return i;
    }
  }
  return -1;
}

/** The parts between the commas that are in no bracket, each with its offset. */
export function splitCommas(text: string, start: number, end: number): { text: string; start: number }[] {
  const parts: { text: string; start: number }[] = [];
  let depth = 0;
  let from = start;
  for (let i = start; i < end; i++) {
    const char = text[i]!;
    if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (char === ',' && depth === 0) {
      parts.push({ text: text.slice(from, i), start: from });
      from = i + 1;
    }
  }
  parts.push({ text: text.slice(from, end), start: from });
  return parts;
}
