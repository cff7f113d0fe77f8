/** Sizes that a comment's names have in the statement they stand beside: `group` is the `self.group_size[0]` in it. */
import type { RecordedNode } from '../interpreter/state/recorder';
import type { Span } from '../python/ast';
import type { SymInt, SymbolInfo } from '../symint/symint';
import { symbolsOf } from '../symint/symint';
import { baseOf, expressionsWithin, nameOf } from './nodes';
import type { Phrase } from './phrase';
import { intsAt } from './seen';
import type { Recordings } from './seen';

/**
 * All that they may be, one map for each way that the code took; an empty map where nothing is known.
 *
 * Only for a name in a sum with a number (`group-1`), which is arithmetic on the code's own variable: alone (`N`) or
 * multiplied (`H/4`) a name is as often the author's word for something else.
 */
export function namesInStatement(phrase: Phrase, span: Span, recordings: Recordings): Map<SymbolInfo, SymInt>[] {
  let found: Map<SymbolInfo, SymInt>[] = [new Map()];
  const offsets = new Set<SymbolInfo>();
  const others = new Set<SymbolInfo>();
  for (const { readings } of phrase.shapes.flatMap(({ sizes }) => sizes)) {
    for (const reading of readings) {
      const name = readings.length === 1 ? nameWithOffset(reading) : null;
      if (name !== null) offsets.add(name);
      else for (const info of symbolsOf(reading)) others.add(info);
    }
  }
  for (const name of offsets) {
    if (others.has(name)) continue;
    const [first, ...more] = expressionsWithin(recordings, span).flatMap((node) => {
      const values = isCalled(node, name.name) ? intsAt(recordings, node) : null;
      return values === null ? [] : [new Map(values.map((value) => [value.key, value]))];
    });
    // Two variables of that name with other values: neither is meant for sure.
    if (first === undefined || more.some((other) => other.size !== first.size || [...other.keys()].some((key) => !first.has(key)))) continue;
    found = [...first.values()].flatMap((value) => found.map((known) => new Map(known).set(name, value)));
  }
  return found.length > MAX_OPTIONS ? [new Map()] : found;
}

const MAX_OPTIONS = 16;

/** The name of `a*name + b` where b is not 0. */
function nameWithOffset(size: SymInt): SymbolInfo | null {
  const [name, ...others] = symbolsOf(size);
  if (name === undefined || others.length > 0 || size.terms.length !== 2) return null;
  const [term, rest] = size.terms;
  return term!.monomial.degree === 1 && term!.monomial.powers[0]!.atom.kind === 'symbol' && rest!.monomial.degree === 0 ? name : null;
}

/** Whether the expression is a variable (or an item of one) called `name`, or `name_…` where that is a word. */
function isCalled(node: RecordedNode, name: string): boolean {
  const called = (node.kind === 'arg' ? node.arg : nameOf(baseOf(node))) ?? '';
  return called === name || (name.length >= SHORTEST_WORD && called.toLowerCase().startsWith(`${name.toLowerCase()}_`));
}

const SHORTEST_WORD = 3;
