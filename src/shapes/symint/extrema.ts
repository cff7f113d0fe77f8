/** min, max and powers of sizes. */
import { lowerBound } from './bounds';
import { constant, ONE_SIZE, sizeOf, type SymInt } from './canonical';
import { SizeError, SizeOverflow, safe } from './errors';
import { atomTerms, MAX_DEGREE, operationAtom, powTerms, subTerms } from './polynomial';
import { powWritten, writtenOfAtom } from './written';

/** @throws SizeError for an empty list. */
export const min = (list: readonly SymInt[]): SymInt => extremum('min', list);
/** @throws SizeError for an empty list. */
export const max = (list: readonly SymInt[]): SymInt => extremum('max', list);

function extremum(kind: 'min' | 'max', list: readonly SymInt[]): SymInt {
  if (list.length === 0) throw new SizeError(`${kind}() of no sizes`);
  const flat = list.flatMap((x) => argumentsOf(kind, x));
  const kept: SymInt[] = [];
  for (const x of flat) {
    if (kept.some((other) => dominates(kind, other, x))) continue;
    for (let i = kept.length - 1; i >= 0; i--) if (dominates(kind, x, kept[i]!)) kept.splice(i, 1);
    kept.push(x);
  }
  if (kept.length === 1) return kept[0]!;
  const sorted = [...kept].sort((a, b) => (a.key < b.key ? -1 : 1));
  return sizeOf(atomTerms(operationAtom(kind, sorted)), writtenOfAtom(operationAtom(kind, kept)));
}

/** min(min(a, b), c) has the arguments a, b, c. */
function argumentsOf(kind: 'min' | 'max', x: SymInt): readonly SymInt[] {
  const { written } = x;
  const factor = written.length === 1 && written[0]!.coef === 1 && written[0]!.factors.length === 1 ? written[0]!.factors[0]! : null;
  return factor !== null && factor.exponent === 1 && factor.atom.kind === kind ? factor.atom.args : [x];
}

/** Whether `b` adds nothing beside `a`: a <= b always, for min. */
function dominates(kind: 'min' | 'max', a: SymInt, b: SymInt): boolean {
  if (a.value !== null && b.value !== null) return kind === 'min' ? a.value <= b.value : a.value >= b.value;
  return lowerBound(kind === 'min' ? subTerms(b.terms, a.terms) : subTerms(a.terms, b.terms)) >= 0;
}

/**
 * base ** exponent where that is an int.
 * @throws SizeError for a negative exponent, which makes a float in Python.
 */
export function pow(base: SymInt, exponent: SymInt): SymInt {
  const times = exponent.value;
  if (times === null) {
    if (base.value === 1) return ONE_SIZE;
    return sizeOf(atomTerms(operationAtom('pow', [base, exponent])));
  }
  if (times < 0) throw new SizeError('a negative power is not an integer');
  if (base.value !== null) return constant(powInteger(base.value, times));
  if (times === 0) return ONE_SIZE;
  if (times === 1) return base;
  if (times > MAX_DEGREE) throw new SizeOverflow('the power is too large');
  return sizeOf(powTerms(base.terms, times), powWritten(base, times));
}

/** @throws SizeOverflow; `exponent` is not negative. */
export function powInteger(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (base === 0) return 0;
  if (base === -1) return exponent % 2 === 0 ? 1 : -1;
  let out = 1;
  for (let i = 0; i < exponent; i++) out = safe(out * base);
  return out;
}
