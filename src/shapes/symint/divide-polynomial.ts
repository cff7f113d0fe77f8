/**
 * Dividing polynomials without a remainder: by a monomial, by a polynomial, by what all terms have in common.
 */
import { addTerms, compareMonomials, MAX_TERMS, monomial, mulTerm, ONE, type Monomial, type Polynomial, type Power, type Term } from './polynomial';

export function gcd(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** a / b, or null where b does not divide a. */
export function divideMonomials(a: Monomial, b: Monomial): Monomial | null {
  if (b.degree === 0) return a;
  if (b.degree > a.degree) return null;
  const powers: Power[] = [];
  let j = 0;
  for (const power of a.powers) {
    const divisor = b.powers[j];
    if (divisor === undefined || divisor.atom.key !== power.atom.key) {
      powers.push(power);
      continue;
    }
    if (divisor.exponent > power.exponent) return null;
    if (divisor.exponent < power.exponent) powers.push({ atom: power.atom, exponent: power.exponent - divisor.exponent });
    j++;
  }
  return j === b.powers.length ? monomial(powers) : null;
}

/** a = quotient * b + remainder, stopping at the first leading term that b's leading term does not divide. */
export function longDivide(a: Polynomial, b: Polynomial): { quotient: Polynomial; remainder: Polynomial } {
  const lead = b[0]!;
  let quotient: Polynomial = [];
  let remainder = a;
  for (let step = 0; remainder.length > 0 && step < MAX_TERMS; step++) {
    const top = remainder[0]!;
    const rest = divideMonomials(top.monomial, lead.monomial);
    if (rest === null || top.coef % lead.coef !== 0) break;
    const term: Term = { coef: top.coef / lead.coef, monomial: rest };
    quotient = addTerms(quotient, [term]);
    remainder = addTerms(remainder, mulTerm(b, term), -1);
  }
  return { quotient, remainder };
}

/** a / b where that is a polynomial with integer coefficients, else null. */
export function divideTerms(a: Polynomial, b: Polynomial): Polynomial | null {
  if (b.length === 0) return null;
  const { quotient, remainder } = longDivide(a, b);
  return remainder.length === 0 ? quotient : null;
}

/** The greatest monomial, with a positive coefficient, that divides every term of `p`. */
export function contentOf(p: Polynomial): Term {
  let coef = 0;
  let common: Monomial | null = null;
  for (const term of p) {
    coef = gcd(coef, term.coef);
    common = common === null ? term.monomial : commonMonomial(common, term.monomial);
  }
  return { coef: coef === 0 ? 1 : coef, monomial: common ?? ONE };
}

export function commonContent(a: Term, b: Term): Term {
  return { coef: gcd(a.coef, b.coef), monomial: commonMonomial(a.monomial, b.monomial) };
}

/** p / divisor, where divisor divides every term. */
export function divideByTerm(p: Polynomial, divisor: Term): Polynomial {
  if (divisor.coef === 1 && divisor.monomial.degree === 0) return p;
  return p.map((term) => ({ coef: term.coef / divisor.coef, monomial: divideMonomials(term.monomial, divisor.monomial)! }));
}

export function sameMonomial(a: Monomial, b: Monomial): boolean {
  return compareMonomials(a, b) === 0;
}

function commonMonomial(a: Monomial, b: Monomial): Monomial {
  if (a.degree === 0 || b.degree === 0) return ONE;
  const exponents = new Map(b.powers.map((power) => [power.atom.key, power.exponent]));
  const powers: Power[] = [];
  for (const { atom, exponent } of a.powers) {
    const shared = Math.min(exponent, exponents.get(atom.key) ?? 0);
    if (shared > 0) powers.push({ atom, exponent: shared });
  }
  return monomial(powers);
}
