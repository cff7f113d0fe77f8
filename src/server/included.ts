/**
 * Documents that are traced only because the user asked for it: plain text, or any other language. Each is registered
 * with the client for itself, so that no other plain text costs anything.
 */
import { CodeActionRequest, CodeLensRequest, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, HoverRequest, InlayHintRequest, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Connection, Disposable, DocumentFilter } from 'vscode-languageserver';
import { CODE_ACTION_KINDS } from './codeActions';

export class IncludedDocuments {
  private readonly registrations = new Map<string, Disposable[]>();

  constructor(private readonly connection: Connection) {}

  has(uri: string): boolean {
    return this.registrations.has(uri);
  }

  /**
   * The client opens the document with the server before this resolves.
   *
   * @param language only for as long as it has this language: one that is always traced would be registered twice
   */
  async add(uri: string, language: string | undefined): Promise<void> {
    if (this.has(uri)) return;
    const documentSelector = [{ ...filterFor(uri), ...(language === undefined ? {} : { language }) }];
    const registrations: Disposable[] = [];
    this.registrations.set(uri, registrations);
    const { client } = this.connection;
    registrations.push(
      await client.register(DidOpenTextDocumentNotification.type, { documentSelector }),
      await client.register(DidChangeTextDocumentNotification.type, { documentSelector, syncKind: TextDocumentSyncKind.Incremental }),
      await client.register(DidCloseTextDocumentNotification.type, { documentSelector }),
      await client.register(HoverRequest.type, { documentSelector }),
      await client.register(CodeLensRequest.type, { documentSelector }),
      await client.register(InlayHintRequest.type, { documentSelector }),
      await client.register(CodeActionRequest.type, { documentSelector, codeActionKinds: CODE_ACTION_KINDS }),
    );
  }

  remove(uri: string): void {
    for (const registration of this.registrations.get(uri) ?? []) registration.dispose();
    this.registrations.delete(uri);
  }
}

/** Exactly this document: a path is a glob pattern to the client, so its special characters are put in brackets. */
function filterFor(uri: string): DocumentFilter {
  const { protocol, pathname } = new URL(uri);
  return { scheme: protocol.slice(0, -1), pattern: decodeURIComponent(pathname).replace(/[*?[\]{}]/g, (character) => (character === ']' ? '[]]' : `[${character}]`)) };
}
