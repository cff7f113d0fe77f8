// Blocks of a document whose lines have lost their indentation, as pages lose it that are copied without their layout.
import type { PythonParser } from '../shapes/python/parser';
import { indent } from '../shapes/python/repair/indentation';
import type { LineIndex } from './line-index';
import { asTyped, indentWidth, readCandidate } from './recognition/candidate';
import type { Candidate } from './recognition/candidate';

export interface FlattenedBlock {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  /** What stands before lines, where that is not nothing. */
  readonly indents: ReadonlyMap<number, string>;
  readonly assumptions: readonly { readonly first: number; readonly last: number; readonly text: string }[];
}

/** Lines of a document, and what is known of them. */
interface Text {
  readonly lines: LineIndex;
  /** The text of a line as it was typed; null where something else than code was found. */
  readonly line: (number: number) => string | null;
  readonly parser: PythonParser;
}

const UNIT = '    ';
/** Blank lines within a block. */
const WIDEST_GAP = 2;
/** Lines of a header. */
const LONGEST_HEADER = 40;
const HEADER = /^\s*(?:async\s+)?(?:def|class|if|for|while|with|try|match)\b/;
/** Printed values that Python could read as calls. */
const PRINTED = /^\s*(?:tensor|array|torch\.Size|Parameter(?: containing)?|OrderedDict|[A-Z]\w*)\((?!.*\)\s*[.[@=])|^\s*(?:[[({]|-?\d|['"](?!""|''))/;

/**
 * @param isOpen whether a line may be code
 * @param isCode all of the document is: it must have lost all of its indentation then, more than a line that is being written has
 */
export function findFlattened(lines: LineIndex, isOpen: (line: number) => boolean, isCode: boolean, parser: PythonParser): FlattenedBlock[] {
  const line = (number: number): string | null => (number < lines.lineCount && isOpen(number) ? asTyped(lines.lineText(number)) : null);
  const text: Text = { lines, line, parser };
  const suspects = suspiciousEnds(text);
  if (suspects.flat.length === 0 || (isCode && (suspects.indented || suspects.flat.length < 2))) return [];
  const blocks: FlattenedBlock[] = [];
  let hasClass = false;
  for (const end of suspects.flat) {
    if (end <= (blocks.at(-1)?.last ?? -1)) continue;
    const first = headerEndingAt(text, end);
    const block: FlattenedBlock | null = first && !isWithin(text, first) ? blockFrom(text, first, hasClass) : null;
    if (!block) continue;
    blocks.push(block);
    hasClass ||= Array.from({ length: block.last - block.first + 1 }, (_, i) => line(block.first + i) ?? '').some((each) => /^class\s/.test(each.trim()));
  }
  return blocks;
}

/** Lines that end in a colon and have no deeper line behind them; whether others have. No parsing: most documents have none. */
function suspiciousEnds({ lines, line }: Text): { flat: number[]; indented: boolean } {
  const flat: number[] = [];
  let indented = false;
  for (let number = 0; number < lines.lineCount; number++) {
    const text = line(number);
    if (text === null || !/[\w)\]}"']\s*:\s*(?:#.*)?$/.test(text) || /^\s*#/.test(text)) continue;
    const next = nextCode(line, number + 1, lines.lineCount);
    if (next === null) continue;
    if (indentWidth(next) > indentWidth(text)) indented ||= HEADER.test(text);
    else flat.push(number);
  }
  return { flat, indented };
}

function nextCode(line: Text['line'], from: number, count: number): string | null {
  for (let number = from; number < Math.min(count, from + 1 + WIDEST_GAP); number++) {
    const text = line(number);
    if (text === null) return null;
    if (text.trim() !== '' && !/^\s*#/.test(text)) return text;
  }
  return null;
}

/** The header whose last line this is, if what follows it is no deeper. */
function headerEndingAt({ line, parser, lines }: Text, last: number): Candidate | null {
  for (let first = last; first >= Math.max(0, last - LONGEST_HEADER); first--) {
    const text = line(first);
    if (text === null) return null;
    if (!HEADER.test(text)) continue;
    const header = readCandidate(first, line, parser);
    const next = nextCode(line, last + 1, lines.lineCount);
    return header?.last === last && header.opensSuite && next !== null && indentWidth(next) <= header.indent ? header : null;
  }
  return null;
}

/** Whether code stands right before it that is further left: a part of it has its indentation. */
function isWithin({ line }: Text, { first, indent: own }: Candidate): boolean {
  for (let number = first - 1; number >= 0; number--) {
    const text = line(number);
    if (text === null || text.trim() === '') return false;
    if (indentWidth(text) < own) return true;
  }
  return false;
}

/** @param hasClass whether a class stands before it, which its methods may belong to */
function blockFrom(text: Text, first: Candidate, hasClass: boolean): FlattenedBlock | null {
  const candidates = candidatesFrom(text, first);
  const statements = candidates?.filter(({ kind }) => kind === 'statement') ?? [];
  const taken = statements.map((each) => ({ text: textOf(text, each), isHeader: each.opensSuite }));
  const found = indent(taken, text.parser);
  if (!candidates || !found) return null;
  const base = UNIT.repeat(hasClass && /^(?:@[^\n]*\n)*(?:async\s+)?def\s+\w+\s*\(\s*(?:self|cls)\b/.test(taken[0]!.text) ? 1 : 0);
  const indents = new Map<number, string>();
  let depth = '';
  for (const candidate of [...candidates].reverse()) {
    if (candidate.kind === 'statement') depth = base + UNIT.repeat(found.depths[statements.indexOf(candidate)]!);
    if (depth !== '') for (const line of outsideStrings(text, candidate)) indents.set(line, depth);
  }
  const last = candidates.at(-1)!.last;
  const restored = Array.from({ length: last - first.first + 1 }, (_, i) => (indents.get(first.first + i) ?? '') + text.line(first.first + i)!.trimStart()).join('\n');
  if (text.parser.parse(base === '' ? `${restored}\n` : `class C:\n${restored}\n`).errors.length > 0) return null;
  return { first: first.first, last, indents, assumptions: found.assumptions.map(({ statement, text: said }) => ({ first: statements[statement]!.first, last: statements[statement]!.last, text: said })) };
}

/** The statements from a header on, up to what is no code or a printed value; null where some of them have indentation. */
function candidatesFrom({ lines, line, parser }: Text, header: Candidate): Candidate[] | null {
  const found: Candidate[] = [];
  let gap = 0;
  for (let number = header.first; number < lines.lineCount && gap <= WIDEST_GAP; number++) {
    const text = line(number);
    if (text === null) break;
    if (text.trim() === '') {
      gap++;
      continue;
    }
    const candidate = readCandidate(number, line, parser);
    if (!candidate || candidate.kind === 'broken' || candidate.indent < header.indent || isProse(candidate, text)) break;
    if (candidate.kind === 'statement' && candidate.indent > header.indent) return null;
    gap = 0;
    found.push(candidate);
    number = candidate.last;
  }
  while (found.at(-1)?.kind === 'comment') found.pop();
  // A header without anything behind it says nothing of where its suite ends.
  while (found.at(-1)?.opensSuite) found.pop();
  return found;
}

/** A word or a value that stands alone: a headline, or what was printed. */
function isProse({ kind, statements, opensSuite }: Candidate, text: string): boolean {
  if (kind === 'comment' || opensSuite) return false;
  const [statement, ...others] = statements;
  if (statement?.kind !== 'Expr' || others.length > 0) return false;
  const { value } = statement;
  return PRINTED.test(text) || !['Call', 'Constant', 'Await', 'Yield', 'YieldFrom'].includes(value.kind);
}

function textOf({ line }: Text, { first, last }: Candidate): string {
  return Array.from({ length: last - first + 1 }, (_, i) => line(first + i) ?? '').join('\n').trim();
}

/** A statement's lines that may be indented: what stands within a string of several lines is its text. */
function outsideStrings(text: Text, { first, last }: Candidate): number[] {
  const found = [first];
  for (let at = first + 1; at <= last; at++) if (!isWithinString(text, first, at)) found.push(at);
  return found;
}

function isWithinString({ line }: Text, first: number, at: number): boolean {
  const before = Array.from({ length: at - first }, (_, i) => line(first + i) ?? '').join('\n');
  return (before.match(/"""|'''/g)?.length ?? 0) % 2 === 1;
}
