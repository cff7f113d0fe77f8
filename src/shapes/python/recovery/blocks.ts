/** Logical lines as statements with their suites, by indentation and first words. */
import type { LogicalLine } from '../lines';

export interface Item {
  readonly line: LogicalLine;
  /** The deeper lines that belong to it. */
  readonly suite: readonly Item[];
  /** Where the last token of it and its suite ends. */
  readonly end: number;
}

/** One statement: its decorators, itself, and the clauses that go on with it (`elif`, `else`, `except`, `finally`). */
export interface Chunk {
  readonly decorators: readonly Item[];
  readonly main: Item;
  readonly clauses: readonly Item[];
}

/** As CPython's limit of indentation (https://github.com/python/cpython/blob/3.11/Parser/tokenizer.h, MAXINDENT). */
const DEPTH_LIMIT = 100;
/** These words have no other use, so what is deeper below them is theirs even where the ':' is missing. */
const SUITE_WORDS: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally', 'def', 'class']);
const CLAUSES: Readonly<Record<string, readonly string[]>> = {
  if: ['elif', 'else'], elif: ['elif', 'else'], for: ['else'], while: ['else'], try: ['except', 'else', 'finally'], except: ['except', 'else', 'finally'],
};

export function itemsOf(source: string, lines: readonly LogicalLine[]): Item[] {
  let at = 0;
  const block = (outer: number, depth: number): Item[] => {
    const items: Item[] = [];
    for (let line = lines[at]; line && line.column > outer; line = lines[at]) {
      at++;
      const next = lines[at];
      const hasSuite = opensSuite(source, line) && next !== undefined && next.column > line.column && depth < DEPTH_LIMIT;
      const suite = hasSuite ? block(line.column, depth + 1) : [];
      items.push({ line, suite, end: suite[suite.length - 1]?.end ?? line.end });
    }
    return items;
  };
  return block(-1, 0);
}

function opensSuite(source: string, line: LogicalLine): boolean {
  if (line.colon >= 0) return line.colon === line.end - 1;
  return SUITE_WORDS.has(line.word) || (source[line.end - 1] === ':' && (line.word === 'match' || line.word === 'case'));
}

export function isDecorator(source: string, line: LogicalLine): boolean {
  return source[line.start] === '@';
}

export function chunksOf(source: string, items: readonly Item[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let i = 0; i < items.length; i++) {
    const decorators: Item[] = [];
    while (isDecorator(source, items[i]!.line) && decorates(source, items[i]!, items[i + 1])) decorators.push(items[i++]!);
    const main = items[i]!;
    const clauses: Item[] = [];
    const allowed = CLAUSES[main.line.word] ?? [];
    for (let next = items[i + 1]; next && next.line.column === main.line.column && allowed.includes(next.line.word); next = items[i + 1]) {
      clauses.push(next);
      i++;
    }
    chunks.push({ decorators, main, clauses });
  }
  return chunks;
}

function decorates(source: string, decorator: Item, next: Item | undefined): boolean {
  return next !== undefined && next.line.column === decorator.line.column && (isDecorator(source, next.line) || next.line.word === 'def' || next.line.word === 'class');
}
