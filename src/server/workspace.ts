/** The open documents and their traces: traced when asked for or shortly after an edit, kept until the text changes. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileURLToPath } from 'node:url';
import type { NotebookCell } from '../documents/document';
import type { Language } from '../documents/language';
import { LineIndex } from '../documents/line-index';
import { processorClock } from '../node/clock';
import { moduleOf, sourcesFor } from '../node/sources';
import { Retracer } from '../project/retracer';
import { trace, traceCells } from '../project/tracedFile';
import type { TracedFile, TraceRequest } from '../project/tracedFile';
import type { SourceResolver } from '../shapes/interpreter/resolver';
import type { PythonParser } from '../shapes/python/parser';
import { Alone, hasCallers } from './alone';
import type { IncludedDocuments } from './included';
import { DEFAULT_SETTINGS } from './messages';
import type { ServerSettings, TraceChoice } from './messages';
import { editedCells, editedText } from './fixes/edited';
import type { SourceEdit } from './fixes/candidate';
import type { OpenNotebooks } from './notebooks';
import type { OpenFile } from './openFile';
import { sizesByName } from './symbolChoices';

const LANGUAGES: Readonly<Record<string, Language>> = { python: 'python', markdown: 'markdown', plaintext: 'text' };
/** An edit is traced when no other came for so long; a request never waits for this. */
const DEBOUNCE_MILLISECONDS = 250;
/** Behind an edit comes a hover, behind a hover perhaps an edit: what needs the whole document lets them pass. Clients themselves wait as long before they ask for hints. */
const REST_MILLISECONDS = 40;
/** A client that registers a document opens it at once; longer means that it has no such document. */
const OPENING_MILLISECONDS = 2000;
/** Requests wait for a piece of a trace at most so long, if no single function takes longer. */
const PIECE_MILLISECONDS = 5;
const BUDGET = { steps: 2_000_000, milliseconds: 8_000, now: processorClock() };

/** null: the document lies in no file. */
function pathOf(uri: string): string | null {
  return uri.startsWith('file:') ? fileURLToPath(uri) : null;
}

