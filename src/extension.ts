/** Activation: builds, registers, disposes. */
import * as vscode from 'vscode';
import { EvaluationClient } from './evaluation/client';
import { registerCommands } from './editor/commands';
import { backendPreference } from './editor/configuration';
import { createLanguageClient } from './editor/languageClient';
import { StatusBar } from './editor/statusBar';
import { TracedDocuments } from './editor/traceDocument';
import { TraceWith } from './editor/traceWith';
import { TensorViewer } from './editor/viewer';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Shapelens', { log: true });
  const client = createLanguageClient(context, output);
  const evaluation = new EvaluationClient({ workerPath: context.asAbsolutePath('dist/worker.js'), backend: backendPreference(), log: (line) => output.info(line) });
  const viewer = new TensorViewer(context.extensionUri, (line) => output.warn(line));
  const documents = new TracedDocuments(client, context.workspaceState);
  const traceWith = new TraceWith(client, context.workspaceState);
  const statusBar = new StatusBar(client);
  context.subscriptions.push(output, viewer, statusBar, { dispose: () => void evaluation.dispose() }, { dispose: () => void client.dispose() });
  registerCommands(context, { client, evaluation, documents, traceWith, statusBar, viewer, output });
  const restore = async (document: vscode.TextDocument): Promise<void> => {
    await documents.restore(document);
    await traceWith.restore(document);
  };
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument((document) => void restore(document)));
  await client.start();
  for (const document of vscode.workspace.textDocuments) void restore(document);
}
