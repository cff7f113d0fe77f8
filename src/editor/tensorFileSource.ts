/** The values of a file, read from it part by part as the viewer asks for them. */
import { statisticsOf } from '../evaluation/statistics';
import { asNumbers, readBands, readMatrix } from '../tensorfiles/read';
import type { StoredTensor, TensorFile } from '../tensorfiles/tensor';
import { numelOf } from '../tensorfiles/tensor';
import type { ListedTensor } from '../webview/fileProtocol';
import type { MatrixRequest, TensorMetadata, TensorStatistics } from '../webview/protocol';
import { merge } from './viewerSource';
import type { TensorElements, TensorSource } from './viewerSource';

export class TensorFileSource implements TensorSource {
  private isDisposed = false;

  constructor(private readonly file: TensorFile) {}

  async read({ tensor, index, rows, cols }: MatrixRequest): Promise<TensorElements> {
    return readMatrix(this.find(tensor), index, rows, cols);
  }

  async statistics(tensor: string): Promise<TensorStatistics> {
    let total: TensorStatistics = statisticsOf(new Float32Array(0), 0);
    for await (const band of readBands(this.find(tensor))) {
      if (this.isDisposed) throw new Error('the file was closed');
      total = merge(total, statisticsOf(band, 0));
    }
    return total;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private find(id: string): StoredTensor {
    const tensor = this.file.tensors[Number(id)];
    if (!tensor) throw new Error('the file has no such tensor');
    return tensor;
  }
}

/** What the viewer is told of a tensor of the file. */
export function metadataOf({ tensors }: TensorFile, id: string): TensorMetadata | null {
  const tensor = tensors[Number(id)];
  if (!tensor || tensor.unreadable !== null) return null;
  const { shape } = asNumbers(tensor);
  const isComplex = shape.length > tensor.shape.length;
  const provenance = isComplex ? ['the last dim is the real and the imaginary part'] : /int64/.test(tensor.dtype) ? ['integers beyond 2^53 are rounded'] : [];
  return { id, name: tensor.name, shape, dims: shape.map(String), dtype: tensor.dtype, backend: 'file', provenance };
}

export function listed({ tensors }: TensorFile): ListedTensor[] {
  const first = new Map<string, string>();
  return tensors.map(({ name, shape, dtype, bytes, unreadable, storage }, i) => {
    const sharesWith = first.get(storage) ?? null;
    if (sharesWith === null) first.set(storage, name);
    return { id: String(i), name, shape, dtype, elements: numelOf(shape), bytes, unreadable, sharesWith };
  });
}
