/** The commands in the palette, and what lenses and hovers call. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { EvaluationClient } from '../evaluation/client';
import type { EvaluateParams, TraceChoice } from '../server/messages';
import { evaluateExpression } from './evaluateExpression';
import type { StatusBar } from './statusBar';
import type { TracedDocuments } from './traceDocument';
import type { TraceWith } from './traceWith';
import type { TensorViewer } from './viewer';

export interface Services {
  readonly client: LanguageClient;
  readonly evaluation: EvaluationClient;
  readonly documents: TracedDocuments;
  readonly traceWith: TraceWith;
  readonly statusBar: StatusBar;
  readonly viewer: TensorViewer;
  readonly output: vscode.LogOutputChannel;
}

export function registerCommands(context: vscode.ExtensionContext, services: Services): void {
  const register = (name: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(name, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        services.output.error(`${name}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
        void vscode.window.showErrorMessage(vscode.l10n.t('Shapelens: {0}', error instanceof Error ? error.message : String(error)));
        return undefined;
      }
    }));
  };

  register('shapelens.traceDocument', async () => {
    const document = await documentOf(undefined);
    return document && services.documents.include(document);
  });
  register('shapelens.evaluateExpression', (uri?: string, range?: EvaluateParams['range']) => {
    const target = placeOf(uri, range);
    return target && evaluateExpression(services, { ...target, related: false });
  });
  register('shapelens.openTensorViewer', (uri?: string, range?: EvaluateParams['range']) => {
    const target = placeOf(uri, range);
    return target && evaluateExpression(services, { ...target, related: true });
  });
  register('shapelens.traceWith', async (uri?: string, choice?: TraceChoice) => {
    const document = await documentOf(uri);
    if (document) await services.documents.ensure(document);
    return document && services.traceWith.choose(document, choice);
  });
  register('shapelens.stopTraceWith', async (uri?: string) => {
    const document = await documentOf(uri);
    return document && services.traceWith.stop(document);
  });
  register('shapelens.showOutput', () => services.output.show());
}

/** What a lens names, else the document of the active editor. */
async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | null> {
  if (uri !== undefined) return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const document = vscode.window.activeTextEditor?.document;
  if (!document) void vscode.window.showInformationMessage(vscode.l10n.t('Open a document first: Shapelens traces the one in the active editor.'));
  return document ?? null;
}

/** What a lens names, else the selection of the active editor. */
function placeOf(uri: string | undefined, range: EvaluateParams['range'] | undefined): { uri: vscode.Uri; range: EvaluateParams['range'] } | null {
  if (uri !== undefined && range !== undefined) return { uri: vscode.Uri.parse(uri), range };
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a document and put the cursor on an expression first.'));
    return null;
  }
  const { start, end } = editor.selection;
  return { uri: editor.document.uri, range: { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } } };
}
