/**
 * Which documents the language server gets to see: the off switches of settings (by workspace, folder or language) and of
 * single documents. A document that is off is closed for the server, so that it costs nothing.
 */
import * as vscode from 'vscode';
import { DidCloseTextDocumentNotification, DidOpenTextDocumentNotification } from 'vscode-languageclient/node';
import type { LanguageClient, Middleware } from 'vscode-languageclient/node';
import { SECTION } from './configuration';

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
    notebooks: {
      didOpen: async (notebook, cells, next) => {
        if (cells.every((cell) => this.isOn(cell.document))) await next(notebook, cells);
      },
    },
  };

  isOn(document: vscode.TextDocument): boolean {
    return vscode.workspace.getConfiguration(SECTION, document).get('enable', true) && !this.stopped().includes(document.uri.toString());
  }

  /** Turns one document off or on again; remembered for the workspace. */
  async turn(document: vscode.TextDocument, on: boolean): Promise<void> {
    const uri = document.uri.toString();
    const others = this.stopped().filter((each) => each !== uri);
    await this.memento.update(STOPPED, on ? others : [...others, uri].slice(-MAX_REMEMBERED));
  }

  /** A server that was started anew has seen nothing yet. */
  reset(): void {
    this.open.clear();
  }

  /** Opens or closes for the server what was turned on or off. */
  async synchronize(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
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
