/** Shapes with and without a run of unknown dims: finding a dim, replacing, removing and inserting dims. */
import type { Shape, TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, product } from '../../symint/symint';
import type { RuleContext } from '../rule';
import { count, show } from './text';

export const shapeOf = (dims: readonly SymInt[]): Shape => ({ dims, rest: null });
export const sizes = (...numbers: readonly number[]): SymInt[] => numbers.map(constant);
export const ONE = constant(1);
export const ZERO = constant(0);

/** The dims of a tensor whose rank is known. @throws UnknownResult */
export function dimsOf(tensor: TensorValue, context: RuleContext): readonly SymInt[] {
  if (tensor.shape.rest) context.unknown(`the rank of a tensor of shape ${show(tensor)} is not known`);
  return tensor.shape.dims;
}

/** numel, where the rank is known. */
export function numelOf(dims: readonly SymInt[]): SymInt {
  return product(dims);
}

/** The rank, or null where there is a run of unknown length. */
export const rankOf = (shape: Shape): number | null => (shape.rest ? null : shape.dims.length);

/**
 * Where `dim` (maybe negative) stands in `shape.dims`.
 * @throws ShapeFault `dim-out-of-range`; UnknownResult where it falls into the unknown run
 */
export function dimIndex(shape: Shape, dim: number, op: string, context: RuleContext): number {
  const { dims, rest } = shape;
  if (rest === null) {
    // A tensor of 0 dims takes 0 and -1.
    const rank = Math.max(dims.length, 1);
    if (dim < -rank || dim >= rank) outOfRange(dim, rank, shape, op, context);
    return dim < 0 ? dim + rank : dim;
  }
  if (dim >= 0 && dim < rest.at) return dim;
  if (dim < 0 && -dim <= dims.length - rest.at) return dims.length + dim;
  return context.unknown(`dim ${dim} of a tensor of shape ${show(shape)} is not known`);
}

function outOfRange(dim: number, rank: number, shape: Shape, op: string, context: RuleContext): never {
  return context.fail('dim-out-of-range', `${op}: dim ${dim} is out of range for shape ${show(shape)}: with ${count(shape.dims.length, 'dim')}, dim may be ${-rank} to ${rank - 1}`);
}

/** Distinct normalized dims. @throws ShapeFault `dim-out-of-range`, `dim-repeated` */
export function dimIndexes(shape: Shape, given: readonly number[], op: string, context: RuleContext): number[] {
  const found: number[] = [];
  for (const dim of given) {
    const at = dimIndex(shape, dim, op, context);
    if (found.includes(at)) context.fail('dim-repeated', `${op}: dim ${dim} is given twice in (${given.join(', ')}) for shape ${show(shape)}`);
    found.push(at);
  }
  return found;
}

/** Where a new dim goes: `dim` counts in the result, which has one dim more. */
export function insertIndex(shape: Shape, dim: number, op: string, context: RuleContext): number {
  const { dims, rest } = shape;
  if (rest === null) {
    const rank = dims.length + 1;
    if (dim < -rank || dim >= rank) outOfRange(dim, rank, shape, op, context);
    return dim < 0 ? dim + rank : dim;
  }
  if (dim >= 0 && dim <= rest.at) return dim;
  if (dim < 0 && -dim - 1 <= dims.length - rest.at) return dims.length + 1 + dim;
  return context.unknown(`dim ${dim} of a tensor of shape ${show(shape)} is not known`);
}

export function replaceDim(shape: Shape, at: number, size: SymInt): Shape {
  return { ...shape, dims: shape.dims.map((old, i) => (i === at ? size : old)) };
}

export function removeDims(shape: Shape, removed: readonly number[]): Shape {
  const { rest } = shape;
  const dims = shape.dims.filter((_, i) => !removed.includes(i));
  return { dims, rest: rest && { ...rest, at: rest.at - removed.filter((i) => i < rest.at).length } };
}

/** Inserted before `dims[at]`; where the run stands at the same place, it comes before the run only if `before`. */
export function insertDim(shape: Shape, at: number, size: SymInt, before: boolean): Shape {
  const { dims, rest } = shape;
  const shifted = rest && (at < rest.at || (at === rest.at && before)) ? { ...rest, at: rest.at + 1 } : rest;
  return { dims: [...dims.slice(0, at), size, ...dims.slice(at)], rest: shifted };
}

/** The last `n` dims, or null where there may be fewer. */
export function lastDims(shape: Shape, n: number): readonly SymInt[] | null {
  const known = shape.rest ? shape.dims.length - shape.rest.at : shape.dims.length;
  return known < n ? null : n === 0 ? [] : shape.dims.slice(-n);
}

/** The shape with its last `n` dims replaced. */
export function replaceLast(shape: Shape, n: number, by: readonly SymInt[]): Shape {
  return { dims: [...shape.dims.slice(0, shape.dims.length - n), ...by], rest: shape.rest };
}

/** The dims of a tensor that must have one of these ranks. @throws ShapeFault `rank-mismatch`; UnknownResult */
export function ranked(op: string, what: string, tensor: TensorValue, ranks: readonly number[], context: RuleContext): readonly SymInt[] {
  const dims = dimsOf(tensor, context);
  if (!ranks.includes(dims.length)) context.fail('rank-mismatch', `${op}: the ${what} must have ${ranks.join(' or ')} ${ranks.length === 1 && ranks[0] === 1 ? 'dim' : 'dims'}, not ${dims.length}: ${show(tensor)}`);
  return dims;
}

/** The dims of a tensor of at least this rank. @throws ShapeFault `rank-mismatch`; UnknownResult */
export function atLeast(op: string, what: string, tensor: TensorValue, rank: number, context: RuleContext): readonly SymInt[] {
  const dims = dimsOf(tensor, context);
  if (dims.length < rank) context.fail('rank-mismatch', `${op}: the ${what} must have at least ${count(rank, 'dim')}, not ${dims.length}: ${show(tensor)}`);
  return dims;
}
