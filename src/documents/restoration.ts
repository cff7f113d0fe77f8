// Code whose line breaks or indentation were lost: the text is read with them put back, and what is found leads back to the document as it is.
import type { Span } from '../shapes/python/ast';
import type { PythonParser } from '../shapes/python/parser';
import { contains, overlaps } from '../shapes/python/spans';
import { findRuns } from '../shapes/python/repair/detect';
import type { RestoredRun } from '../shapes/python/repair/detect';
import { restoredText } from '../shapes/python/repair/restore';
import type { Restored } from '../shapes/python/repair/restore';
import type { Language } from './language';
import { findEscapes } from './escapes';
import type { Escape } from './escapes';
import { findFlattened } from './flattened';
import type { FlattenedBlock } from './flattened';
import { LineIndex } from './line-index';
import { codeLike, findMarked } from './marks';
import type { MarkedBlock } from './marks';
import { PositionMap } from './position-map';
import type { Piece } from './position-map';
import { findPrompts } from './prompts';
import { plainCode } from './recognition/plain';
import type { CodeLine, CodeRegion, Region } from './regions';

/** A part of the document as it was: a line before its line breaks were lost, or lines before their indentation was. */
export interface Restoration { readonly range: Span; readonly text: string; readonly lost: 'line breaks' | 'indentation' | /** Marks stand around the lines. */ 'marks' | /** HTML's entities and tags, or Markdown's backslashes, stand in it. */ 'escapes' | /** Other characters stand for those of Python. */ 'characters' }

/** What the text does not decide, and how it was taken. */
export interface DocumentAssumption { readonly text: string; readonly range: Span }

export interface RestoredText {
  /** The text with what was lost. */
  readonly text: string;
  readonly restorations: readonly Restoration[];
  readonly assumptions: readonly DocumentAssumption[];
  /** Regions of the restored text, as those of the document. */
  toDocument(regions: readonly Region[]): Region[];
}

/** A text that was restored once, and may be again. */
interface Stage extends RestoredText { readonly inDocument: (span: Span) => Span }

/** Null where nothing was lost. */
export function restoreLayout(text: string, lines: LineIndex, language: Language, parser: PythonParser): RestoredText | null {
  const unescaped = restoreEscaped(text, lines, language);
  const typed = then(unescaped, restoreTyped(unescaped?.text ?? text, unescaped ? new LineIndex(unescaped.text) : lines, language, parser));
  return then(typed, restoreLines(typed?.text ?? text, typed ? new LineIndex(typed.text) : lines, language === 'python', parser));
}

/** @param original what the text was made of, `map` leads back there */
function stage(original: string, text: string, map: PositionMap, restorations: readonly Restoration[], assumptions: readonly DocumentAssumption[] = []): Stage {
  return { text, restorations, assumptions, inDocument: (span) => map.spanToDocument(span), toDocument: (regions) => regionsInDocument(regions, text, map, original) };
}

/** What was lost of a text that was restored already. */
function then(first: Stage | null, second: Stage | null): Stage | null {
  if (!first || !second) return second ?? first;
  const { inDocument } = first;
  const later = second.restorations.map((each) => ({ ...each, range: inDocument(each.range) }));
  const earlier = first.restorations.filter(({ range }) => !later.some((other) => contains(other.range, range)));
  const apart = later.filter(({ range }) => !earlier.some((other) => overlaps(other.range, range)));
  return {
    text: second.text, inDocument: (span) => inDocument(second.inDocument(span)),
    restorations: [...earlier, ...apart].sort((a, b) => a.range.start - b.range.start),
    assumptions: [...first.assumptions, ...second.assumptions.map((each) => ({ ...each, range: inDocument(each.range) }))],
    toDocument: (regions) => first.toDocument(second.toDocument(regions)),
  };
}

