// Lines of code with something around each that is no code: the numbers of an editor, the marks of a difference or of a
// quoted mail, the bars of a table. Where what stands among them is code, it is read without them.
import type { Span } from '../shapes/python/ast';
import type { PythonParser } from '../shapes/python/parser';
import type { Language } from './language';
import type { LineIndex } from './line-index';
import { MARK, readDifference, readListed, readNumbers, readNumbersBetween, readQuoted, readTable } from './markReaders';
import type { Marked, Reader } from './markReaders';
import { asTyped, readCandidate } from './recognition/candidate';
import { findCode } from './recognition/code-lines';

export interface MarkedBlock {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  /** Of each line, the columns at which its code begins and ends; null: the line is left out. */
  readonly columns: readonly (Span | null)[];
}

/** Lines of a statement, within which lines may well begin with numbers. */
const LONGEST_STATEMENT = 60;
/** Of lines behind numbers: others than these are lists and tables. */
const LEAST_CODE = 0.6;

export function findMarked(lines: LineIndex, language: Language, parser: PythonParser): MarkedBlock[] {
  const text = (line: number): string | null => (line < lines.lineCount ? lines.lineText(line) : null);
  const onPages: readonly [Reader, number][] = [[readQuoted, 0], [readListed, LEAST_CODE], [readTable, LEAST_CODE]];
  const readers: readonly [Reader, number][] = [[readNumbers, LEAST_CODE], [readNumbersBetween, LEAST_CODE], [readDifference, LEAST_CODE], ...(language === 'text' ? onPages : [])];
  const blocks: MarkedBlock[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    if (!MARK.test(text(line)!)) continue;
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

/** Where code begins: at one column of all lines, where each has a blank before it, else as far behind each mark. */
function columnsOf(marked: readonly Marked[]): (Span | null)[] {
  const taken = marked.flatMap(({ end, line, behind }) => (end !== null && line.slice(end, behind).trim() !== '' ? [{ end, line, start: end + line.slice(end).search(/\S/) }] : []));
  const column = Math.min(...taken.map(({ start }) => start));
  const isAligned = taken.every(({ end, line }) => end <= column && /^[ \t\u00A0]$/.test(line[column - 1] ?? ''));
  const gap = Math.min(...taken.map(({ end, start }) => start - end));
  return marked.map(({ end, line, behind = line.length }) => (end === null ? null : { start: Math.min(behind, isAligned ? Math.max(end, column) : end + gap), end: behind }));
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

function isCode(marked: readonly Marked[], columns: readonly (Span | null)[], share: number, parser: PythonParser): boolean {
  const lines = marked.flatMap(({ line }, i) => (columns[i] ? [asTyped(line.slice(columns[i].start, columns[i].end))] : []));
  const written = lines.filter((line) => line.trim() !== '').length;
  // Lists in the text are many, and to parse them takes its time.
  if (lines.filter((line) => codeLike.test(line)).length < Math.max(2, share / 2 * written)) return false;
  const code = findCode(0, lines.length, (line) => lines[line] ?? null, parser);
  const taken = code.reduce((sum, { first, last }) => sum + lines.slice(first, last + 1).filter((line) => line.trim() !== '').length, 0);
  return code.length >= 2 && taken >= share * written;
}
