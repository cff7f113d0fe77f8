/**
 * A system of polynomial equations between sizes, kept solved: a symbol that an equation gives is replaced everywhere,
 * a product or operation that it gives is rewritten, and what remains is only used to prove a difference zero.
 */
import { add, mul, sizeOf, sub, symbol, type SymInt } from './canonical';
import { contentOf, divideByTerm, divideMonomials } from './divide-polynomial';
import { floordiv } from './division';
import { rebuild, substitute, symbolsOf } from './evaluate';
import { addTerms, atomsOf, mulTerm, ONE, scaleTerms, type Monomial, type Polynomial, type Term } from './polynomial';
import type { SymbolInfo } from './symbol';

/** `lead` is `value`; no monomial of value is a multiple of lead. */
interface Rewrite { readonly lead: Monomial; readonly value: Polynomial }

/** `symbol` stands for a / b, which is known to be exact. */
export interface Quotient { readonly symbol: SymbolInfo; readonly a: SymInt; readonly b: SymInt }

export interface Equations {
  readonly substitutions: ReadonlyMap<SymbolInfo, SymInt>;
  readonly rewrites: readonly Rewrite[];
  /** Polynomials that are 0, whose leading coefficient is not 1 or -1. */
  readonly scaled: readonly Polynomial[];
  readonly quotients: readonly Quotient[];
}

export const NO_EQUATIONS: Equations = { substitutions: new Map(), rewrites: [], scaled: [], quotients: [] };

/** What operations became under a system, by their keys. */
interface KnownOperations { readonly substituted: Map<string, SymInt>; readonly rewritten: Map<string, SymInt> }

/** A system never changes, so what was found out under one stays true. */
const knownOperations = new WeakMap<Equations, KnownOperations>();

function operationsUnder(equations: Equations): KnownOperations {
  let known = knownOperations.get(equations);
  if (known === undefined) knownOperations.set(equations, (known = { substituted: new Map(), rewritten: new Map() }));
  return known;
}

/** Rewriting normally ends after a few steps; two products given in terms of each other might not. */
const MAX_STEPS = 40;

/** `x` in the form that all sizes equal to it by these equations share (as far as they are linear). */
export function reduce(x: SymInt, equations: Equations): SymInt {
  const { substitutions, rewrites } = equations;
  if (x.value !== null || (substitutions.size === 0 && rewrites.length === 0)) return x;
  const known = operationsUnder(equations);
  let current = x;
  for (let step = 0; step < MAX_STEPS; step++) {
    let next = current;
    if ([...symbolsOf(next)].some((info) => substitutions.has(info))) {
      next = rebuild(next, (info) => substitutions.get(info) ?? null, (part) => part, known.substituted);
    }
    if (rewrites.length > 0) next = rebuild(next, () => null, (part) => rewrite(part, rewrites), known.rewritten);
    if (next.key === current.key) return current;
    current = next;
  }
  return current;
}

function rewrite(x: SymInt, rewrites: readonly Rewrite[]): SymInt {
  let { terms } = x;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = rewriteOnce(terms, rewrites);
    if (next === null) break;
    terms = next;
  }
  return terms === x.terms ? x : sizeOf(terms);
}

function rewriteOnce(terms: Polynomial, rewrites: readonly Rewrite[]): Polynomial | null {
  for (const { lead, value } of rewrites) {
    for (const term of terms) {
      const factor = divideMonomials(term.monomial, lead);
      if (factor !== null) return addTerms(addTerms(terms, [term], -1), mulTerm(value, { coef: term.coef, monomial: factor }));
    }
  }
  return null;
}

/** The system with `x = 0` as well; `x` is reduced by it already. The same system where x is a number. */
export function solve(x: SymInt, equations: Equations): Equations {
  if (x.value !== null) return equations;
  const terms = divideByTerm(x.terms, { coef: contentOf(x.terms).coef, monomial: ONE });
  const internal = new Set(equations.quotients.map((quotient) => quotient.symbol));
  const given = givenSymbol(terms, internal);
  if (given !== null) {
    const [info, value] = given;
    const known = sizeOf(value);
    const binding = new Map([[info, known]]);
    const substitutions = new Map<SymbolInfo, SymInt>();
    for (const [other, old] of equations.substitutions) substitutions.set(other, substitute(old, binding));
    return { ...equations, substitutions: substitutions.set(info, known) };
  }
  const lead = givenProduct(terms, internal);
  if (lead === null) return { ...equations, scaled: [...equations.scaled, terms] };
  return { ...equations, rewrites: [...equations.rewrites, { lead: lead.monomial, value: without(terms, lead) }] };
}

