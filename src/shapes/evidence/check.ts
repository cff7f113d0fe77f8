/**
 * Shape comments held against the trace. A warning needs proof: no way to understand the comment fits anything that was
 * seen. It is the comment that is warned about, never the code.
 */
import type { Finding } from '../diagnostics/finding';
import type { Shape } from '../values/values';
import type { NameOf } from '../symint/render';
import type { Module } from '../python/ast';
import { Facts } from '../symint/facts';
import { symbolsOf } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';
import type { ClaimReading, ShapeClaim } from './comments';
import { fitShapes } from './fit';
import type { Fit } from './fit';
import { report } from './report';
import type { Contradiction, Misfitting } from './report';
import { namesInStatement } from './scope';
import { isTensorAt, isUnknownAt, shapesAt } from './seen';
import type { Recordings } from './seen';

export interface Traced {
  readonly tree: Module;
  readonly recordings: Recordings;
  readonly claims: readonly ShapeClaim[];
  /** What symbols are called in a context. */
  readonly namesIn: (context: string) => NameOf;
  /** What holds throughout; more of it proves more comments wrong. */
  readonly facts?: Facts;
}

/** Combinations of seen shapes that are tried for one comment. */
const MAX_COMBINATIONS = 2000;

/** The comments that are proven wrong, in order. */
export function checkComments(traced: Traced): Finding[] {
  const findings = traced.claims.map((claim) => (claim.place === 'near' ? checkNear(claim, traced) : checkBeside(claim, traced)));
  const seen = new Set<string>();
  return findings.filter((finding): finding is Finding => {
    if (finding === null) return false;
    const key = `${finding.span.start} ${finding.span.end}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function checkBeside(claim: ShapeClaim, traced: Traced): Finding | null {
  let first: Contradiction | null = null;
  for (const reading of claim.readings) {
    const contradiction = contradict(claim, reading, traced);
    if (contradiction === null) return null;
    first ??= contradiction;
  }
  return first && report(claim, first, traced);
}

/** The likeliest of the seen shapes against the claim; null where one of them fits, or nothing is known. */
function contradict(claim: ShapeClaim, reading: ClaimReading, { recordings, facts }: Traced): Contradiction | null {
  const options: (readonly (Shape | null)[])[] = [];
  for (const node of reading) {
    const shapes = node === null ? [null] : shapesAt(recordings, node);
    if (shapes === null) return null;
    options.push(shapes);
  }
  const total = options.reduce((product, { length }) => product * length, 1);
  if (total > MAX_COMBINATIONS || options.every(([shape]) => shape === null)) return null;
  const ways = namesInStatement(claim.phrase, claim.span, recordings);
  const misfits: Misfitting[] = [];
  for (let n = 0; n < total; n++) {
    let at = n;
    const shapes = options.map((option) => {
      const shape = option[at % option.length]!;
      at = Math.floor(at / option.length);
      return shape;
    });
    const fits = ways.filter((names) => ways.length === 1 || ofOneWay(shapes, names)).map((names) => fitOf(claim, shapes, names, facts));
    // Each way that the code took had shapes of its own; these are a mixture of two.
    if (fits.length === 0) continue;
    if (fits.some(({ count }) => count === 0)) return null;
    misfits.push(...fits.map((fit) => ({ shapes, fit })));
  }
  const likeliest = [...misfits].sort((a, b) => a.fit.count - b.fit.count)[0];
  if (!likeliest) return null;
  // Where the code took several ways, what is right in all of them is said with the names.
  const corrected = total === 1 ? [likeliest] : ways.length > 1 ? misfits.filter(({ shapes }) => symbolsIn(shapes).size > 0) : [];
  return { reading, likeliest, corrected, only: total === 1 };
}

/** Whether the shapes are made of what the names are made of. */
function ofOneWay(shapes: readonly (Shape | null)[], names: ReadonlyMap<SymbolInfo, SymInt>): boolean {
  const mine = new Set([...names.values()].flatMap((size) => [...symbolsOf(size)]));
  const theirs = symbolsIn(shapes);
  return (mine.size === 0) === (theirs.size === 0) && [...theirs].every((info) => mine.has(info));
}

function symbolsIn(shapes: readonly (Shape | null)[]): Set<SymbolInfo> {
  return new Set(shapes.flatMap((shape) => shape?.dims.flatMap((dim) => [...symbolsOf(dim)]) ?? []));
}

function fitOf({ phrase }: ShapeClaim, shapes: readonly (Shape | null)[], known: ReadonlyMap<SymbolInfo, SymInt>, facts?: Facts): Fit {
  const claims = phrase.shapes.map((shape, i) => ({ phrase: shape, actual: shapes[i] ?? null }));
  const fit = fitShapes(claims, facts);
  if (fit.count > 0) return isListOfValues(claims) ? { ...fit, count: 0 } : fit;
  return known.size > 0 ? fitShapes(claims, sizesAreNotNegative(known, facts), known) : fit;
}

/** `x = torch.tensor([2, 3])  # [2, 3]` */
function isListOfValues(claims: readonly { phrase: ShapeClaim['phrase']['shapes'][number]; actual: Shape | null }[]): boolean {
  const [claim, ...others] = claims;
  if (others.length > 0 || claim!.actual === null || claim!.actual.rest) return false;
  const { sizes } = claim!.phrase;
  return sizes.every(({ names, kind }) => kind === 'size' && names.length === 0) && claim!.actual.dims.length === 1 && claim!.actual.dims[0]!.value === sizes.length;
}

/** A variable that a size is computed from is at least 1. */
function sizesAreNotNegative(known: ReadonlyMap<SymbolInfo, SymInt>, facts?: Facts): Facts {
  const copy = facts?.copy() ?? new Facts();
  for (const size of known.values()) copy.assumePositive(size);
  return copy;
}

/** A comment above is wrong if one of its shapes is that of nothing thereabouts. */
function checkNear(claim: ShapeClaim, traced: Traced): Finding | null {
  const { recordings, facts } = traced;
  if (claim.around.some((node) => isUnknownAt(recordings, node))) return null;
  const nearby = claim.around.filter((node) => isTensorAt(recordings, node)).map((node) => shapesAt(recordings, node));
  if (nearby.length === 0 || nearby.some((shapes) => shapes === null)) return null;
  const shapes = nearby.flatMap((each) => each!);
  const last = claim.phrase.shapes.length - 1;
  const fits = claim.phrase.shapes.map((phrase) => shapes.some((actual) => fitShapes([{ phrase, actual }], facts).count === 0));
  if (fits.every(Boolean) || fits[last]) return null;
  const contradiction = contradict(claim, claim.readings[0]!, traced);
  return contradiction && report(claim, contradiction, traced);
}
