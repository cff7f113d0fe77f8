/**
 * Questions about sizes, answered only by proof: true and false hold for every value that the symbols can have under
 * the facts; null is "not known".
 */
import { lowerBound, noAssumptions, upperBound, type BoundContext } from './bounds';
import { sizeOf, type SymInt } from './canonical';
import { contentOf, divideByTerm, gcd } from './divide-polynomial';
import { exactQuotient, floorModulo, mod } from './division';
import { SizeError } from './errors';
import type { Facts } from './facts';
import { constantPart, subTerms } from './polynomial';

/** yes, no, or not known. */
export type Tri = boolean | null;

/** a == b */
export function equal(a: SymInt, b: SymInt, facts?: Facts): Tri {
  if (a === b) return true;
  if (a.value !== null && b.value !== null) return a.value === b.value;
  if (a.key === b.key) return true;
  return facts ? facts.once('equal', a, b, () => proveEqual(a, b, facts)) : proveEqual(a, b, undefined);
}

/** Whether a == b is proven: for who need not know why it is not, which costs far more. */
export function same(a: SymInt, b: SymInt, facts?: Facts): boolean {
  if (a === b) return true;
  if (a.value !== null && b.value !== null) return a.value === b.value;
  if (a.key === b.key) return true;
  return facts !== undefined && facts.once('same', a, b, () => proveSame(a, b, facts)) === true;
}

function proveSame(a: SymInt, b: SymInt, facts: Facts): Tri {
  return attempt(() => {
    const rest = facts.reduce(difference(a, b));
    return (rest.value ?? facts.eliminate(rest).value) === 0;
  });
}

function proveEqual(a: SymInt, b: SymInt, facts: Facts | undefined): Tri {
  return attempt(() => {
    const rest = reduced(difference(a, b), facts);
    if (rest.value !== null) return rest.value === 0;
    if (isNonZero(rest, boundsOf(facts))) return false;
    if (facts === undefined) return null;
    const multiple = facts.eliminate(rest);
    if (multiple.value !== null) return multiple.value === 0;
    return multiple !== rest && isNonZero(multiple, facts.bounds) ? false : null;
  });
}

/** a <= b */
export function lessEqual(a: SymInt, b: SymInt, facts?: Facts): Tri {
  if (a.value !== null && b.value !== null) return a.value <= b.value;
  return facts ? facts.once('lessEqual', a, b, () => proveLessEqual(a, b, facts)) : proveLessEqual(a, b, undefined);
}

function proveLessEqual(a: SymInt, b: SymInt, facts: Facts | undefined): Tri {
  return attempt(() => {
    const { terms } = reduced(difference(b, a), facts);
    const bounds = boundsOf(facts);
    if (lowerBound(terms, bounds) >= 0) return true;
    return upperBound(terms, bounds) < 0 ? false : null;
  });
}

/** a % b == 0; not known where b is 0. */
export function divisible(a: SymInt, b: SymInt, facts?: Facts): Tri {
  if (b.value === 0) return null;
  if (a.value !== null && b.value !== null) return floorModulo(a.value, b.value) === 0;
  return attempt(() => {
    if (exactQuotient(a, b) !== null) return true;
    const divisor = reduced(b, facts);
    if (divisor.value === 0) return null;
    const remainder = mod(reduced(a, facts), divisor);
    if (remainder.value !== null) return remainder.value === 0;
    return isNonZero(remainder, boundsOf(facts)) ? false : null;
  });
}

/**
 * a / b where it is proven exact; null otherwise, and where b is 0. The size that `reshape(-1)` infers.
 * A caller who wants a size even so takes `floordiv(a, b)`.
 */
export function divideExact(a: SymInt, b: SymInt, facts?: Facts): SymInt | null {
  return attempt(() => {
    const plain = exactQuotient(a, b);
    if (facts === undefined || (a.value !== null && b.value !== null)) return plain;
    if (plain !== null) {
      // H*(C//H) is C where H divides C; sizes that are merely equal keep the caller's names.
      const simple = facts.simplify(plain);
      return simple.weight < plain.weight ? simple : plain;
    }
    const quotient = exactQuotient(facts.reduce(a), facts.reduce(b));
    return quotient === null ? null : facts.restore(quotient);
  });
}

/** a - b, which nobody is shown. */
const difference = (a: SymInt, b: SymInt): SymInt => sizeOf(subTerms(a.terms, b.terms));

function reduced(x: SymInt, facts: Facts | undefined): SymInt {
  return facts === undefined ? x : facts.reduce(x);
}

function boundsOf(facts: Facts | undefined): BoundContext {
  return facts === undefined ? noAssumptions() : facts.bounds;
}

/** Proven never 0: by its sign, or because all it adds up is a multiple of a number that its constant is not. */
function isNonZero(x: SymInt, bounds: BoundContext): boolean {
  const { terms } = x;
  if (lowerBound(terms, bounds) >= 1 || upperBound(terms, bounds) <= -1) return true;
  const rest = constantPart(terms);
  if (rest !== 0) {
    let common = 0;
    for (const term of terms) if (term.monomial.degree > 0) common = gcd(common, term.coef);
    return rest % common !== 0;
  }
  // B*(2*n - 5) with B >= 1: each factor on its own.
  const shared = { coef: 1, monomial: contentOf(terms).monomial };
  if (shared.monomial.degree === 0) return false;
  const factor = sizeOf([shared]);
  const cofactor = sizeOf(divideByTerm(terms, shared));
  const differs = (y: SymInt): boolean => (y.value === null ? isNonZero(y, bounds) : y.value !== 0);
  return differs(cofactor) && (lowerBound(factor.terms, bounds) >= 1 || upperBound(factor.terms, bounds) <= -1);
}

function attempt<T>(prove: () => T | null): T | null {
  try {
    return prove();
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}
