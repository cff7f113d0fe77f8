/** "Doctor" and "Provision TensorFlow": what computes values here, and how to get something faster. */
import * as vscode from 'vscode';
import type { EvaluationClient } from '../evaluation/client';

export interface Place {
  /** The extension's folder. */
  readonly root: string;
  readonly workerPath: string;
}

/** Writes the diagnosis to the output channel and returns its lines. */
export async function runDoctor(output: vscode.LogOutputChannel, place: Place): Promise<readonly string[]> {
  // Loaded when asked for: activation must not wait for what is rarely used.
  const [{ diagnose }, { diagnosisLines }] = await Promise.all([import('../evaluation/diagnosis'), import('../evaluation/diagnosisText')]);
  const diagnosis = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Shapelens: looking at what computes values') }, () => diagnose(place.root));
  const lines = diagnosisLines(diagnosis, vscode.l10n.t('the command "Shapelens: Provision TensorFlow"'));
  for (const line of lines) output.info(line);
  output.show(true);
  return lines;
}

/** Asks first: it fetches a few hundred megabytes. */
export async function provisionTensorFlow(output: vscode.LogOutputChannel, evaluation: EvaluationClient, place: Place): Promise<void> {
  const [{ provision }, { probeInstallation }, { ProvisionError, formatBytes }, { wheelFor }] = await Promise.all([
    import('../evaluation/provision/provision'), import('../evaluation/provision/probe'), import('../evaluation/provision/errors'), import('../evaluation/provision/wheels'),
  ]);
  const wheel = wheelFor();
  if ('reason' in wheel) return void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: TensorFlow cannot be provisioned here: {0}. Values are computed with WebAssembly.', wheel.reason));
  const fetch = vscode.l10n.t('Provision');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Fetch TensorFlow {0} ({1})?', wheel.version, formatBytes(wheel.size)),
    { modal: true, detail: vscode.l10n.t('It is downloaded with pip, checked and unpacked into the cache of Shapelens; no Python of yours is changed. Values are then computed natively.') }, fetch);
  if (answer !== fetch) return;
  try {
    const { marker } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Shapelens: provisioning TensorFlow'), cancellable: true }, (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      let shown = 0;
      return provision({
        packageRoot: place.root, signal: controller.signal,
        probe: (directory) => probeInstallation(directory, { path: place.workerPath }),
        onProgress: ({ step, message, fraction }) => {
          output.debug(`provisioning: ${step}: ${message}`);
          const percent = fraction === null ? shown : fraction * 100;
          progress.report({ message: `${step}: ${message}`, increment: Math.max(0, percent - shown) });
          shown = Math.max(shown, percent);
        },
      });
    });
    evaluation.restart();
    void vscode.window.showInformationMessage(vscode.l10n.t('Shapelens: TensorFlow {0} is ready.', marker.tensorflow));
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    output.warn(`provisioning: ${error.code}: ${error.message}`);
    void vscode.window.showWarningMessage([vscode.l10n.t('Shapelens: TensorFlow is not available: {0}. Values are computed with WebAssembly instead.', error.message), error.remedy ?? ''].join(' ').trim());
  }
}
