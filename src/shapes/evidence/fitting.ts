/** Claims that fit what was seen, size by size: what they tell of names and numbers. */
import type { Facts } from '../symint/facts';
import type { SymInt } from '../symint/symint';
import type { ShapeClaim } from './comments';
import { align, fitShapes } from './fit';
import { shapesAt } from './seen';
import type { Recordings } from './seen';
import type { SizePhrase } from './sizes';

/** A written size, and the dim that it is the size of. */
export interface FittingSize {
  readonly size: SizePhrase;
  readonly dim: SymInt;
}

/** The sizes of the first reading of a claim that fits; none where none does. */
export function fittingSizes(claim: ShapeClaim, recordings: Recordings, facts?: Facts): FittingSize[] {
  for (const reading of claim.readings) {
    const found = reading.flatMap((node, i) => {
      const shape = claim.phrase.shapes[i]!;
      const actual = node === null ? null : (shapesAt(recordings, node) ?? []).find((each) => fitShapes([{ phrase: shape, actual: each }], facts).count === 0);
      return actual ? (align(shape, actual) ?? []).map(([size, dim]) => ({ size: shape.sizes[size]!, dim })) : [];
    });
    if (found.length > 0) return found;
  }
  return [];
}
