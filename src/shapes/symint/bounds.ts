/**
 * Proven bounds of a polynomial: every atom is replaced by its least value plus something that is not negative, so that
 * `H*W - W` with H >= 1 shows its sign; `a//b` and `min`, `max` are bounded by their arguments where that is better.
 */
import { divideTerms } from './divide-polynomial';
import {
  addTerms, atomsOf, compareMonomials, constantOf, constantPart, constantTerms, atomTerms, keyOf, mapAtoms, monomial, mulTerms, scaleTerms, subTerms,
  type Atom, type OperationAtom, type Polynomial, type Power, type Term,
} from './polynomial';
import type { SymbolInfo } from './symbol';

/** What is assumed about symbols besides their own `min`. */
export interface BoundContext {
  lowerOf(symbol: SymbolInfo): number;
  upperOf(symbol: SymbolInfo): number;
  /** Polynomials that are known to be at least 0. */
  readonly nonNegative: readonly Polynomial[];
  /** What was found out under these assumptions already, by atom and depth. */
  readonly intervals: Map<string, Interval>;
  /** The same of polynomials, by depth and key. */
  readonly bounds: Map<string, number>;
}

export interface Interval { readonly lower: number; readonly upper: number }

/** Nothing. */
export const noAssumptions = (): BoundContext => ({ lowerOf: (symbol) => symbol.min ?? -Infinity, upperOf: () => Infinity, nonNegative: [], intervals: new Map(), bounds: new Map() });

/** How often a bound may rest on another bound; the shapes of real models need two. */
const DEPTH = 3;
/** Operations tried per polynomial: the work grows with their number to the power of the depth. */
const MAX_RELAXED = 6;
/** Polynomials whose bounds are kept: a trace asks for some thousands. */
const MAX_BOUNDS = 20_000;
/** Past this degree, shifting the atoms costs more than it has ever shown. */
const SHIFT_DEGREE = 8;

/** The greatest number that is proven not to exceed `p`; -Infinity where nothing is proven. */
export function lowerBound(p: Polynomial, context: BoundContext = noAssumptions(), depth = DEPTH): number {
  const value = constantOf(p);
  if (value !== null) return value;
  const key = `${depth} ${keyOf(p)}`;
  let bound = context.bounds.get(key);
  if (bound === undefined) {
    bound = provenBound(p, context, depth);
    if (context.bounds.size > MAX_BOUNDS) {
      context.bounds.clear();
      context.intervals.clear();
    }
    context.bounds.set(key, bound);
  }
  return bound;
}

function provenBound(p: Polynomial, context: BoundContext, depth: number): number {
  let best = shiftedBound(p, context, depth);
  if (depth === 0) return best;
  for (const atom of atomsOf(p).filter(isOperation).slice(0, MAX_RELAXED)) {
    best = Math.max(best, relaxedBound(p, atom, context, depth - 1));
  }
  if (best === -Infinity) {
    for (const fact of context.nonNegative) best = Math.max(best, boundByFact(p, fact, context, depth - 1));
  }
  return best;
}

export function upperBound(p: Polynomial, context: BoundContext = noAssumptions(), depth = DEPTH): number {
  return -lowerBound(scaleTerms(p, -1), context, depth);
}

const isOperation = (atom: Atom): atom is OperationAtom => atom.kind !== 'symbol';

