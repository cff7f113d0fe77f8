/** What a comment should say, written as its author writes: brackets, spacing and the names that agree stay. */
import { render } from '../symint/render';
import type { SymInt, SymbolInfo } from '../symint/symint';
import { SizeError, constant, mul, sub, symbol, symbolsOf } from '../symint/symint';
import type { Shape } from '../values/values';
import type { NameOf } from '../symint/render';
import type { Fit, Misfit } from './fit';
import type { ShapePhrase } from './shapes';

/** A replacement; offsets in the comment's text. */
export interface Correction { readonly start: number; readonly end: number; readonly text: string }

/** The edit that makes a shape of the comment right. */
export function correctionOf(text: string, phrase: ShapePhrase, actual: Shape, misfit: Misfit, fit: Fit, nameOf: NameOf): Correction {
  const name = authorNames(fit, nameOf);
  if (!misfit.rank) {
    let out = '';
    let at = phrase.start;
    for (const [index, size] of [...misfit.sizes].sort(([a], [b]) => a - b)) {
      const place = phrase.sizes[index]!;
      out += text.slice(at, place.start) + written(size, phrase, fit, name);
      at = place.end;
    }
    return { start: phrase.start, end: phrase.end, text: out + text.slice(at, phrase.end) };
  }
  const sizes = actual.dims.map((dim) => written(dim, phrase, fit, name));
  if (actual.rest) sizes.splice(actual.rest.at, 0, '...');
  if (phrase.form !== 'brackets' && (sizes.length < 2 || phrase.form === 'letters')) return { start: phrase.start, end: phrase.end, text: sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})` };
  const [first, second] = phrase.sizes;
  const separator = second ? text.slice(first!.end, second.start) : ', ';
  const open = text.slice(phrase.start, first?.start ?? phrase.start + 1);
  const close = phrase.form === 'brackets' ? text[phrase.end - 1]! : '';
  const comma = sizes.length === 1 && phrase.closing === ')' ? ',' : '';
  return { start: phrase.start, end: phrase.end, text: `${open}${sizes.join(separator)}${comma}${close}` };
}

/** The author's name for a symbol of the code that one of their names stands for. */
function authorNames({ names }: Fit, nameOf: NameOf): NameOf {
  const found = new Map<SymbolInfo, string>();
  for (const [info, size] of names) {
    const [only, ...others] = symbolsOf(size);
    if (only && others.length === 0 && symbol(only).key === size.key) found.set(only, info.name);
  }
  return (info) => found.get(info) ?? nameOf(info);
}

function written(size: SymInt, { form }: ShapePhrase, fit: Fit, name: (info: SymbolInfo) => string): string {
  const text = inNames(size, fit) ?? render(size, name);
  return form === 'spaces' || form === 'crosses' ? text.replace(/\s+/g, '') : text;
}

const FACTORS = [1, 2, 3, 4];

/** `2*group-1` where that is the size, whatever the author's name stands for. */
function inNames(size: SymInt, { names }: Fit): string | null {
  if (size.value !== null) return null;
  for (const [{ name }, value] of names) {
    for (const factor of value.value === null ? FACTORS : []) {
      const rest = difference(size, value, factor);
      if (rest !== null) return `${factor === 1 ? '' : `${factor}*`}${name}${rest === 0 ? '' : rest < 0 ? rest : `+${rest}`}`;
    }
  }
  return null;
}

/** size - factor*value where that is a number. */
function difference(size: SymInt, value: SymInt, factor: number): number | null {
  try {
    return sub(size, mul(constant(factor), value)).value;
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}
