/** Starts the language server, again when it ends, and keeps it told of the settings. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { NodeModule } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../server/messages';
import { NODE_OPTIONS } from '../server/nodeOptions';
import { SECTION, serverSettings } from './configuration';
import type { DocumentGate } from './documentGate';
import type { PythonEnvironments } from './pythonEnvironment';
import { givenUpMessage, ServerRestarts } from './serverRestarts';

/** Plain text is added document by document, when its command opts it in. */
const SELECTOR = [...['file', 'untitled'].flatMap((scheme) => [{ scheme, language: 'python' }, { scheme, language: 'markdown' }]), { scheme: 'vscode-notebook-cell', language: 'python' }];

export class LanguageServer implements vscode.Disposable {
  readonly client: LanguageClient;
  private readonly restarts: ServerRestarts;
  private readonly listening: vscode.Disposable;
  private readonly watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
  private readonly givenUp = new vscode.EventEmitter<void>();
  readonly onDidGiveUp = this.givenUp.event;
  /** The last start that was asked for. */
  started: Promise<void> = Promise.resolve();

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel, private readonly gate: DocumentGate, private readonly python: PythonEnvironments) {
    const module = context.asAbsolutePath('dist/server.js');
    this.restarts = new ServerRestarts((line) => output.warn(line), () => {
      this.givenUp.fire();
      void this.sayGivenUp();
    });
    const server: NodeModule = { module, transport: TransportKind.ipc, options: { execArgv: [...NODE_OPTIONS] } };
    this.client = new LanguageClient('shapelens', 'Shapelens', { run: server, debug: server }, {
      documentSelector: SELECTOR,
      initializationOptions: (): InitializationOptions => ({ ...serverSettings(python.known), ownClient: true, translations: vscode.l10n.bundle }),
      outputChannel: output,
      // Files that open documents import, when they change on disk.
      synchronize: { fileEvents: this.watcher },
      // What the author wrote is escaped by the server; even so a hover can run nothing but these two, which only show something.
      markdown: { isTrusted: { enabledCommands: ['shapelens.showSteps', 'shapelens.showWhy'] }, supportHtml: false },
      errorHandler: this.restarts,
      middleware: gate.middleware,
    });
    this.listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration(SECTION)) this.sendSettings(); }),
      python.onDidChange(() => this.sendSettings()),
    );
  }

  private sendSettings(): void {
    if (!this.client.isRunning()) return;
    void this.client.sendNotification('workspace/didChangeConfiguration', { settings: { [SECTION]: serverSettings(this.python.known) } });
    for (const document of vscode.workspace.textDocuments) void this.gate.synchronize(this.client, document);
  }

  /** Whether the server ended too often and waits for the reader. */
  get gaveUp(): boolean {
    return this.restarts.gaveUp;
  }

  start(): Promise<void> {
    return (this.started = this.client.start());
  }

  async restart(): Promise<void> {
    this.restarts.reset();
    if (this.client.needsStop()) await this.client.stop();
    await this.start();
  }

  private async sayGivenUp(): Promise<void> {
    const [restart, output, report] = [vscode.l10n.t('Restart Server'), vscode.l10n.t('Show Output'), vscode.l10n.t('Report Problem')];
    const picked = await vscode.window.showErrorMessage(givenUpMessage(), restart, output, report);
    const command = picked === restart ? 'shapelens.restartServer' : picked === output ? 'shapelens.showOutput' : picked === report ? 'shapelens.reportProblem' : null;
    if (command) await vscode.commands.executeCommand(command);
  }

  dispose(): void {
    this.listening.dispose();
    this.watcher.dispose();
    this.givenUp.dispose();
    void this.client.dispose();
  }
}