/** The text without what pages and converters put in place of characters of code. */
function restoreEscaped(text: string, lines: LineIndex, language: Language): Stage | null {
  const escapes = findEscapes(text, lines, language);
  if (escapes.length === 0) return null;
  const writer = new Writer(text);
  const rows = new Map<number, number>();
  for (const escape of escapes) {
    writer.copyTo(escape.start);
    const line = lines.lineAt(escape.start);
    if (!rows.has(line)) rows.set(line, writer.text.length - (escape.start - lines.lineStart(line)));
    writer.replace(escape);
  }
  writer.copyTo(text.length);
  const map = new PositionMap(writer.pieces);
  const typed = new LineIndex(writer.text);
  const restorations = [...rows].flatMap(([line, start]): Restoration[] => {
    const code = writer.text.slice(start, typed.lineEnd(typed.lineAt(start)));
    return codeLike.test(code) ? [{ range: { start: lines.lineStart(line), end: lines.lineEnd(line) }, text: code, lost: 'escapes' }] : [];
  });
  return stage(text, writer.text, map, restorations);
}

/** The text without the marks around its lines, and all of a Python file in characters of Python. */
function restoreTyped(text: string, lines: LineIndex, language: Language, parser: PythonParser): Stage | null {
  const blocks = findMarked(lines, language, parser);
  const writer = new Writer(text);
  const marked = blocks.map((block) => {
    const from = writer.unmark(block, lines);
    return { range: { start: lines.lineStart(block.first), end: lines.lineEnd(block.last) }, from, to: writer.text.length };
  });
  writer.copyTo(text.length);
  const typed = language === 'python' && /[^\x00-\x7F]/.test(text) ? plainCode(writer.text).text : writer.text;
  if (typed === text) return null;
  const map = new PositionMap(writer.pieces);
  const restorations: Restoration[] = marked.map(({ range, from, to }) => ({ range, text: typed.slice(from, to), lost: 'marks' }));
  const rows = new LineIndex(writer.text);
  for (let row = 0; row < rows.lineCount && typed !== writer.text; row++) {
    const [start, end] = [rows.lineStart(row), rows.lineEnd(row)];
    if (typed.slice(start, end) === writer.text.slice(start, end)) continue;
    const range = map.spanToDocument({ start, end });
    if (!marked.some((each) => overlaps(each.range, range))) restorations.push({ range, text: typed.slice(start, end), lost: 'characters' });
  }
  return stage(text, typed, map, restorations);
}

