/** Lists, tuples, dicts and sets: making them, what they hold, and what is known of them when their length is not. */
import type { Span } from '../../python/ast';
import type { Interpreter } from '../interpreter';
import { hashKey } from '../../values/keys';
import { list, str } from '../../values/values';
import type { DictValue, IteratorValue, SequenceValue, SetValue, Value } from '../../values/values';
import { constant } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';

const NOWHERE: Span = { start: 0, end: 0 };

/** What all of the values have in common; null for none. */
export function joined(interp: Interpreter, values: readonly Value[], span: Span = NOWHERE): Value | null {
  return values.length === 0 ? null : values.length === 1 ? values[0]! : interp.elementOf(list([...values]), span);
}

/** What each item of a sequence is like; null where that is not known or there are none. */
export function elementIn(interp: Interpreter, sequence: { items: Value[] | null; element: Value | null }): Value | null {
  return sequence.items ? joined(interp, sequence.items) : sequence.element;
}

/** A list or tuple of unknown length. */
export function openSequence(kind: 'list' | 'tuple', element: Value | null, typeName: string | null = null): SequenceValue {
  return { kind, items: null, element, typeName, fields: null };
}

/** The items as a loop meets them. In which order a set gives its items is not known: each may be any of them. */
export function itemsInOrder(interp: Interpreter, source: Value, span: Span): Value[] | null {
  const items = interp.iterate(source, span);
  if (source.kind !== 'set' || !items || items.length < 2) return items;
  const element = joined(interp, items, span)!;
  return items.map(() => element);
}

/** All items of a set, or of a list that was made of one, in whatever order; null of anything else. */
export function shuffledItems(source: Value): readonly Value[] | null {
  if (source.kind === 'set') return source.items && [...source.items.values()];
  return (source.kind === 'list' || source.kind === 'tuple') && source.shuffled?.of === source.items ? source.shuffled?.items ?? null : null;
}

/**
 * The items as the rounds of a loop meet them. The order of strings is another one in each run of Python, so what a loop
 * does cannot rest on it: they come as they were put in.
 */
export function itemsOfRounds(interp: Interpreter, source: Value, span: Span): readonly Value[] | null {
  const shuffled = shuffledItems(source);
  return shuffled?.every((item) => item.kind === 'str') ? shuffled : itemsInOrder(interp, source, span);
}

/** What goes through all items of an iterator leaves none of them; ranges and views of dicts are no such. */
export function drain(interp: Interpreter, source: Value): void {
  if (source.kind === 'iterator' && source.items && source.items.length > 0 && !/^(range$|dict_)/.test(source.typeName)) interp.heap.assign(source, 'items', []);
}

/** The items of any iterable as a list or tuple; of unknown length where their number is not known. */
export function sequenceFrom(kind: 'list' | 'tuple', source: Value, interp: Interpreter, span: Span): SequenceValue {
  // Of what a caller gives, the items that are asked for are those of the tuple.
  if (kind === 'tuple' && (source.kind === 'tuple' || source.kind === 'list') && source.open) return { ...source, kind, typeName: null };
  const items = itemsInOrder(interp, source, span)?.slice();
  drain(interp, source);
  if (items && source.kind === 'set' && source.items) return { kind, items, element: null, typeName: null, fields: null, shuffled: { of: items, items: [...source.items.values()] } };
  if (items) return { kind, items, element: null, typeName: null, fields: null };
  const open = openSequence(kind, interp.elementOf(source, span));
  if (kind === 'tuple' && source.kind === 'iterator' && source.first) return { ...open, first: source.first };
  const sizeOf = source.kind === 'tuple' || source.kind === 'list' ? source.sizeOf : null;
  return sizeOf ? { ...open, sizeOf } : open;
}

export function iterator(typeName: string, items: Value[]): IteratorValue {
  return { kind: 'iterator', typeName, items, length: constant(items.length), element: null };
}

export function openIterator(typeName: string, element: Value, length: SymInt | null = null): IteratorValue {
  return { kind: 'iterator', typeName, items: null, length, element };
}

export function emptyDict(typeName: string | null = null): DictValue {
  return { kind: 'dict', entries: new Map(), open: false, element: null, typeName };
}

export function dictOf(entries: Iterable<readonly [string, Value]>): DictValue {
  const dict = emptyDict();
  for (const [key, value] of entries) dict.entries.set(`s:${key}`, { key: str(key), value });
  return dict;
}

/** Writes one entry; a key that is not known leaves the dict open. */
export function putEntry(interp: Interpreter, dict: DictValue, key: Value, value: Value): void {
  const hash = hashKey(key);
  if (hash !== null) {
    const present = dict.entries.get(hash);
    interp.heap.set(dict.entries, hash, { key: present?.key ?? key, value });
    return;
  }
  widenDict(interp, dict, value);
  // Any of the entries may be the one that was replaced.
  for (const [hashed, entry] of dict.entries) interp.heap.set(dict.entries, hashed, { key: entry.key, value: joined(interp, [entry.value, value])! });
}

/** The dict may have further keys, with values like this one. */
export function widenDict(interp: Interpreter, dict: DictValue, value: Value): void {
  interp.heap.assign(dict, 'element', joined(interp, dict.element ? [dict.element, value] : [value]));
  interp.heap.assign(dict, 'open', true);
}

/** Merges `**kwargs` of a function that nothing calls: each entry may be replaced. False where the other dict is none. */
export function mergeOpenKeywords(interp: Interpreter, dict: DictValue, by: DictValue): boolean {
  if (!by.open || by.element?.kind !== 'unknown' || by.element.parameter === undefined) return false;
  for (const [hash, { key, value }] of dict.entries) {
    const given = key.kind === 'str' && key.value !== null ? interp.keywordValue(by, key.value, value) : null;
    if (given) interp.heap.set(dict.entries, hash, { key, value: given });
  }
  interp.heap.assign(dict, 'element', by.element);
  interp.heap.assign(dict, 'open', true);
  return true;
}

/** What a value of the dict is like; null for an empty one. */
export function dictElement(interp: Interpreter, dict: DictValue): Value | null {
  const values = [...dict.entries.values()].map((entry) => entry.value);
  return joined(interp, dict.open && dict.element ? [...values, dict.element] : values);
}

/** A set of the values; unknown contents where one of them has no known hash. */
export function setOf(values: readonly Value[] | null): SetValue {
  if (!values) return { kind: 'set', items: null };
  const items = new Map<string, Value>();
  for (const value of values) {
    const hash = hashKey(value);
    if (hash === null) return { kind: 'set', items: null };
    if (!items.has(hash)) items.set(hash, value);
  }
  return { kind: 'set', items };
}

/** Copies the receiver's state, without its identity. */
export function shallowCopy(value: Value): Value {
  switch (value.kind) {
    case 'list': return { ...value, items: value.items && [...value.items] };
    case 'dict': return { ...value, entries: new Map(value.entries) };
    case 'set': return { ...value, items: value.items && new Map(value.items) };
    default: return value;
  }
}
