/** Looks for an element by what it is: a NaN, an infinity, a value that statistics name. */
import type { FindRequest } from '../webview/protocol';
import { indexAt, partsOf, shapeOf } from './export/parts';
import type { TensorElements, TensorSource } from './viewerSource';

/**
 * The next such element behind another one, in row-major order; behind the last one comes the first again.
 * @returns one number a dim; null: there is none @param onProgress told how much was looked at, from 0 to 1
 */
export async function find(source: Pick<TensorSource, 'read'>, tensor: string, { slice, sought, after }: Omit<FindRequest, 'tensor'>, shape: readonly number[], onProgress: (fraction: number) => void): Promise<readonly number[] | null> {
  const free = slice.flatMap((at, dim) => (at === null ? [dim] : []));
  const sizes = shapeOf(slice, shape);
  const count = sizes.reduce((product, size) => product * size, 1);
  // The position in the slice's own order.
  const behind = after === null ? -1 : free.reduce((position, dim, i) => position * sizes[i]! + after[dim]!, 0);
  const found = (position: number): number[] => {
    const index = slice.map((at) => at ?? 0);
    indexAt(position, sizes).forEach((at, i) => { index[free[i]!] = at; });
    return index;
  };
  let first: number | null = null;
  let done = 0;
  for await (const { values } of partsOf(source, tensor, slice, shape)) {
    if (first === null) first = positionIn(values, sought, 0, done);
    const next = positionIn(values, sought, Math.max(0, behind + 1 - done), done);
    if (next !== null) return found(next);
    done += values.length;
    onProgress(done / count);
  }
  return first === null ? null : found(first);
}

/** @param from where in these elements to begin @param start the position of the first of them */
function positionIn(values: TensorElements, sought: FindRequest['sought'], from: number, start: number): number | null {
  for (let i = from; i < values.length; i++) {
    const value = values[i]!;
    if (sought === 'nan' ? value !== value : sought === 'inf' ? Math.abs(value) === Infinity : value === sought) return start + i;
  }
  return null;
}
