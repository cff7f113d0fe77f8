/** What is refused because it needs too much memory is tried where the reader says so. */
import * as vscode from 'vscode';
import { EvaluationError } from '../evaluation/errors';

/** @param run what is tried, with the limit and then perhaps without. @throws EvaluationError, `cancelled` where the reader does not want it */
export async function confirmingMemory<T>(run: (anyway: boolean) => PromiseLike<T>): Promise<T> {
  try {
    return await run(false);
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.code !== 'over-memory-limit') throw error;
    const anyway = vscode.l10n.t('Evaluate Anyway');
    const detail = vscode.l10n.t('Where memory runs out, the system may end the evaluation, and slow down all else until then. The limit is the setting shapelens.memoryLimit.');
    const chosen = await vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0}', error.message), { modal: true, detail }, anyway);
    if (chosen !== anyway) throw new EvaluationError('cancelled', 'cancelled');
    return run(true);
  }
}
