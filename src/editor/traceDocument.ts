/** "Trace This Document": opts a plain-text document in; the choice is remembered for the workspace. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { TRACE_DOCUMENT } from '../server/messages';
import type { TraceDocumentAnswer } from '../server/messages';

const REMEMBERED = 'shapelens.tracedDocuments';
/** Traced without being asked. */
const AUTOMATIC = new Set(['python', 'markdown']);

export class TracedDocuments {
  constructor(
    private readonly client: LanguageClient,
    private readonly memento: vscode.Memento,
  ) {}

  /** Opts the document in and says what was found in it. */
  async include(document: vscode.TextDocument): Promise<void> {
    const answer = await this.request(document, true);
    if (!answer) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens could not trace this document. The Shapelens output has the reason.'));
      return;
    }
    if (!AUTOMATIC.has(document.languageId)) await this.remember(document.uri.toString());
    const found = answer.codeCells === 0
      ? vscode.l10n.t('Shapelens found no Python code in this document.')
      : vscode.l10n.t('Shapelens traced {0} expressions in {1} pieces of code; {2} are unknown.', answer.expressions, answer.codeCells, answer.unknown);
    void vscode.window.setStatusBarMessage(found, 8000);
  }

  /** Opts the document in unless it is traced already. */
  async ensure(document: vscode.TextDocument): Promise<void> {
    if (!AUTOMATIC.has(document.languageId) && !this.remembered().includes(document.uri.toString())) await this.include(document);
  }

  /** Documents that were opted in earlier, as they are opened again. */
  async restore(document: vscode.TextDocument): Promise<void> {
    if (!AUTOMATIC.has(document.languageId) && this.remembered().includes(document.uri.toString())) await this.request(document, true);
  }

  private request(document: vscode.TextDocument, on: boolean): Promise<TraceDocumentAnswer | null> {
    return this.client.sendRequest<TraceDocumentAnswer | null>(TRACE_DOCUMENT, { uri: this.client.code2ProtocolConverter.asUri(document.uri), on });
  }

  private remembered(): string[] {
    return this.memento.get<string[]>(REMEMBERED, []);
  }

  private async remember(uri: string): Promise<void> {
    const all = this.remembered();
    if (!all.includes(uri)) await this.memento.update(REMEMBERED, [...all, uri].slice(-100));
  }
}
