// Code whose last values are evaluated, and the worker that does it.
import path from 'node:path';
import type { EvaluationClient } from '../src/evaluation/client';
import type { EvaluationResult } from '../src/evaluation/results';
import { lastTensor, planTensors } from '../src/project/evaluation';
import { trace } from '../src/project/tracedFile';
import { loadParser } from '../test/shapes/python/load';

/** As it is built for users, by `run.mjs`. */
export const WORKER = { workerPath: path.resolve('dist/worker.js') };

/** What the last expressions of some code are planned as. */
export async function planned(text: string, count: number): Promise<ReturnType<typeof planTensors> & { readonly ok: true }> {
  const file = trace({ text, language: 'python', parser: await loadParser() });
  const tensors = file.analysis.tree.body.slice(-count).map((statement) => {
    const recording = statement.kind === 'Assign' ? file.analysis.recordings.get(statement.value) : undefined;
    const tensor = recording && lastTensor(recording);
    if (!tensor) throw new Error('the benchmark\'s code is not traced');
    return tensor;
  });
  const plan = planTensors(file, tensors, new Map());
  if (!plan.ok) throw new Error(plan.message);
  return plan;
}

export async function evaluated(client: EvaluationClient, text: string, count = 1): Promise<EvaluationResult> {
  const { cone } = await planned(text, count);
  return client.evaluate({ cone, bindings: new Map(), seed: 0, training: false });
}