/** A sum of products of non-negative atoms is at least its constant, less the greatest that its negative terms can be. */
function shiftedBound(p: Polynomial, context: BoundContext, depth: number): number {
  if (p[0]!.monomial.degree > SHIFT_DEGREE) return -Infinity;
  const plain = plainBound(p, context, depth);
  if (plain !== null) return plain;
  const upper = new Map<string, number>();
  const shifted = mapAtoms(p, (atom) => {
    const interval = atomInterval(atom, context, depth);
    if (interval.lower !== -Infinity) {
      upper.set(atom.key, interval.upper - interval.lower);
      return addTerms(atomTerms(atom), constantTerms(interval.lower));
    }
    if (interval.upper === Infinity) return atomTerms(atom);
    upper.set(atom.key, Infinity);
    return addTerms(constantTerms(interval.upper), atomTerms(atom), -1);
  });
  let bound = constantPart(shifted);
  for (const term of shifted) {
    if (term.monomial.degree === 0) continue;
    let greatest = 1;
    let even = true;
    for (const { atom, exponent } of term.monomial.powers) {
      const most = upper.get(atom.key);
      if (most === undefined) {
        if (exponent % 2 !== 0) even = false;
        greatest = Infinity;
      } else greatest = most === 0 ? 0 : greatest * most ** exponent;
      if (greatest === 0) break;
    }
    if (greatest === 0) continue;
    if (!even) return -Infinity;
    if (term.coef < 0) bound += term.coef * greatest;
  }
  return Math.abs(bound) <= Number.MAX_SAFE_INTEGER ? bound : -Infinity;
}

/** The same where nothing has to be multiplied out for it: no product is subtracted, or one that may be any number and is part of no other; else null. */
function plainBound(p: Polynomial, context: BoundContext, depth: number): number | null {
  let bound = 0;
  for (const { coef, monomial: { powers } } of p) {
    const intervals = powers.map(({ atom }) => atomInterval(atom, context, depth));
    if (intervals.some(({ lower }) => lower < 0)) return null;
    if (coef < 0 && powers.length > 0) {
      const isOpen = intervals.every(({ lower, upper }) => upper > lower) && intervals.some(({ upper }) => upper === Infinity);
      return isOpen && p.filter(({ monomial: other }) => powers.every((power) => isAmong(power, other.powers))).length === 1 ? -Infinity : null;
    }
    bound += powers.reduce((least, { exponent }, i) => least * intervals[i]!.lower ** exponent, coef);
  }
  return Math.abs(bound) <= Number.MAX_SAFE_INTEGER ? bound : -Infinity;
}

const isAmong = ({ atom, exponent }: Power, powers: readonly Power[]): boolean => powers.some((other) => other.atom.key === atom.key && other.exponent >= exponent);

function atomInterval(atom: Atom, context: BoundContext, depth: number): Interval {
  if (atom.kind === 'symbol') return { lower: context.lowerOf(atom.symbol), upper: context.upperOf(atom.symbol) };
  if (depth === 0) return { lower: -Infinity, upper: Infinity };
  const key = `${depth} ${atom.key}`;
  let interval = context.intervals.get(key);
  if (interval === undefined) context.intervals.set(key, (interval = operationInterval(atom, context, depth)));
  return interval;
}

function operationInterval(atom: OperationAtom, context: BoundContext, depth: number): Interval {
  const args = atom.args.map((arg): Interval => ({
    lower: lowerBound(arg.terms, context, depth - 1),
    upper: upperBound(arg.terms, context, depth - 1),
  }));
  const [a, b] = args as [Interval, Interval];
  switch (atom.kind) {
    case 'sum':
      return a;
    case 'min':
      return { lower: Math.min(...args.map((arg) => arg.lower)), upper: Math.min(...args.map((arg) => arg.upper)) };
    case 'max':
      return { lower: Math.max(...args.map((arg) => arg.lower)), upper: Math.max(...args.map((arg) => arg.upper)) };
    case 'mod':
      return b.lower >= 1 ? { lower: 0, upper: b.upper - 1 } : { lower: -Infinity, upper: Infinity };
    case 'pow':
      // An int only for exponents of 0 and more, so these need no check.
      return { lower: a.lower >= 1 ? 1 : a.lower >= 0 ? 0 : -Infinity, upper: Infinity };
    case 'floordiv':
      if (b.lower < 1) return { lower: -Infinity, upper: Infinity };
      return {
        lower: floorQuotient(a.lower, a.lower >= 0 ? b.upper : b.lower),
        upper: floorQuotient(a.upper, a.upper >= 0 ? b.lower : b.upper),
      };
  }
}

