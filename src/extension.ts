/** Activation: registers what VS Code asks for by name, and returns. All else is loaded behind it, and commands wait for that. */
import * as vscode from 'vscode';
import { registerTensorFileEditors } from './editor/customEditors';
import type { Started } from './editor/deferred';
import { register } from './editor/register';
import { TENSOR_VIEWER } from './editor/viewTypes';

/** What other extensions and the tests may ask. */
export interface Api {
  /** The text of the status bar item. */
  status(): string;
  /** The language server answers; rejects if it could not be started. */
  readonly ready: Promise<void>;
}

export function activate(context: vscode.ExtensionContext): Api {
  const output = vscode.window.createOutputChannel('Shapelens', { log: true });
  let loaded: Started | null = null;
  // Not a microtask: those run before VS Code hears that activation is done.
  const started = new Promise((resolve) => setImmediate(resolve)).then(() => import('./editor/deferred')).then(({ start }) => (loaded = start(context, output)));
  const ready = started.then((each) => each.ready);
  ready.catch((error: unknown) => output.error(`the language server could not be started: ${error instanceof Error ? error.stack ?? error.message : String(error)}`));
  const { contributes } = context.extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
  context.subscriptions.push(
    output,
    registerTensorFileEditors(context.extensionUri, (line) => output.warn(line)),
    // Here as well: a window that is loaded again asks for it at once.
    vscode.window.registerWebviewPanelSerializer(TENSOR_VIEWER, { deserializeWebviewPanel: async (panel) => (await started).services.viewer.restore(panel) }),
    ...contributes.commands.map(({ command }) => register(command, output, async (...args) => (await started).run(command, args))),
  );
  return { status: () => loaded?.services.statusBar.text ?? '', ready };
}
