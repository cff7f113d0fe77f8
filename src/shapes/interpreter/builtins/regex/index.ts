/** Matches of a pattern of Python's `re` in a text. */
import { MatchTooLong } from './nodes';
import type { Attempt } from './nodes';
import { PatternError, parsePattern } from './parse';
import type { Pattern } from './parse';

export { PatternError } from './parse';
export type { Pattern } from './parse';

/** Bits of `re.RegexFlag`. */
export const FLAGS: Readonly<Record<string, number>> = { IGNORECASE: 2, LOCALE: 4, MULTILINE: 8, DOTALL: 16, UNICODE: 32, VERBOSE: 64, DEBUG: 128, ASCII: 256, NOFLAG: 0 };

/** Steps of one search; texts and patterns of real code stay far below. */
const MAX_STEPS = 100_000;
const MAX_TEXT = 20_000;

const compiled = new Map<string, Pattern | null>();

/** null: the pattern is wrong, or uses what is not read here. */
export function compilePattern(source: string, flags: number): Pattern | null {
  const key = `${flags}:${source}`;
  let pattern = compiled.get(key);
  if (pattern === undefined) {
    pattern = parsed(source, flags);
    compiled.set(key, pattern);
  }
  return pattern;
}

function parsed(source: string, flags: number): Pattern | null {
  const has = (name: string): boolean => (flags & FLAGS[name]!) !== 0;
  try {
    return parsePattern(source, { ignoreCase: has('IGNORECASE'), multiline: has('MULTILINE'), dotAll: has('DOTALL'), verbose: has('VERBOSE') });
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}

export type How = 'match' | 'fullmatch' | 'search';
/** Start and end of the whole, then of each group; -1 for a group that took no part. */
export type Found = readonly number[];

/** The first match from `from` on, not an empty one at `full`; null for none, undefined where that takes too long to tell. */
export function findMatch(pattern: Pattern, text: string, how: How, from = 0, full = -1): Found | null | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const attempt: Attempt = { text, groups: [], steps: MAX_STEPS };
  try {
    for (let start = from; start <= text.length; start++) {
      attempt.groups = new Array<number>(2 * (pattern.groups + 1)).fill(-1);
      let end = -1;
      if (pattern.node.run(attempt, start, (at) => ((how === 'fullmatch' && at !== text.length) || (start === full && at === start) ? false : ((end = at), true)))) return [start, end, ...attempt.groups.slice(2)];
      if (how !== 'search') return null;
    }
    return null;
  } catch (error) {
    if (error instanceof MatchTooLong) return undefined;
    throw error;
  }
}

/** All matches in order, empty ones too; undefined where that takes too long to tell. */
export function findAll(pattern: Pattern, text: string): Found[] | undefined {
  const all: Found[] = [];
  for (let at = 0, full = -1; ;) {
    const found = findMatch(pattern, text, 'search', at, full);
    if (found === undefined) return undefined;
    if (found === null) return all;
    all.push(found);
    at = found[1]!;
    // Behind an empty match the same place may still begin a longer one.
    full = found[0] === at ? at : -1;
  }
}
