/** One size of a written shape: a number, an expression over names, or a slot that says nothing. */
import { constant, symbol, SymbolTable } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { parseSizeReadings } from '../symint/parse';

/** Offsets in the comment's text. */
export interface SizePhrase {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** `?`, `_`, `-1`: any one size. `...`, `*`: any number of them. */
  readonly kind: 'size' | 'any' | 'rest';
  /** What it may mean, the likeliest first, over symbols of the comment's own; empty unless `kind` is `size`. */
  readonly readings: readonly SymInt[];
  /** The names in it. */
  readonly names: readonly string[];
}

/** The symbols that the names of one comment stand for: alike names are one size. */
export class CommentNames {
  private readonly table = new SymbolTable();
  private readonly known = new Map<string, SymInt>();

  resolve = (name: string): SymInt | null => {
    if (CROSSED.test(name) || !NAME.test(name)) return null;
    const found = this.known.get(name);
    if (found !== undefined) return found;
    const size = symbol(this.table.fresh(name, { origin: 'a name in a comment' }));
    this.known.set(name, size);
    return size;
  };
}

/** `HxW`, `7x7`: letters of sizes joined by an x, and no word such as `max` or `text`. */
export const CROSSED = /^(?:[A-Z][a-z0-9]?|\d+)(?:[xX](?:[A-Z][a-z0-9]?|\d+))+$/;
const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const NAMES = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu;
/** `#node` counts what each tensor has of its own: two that are written so need not have as many. */
const ANY = /^(?:\?|_|·|-1|-|#\w+)$/;
const REST = /^(?:\.\.\.|…|\*|\*\s*[A-Za-z_]\w*)$/;
/** `48/24/12`: one of these (or the quotient, where the sizes say so). */
const ALTERNATIVES = /^\d+(?:\s*\/\s*\d+)+$/;
/** `C=96` */
const NAMED_NUMBER = /^([A-Za-z_]\w*)\s*=\s*(\d+)$/;

/** The size that `text` (which begins at `start`) is; null where it is none. */
export function readSize(text: string, start: number, names: CommentNames): SizePhrase | null {
  const trimmed = text.trim();
  const from = start + text.indexOf(trimmed);
  const place = { start: from, end: from + trimmed.length, text: trimmed };
  if (ANY.test(trimmed)) return { ...place, kind: 'any', readings: [], names: [] };
  if (REST.test(trimmed)) return { ...place, kind: 'rest', readings: [], names: [] };
  const assigned = NAMED_NUMBER.exec(trimmed);
  const readings = parseSizeReadings(assigned?.[2] ?? trimmed, names.resolve);
  if (ALTERNATIVES.test(trimmed)) {
    for (const number of trimmed.match(/\d+/g)!) if (Number.isSafeInteger(Number(number))) readings.push(constant(Number(number)));
  }
  if (readings.length === 0 || readings.some((size) => size.value !== null && size.value < 0)) return null;
  const found = (trimmed.match(NAMES) ?? []).flatMap((name) => (CROSSED.test(name) ? name.split(/[xX]/) : [name]));
  return { ...place, kind: 'size', readings, names: [...new Set(found.filter((name) => !/^(?:\d+|min|max|x|X)$/.test(name)))] };
}
