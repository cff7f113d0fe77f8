/**
 * What is assumed about sizes besides each symbol's own minimum: equalities, divisibility, bounds. `proofs.ts` answers
 * questions under them. A copy costs nothing, so a branch can have its own.
 */
import { lowerBound, type BoundContext } from './bounds';
import { constant, mul, sizeOf, sub, symbol, type SymInt } from './canonical';
import { contentOf, divideByTerm } from './divide-polynomial';
import { exactQuotient } from './division';
import { eliminate, NO_EQUATIONS, reduce, restore, solve, type Equations } from './equations';
import { SizeError } from './errors';
import { symbolsOf } from './evaluate';
import { atomTerms } from './polynomial';
import { SymbolTable, type SymbolInfo } from './symbol';

export { divideExact, divisible, equal, lessEqual, same, type Tri } from './proofs';

interface State {
  readonly equations: Equations;
  readonly lower: ReadonlyMap<SymbolInfo, number>;
  readonly upper: ReadonlyMap<SymbolInfo, number>;
  /** Reduced by the equations. */
  readonly nonNegative: readonly SymInt[];
}

/** Dims, around a run of its own where their number is still not known. */
export interface Run { readonly dims: readonly SymInt[]; readonly rest: { readonly at: number; readonly name: string } | null }
const NO_RUNS: ReadonlyMap<string, Run> = new Map();

const NONE: readonly SymInt[] = [];
const EMPTY: State = { equations: NO_EQUATIONS, lower: new Map(), upper: new Map(), nonNegative: NONE };

/** By what is known of bounds, which never changes: equations tell nothing of them. */
const contexts = new WeakMap<State['lower'], WeakMap<State['upper'], WeakMap<State['nonNegative'], BoundContext>>>();

function contextOf({ lower, upper, nonNegative }: State): BoundContext {
  const ofLower = contexts.get(lower) ?? new WeakMap<State['upper'], WeakMap<State['nonNegative'], BoundContext>>();
  contexts.set(lower, ofLower);
  const ofUpper = ofLower.get(upper) ?? new WeakMap<State['nonNegative'], BoundContext>();
  ofLower.set(upper, ofUpper);
  const known = ofUpper.get(nonNegative) ?? boundsUnder(lower, upper, nonNegative);
  ofUpper.set(nonNegative, known);
  return known;
}

function boundsUnder(lower: State['lower'], upper: State['upper'], nonNegative: State['nonNegative']): BoundContext {
  return {
    lowerOf: (info) => Math.max(info.min ?? -Infinity, lower.get(info) ?? -Infinity),
    upperOf: (info) => upper.get(info) ?? Infinity,
    nonNegative: nonNegative.map((x) => x.terms),
    intervals: new Map(),
    bounds: new Map(),
  };
}

type Question = 'equal' | 'same' | 'lessEqual';
/** What was proven under a state, by the keys of both sizes. */
type Proven = Readonly<Record<Question, Map<string, Map<string, boolean | null>>>>;
const proven = new WeakMap<State, { answers: Proven; count: number }>();
/** More are not kept: a trace asks for some thousands. */
const MAX_PROVEN = 20_000;

/** `divisible`: a % b == 0; else a == b. */
export interface Guard { readonly a: SymInt; readonly b: SymInt; readonly divisible: boolean }

/** The two sizes whose difference is x, without terms that both have. */
function sides(x: SymInt): { a: SymInt; b: SymInt } {
  const [a, b] = [x.terms.filter(({ coef }) => coef > 0), x.terms.filter(({ coef }) => coef < 0).map((term) => ({ ...term, coef: -term.coef }))];
  return { a: sizeOf(a), b: sizeOf(b) };
}

/** An assumption that the arithmetic cannot hold (overflow) is dropped: proofs get fewer, never wrong. */
export class Facts {
  private state: State = EMPTY;
  /** What runs of dims of unknown number come to, by name. */
  runs: ReadonlyMap<string, Run> = NO_RUNS;

