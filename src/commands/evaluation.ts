/** One evaluation worker for a command, and values read from it in full. */
import { EvaluationClient } from '../evaluation/client';
import type { EvaluationResult } from '../evaluation/results';
import { EvaluationError } from '../evaluation/errors';
import { workerLocation } from '../evaluation/locations';
import { BACKENDS } from '../evaluation/messages';
import type { BackendPreference, EvaluationRequest, Tile } from '../evaluation/messages';
import { viewedAsReal } from '../project/complexViews';
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

  /** @param anyway whatever memory it needs */
  constructor(backend: BackendPreference, private readonly seed: number, private readonly anyway = false) {
    this.client = new EvaluationClient({ ...workerLocation(), backend });
  }

  /** The outputs in full, and what computed them. Complex ones have their parts along a last dim. @throws EvaluationError */
  async run(cone: Cone, bindings: ReadonlyMap<NodeId, AnyBinding>): Promise<{ tiles: Tile[]; result: EvaluationResult }> {
    const result = await this.evaluate({ cone: viewedAsReal(cone), bindings: new Map(bindings), seed: this.seed, training: false });
    const tiles: Tile[] = [];
    for (const output of result.outputs) {
      const tile = await this.client.read(output.handle, { type: 'flat', offset: 0, length: output.shape.reduce((numel, size) => numel * size, 1) });
      tiles.push({ ...tile, shape: output.shape });
      this.client.release(output.handle);
    }
    return { tiles, result };
  }

  private async evaluate(request: EvaluationRequest): Promise<EvaluationResult> {
    try {
      return await this.client.evaluate(request, { anyway: this.anyway });
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.code !== 'over-memory-limit') throw error;
      throw new EvaluationError(error.code, `${error.message}; with --anyway it is tried all the same`, error.node);
    }
  }

  async backendName(): Promise<string> {
    return (await this.client.backend()).name;
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }
}
