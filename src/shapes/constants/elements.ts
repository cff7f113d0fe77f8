/** Tensors of integers whose elements are known, and what moves or combines elements. */
import { constant } from '../symint/symint';
import type { SymInt } from '../symint/symint';

/** A number with a fraction. */
export class Real {
  constructor(readonly value: number) {}
}

/** An integer, or a boolean as 0 or 1; a number with a fraction; null: one that is not known. */
export type Element = SymInt | Real | null;

/** The element that a number is; null for one that is not finite, or too large to be exact. */
export function numberElement(value: number): Element {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? constant(value) : null;
  return Number.isFinite(value) ? new Real(value) : null;
}

/** Of integers alone. */
export const isWhole = (element: Element | undefined): element is SymInt => element != null && !(element instanceof Real);

/** A small tensor with its elements, row-major. */
export interface Elements {
  readonly shape: readonly number[];
  readonly data: readonly Element[];
}

export const numelOf = (shape: readonly number[]): number => shape.reduce((total, dim) => total * dim, 1);

/** The tensor whose element at `index` is what `element` says of it. */
export function build(shape: readonly number[], element: (index: readonly number[]) => Element): Elements {
  const index = shape.map(() => 0);
  const data = Array.from({ length: numelOf(shape) }, () => {
    const value = element(index);
    for (let dim = shape.length - 1; dim >= 0 && ++index[dim]! === shape[dim]; dim--) index[dim] = 0;
    return value;
  });
  return { shape, data };
}

/** The element at an index; a dim of size 1 is broadcast, and dims that the tensor lacks in front are left out. */
export function at({ shape, data }: Elements, index: readonly number[]): Element {
  let position = 0;
  const first = index.length - shape.length;
  for (let dim = 0; dim < shape.length; dim++) position = position * shape[dim]! + (shape[dim] === 1 ? 0 : index[first + dim]!);
  return data[position] ?? null;
}

/** A dim counted from the end, as one counted from the start. */
export const wrap = (dim: number, rank: number): number => (dim < 0 ? dim + rank : dim);

/** The elements along `dim` that share all other indices, as one list for each element of the result. */
export function along(input: Elements, dim: number): { readonly shape: readonly number[]; readonly runs: readonly (readonly Element[])[] } {
  const shape = input.shape.filter((_, i) => i !== dim);
  const runs: Element[][] = [];
  build(shape, (index) => {
    runs.push(Array.from({ length: input.shape[dim] ?? 1 }, (_, i) => at(input, [...index.slice(0, dim), i, ...index.slice(dim)])));
    return null;
  });
  return { shape, runs };
}
