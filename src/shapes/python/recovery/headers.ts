/** What stands before a suite: `if test:`, `def name(parameters):`, read by making a whole statement of it. */
import type { Stmt } from '../ast';
import type { LogicalLine } from '../lines';
import { brokenHeader } from './brokenHeaders';
import { faultOf } from './faults';
import { isFragment } from './fragments';
import type { Recovery } from './recovery';

export interface Header {
  /** A statement whose suite is not its own, and whose start may be another: it stands for the header only. */
  readonly statement: Stmt;
  readonly read: boolean;
}

export function header(r: Recovery, line: LogicalLine): Header {
  if (isBare(line.word)) return bare(r, line);
  const statement = completed(r, line);
  return statement ? { statement, read: true } : { statement: brokenHeader(r, line), read: false };
}

/** Words that nothing stands between and their ':'. */
function isBare(word: string): boolean {
  return word === 'else' || word === 'try' || word === 'finally';
}

function bare(r: Recovery, { start, end, word, colon }: LogicalLine): Header {
  const span = { start, end: start + word.length };
  const between = r.fragments.source.slice(span.end, colon >= 0 ? colon : end).trim();
  const read = between === '' && colon >= 0;
  if (!read) {
    const message = word === 'else' && /^if\b/.test(between) ? "'else if' is written 'elif'" : between === '' ? `':' is missing after '${word}'` : `nothing can stand between '${word}' and ':'`;
    r.faults.push(faultOf(span, message));
  }
  const orelse = NOTHING;
  const body = NOTHING;
  if (word === 'else') return { statement: Object.freeze({ kind: 'If', ...span, test: Object.freeze({ kind: 'ErrorExpr', ...span }), body, orelse }), read };
  return { statement: Object.freeze({ kind: 'Try', ...span, body, handlers: Object.freeze([]), orelse, finalbody: body }), read };
}

/** Text around a header that makes a statement of it; `skip` is how much of it `before` replaces. */
interface Frame { readonly before: string; readonly skip: number; readonly after: string }

function frameOf(word: string): Frame {
  switch (word) {
    case 'elif': return { before: 'if', skip: 4, after: ' pass\n' };
    case 'except': return { before: 'try: pass\n', skip: 0, after: ' pass\n' };
    case 'case': return { before: 'match x:\n ', skip: 0, after: ' pass\n' };
    case 'match': return { before: '', skip: 0, after: '\n case _: pass\n' };
    default: return { before: '', skip: 0, after: ' pass\n' };
  }
}

/** Whether a logical line, a header among them, can be read as it is. */
export function isReadable(r: Recovery, line: LogicalLine): boolean {
  if (r.fragments.source[line.start] === '@') return r.fragments.expression({ start: line.start + 1, end: line.end }) !== null;
  if (isBare(line.word)) return isFragment(r.fragments.parse({ start: Math.min(line.colon < 0 ? line.start : line.colon + 1, line.end), end: line.end }));
  if (line.colon < 0) return isFragment(r.fragments.parse({ start: line.lineStart, end: line.end }));
  const { before, skip, after } = frameOf(line.word);
  const whole = line.colon === line.end - 1;
  return isFragment(r.fragments.parse({ start: line.start + skip, end: line.end }, before, whole ? after : '\n'));
}

function completed(r: Recovery, line: LogicalLine): Stmt | null {
  const { before, skip, after } = frameOf(line.word);
  const { source } = r.fragments;
  const start = line.start + skip;
  const end = line.colon >= 0 ? line.colon + 1 : line.end;
  const unclosed = source[line.end - 1] === ':' ? line.end - 1 : line.end;
  const attempts: readonly { end: number; added: string; message: string }[] = line.colon >= 0
    ? [{ end, added: '', message: '' }]
    : [{ end, added: ':', message: "':' is missing" }, { end: unclosed, added: '):', message: "')' is missing" }];
  for (const attempt of attempts) {
    const fragment = r.fragments.parse({ start, end: attempt.end }, before, attempt.added + after);
    if (!isFragment(fragment) || fragment.statements.length !== 1) continue;
    r.accept(fragment);
    if (attempt.message) r.faults.push(faultOf({ start: Math.max(line.start, attempt.end - 1), end: attempt.end }, `${attempt.message} at the end of '${line.word}'`));
    return fragment.statements[0]!;
  }
  return null;
}

const NOTHING: readonly Stmt[] = Object.freeze([]);
