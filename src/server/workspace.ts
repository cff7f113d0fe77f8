/** The open documents and their traces: traced when asked for or shortly after an edit, kept until the text changes. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileURLToPath } from 'node:url';
import type { Language } from '../documents/document';
import { moduleNameOf, sourcesFor } from '../node/sources';
import { trace } from '../project/tracedFile';
import type { TracedFile, TraceRequest } from '../project/tracedFile';
import type { PythonParser } from '../shapes/python/parser';
import type { IncludedDocuments } from './included';
import { DEFAULT_SETTINGS } from './messages';
import type { ServerSettings, TraceChoice } from './messages';
import type { OpenFile } from './openFile';
import { sizesByName } from './symbolChoices';

const LANGUAGES: Readonly<Record<string, Language>> = { python: 'python', markdown: 'markdown', plaintext: 'text' };
/** An edit is traced when no other came for so long; a request never waits for this. */
const DEBOUNCE_MILLISECONDS = 250;
/** A client that registers a document opens it at once; longer means that it has no such document. */
const OPENING_MILLISECONDS = 2000;
const BUDGET = { steps: 2_000_000, milliseconds: 8_000 };

export class Workspace {
  settings: ServerSettings = DEFAULT_SETTINGS;
  private readonly traces = new Map<string, { version: number; file: OpenFile }>();
  /** What each document is traced with; kept while it is closed. */
  private readonly choices = new Map<string, TraceChoice>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly parser: PythonParser,
    private readonly included: IncludedDocuments,
    private readonly onTraced: (uri: string, version: number, file: OpenFile) => void,
  ) {}

  /** The document's trace as it stands now; null where it is none of ours, or its trace failed (the log has why). */
  traced(uri: string): OpenFile | null {
    const document = this.documents.get(uri);
    const language = document && this.languageOf(document);
    if (!document || !language) return null;
    const known = this.traces.get(uri);
    const choice = this.choiceOf(uri);
    if (known?.version === document.version && known.file.choice === choice) return known.file;
    try {
      const file = this.openFile(uri, this.requestFor(uri, document.getText(), language), known?.version === document.version ? known.file : null);
      this.traces.set(uri, { version: document.version, file });
      return file;
    } catch (error) {
      this.connection.console.error(`tracing ${uri} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return null;
    }
  }

  /** Another text as if the document had it; nothing of it is kept. */
  retraced(uri: string, text: string): OpenFile | null {
    const document = this.documents.get(uri);
    const language = document && this.languageOf(document);
    return language ? this.openFile(uri, this.requestFor(uri, text, language), null) : null;
  }

  /** @param known the trace without the choice, where there is one */
  private openFile(uri: string, request: TraceRequest, known: TracedFile | null): OpenFile {
    const choice = this.choiceOf(uri);
    const own = known ?? trace(request);
    return { document: own.document, analysis: own.analysis, uri, choice, chosen: choice && traceChosen(own, request, choice) };
  }

  private requestFor(uri: string, text: string, language: Language): TraceRequest {
    const path = uri.startsWith('file:') ? fileURLToPath(uri) : null;
    return {
      text, language, parser: this.parser, budget: BUDGET,
      resolver: sourcesFor(path, this.settings.environment),
      ...(path && language === 'python' ? { moduleName: moduleNameOf(path) } : {}),
    };
  }

  choiceOf(uri: string): TraceChoice | null {
    return this.choices.get(uri) ?? null;
  }

  choose(uri: string, choice: TraceChoice | null): void {
    if (choice) this.choices.set(uri, choice);
    else this.choices.delete(uri);
  }

  changed(uri: string): void {
    clearTimeout(this.timers.get(uri));
    this.timers.set(uri, setTimeout(() => this.refresh(uri), DEBOUNCE_MILLISECONDS));
  }

  refresh(uri: string): void {
    this.timers.delete(uri);
    const document = this.documents.get(uri);
    const file = this.traced(uri);
    if (document && file) this.onTraced(uri, document.version, file);
  }

  refreshAll(): void {
    this.traces.clear();
    for (const document of this.documents.all()) this.refresh(document.uri);
  }

  closed(uri: string): void {
    clearTimeout(this.timers.get(uri));
    this.timers.delete(uri);
    this.traces.delete(uri);
  }

  /** Waits for the client to open a document that was just opted in. */
  async opened(uri: string): Promise<boolean> {
    for (const end = Date.now() + OPENING_MILLISECONDS; !this.documents.get(uri); ) {
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

/** With a call the module is entered from outside, so that its `if __name__ == "__main__"` does not run. */
function traceChosen(own: TracedFile, request: TraceRequest, { sizes, call }: TraceChoice): TracedFile {
  return trace({ ...request, call, sizes: sizesByName(own, sizes ?? {}), ...(call ? { mainName: request.moduleName ?? 'module' } : {}) });
}
