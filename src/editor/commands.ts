/** What the commands of the palette do, and those that lenses and hovers call. */
import type { Services } from './services';
import * as vscode from 'vscode';
import { COMMENT_KINDS } from '../server/messages';
import type { EvaluateParams, TraceChoice } from '../server/messages';
import { provisionTensorFlow, runDoctor } from './backends';
import { copyShape } from './copyShape';
import { COVERAGE_VIEW } from './coverageView';
import { viewDebuggedTensor } from './debuggedTensor';
import type { DebuggedVariable } from './debuggedTensor';
import { evaluateExpression } from './evaluateExpression';
import { showMenu } from './menu';
import { reportProblem } from './problemReport';
import { restoreLineBreaks } from './restoreLineBreaks';
import { showShapeDiff } from './shapeDiff';
import { showSteps, showWhy } from './steps';

type Range = EvaluateParams['range'];

/** What a command does, by its name. */
export type Commands = Readonly<Record<string, (...args: never[]) => unknown>>;

/** About the active document. */
export function documentCommands({ client, checkpoints, documents, traceWith, statusBar, texts, coverage }: Services): Commands {
  const commentsOfKind = (kind: string) => () => writeComments(kind);
  return {
    'shapelens.traceDocument': async () => {
      const document = await documentOf(undefined);
      return document && documents.include(document);
    },
    'shapelens.stopTracing': async () => {
      const document = await documentOf(undefined);
      if (!document) return;
      await documents.stop(document);
      statusBar.forget(document);
    },
    'shapelens.traceWith': async (uri?: string, choice?: TraceChoice) => {
      const document = await documentOf(uri);
      if (document) await documents.ensure(document);
      return document && traceWith.choose(document, choice);
    },
    'shapelens.stopTraceWith': async (uri?: string) => {
      const document = await documentOf(uri);
      return document && traceWith.stop(document);
    },
    'shapelens.useCheckpoint': async (uri?: string, file?: string) => {
      const document = await documentOf(uri);
      if (document) await documents.ensure(document);
      return document && checkpoints.use(document, typeof file === 'string' ? file : undefined);
    },
    'shapelens.restoreLineBreaks': async () => {
      const document = await documentOf(undefined);
      if (document) await documents.ensure(document);
      return document && restoreLineBreaks(document);
    },
    'shapelens.insertShapeComments': commentsOfKind(COMMENT_KINDS.insert),
    'shapelens.updateShapeComments': commentsOfKind(COMMENT_KINDS.update),
    'shapelens.insertShapeCommentsInFunction': commentsOfKind(COMMENT_KINDS.insertInFunction),
    'shapelens.updateShapeCommentsInFunction': commentsOfKind(COMMENT_KINDS.updateInFunction),
    'shapelens.showShapeDiff': async () => {
      const document = await documentOf(undefined);
      return document && showShapeDiff(client, texts, document);
    },
    'shapelens.refreshCoverage': () => coverage.refresh(),
    'shapelens.countCoverage': () => coverage.countAll(),
    'shapelens.showCoverage': () => vscode.commands.executeCommand(`${COVERAGE_VIEW}.focus`),
  };
}

/** About the expression at the cursor, or the one that a lens or link names. */
export function expressionCommands(services: Services): Commands {
  const evaluate = (related: boolean) => (uri?: string, range?: Range) => {
    const target = placeOf(uri, range);
    return target && evaluateExpression(services, { ...target, related });
  };
  return {
    'shapelens.evaluateExpression': evaluate(false),
    'shapelens.openTensorViewer': evaluate(true),
    'shapelens.viewDebuggedTensor': (clicked?: DebuggedVariable) => viewDebuggedTensor(services, clicked),
    'shapelens.copyShape': (uri?: string, range?: Range) => {
      const target = placeOf(uri, range);
      return target && copyShape(services.client, target);
    },
    'shapelens.showSteps': (uri?: string, range?: Range) => {
      const target = placeOf(uri, range);
      return target && showSteps(services.client, services.texts, target);
    },
    'shapelens.showWhy': (uri?: string, range?: Range, dim?: number) => {
      const target = placeOf(uri, range);
      return target && showWhy(services.client, target, typeof dim === 'number' ? dim : undefined);
    },
  };
}

/** About the server and what computes: of use where the server does not run, too. */
export function serverCommands({ client, server, output, evaluation, place, statusBar }: Services, version: string): Commands {
  return {
    'shapelens.showMenu': () => showMenu(statusBar.active),
    'shapelens.showOutput': () => output.show(),
    'shapelens.restartServer': () => server.restart(),
    'shapelens.doctor': () => runDoctor(output, place),
    'shapelens.provisionTensorFlow': () => provisionTensorFlow(output, evaluation, place),
    'shapelens.reportProblem': () => reportProblem(client, vscode.window.activeTextEditor ? placeOf(undefined, undefined) : null, { version, status: statusBar.text }),
  };
}

/** Applies what the server offers of that kind at the cursor; says so where there is none. */
async function writeComments(kind: string): Promise<void> {
  const place = placeOf(undefined, undefined);
  if (!place) return;
  const { start, end } = place.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const [action] = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>('vscode.executeCodeActionProvider', place.uri, range, kind, 1) ?? [];
  if (action?.edit) await vscode.workspace.applyEdit(action.edit);
  else void vscode.window.showInformationMessage(NOTHING_TO_WRITE[kind]!());
}

const NOTHING_TO_WRITE: Readonly<Record<string, () => string>> = {
  [COMMENT_KINDS.insert]: () => vscode.l10n.t('There are no shape comments to insert: each known tensor that is stored has one, or there is none.'),
  [COMMENT_KINDS.insertInFunction]: () => vscode.l10n.t('There are no shape comments to insert here: put the cursor into a function that stores tensors of known shape and has no comments for them.'),
  [COMMENT_KINDS.update]: () => vscode.l10n.t('There are no shape comments to update: none says anything else than what was traced.'),
  [COMMENT_KINDS.updateInFunction]: () => vscode.l10n.t('There are no shape comments to update here: put the cursor into a function with comments that say anything else than what was traced.'),
};

/** What a lens names, else the document of the active editor. */
async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | null> {
  // The context menu passes a Uri object of its own; the active editor is what it means.
  if (typeof uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const document = vscode.window.activeTextEditor?.document;
  if (!document) void vscode.window.showInformationMessage(vscode.l10n.t('Open a document first: Shapelens traces the one in the active editor.'));
  return document ?? null;
}

/** What a lens names, else the selection of the active editor. */
export function placeOf(uri: string | undefined, range: Range | undefined): { uri: vscode.Uri; range: Range } | null {
  if (typeof uri === 'string' && range !== undefined) return { uri: vscode.Uri.parse(uri), range };
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a document and put the cursor on an expression first.'));
    return null;
  }
  const { start, end } = editor.selection;
  return { uri: editor.document.uri, range: { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } } };
}
