/**
 * Floor division and remainder with Python's signs (the quotient is rounded down, the remainder has the divisor's
 * sign). Source: https://docs.python.org/3/reference/expressions.html#binary-arithmetic-operations
 *
 * Canonically a % b is a - b*(a//b), so that (a//b)*b + a % b is a without a rule of its own. Simplification assumes
 * that the divisor is not 0: where it is, Python raises and there is no size.
 */
import { lowerBound, upperBound } from './bounds';
import { constant, neg, sizeOf, ZERO, type SymInt } from './canonical';
import { commonContent, contentOf, divideByTerm, divideMonomials, divideTerms, gcd, longDivide } from './divide-polynomial';
import { SizeDivisionByZero } from './errors';
import {
  addTerms, atomTerms, constantOf, constantPart, constantTerms, mulTerms, operationAtom, scaleTerms, subTerms,
  type OperationAtom, type Polynomial, type Term,
} from './polynomial';
import { cancelWritten, writtenOfAtom } from './written';

export function floordiv(a: SymInt, b: SymInt): SymInt {
  if (b.value !== null) {
    if (a.value !== null) return constant(floorDivide(a.value, b.value));
    if (b.value === 0) throw new SizeDivisionByZero();
    if (b.value === 1) return a;
    if (b.value === -1) return neg(a);
  }
  if (a.value === 0) return ZERO;
  const exact = exactQuotient(a, b);
  if (exact !== null) return exact;
  return sizeOf(floordivTerms(a.terms, b.terms), writtenOfAtom(operationAtom('floordiv', [a, b])));
}

export function mod(a: SymInt, b: SymInt): SymInt {
  if (b.value !== null) {
    if (a.value !== null) return constant(floorModulo(a.value, b.value));
    if (b.value === 0) throw new SizeDivisionByZero();
    if (b.value === 1 || b.value === -1) return ZERO;
  }
  if (a.value === 0) return ZERO;
  const terms = subTerms(a.terms, mulTerms(b.terms, floordivTerms(a.terms, b.terms)));
  if (constantOf(terms) !== null) return sizeOf(terms);
  return sizeOf(terms, writtenOfAtom(operationAtom('mod', [withoutMultiples(a, b), b])));
}

/** a / b where b divides a whatever the symbols are (b not 0), else null. */
export function exactQuotient(a: SymInt, b: SymInt): SymInt | null {
  if (b.value === 0) return null;
  if (a.value === 0) return ZERO;
  if (a.value !== null && b.value !== null) return a.value % b.value === 0 ? constant(a.value / b.value) : null;
  const terms = divideTerms(a.terms, b.terms);
  return terms === null ? null : sizeOf(terms, cancelWritten(a, b));
}

/** What is divided by what, where the size is a quotient that is not exact; else null. */
export function quotientOf(size: SymInt): { readonly dividend: SymInt; readonly divisor: SymInt } | null {
  const [only, ...more] = size.terms;
  const power = only?.monomial.powers[0];
  if (!power || more.length > 0 || only.coef !== 1 || only.monomial.degree !== 1 || power.atom.kind !== 'floordiv') return null;
  const [dividend, divisor] = power.atom.args;
  return { dividend: dividend!, divisor: divisor! };
}

/** Python's a // b for integers. @throws SizeDivisionByZero */
export function floorDivide(a: number, b: number): number {
  // Through the remainder, which is exact: a / b may round up past 2**52.
  return (a - floorModulo(a, b)) / b;
}

/** Python's a % b for integers. @throws SizeDivisionByZero */
export function floorModulo(a: number, b: number): number {
  if (b === 0) throw new SizeDivisionByZero();
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder + 0;
}

function floordivTerms(a: Polynomial, b: Polynomial): Polynomial {
  const divisor = constantOf(b);
  if (divisor !== null) return divisor < 0 ? floordivConstant(scaleTerms(a, -1), -divisor) : floordivConstant(a, divisor);
  if (b[0]!.coef < 0) return floordivTerms(scaleTerms(a, -1), scaleTerms(b, -1));
  const common = commonContent(contentOf(a), contentOf(b));
  const numerator = divideByTerm(a, common);
  const denominator = divideByTerm(b, common);
  if (constantOf(denominator) !== null) return floordivConstant(numerator, constantOf(denominator)!);
  const [whole, rest] = denominator.length === 1 ? splitMultiples(numerator, denominator[0]!) : splitLong(numerator, denominator);
  return addTerms(whole, floordivRest(rest, denominator));
}

