/**
 * Sizes of which the number is not known: those of a tensor with a run of unknown dims, sliced (`x.shape[:-1]`) and put
 * beside others (`(*x.shape[:-1], heads, -1)`).
 */
import { constant } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { int } from '../../values/values';
import type { SequenceValue, Shape, TensorValue, Value } from '../../values/values';

/** `x.shape` where the number of dims is not known: what is done with it tells. */
export function sizeOfUnknownRank(tensor: TensorValue): SequenceValue & { sizeOf: TensorValue } {
  return { kind: 'tuple', items: null, element: int(null), typeName: 'torch.Size', fields: null, sizeOf: tensor };
}

function withShape(tensor: TensorValue, shape: Shape): SequenceValue & { sizeOf: TensorValue } {
  return sizeOfUnknownRank({ ...tensor, shape, layout: null, node: null });
}

/** The sizes but for some known ones at the front or at the end; null where those are not known. */
export function withoutSizes(tensor: TensorValue, front: number, end: number): SequenceValue | null {
  const { dims, rest } = tensor.shape;
  if (!rest || front > rest.at || end > dims.length - rest.at) return null;
  return withShape(tensor, { dims: dims.slice(front, dims.length - end), rest: { ...rest, at: rest.at - front } });
}

/** Ints and one run of sizes of unknown number, one behind the other; null where another value is among them. */
export function joinedSizes(before: readonly Value[], run: SequenceValue, after: readonly Value[]): (SequenceValue & { sizeOf: TensorValue }) | null {
  const [front, back] = [before, after].map(sizesOf);
  if (!front || !back || !run.sizeOf?.shape.rest || run.items) return null;
  const { dims, rest } = run.sizeOf.shape;
  return withShape(run.sizeOf, { dims: [...front, ...dims, ...back], rest: { ...rest, at: rest.at + front.length } });
}

/** The sizes with another one at a place before or behind those of unknown number; null where it is not known which one it is. */
export function withSize({ sizeOf }: SequenceValue, index: Value, size: Value): TensorValue | null {
  const at = index.kind === 'int' ? index.value?.value ?? null : null;
  const [value] = sizesOf([size]) ?? [];
  if (!sizeOf?.shape.rest || at === null || !value) return null;
  const { dims, rest } = sizeOf.shape;
  const place = at < 0 ? at + dims.length : at;
  if (at < 0 ? place < rest.at : place >= rest.at) return null;
  return withShape(sizeOf, { dims: dims.map((dim, i) => (i === place ? value : dim)), rest }).sizeOf;
}

function sizesOf(values: readonly Value[]): SymInt[] | null {
  const sizes = values.map((value) => (value.kind === 'int' ? value.value : value.kind === 'bool' && value.value !== null ? constant(Number(value.value)) : null));
  return sizes.every((size) => size !== null) ? sizes : null;
}
