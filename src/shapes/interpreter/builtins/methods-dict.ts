/** Methods of dict and its kin. */
import { hashKey } from '../../values/keys';
import { NONE, isOpen, list, str, tuple, unknown } from '../../values/values';
import type { DictEntry, DictValue, Value } from '../../values/values';
import { bind } from './call';
import type { BuiltinCall } from './call';
import { fillDict } from './containers';
import type { Method, MethodTable } from './method';
import { dictElement, iterator, joined, openIterator, openSequence, putEntry, shallowCopy } from './sequences';
import { knownInt } from './numbers';

function of(method: (receiver: DictValue, call: BuiltinCall) => Value): Method {
  return (receiver, call) => (receiver.kind === 'dict' ? method(receiver, call) : unknown(`${call.name} of a ${receiver.kind}`));
}

/** What a key that may be there gives, or `fallback` where it is not. */
function lookup(receiver: DictValue, key: Value, fallback: Value, call: BuiltinCall): Value {
  const hash = hashKey(key);
  const entry = hash === null ? undefined : receiver.entries.get(hash);
  if (entry) return orElse(entry, fallback, call);
  if (hash !== null && !receiver.open) return fallback;
  const given = key.kind === 'str' && key.value !== null ? call.interp.keywordValue(receiver, key.value, fallback) : null;
  if (given) return given;
  // With a known key only what was written under unknown keys can be meant.
  const element = hash === null ? dictElement(call.interp, receiver) : receiver.element;
  if (!element) return receiver.open ? unknown('whether the dict has this key is not known') : fallback;
  return joined(call.interp, [element, fallback], call.span)!;
}

/** The entry's value, or the fallback where a branch decides whether there is one. */
function orElse({ value, isPossible }: DictEntry, fallback: Value | null, call: BuiltinCall): Value {
  return isPossible && fallback ? joined(call.interp, [fallback, value], call.span)! : value;
}

function get(receiver: DictValue, call: BuiltinCall): Value {
  const [key, fallback] = bind(call, ['key', 'default'], 1);
  return lookup(receiver, key!, fallback ?? NONE, call);
}

function view(kind: 'keys' | 'values' | 'items') {
  return of((receiver, call) => {
    const entries = [...receiver.entries.values()];
    const items = entries.map((entry) => (kind === 'keys' ? entry.key : kind === 'values' ? entry.value : tuple([entry.key, entry.value])));
    if (!isOpen(receiver)) return iterator(`dict_${kind}`, items);
    const key = joined(call.interp, [...entries.map((entry) => entry.key), str(null)], call.span)!;
    const value = dictElement(call.interp, receiver) ?? unknown('the contents of this dict are not known');
    const open = openIterator(`dict_${kind}`, kind === 'keys' ? key : kind === 'values' ? value : tuple([key, value]));
    return receiver.open ? open : { ...open, candidates: items };
  });
}

function pop(receiver: DictValue, call: BuiltinCall): Value {
  const [key, fallback] = bind(call, ['key', 'default'], 1);
  const hash = hashKey(key!);
  const entry = hash === null ? undefined : receiver.entries.get(hash);
  if (entry) {
    call.interp.heap.delete(receiver.entries, hash!);
    return orElse(entry, fallback ?? null, call);
  }
  if (hash !== null && !receiver.open) return fallback ?? call.interp.raise('KeyError', hash.replace(/^s:/, ''));
  const given = key!.kind === 'str' && key!.value !== null ? call.interp.keywordValue(receiver, key!.value, fallback ?? null) : null;
  const result = given ?? lookup(receiver, key!, fallback ?? unknown('whether the dict has this key is not known'), call);
  if (hash === null) forgetKeys(receiver, call);
  return result;
}

/** Which keys are left is not known. */
function forgetKeys(receiver: DictValue, call: BuiltinCall): void {
  const element = dictElement(call.interp, receiver);
  for (const key of [...receiver.entries.keys()]) call.interp.heap.delete(receiver.entries, key);
  call.interp.heap.assign(receiver, 'element', element);
  call.interp.heap.assign(receiver, 'open', true);
}

function popItem(receiver: DictValue, call: BuiltinCall): Value {
  const [last] = bind(call, ['last'], 0);
  const fromEnd = last === undefined ? true : call.interp.truth(last);
  const keys = [...receiver.entries.keys()];
  if (receiver.open || fromEnd === null) {
    const element = dictElement(call.interp, receiver) ?? unknown('the contents of this dict are not known');
    forgetKeys(receiver, call);
    return tuple([str(null), element]);
  }
  const key = fromEnd ? keys.at(-1) : keys[0];
  if (key === undefined) return call.interp.raise('KeyError', 'popitem(): dictionary is empty');
  const entry = receiver.entries.get(key)!;
  call.interp.heap.delete(receiver.entries, key);
  return tuple([entry.key, entry.value]);
}

function setDefault(receiver: DictValue, call: BuiltinCall): Value {
  const [key, fallback] = bind(call, ['key', 'default'], 1);
  const present = lookup(receiver, key!, fallback ?? NONE, call);
  const hash = hashKey(key!);
  if (hash === null || (receiver.entries.get(hash)?.isPossible ?? true)) putEntry(call.interp, receiver, key!, present);
  return present;
}

/** https://docs.python.org/3/library/collections.html#collections.Counter.most_common */
function mostCommon(receiver: DictValue, call: BuiltinCall): Value {
  const [most] = bind(call, ['n'], 0);
  const entries = [...receiver.entries.values()];
  const counts = entries.map((entry) => knownInt(entry.value));
  const limit = most === undefined || most.kind === 'None' ? entries.length : knownInt(most);
  if (receiver.open || counts.includes(null) || limit === null) return openSequence('list', tuple([str(null), { kind: 'int', value: null }]));
  const order = entries.map((_, i) => i).sort((a, b) => counts[b]! - counts[a]!);
  return list(order.slice(0, limit).map((i) => tuple([entries[i]!.key, entries[i]!.value])));
}

export const dictMethods: MethodTable = {
  get: of(get),
  keys: view('keys'),
  values: view('values'),
  items: view('items'),
  pop: of(pop),
  popitem: of(popItem),
  setdefault: of(setDefault),
  update: of((receiver, call) => {
    fillDict(receiver, call.args[0], call);
    return NONE;
  }),
  copy: of((receiver) => shallowCopy(receiver)),
  clear: of((receiver, call) => {
    for (const key of [...receiver.entries.keys()]) call.interp.heap.delete(receiver.entries, key);
    call.interp.heap.assign(receiver, 'open', false);
    call.interp.heap.assign(receiver, 'element', null);
    return NONE;
  }),
};

export const counterMethods: MethodTable = {
  ...dictMethods,
  most_common: of(mostCommon),
  elements: of(() => openIterator('chain', unknown('the elements of a Counter are not traced'))),
};

export const orderedDictMethods: MethodTable = {
  ...dictMethods,
  move_to_end: of((receiver, call) => {
    const [key, last] = bind(call, ['key', 'last'], 1);
    const hash = hashKey(key!);
    const entry = hash === null ? undefined : receiver.entries.get(hash);
    if (!entry || (last && call.interp.truth(last) !== true)) {
      forgetKeys(receiver, call);
      return NONE;
    }
    call.interp.heap.delete(receiver.entries, hash!);
    call.interp.heap.set(receiver.entries, hash!, entry);
    return NONE;
  }),
};
