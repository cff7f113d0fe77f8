/** One document that is edited: traced after each edit, where only what the edit reaches is traced again. */
import { LineIndex } from '../documents/line-index';
import { PositionMap } from '../documents/position-map';
import { restoreLayout } from '../documents/restoration';
import type { TracedDocument } from '../documents/document';
import { analyzeTree, Analyzer } from '../shapes/analysis';
import type { Analysis, AnalyzeOptions } from '../shapes/analysis';
import type { Answer } from '../shapes/constants/constants';
import { Layout } from '../shapes/python/layout';
import { trace } from './tracedFile';
import type { TracedFile, TraceRequest } from './tracedFile';

export class Retracer {
  private analyzer: Analyzer | null = null;
  private layout: Layout | null = null;
  /** The last one of a text that was not broken: what is typed is read against it. */
  private lastLayout: Layout | null = null;
  private document: TracedDocument | null = null;
  private text: string | null = null;
  private ownAlone: Retracer | null = null;
  /** What tracing the document took, in milliseconds: the first time, from nothing, and the last time. */
  readonly took = { first: 0, last: 0 };

  /** @param request all but the text */
  constructor(readonly request: Omit<TraceRequest, 'text'>) {}

  /** The same document with each function as it is by itself. */
  get alone(): Retracer {
    return (this.ownAlone ??= new Retracer({ ...this.request, alone: true }));
  }

  /** Whether what the document imports is as it was when it was first traced. */
  get isCurrent(): boolean {
    return this.request.resolver?.isCurrent?.() ?? true;
  }

  /** How many statements, functions and classes the last trace visited, and of how many it used what an earlier one saw. */
  get traced(): number {
    return this.analyzer?.traced ?? 0;
  }

  get repeated(): number {
    return this.analyzer?.repeated ?? 0;
  }

  /** The same as `trace` gives. */
  trace(text: string): TracedFile {
    const start = performance.now();
    const file = this.traceNow(text);
    this.took.last = performance.now() - start;
    this.took.first ||= this.took.last;
    return file;
  }

  private traceNow(text: string): TracedFile {
    this.read(text);
    const { layout, document } = this;
    if (!layout || !document) return trace({ ...this.request, text });
    this.analyzer ??= new Analyzer(this.request);
    return this.file(document, layout, this.analyzer.analyze(layout.module));
  }

  /** A trace that is good for what is at an offset of the text, and for nothing else; null where that takes all of it. */
  traceAt(text: string, offset: number): TracedFile | null {
    this.read(text);
    const { layout, document } = this;
    const place = document?.map.toSource(offset) ?? null;
    const analysis = layout && place !== null ? this.analyzer?.analyzeAt(layout.module, place) : null;
    return layout && document && analysis ? this.file(document, layout, analysis) : null;
  }

  /** Traces some of what `trace` has to, until it is told to wait; whether that was all. */
  advance(text: string, waits: () => boolean): boolean {
    this.read(text);
    return !this.layout || !this.analyzer || this.analyzer.advance(this.layout.module, waits);
  }

  /** The text once more with other options; nothing of it is kept. */
  traceWith(text: string, options: Partial<TraceRequest>): TracedFile {
    this.read(text);
    const { layout, document, request } = this;
    return layout && document ? anew(document, layout, { ...request, ...options }, []) : trace({ ...request, ...options, text });
  }

  /** Its graph has what earlier traces left behind: who goes on from a node of it starts from one that has not. */
  private file(document: TracedDocument, layout: Layout, analysis: Analysis): TracedFile {
    return { document, analysis, resume: (answers) => anew(document, layout, this.request, answers) };
  }

  private read(text: string): void {
    if (text === this.text) return;
    const layout = this.layoutOf(text);
    this.text = text;
    this.layout = layout;
    this.document = layout && documentOf(text, layout);
    if (layout && !layout.isBroken) this.lastLayout = layout;
  }

  private layoutOf(text: string): Layout | null {
    const { parser, language } = this.request;
    if (language !== 'python') return null;
    // Where something else is broken already, only what comes to it is new.
    const edited = this.lastLayout?.edited(text, parser) ?? (this.layout?.isBroken ? this.layout.edited(text, parser) : null);
    if (edited && !isRunTogether(edited.changed, this.request)) return edited.layout;
    return isRunTogether(text, this.request) ? null : Layout.of(text, parser);
  }
}

function anew(document: TracedDocument, layout: Layout, options: AnalyzeOptions, answers: readonly Answer[]): TracedFile {
  const resume = (given: readonly Answer[]): TracedFile => ({ document, analysis: analyzeTree(layout.module, { ...options, answers: given }), resume });
  return resume(answers);
}

function isRunTogether(text: string, { parser }: Pick<TraceRequest, 'parser'>): boolean {
  return restoreLayout(text, new LineIndex(text), 'python', parser) !== null;
}

function documentOf(text: string, layout: Layout): TracedDocument {
  const { source } = layout.module;
  const cell = { kind: 'code' as const, source: { start: 0, end: source.length }, document: { start: 0, end: text.length } };
  return {
    language: 'python', text, lines: new LineIndex(text), source, map: new PositionMap(layout.pieces), cells: source.trim() === '' ? [] : [cell],
    outputs: [], prose: [], notebook: null, restorations: [], assumptions: [], error: null,
  };
}
