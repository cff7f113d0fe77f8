/**
 * Polynomials with safe-integer coefficients over atoms: the canonical form under every SymInt. Terms are sorted by
 * degree, then lexicographically by atom (an admissible order, as long division needs), the constant last.
 */
import { safe, SizeOverflow } from './errors';
import type { SymbolInfo } from './symbol';
import type { SymInt } from './canonical';

/** `mod` and `sum` (a sum in parentheses) occur in written forms only: canonically both are polynomials. */
export type Operation = 'floordiv' | 'mod' | 'min' | 'max' | 'pow' | 'sum';

export interface SymbolAtom { readonly kind: 'symbol'; readonly key: string; readonly weight: number; readonly symbol: SymbolInfo }
export interface OperationAtom { readonly kind: Operation; readonly key: string; readonly weight: number; readonly args: readonly SymInt[] }
export type Atom = SymbolAtom | OperationAtom;

export interface Power { readonly atom: Atom; readonly exponent: number }
/** A product of powers of different atoms, sorted by the atoms' keys. */
export interface Monomial { readonly key: string; readonly powers: readonly Power[]; readonly degree: number }
export interface Term { readonly coef: number; readonly monomial: Monomial }
/** No coefficient is 0, no monomial occurs twice; the empty polynomial is 0. */
export type Polynomial = readonly Term[];

/** Beyond these an expression says nothing to a reader and costs more than it proves. */
export const MAX_TERMS = 200;
export const MAX_DEGREE = 48;
export const MAX_WEIGHT = 400;

export const ONE: Monomial = { key: '', powers: [], degree: 0 };

export function symbolAtom(symbol: SymbolInfo): SymbolAtom {
  // Padded, so that the order of keys is the order of creation.
  return { kind: 'symbol', key: `s${symbol.id.toString(36).padStart(6, '0')}`, weight: 1, symbol };
}

export function operationAtom(kind: Operation, args: readonly SymInt[]): OperationAtom {
  let weight = 0;
  for (const arg of args) weight += arg.weight;
  if (weight > MAX_WEIGHT) throw new SizeOverflow('the size is too long an expression');
  return { kind, key: `${kind}(${args.map((arg) => arg.key).join()})`, weight, args };
}

export function monomial(powers: readonly Power[]): Monomial {
  if (powers.length === 0) return ONE;
  let degree = 0;
  let key = '';
  for (const { atom, exponent } of powers) {
    degree += exponent;
    key += exponent === 1 ? `*${atom.key}` : `*${atom.key}^${exponent}`;
  }
  if (degree > MAX_DEGREE) throw new SizeOverflow('the size is a product of too many factors');
  return { key, powers, degree };
}

export const constantTerms = (n: number): Polynomial => (n === 0 ? [] : [{ coef: n, monomial: ONE }]);
export const atomTerms = (atom: Atom): Polynomial => [{ coef: 1, monomial: monomial([{ atom, exponent: 1 }]) }];

/** The number that the polynomial is, or null. */
export function constantOf(p: Polynomial): number | null {
  if (p.length === 0) return 0;
  return p.length === 1 && p[0]!.monomial.degree === 0 ? p[0]!.coef : null;
}

/** The term without atoms. */
export function constantPart(p: Polynomial): number {
  const last = p[p.length - 1];
  return last !== undefined && last.monomial.degree === 0 ? last.coef : 0;
}

export function keyOf(p: Polynomial): string {
  return p.length === 0 ? '0' : p.map((term) => `${term.coef}${term.monomial.key}`).join('+');
}

/** Negative where `a` comes before `b`: the greater monomial first. */
export function compareMonomials(a: Monomial, b: Monomial): number {
  if (a.degree !== b.degree) return b.degree - a.degree;
  for (let i = 0; i < a.powers.length && i < b.powers.length; i++) {
    const left = a.powers[i]!;
    const right = b.powers[i]!;
    if (left.atom.key !== right.atom.key) return left.atom.key < right.atom.key ? -1 : 1;
    if (left.exponent !== right.exponent) return right.exponent - left.exponent;
  }
  return b.powers.length - a.powers.length;
}

