// Code whose line breaks were lost: the text is read with them put back, and what is found leads back to the document as it is.
import type { Span } from '../shapes/python/ast';
import type { PythonParser } from '../shapes/python/parser';
import { findRuns } from '../shapes/python/repair/detect';
import { restoredText } from '../shapes/python/repair/restore';
import type { Restored } from '../shapes/python/repair/restore';
import type { LineIndex } from './line-index';
import { PositionMap } from './position-map';
import type { Piece } from './position-map';
import type { CodeLine, CodeRegion, Region } from './regions';

/** A line of the document as it was before its line breaks were lost. */
export interface Restoration { readonly range: Span; readonly text: string }

/** What the text does not decide, and how it was taken. */
export interface DocumentAssumption { readonly text: string; readonly range: Span }

export interface RestoredText {
  /** The text with the line breaks. */
  readonly text: string;
  readonly restorations: readonly Restoration[];
  readonly assumptions: readonly DocumentAssumption[];
  /** Regions of the restored text, as those of the document. */
  toDocument(regions: readonly Region[]): Region[];
}

/** Null where nothing was lost. */
export function restoreLineBreaks(text: string, lines: LineIndex, parser: PythonParser): RestoredText | null {
  const texts = Array.from({ length: lines.lineCount }, (_, line) => lines.lineText(line));
  const runs = findRuns(texts, parser);
  if (runs.length === 0) return null;
  const writer = new Writer(text);
  const restorations: Restoration[] = [];
  const assumptions: DocumentAssumption[] = [];
  for (const { line, restored } of runs) {
    const range = { start: lines.lineStart(line), end: lines.lineEnd(line) };
    writer.copyTo(range.start);
    writer.restore(range, restored);
    restorations.push({ range, text: restoredText(texts[line]!, restored) });
    for (const assumption of restored.assumptions) assumptions.push({ text: assumption.text, range: { start: range.start + assumption.start, end: range.start + assumption.end } });
  }
  writer.copyTo(text.length);
  const map = new PositionMap(writer.pieces);
  return { text: writer.text, restorations, assumptions, toDocument: (regions) => regionsInDocument(regions, writer.text, map) };
}

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
