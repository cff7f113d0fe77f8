/** Computes something small with a freshly built backend, in the very worker that will use it. */
import type { Cone } from '../../shapes/graph/graph';
import { EvaluationClient } from '../client';

/** Rejects with the reason where the libraries in the folder do not compute 2 x 2. */
export async function probeInstallation(directory: string, worker: { readonly path: string; readonly execArgv?: readonly string[] }): Promise<void> {
  const client = new EvaluationClient({
    workerPath: worker.path, execArgv: worker.execArgv, backend: 'tensorflow', timeLimitMilliseconds: 60_000,
    candidates: async () => ({ candidates: [{ name: 'tensorflow', directory }], notes: [] }),
  });
  try {
    const result = await client.evaluate({ cone: PROBE, bindings: new Map(), seed: 0, training: false });
    const output = result.outputs[0];
    if (!output) throw new Error('no result');
    const { values } = await client.read(output.handle, { type: 'flat', offset: 0, length: 4 });
    if (values.join() !== '1,3,2,4') throw new Error(`transposing 1, 2, 3, 4 gave ${values.join(', ')}`);
  } finally {
    client.dispose();
  }
}

const matrix = { shape: [2, 2], dtype: 'float32' as const };
const PROBE: Cone = {
  version: 1,
  nodes: [
    { id: 0, op: 'constant', args: { data: [1, 2, 3, 4], dtype: { dtype: 'float32' } }, outputs: [matrix], source: null },
    { id: 1, op: 'torch.transpose', args: { input: { node: 0, output: 0 }, dim0: 0, dim1: 1 }, outputs: [matrix], source: null },
  ],
  outputs: [{ node: 1, output: 0 }],
};
