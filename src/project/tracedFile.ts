/** A document together with its trace: what the command line, the language server and evaluation work on. */
import { offsetAt, positionAt, readCells, readDocument } from '../documents/document';
import type { DocumentPosition, NotebookCell, TracedDocument } from '../documents/document';
import type { Language } from '../documents/language';
import { analyze } from '../shapes/analysis';
import type { Analysis } from '../shapes/analysis';
import type { Answer } from '../shapes/constants/constants';
import type { SourceResolver } from '../shapes/interpreter/resolver';
import type { Budget } from '../shapes/interpreter/state/spending';
import type { PythonParser } from '../shapes/python/parser';
import type { Span } from '../shapes/python/ast';

export interface TraceRequest {
  readonly text: string;
  readonly language: Language;
  readonly parser: PythonParser;
  readonly resolver?: SourceResolver;
  readonly moduleName?: string;
  readonly isPackage?: boolean;
  readonly mainName?: string;
  readonly call?: string;
  readonly sizes?: ReadonlyMap<string, number>;
  readonly values?: ReadonlyMap<string, string>;
  readonly budget?: Partial<Budget>;
  readonly alone?: boolean;
  readonly supposed?: boolean;
}

export interface TracedFile {
  readonly document: TracedDocument;
  readonly analysis: Analysis;
  /** The same document traced with elements that this trace asks for. */
  resume(answers: readonly Answer[]): TracedFile;
}

export interface DocumentRange {
  readonly start: DocumentPosition;
  readonly end: DocumentPosition;
}

export function trace(request: TraceRequest): TracedFile {
  return traceDocument(readDocument(request.text, request.language, request.parser), request);
}

/** A notebook that an editor has open, cell by cell. */
export function traceCells(cells: readonly NotebookCell[], request: Omit<TraceRequest, 'text' | 'language'>): TracedFile {
  return traceDocument(readCells(cells), request);
}

function traceDocument(document: TracedDocument, request: Omit<TraceRequest, 'text' | 'language'>): TracedFile {
  const prose = document.prose.map(({ text, source, code }) => ({ text, start: source, code }));
  const resume = (answers: readonly Answer[]): TracedFile => ({ document, analysis: analyze(document.source, { ...request, prose, answers }), resume });
  return resume([]);
}

/** A span of the module's text as a range of the document. */
export function rangeOf(file: TracedFile, span: Span): DocumentRange {
  return documentRange(file, file.document.map.spanToDocument(span));
}

/** A span of the document, in lines and characters. */
export function documentRange(file: TracedFile, span: Span): DocumentRange {
  return { start: positionAt(file.document, span.start), end: positionAt(file.document, span.end) };
}

/** The document's offset of a position; null where a notebook has no such cell. */
export function offsetOf(file: TracedFile, position: DocumentPosition): number | null {
  return offsetAt(file.document, position);
}
