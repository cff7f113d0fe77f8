// A statement that a post may contain: the lines that it takes, how Python reads them alone, and what shows when it can't.
import type { PythonParser } from '../../shapes/python/parser';
import type { Stmt } from '../../shapes/python/ast';
import { readLogicalLine } from './logical-line';
import { plainCode } from './plain';

export interface Candidate {
  readonly first: number;
  /** The last line, inclusive. */
  readonly last: number;
  /** Width of the white space before it; a tab reaches to the next multiple of 8, as Python reads it. */
  readonly indent: number;
  readonly kind: 'statement' | 'comment' | /** Shaped like code, but Python can't read it. */ 'broken';
  /** The code without strings and comments. */
  readonly code: string;
  readonly statements: readonly Stmt[];
  /** A compound statement whose suite is on the lines that follow. */
  readonly opensSuite: boolean;
}

/** White space that pages put before lines besides blanks and tabs is cut with them. */
export function indentWidth(line: string): number {
  let width = 0;
  for (const character of /^\s*/.exec(line)![0]) width = character === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  return width;
}

/** Also in strings and comments, where that is no harm. */
const typography: readonly [RegExp, string][] = [[/[\u00A0\u200B\u3000\uFEFF]/g, ' '], [/[“”„]/g, '"'], [/[‘’]/g, "'"], [/[–−]/g, '-']];

/** A comment as other languages have it, in a language that no divisor is written in. */
const foreignComment = /^([^#]*[\w)\]}'",:]\s*)\/\/(?=\s*[\u3400-\u9FFF])/;

/** A line as it was typed before a page set it: no-break blanks, typographic quotes and dashes undone, `//` a comment; same length. */
export function asTyped(line: string): string {
  if (!/[^\x00-\x7F]/.test(line)) return line;
  const typed = typography.reduce((text, [set, character]) => text.replace(set, character), line).replace(foreignComment, '$1# ');
  if (!/[\uFF00-\uFFEF]/.test(typed)) return typed;
  // Full-width punctuation is that of the text, unless all else is code.
  const code = plainCode(typed);
  return code.isPlain ? code.text : typed;
}

/** Letters and marks of scripts that are written without Latin letters: outside strings and comments they are prose. */
export const foreignToCode = /[^\x00-\x7F]/;

/** Lines of a statement. In prose a longer one is a bracket that was left open. */
const longest = 400;
/** Characters of a line of a post. Longer ones are data or minified pages, and take long to find that out. */
const longestLine = 50_000;
const longestCode = 4000;

const compound = /^(?:async\s+)?(?:if|for|while|with|try|def|class|match)\b/;
const continued = /^(?:elif|else|except|finally|case)\b/;

/**
 * @param line the text of a line, null behind the last or where something else than code was found
 * @param isCode the text is known to be code: any line that is not blank is then a candidate
 */
export function readCandidate(first: number, line: (number: number) => string | null, parser: PythonParser, isCode = false): Candidate | null {
  const text = line(first);
  if (text === null || text.trim() === '' || (!isCode && text.length > longestLine)) return null;
  const indent = indentWidth(text);
  const trimmed = text.trim();
  if (trimmed.startsWith('#')) return { first, last: first, indent, kind: 'comment', code: '', statements: [], opensSuite: false };

  const logical = readLogicalLine((offset) => line(first + offset), isCode ? longestCode : longest);
  const alone = logical.lines > 1 ? readLogicalLine((offset) => (offset === 0 ? text : null), longest) : logical;
  if (!isCode && foreignToCode.test(alone.code)) return null;
  if (logical.complete && (isCode || !foreignToCode.test(logical.code))) {
    const lines = Array.from({ length: logical.lines }, (_, offset) => line(first + offset) ?? '');
    const read = parseAlone(lines.join('\n').trim(), logical.code.trim(), parser);
    if (read) return { first, last: first + logical.lines - 1, indent, kind: 'statement', code: logical.code, ...read };
  }
  return { first, last: first, indent, kind: 'broken', code: alone.code, statements: [], opensSuite: /:\s*$/.test(alone.code) };
}

/** A header is read with a suite, a clause with the statement that it continues, a decorator as the expression it is. */
function parseAlone(text: string, code: string, parser: PythonParser): Pick<Candidate, 'statements' | 'opensSuite'> | null {
  const opensSuite = code.endsWith(':') && (compound.test(code) || continued.test(code));
  const body = opensSuite ? `${text}\n            pass\n` : text;
  if (code.startsWith('@')) return parsed(`${text}\ndef decorated(): pass\n`, false, parser);
  if (/^(?:elif|else)\b/.test(code)) return parsed(`if decided: pass\n${body}`, opensSuite, parser);
  if (/^(?:except|finally)\b/.test(code)) return parsed(`try: pass\n${body}`, opensSuite, parser);
  if (/^case\b/.test(code)) return parsed(`match decided:\n  ${body}`, opensSuite, parser);
  if (/^try\s*:/.test(code)) return parsed(`${body}\nexcept: pass\n`, opensSuite, parser);
  if (/^match\b/.test(code) && opensSuite) return parsed(`${text}\n    case _:\n            pass\n`, true, parser);
  return parsed(body, opensSuite, parser);
}

function parsed(text: string, opensSuite: boolean, parser: PythonParser): Pick<Candidate, 'statements' | 'opensSuite'> | null {
  const module = parser.parse(text);
  if (module.errors.length > 0 || module.body.length === 0 || module.body.some((statement) => statement.kind === 'ErrorStmt')) return null;
  return { statements: module.body, opensSuite };
}
