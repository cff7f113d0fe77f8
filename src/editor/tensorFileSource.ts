/** The values of a file, read from it part by part as the viewer asks for them. */
import { statisticsOf, StatisticsRun, StoppedRuns } from '../evaluation/statistics';
import { partDtype } from '../tensorfiles/elements';
import type { WideIntegers } from '../tensorfiles/elements';
import { asNumbers, readBands, readExactMatrix, readMatrix, readSample } from '../tensorfiles/read';
import type { Run } from '../tensorfiles/read';
import type { StoredTensor, TensorFile } from '../tensorfiles/tensor';
import { numelOf } from '../tensorfiles/tensor';
import type { ListedTensor } from '../webview/fileProtocol';
import { COMPLEX_PARTS } from '../webview/protocol';
import type { Extent, MatrixRequest, TensorMetadata, TensorStatistics, TileRequest } from '../webview/protocol';
import { BINS, readTile, SAMPLED_FROM } from './viewerSource';
import type { StatisticsOptions, TensorElements, TensorSource } from './viewerSource';

/** A sample for statistics: so many places of the file, and neighbours at each. */
const PLACES = 256;
const NEIGHBOURS = 256;

export class TensorFileSource implements TensorSource {
  private isDisposed = false;
  private readonly stopped = new StoppedRuns();

  constructor(private readonly file: TensorFile) {}

  async read({ tensor, index, rows, cols }: MatrixRequest): Promise<TensorElements> {
    return readMatrix(this.find(tensor), index, rows, cols);
  }

  async readExact({ tensor, index, rows, cols }: MatrixRequest): Promise<TensorElements | WideIntegers> {
    return readExactMatrix(this.find(tensor), index, rows, cols);
  }

  async level(request: TileRequest, onPart?: () => void): Promise<TensorElements> {
    const tensor = this.find(request.tensor);
    const { shape } = asNumbers(tensor);
    if (!request.sampled) return readTile({ read: (part) => this.read(part) }, request, shape, onPart);
    const { lod, colLod = lod } = request;
    return readMatrix(tensor, request.index, middles(request.rows, 2 ** lod, shape), middles(request.cols, 2 ** colLod, shape));
  }

  async statistics(id: string, { sampled = false, ...options }: StatisticsOptions = {}): Promise<TensorStatistics> {
    const tensor = this.find(id);
    const count = numelOf(asNumbers(tensor).shape);
    if (sampled && count > PLACES * NEIGHBOURS) {
      const sample = await readSample(tensor, PLACES, NEIGHBOURS);
      return { ...statisticsOf(sample, BINS), count, sampled: sample.length };
    }
    return this.stopped.run(id, () => new StatisticsRun(() => this.bands(tensor), count, BINS), options);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private async* bands(tensor: StoredTensor): AsyncGenerator<TensorElements> {
    for await (const band of readBands(tensor)) {
      if (this.isDisposed) throw new Error('the editor shows something else by now');
      yield band;
    }
  }

  private find(id: string): StoredTensor {
    const tensor = this.file.tensors[Number(id)];
    if (!tensor) throw new Error('the file has no such tensor');
    return tensor;
  }
}

/** The elements in the middle of blocks; the last block may be cut by the edge. */
function middles(extent: Extent | null, side: number, shape: readonly number[]): Run | null {
  if (!extent) return null;
  const { dim, size } = extent;
  const start = extent.start * side;
  const lastBlock = start + (size - 1) * side;
  return { dim, size, step: side, start: start + Math.min(Math.floor(side / 2), shape[dim]! - 1 - lastBlock) };
}

/** What the viewer is told of a tensor of the file; null where it cannot show it. */
export function metadataOf({ tensors }: TensorFile, id: string): TensorMetadata | null {
  const tensor = tensors[Number(id)];
  if (!tensor || tensor.unreadable !== null) return null;
  const { shape, dtype } = asNumbers(tensor);
  const isComplex = shape.length > tensor.shape.length;
  const dims = [...tensor.shape.map(String), ...(isComplex ? [COMPLEX_PARTS] : [])];
  return { id, name: tensor.name, shape, dims, dtype: partDtype(dtype), ...(isComplex ? { complex: dtype } : {}), backend: 'file', provenance: [], ...(numelOf(shape) > SAMPLED_FROM ? { samples: true } : {}) };
}

export function listed({ tensors }: TensorFile): ListedTensor[] {
  const first = new Map<string, string>();
  return tensors.map(({ name, shape, dtype, bytes, unreadable, storage }, i) => {
    const sharesWith = first.get(storage) ?? null;
    if (sharesWith === null) first.set(storage, name);
    return { id: String(i), name, shape, dtype, elements: numelOf(shape), bytes, unreadable, sharesWith };
  });
}
