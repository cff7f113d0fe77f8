// Code whose line breaks or indentation were lost: the text is read with them put back, and what is found leads back to the document as it is.
import type { Span } from '../shapes/python/ast';
import type { PythonParser } from '../shapes/python/parser';
import { findRuns } from '../shapes/python/repair/detect';
import type { RestoredRun } from '../shapes/python/repair/detect';
import { restoredText } from '../shapes/python/repair/restore';
import type { Restored } from '../shapes/python/repair/restore';
import { findFlattened } from './flattened';
import type { FlattenedBlock } from './flattened';
import type { LineIndex } from './line-index';
import { PositionMap } from './position-map';
import type { Piece } from './position-map';
import type { CodeLine, CodeRegion, Region } from './regions';

/** A part of the document as it was: a line before its line breaks were lost, or lines before their indentation was. */
export interface Restoration { readonly range: Span; readonly text: string; readonly lost: 'line breaks' | 'indentation' }

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

/** Null where nothing was lost. @param isCode whether all of the text is code */
export function restoreLayout(text: string, lines: LineIndex, isCode: boolean, parser: PythonParser): RestoredText | null {
  const texts = Array.from({ length: lines.lineCount }, (_, line) => lines.lineText(line));
  const runs = findRuns(texts, parser);
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
  return { text: writer.text, restorations, assumptions, toDocument: (regions) => regionsInDocument(regions, writer.text, map) };
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

  private piece(start: number, end: number): void {
    this.pieces.push({ source: this.text.length, document: start, length: end - start });
    this.text += this.document.slice(start, end);
  }
}

function regionsInDocument(regions: readonly Region[], text: string, map: PositionMap): Region[] {
  const made = new Map<Region, Region>();
  for (const region of regions) {
    const document = map.spanToDocument(region.document);
    if (region.kind === 'output') made.set(region, { ...region, document });
    else {
      const lines = region.lines.map((line) => lineInDocument(line, text, map));
      made.set(region, { ...region, document, lines, ...(region.after ? { after: made.get(region.after) as CodeRegion } : {}) });
    }
  }
  return [...made.values()];
}

/** A line is a piece of the document, maybe behind indentation that is none. */
function lineInDocument(line: CodeLine, text: string, map: PositionMap): CodeLine {
  let start = line.start;
  while (start < line.end && map.toSource(map.toDocument(start)) !== start) start++;
  const indent = (line.indent ?? '') + text.slice(line.start, start);
  const place = map.spanToDocument({ start, end: line.end });
  return { start: place.start, end: place.end, ...(indent === '' ? {} : { indent }), ...(line.replacement === undefined ? {} : { replacement: line.replacement.slice(start - line.start) }) };
}
