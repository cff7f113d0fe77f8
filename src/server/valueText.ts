/** What an expression was, as hovers, lenses and hints say it: in the names of the function at hand and the reader's language. */
import type { Analysis } from '../shapes/analysis';
import { seenText } from '../shapes/describe';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import { namesIn } from '../shapes/naming';
import { loneSymbol } from '../shapes/symint/symint';
import type { SymInt } from '../shapes/symint/symint';
import { t } from './translation';

/** The values that the expression had one after the other: `(2, 3) float32 then (2, 4) float32`. */
export function valuesText(analysis: Analysis, recording: Recording, most = Infinity): string {
  return distinctValues(recording).slice(0, most).map((seen) => valueText(analysis, recording, seen)).join(t(' then '));
}

/**
 * What an expression in code that nothing calls was by way of several callers, without what differs by the caller's symbols
 * alone: `(b, l)` of one and of another.
 */
export function distinctValues({ seen, isInferred }: Recording): readonly Seen[] {
  return isInferred ? seen.filter((each, i) => !seen.slice(0, i).some((other) => differsByCaller(other, each))) : seen;
}

function differsByCaller(a: Seen, b: Seen): boolean {
  if (a.type !== 'Tensor' || b.type !== 'Tensor') return false;
  const [x, y] = [a.tensor.shape, b.tensor.shape];
  const isDtype = a.tensor.dtype === b.tensor.dtype || a.tensor.dtype === null || b.tensor.dtype === null;
  return isDtype && x.dims.length === y.dims.length && x.rest?.at === y.rest?.at && x.dims.every((size, i) => size.key === y.dims[i]!.key || isNamedAlike(size, y.dims[i]!));
}

function isNamedAlike(a: SymInt, b: SymInt): boolean {
  const [x, y] = [loneSymbol(a), loneSymbol(b)];
  return x !== null && y !== null && x.name === y.name;
}

export function valueText(analysis: Analysis, { context }: Recording, seen: Seen): string {
  return inWords(seenText(seen, namesIn(analysis, context)));
}

function inWords(text: string): string {
  return text.replaceAll('of unknown dtype', t('of unknown dtype')).replaceAll('of unknown length', t('of unknown length')).replaceAll(' or ', t(' or '));
}
