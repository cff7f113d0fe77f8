/** "Trace With…": asks for sizes or a call, tells the server, and remembers the choice for the document. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { SYMBOLS, TRACE_WITH } from '../server/messages';
import type { SymbolChoice, TraceChoice, TraceWithAnswer } from '../server/messages';
import { pickChoice } from './choicePicker';
import { notebookOf } from './documentGate';

const REMEMBERED = 'shapelens.choices';
/** Documents that are remembered, the latest last. */
const MAX_REMEMBERED = 200;

export class TraceWith {
  constructor(
    private readonly client: LanguageClient,
    private readonly memento: vscode.Memento,
  ) {}

  /** @param given the choice, where the caller has one; else the reader is asked */
  async choose(document: vscode.TextDocument, given?: TraceChoice): Promise<TraceWithAnswer | undefined> {
    const uri = this.uriOf(document);
    if (given) return this.apply(uri, given);
    const symbols = await this.client.sendRequest<SymbolChoice[]>(SYMBOLS, { uri });
    const picked = await pickChoice(symbols, this.remembered()[uri] ?? null);
    return picked === undefined ? undefined : this.apply(uri, picked);
  }

  stop(document: vscode.TextDocument): Promise<TraceWithAnswer> {
    return this.apply(this.uriOf(document), null);
  }

  /** The choice of an earlier session, as the document is opened again. */
  async restore(document: vscode.TextDocument): Promise<void> {
    const uri = this.uriOf(document);
    const choice = this.remembered()[uri];
    if (choice) await this.client.sendRequest<TraceWithAnswer>(TRACE_WITH, { uri, choice });
  }

  async forget(document: vscode.TextDocument): Promise<void> {
    const uri = this.uriOf(document);
    if (this.remembered()[uri]) await this.remember(uri, null);
  }

  private async apply(uri: string, choice: TraceChoice | null): Promise<TraceWithAnswer> {
    const answer = await this.client.sendRequest<TraceWithAnswer>(TRACE_WITH, { uri, choice });
    if (answer.ok) await this.remember(uri, answer.status.choice);
    else void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0}', answer.message));
    return answer;
  }

  private remembered(): Readonly<Record<string, TraceChoice>> {
    return this.memento.get<Record<string, TraceChoice>>(REMEMBERED, {});
  }

  private async remember(uri: string, choice: TraceChoice | null): Promise<void> {
    const others = Object.entries(this.remembered()).filter(([key]) => key !== uri);
    await this.memento.update(REMEMBERED, Object.fromEntries([...others, ...(choice ? [[uri, choice] as const] : [])].slice(-MAX_REMEMBERED)));
  }

  /** Of a notebook's cell, the notebook's. */
  private uriOf(document: vscode.TextDocument): string {
    return this.client.code2ProtocolConverter.asUri(notebookOf(document)?.uri ?? document.uri);
  }
}
