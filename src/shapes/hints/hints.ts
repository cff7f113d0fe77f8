/**
 * Likely numbers for symbols: from the author's comments and text, and from defaults. They are shown beside the symbols
 * and never prove anything. Where the text contradicts the code, or itself, it is the text that is wrong.
 */
import { shapeText } from '../values/text';
import type { ShapeClaim } from '../evidence/comments';
import { align, fitShapes } from '../evidence/fit';
import { fittingSizes } from '../evidence/fitting';
import type { ProseClaim } from '../evidence/prose';
import { shapesAt } from '../evidence/seen';
import type { Recordings } from '../evidence/seen';
import type { SizePhrase } from '../evidence/sizes';
import type { Shape } from '../values/values';
import type { NameOf } from '../symint/render';
import type { Facts } from '../symint/facts';
import { constant, symbol } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';
import { SizeSolver } from './solver';
import type { Equation } from './solver';

export interface HintSources {
  readonly recordings: Recordings;
  readonly facts: Facts;
  readonly symbols: readonly SymbolInfo[];
  readonly claims: readonly ShapeClaim[];
  readonly prose: readonly ProseClaim[];
}

/** A shape in the text that the code, or the rest of the text, contradicts. `actual`: what would be right. */
export interface WrongProse { readonly claim: ProseClaim; readonly actual: Shape }

export interface Hints {
  numberOf(size: SymInt): number | null;
  of(info: SymbolInfo): number | null;
  readonly wrong: readonly WrongProse[];
}

/** The shape in numbers, as `(3, 256, 3, 49, 32)`; null where none of its symbols has one. What stays open keeps its name. */
export function numbersOf(shape: Shape, hints: Hints, nameOf?: NameOf): string | null {
  const dims = shape.dims.map((dim) => { const n = hints.numberOf(dim); return n === null ? dim : constant(n); });
  return dims.every((dim, i) => dim.key === shape.dims[i]!.key) ? null : shapeText({ ...shape, dims }, nameOf);
}


export function findHints(sources: HintSources): Hints {
  const { recordings, facts, symbols, claims, prose } = sources;
  const named = prose.filter(({ subject }) => subject !== null).map((claim) => ({ claim, ways: waysOf(claim, sources) }));
  const wrong = contradictions(named);
  const solver = new SizeSolver();
  for (const { claim, ways } of named) if (!wrong.some((each) => each.claim === claim)) take(solver, ways);
  for (const claim of claims) if (claim.place === 'beside') solver.add(fittingSizes(claim, recordings, facts).flatMap(({ size, dim }) => equation(size, dim)));
  for (const claim of prose) if (claim.subject === null) takeOnly(solver, waysOf(claim, sources));
  for (const info of symbols) if (info.hint !== null && solver.of(info) === null) solver.add([{ size: symbol(info), value: info.hint }]);
  return { numberOf: (size) => solver.numberOf(size), of: (info) => solver.of(info), wrong };
}

/** One way to understand a claim: the shape that it is of, and what it says of its sizes. */
interface Way { readonly shape: Shape; readonly equations: readonly Equation[] }

function waysOf({ shape, nodes }: ProseClaim, { recordings, facts }: HintSources): Way[] {
  const found = new Map<string, Way>();
  for (const node of nodes) {
    for (const actual of shapesAt(recordings, node) ?? []) {
      const key = actual.dims.map((dim) => dim.key).join();
      if (actual.rest || actual.dims.length !== shape.sizes.length || found.has(key) || fitShapes([{ phrase: shape, actual }], facts).count > 0) continue;
      found.set(key, { shape: actual, equations: (align(shape, actual) ?? []).flatMap(([at, dim]) => equation(shape.sizes[at]!, dim)) });
    }
  }
  return [...found.values()];
}

function equation({ readings: [claimed] }: SizePhrase, dim: SymInt): Equation[] {
  return claimed && claimed.value !== null && dim.value === null ? [{ size: dim, value: claimed.value }] : [];
}

/** The first way that agrees with what is known. */
function take(solver: SizeSolver, ways: readonly Way[]): boolean {
  return ways.some(({ equations }) => solver.add(equations));
}

/** A shape of nothing named is taken only where it can be but one, or one whose equal sizes are the equal numbers. */
function takeOnly(solver: SizeSolver, ways: readonly Way[]): void {
  const possible = ways.filter(({ equations }) => equations.length > 0 && solver.copy().add(equations));
  const alike = possible.filter(({ equations }) => new Set(equations.map(({ size }) => size.key)).size === new Set(equations.map(({ value }) => value)).size);
  const [only, ...others] = alike.length > 0 ? alike : possible;
  if (only && others.length === 0) solver.add(only.equations);
}

interface NamedClaim { readonly claim: ProseClaim; readonly ways: readonly Way[] }

/** The fewest claims without which all others agree. */
function contradictions(named: readonly NamedClaim[]): WrongProse[] {
  const known = named.filter(({ ways }) => ways.length > 0);
  const refused = (without: NamedClaim | null): NamedClaim[] => {
    const solver = new SizeSolver();
    return known.filter((each) => each !== without && !take(solver, each.ways));
  };
  let fewest = refused(null);
  if (fewest.length > 0 && known.length <= MAX_CLAIMS) {
    for (const each of known) {
      const others = refused(each);
      if (others.length + 1 < fewest.length) fewest = [each, ...others];
    }
  }
  // Two claims that contradict each other: which of them is wrong, nobody can say.
  return known.length - fewest.length < 2 ? [] : fewest.map(({ claim, ways }) => ({ claim, actual: ways[0]!.shape }));
}

/** Text with more shapes than this tells of several examples. */
const MAX_CLAIMS = 60;
