/** The values of one evaluation, read from the worker tile by tile as the viewer asks for them. */
import type { EvaluationClient, StatisticsOptions } from '../evaluation/client';
import type { EvaluationResult, Handle } from '../evaluation/results';
import type { MatrixRequest, TensorLink, TensorMetadata, TensorStatistics, TileRequest } from '../webview/protocol';
import type { LinkPositions } from './linkPositions';
import type { TensorElements, TensorSource } from './viewerSource';

export class EvaluatedSource implements TensorSource {
  readonly links: readonly TensorLink[];
  readonly hidden: readonly TensorMetadata[];

  constructor(private readonly client: EvaluationClient, private readonly result: EvaluationResult, private readonly positions: LinkPositions | null = null) {
    this.links = positions ? [positions.link] : [];
    this.hidden = [...positions?.tensors.values() ?? []].map(({ metadata }) => metadata);
  }

  async read({ tensor, index, rows, cols }: MatrixRequest): Promise<TensorElements> {
    const read = async (handle: Handle): Promise<TensorElements> => (await this.client.read(handle, { type: 'tile', index, rows, cols })).values;
    const linked = this.positions?.tensors.get(tensor);
    if (!linked) return read(this.output(tensor));
    const digits = await Promise.all(linked.digits.map(read));
    return Float64Array.from(digits[0]!, (_, i) => digits.reduce((sum, digit, place) => sum + digit[i]! * linked.base ** place, 0));
  }

  /** Computed by the worker, where the elements are. Of positions there are no levels. */
  async level({ tensor, index, rows, cols, lod, colLod = lod, sampled = false }: TileRequest): Promise<TensorElements> {
    return (await this.client.read(this.output(tensor), { type: 'level', index, rows, cols, lod, colLod, sampled })).values;
  }

  async statistics(tensor: string, options?: StatisticsOptions): Promise<TensorStatistics> {
    return this.client.statistics(this.output(tensor), null, options);
  }

  async sliceStatistics(tensor: string, slice: readonly (number | null)[], options?: StatisticsOptions): Promise<TensorStatistics> {
    return this.client.statistics(this.output(tensor), slice, options);
  }

  dispose(): void {
    for (const { handle } of this.result.outputs) this.client.release(handle);
    for (const { digits } of this.positions?.tensors.values() ?? []) digits.forEach((handle) => this.client.release(handle));
  }

  private output(tensor: string): Handle {
    const output = this.result.outputs[Number(tensor)];
    if (!output) throw new Error('the viewer asked for a tensor that was not evaluated');
    return output.handle;
  }
}
