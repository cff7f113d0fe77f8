// What pages and converters put in place of characters of code: HTML's entities (`-&gt;`), tags around and within a listing
// (`<pre>`, `<br>`), and the backslashes of Markdown (`num\_heads`). Where they stand outside of strings, the code was written
// without them.
import type { Span } from '../shapes/python/ast';
import type { Language } from './language';
import type { LineIndex } from './line-index';

/** A stretch of the document, and what it stands for. */
export interface Escape extends Span { readonly typed: string }

const NAMED: Readonly<Record<string, string>> = { gt: '>', lt: '<', amp: '&', quot: '"', apos: "'", nbsp: ' ', lbrack: '[', rbrack: ']', lpar: '(', rpar: ')' };
const ENTITY = /&(?:(gt|lt|amp|quot|apos|nbsp|lbrack|rbrack|lpar|rpar)|#(\d{1,6})|#[xX]([\da-fA-F]{1,5}));/g;
const TAG = /<\/?(?:pre|code|span|div|p|br|font|em|strong|b|i|td|tr|table|tbody|ol|li)(?:\s[^<>]*)?\/?>/gi;
/** A backslash that Python has nowhere but in strings and at the end of a line. */
const BACKSLASH = /\\(?=[_*[\]<>()#~`-])/g;
const FENCE = /^[ \t>]*(`{3,}|~{3,})/;

/** In the order of the document; empty where nothing was put in place of anything. */
export function findEscapes(text: string, lines: LineIndex, language: Language): Escape[] {
  if (language === 'python' || language === 'notebook' || !/&(?:[a-z]+|#\w+);|<\/?(?:pre|br|code)\b|\\[_*]/i.test(text)) return [];
  const all = Array.from({ length: lines.lineCount }, (_, line) => ({ start: lines.lineStart(line), text: lines.lineText(line) }));
  const isEscaped = all.some(({ text: line }) => [...line.matchAll(ENTITY)].some(({ index }) => isCode(line, index)));
  const found: Escape[] = [];
  let fence: string | null = null;
  for (const { start, text: line } of all) {
    const add = (at: number, length: number, typed: string): void => void found.push({ start: start + at, end: start + at + length, typed });
    const mark = language === 'markdown' ? FENCE.exec(line)?.[1] : undefined;
    if (mark && (fence === null || mark.startsWith(fence))) fence = fence === null ? mark : null;
    if (isEscaped) for (const match of line.matchAll(ENTITY)) add(match.index, match[0].length, characterOf(match));
    const tags = fence === null ? [...line.matchAll(TAG)] : [];
    // A tag within a listing is one of many; a page that shows HTML has it in strings.
    for (const { index, 0: tag } of tags) if (isOutside(line, index)) add(index, tag.length, '');
    if (fence !== null || ![...line.matchAll(/\\[_*]/g)].some(({ index }) => isCode(line, index))) continue;
    for (const { index } of line.matchAll(BACKSLASH)) add(index, 1, '');
  }
  return found.sort((a, b) => a.start - b.start);
}

function characterOf([, name, decimal, hex]: RegExpMatchArray): string {
  if (name) return NAMED[name]!;
  const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
  return code === 0xA0 ? ' ' : code <= 0x10FFFF ? String.fromCodePoint(code) : ' ';
}

/** In a line with signs of code, outside of its strings and comments. */
const isCode = (line: string, at: number): boolean => /[=([\]):]|^\s*(?:return|import|from|raise|yield|del|global)\s/.test(line) && isOutside(line, at) && !/#/.test(line.slice(0, at).replace(ENTITY, ''));

function isOutside(line: string, at: number): boolean {
  let quote = '';
  for (const character of line.slice(0, at)) {
    if (quote === '') quote = character === '"' || character === "'" ? character : '';
    else if (character === quote) quote = '';
  }
  return quote === '';
}
