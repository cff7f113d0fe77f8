// Tensors in memory, as the viewer reads them from the evaluation worker.
import type { TensorElements, TensorSource } from '../../src/editor/viewerSource';
import { statisticsOf } from '../../src/evaluation/statistics';
import type { MatrixRequest, TensorLink, TensorMetadata, TensorStatistics } from '../../src/webview/protocol';

export interface MemoryTensor { readonly metadata: TensorMetadata; readonly values: TensorElements }

export interface TensorOptions { readonly dtype?: string; readonly dims?: readonly string[]; readonly provenance?: readonly string[]; readonly expression?: string }

const ARRAYS: Readonly<Record<string, new (count: number) => TensorElements>> = { bool: Uint8Array, int64: Float64Array };

/** @param value of an element, from its flat position */
export function tensor(name: string, shape: readonly number[], value: (flat: number) => number, { dtype = 'float32', dims = shape.map(String), provenance = [], expression }: TensorOptions = {}): MemoryTensor {
  const values = new (ARRAYS[dtype] ?? Float32Array)(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) values[i] = value(i);
  return { metadata: { id: `id of ${name}`, name, shape, dims, dtype, backend: 'cpu', provenance, ...(expression === undefined ? {} : { expression }) }, values };
}

export class MemorySource implements TensorSource {
  /** What was asked for, and whether it was let go. */
  readonly reads: MatrixRequest[] = [];
  disposed = false;
  /** The next so many reads fail with this message. */
  fault: { readonly message: string; times: number } | null = null;

  readonly hidden: readonly TensorMetadata[];

  /** @param extra tensors that have no tab */
  constructor(private readonly shown: readonly MemoryTensor[], readonly links: readonly TensorLink[] = [], private readonly extra: readonly MemoryTensor[] = []) {
    this.hidden = extra.map(({ metadata }) => metadata);
  }

  async read(request: MatrixRequest): Promise<TensorElements> {
    this.reads.push(request);
    if (this.fault && this.fault.times-- > 0) throw new Error(this.fault.message);
    const { metadata, values } = this.find(request.tensor);
    const { shape } = metadata;
    const strides = shape.map((_, dim) => shape.slice(dim + 1).reduce((product, size) => product * size, 1));
    const { rows, cols } = request;
    for (const extent of [rows, cols]) if (extent && (extent.start < 0 || extent.start + extent.size > shape[extent.dim]!)) throw new Error(`dim ${extent.dim}: ${extent.start} and ${extent.size} more are not within ${shape[extent.dim]}`);
    let base = 0;
    request.index.forEach((at, dim) => { if (dim !== rows?.dim && dim !== cols?.dim) base += at * strides[dim]!; });
    const [height, width] = [rows?.size ?? 1, cols?.size ?? 1];
    const result = values.slice(0, 0).constructor as new (count: number) => TensorElements;
    const block = new result(height * width);
    for (let r = 0; r < height; r++) {
      for (let c = 0; c < width; c++) {
        block[r * width + c] = values[base + (rows ? (rows.start + r) * strides[rows.dim]! : 0) + (cols ? (cols.start + c) * strides[cols.dim]! : 0)]!;
      }
    }
    return block;
  }

  async statistics(id: string): Promise<TensorStatistics> {
    return statisticsOf(this.find(id).values, 64);
  }

  dispose(): void {
    this.disposed = true;
  }

  private find(id: string): MemoryTensor {
    const found = [...this.shown, ...this.extra].find(({ metadata }) => metadata.id === id);
    if (!found) throw new Error(`no tensor ${id}`);
    return found;
  }
}
