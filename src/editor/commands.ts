/** The commands in the palette, and what lenses and hovers call. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { EvaluationClient } from '../evaluation/client';
import { COMMENT_KINDS } from '../server/messages';
import type { EvaluateParams, TraceChoice } from '../server/messages';
import { provisionTensorFlow, runDoctor } from './backends';
import type { Place } from './backends';
import type { Checkpoints } from './checkpoints';
import { copyShape } from './copyShape';
import { COVERAGE_VIEW } from './coverageView';
import type { CoverageView } from './coverageView';
import { viewDebuggedTensor } from './debuggedTensor';
import type { DebuggedVariable } from './debuggedTensor';
import { evaluateExpression } from './evaluateExpression';
import type { LanguageServer } from './languageClient';
import { showMenu } from './menu';
import { reportProblem } from './problemReport';
import { registrar } from './register';
import type { Register } from './register';
import { restoreLineBreaks } from './restoreLineBreaks';
import { showShapeDiff } from './shapeDiff';
import type { StatusBar } from './statusBar';
import { showSteps, showWhy } from './steps';
import type { TextView } from './textView';
import type { TracedDocuments } from './traceDocument';
import type { TraceWith } from './traceWith';
import type { TensorViewer } from './viewer';

export interface Services {
  readonly client: LanguageClient;
  readonly server: LanguageServer;
  readonly evaluation: EvaluationClient;
  readonly checkpoints: Checkpoints;
  readonly documents: TracedDocuments;
  readonly traceWith: TraceWith;
  readonly statusBar: StatusBar;
  readonly viewer: TensorViewer;
  readonly texts: TextView;
  readonly coverage: CoverageView;
  readonly output: vscode.LogOutputChannel;
  readonly place: Place;
}

type Range = EvaluateParams['range'];

export function registerCommands(context: vscode.ExtensionContext, services: Services): void {
  const register = registrar(context, services.output);
  registerDocumentCommands(register, services);
  registerExpressionCommands(register, services);
  const version = String((context.extension.packageJSON as { version: string }).version);
  registerServerCommands(register, services, version);
}

function registerDocumentCommands(register: Register, { client, checkpoints, documents, traceWith, statusBar, texts, coverage }: Services): void {
  register('shapelens.traceDocument', async () => {
    const document = await documentOf(undefined);
    return document && documents.include(document);
  });
  register('shapelens.stopTracing', async () => {
    const document = await documentOf(undefined);
    if (!document) return;
    await documents.stop(document);
    statusBar.forget(document);
  });
  register('shapelens.traceWith', async (uri?: string, choice?: TraceChoice) => {
    const document = await documentOf(uri);
    if (document) await documents.ensure(document);
    return document && traceWith.choose(document, choice);
  });
  register('shapelens.stopTraceWith', async (uri?: string) => {
    const document = await documentOf(uri);
    return document && traceWith.stop(document);
  });
  register('shapelens.useCheckpoint', async (uri?: string, file?: string) => {
    const document = await documentOf(uri);
    if (document) await documents.ensure(document);
    return document && checkpoints.use(document, typeof file === 'string' ? file : undefined);
  });
  register('shapelens.restoreLineBreaks', async () => {
    const document = await documentOf(undefined);
    if (document) await documents.ensure(document);
    return document && restoreLineBreaks(document);
  });
  const actions = { insertShapeComments: COMMENT_KINDS.insert, updateShapeComments: COMMENT_KINDS.update, insertShapeCommentsInFunction: COMMENT_KINDS.insertInFunction, updateShapeCommentsInFunction: COMMENT_KINDS.updateInFunction };
  for (const [name, kind] of Object.entries(actions)) register(`shapelens.${name}`, () => vscode.commands.executeCommand('editor.action.codeAction', { kind, apply: 'first' }));
  register('shapelens.showShapeDiff', async () => {
    const document = await documentOf(undefined);
    return document && showShapeDiff(client, texts, document);
  });
  register('shapelens.refreshCoverage', () => coverage.refresh());
  register('shapelens.showCoverage', () => vscode.commands.executeCommand(`${COVERAGE_VIEW}.focus`));
  register('shapelens.showMenu', () => showMenu(statusBar.active));
}

function registerExpressionCommands(register: Register, services: Services): void {
  const evaluate = (related: boolean) => (uri?: string, range?: Range) => {
    const target = placeOf(uri, range);
    return target && evaluateExpression(services, { ...target, related });
  };
  register('shapelens.evaluateExpression', evaluate(false));
  register('shapelens.openTensorViewer', evaluate(true));
  register('shapelens.viewDebuggedTensor', (clicked?: DebuggedVariable) => viewDebuggedTensor(services, clicked));
  register('shapelens.copyShape', (uri?: string, range?: Range) => {
    const target = placeOf(uri, range);
    return target && copyShape(services.client, target);
  });
  register('shapelens.showSteps', (uri?: string, range?: Range) => {
    const target = placeOf(uri, range);
    return target && showSteps(services.client, services.texts, target);
  });
  register('shapelens.showWhy', (uri?: string, range?: Range, dim?: number) => {
    const target = placeOf(uri, range);
    return target && showWhy(services.client, target, typeof dim === 'number' ? dim : undefined);
  });
}

function registerServerCommands(register: Register, { client, server, output, evaluation, place, statusBar }: Services, version: string): void {
  register('shapelens.showOutput', () => output.show());
  register('shapelens.restartServer', () => server.restart());
  register('shapelens.doctor', () => runDoctor(output, place));
  register('shapelens.provisionTensorFlow', () => provisionTensorFlow(output, evaluation, place));
  register('shapelens.reportProblem', () => reportProblem(client, vscode.window.activeTextEditor ? placeOf(undefined, undefined) : null, { version, status: statusBar.text }));
}

/** What a lens names, else the document of the active editor. */
async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | null> {
  // The context menu passes a Uri object of its own; the active editor is what it means.
  if (typeof uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const document = vscode.window.activeTextEditor?.document;
  if (!document) void vscode.window.showInformationMessage(vscode.l10n.t('Open a document first: Shapelens traces the one in the active editor.'));
  return document ?? null;
}

/** What a lens names, else the selection of the active editor. */
function placeOf(uri: string | undefined, range: Range | undefined): { uri: vscode.Uri; range: Range } | null {
  if (typeof uri === 'string' && range !== undefined) return { uri: vscode.Uri.parse(uri), range };
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a document and put the cursor on an expression first.'));
    return null;
  }
  const { start, end } = editor.selection;
  return { uri: editor.document.uri, range: { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } } };
}
