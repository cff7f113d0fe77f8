/** Evaluates what the server plans, in the worker, and opens it in the viewer. */
import * as vscode from 'vscode';
import { EvaluationError } from '../evaluation/errors';
import type { EvaluationResult } from '../evaluation/results';
import { briefProvenance } from '../evaluation/provenance';
import type { EvaluateParams, PlannedTensor } from '../server/messages';
import type { TensorMetadata } from '../webview/protocol';
import type { Services } from './services';
import { confirmingMemory } from './evaluateAnyway';
import { EvaluatedSource } from './evaluatedSource';
import { evaluateLink } from './linkPositions';
import { bindingsOf, planEvaluation } from './planEvaluation';
import type { PlannedAnswer } from './planEvaluation';
import { SAMPLED_FROM } from './viewerSource';

export interface EvaluationTarget {
  readonly uri: vscode.Uri;
  readonly range: EvaluateParams['range'];
  /** Also the tensors that the value is gathered from. */
  readonly related: boolean;
}

/** Returns what was shown, for whoever calls the command; undefined where nothing was. */
export async function evaluateExpression(services: Services, target: EvaluationTarget): Promise<readonly TensorMetadata[] | undefined> {
  const { client, evaluation, checkpoints, viewer, output, statusBar } = services;
  const params: EvaluateParams = { uri: client.code2ProtocolConverter.asUri(target.uri), range: target.range, related: target.related, checkpoint: await checkpoints.of(target.uri) };
  let answer: PlannedAnswer | undefined;
  try {
    answer = await planEvaluation(services, params);
  } catch (error) {
    return report(services, vscode.l10n.t('what the expression rests on'), error);
  }
  if (!answer) return undefined;
  const main = answer.tensors[answer.active]!;
  const abandon = viewer.expect(vscode.l10n.t('Evaluating {0}', main.name));
  let result: EvaluationResult;
  try {
    result = await confirmingMemory((anyway) => withProgress(main.name, (signal, report) => evaluation.evaluate({ cone: answer.cone, bindings: bindingsOf(answer), seed: 0, training: false }, {
      signal, anyway, document: params.uri, latest: true, onProgress: ({ done, total, op }) => report(vscode.l10n.t('{0} of {1} operations, {2}', done, total, op)),
    })));
  } catch (error) {
    abandon();
    return report(services, main.name, error);
  }
  statusBar.computedWith(result.backend);
  for (const note of result.notes) output.info(note);
  const tensors = answer.tensors.map((planned, i) => metadata(planned, result, i, target.uri));
  const places = new Map(answer.tensors.map((planned, i) => [String(i), planned.range] as const));
  const link = answer.link && await evaluateLink(evaluation, params.uri, answer, tensors, (line) => output.warn(line));
  viewer.open(tensors, tensors[answer.active]!.id, new EvaluatedSource(evaluation, result, link), (tensor) => void reveal(target.uri, places.get(tensor)));
  return tensors;
}

function report({ output }: Services, name: string, error: unknown): undefined {
  if (!(error instanceof EvaluationError)) throw error;
  // Who asked for it has stopped it, or asked for something else.
  if (error.code === 'cancelled') return undefined;
  output.warn(`evaluating ${name}: ${error.code}: ${error.message}`);
  void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0} could not be evaluated: {1}', name, error.message));
  return undefined;
}

function metadata(planned: PlannedTensor, result: EvaluationResult, index: number, uri: vscode.Uri): TensorMetadata {
  const evaluated = result.outputs[index]!;
  return { id: String(index), name: planned.name, shape: evaluated.shape, dims: planned.dims, dtype: evaluated.dtype, ...(planned.complex === undefined ? {} : { complex: planned.complex }), backend: result.backend, provenance: briefProvenance(evaluated.provenance), ...(evaluated.shape.reduce((product, size) => product * size, 1) > SAMPLED_FROM ? { samples: true } : {}), source: { uri: uri.toString(), range: planned.range } };
}

function withProgress<T>(name: string, run: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Evaluating {0}', name), cancellable: true }, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return run(controller.signal, (message) => progress.report({ message }));
  });
}

async function reveal(uri: vscode.Uri, range: PlannedTensor['range'] | undefined): Promise<void> {
  if (!range) return;
  const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await vscode.window.showTextDocument(uri, { selection, viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One });
}