/** a + factor * b */
export function addTerms(a: Polynomial, b: Polynomial, factor = 1): Polynomial {
  if (b.length === 0 || factor === 0) return a;
  const out: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const order = i === a.length ? 1 : j === b.length ? -1 : compareMonomials(a[i]!.monomial, b[j]!.monomial);
    if (order < 0) out.push(a[i++]!);
    else if (order > 0) {
      const term = b[j++]!;
      out.push(factor === 1 ? term : { coef: safe(term.coef * factor), monomial: term.monomial });
    } else {
      const coef = safe(a[i++]!.coef + safe(b[j]!.coef * factor));
      if (coef !== 0) out.push({ coef, monomial: b[j]!.monomial });
      j++;
    }
  }
  if (out.length > MAX_TERMS) throw new SizeOverflow('the size is a sum of too many terms');
  return out;
}

export const subTerms = (a: Polynomial, b: Polynomial): Polynomial => addTerms(a, b, -1);

export function scaleTerms(a: Polynomial, factor: number): Polynomial {
  if (factor === 1) return a;
  if (factor === 0) return [];
  return a.map((term) => ({ coef: safe(term.coef * factor), monomial: term.monomial }));
}

export function mulMonomials(a: Monomial, b: Monomial): Monomial {
  if (a.degree === 0) return b;
  if (b.degree === 0) return a;
  const powers: Power[] = [];
  let i = 0;
  let j = 0;
  while (i < a.powers.length || j < b.powers.length) {
    const left = a.powers[i];
    const right = b.powers[j];
    if (right === undefined || (left !== undefined && left.atom.key < right.atom.key)) {
      powers.push(left!);
      i++;
    } else if (left === undefined || left.atom.key > right.atom.key) {
      powers.push(right);
      j++;
    } else {
      powers.push({ atom: left.atom, exponent: left.exponent + right.exponent });
      i++;
      j++;
    }
  }
  return monomial(powers);
}

export function mulTerm(a: Polynomial, term: Term): Polynomial {
  // Multiplying by one monomial keeps an admissible order.
  return a.map((other) => ({ coef: safe(other.coef * term.coef), monomial: mulMonomials(other.monomial, term.monomial) }));
}

/** Many polynomials, added up. */
class Sum {
  private readonly byKey = new Map<string, Term>();

  add(p: Polynomial, factor = 1): void {
    for (const { coef, monomial } of p) {
      const sum = safe((this.byKey.get(monomial.key)?.coef ?? 0) + safe(coef * factor));
      if (sum === 0) this.byKey.delete(monomial.key);
      else this.byKey.set(monomial.key, { coef: sum, monomial });
    }
    if (this.byKey.size > MAX_TERMS) throw new SizeOverflow('the size is a sum of too many terms');
  }

  terms(): Polynomial {
    return [...this.byKey.values()].sort((a, b) => compareMonomials(a.monomial, b.monomial));
  }
}

export function mulTerms(a: Polynomial, b: Polynomial): Polynomial {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return mulTerm(long, short[0]!);
  const sum = new Sum();
  for (const term of short) sum.add(mulTerm(long, term));
  return sum.terms();
}

export function powTerms(a: Polynomial, exponent: number): Polynomial {
  if (exponent === 0) return constantTerms(1);
  let out = a;
  for (let i = 1; i < exponent; i++) out = mulTerms(out, a);
  return out;
}

/** Every atom of the polynomial, not looking inside operations. */
export function atomsOf(p: Polynomial): Atom[] {
  const found = new Map<string, Atom>();
  for (const term of p) for (const { atom } of term.monomial.powers) found.set(atom.key, atom);
  return [...found.values()];
}

/** The polynomial with each atom replaced by what `replace` gives for it. */
export function mapAtoms(p: Polynomial, replace: (atom: Atom) => Polynomial): Polynomial {
  const sum = new Sum();
  for (const term of p) {
    let product: Polynomial | null = null;
    for (const { atom, exponent } of term.monomial.powers) {
      const factor = powTerms(replace(atom), exponent);
      product = product ? mulTerms(product, factor) : factor;
    }
    sum.add(product ?? constantTerms(1), term.coef);
  }
  return sum.terms();
}
