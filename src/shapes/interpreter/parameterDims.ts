/** Dims of parameters that the author gives no name: what is found out of one by its size alone. */
import { loneSymbol } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';
import type { ParameterShape } from './parameterShape';

/** The dims of parameters that have no name of the author's yet. */
export const places = new WeakMap<SymbolInfo, { readonly shape: ParameterShape; readonly dim: number; readonly rank: number }>();

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
