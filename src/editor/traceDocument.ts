/** "Trace This Document" and "Stop Tracing This Document"; both choices are remembered for the workspace. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { TRACE_DOCUMENT } from '../server/messages';
import type { TraceDocumentAnswer } from '../server/messages';
import { CELL } from './documentGate';
import type { DocumentGate } from './documentGate';

const REMEMBERED = 'shapelens.tracedDocuments';
const MAX_REMEMBERED = 100;
/** Traced without being asked. */
const AUTOMATIC = new Set(['python', 'markdown']);

export class TracedDocuments {
  constructor(
    private readonly client: LanguageClient,
    private readonly memento: vscode.Memento,
    private readonly gate: DocumentGate,
  ) {}

  /** Opts the document in and says what was found in it. */
  async include(document: vscode.TextDocument): Promise<void> {
    await this.gate.turn(document, true);
    if (!this.gate.isOn(document)) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens is switched off here by the setting shapelens.enable.'));
      return;
    }
    await this.gate.synchronize(this.client, document);
    const answer = await this.request(document, true);
    if (!answer) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens could not trace this document. The Shapelens output has the reason.'));
      return;
    }
    if (!AUTOMATIC.has(document.languageId)) await this.remember(document, true);
    const found = answer.codeCells === 0
      ? vscode.l10n.t('Shapelens found no Python code in this document.')
      : answer.codeCells === 1 ? vscode.l10n.t('Shapelens traced {0} expressions; unknown: {1}.', answer.expressions, answer.unknown)
      : vscode.l10n.t('Shapelens traced {0} expressions in {1} pieces of code; unknown: {2}.', answer.expressions, answer.codeCells, answer.unknown);
    void vscode.window.setStatusBarMessage(found, 8000);
  }

  /** Nothing is shown in the document any more, until it is asked for again. */
  async stop(document: vscode.TextDocument): Promise<void> {
    if (AUTOMATIC.has(document.languageId)) {
      await this.gate.turn(document, false);
      await this.gate.synchronize(this.client, document);
      if (document.uri.scheme === CELL) await this.request(document, false);
    } else {
      await this.remember(document, false);
      await this.request(document, false);
    }
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Shapelens does not trace this document any more.'), 8000);
  }

  isTraced(document: vscode.TextDocument): boolean {
    return this.gate.isOn(document) && (AUTOMATIC.has(document.languageId) || this.remembered().includes(document.uri.toString()));
  }

  /** Opts the document in unless it is traced already. */
  async ensure(document: vscode.TextDocument): Promise<void> {
    if (!this.isTraced(document)) await this.include(document);
  }

  /** Documents that were opted in earlier, as they are opened again. */
  async restore(document: vscode.TextDocument): Promise<void> {
    if (!AUTOMATIC.has(document.languageId) && this.remembered().includes(document.uri.toString())) await this.request(document, true);
  }

  async forget(document: vscode.TextDocument): Promise<void> {
    if (!this.remembered().includes(document.uri.toString())) return;
    await this.remember(document, false);
    if (this.client.isRunning()) await this.request(document, false);
  }

  private request(document: vscode.TextDocument, on: boolean): Promise<TraceDocumentAnswer | null> {
    return this.client.sendRequest<TraceDocumentAnswer | null>(TRACE_DOCUMENT, { uri: this.client.code2ProtocolConverter.asUri(document.uri), on, language: document.languageId });
  }

  private remembered(): string[] {
    return this.memento.get<string[]>(REMEMBERED, []);
  }

  private async remember(document: vscode.TextDocument, on: boolean): Promise<void> {
    const uri = document.uri.toString();
    const others = this.remembered().filter((each) => each !== uri);
    await this.memento.update(REMEMBERED, on ? [...others, uri].slice(-MAX_REMEMBERED) : others);
  }
}