/** The symbol that the equation gives in terms of others: the latest that it can, as that one is derived from them. */
function givenSymbol(terms: Polynomial, internal: ReadonlySet<SymbolInfo>): [SymbolInfo, Polynomial] | null {
  let best: [SymbolInfo, Polynomial] | null = null;
  for (const term of terms) {
    const info = symbolOf(term);
    if (info === null || Math.abs(term.coef) !== 1) continue;
    const value = without(terms, term);
    if (symbolsOf(sizeOf(value)).has(info)) continue;
    if (best === null || preferred(info, best[0], internal)) best = [info, value];
  }
  return best;
}

/** A quotient gives way to a symbol of the user's only if there is none; otherwise the later symbol is eliminated. */
function preferred(a: SymbolInfo, b: SymbolInfo, internal: ReadonlySet<SymbolInfo>): boolean {
  return internal.has(a) === internal.has(b) ? a.id > b.id : internal.has(b);
}

/** The term to rewrite: an operation or product with coefficient 1 or -1 that no other term is a multiple of. */
function givenProduct(terms: Polynomial, internal: ReadonlySet<SymbolInfo>): Term | null {
  const isInternal = (term: Term): boolean =>
    term.monomial.powers.some(({ atom }) => atom.kind === 'symbol' && internal.has(atom.symbol));
  const candidates = terms.filter((term) => Math.abs(term.coef) === 1 && term.monomial.degree > 0
    && terms.every((other) => other === term || divideMonomials(other.monomial, term.monomial) === null)
    && !occursInside(term, terms));
  return candidates.find((term) => !isInternal(term)) ?? candidates[0] ?? null;
}

/** Whether the term's operation is an argument of another operation: rewriting it would never end. */
function occursInside(term: Term, terms: Polynomial): boolean {
  const [only] = term.monomial.powers;
  if (term.monomial.degree !== 1) return false;
  return terms.some((other) => other !== term && atomsOf([other]).some((atom) => atom.key.includes(only!.atom.key)));
}

function symbolOf(term: Term): SymbolInfo | null {
  const [only] = term.monomial.powers;
  return term.monomial.degree === 1 && only!.atom.kind === 'symbol' ? only!.atom.symbol : null;
}

/** What the term's monomial is, where the polynomial is 0 and the term's coefficient 1 or -1. */
function without(terms: Polynomial, term: Term): Polynomial {
  return scaleTerms(terms.filter((other) => other !== term), -term.coef);
}

/** A multiple of `x` (not by 0) with the leading terms of the scaled equations taken out. */
export function eliminate(x: SymInt, { scaled }: Equations): SymInt {
  let { terms } = x;
  for (const equation of scaled) {
    const lead = equation[0]!;
    for (let step = 0; step < MAX_STEPS; step++) {
      const term = terms.find((other) => divideMonomials(other.monomial, lead.monomial) !== null);
      if (term === undefined) break;
      const factor = divideMonomials(term.monomial, lead.monomial)!;
      terms = addTerms(scaleTerms(terms, lead.coef), mulTerm(equation, { coef: term.coef, monomial: factor }), -1);
    }
  }
  return terms === x.terms ? x : sizeOf(terms);
}

/** `x` without the quotients' own symbols: b*q is a again, and any other q is a//b. */
export function restore(x: SymInt, { quotients }: Equations): SymInt {
  let current = x;
  for (const quotient of [...quotients].reverse()) {
    if (symbolsOf(current).has(quotient.symbol)) current = restoreProduct(current, quotient);
  }
  return substitute(current, new Map(quotients.map(({ symbol: info, a, b }) => [info, floordiv(a, b)])));
}

function restoreProduct(x: SymInt, { symbol: info, a, b }: Quotient): SymInt {
  const whole = mul(b, symbol(info));
  if (whole.terms.length !== 1) return x;
  const [unit] = whole.terms;
  let out = x;
  for (const term of x.terms) {
    const factor = divideMonomials(term.monomial, unit!.monomial);
    if (factor === null || term.coef % unit!.coef !== 0) continue;
    const rest = sizeOf([{ coef: term.coef / unit!.coef, monomial: factor }]);
    out = add(sub(out, sizeOf([term])), mul(rest, a));
  }
  return out;
}
