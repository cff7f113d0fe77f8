// Pasted code as chunks, and the regions of module text that they become: indented as Python needs it, methods put where
// their class is.
import type { CodeLine, CodeRegion } from '../regions';
import type { Candidate } from './candidate';
import { asTyped } from './candidate';
import { withoutCitations } from './citations';
import { indentWidths } from './indentation';

/** Lines of a document, maybe without the marks of the quote or list that they stand in. */
export interface Lines {
  lineText(line: number): string;
  lineStart(line: number): number;
  lineEnd(line: number): number;
}

/** Statements of a document with nothing but blank lines between. */
export interface Chunk {
  readonly candidates: readonly Candidate[];
  readonly lines: Lines;
  /** The width that its outermost level gets. */
  base: number;
  /** The chunk that it continues though it does not stand right behind it. */
  after: Chunk | null;
}

/** @param separates whether a line that is no code ends a chunk */
export function chunksOf(candidates: readonly Candidate[], separates: (line: number) => boolean, lines: Lines): Chunk[] {
  const chunks: Candidate[][] = [];
  let last = -1;
  for (const candidate of candidates) {
    let apart = chunks.length === 0;
    for (let line = last + 1; line < candidate.first && !apart; line++) apart = separates(line);
    if (apart) chunks.push([]);
    chunks.at(-1)!.push(candidate);
    last = candidate.last;
  }
  return chunks.map((each) => ({ candidates: each, lines, base: 0, after: null }));
}

/** @param found all of a document, in its order */
export function codeRegions(found: readonly Chunk[]): CodeRegion[] {
  const chunks = withoutCitations(found);
  joinMethods(chunks);
  const made = new Map<Chunk, CodeRegion>();
  for (const chunk of chunks) made.set(chunk, codeRegion(chunk, chunk.after ? made.get(chunk.after) : undefined));
  return [...made.values()];
}

/** A chunk that begins with an indented `def` continues the class seen last. */
function joinMethods(chunks: readonly Chunk[]): void {
  let open: { readonly chunk: Chunk; readonly body: number } | null = null;
  for (const chunk of chunks) {
    const first = chunk.candidates.find((candidate) => candidate.kind !== 'comment');
    const isMethod = first !== undefined && first.indent > 0 && /^\s*(?:@|(?:async\s+)?def\b)/.test(first.code);
    if (isMethod && open && !chunk.candidates.some((candidate) => isClass(candidate) || candidate.indent < first.indent)) {
      chunk.base = open.body;
      chunk.after = open.chunk;
      open = { chunk, body: open.body };
      continue;
    }
    const index = lastClass(chunk);
    if (index < 0) continue;
    const owner = chunk.candidates[index]!;
    const rest = chunk.candidates.slice(index + 1).filter((candidate) => candidate.kind !== 'comment');
    // Code behind the class in its own chunk: nothing can be added to the class any more.
    const ended = rest.some((candidate) => candidate.indent <= owner.indent);
    open = ended ? null : { chunk, body: Math.max(0, (rest[0]?.indent ?? owner.indent + 4) - owner.indent) };
  }
}

function lastClass(chunk: Chunk): number {
  for (let index = chunk.candidates.length - 1; index >= 0; index--) if (isClass(chunk.candidates[index]!)) return index;
  return -1;
}

function isClass(candidate: Candidate): boolean {
  return /^\s*class\s+\w+.*:/s.test(candidate.code);
}

function codeRegion(chunk: Chunk, after: CodeRegion | undefined): CodeRegion {
  const { lines } = chunk;
  const narrow = narrowTabs(chunk);
  const candidates = narrow ?? chunk.candidates;
  const widths = indentWidths(candidates, chunk.base);
  const taken: CodeLine[] = [];
  let next = chunk.candidates[0]!.first;
  for (const candidate of candidates) {
    for (; next < candidate.first; next++) taken.push({ start: lines.lineStart(next), end: lines.lineEnd(next) });
    for (; next <= candidate.last; next++) {
      const line: CodeLine = { start: lines.lineStart(next), end: lines.lineEnd(next) };
      const text = lines.lineText(next);
      taken.push(typed(next === candidate.first ? indented(line, text, candidate.indent, widths.get(candidate)!, narrow !== null) : line, text));
    }
  }
  return { kind: 'code', document: { start: lines.lineStart(chunk.candidates[0]!.first), end: lines.lineEnd(next - 1) }, lines: taken, after };
}

/**
 * Where tabs stand among blanks and a suite is no deeper than its header if a tab reaches to the next multiple of 8, as Python
 * reads it: the author's editor showed four.
 */
function narrowTabs({ candidates, lines }: Chunk): Candidate[] | null {
  const space = (candidate: Candidate): string => /^[ \t]*/.exec(lines.lineText(candidate.first))![0];
  const spaces = candidates.map(space);
  if (!spaces.some((each) => each.includes('\t')) || !spaces.some((each) => each.startsWith(' '))) return null;
  const statements = candidates.filter(({ kind }) => kind !== 'comment');
  const isFlat = (widthOf: (candidate: Candidate) => number): boolean => statements.some((each, i) => each.opensSuite && statements[i + 1] !== undefined && widthOf(statements[i + 1]!) <= widthOf(each));
  const narrow = (candidate: Candidate): number => [...space(candidate)].reduce((width, character) => (character === '\t' ? (Math.floor(width / 4) + 1) * 4 : width + 1), 0);
  return isFlat(({ indent }) => indent) && !isFlat(narrow) ? candidates.map((each) => ({ ...each, indent: narrow(each) })) : null;
}

function typed(line: CodeLine, text: string): CodeLine {
  const replacement = asTyped(text);
  return replacement === text ? line : { ...line, replacement: replacement.slice(replacement.length - (line.end - line.start)) };
}

/** Leaves the white space as it is where its width is right. @param isNarrow whether a tab is not as wide as Python takes it */
function indented(line: CodeLine, text: string, written: number, width: number, isNarrow: boolean): CodeLine {
  const space = text.length - text.trimStart().length;
  // Python knows blanks and tabs; other white space that pages contain must go.
  const foreign = (isNarrow ? /[^ ]/ : /[^ \t]/).test(text.slice(0, space));
  if (written === width && !foreign) return line;
  if (!foreign && space === written && width < written) return { ...line, start: line.start + space - width };
  return { start: line.start + space, end: line.end, indent: ' '.repeat(width) };
}
