// What in a document is code, what was printed, and what is neither: the engine reads the module text made of the code, and
// a map leads each of its positions back to the document as it stands.
import type { Language } from './language';
import type { Span } from '../shapes/python/ast';
import type { PythonParser } from '../shapes/python/parser';
import { readMarkdown } from './formats/markdown';
import { layOut, readNotebook } from './formats/notebook';
import type { NotebookCell, NotebookPart, NotebookText } from './formats/notebook';
import { readPost } from './formats/post';
import { byteOrderMark, LineIndex } from './line-index';
import type { Position } from './line-index';
import { codeRegions } from './recognition/chunks';
import { PositionMap } from './position-map';
import { assemble, proseBetween } from './regions';
import type { Cell, CodeRegion, PrintedOutput, Region } from './regions';
import { restoreLayout } from './restoration';
import type { DocumentAssumption, Restoration, RestoredText } from './restoration';

export type { Cell, PrintedOutput } from './regions';
export type { NotebookCell, NotebookPart } from './formats/notebook';

export interface TracedDocument {
  readonly language: Language;
  /** The document; of a notebook, the texts of its cells and outputs in order, each ended by a line break. */
  readonly text: string;
  readonly lines: LineIndex;
  /** The module text for the engine. */
  readonly source: string;
  readonly map: PositionMap;
  /** In the order of the document. */
  readonly cells: readonly Cell[];
  /** In the order of the document, ranges in it. */
  readonly outputs: readonly PrintedOutput[];
  readonly prose: readonly Prose[];
  /** What the parts of `text` are, for a notebook; else null. */
  readonly notebook: readonly NotebookPart[] | null;
  /** Code that lost its line breaks or indentation, in the order of the document: the module text has them. */
  readonly restorations: readonly Restoration[];
  /** How the document was read where its text does not decide; ranges in it. */
  readonly assumptions: readonly DocumentAssumption[];
  /** Why the document could not be read at all; null if it could. */
  readonly error: string | null;
}

/** A stretch of text that is neither code nor output. */
export interface Prose extends Span {
  readonly text: string;
  /** The offset of its first character as that of the module text goes on behind the code: `map` knows it. */
  readonly source: number;
  /** The cell before it, in the module text; null before the first. */
  readonly code: Span | null;
}

/** Never throws; a document without code has an empty source. */
export function readDocument(text: string, language: Language, parser: PythonParser): TracedDocument {
  if (language === 'python') return pythonDocument(text, parser);
  if (language === 'notebook') return notebookDocument(readNotebook(text));
  const lines = new LineIndex(text);
  const restored = restoreLayout(text, lines, language, parser);
  if (!restored) return fromRegions({ language, text, lines, regions: postRegions(text, language, lines, parser) });
  const regions = restored.toDocument(postRegions(restored.text, language, new LineIndex(restored.text), parser));
  return fromRegions({ language, text, lines, regions, restored });
}

function postRegions(text: string, language: 'markdown' | 'text', lines: LineIndex, parser: PythonParser): Region[] {
  const { chunks, others } = language === 'markdown' ? readMarkdown(text, lines, parser) : readPost(text, lines, parser);
  return [...others, ...codeRegions(chunks)].sort((a, b) => a.document.start - b.document.start);
}

/** A notebook that an editor has open, cell by cell. */
export function readCells(cells: readonly NotebookCell[]): TracedDocument {
  return notebookDocument(layOut(cells));
}

function notebookDocument({ text, regions, parts, error }: NotebookText): TracedDocument {
  return fromRegions({ language: 'notebook', text, regions, lines: new LineIndex(text), notebook: parts, error });
}

