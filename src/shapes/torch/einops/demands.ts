/** How many dims a pattern names, and their names: what it says of a tensor of unknown rank. */
import { ELLIPSIS, parseSide } from './pattern';
import type { Side } from './pattern';

/** One entry a dim, null where it has no name of its own; null where `...` leaves the rank open or nothing can be read. */
export function namesOfDims(side: string): (string | null)[] | null {
  const read = sideOf(side);
  return read?.ellipsis === 'none' ? namesIn(read.groups) : null;
}

/** The same before and behind `...`; null where there is none. */
export function namesAroundDots(side: string): { readonly before: (string | null)[]; readonly behind: (string | null)[] } | null {
  const read = sideOf(side);
  const dots = read?.groups.findIndex(({ axes }) => axes.includes(ELLIPSIS)) ?? -1;
  return read?.ellipsis !== 'dims' || dots < 0 ? null : { before: namesIn(read.groups.slice(0, dots)), behind: namesIn(read.groups.slice(dots + 1)) };
}

function sideOf(side: string): Side | null {
  try {
    return parseSide(side.replace(/\b_\b/g, '1'));
  } catch {
    // What is wrong with the pattern is said where it is applied.
    return null;
  }
}

function namesIn(groups: Side['groups']): (string | null)[] {
  return groups.map(({ axes, parenthesized }) => (axes.length === 1 && !parenthesized && axes[0]!.size === null ? axes[0]!.label : null));
}
