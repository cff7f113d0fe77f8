/**
 * Symbolic shapes against what a run saw: for each function one assignment of sizes to symbols must do. A symbol's size is
 * what most of the expressions that are just this symbol had; shapes with symbols of no known size contradict nothing, and
 * in a function that was called with several shapes only ranks and numbers count.
 */
import type { Analysis } from '../../src/shapes/analysis';
import { shapeText } from '../../src/shapes/values/text';
import type { Shape } from '../../src/shapes/values/values';
import { loneSymbol, substitute, symbolsOf } from '../../src/shapes/symint/evaluate';
import { constant } from '../../src/shapes/symint/symint';
import type { SymInt, SymbolInfo } from '../../src/shapes/symint/symint';
import { byPlace, tensorsOf } from './records';
import type { Observed, Recorded } from './records';

interface Claim { readonly observed: Observed; readonly context: string; readonly shapes: readonly Shape[]; readonly text: string }

export function contradictions(file: Recorded, analysis: Analysis): string[] {
  const places = byPlace(file.source, analysis);
  const claims = file.observed.flatMap((observed): Claim[] => {
    const recording = places.get(observed.place);
    if (!recording) return [];
    const { node, context } = recording;
    return [{ observed, context, shapes: tensorsOf(recording).tensors.map(({ shape }) => shape), text: file.source.slice(node.start, node.end) }];
  });
  const sizes = new Map([...new Set(claims.map(({ context }) => context))].map((context) => [context, assignment(claims.filter((claim) => claim.context === context))]));
  return claims.flatMap(({ observed, context, shapes, text }) => {
    const fits = shapes.length === 0 || shapes.some((shape) => observed.shapes.some((seen) => allows(shape, seen, sizes.get(context)!)));
    return fits ? [] : [`${observed.place} ${text}: ${shapes.map((shape) => shapeText(shape)).join(' or ')}, torch has ${observed.shapes.map((seen) => `(${seen.join(', ')})`).join(' or ')}`];
  });
}

/** What each symbol is in most of the places that had a single shape. */
function assignment(claims: readonly Claim[]): Map<SymbolInfo, SymInt> {
  const votes = new Map<SymbolInfo, Map<number, number>>();
  if (claims.some(({ observed }) => observed.shapes.length > 1)) return new Map();
  for (const { observed, shapes } of claims) {
    if (shapes.length !== 1) continue;
    for (const [dim, size] of pairs(shapes[0]!, observed.shapes[0]!) ?? []) {
      const symbol = loneSymbol(dim);
      if (!symbol) continue;
      const found = votes.get(symbol) ?? new Map<number, number>();
      votes.set(symbol, found.set(size, (found.get(size) ?? 0) + 1));
    }
  }
  return new Map([...votes].map(([symbol, found]) => [symbol, constant([...found].sort(([, a], [, b]) => b - a)[0]![0])]));
}

/** Each known dim with the size that it would have; null where the ranks differ. */
function pairs({ dims, rest }: Shape, seen: readonly number[]): [SymInt, number][] | null {
  if (!rest) return dims.length === seen.length ? dims.map((dim, i) => [dim, seen[i]!]) : null;
  if (seen.length < dims.length) return null;
  return dims.map((dim, i) => [dim, seen[i < rest.at ? i : seen.length - dims.length + i]!]);
}

function allows(shape: Shape, seen: readonly number[], sizes: ReadonlyMap<SymbolInfo, SymInt>): boolean {
  return pairs(shape, seen)?.every(([dim, size]) => {
    // Only what a symbol can be is put in its place: mostly 1 or more.
    if ([...symbolsOf(dim)].some((symbol) => !sizes.has(symbol) || sizes.get(symbol)!.value! < (symbol.min ?? -Infinity))) return true;
    return substitute(dim, sizes).value === size;
  }) ?? false;
}
