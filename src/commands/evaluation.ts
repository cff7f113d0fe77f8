/** One evaluation worker for a command, and values read from it in full. */
import { EvaluationClient } from '../evaluation/client';
import type { EvaluationResult } from '../evaluation/client';
import { workerLocation } from '../evaluation/locations';
import { BACKENDS } from '../evaluation/messages';
import type { BackendPreference, Tile } from '../evaluation/messages';
import { UsageError } from '../node/files';
import type { AnyBinding } from '../project/evaluation';
import type { Cone, NodeId } from '../shapes/graph/graph';

export function backendOf(given: string | undefined): BackendPreference {
  if (given === undefined || given === 'auto') return 'auto';
  const known = BACKENDS.find((name) => name === given);
  if (!known) throw new UsageError(`--backend ${given}: is none of auto, ${BACKENDS.join(', ')}`);
  return known;
}

export class Evaluation {
  private readonly client: EvaluationClient;

  constructor(backend: BackendPreference, private readonly seed: number) {
    this.client = new EvaluationClient({ ...workerLocation(), backend });
  }

  /** The outputs in full, and what computed them. @throws EvaluationError */
  async run(cone: Cone, bindings: ReadonlyMap<NodeId, AnyBinding>): Promise<{ tiles: Tile[]; result: EvaluationResult }> {
    const result = await this.client.evaluate({ cone, bindings: new Map(bindings), seed: this.seed, training: false });
    const tiles: Tile[] = [];
    for (const output of result.outputs) {
      const tile = await this.client.read(output.handle, { type: 'flat', offset: 0, length: output.shape.reduce((numel, size) => numel * size, 1) });
      tiles.push({ ...tile, shape: output.shape });
      this.client.release(output.handle);
    }
    return { tiles, result };
  }

  async backendName(): Promise<string> {
    return (await this.client.backend()).name;
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }
}
