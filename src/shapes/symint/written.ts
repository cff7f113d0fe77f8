/**
 * The written form of a size: a sum of products in the author's order, with sums kept in parentheses where the author
 * multiplied them. It always equals the canonical polynomial, by algebra, and is dropped where that is shorter.
 */
import { safe } from './errors';
import { operationAtom, type Atom, type Polynomial, type Power } from './polynomial';
import type { SymInt } from './canonical';

/** coef * product of factors. A factor may occur twice, as in `ws*ws`. */
export interface Addend { readonly coef: number; readonly factors: readonly Power[] }
export type Written = readonly Addend[];

export function writtenOfTerms(terms: Polynomial): Written {
  return terms.map((term) => ({ coef: term.coef, factors: term.monomial.powers }));
}

export const writtenOfAtom = (atom: Atom): Written => [{ coef: 1, factors: [{ atom, exponent: 1 }] }];

/** How many names and numbers a reader has to read. */
export function weightOf(written: Written): number {
  let weight = 0;
  for (const { coef, factors } of written) {
    if (factors.length === 0 || Math.abs(coef) !== 1) weight++;
    for (const { atom, exponent } of factors) weight += atom.weight + (exponent === 1 ? 0 : 1);
  }
  return weight;
}

/** a + factor * b, like products collected where the first of them stood. */
export function addWritten(a: Written, b: Written, factor: 1 | -1): Written {
  const out: Addend[] = [...a];
  const at = new Map(out.map((addend, index) => [productKey(addend.factors), index]));
  for (const addend of b) {
    const key = productKey(addend.factors);
    const index = at.get(key);
    if (index === undefined) {
      at.set(key, out.length);
      out.push(factor === 1 ? addend : { coef: -addend.coef, factors: addend.factors });
    } else {
      const before = out[index]!;
      out[index] = { coef: safe(before.coef + factor * addend.coef), factors: before.factors };
    }
  }
  return out.filter((addend) => addend.coef !== 0).flatMap(unwrap);
}

export function negateWritten(written: Written): Written {
  return written.map(({ coef, factors }) => ({ coef: -coef, factors }));
}

/** a * b as one product; a sum becomes a factor in parentheses. */
export function mulWritten(a: SymInt, b: SymInt): Written {
  const left = asProduct(a);
  const right = asProduct(b);
  return [{ coef: safe(left.coef * right.coef), factors: collectPowers([...left.factors, ...right.factors]) }];
}

export function powWritten(base: SymInt, exponent: number): Written {
  const { coef, factors } = asProduct(base);
  let scale = 1;
  if (coef !== 1) for (let i = 0; i < exponent; i++) scale = safe(scale * coef);
  return [{ coef: scale, factors: factors.map((power) => ({ atom: power.atom, exponent: power.exponent * exponent })) }];
}

/** a / b by striking equal factors, or null where some factor of b is not one of a. */
export function cancelWritten(a: SymInt, b: SymInt): Written | null {
  const numerator = asProduct(a);
  const denominator = asProduct(b);
  if (numerator.coef % denominator.coef !== 0) return null;
  const factors = [...numerator.factors];
  for (const { atom, exponent } of denominator.factors) {
    let left = exponent;
    for (let i = factors.length - 1; i >= 0 && left > 0; i--) {
      const power = factors[i]!;
      if (power.atom.key !== atom.key) continue;
      const struck = Math.min(left, power.exponent);
      left -= struck;
      if (struck === power.exponent) factors.splice(i, 1);
      else factors[i] = { atom: power.atom, exponent: power.exponent - struck };
    }
    if (left > 0) return null;
  }
  return unwrap({ coef: numerator.coef / denominator.coef, factors });
}

/** `1*(a + b)` is `a + b`. */
function unwrap(addend: Addend): Written {
  const [only] = addend.factors;
  if (addend.coef === 1 && addend.factors.length === 1 && only!.exponent === 1 && only!.atom.kind === 'sum') {
    return only!.atom.args[0]!.written;
  }
  return [addend];
}

function asProduct(x: SymInt): Addend {
  const { written } = x;
  return written.length === 1 ? written[0]! : { coef: 1, factors: [{ atom: operationAtom('sum', [x]), exponent: 1 }] };
}

/** A factor that occurs three times or more becomes a power; `ws*ws` stays as people write it. */
function collectPowers(factors: readonly Power[]): readonly Power[] {
  const totals = new Map<string, number>();
  for (const { atom, exponent } of factors) totals.set(atom.key, (totals.get(atom.key) ?? 0) + exponent);
  const out: Power[] = [];
  for (const power of factors) {
    const total = totals.get(power.atom.key);
    if (total === undefined) continue;
    if (total < 3) {
      out.push(power);
      continue;
    }
    out.push({ atom: power.atom, exponent: total });
    totals.delete(power.atom.key);
  }
  return out;
}

function productKey(factors: readonly Power[]): string {
  return factors.map(({ atom, exponent }) => `${atom.key}*`.repeat(exponent)).sort().join('');
}