  /** Later assumptions on either do not reach the other. */
  copy(): Facts {
    const copy = new Facts();
    copy.state = this.state;
    copy.runs = this.runs;
    return copy;
  }

  /** Takes over what `saved` (an earlier copy) assumes, forgetting everything else. */
  restoreFrom(saved: Facts): void {
    this.state = saved.state;
    this.runs = saved.runs;
  }

  /** What `prove` says of two sizes; asked once as long as nothing else is assumed. */
  once(question: Question, a: SymInt, b: SymInt, prove: () => boolean | null): boolean | null {
    let known = proven.get(this.state);
    if (!known || known.count > MAX_PROVEN) proven.set(this.state, (known = { answers: { equal: new Map(), same: new Map(), lessEqual: new Map() }, count: 0 }));
    const answers = known.answers[question];
    let ofFirst = answers.get(a.key);
    if (!ofFirst) answers.set(a.key, (ofFirst = new Map()));
    let answer = ofFirst.get(b.key);
    if (answer === undefined) {
      ofFirst.set(b.key, (answer = prove()));
      known.count++;
    }
    return answer;
  }

  /** Whether both are copies of one, with nothing assumed since. */
  isSame(other: Facts): boolean {
    return this.state === other.state && this.runs === other.runs;
  }

  assumeRun(name: string, run: Run): void {
    this.runs = new Map(this.runs).set(name, run);
  }

  /** a == b; returns what that comes to, or null where it tells nothing. */
  assumeEqual(a: SymInt, b: SymInt): Guard | null {
    if (a === b || (a.value !== null && b.value !== null)) return null;
    let guard: Guard | null = null;
    this.attempt(() => {
      const difference = this.withoutFactor(sub(a, b));
      if (difference.value !== null) return;
      const division = this.asDivision(difference) ?? this.asDivision(this.reduce(difference));
      if (division !== null) this.addDivisible(division.a, division.b);
      else this.addEquation(this.reduce(difference));
      guard = division ? { ...division, divisible: true } : { ...sides(difference), divisible: false };
    });
    return guard;
  }

  /** `x` divided by what all its terms share and what is not 0: h*N*a = h*N*b says that a = b. */
  private withoutFactor(x: SymInt): SymInt {
    if (x.value !== null) return x;
    const content = contentOf(x.terms);
    return lowerBound([content], this.bounds) >= 1 ? sizeOf(divideByTerm(x.terms, content)) : x;
  }

  /** a % b == 0, and so b is not 0. */
  assumeDivisible(a: SymInt, b: SymInt): void {
    if (a.value !== null && b.value !== null) return;
    this.attempt(() => this.addDivisible(a, b));
  }

  /** a >= 1 */
  assumePositive(a: SymInt): void {
    this.assumeAtLeast(a, 1);
  }

  /** a >= n */
  assumeAtLeast(a: SymInt, n: number): void {
    if (a.value !== null) return;
    this.attempt(() => this.addNonNegative(sub(this.reduce(a), constant(n))));
  }

  /** a <= b */
  assumeLessEqual(a: SymInt, b: SymInt): void {
    if (a.value !== null && b.value !== null) return;
    this.attempt(() => this.addNonNegative(this.reduce(sub(b, a))));
  }

  /** `x` with equal sizes replaced by one of them and exact divisions cancelled; equal sizes need not become alike. */
  simplify(x: SymInt): SymInt {
    if (x.value !== null) return x;
    try {
      return restore(this.reduce(x), this.state.equations);
    } catch (error) {
      if (error instanceof SizeError) return x;
      throw error;
    }
  }

  /** For proofs: may contain symbols that stand for quotients. @throws SizeError */
  reduce(x: SymInt): SymInt {
    return reduce(x, this.state.equations);
  }

