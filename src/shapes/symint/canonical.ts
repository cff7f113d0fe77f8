/**
 * SymInt: one size, a number or an expression over symbols (the name is torch's). Immutable. Equal canonical forms have
 * equal `key`s; what is written (`written`) may differ. Numbers take the fast path everywhere: at most one allocation.
 */
import { safe } from './errors';
import { addTerms, atomTerms, constantOf, constantTerms, keyOf, mulTerms, scaleTerms, symbolAtom, type Polynomial } from './polynomial';
import { addWritten, mulWritten, negateWritten, weightOf, writtenOfTerms, type Written } from './written';
import type { SymbolInfo } from './symbol';

export class SymInt {
  #terms: Polynomial | null;
  #written: Written | null;
  #key: string | null = null;
  #weight = 0;

  /** For this folder; others use `constant`, `symbol` and the operations. */
  constructor(
    /** The number, or null where it depends on symbols. */
    readonly value: number | null,
    terms: Polynomial | null,
    written: Written | null,
  ) {
    this.#terms = terms;
    this.#written = written;
  }

  /** The canonical form. */
  get terms(): Polynomial {
    return (this.#terms ??= constantTerms(this.value!));
  }

  /** The form to show. */
  get written(): Written {
    return (this.#written ??= writtenOfTerms(this.terms));
  }

  /** Equal for two sizes exactly if their canonical forms are. */
  get key(): string {
    return (this.#key ??= this.value === null ? keyOf(this.terms) : String(this.value));
  }

  /** How many names and numbers the written form has. */
  get weight(): number {
    if (this.#weight === 0) this.#weight = this.value === null ? weightOf(this.written) : 1;
    return this.#weight;
  }
}

const CACHED_FROM = -64;
const CACHED_TO = 4096;
const cache: SymInt[] = [];
for (let n = CACHED_FROM; n <= CACHED_TO; n++) cache.push(new SymInt(n, null, null));

/** @throws SizeOverflow where n is no integer that a double keeps exactly. */
export function constant(n: number): SymInt {
  if (n >= CACHED_FROM && n <= CACHED_TO) {
    const cached = cache[n - CACHED_FROM];
    if (cached !== undefined) return cached;
  }
  return new SymInt(safe(n), null, null);
}

export const ZERO = constant(0);
export const ONE_SIZE = constant(1);

const symbolSizes = new WeakMap<SymbolInfo, SymInt>();

/** The size that a symbol stands for. */
export function symbol(info: SymbolInfo): SymInt {
  let size = symbolSizes.get(info);
  if (size === undefined) {
    size = new SymInt(null, atomTerms(symbolAtom(info)), null);
    symbolSizes.set(info, size);
  }
  return size;
}

/** The size with this canonical form, shown as `written` unless the canonical form is shorter. */
export function sizeOf(terms: Polynomial, written: Written | null = null): SymInt {
  const value = constantOf(terms);
  if (value !== null) return constant(value);
  if (written === null || weightOf(writtenOfTerms(terms)) < weightOf(written)) return new SymInt(null, terms, null);
  return new SymInt(null, terms, written);
}

export const isConstant = (x: SymInt): boolean => x.value !== null;
export const valueOf = (x: SymInt): number | null => x.value;

export function add(a: SymInt, b: SymInt): SymInt {
  if (a.value !== null) {
    if (b.value !== null) return constant(a.value + b.value);
    if (a.value === 0) return b;
  }
  if (b.value === 0) return a;
  return sizeOf(addTerms(a.terms, b.terms), addWritten(a.written, b.written, 1));
}

export function sub(a: SymInt, b: SymInt): SymInt {
  if (b.value !== null) {
    if (a.value !== null) return constant(a.value - b.value);
    if (b.value === 0) return a;
  }
  return sizeOf(addTerms(a.terms, b.terms, -1), addWritten(a.written, b.written, -1));
}

export function neg(a: SymInt): SymInt {
  if (a.value !== null) return constant(-a.value);
  return sizeOf(scaleTerms(a.terms, -1), negateWritten(a.written));
}

export function mul(a: SymInt, b: SymInt): SymInt {
  if (a.value !== null) {
    if (b.value !== null) return constant(a.value * b.value);
    if (a.value === 1) return b;
    if (a.value === 0) return ZERO;
    if (a.value === -1) return neg(b);
  }
  if (b.value !== null) {
    if (b.value === 1) return a;
    if (b.value === 0) return ZERO;
    if (b.value === -1) return neg(a);
  }
  return sizeOf(mulTerms(a.terms, b.terms), mulWritten(a, b));
}

/** 0 for an empty list. */
export function sum(list: readonly SymInt[]): SymInt {
  let out = ZERO;
  for (const x of list) out = add(out, x);
  return out;
}

/** 1 for an empty list, as the numel of a 0-d tensor. */
export function product(list: readonly SymInt[]): SymInt {
  let out = ONE_SIZE;
  for (const x of list) out = mul(out, x);
  return out;
}
