/** The open documents and their traces: traced when asked for or shortly after an edit, kept until the text changes. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileURLToPath } from 'node:url';
import type { Language } from '../documents/document';
import { moduleNameOf, sourcesFor } from '../node/sources';
import { trace } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import type { PythonParser } from '../shapes/python/parser';
import type { IncludedDocuments } from './included';
import { DEFAULT_SETTINGS } from './messages';
import type { ServerSettings } from './messages';

const LANGUAGES: Readonly<Record<string, Language>> = { python: 'python', markdown: 'markdown', plaintext: 'text' };
/** An edit is traced when no other came for so long; a request never waits for this. */
const DEBOUNCE_MILLISECONDS = 250;
/** A client that registers a document opens it at once; longer means that it has no such document. */
const OPENING_MILLISECONDS = 2000;
const BUDGET = { steps: 2_000_000, milliseconds: 8_000 };

export class Workspace {
  settings: ServerSettings = DEFAULT_SETTINGS;
  private readonly traces = new Map<string, { version: number; file: TracedFile }>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly parser: PythonParser,
    private readonly included: IncludedDocuments,
    private readonly onTraced: (uri: string, version: number, file: TracedFile) => void,
  ) {}

  /** The document's trace as it stands now; null where it is none of ours, or its trace failed (the log has why). */
  traced(uri: string): TracedFile | null {
    const document = this.documents.get(uri);
    const language = document && this.languageOf(document);
    if (!document || !language) return null;
    const known = this.traces.get(uri);
    if (known?.version === document.version) return known.file;
    try {
      const path = uri.startsWith('file:') ? fileURLToPath(uri) : null;
      const file = trace({
        text: document.getText(), language, parser: this.parser, budget: BUDGET,
        resolver: sourcesFor(path, this.settings.environment),
        ...(path && language === 'python' ? { moduleName: moduleNameOf(path) } : {}),
      });
      this.traces.set(uri, { version: document.version, file });
      return file;
    } catch (error) {
      this.connection.console.error(`tracing ${uri} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return null;
    }
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