/** Line breaks and indentation. @param isCode whether all of the text is code */
function restoreLines(text: string, lines: LineIndex, isCode: boolean, parser: PythonParser): Stage | null {
  const texts = Array.from({ length: lines.lineCount }, (_, line) => lines.lineText(line));
  const prompts = isCode ? [] : findPrompts(texts);
  const runs = [...findRuns(texts, parser).filter(({ line }) => !prompts.some((each) => each.line === line)), ...prompts];
  const isRun = new Set(runs.map(({ line }) => line));
  const blocks = findFlattened(lines, (line) => !isRun.has(line) && !/^\s*(?:>>>|\.\.\.\s|```|~~~)/.test(texts[line]!), isCode, parser);
  if (runs.length === 0 && blocks.length === 0) return null;
  const writer = new Writer(text);
  const restorations: Restoration[] = [];
  const assumptions: DocumentAssumption[] = [];
  for (const part of [...runs, ...blocks].sort((a, b) => firstLine(a) - firstLine(b))) {
    const start = lines.lineStart(firstLine(part));
    writer.copyTo(start);
    if ('restored' in part) {
      const range = { start, end: lines.lineEnd(part.line) };
      writer.restore(range, part.restored);
      restorations.push({ range, text: restoredText(texts[part.line]!, part.restored), lost: 'line breaks' });
      for (const assumption of part.restored.assumptions) assumptions.push({ text: assumption.text, range: { start: start + assumption.start, end: start + assumption.end } });
    } else {
      const end = lines.lineEnd(part.last);
      restorations.push({ range: { start, end }, text: writer.indent(part, lines), lost: 'indentation' });
      for (const { first, last, text: said } of part.assumptions) assumptions.push({ text: said, range: { start: lines.lineStart(first), end: lines.lineEnd(last) } });
    }
  }
  writer.copyTo(text.length);
  const map = new PositionMap(writer.pieces);
  return stage(text, writer.text, map, restorations, assumptions);
}

const firstLine = (part: RestoredRun | FlattenedBlock): number => ('line' in part ? part.line : part.first);

/** Puts the restored text together from pieces of the document. */
class Writer {
  text = '';
  readonly pieces: Piece[] = [];
  private at = 0;

  constructor(private readonly document: string) {}

  copyTo(end: number): void {
    this.piece(this.at, end);
    this.at = end;
  }

  restore(range: Span, { lines }: Restored): void {
    lines.forEach((line, index) => {
      this.text += (index === 0 ? '' : '\n') + line.indent;
      this.piece(range.start + line.start, range.start + line.end);
    });
    this.at = range.end;
  }

  /** Puts a character in place of what stands for it, or nothing. */
  replace({ start, end, typed }: Escape): void {
    if (typed !== '') this.pieces.push({ source: this.text.length, document: start, length: typed.length });
    this.text += typed;
    this.at = end;
  }

  /** Puts indentation before lines; returns them with it. */
  indent({ first, last, indents }: FlattenedBlock, lines: LineIndex): string {
    const from = this.text.length;
    for (let line = first; line <= last; line++) {
      const space = /^[ \t]*/.exec(lines.lineText(line))![0].length;
      this.copyTo(lines.lineStart(line) + space);
      this.text += indents.get(line) ?? '';
    }
    this.copyTo(lines.lineEnd(last));
    return this.text.slice(from);
  }

  /** Copies a block without what stands around its code; returns where it begins. */
  unmark({ first, last, columns }: MarkedBlock, lines: LineIndex): number {
    this.copyTo(lines.lineStart(first));
    const from = this.text.length;
    for (let line = first; line <= last; line++) {
      const [code, start, next] = [columns[line - first], lines.lineStart(line), line === last ? lines.lineEnd(line) : lines.lineStart(line + 1)];
      this.at = code ? start + code.start : next;
      if (!code) continue;
      this.copyTo(start + code.end);
      this.at = lines.lineEnd(line);
      this.copyTo(next);
    }
    return from;
  }

  private piece(start: number, end: number): void {
    this.pieces.push({ source: this.text.length, document: start, length: end - start });
    this.text += this.document.slice(start, end);
  }
}

/** @param text what the regions are of @param original what it was made of */
function regionsInDocument(regions: readonly Region[], text: string, map: PositionMap, original: string): Region[] {
  const made = new Map<Region, Region>();
  for (const region of regions) {
    const document = map.spanToDocument(region.document);
    if (region.kind === 'output') made.set(region, { ...region, document });
    else {
      const lines = region.lines.map((line) => lineInDocument(line, text, map, original));
      made.set(region, { ...region, document, lines, ...(region.after ? { after: made.get(region.after) as CodeRegion } : {}) });
    }
  }
  return [...made.values()];
}

/** A line is a piece of the document, or several, maybe behind indentation that is none. */
function lineInDocument(line: CodeLine, text: string, map: PositionMap, original: string): CodeLine {
  let start = line.start;
  while (start < line.end && map.toSource(map.toDocument(start)) !== start) start++;
  const indent = (line.indent ?? '') + text.slice(line.start, start);
  const place = map.spanToDocument({ start, end: line.end });
  const code = line.replacement === undefined ? text.slice(start, line.end) : line.replacement.slice(start - line.start);
  const pieces = map.piecesOf({ start, end: line.end });
  const isWhole = pieces.length <= 1 && place.end - place.start === code.length;
  return { start: place.start, end: place.end, ...(indent === '' ? {} : { indent }), ...(code === original.slice(place.start, place.end) ? {} : { replacement: code }), ...(isWhole ? {} : { pieces }) };
}
