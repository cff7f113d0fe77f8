/** Builds what works behind the registered names, and starts the language server. Loaded after activation: it is most of the code. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import { EvaluationClient } from '../evaluation/client';
import { Checkpoints } from './checkpoints';
import { documentCommands, expressionCommands, serverCommands } from './commands';
import type { Services } from './services';
import { backendPreference, memoryLimit, SECTION } from './configuration';
import { CoverageView } from './coverageView';
import { DocumentGate } from './documentGate';
import { LanguageServer } from './languageClient';
import { PythonEnvironments } from './pythonEnvironment';
import { StatusBar } from './statusBar';
import { TextView } from './textView';
import { registerThumbnails } from './thumbnail/surfaces';
import { TracedDocuments } from './traceDocument';
import { TraceWith } from './traceWith';
import { TensorViewer } from './viewer';

export interface Started {
  readonly services: Services;
  /** The first start of the language server; rejects where it fails. */
  readonly ready: Promise<void>;
  /** Commands that ask the language server wait for it. */
  run(command: string, args: readonly never[]): Promise<unknown>;
}

export function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Started {
  const gate = new DocumentGate(context.workspaceState);
  const python = new PythonEnvironments((line) => output.info(line));
  const server = new LanguageServer(context, output, gate, python);
  const { client } = server;
  const texts = new TextView();
  const workerPath = context.asAbsolutePath('dist/worker.js');
  const services: Services = {
    client, server, texts, output,
    evaluation: new EvaluationClient({ workerPath, get backend() { return backendPreference(); }, get memoryLimit() { return memoryLimit(); }, log: (line) => output.info(line) }),
    checkpoints: new Checkpoints(client, context.workspaceState, texts),
    documents: new TracedDocuments(client, context.workspaceState, gate),
    traceWith: new TraceWith(client, context.workspaceState),
    statusBar: new StatusBar(client, server.onDidGiveUp),
    viewer: new TensorViewer(context.extensionUri, (line) => output.warn(line)),
    coverage: new CoverageView(client),
    place: { root: context.extensionPath, workerPath },
  };
  const { evaluation, viewer, statusBar, coverage } = services;
  const thumbnails = registerThumbnails(services);
  context.subscriptions.push(viewer, statusBar, texts, coverage, python, thumbnails.disposable, { dispose: () => void evaluation.dispose() }, server, restoring(services, gate));
  const offline = serverCommands(services, String((context.extension.packageJSON as { version: string }).version));
  const online = { ...documentCommands(services), ...expressionCommands(services), ...thumbnails.commands };
  const ready = server.start();
  // Other extensions may take seconds to start: ours does not wait for them.
  void ready.then(() => python.start(), () => undefined /* whoever asked for the start says why it failed */);
  return {
    services, ready,
    async run(command, args) {
      const own = offline[command];
      if (own) return own(...args);
      await server.started;
      return online[command]!(...args);
    },
  };
}

/** A server that was started anew knows nothing of what was chosen, nor does the first one of what was chosen in an earlier session. */
function restoring({ client, documents, traceWith, checkpoints, evaluation }: Services, gate: DocumentGate): vscode.Disposable {
  const restore = async (document: vscode.TextDocument): Promise<void> => {
    if (!client.isRunning()) return;
    await documents.restore(document);
    await traceWith.restore(document);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void restore(document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      // The next document without a file may have its name. One whose language changes is closed and opened, but not gone.
      if (document.isUntitled && document.isClosed) for (const memory of [documents, traceWith, checkpoints, gate]) void memory.forget(document);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration(`${SECTION}.backend`)) evaluation.restart(); }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) gate.reset();
      if (newState === State.Running) for (const document of vscode.workspace.textDocuments) void restore(document);
    }),
  );
}
