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

/** It has to be that size. */
export function demandSize(dim: SymInt, size: SymInt | string | null, always: boolean): void {
  const info = loneSymbol(dim);
  const place = info && places.get(info);
  if (place) place.shape.demandDim(place.dim - place.rank, size, always);
}

/** Of such a dim more may be found. */
export function isUnnamed(dim: SymInt): boolean {
  const info = dim.value === null ? loneSymbol(dim) : null;
  return info !== null && places.has(info);
}