  /** For proofs: undoes `reduce` as far as quotients are concerned. @throws SizeError */
  restore(x: SymInt): SymInt {
    return restore(x, this.state.equations);
  }

  /** For proofs: zero exactly if x is. @throws SizeError */
  eliminate(x: SymInt): SymInt {
    return eliminate(x, this.state.equations);
  }

  /** For proofs. */
  get bounds(): BoundContext {
    return contextOf(this.state);
  }

  private attempt(assume: () => void): void {
    const before = this.state;
    try {
      assume();
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      this.state = before;
    }
  }

  private addDivisible(a: SymInt, b: SymInt): void {
    const divisor = this.reduce(b);
    if (divisor.value === 0) return;
    if (divisor.value === null && lowerBound(divisor.terms, this.bounds) === 0) this.addNonNegative(sub(divisor, constant(1)));
    const numerator = this.reduce(a);
    if (exactQuotient(numerator, divisor) !== null) return;
    const least = lowerBound(numerator.terms, this.bounds);
    const positive = lowerBound(divisor.terms, this.bounds) >= 1;
    const info = new SymbolTable().fresh('quotient', {
      origin: 'exact quotient',
      min: !positive || least < 0 ? null : least >= 1 ? 1 : 0,
    });
    const { equations } = this.state;
    this.state = { ...this.state, equations: { ...equations, quotients: [...equations.quotients, { symbol: info, a, b }] } };
    this.addEquation(sub(numerator, mul(divisor, symbol(info))));
  }

  /** x = 0, for a reduced x. */
  private addEquation(x: SymInt): void {
    const { bounds, state } = this;
    const equations = solve(x, state.equations);
    this.state = { ...state, equations, nonNegative: NONE };
    for (const old of state.nonNegative) this.addNonNegative(reduce(old, equations));
    // A symbol that is gone must not take its bounds with it.
    for (const [info, value] of equations.substitutions) {
      if (state.equations.substitutions.has(info)) continue;
      const least = bounds.lowerOf(info);
      const most = bounds.upperOf(info);
      if (least !== -Infinity) this.addNonNegative(sub(value, constant(least)));
      if (most !== Infinity) this.addNonNegative(sub(constant(most), value));
    }
  }

  /** x >= 0, for a reduced x. */
  private addNonNegative(x: SymInt): void {
    if (x.value !== null || lowerBound(x.terms, this.bounds) >= 0) return;
    const [first] = x.terms;
    const [info] = symbolsOf(x);
    const rest = x.terms.length === 1 ? 0 : x.terms.length === 2 && x.terms[1]!.monomial.degree === 0 ? x.terms[1]!.coef : null;
    if (rest === null || first!.monomial.degree !== 1 || first!.monomial.powers[0]!.atom.kind !== 'symbol') {
      this.state = { ...this.state, nonNegative: [...this.state.nonNegative, x] };
      return;
    }
    // coef*s + rest >= 0 bounds the symbol itself.
    const { coef } = first!;
    if (coef > 0) {
      const least = Math.max(this.bounds.lowerOf(info!), Math.ceil(-rest / coef));
      this.state = { ...this.state, lower: new Map(this.state.lower).set(info!, least) };
    } else {
      const most = Math.min(this.bounds.upperOf(info!), Math.floor(rest / -coef));
      this.state = { ...this.state, upper: new Map(this.state.upper).set(info!, most) };
    }
  }

  /** Where x = 0 says that b*(a//b) is a: the a and b. */
  private asDivision(x: SymInt): { a: SymInt; b: SymInt } | null {
    const negated = sub(constant(0), x);
    for (const term of x.terms) {
      for (const { atom } of term.monomial.powers) {
        if (atom.kind !== 'floordiv') continue;
        const [a, b] = atom.args as [SymInt, SymInt];
        const remainder = sub(a, mul(b, sizeOf(atomTerms(atom))));
        if (remainder.key === x.key || remainder.key === negated.key) return { a, b };
      }
    }
    return null;
  }
}
