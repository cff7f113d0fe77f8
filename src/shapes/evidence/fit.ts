/**
 * Whether shapes can be what a comment says, all at once: a name is one size throughout the comment and may be any.
 * Only what is proven different is wrong.
 */
import { equal } from '../symint/facts';
import type { Facts } from '../symint/facts';
import { SizeError, constant, loneSymbol, substitute, symbolsOf } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';
import type { Shape } from '../values/values';
import type { ShapePhrase } from './shapes';

export interface Misfit {
  /** The number of dims is another. */
  readonly rank: boolean;
  /** Indexes of the sizes that are wrong, with what they are. */
  readonly sizes: ReadonlyMap<number, SymInt>;
}

export interface Fit {
  /** One for each shape; null: it can be so. */
  readonly misfits: readonly (Misfit | null)[];
  /** How many sizes are wrong; a wrong rank counts as more than any. */
  readonly count: number;
  /** What the comment's names stand for. */
  readonly names: ReadonlyMap<SymbolInfo, SymInt>;
}

export interface ClaimedShape {
  readonly phrase: ShapePhrase;
  /** null: not compared. */
  readonly actual: Shape | null;
}

interface Pair { readonly shape: number; readonly size: number; readonly readings: readonly SymInt[]; readonly actual: SymInt; readonly rounded: boolean }

/** A comment with more readings than this says nothing definite. */
const MAX_READINGS = 256;
const WRONG_RANK = 100;

/** The reading that fits best. `known`: sizes that names are known to stand for. */
export function fitShapes(claims: readonly ClaimedShape[], facts?: Facts, known: ReadonlyMap<SymbolInfo, SymInt> = new Map()): Fit {
  const fit = fitReading(claims, facts, known);
  if (fit.count === 0 || claims.every(({ phrase }) => !phrase.crossed)) return fit;
  const crossed = fitReading(claims.map(({ phrase, actual }) => ({ phrase: phrase.crossed ? { ...phrase, sizes: phrase.crossed } : phrase, actual })), facts, known);
  return crossed.count === 0 ? crossed : fit;
}

function fitReading(claims: readonly ClaimedShape[], facts: Facts | undefined, known: ReadonlyMap<SymbolInfo, SymInt>): Fit {
  const ranks = new Set<number>();
  const pairs: Pair[] = [];
  claims.forEach(({ phrase, actual }, shape) => {
    const aligned = actual && align(phrase, actual);
    if (aligned === null) {
      if (actual !== null) ranks.add(shape);
      return;
    }
    for (const [size, dim] of aligned) {
      const { readings, kind, text } = phrase.sizes[size]!;
      if (kind === 'size') pairs.push({ shape, size, readings, actual: dim, rounded: text.includes('/') });
    }
  });
  let best: { wrong: Pair[]; names: Map<SymbolInfo, SymInt> } | null = null;
  const total = pairs.reduce((product, { readings }) => product * readings.length, 1);
  for (const choice of total > MAX_READINGS ? [] : choices(pairs, total)) {
    const outcome = solve(pairs, choice, facts, known);
    if (best === null || outcome.wrong.length < best.wrong.length) best = outcome;
    if (best.wrong.length === 0) break;
  }
  const wrong = best?.wrong ?? [];
  const misfits = claims.map((_, shape) => {
    const sizes = new Map(wrong.filter((pair) => pair.shape === shape).map((pair) => [pair.size, pair.actual]));
    return ranks.has(shape) || sizes.size > 0 ? { rank: ranks.has(shape), sizes } : null;
  });
  return { misfits, count: wrong.length + WRONG_RANK * ranks.size, names: best?.names ?? new Map() };
}

/** Pairs of a written size's index and the dim that it is beside; null where the ranks differ. */
export function align({ sizes, form }: ShapePhrase, { dims, rest }: Shape): [number, SymInt][] | null {
  const gaps = sizes.flatMap(({ kind }, i) => (kind === 'rest' ? [i] : []));
  if (gaps.length > 1) return [];
  const count = sizes.length;
  const gap = gaps[0];
  const open = gap === undefined && leavesOut(sizes, form, dims.length);
  const lead = gap ?? (open ? 0 : rest ? rest.at : count);
  const trail = gap !== undefined ? count - gap - 1 : open ? count : rest ? dims.length - rest.at : 0;
  const flexible = gap !== undefined || open;
  const written = gap === undefined ? count : count - 1;
  if (rest === null ? (flexible ? dims.length < written : dims.length !== written) : !flexible && written < dims.length) return null;
  const pairs: [number, SymInt][] = [];
  const front = rest ? Math.min(lead, rest.at) : Math.min(lead, dims.length);
  const back = rest ? Math.min(trail, dims.length - rest.at) : trail;
  for (let i = 0; i < front; i++) pairs.push([i, dims[i]!]);
  for (let i = back; i > 0; i--) pairs.push([count - i, dims[dims.length - i]!]);
  return pairs;
}

