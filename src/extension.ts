/** Activation: builds, registers, disposes. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import { EvaluationClient } from './evaluation/client';
import { Checkpoints } from './editor/checkpoints';
import { registerCommands } from './editor/commands';
import type { Services } from './editor/commands';
import { backendPreference, SECTION } from './editor/configuration';
import { DocumentGate } from './editor/documentGate';
import { CoverageView } from './editor/coverageView';
import { LanguageServer } from './editor/languageClient';
import { PythonEnvironments } from './editor/pythonEnvironment';
import { StatusBar } from './editor/statusBar';
import { registerTensorFileEditors } from './editor/tensorFileEditor';
import { registerThumbnails } from './editor/thumbnail/surfaces';
import { TracedDocuments } from './editor/traceDocument';
import { TextView } from './editor/textView';
import { TraceWith } from './editor/traceWith';
import { TensorViewer } from './editor/viewer';

/** What other extensions and the tests may ask. */
export interface Api {
  /** The text of the status bar item. */
  status(): string;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const output = vscode.window.createOutputChannel('Shapelens', { log: true });
  // Before anything that takes time: a file may be waiting to be shown.
  context.subscriptions.push(registerTensorFileEditors(context.extensionUri, (line) => output.warn(line)));
  const gate = new DocumentGate(context.workspaceState);
  const python = new PythonEnvironments((line) => output.info(line));
  const server = new LanguageServer(context, output, gate, python);
  const { client } = server;
  const workerPath = context.asAbsolutePath('dist/worker.js');
  const evaluation = new EvaluationClient({ workerPath, get backend() { return backendPreference(); }, log: (line) => output.info(line) });
  const viewer = new TensorViewer(context.extensionUri, (line) => output.warn(line));
  const documents = new TracedDocuments(client, context.workspaceState, gate);
  const traceWith = new TraceWith(client, context.workspaceState);
  const statusBar = new StatusBar(client, server.onDidGiveUp);
  const texts = new TextView();
  const checkpoints = new Checkpoints(client, context.workspaceState, texts);
  const coverage = new CoverageView(client);
  context.subscriptions.push(output, viewer, statusBar, texts, coverage, python, { dispose: () => void evaluation.dispose() }, server);
  const services: Services = { client, server, evaluation, checkpoints, documents, traceWith, statusBar, viewer, texts, coverage, output, place: { root: context.extensionPath, workerPath } };
  registerCommands(context, services);
  context.subscriptions.push(registerThumbnails(services));
  const restore = async (document: vscode.TextDocument): Promise<void> => {
    if (!client.isRunning()) return;
    await documents.restore(document);
    await traceWith.restore(document);
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => void restore(document)),
    vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration(`${SECTION}.backend`)) evaluation.restart(); }),
    // A server that was started anew knows nothing of what was chosen.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) gate.reset();
      if (newState === State.Running) for (const document of vscode.workspace.textDocuments) void restore(document);
    }),
  );
  await client.start();
  void python.start();
  return { status: () => statusBar.text };
}
