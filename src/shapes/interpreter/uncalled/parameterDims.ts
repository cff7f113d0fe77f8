/** Dims of parameters that the author gives no name: what is found out of one by its size alone. */
import { loneSymbol } from '../../symint/symint';
import type { SymInt, SymbolInfo } from '../../symint/symint';
import type { Parameter } from './parameters';
import type { ParameterShape } from './parameterShape';
import type { Value } from '../../values/values';

/** The dims of parameters that have no name of the author's yet. */
export const places = new WeakMap<SymbolInfo, { readonly shape: ParameterShape; readonly dim: number; readonly rank: number }>();

/** The first dims of parameters: mostly those of a batch. */
export const firstDims = new WeakSet<SymbolInfo>();

/** The parameters that numbers of unknown size are. */
export const numbers = new WeakMap<SymbolInfo, Parameter>();

export function isNumberOfParameter(value: Value): boolean {
  const info = value.kind === 'int' && value.value?.value === null ? loneSymbol(value.value) : null;
  return info !== null && numbers.has(info);
}

/** The parameter that such a number is, where only uses say that it is one. */
export function guessedInt(value: Value): Parameter | null {
  const info = value.kind === 'int' && value.value?.value === null ? loneSymbol(value.value) : null;
  const parameter = info ? numbers.get(info) : undefined;
  return parameter && !parameter.isSurelyInt && parameter.fallback?.kind !== 'int' ? parameter : null;
}

/** It says which dim of a tensor is meant: with another one all shapes would be others. */
export function demandPosition(value: Value): void {
  const info = value.kind === 'int' && value.value?.value === null ? loneSymbol(value.value) : null;
  if (info) numbers.get(info)?.becomePosition();
}

/** A variable of that name holds the size. */
export function demandSizeName(size: SymInt, name: string): void {
  const info = loneSymbol(size);
  const place = info && places.get(info);
  if (place && !/^_+$/.test(name)) place.shape.demandName(place.dim, name);
}

/** A size that a use of a parameter demands, while it is not known whether it holds. */
export interface HeldSize { readonly shape: ParameterShape; readonly dim: number; readonly size: SymInt | string | null; readonly always: boolean }

/** It has to be that size. @param held where what is demanded is held back until it is known whether it holds */
export function demandSize(held: HeldSize[] | null, dim: SymInt, size: SymInt | string | null, always: boolean): void {
  const info = loneSymbol(dim);
  const place = info && places.get(info);
  if (!place) return;
  if (held) held.push({ shape: place.shape, dim: place.dim - place.rank, size, always });
  else place.shape.demandDim(place.dim - place.rank, size, always);
}

/**
 * What several demand of which one is called: of two that put one size at different dims, or different sizes at one, the
 * one that is likely called counts, and neither where that is not known. @param likely which of them; -1: not known
 */
export function holdSizes(outer: HeldSize[] | null, held: readonly (readonly HeldSize[])[], likely: number): void {
  for (const [at, own] of held.entries()) {
    for (const each of own) {
      const isContradicted = at !== likely && held.some((others, other) => other !== at && others.some((theirs) => contradicts(each, theirs)));
      if (isContradicted || (at !== likely && held.length > 1 && isElsewhere(each))) continue;
      if (outer) outer.push(each);
      else each.shape.demandDim(each.dim, each.size, each.always);
    }
  }
}

const keyOf = (size: SymInt | string | null): string | null => (size === null || typeof size === 'string' ? size : size.key);

/** An earlier round found another dim to have the size. */
function isElsewhere({ shape, dim, size }: HeldSize): boolean {
  if (size === null || typeof size === 'string' || size.value !== null) return false;
  return shape.back.some((other, at) => at !== -dim - 1 && keyOf(other) === size.key);
}

function contradicts(a: HeldSize, b: HeldSize): boolean {
  return a.shape === b.shape && a.size !== null && b.size !== null && (a.dim === b.dim) !== (keyOf(a.size) === keyOf(b.size));
}

/** Of such a dim more may be found. */
export function isUnnamed(dim: SymInt): boolean {
  const info = dim.value === null ? loneSymbol(dim) : null;
  return info !== null && places.has(info);
}
