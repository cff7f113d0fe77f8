/** Starts the language server and keeps it told of the settings. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../server/messages';
import { SECTION, serverSettings } from './configuration';

/** Plain text is added document by document, when its command opts it in. */
const SELECTOR = ['file', 'untitled'].flatMap((scheme) => [{ scheme, language: 'python' }, { scheme, language: 'markdown' }]);

export function createLanguageClient(context: vscode.ExtensionContext, output: vscode.OutputChannel): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const client = new LanguageClient('shapelens', 'Shapelens', {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc },
  }, {
    documentSelector: SELECTOR,
    initializationOptions: { ...serverSettings(), ownClient: true } satisfies InitializationOptions,
    outputChannel: output,
    markdown: { isTrusted: false, supportHtml: false },
  });
  context.subscriptions.push(vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION) && client.isRunning()) void client.sendNotification('workspace/didChangeConfiguration', { settings: { [SECTION]: serverSettings() } });
  }));
  return client;
}