/** a // divisor for a number of 1 and more: (k*c + r)//c is k + r//c, term by term. */
function floordivConstant(a: Polynomial, divisor: number): Polynomial {
  const whole: Term[] = [];
  let rest: Polynomial = [];
  let shared = divisor;
  for (const term of a) {
    const quotient = floorDivide(term.coef, divisor);
    const remainder = term.coef - quotient * divisor;
    if (quotient !== 0) whole.push({ coef: quotient, monomial: term.monomial });
    if (remainder === 0) continue;
    rest = [...rest, { coef: remainder, monomial: term.monomial }];
    if (term.monomial.degree > 0) shared = gcd(shared, remainder);
  }
  if (constantOf(rest) !== null) return whole;
  // (g*y + r)//(g*c) is (y + r//g)//c: a common factor of the symbols' coefficients leaves the quotient.
  const reduced: Term[] = [];
  for (const term of rest) {
    const coef = floorDivide(term.coef, shared);
    if (coef !== 0) reduced.push({ coef, monomial: term.monomial });
  }
  const left = divisor / shared;
  if (left === 1) return addTerms(whole, reduced);
  const nested = nestedFloordiv(reduced);
  const inner = nested === null ? null : constantOf(nested.args[1]!.terms);
  if (nested !== null && inner !== null && inner > 0) {
    // (p//q + r)//c is (p + r*q)//(q*c) for c >= 1.
    const numerator = addTerms(nested.args[0]!.terms, constantTerms(constantPart(reduced) * inner));
    return addTerms(whole, floordivConstant(numerator, inner * left));
  }
  return addTerms(whole, floordivRest(reduced, constantTerms(left)));
}

/** a // b where no term of a can be divided out any more. */
function floordivRest(a: Polynomial, b: Polynomial): Polynomial {
  if (a.length === 0) return [];
  if (lowerBound(b) >= 1) {
    if (lowerBound(a) >= 0 && lowerBound(subTerms(b, a)) >= 1) return [];
    if (upperBound(a) <= -1 && lowerBound(addTerms(a, b)) >= 0) return constantTerms(-1);
    const nested = nestedFloordiv(a);
    if (nested !== null && constantPart(a) === 0) return floordivTerms(nested.args[0]!.terms, mulTerms(nested.args[1]!.terms, b));
  }
  return atomTerms(operationAtom('floordiv', [sizeOf(a), sizeOf(b)]));
}

/** The floordiv that `p` is, up to an added number; else null. */
function nestedFloordiv(p: Polynomial): OperationAtom | null {
  if (p.length > 2 || (p.length === 2 && p[1]!.monomial.degree > 0)) return null;
  const first = p[0]!;
  const only = first.monomial.powers[0];
  if (first.coef !== 1 || first.monomial.degree !== 1 || only!.atom.kind !== 'floordiv') return null;
  return only!.atom;
}

/** a = whole*divisor + rest, where the divisor's monomial divides no term of rest by its whole coefficient. */
function splitMultiples(a: Polynomial, divisor: Term): [whole: Polynomial, rest: Polynomial] {
  let whole: Polynomial = [];
  const rest: Term[] = [];
  for (const term of a) {
    const quotient = divideMonomials(term.monomial, divisor.monomial);
    const times = quotient === null ? 0 : floorDivide(term.coef, divisor.coef);
    if (quotient !== null && times !== 0) whole = addTerms(whole, [{ coef: times, monomial: quotient }]);
    const left = term.coef - times * divisor.coef;
    if (left !== 0) rest.push({ coef: left, monomial: term.monomial });
  }
  return [whole, rest];
}

/** Long division where it is exact or leaves a remainder that is proven smaller than the divisor. */
function splitLong(a: Polynomial, b: Polynomial): [whole: Polynomial, rest: Polynomial] {
  const { quotient, remainder } = longDivide(a, b);
  const settled = remainder.length === 0
    || (quotient.length > 0 && constantOf(floordivRest(remainder, b)) !== null);
  return settled ? [quotient, remainder] : [[], a];
}

/** For the written form: `(8*x + y) % 8` reads `y % 8`. */
function withoutMultiples(a: SymInt, b: SymInt): SymInt {
  const divisor = b.terms[0]!;
  if (b.terms.length !== 1) return a;
  const kept = a.terms.filter((term) => term.coef % divisor.coef !== 0 || divideMonomials(term.monomial, divisor.monomial) === null);
  return kept.length === a.terms.length ? a : sizeOf(kept);
}
