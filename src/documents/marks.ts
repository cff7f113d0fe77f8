// Lines of code with something before each that is no code: the numbers of an editor, the marks of a difference or of a
// quoted mail. Where what stands behind them is code, it is read without them.
import type { PythonParser } from '../shapes/python/parser';
import type { Language } from './language';
import type { LineIndex } from './line-index';
import { asTyped, readCandidate } from './recognition/candidate';
import { findCode } from './recognition/code-lines';

export interface MarkedBlock {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  /** The column of each line at which its code begins; null: the line is left out. */
  readonly columns: readonly (number | null)[];
}

/** Lines, from one on, of which each has a mark; empty where there are none. */
type Reader = (from: number, text: (line: number) => string | null) => Marked[];

interface Marked {
  /** Where the mark ends; null: the line is left out. */
  readonly end: number | null;
  readonly line: string;
}

const LEAST_NUMBERED = 3;
/** Numbers right before the code: `12import torch`. */
const LEAST_GLUED = 4;
const LEAST_QUOTED = 2;
/** Added lines of a difference without a header. */
const LEAST_ADDED = 3;
/** Lines without a number among numbered ones. */
const WIDEST_GAP = 2;
/** Lines of a statement, within which lines may well begin with numbers. */
const LONGEST_STATEMENT = 60;
/** Of lines behind numbers: others than these are lists and tables. */
const LEAST_CODE = 0.6;

export function findMarked(lines: LineIndex, language: Language, parser: PythonParser): MarkedBlock[] {
  const text = (line: number): string | null => (line < lines.lineCount ? lines.lineText(line) : null);
  const readers: readonly [Reader, number][] = [[readNumbers, LEAST_CODE], [readDifference, LEAST_CODE], ...(language === 'text' ? [[readQuoted, 0] as [Reader, number]] : [])];
  const blocks: MarkedBlock[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    if (!mark.test(text(line)!)) continue;
    for (const [read, share] of readers) {
      const marked = read(line, text);
      if (marked.length === 0) continue;
      const columns = columnsOf(marked);
      if (!isCode(marked, columns, share, parser) || isWithinStatement(line, text, parser)) continue;
      blocks.push({ first: line, last: line + marked.length - 1, columns });
      line += marked.length - 1;
      break;
    }
  }
  return blocks;
}

/** What a marked line begins with. */
const mark = /^(?:[ \t\u00A0]*\d|[-+@>d])/;
const numbered = /^[ \t\u00A0]*(\d{1,5})([ \t\u00A0]*[.:)|│])?/;

function readNumbers(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  let [count, glued] = [0, false];
  let [next, punctuation]: [number | null, string] = [null, ''];
  let gap = 0;
  for (let at = from; ; at++) {
    const line = text(at);
    if (line === null) break;
    const match = numbered.exec(line);
    const sign = match?.[2]?.trim() ?? '';
    const rest = match ? line.slice(match[0].length) : '';
    if (!match || (next !== null && (Number(match[1]) !== next || sign !== punctuation)) || /^\d/.test(rest)) {
      if (line.trim() !== '' || next === null || ++gap > WIDEST_GAP) break;
      found.push({ end: 0, line });
      continue;
    }
    [next, punctuation, gap] = [Number(match[1]) + 1, sign, 0];
    glued ||= sign === '' && /^\S/.test(rest);
    count++;
    found.push({ end: match[0].length, line });
  }
  return count >= (glued ? LEAST_GLUED : LEAST_NUMBERED) ? found.slice(0, found.length - gap) : [];
}

const header = /^(?:@@ |diff --git |index [0-9a-f]{4}|--- |\+\+\+ |\\ No newline)/;

function readDifference(from: number, text: (line: number) => string | null): Marked[] {
  const isFenced = /^\s*(?:`{3,}|~{3,})diff\b/.test(text(from - 1) ?? '');
  if (!isFenced && !/^(?:\+|-(?!-)|@@ |diff --git )/.test(text(from) ?? '')) return [];
  const found: Marked[] = [];
  let [added, headers] = [0, isFenced ? 1 : 0];
  for (let at = from; ; at++) {
    const line = text(at);
    if (line === null || (line !== '' && !/^[+\- ]/.test(line) && !header.test(line))) break;
    if (header.test(line)) headers++;
    else if (line.startsWith('+')) added++;
    found.push({ end: header.test(line) || line.startsWith('-') ? null : Math.min(1, line.length), line });
  }
  while (found.at(-1)?.line.trim() === '') found.pop();
  return added >= (headers > 0 ? 1 : LEAST_ADDED) ? found : [];
}

function readQuoted(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  for (let at = from; /^>(?!>)/.test(text(at) ?? ''); at++) found.push({ end: 1, line: text(at)! });
  return found.length >= LEAST_QUOTED ? found : [];
}

/** Where code begins: at one column of all lines, where each has a blank before it, else as far behind each mark. */
function columnsOf(marked: readonly Marked[]): (number | null)[] {
  const taken = marked.flatMap(({ end, line }) => (end !== null && line.slice(end).trim() !== '' ? [{ end, line, start: end + line.slice(end).search(/\S/) }] : []));
  const column = Math.min(...taken.map(({ start }) => start));
  const isAligned = taken.every(({ end, line }) => end <= column && /^[ \t\u00A0]$/.test(line[column - 1] ?? ''));
  const gap = Math.min(...taken.map(({ end, start }) => start - end));
  return marked.map(({ end, line }) => (end === null ? null : Math.min(line.length, isAligned ? Math.max(end, column) : end + gap)));
}

/** `{` and on the next lines `1: …`: the numbers are the code's own. */
function isWithinStatement(line: number, text: (line: number) => string | null, parser: PythonParser): boolean {
  for (let first = line - 1; first >= Math.max(0, line - LONGEST_STATEMENT); first--) {
    const candidate = /[([{]/.test(text(first)!) ? readCandidate(first, text, parser) : null;
    if (candidate?.kind === 'statement' && candidate.last >= line) return true;
  }
  return false;
}

/** Signs of code in a line, which a sentence seldom has. */
export const codeLike = /[\w)\]] ?[-+*/@]?= ?\S|\w\(|:\s*$|^\s*(?:from|import|return|@)\b/;

function isCode(marked: readonly Marked[], columns: readonly (number | null)[], share: number, parser: PythonParser): boolean {
  const lines = marked.map(({ line }, i) => (columns[i] == null ? '' : asTyped(line.slice(columns[i]))));
  const written = lines.filter((line) => line.trim() !== '').length;
  // Lists in the text are many, and to parse them takes its time.
  if (lines.filter((line) => codeLike.test(line)).length < Math.max(2, share / 2 * written)) return false;
  const code = findCode(0, lines.length, (line) => lines[line] ?? null, parser);
  const taken = code.reduce((sum, { first, last }) => sum + lines.slice(first, last + 1).filter((line) => line.trim() !== '').length, 0);
  return code.length >= 2 && taken >= share * written;
}
