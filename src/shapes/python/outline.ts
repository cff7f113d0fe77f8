/**
 * Where the bodies of a text's functions are, found without the grammar: of a library most functions are never called,
 * and what is not read costs nothing. Functions inside of functions belong to those.
 */
import type { Span } from './ast';
import { isBlank, width } from './columns';

/** A function's suite of whole lines: from its first token to its last. */
export type Body = Span;

const FUNCTION = /(?:async[ \t]+)?def[ \t]/y;
const SPECIAL = /["'#\\()[\]{}\n:]/g;

/** null: strings, brackets or indentation are not told without the grammar. @param text as `normalize` gives it */
export function functionBodies(text: string): Body[] | null {
  const bodies: Body[] = [];
  /** The column of the function whose body is looked for or gone through. */
  let column = -1;
  let body: { start: number; end: number } | null = null;
  for (let line = 0; line < text.length;) {
    let start = line;
    while (start < text.length && isBlank(text.charCodeAt(start))) start++;
    const code = text.charCodeAt(start);
    if (start >= text.length || code === 10 || code === 13 || code === 35) {
      line = nextLine(text, start);
      continue;
    }
    const here = width(text, line, start);
    if (column >= 0 && here <= column) {
      if (!body) return null;
      bodies.push(body);
      body = null;
      column = -1;
    }
    if (column >= 0) body ??= { start, end: start };
    FUNCTION.lastIndex = start;
    const isFunction = column < 0 && FUNCTION.test(text);
    const read = logicalLine(text, start);
    if (!read) return null;
    if (isFunction && read.colon === read.end - 1) column = here;
    if (body) body.end = read.end;
    line = read.next;
  }
  if (column >= 0 && !body) return null;
  return body ? [...bodies, body] : bodies;
}

/** The text with the first character of each body made a number and the rest of it blank: the same grammar at the same places. */
export function withoutBodies(text: string, bodies: readonly Body[]): string {
  let joined = '';
  let at = 0;
  for (const { start, end } of bodies) {
    joined += `${text.slice(at, start)}0${' '.repeat(end - start - 1)}`;
    at = end;
  }
  return joined + text.slice(at);
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** A logical line: where its last token ends, the last colon outside of brackets, and the line after it. */
function logicalLine(text: string, start: number): { end: number; colon: number; next: number } | null {
  let depth = 0;
  let colon = -1;
  let comment = -1;
  for (let at = start; ;) {
    SPECIAL.lastIndex = at;
    const found = SPECIAL.exec(text)?.index ?? text.length;
    at = found + 1;
    switch (text[found]) {
      case '"': case "'": {
        const end = stringEnd(text, found);
        if (end === null) return null;
        at = end;
        break;
      }
      case '#':
        if (depth === 0) comment = found;
        at = nextLine(text, found);
        // The line break is what ends the logical line.
        if (text[at - 1] === '\n') at--;
        break;
      case '\\': at = text[at] === '\r' ? at + 2 : at + 1; break;
      case '(': case '[': case '{': depth++; break;
      case ')': case ']': case '}':
        if (--depth < 0) return null;
        break;
      case ':':
        if (depth === 0) colon = found;
        break;
      default:
        if (depth > 0 && found < text.length) break;
        return depth > 0 ? null : { end: lastToken(text, comment < 0 ? found : comment), colon, next: at };
    }
  }
}

function lastToken(text: string, before: number): number {
  let end = before;
  while (end > 0 && (isBlank(text.charCodeAt(end - 1)) || text[end - 1] === '\r')) end--;
  return end;
}

/** Behind the closing quote; null if there is none. */
function stringEnd(text: string, start: number): number | null {
  const quote = text[start]!;
  const triple = text.startsWith(quote.repeat(3), start);
  const end = triple ? ENDS[`${quote}${quote}${quote}`]! : ENDS[quote]!;
  end.lastIndex = start + (triple ? 3 : 1);
  for (let found = end.exec(text); found; found = end.exec(text)) {
    if (found[0] === '\n') return null;
    if (found[0] !== '\\') return end.lastIndex;
    end.lastIndex++;
  }
  return null;
}

const ENDS: Readonly<Record<string, RegExp>> = { '"': /["\\\n]/g, "'": /['\\\n]/g, '"""': /"""|\\/g, "'''": /'''|\\/g };
