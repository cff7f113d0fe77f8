/** A tensor, or a slice of it, read part by part in row-major order: none has to fit into memory twice. */
import type { Extent, MatrixRequest } from '../../webview/protocol';
import type { TensorElements } from '../viewerSource';

/** A number fixes a dim, null keeps it. */
export type Slice = readonly (number | null)[];

export interface Part<Elements = TensorElements> {
  /** Of the first element, one number a dim. */
  readonly index: readonly number[];
  readonly values: Elements;
}

/** Elements that are read at once. */
const BAND = 2 ** 20;

/** The sizes that a slice leaves. */
export function shapeOf(slice: Slice, shape: readonly number[]): number[] {
  return shape.filter((_, dim) => slice[dim] === null);
}

/** Where the element at a row-major position is, one number a dim. */
export function indexAt(position: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  for (let dim = shape.length - 1, rest = position; dim >= 0; dim--) [index[dim], rest] = [rest % shape[dim]!, Math.floor(rest / shape[dim]!)];
  return index;
}

export async function* partsOf<Elements>(source: { read(request: MatrixRequest): Promise<Elements> }, tensor: string, slice: Slice, shape: readonly number[]): AsyncGenerator<Part<Elements>> {
  if (shapeOf(slice, shape).includes(0)) return;
  const free = slice.flatMap((at, dim) => (at === null ? [dim] : []));
  const [rowDim, colDim] = [free.at(-2) ?? null, free.at(-1) ?? null];
  const outer = free.slice(0, -2);
  const cols: Extent | null = colDim === null ? null : { dim: colDim, start: 0, size: shape[colDim]! };
  const band = Math.max(1, Math.floor(BAND / (cols?.size ?? 1)));
  const count = outer.reduce((product, dim) => product * shape[dim]!, 1);
  for (let i = 0; i < count; i++) {
    const index = slice.map((at) => at ?? 0);
    indexAt(i, outer.map((dim) => shape[dim]!)).forEach((at, of) => { index[outer[of]!] = at; });
    const rows = rowDim === null ? 1 : shape[rowDim]!;
    for (let first = 0; first < rows; first += band) {
      const extent: Extent | null = rowDim === null ? null : { dim: rowDim, start: first, size: Math.min(band, rows - first) };
      const at = rowDim === null ? index : index.map((each, dim) => (dim === rowDim ? first : each));
      yield { index: at, values: await source.read({ tensor, index, rows: extent, cols }) };
    }
  }
}
