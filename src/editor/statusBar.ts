/** The status bar item: what the active document is traced with, what computes values, and how much is unknown. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { LanguageClient } from 'vscode-languageclient/node';
import { STATUS } from '../server/messages';
import type { DocumentStatus, TraceChoice } from '../server/messages';
import { givenUpMessage } from './serverRestarts';

const BACKENDS: Readonly<Record<string, string>> = { tensorflow: 'TensorFlow', wasm: 'WebAssembly', cpu: 'JavaScript' };
/** A call is cut: the tooltip has it in full. */
const MAX_CHOICE = 40;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('shapelens.status', vscode.StatusBarAlignment.Right, 90);
  private readonly statuses = new Map<string, DocumentStatus>();
  private readonly listening: vscode.Disposable;
  private backend: string | null = null;
  /** The server has ended for good. */
  private ended = false;

  constructor(private readonly client: LanguageClient, onDidGiveUp: vscode.Event<void>) {
    this.item.name = 'Shapelens';
    this.listening = vscode.Disposable.from(
      client.onNotification(STATUS, (status: DocumentStatus) => this.update(status)),
      client.onDidChangeState(({ newState }) => { if (newState === State.Running) this.setEnded(false); }),
      onDidGiveUp(() => this.setEnded(true)),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.statuses.delete(this.keyOf(document));
        this.show();
      }),
    );
  }

  /** What the last evaluation was computed with. */
  computedWith(backend: string): void {
    this.backend = backend;
    this.show();
  }

  /** The document is not traced any more. */
  forget(document: vscode.TextDocument): void {
    this.statuses.delete(this.keyOf(document));
    this.show();
  }

  statusOf(document: vscode.TextDocument): DocumentStatus | null {
    return this.statuses.get(this.keyOf(document)) ?? null;
  }

  /** Of the active document; null where it is not traced. */
  get active(): DocumentStatus | null {
    const document = vscode.window.activeTextEditor?.document;
    return document ? this.statusOf(document) : null;
  }

  /** What the item shows now. */
  get text(): string {
    return this.item.text;
  }

  private update(status: DocumentStatus): void {
    this.statuses.set(status.uri, status);
    this.show();
  }

  private setEnded(ended: boolean): void {
    this.ended = ended;
    if (ended) this.statuses.clear();
    this.show();
  }

  private show(): void {
    const status = this.active;
    // For the `when` clauses of commands and menus.
    void vscode.commands.executeCommand('setContext', 'shapelens.isTraced', status !== null);
    void vscode.commands.executeCommand('setContext', 'shapelens.hasChoice', status?.choice != null);
    this.item.backgroundColor = this.ended ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.command = this.ended ? 'shapelens.restartServer' : 'shapelens.showMenu';
    if (this.ended) {
      this.item.text = vscode.l10n.t('$(error) Shapelens has stopped');
      this.item.tooltip = `${givenUpMessage()} ${vscode.l10n.t('Click to restart it.')}`;
      return this.item.show();
    }
    if (!status) return this.item.hide();
    const parts = [
      ...(status.choice ? [choiceLabel(status.choice)] : []),
      ...(this.backend ? [BACKENDS[this.backend] ?? this.backend] : []),
      vscode.l10n.t('{0} unknown', status.unknown),
    ];
    this.item.text = `$(symbol-ruler) ${parts.join(' · ')}`;
    this.item.tooltip = this.tooltip(status);
    this.item.accessibilityInformation = { label: `Shapelens: ${parts.join(', ')}` };
    this.item.show();
  }

  private tooltip(status: DocumentStatus): string {
    return [
      status.choice ? vscode.l10n.t('Traced with {0}.', choiceText(status.choice)) : vscode.l10n.t('Traced with symbols for the sizes that the code leaves open.'),
      vscode.l10n.t('{0} expressions with a known shape, {1} unknown, {2} findings.', status.known, status.unknown, status.findings),
      ...(this.backend ? [vscode.l10n.t('Values were last computed with {0}.', BACKENDS[this.backend] ?? this.backend)] : []),
      ...(status.notice ? [status.notice] : []),
      vscode.l10n.t('Click for commands.'),
    ].join('\n');
  }

  private keyOf(document: vscode.TextDocument): string {
    return this.client.code2ProtocolConverter.asUri(document.uri);
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }
}

export function choiceText({ sizes, call }: TraceChoice): string {
  return [...(call ? [call] : []), ...Object.entries(sizes ?? {}).map(([name, size]) => `${name} = ${size}`)].join(', ');
}

function choiceLabel(choice: TraceChoice): string {
  const text = choiceText(choice);
  return text.length > MAX_CHOICE ? `${text.slice(0, MAX_CHOICE - 1)}…` : text;
}
