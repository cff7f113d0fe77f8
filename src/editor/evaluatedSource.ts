/** The values of one evaluation, read from the worker tile by tile as the viewer asks for them. */
import type { EvaluationClient, EvaluationResult } from '../evaluation/client';
import type { TensorStatistics, TileRequest } from '../webview/protocol';
import type { TensorSource } from './viewer';

export class EvaluatedSource implements TensorSource {
  constructor(private readonly client: EvaluationClient, private readonly result: EvaluationResult) {}

  async read({ tensor, index, rows, cols }: TileRequest): Promise<Float32Array | Float64Array | Uint8Array> {
    return (await this.client.read(this.output(tensor).handle, { type: 'tile', index, rows, cols })).values;
  }

  async statistics(tensor: string): Promise<TensorStatistics> {
    return this.client.statistics(this.output(tensor).handle);
  }

  async sliceStatistics(tensor: string, slice: readonly (number | null)[]): Promise<TensorStatistics> {
    return this.client.statistics(this.output(tensor).handle, slice);
  }

  dispose(): void {
    for (const output of this.result.outputs) this.client.release(output.handle);
  }

  private output(tensor: string): EvaluationResult['outputs'][number] {
    const output = this.result.outputs[Number(tensor)];
    if (!output) throw new Error('the viewer asked for a tensor that was not evaluated');
    return output;
  }
}
