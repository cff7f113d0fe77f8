/** How many dims a pattern names, and their names: what it says of a tensor of unknown rank. */
import { parseSide } from './pattern';
import type { Side } from './pattern';

/** One entry a dim, null where it has no name of its own; null where `...` leaves the rank open or nothing can be read. */
export function namesOfDims(side: string): (string | null)[] | null {
  let read: Side;
  try {
    read = parseSide(side.replace(/\b_\b/g, '1'));
  } catch {
    // What is wrong with the pattern is said where it is applied.
    return null;
  }
  if (read.ellipsis !== 'none') return null;
  return read.groups.map(({ axes, parenthesized }) => (axes.length === 1 && !parenthesized && axes[0]!.size === null ? axes[0]!.label : null));
}