function pythonDocument(text: string, parser: PythonParser): TracedDocument {
  const start = text.startsWith(byteOrderMark) ? 1 : 0;
  const source = text.slice(start);
  const lines = new LineIndex(text);
  const restored = restoreLayout(text, lines, 'python', parser);
  if (restored) return fromRegions({ language: 'python', text, lines, restored, regions: restored.toDocument([moduleRegion(restored.text)]) });
  const cell: Cell = { kind: 'code', source: { start: 0, end: source.length }, document: { start, end: text.length } };
  return {
    language: 'python', text, lines, source, map: PositionMap.identity(source.length, start), cells: source.trim() === '' ? [] : [cell],
    outputs: [], prose: [], notebook: null, restorations: [], assumptions: [], error: null,
  };
}

/** All lines of a text as code. */
function moduleRegion(text: string): CodeRegion {
  const lines = new LineIndex(text);
  // Behind the last line break there is no line.
  const count = lines.lineStart(lines.lineCount - 1) === text.length ? lines.lineCount - 1 : lines.lineCount;
  const spans = Array.from({ length: count }, (_, line) => ({ start: lines.lineStart(line), end: lines.lineEnd(line) }));
  return { kind: 'code', document: { start: lines.lineStart(0), end: text.length }, lines: spans };
}

interface ReadRegions {
  readonly language: Language;
  readonly text: string;
  readonly lines: LineIndex;
  readonly regions: readonly Region[];
  readonly notebook?: readonly NotebookPart[];
  readonly restored?: RestoredText;
  readonly error?: string | null;
}

function fromRegions({ language, text, lines, regions, notebook, restored, error }: ReadRegions): TracedDocument {
  const assembled = assemble(text, regions);
  let source = assembled.source.length;
  let [next, code]: [number, Span | null] = [0, null];
  const prose = proseBetween(text, regions.map((region) => region.document)).map((span): Prose => {
    for (; next < assembled.cells.length && assembled.cells[next]!.document.start < span.start; next++) code = assembled.cells[next]!.source;
    // One character between two of them, so that a place belongs to one only.
    const found = { ...span, text: text.slice(span.start, span.end), source: source + 1, code };
    source = found.source + found.text.length;
    return found;
  });
  const map = new PositionMap(assembled.map.pieces, prose.map((each) => ({ source: each.source, document: each.start, length: each.text.length })));
  const { restorations, assumptions } = restored ?? { restorations: [], assumptions: [] };
  return { language, text, lines, ...assembled, map, prose, notebook: notebook ?? null, restorations, assumptions, error: error ?? null };
}

export interface DocumentPosition extends Position {
  /** For a notebook: the index of the cell that the line is counted in. */
  readonly cell?: number;
  /** For a notebook: the position is in this output of the cell, not in its source. */
  readonly output?: number;
}

/** A document's offset as an editor counts: in the file, or in the notebook's cell. */
export function positionAt(document: Pick<TracedDocument, 'lines' | 'notebook'>, offset: number): DocumentPosition {
  const position = document.lines.position(offset);
  if (!document.notebook) return position;
  const part = document.notebook.filter((each) => each.start <= offset).at(-1) ?? document.notebook[0];
  if (!part) return position;
  const first = document.lines.position(part.start);
  return { line: position.line - first.line, character: position.character, cell: part.cell, ...(part.output === null ? {} : { output: part.output }) };
}

/** The document's offset of a position; null if the notebook has no such cell or output. */
export function offsetAt(document: Pick<TracedDocument, 'lines' | 'notebook'>, position: DocumentPosition): number | null {
  if (!document.notebook) return document.lines.offset(position);
  const part = document.notebook.find((each) => each.cell === position.cell && each.output === (position.output ?? null));
  if (!part) return null;
  const first = document.lines.position(part.start);
  return Math.min(document.lines.offset({ line: first.line + position.line, character: position.character }), part.end);
}

/** The index of the cell that a statement of the module text stands in; null between cells. */
export function cellOf(document: Pick<TracedDocument, 'cells'>, span: Span): number | null {
  const index = document.cells.findIndex((cell) => cell.source.start <= span.start && span.start < cell.source.end);
  return index < 0 ? null : index;
}
