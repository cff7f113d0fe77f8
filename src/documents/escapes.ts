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
  const isEscaped = all.some(({ text: line }) => isInCode(line, line.matchAll(ENTITY)));
  const found: Escape[] = [];
  let fence: string | null = null;
  for (const { start, text: line } of all) {
    const add = (at: number, length: number, typed: string): void => void found.push({ start: start + at, end: start + at + length, typed });
    const mark = language === 'markdown' ? FENCE.exec(line)?.[1] : undefined;
    if (mark && (fence === null || mark.startsWith(fence))) fence = fence === null ? mark : null;
    if (isEscaped) for (const match of line.matchAll(ENTITY)) add(match.index, match[0].length, characterOf(match));
    const tags = fence === null ? [...line.matchAll(TAG)] : [];
    // A tag within a listing is one of many; a page that shows HTML has it in strings.
    const place = reader(line);
    for (const { index, 0: tag } of tags) if (place(index) !== 'string') add(index, tag.length, '');
    if (fence !== null || !isInCode(line, line.matchAll(/\\[_*]/g))) continue;
    for (const { index } of line.matchAll(BACKSLASH)) add(index, 1, '');
  }
  return found.sort((a, b) => a.start - b.start);
}

function characterOf([, name, decimal, hex]: RegExpMatchArray): string {
  if (name) return NAMED[name]!;
  const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
  return code === 0xA0 ? ' ' : code <= 0x10FFFF ? String.fromCodePoint(code) : ' ';
}

/** Whether a line has signs of code. */
const isLikeCode = (line: string): boolean => /[=([\]):]|^\s*(?:return|import|from|raise|yield|del|global)\s/.test(line);

/** Asked from the left to the right: what a place of the line stands in. */
function reader(line: string): (at: number) => 'code' | 'string' | 'comment' {
  let [read, quote, isComment] = [0, '', false];
  return (at) => {
    for (; read < at; read++) {
      const character = line[read]!;
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      // In `&#39;` it is part of an entity.
      else if (character === '#' && line[read - 1] !== '&') isComment = true;
    }
    return isComment ? 'comment' : quote === '' ? 'code' : 'string';
  };
}

/** Whether one of the matches stands where code does. */
function isInCode(line: string, matches: Iterable<RegExpMatchArray>): boolean {
  if (!isLikeCode(line)) return false;
  const place = reader(line);
  for (const { index } of matches) if (place(index!) === 'code') return true;
  return false;
}