/** `H, W` and `64x56x56` leave the batch out, and what is around it; `(seq, dim)` at most the batch. */
function leavesOut(sizes: ShapePhrase['sizes'], form: ShapePhrase['form'], rank: number): boolean {
  if (sizes.length === 0 || BATCH.test(sizes[0]!.text)) return false;
  if (form === 'brackets') return sizes.length > 1 && sizes.length === rank - 1 && sizes.some(({ names }) => names.length > 0);
  return (form === 'commas' || form === 'crosses') && !sizes.some(({ text }) => /[*/+-]/.test(text));
}

const BATCH = /^(?:[Bb]|[Nn]|bs|bsz|batch)/;

/** All combinations of readings, the likeliest first. */
function* choices(pairs: readonly Pair[], total: number): Generator<readonly SymInt[]> {
  for (let n = 0; n < total; n++) {
    let at = n;
    yield pairs.map(({ readings }) => {
      const reading = readings[at % readings.length]!;
      at = Math.floor(at / readings.length);
      return reading;
    });
  }
}

/** Names that stand alone are what they stand beside; then products and sums are held against those. */
function solve(pairs: readonly Pair[], choice: readonly SymInt[], facts: Facts | undefined, known: ReadonlyMap<SymbolInfo, SymInt>): { wrong: Pair[]; names: Map<SymbolInfo, SymInt> } {
  const names = new Map(known);
  const composites = new Map<string, SymInt>();
  const wrong = new Set<Pair>();
  const judge = (pair: Pair, claimed: SymInt): void => {
    if (equal(claimed, pair.actual, facts) === false && !isRounding(pair, claimed)) wrong.add(pair);
  };
  const later: [Pair, SymInt][] = [];
  pairs.forEach((pair, i) => {
    const claimed = choice[i]!;
    const name = loneSymbol(claimed);
    if (claimed.value !== null) judge(pair, claimed);
    else if (name === null) later.push([pair, claimed]);
    else if (names.has(name)) judge(pair, names.get(name)!);
    else names.set(name, pair.actual);
  });
  for (const [pair, claimed] of later) {
    const size = substituted(claimed, names);
    if (size === null) continue;
    const left = [...symbolsOf(size)].filter((info) => symbolsOf(claimed).has(info) && !names.has(info));
    if (left.length === 0) judge(pair, size);
    else if (composites.has(claimed.key)) judge(pair, composites.get(claimed.key)!);
    else {
      composites.set(claimed.key, pair.actual);
      const solution = left.length === 1 ? solveLinear(size, left[0]!, pair.actual) : null;
      if (solution === 'none') wrong.add(pair);
      else if (solution !== null) names.set(left[0]!, constant(solution));
    }
  }
  return { wrong: pairs.filter((pair) => wrong.has(pair)), names };
}

/** `H/4` is rounded up as often as down. */
function isRounding({ rounded, actual }: Pair, claimed: SymInt): boolean {
  return rounded && actual.value !== null && claimed.value !== null && Math.abs(actual.value - claimed.value) <= 1;
}

function substituted(size: SymInt, names: ReadonlyMap<SymbolInfo, SymInt>): SymInt | null {
  try {
    return substitute(size, names);
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** What the name must be for `a*name + b` to be the number; 'none' where no size does it; null where that is not known. */
function solveLinear(size: SymInt, name: SymbolInfo, { value }: SymInt): number | 'none' | null {
  if (value === null) return null;
  let [factor, rest] = [0, 0];
  for (const { coef, monomial } of size.terms) {
    if (monomial.degree === 0) rest = coef;
    else if (monomial.degree === 1 && monomial.powers[0]!.atom.kind === 'symbol' && monomial.powers[0]!.atom.symbol === name) factor = coef;
    else return null;
  }
  const solution = (value - rest) / factor;
  return Number.isInteger(solution) && solution >= 0 ? solution : 'none';
}
