/** Asks the server for a plan until nothing is open: what data decides is computed, what nobody says is asked of the reader. */
import * as vscode from 'vscode';
import type { EvaluationClient } from '../evaluation/client';
import type { Binding, EvaluationRequest, StoredBinding } from '../evaluation/messages';
import type { NodeId } from '../shapes/graph/graph';
import type { Answer } from '../shapes/constants/constants';
import type { Dtype } from '../shapes/values/dtype';
import { EVALUATE } from '../server/messages';
import type { EvaluateAnswer, EvaluateParams, PlannedBindings, PlannedQuestion } from '../server/messages';
import type { Services } from './services';
import { confirmingMemory } from './evaluateAnyway';

export type PlannedAnswer = Extract<EvaluateAnswer, { ok: true }>;

/** @returns undefined where the reader was told why not, or stopped. @throws EvaluationError */
export async function planEvaluation({ client, evaluation }: Services, params: EvaluateParams): Promise<PlannedAnswer | undefined> {
  const answers: Answer[] = [];
  let sizes: Record<string, number> = {};
  for (;;) {
    const answer = await client.sendRequest<EvaluateAnswer>(EVALUATE, { ...params, answers, sizes });
    if (answer.ok) return answer;
    if (answer.question) answers.push(await computed(evaluation, answer.question, params.uri));
    else {
      const given = answer.needs.length > 0 ? await askSizes(answer.needs) : null;
      if (given === undefined) return undefined;
      if (!given || answer.needs.every((name) => name in sizes)) {
        void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0}', answer.message));
        return undefined;
      }
      sizes = { ...sizes, ...given };
    }
  }
}

/** The elements of a tensor that decides of sizes or branches. */
async function computed(evaluation: EvaluationClient, question: PlannedQuestion, document: string): Promise<Answer> {
  const { ref, op, cone } = question;
  const { outputs: [output] } = await confirmingMemory((anyway) => evaluation.evaluate({ cone, bindings: bindingsOf(question), seed: 0, training: false }, { anyway, document, latest: true }));
  const { handle, shape } = output!;
  try {
    const { values } = await evaluation.read(handle, { type: 'flat', offset: 0, length: shape.reduce((numel, size) => numel * size, 1) });
    return { ref, op, values: Array.from(values) };
  } finally {
    evaluation.release(handle);
  }
}

/** Asked one after the other; undefined where the reader stops. */
async function askSizes(names: readonly string[]): Promise<Record<string, number> | undefined> {
  const sizes: Record<string, number> = {};
  for (const name of names) {
    const text = await vscode.window.showInputBox({
      title: vscode.l10n.t('Evaluate'), prompt: vscode.l10n.t('The value needs a number for {0}', name), placeHolder: '8',
      validateInput: (given) => (/^\d{1,9}$/.test(given.trim()) ? null : vscode.l10n.t('A whole number, 0 or more')),
    });
    if (text === undefined) return undefined;
    sizes[name] = Number(text);
  }
  return sizes;
}

export function bindingsOf({ bindings, stored }: PlannedBindings): EvaluationRequest['bindings'] {
  return new Map<NodeId, Binding | StoredBinding>([...bindings.map((bound) => ({ ...bound, dtype: bound.dtype as Dtype })), ...stored].map((bound) => [bound.node, bound] as const));
}