function floorQuotient(a: number, b: number): number {
  if (!Number.isFinite(a)) return a;
  if (b === Infinity) return a < 0 ? -1 : 0;
  return Math.floor(a / b);
}

/** The bound of `p` once `atom`, linear in it, is replaced by what it is known to be at most or at least. */
function relaxedBound(p: Polynomial, atom: OperationAtom, context: BoundContext, depth: number): number {
  const parts = linearIn(p, atom);
  if (parts === null) return -Infinity;
  const { slope, rest } = parts;
  if (atom.kind === 'floordiv') return relaxFloordiv(slope, rest, atom, context, depth);
  if (atom.kind !== 'min' && atom.kind !== 'max') return -Infinity;
  // min(a, b) <= a and max(a, b) >= a: of use where the slope has the sign that turns this into a lower bound.
  const sign = signOf(slope, context, depth);
  if (sign !== (atom.kind === 'min' ? -1 : 1)) return -Infinity;
  return Math.max(...atom.args.map((arg) => lowerBound(addTerms(rest, mulTerms(slope, arg.terms)), context, depth)));
}

/** By a - b + 1 <= b*(a//b) <= a for b >= 1. */
function relaxFloordiv(slope: Polynomial, rest: Polynomial, atom: OperationAtom, context: BoundContext, depth: number): number {
  const a = atom.args[0]!.terms;
  const b = atom.args[1]!.terms;
  const divisor = constantOf(b);
  if (divisor === null && lowerBound(b, context, depth) < 1) return -Infinity;
  if (divisor !== null && divisor < 1) return -Infinity;
  const sign = signOf(slope, context, depth);
  if (sign === null) return -Infinity;
  const replaced = sign < 0 ? a : addTerms(subTerms(a, b), constantTerms(1));
  const exact = divideTerms(slope, b);
  if (exact !== null) return lowerBound(addTerms(rest, mulTerms(exact, replaced)), context, depth);
  const bound = lowerBound(addTerms(mulTerms(b, rest), mulTerms(slope, replaced)), context, depth);
  if (divisor !== null) return Math.ceil(bound / divisor);
  return bound >= 1 ? 1 : bound >= 0 ? 0 : -Infinity;
}

/** p = slope*atom + rest, or null where the atom occurs in a higher power. */
function linearIn(p: Polynomial, atom: Atom): { slope: Polynomial; rest: Polynomial } | null {
  const slope: Term[] = [];
  const rest: Term[] = [];
  for (const term of p) {
    const power = term.monomial.powers.find((other) => other.atom.key === atom.key);
    if (power === undefined) rest.push(term);
    else if (power.exponent > 1) return null;
    else slope.push({ coef: term.coef, monomial: monomial(term.monomial.powers.filter((other) => other !== power)) });
  }
  // Dividing terms by one atom keeps an admissible order.
  return { slope, rest };
}

/** 1: never negative, -1: never positive, null: not known. */
function signOf(p: Polynomial, context: BoundContext, depth: number): 1 | -1 | null {
  if (lowerBound(p, context, depth) >= 0) return 1;
  return upperBound(p, context, depth) <= 0 ? -1 : null;
}

/** p >= p - k*fact for k >= 0, with the k that makes a negative term of p disappear. */
function boundByFact(p: Polynomial, fact: Polynomial, context: BoundContext, depth: number): number {
  let best = -Infinity;
  for (const known of fact) {
    if (known.monomial.degree === 0) continue;
    const term = p.find((other) => compareMonomials(other.monomial, known.monomial) === 0);
    if (term === undefined || term.coef > 0 !== known.coef > 0) continue;
    const times = Math.ceil(term.coef / known.coef);
    const others: BoundContext = { ...context, intervals: new Map(), bounds: new Map(), nonNegative: context.nonNegative.filter((other) => other !== fact) };
    best = Math.max(best, lowerBound(addTerms(p, fact, -times), others, depth));
    if (best >= 0) break;
  }
  return best;
}
