/**
 * Which documents the language server gets to see: the off switches of settings (by workspace, folder or language) and of
 * single documents. A document that is off is closed for the server, so that it costs nothing.
 */
import * as vscode from 'vscode';
import { DidCloseTextDocumentNotification, DidOpenTextDocumentNotification } from 'vscode-languageclient/node';
import type { LanguageClient, Middleware } from 'vscode-languageclient/node';
import { SECTION } from './configuration';

export const CELL = 'vscode-notebook-cell';
const STOPPED = 'shapelens.stoppedDocuments';
/** Documents that are remembered as off, the latest last. */
const MAX_REMEMBERED = 200;

export class DocumentGate {
  private readonly open = new Set<string>();

  constructor(private readonly memento: vscode.Memento) {}

  /** What the language client asks before it shows a document to the server. */
  readonly middleware: Middleware = {
    didOpen: async (document, next) => {
      if (!this.isOn(document)) return;
      this.open.add(document.uri.toString());
      await next(document);
    },
    didClose: async (document, next) => {
      if (this.open.delete(document.uri.toString())) await next(document);
    },
    didChange: async (event, next) => {
      if (this.open.has(event.document.uri.toString())) await next(event);
    },
    // A notebook is with the server as a whole: what is off is not asked about.
    provideHover: (document, position, token, next) => (this.isOn(document) ? next(document, position, token) : null),
    provideCodeLenses: (document, token, next) => (this.isOn(document) ? next(document, token) : null),
    provideInlayHints: (document, range, token, next) => (this.isOn(document) ? next(document, range, token) : null),
    provideCodeActions: (document, range, context, token, next) => (this.isOn(document) ? next(document, range, context, token) : null),
    handleDiagnostics: (uri, diagnostics, next) => {
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
      next(uri, document && !this.isOn(document) ? [] : diagnostics);
    },
  };

  isOn(document: vscode.TextDocument): boolean {
    return vscode.workspace.getConfiguration(SECTION, document).get('enable', true) && !this.stopped().includes(keyOf(document));
  }

  /** Turns one document off or on again; remembered for the workspace. */
  async turn(document: vscode.TextDocument, on: boolean): Promise<void> {
    const uri = keyOf(document);
    const others = this.stopped().filter((each) => each !== uri);
    await this.memento.update(STOPPED, on ? others : [...others, uri].slice(-MAX_REMEMBERED));
  }

  async forget(document: vscode.TextDocument): Promise<void> {
    if (this.stopped().includes(document.uri.toString())) await this.turn(document, true);
  }

  /** A server that was started anew has seen nothing yet. */
  reset(): void {
    this.open.clear();
  }

  /** Opens or closes for the server what was turned on or off. */
  async synchronize(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
    if (document.uri.scheme === CELL) return;
    const isOpen = this.open.has(document.uri.toString());
    if (isOpen === this.isOn(document) || !client.isRunning()) return;
    const { method } = isOpen ? DidCloseTextDocumentNotification : DidOpenTextDocumentNotification;
    await (isOpen ? client.getFeature(DidCloseTextDocumentNotification.method) : client.getFeature(DidOpenTextDocumentNotification.method))
      .getProvider(document)?.send(document).catch((error: unknown) => client.error(`${method} of ${document.uri.toString()} failed`, error, false));
  }

  private stopped(): string[] {
    return this.memento.get<string[]>(STOPPED, []);
  }
}

/** Cells are switched with their notebook. */
function keyOf(document: vscode.TextDocument): string {
  return document.uri.scheme === CELL ? notebookOf(document)?.uri.toString() ?? document.uri.toString() : document.uri.toString();
}

export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | null {
  return vscode.workspace.notebookDocuments.find((each) => each.getCells().some((cell) => cell.document === document)) ?? null;
}
