/**
 * Attributes of which a part of the name is known: `setattr(self, f"{kind}_inv_freq", table)`. What is asked for under a
 * name that is put together alike is what was set so.
 */
import type { StrValue, Value } from '../../values/values';
import { UNKNOWN_PART } from '../../values/values';
import type { Heap } from '../state/heap';

/** By the attributes of an object: what was set under each pattern. */
const known = new WeakMap<Map<string, Value>, Map<string, Value>>();

/** The known parts of a text of which others are not; null where none is known. */
export function patternOf({ value, pattern }: StrValue): string | null {
  return value === null && pattern !== undefined && pattern.replaceAll(UNKNOWN_PART, '') !== '' ? pattern : null;
}

/** What is asked for under names of the pattern, or under one that it fits. */
export function patterned(attributes: Map<string, Value>, name: string): Value | undefined {
  const patterns = known.get(attributes);
  return patterns?.get(name) ?? [...patterns ?? []].find(([pattern]) => fits(pattern, name))?.[1];
}

/** One more attribute, which is as likely any other one that the pattern fits. */
export function setPatterned(heap: Heap, attributes: Map<string, Value>, pattern: string, value: Value, join: (a: Value, b: Value) => Value): void {
  let patterns = known.get(attributes);
  if (!patterns) known.set(attributes, (patterns = new Map()));
  const before = patterns.get(pattern);
  heap.set(patterns, pattern, before ? join(before, value) : value);
  for (const [name, old] of attributes) if (fits(pattern, name)) heap.set(attributes, name, join(old, value));
}

/** Its known parts are those of the name, at both ends and in their order between. */
function fits(pattern: string, name: string): boolean {
  const parts = pattern.split(UNKNOWN_PART);
  const [first, last] = [parts.shift()!, parts.pop() ?? ''];
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    if (at < 0 || at + part.length > name.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}
