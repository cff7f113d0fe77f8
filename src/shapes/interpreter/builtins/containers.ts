/** The constructors of Python's containers: list, tuple, dict, set, frozenset. */
import { openPart } from '../interpreter';
import type { Interpreter } from '../interpreter';
import { contentOf, list, str, tuple } from '../../values/values';
import type { DictValue, Value } from '../../values/values';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { dictElement, emptyDict, mergeOpenKeywords, putEntry, sequenceFrom, setOf, widenDict } from './sequences';

function toSequence(kind: 'list' | 'tuple') {
  return (call: BuiltinCall): Value => {
    const [source] = bind(call, ['iterable'], 0);
    if (!source) return kind === 'list' ? list([]) : tuple([]);
    return unlessNotIterable(call, source) ?? sequenceFrom(kind, source, call.interp, call.span);
  };
}

/** What cannot be iterated: an unknown stays one, a number is a TypeError. */
function unlessNotIterable(call: BuiltinCall, source: Value): Value | null {
  // A list of its own: what is put into it is not in the other.
  if (source.kind === 'unknown') return call.interp.copied(source);
  if (source.kind === 'None' || source.kind === 'int' || source.kind === 'float' || source.kind === 'bool') {
    const name = source.kind === 'None' ? 'NoneType' : source.kind;
    return call.interp.raise('TypeError', `'${name}' object is not iterable`);
  }
  return null;
}

/** Puts what `dict(source, **keywords)` or `update` is given into the dict. */
export function fillDict(dict: DictValue, source: Value | undefined, call: BuiltinCall): void {
  const { interp } = call;
  if (source) {
    const pairs = contentOf(source);
    if (pairs.kind === 'dict') mergeInto(dict, pairs, interp);
    else fillFromPairs(dict, source, call);
  }
  const { known, open } = openPart(call.keywords);
  for (const [key, value] of known) putEntry(interp, dict, str(key), value);
  if (open) mergeInto(dict, open, interp);
}

function mergeInto(dict: DictValue, source: DictValue, interp: Interpreter): void {
  for (const entry of source.entries.values()) putEntry(interp, dict, entry.key, entry.value);
  if (!source.open || mergeOpenKeywords(interp, dict, source)) return;
  const element = dictElement(interp, source);
  if (element) overwritten(dict, element, interp);
  else interp.heap.assign(dict, 'open', true);
}

/** Each entry may have been replaced by such a value, and others added. */
function overwritten(dict: DictValue, value: Value, interp: Interpreter): void {
  putEntry(interp, dict, { kind: 'unknown', reason: 'a key that is not known', span: null }, value);
}

function fillFromPairs(dict: DictValue, source: Value, call: BuiltinCall): void {
  const { interp, span } = call;
  const pairs = interp.iterate(source, span);
  if (!pairs) {
    const pair = interp.iterate(interp.elementOf(source, span), span);
    overwritten(dict, pair?.length === 2 ? pair[1]! : { kind: 'unknown', reason: 'the contents of this dict are not known', span }, interp);
    return;
  }
  for (const pair of pairs) {
    const parts = unlessNotIterable(call, pair) ? null : interp.iterate(pair, span);
    if (parts && parts.length !== 2) interp.raise('ValueError', `dictionary update sequence element has length ${parts.length}; 2 is required`);
    if (parts) putEntry(interp, dict, parts[0]!, parts[1]!);
    else overwritten(dict, { kind: 'unknown', reason: 'a value of this dict is not known', span }, interp);
  }
}

function dict(call: BuiltinCall): Value {
  if (call.args.length > 1) return call.interp.raise('TypeError', `dict expected at most 1 argument, got ${call.args.length}`);
  const made = emptyDict();
  if (call.args[0]?.kind === 'unknown') return call.args[0];
  fillDict(made, call.args[0], call);
  return made;
}

function fromKeys(call: BuiltinCall): Value {
  const [keys, value] = bind(call, ['iterable', 'value'], 1);
  const made = emptyDict();
  const items = call.interp.iterate(keys!, call.span);
  const shared: Value = value ?? { kind: 'None' };
  if (!items) widenDict(call.interp, made, shared);
  else for (const item of items) putEntry(call.interp, made, item, shared);
  return made;
}

function set(call: BuiltinCall): Value {
  const [source] = bind(call, ['iterable'], 0);
  if (!source) return setOf([]);
  return unlessNotIterable(call, source) ?? setOf(call.interp.iterate(source, call.span));
}

/** torch.Size of ints, as torch.Size([2, 3]). */
function size(call: BuiltinCall): Value {
  const [source] = bind(call, ['iterable'], 0);
  if (!source) return tuple([], 'torch.Size');
  const items = call.interp.iterate(source, call.span);
  if (!items || items.some((item) => item.kind !== 'int')) return unhandled(call);
  return tuple([...items], 'torch.Size');
}

export const containers: BuiltinTable = {
  list: toSequence('list'), tuple: toSequence('tuple'), dict, set, frozenset: set, 'dict.fromkeys': fromKeys, 'torch.Size': size,
};