export class Workspace {
  settings: ServerSettings = DEFAULT_SETTINGS;
  /** By document; of a notebook, by the notebook. `views`: the same for each cell. */
  private readonly traces = new Map<string, { version: string; file: OpenFile; views: Map<string, OpenFile>; resolver: SourceResolver }>();
  /** What each document is traced with; kept while it is closed. */
  private readonly choices = new Map<string, TraceChoice>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** When each document was edited or hovered over last. */
  private readonly touched = new Map<string, number>();
  /** What is traced again and again while it is edited. */
  private readonly retracers = new Map<string, Retracer>();
  /** Documents with edits that nobody has made yet: what one of them does not reach is used again for the next. */
  private readonly drafts = new Map<string, Retracer>();
  private readonly evaluables = new WeakMap<OpenFile, OpenFile>();
  /** What is not saved counts too, wherever it is imported. */
  private readonly openTexts = (path: string): string | null => {
    const document = this.documents.all().find(({ uri }) => uri.endsWith('.py') && pathOf(uri) === path);
    return document ? document.getText() : null;
  };
  /** The last trace that is good for one place only. */
  private partial: { readonly root: string; readonly version: string; readonly offset: number; readonly file: OpenFile } | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly parser: PythonParser,
    private readonly included: IncludedDocuments,
    private readonly notebooks: OpenNotebooks,
    private readonly onTraced: (uri: string, version: number, file: OpenFile) => void,
  ) {}

  /** The document's trace as it stands now; null where it is none of ours, or its trace failed (the log has why). */
  traced(uri: string): OpenFile | null {
    const root = this.rootOf(uri);
    const source = this.sourceOf(root);
    if (!source) return null;
    const known = this.traces.get(root);
    if (known?.version === source.version && known.file.choice === this.choiceOf(root)) return this.view(root, uri);
    try {
      const retracer = this.currentOf(this.retracers, root, source);
      const request = retracer?.request ?? this.requestFor(root, source.language);
      const file = this.openFile(root, source, known?.version === source.version ? known.file : null, { retracer, request });
      this.traces.set(root, { version: source.version, file, views: new Map(), resolver: request.resolver! });
      return this.view(root, uri);
    } catch (error) {
      this.failed(uri, error);
      return null;
    }
  }

  private failed(uri: string, error: unknown): void {
    this.retracers.delete(this.rootOf(uri));
    this.connection.console.error(`tracing ${uri} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  }

  /**
   * What is needed for one place of the document as it stands now: where its trace is not up to date, of what the last edit
   * reaches only that, if that will do. null, too, where the document has changed meanwhile.
   */
  async tracedAt(uri: string, position: { readonly line: number; readonly character: number }): Promise<OpenFile | null> {
    const root = this.rootOf(uri);
    const source = this.sourceOf(root);
    const retracer = this.retracers.get(root);
    if (!source || !retracer || uri !== root || this.choiceOf(root) || this.traces.get(root)?.version === source.version) return this.traced(uri);
    const offset = new LineIndex(source.text).offset(position);
    const { partial } = this;
    if (partial && partial.root === root && partial.version === source.version && partial.offset === offset) return partial.file;
    try {
      const start = performance.now();
      const own = retracer.traceAt(source.text, offset);
      if (!own) {
        const file = await this.whole(uri, 0);
        this.touched.set(root, performance.now());
        return file;
      }
      const file = { ...own, uri: root, cells: null, cell: null, choice: null, chosen: null, milliseconds: performance.now() - start };
      this.touched.set(root, performance.now());
      this.partial = { root, version: source.version, offset, file };
      return file;
    } catch (error) {
      this.failed(uri, error);
      return null;
    }
  }

  /**
   * The document's trace, made in small pieces between which other requests are answered; null where the document has
   * changed meanwhile: then nobody wants it any more.
   *
   * @param rest milliseconds that the document must have been left alone for
   */
  async whole(uri: string, rest = REST_MILLISECONDS): Promise<OpenFile | null> {
    const root = this.rootOf(uri);
    const source = this.sourceOf(root);
    const retracer = this.retracers.get(root);
    if (source && retracer && this.traces.get(root)?.version !== source.version) {
      try {
        const isTraced = (): boolean => this.traces.get(root)?.version === source.version;
        const advance = (waits: () => boolean): boolean => {
          // It may be of what is traced again now.
          this.partial = null;
          return isTraced() || retracer.advance(source.text, waits);
        };
        if (!(await this.inPieces(root, source, advance, rest))) return null;
      } catch (error) {
        this.failed(uri, error);
        return null;
      }
    }
    return this.traced(uri);
  }

  /** Between the pieces other requests are answered. Whether the document is still as it was. */
  private async inPieces(root: string, { version }: Source, advance: (waits: () => boolean) => boolean, rest = REST_MILLISECONDS): Promise<boolean> {
    for (let isDone = false; !isDone;) {
      if (!(await this.isLeftAlone(root, version, rest))) return false;
      const end = performance.now() + PIECE_MILLISECONDS;
      let traced = 0;
      // One at least, however long it takes to come to it.
      isDone = advance(() => traced++ > 0 && performance.now() > end);
    }
    return true;
  }

  /** Once the document was left alone for so many milliseconds, whether it is still as it was. Others are answered meanwhile. */
  private async isLeftAlone(root: string, version: string, rest: number): Promise<boolean> {
    for (let left = 0; left >= 0;) {
      await new Promise<void>((resolve) => { if (left > 0) setTimeout(resolve, left); else setImmediate(resolve); });
      left = (this.touched.get(root) ?? -Infinity) + rest - performance.now();
    }
    return this.sourceOf(root)?.version === version;
  }

  /** What hovers say beside the trace, once the document was left alone for a while. */
  private async traceAlone(root: string): Promise<void> {
    const source = this.sourceOf(root);
    const file = this.traces.get(root)?.file;
    if (!source || !file?.alone || !hasCallers(file)) return;
    try {
      await this.inPieces(root, source, (waits) => file.alone!.advance(waits));
    } catch (error) {
      this.connection.console.error(`tracing the functions of ${root} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
    }
  }

  /**
   * The document's trace with a graph of its own: an evaluation goes on from its nodes, asked for by their places in it.
   *
   * @param whenIdle only once the document was left alone for a while; null where it was edited meanwhile
   */
  async evaluable(uri: string, whenIdle: boolean): Promise<OpenFile | null> {
    const root = this.rootOf(uri);
    const file = (await this.whole(uri, whenIdle ? REST_MILLISECONDS : 0)) ?? (whenIdle ? null : this.traced(uri));
    if (!file || !this.retracers.has(root)) return file;
    if (whenIdle && !(await this.isLeftAlone(root, this.traces.get(root)!.version, REST_MILLISECONDS))) return null;
    let own = this.evaluables.get(file);
    if (!own) this.evaluables.set(file, (own = { ...file, ...file.resume([]) }));
    return own;
  }

  /** The document with edits made, as if it were so; nothing of it is kept. */
  retraced(uri: string, edits: readonly SourceEdit[]): OpenFile | null {
    const root = this.rootOf(uri);
    const source = this.sourceOf(root);
    const file = this.traced(uri);
    if (!source || !file) return null;
    const changed = source.cells ? { ...source, cells: editedCells(file, source.cells, edits) } : { ...source, text: editedText(file, edits) };
    const retracer = this.currentOf(this.drafts, root, source);
    return this.openFile(root, changed, null, { retracer, request: retracer?.request ?? this.requestFor(root, source.language) });
  }

  /** About what `retraced` will take, in milliseconds. */
  costOfRetracing(uri: string): number {
    const root = this.rootOf(uri);
    return this.drafts.get(root)?.took.last ?? this.retracers.get(root)?.took.first ?? this.traces.get(root)?.file.milliseconds ?? 0;
  }

  /** @param known the trace without the choice, where there is one */
  private openFile(root: string, source: Source, known: OpenFile | null, { retracer, request }: Tracing = { retracer: null, request: this.requestFor(root, source.language) }): OpenFile {
    const start = performance.now();
    const choice = this.choiceOf(root);
    const run = (options: Partial<TraceRequest>): TracedFile => (source.cells ? traceCells(source.cells, { ...request, ...options }) : trace({ ...request, ...options, text: source.text, language: source.language }));
    const own = known ?? retracer?.trace(source.text) ?? run({});
    const options = choice && chosenOptions(own, request.moduleName, choice);
    const chosen = options && (retracer?.traceWith(source.text, options) ?? run(options));
    const alone = new Alone(source.text, retracer?.alone ?? null, () => run({ alone: true }));
    const supposed = new Alone(source.text, null, () => retracer?.traceWith(source.text, { supposed: true }) ?? run({ supposed: true }));
    return { ...own, uri: root, cells: source.uris, cell: null, choice, chosen, alone, supposed, milliseconds: Math.max(performance.now() - start, known?.milliseconds ?? 0) };
  }

  /** For a document of one piece; anew where what it imports has changed. */
  private currentOf(retracers: Map<string, Retracer>, root: string, { language, cells }: Source): Retracer | null {
    if (cells || language !== 'python') return null;
    let retracer = retracers.get(root);
    if (!retracer?.isCurrent) retracers.set(root, (retracer = new Retracer({ ...this.requestFor(root, language), language })));
    return retracer;
  }

  /** What its earlier traces left goes with it. */
  private forgetTraces(root: string): void {
    for (const each of [this.traces, this.retracers, this.drafts]) each.delete(root);
  }

  /** The same trace, as it is asked about from one cell. */
  private view(root: string, uri: string): OpenFile | null {
    const { file, views } = this.traces.get(root)!;
    if (uri === root) return file;
    const cell = file.cells?.indexOf(uri) ?? -1;
    if (cell < 0) return null;
    let found = views.get(uri);
    if (!found) views.set(uri, (found = { ...file, uri, cell }));
    return found;
  }

  /** The notebook that a cell is in, else the document itself. */
  rootOf(uri: string): string {
    return this.notebooks.notebookOf(uri) ?? uri;
  }

  private sourceOf(root: string): Source | null {
    const cells = this.notebooks.cellsOf(root);
    if (cells) return { language: 'notebook', text: '', cells: cells.map(({ text }) => ({ kind: 'code', source: text, outputs: [] })), uris: cells.map(({ uri }) => uri), version: cells.map(({ uri, version }) => `${uri} ${version}`).join('\n') };
    const document = this.documents.get(root);
    const language = document && this.languageOf(document);
    return document && language ? { language, text: document.getText(), cells: null, uris: null, version: String(document.version) } : null;
  }

  private requestFor(uri: string, language: Language): Omit<TraceRequest, 'text' | 'language'> {
    const path = pathOf(uri);
    return {
      parser: this.parser, budget: BUDGET,
      resolver: sourcesFor(path, this.environmentFor(uri), this.openTexts),
      ...(path && language === 'python' ? moduleOf(path) : {}),
    };
  }

  /** The setting, else what was chosen for the innermost folder that the document is in; null: looked for. */
  private environmentFor(uri: string): string | null {
    if (this.settings.environment) return this.settings.environment;
    const around = (this.settings.environments ?? []).filter(({ folder }) => uri.startsWith(`${folder.replace(/\/$/, '')}/`));
    return around.sort((a, b) => b.folder.length - a.folder.length)[0]?.environment ?? null;
  }

  /** Another text of a document, or a file that is not open. */
  tracedText(uri: string, text: string, language: Language): OpenFile {
    return this.openFile(uri, { language, text, cells: null, uris: null, version: '' }, null);
  }

  choiceOf(uri: string): TraceChoice | null {
    return this.choices.get(this.rootOf(uri)) ?? null;
  }

  choose(uri: string, choice: TraceChoice | null): void {
    if (choice) this.choices.set(this.rootOf(uri), choice);
    else this.choices.delete(this.rootOf(uri));
  }

  /**
   * Documents that import what has changed are traced again: a file, or anything on disk. Tells whether there are any.
   *
   * @param uri the document that has changed; without it, all that was imported is looked at
   */
  dropStale(uri?: string): boolean {
    const path = uri === undefined ? undefined : pathOf(uri);
    if (path === null) return false;
    const stale = [...this.traces].filter(([root, { resolver }]) => root !== uri && resolver.isCurrent?.(path) === false).map(([root]) => root);
    for (const root of stale) {
      this.forgetTraces(root);
      this.changed(root);
    }
    return stale.length > 0;
  }

  changed(uri: string): void {
    const root = this.rootOf(uri);
    this.touched.set(root, performance.now());
    clearTimeout(this.timers.get(root));
    this.timers.set(root, setTimeout(() => void this.whole(root).then((file) => { if (file) this.refresh(root); }), DEBOUNCE_MILLISECONDS));
  }

  refresh(uri: string): void {
    const root = this.rootOf(uri);
    clearTimeout(this.timers.get(root));
    this.timers.set(root, setTimeout(() => void this.traceAlone(root), DEBOUNCE_MILLISECONDS));
    for (const each of this.piecesOf(root)) {
      const document = this.documents.get(each);
      const file = this.traced(each);
      if (document && file) this.onTraced(each, document.version, file);
    }
  }

  /** The cells of a notebook, else the document itself. */
  piecesOf(uri: string): readonly string[] {
    const root = this.rootOf(uri);
    return this.notebooks.cellsOf(root)?.map((cell) => cell.uri) ?? [root];
  }

  refreshAll(): void {
    for (const each of [this.traces, this.retracers, this.drafts]) each.clear();
    for (const document of this.documents.all()) this.refresh(document.uri);
  }

  closed(uri: string): void {
    clearTimeout(this.timers.get(uri));
    this.timers.delete(uri);
    this.touched.delete(uri);
    this.forgetTraces(uri);
    // Another document of this name may begin with the same version, and one without a file is another document.
    if (this.partial?.root === uri) this.partial = null;
    if (uri.startsWith('untitled:')) this.choices.delete(uri);
  }

  /** Waits for the client to open a document that was just opted in. */
  async opened(uri: string): Promise<boolean> {
    for (const end = Date.now() + OPENING_MILLISECONDS; !this.documents.get(uri) && !this.notebooks.cellsOf(uri); ) {
      if (Date.now() > end) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
  }

  private languageOf(document: TextDocument): Language | null {
    const language = LANGUAGES[document.languageId] ?? 'text';
    return language === 'text' && !this.included.has(document.uri) ? null : language;
  }
}

/** What is traced: a text, or the cells of a notebook with their addresses. */
/** How a document is traced: from what it was before, where it is a file of one piece. */
interface Tracing { readonly retracer: Retracer | null; readonly request: Omit<TraceRequest, 'text' | 'language'> }

interface Source {
  readonly language: Language;
  readonly text: string;
  readonly cells: readonly NotebookCell[] | null;
  readonly uris: readonly string[] | null;
  /** Changes whenever the text does. */
  readonly version: string;
}

/** With a call the module is entered from outside, so that its `if __name__ == "__main__"` does not run. */
function chosenOptions(own: TracedFile, moduleName: string | undefined, { sizes, call }: TraceChoice): Partial<TraceRequest> {
  return { call, sizes: sizesByName(own, sizes ?? {}), ...(call ? { mainName: moduleName ?? 'module' } : {}) };
}
