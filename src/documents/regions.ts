// A document cut into what is code, what was printed, and what is neither; and the module text put together from the code.
import type { Span } from '../shapes/python/ast';
import { PositionMap } from './position-map';
import type { Piece } from './position-map';

/** One line of code: what of the document is taken, and how. */
export interface CodeLine extends Span {
  /** Inserted before it; it has no width in the document. */
  readonly indent?: string;
  /** Stands in for the text: what is no Python is blanked in place. Of the same length where there are no `pieces`. */
  readonly replacement?: string;
  /** Where its parts stand in the document, `source` counted from its first character; as a whole if left out. */
  readonly pieces?: readonly Piece[];
}

export interface CodeRegion {
  readonly kind: 'code' | 'transcript';
  readonly document: Span;
  readonly lines: readonly CodeLine[];
  /** Continues the class that the region before ends with, though other code stands between: place it there. */
  readonly after?: CodeRegion;
}
export interface OutputRegion { readonly kind: 'output'; readonly document: Span }
export type Region = CodeRegion | OutputRegion;

/** A stretch of code that was written, and is run, as one. */
export interface Cell {
  readonly kind: 'code' | 'transcript';
  /** Where it stands in the module text. */
  readonly source: Span;
  readonly document: Span;
}

export interface PrintedOutput {
  readonly range: Span;
  readonly text: string;
  /** The index of the cell that it stands after; null before the first. */
  readonly cell: number | null;
}

export interface Assembled {
  readonly source: string;
  readonly map: PositionMap;
  /** In the order of the document. */
  readonly cells: readonly Cell[];
  readonly outputs: readonly PrintedOutput[];
}

/** @param regions in the order of the document */
export function assemble(text: string, regions: readonly Region[]): Assembled {
  const code = regions.filter((region) => region.kind !== 'output');
  const spans = new Map<CodeRegion, Span>();
  const pieces: Piece[] = [];
  let source = '';
  for (const region of inSourceOrder(code)) {
    const start = source.length;
    for (const [i, line] of region.lines.entries()) {
      source += line.indent ?? '';
      const lineBreak = /^(?:\r\n|\n|\r)/.exec(text.slice(line.end, line.end + 2))?.[0] ?? '';
      // Behind its line break a line goes on only where the next one stands there: else that is a prompt, or an output.
      const goesOn = region.lines[i + 1]?.start === line.end + lineBreak.length;
      const code = line.replacement ?? text.slice(line.start, line.end);
      const whole = line.pieces === undefined && goesOn ? lineBreak.length : 0;
      for (const part of line.pieces ?? [{ source: 0, document: line.start, length: code.length + whole }]) pieces.push({ ...part, source: source.length + part.source });
      if (line.pieces && goesOn) pieces.push({ source: source.length + code.length, document: line.end, length: lineBreak.length });
      source += code + (lineBreak || '\n');
    }
    spans.set(region, { start, end: source.length });
  }
  const cells = code.map((region): Cell => ({ kind: region.kind, source: spans.get(region)!, document: region.document }));
  const outputs: PrintedOutput[] = [];
  let cell: number | null = null;
  for (const region of regions) {
    if (region.kind === 'output') outputs.push({ range: region.document, text: text.slice(region.document.start, region.document.end), cell });
    else cell = cell === null ? 0 : cell + 1;
  }
  return { source, map: new PositionMap(pieces), cells, outputs };
}

function inSourceOrder(code: readonly CodeRegion[]): CodeRegion[] {
  const ordered: CodeRegion[] = [];
  for (const region of code) {
    if (region.after) ordered.splice(ordered.indexOf(region.after) + 1, 0, region);
    else ordered.push(region);
  }
  return ordered;
}

/** What is neither code nor output and not blank. */
export function proseBetween(text: string, taken: readonly Span[]): Span[] {
  const prose: Span[] = [];
  const add = (start: number, end: number): void => {
    const between = text.slice(start, end);
    const trimmed = between.trim();
    if (trimmed === '') return;
    const from = start + between.indexOf(trimmed);
    prose.push({ start: from, end: from + trimmed.length });
  };
  let at = 0;
  for (const span of [...taken].sort((a, b) => a.start - b.start)) {
    add(at, Math.max(at, span.start));
    at = Math.max(at, span.end);
  }
  add(at, text.length);
  return prose;
}
