// Characters that pages and input methods put in place of those of Python: no-break blanks, typographic quotes and dashes,
// full-width punctuation. Each stands for one character, so that all places stay as they are.

const plain = new Map<string, string>([
  ...[...'\u00A0\u200B\u3000\uFEFF'].map((blank) => [blank, ' '] as const),
  ...[...'–−'].map((dash) => [dash, '-'] as const),
  ...[...'（）［］｛｝，：；＝＋＊／＜＞．！｜＆％＠'].map((wide) => [wide, String.fromCharCode(wide.charCodeAt(0) - 0xFEE0)] as const),
]);
const quotes: Readonly<Record<string, { readonly typed: string; readonly ends: string }>> = {
  '“': { typed: '"', ends: '“”„"' }, '”': { typed: '"', ends: '“”„"' }, '„': { typed: '"', ends: '“”„"' },
  '‘': { typed: "'", ends: "‘’'" }, '’': { typed: "'", ends: "‘’'" },
};

/** What is not copied as it is. */
const notable = /["'#]|[^\x00-\x7F]/g;

export interface PlainCode {
  /** Of the same length. */
  readonly text: string;
  /** Nothing but ASCII is left outside of strings and comments. */
  readonly isPlain: boolean;
}

/** Code as it was typed. What is in comments and in strings with plain quotes stays. */
export function plainCode(text: string): PlainCode {
  let out = '';
  let isPlain = true;
  while (out.length < text.length) {
    notable.lastIndex = out.length;
    const at = notable.exec(text)?.index ?? text.length;
    out += text.slice(out.length, at);
    if (at === text.length) break;
    const character = text[at]!;
    const end = character === '#' ? lineEnd(text, at) : character === '"' || character === "'" ? stringEnd(text, at) : at;
    const quote = quotes[character];
    const closing = quote ? closingQuote(text, at, quote.ends) : null;
    if (end > at) out += text.slice(at, end);
    else if (quote && closing !== null) out += quote.typed + text.slice(at + 1, closing) + quote.typed;
    else {
      const typed = plain.get(character) ?? character;
      if (typed > '\x7F') isPlain = false;
      out += typed;
    }
  }
  return { text: out, isPlain };
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/);
  return end < 0 ? text.length : from + end;
}

/** Behind the string that begins there; one that is not closed ends with its line. */
function stringEnd(text: string, start: number): number {
  const quote = text.startsWith(text[start]!.repeat(3), start) ? text[start]!.repeat(3) : text[start]!;
  for (let at = start + quote.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (quote.length === 1 && /[\r\n]/.test(text[at]!)) return at;
  }
  return text.length;
}

function closingQuote(text: string, start: number, ends: string): number | null {
  for (let at = start + 1; at < text.length && !/[\r\n]/.test(text[at]!); at++) if (ends.includes(text[at]!)) return at;
  return null;
}
