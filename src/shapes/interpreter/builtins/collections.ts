/** collections: https://docs.python.org/3/library/collections.html */
import { constant } from '../../symint/symint';
import { NO_KEYWORDS } from '../interpreter';
import type { Interpreter } from '../interpreter';
import { builtin, int, str, tuple, unknown } from '../values';
import type { DictValue, PartialValue, Value } from '../values';
import type { Span } from '../../python/ast';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { fillDict } from './containers';
import { knownInt } from './numbers';
import { emptyDict, openSequence, putEntry } from './sequences';
import { hashKey } from '../keys';

// What a defaultdict calls for a missing key never changes, so it needs no place on the heap.
const factories = new WeakMap<DictValue, Value>();

/** What a missing key of this dict gives (and stores), by its default factory; null where a KeyError is right. Unknown where it may not be missing. */
export function missingKey(dict: DictValue, key: Value, interp: Interpreter, span: Span): Value | null {
  const factory = factories.get(dict) ?? (dict.typeName === 'collections.Counter' ? builtin('int') : null);
  if (!factory || factory.kind === 'None') return null;
  if (dict.open || hashKey(key) === null) return unknown('whether the dict has this key is not known');
  if (dict.typeName === 'collections.Counter') return int(constant(0));
  const value = interp.call(factory, [], NO_KEYWORDS, span);
  putEntry(interp, dict, key, value);
  return value;
}

function defaultDict(call: BuiltinCall): Value {
  const [factory, source] = call.args;
  const dict = emptyDict('collections.defaultdict');
  if (factory) factories.set(dict, factory);
  fillDict(dict, source, call);
  return dict;
}

function orderedDict(call: BuiltinCall): Value {
  const dict = emptyDict('collections.OrderedDict');
  if (call.args[0]?.kind === 'unknown') return call.args[0];
  fillDict(dict, call.args[0], call);
  return dict;
}

function counter(call: BuiltinCall): Value {
  const dict = emptyDict('collections.Counter');
  const [source] = call.args;
  if (!source || source.kind === 'dict') {
    fillDict(dict, source, call);
    return dict;
  }
  const items = call.interp.iterate(source, call.span);
  const hashes = items?.map(hashKey);
  if (!items || !hashes || hashes.includes(null)) return { ...dict, open: true, element: int(null) };
  for (const [i, item] of items.entries()) {
    const before = knownInt(dict.entries.get(hashes[i]!)?.value) ?? 0;
    dict.entries.set(hashes[i]!, { key: item, value: int(constant(before + 1)) });
  }
  return dict;
}

function deque(call: BuiltinCall): Value {
  const [source, most] = bind(call, ['iterable', 'maxlen'], 0);
  const bounded = most !== undefined && most.kind !== 'None';
  const items = source ? call.interp.iterate(source, call.span) : [];
  const maxLength = bounded ? knownInt(most) : undefined;
  if (!items || maxLength === null) return openSequence('list', source ? call.interp.elementOf(source, call.span) : null, 'collections.deque');
  const kept = maxLength === undefined ? [...items] : items.slice(Math.max(items.length - maxLength, 0));
  return { kind: 'list', items: kept, element: null, typeName: 'collections.deque', fields: null, ...(maxLength !== undefined && { maxLength }) };
}

/** The names in `'x y'`, `'x, y'` or a list of them. */
function fieldNames(value: Value | undefined): string[] | null {
  if (value?.kind === 'str') return value.value === null ? null : value.value.replaceAll(',', ' ').split(/\s+/).filter((name) => name !== '');
  if ((value?.kind !== 'list' && value?.kind !== 'tuple') || !value.items) return null;
  const names = value.items.map((item) => (item.kind === 'str' ? item.value : null));
  return names.every((name) => name !== null) ? names : null;
}

function namedTuple(call: BuiltinCall): Value {
  const [name, fields] = call.args;
  const names = fieldNames(fields ?? call.keywords.get('field_names'));
  if (name?.kind !== 'str' || name.value === null || !names) return unhandled(call, 'is a class whose fields are not known');
  const defaults = call.keywords.get('defaults') ?? tuple([]);
  return makeNamedTuple(name.value, names, defaults);
}

/** What makes named tuples of this name and these fields when it is called. */
export function makeNamedTuple(name: string, fields: readonly string[], defaults: Value): Value {
  return { kind: 'partial', func: builtin('collections.namedtuple.new'), args: [str(name), tuple(fields.map(str)), defaults], keywords: NO_KEYWORDS };
}

/** Of the class that `namedtuple()` made. https://docs.python.org/3/library/collections.html#collections.somenamedtuple._fields */
export function namedTupleAttribute(cls: PartialValue, name: string, span: Span): Value {
  const [typeName, fields] = cls.args;
  switch (name) {
    case '_fields': return fields!;
    case '__name__': case '__qualname__': return typeName!;
    case '_make': return { ...cls, func: builtin('collections.namedtuple.make') };
    default: return unknown(`the attribute ${name} of a named tuple's class is not traced`, span);
  }
}

/** `_make` takes the items in one iterable. */
function makeOfItems(call: BuiltinCall): Value {
  const given = call.args.at(-1);
  const items = given ? call.interp.iterate(given, call.span) : null;
  return items ? newNamedTuple({ ...call, args: [...call.args.slice(0, -1), ...items] }) : unhandled(call, 'is a tuple whose items are not known');
}

function newNamedTuple(call: BuiltinCall): Value {
  const [name, fields, defaults, ...args] = call.args;
  const names = fieldNames(fields);
  const fallback = defaults?.kind === 'tuple' || defaults?.kind === 'list' ? defaults.items : null;
  if (name?.kind !== 'str' || !names || !fallback) return unhandled(call);
  const padded: (Value | undefined)[] = [...Array.from({ length: names.length - fallback.length }, () => undefined), ...fallback];
  const bound = bind({ ...call, name: name.value ?? 'namedtuple', args }, names, 0);
  const items = names.map((field, i) => bound[i] ?? padded[i] ?? call.interp.raise('TypeError', `${name.value}() missing required argument: '${field}'`));
  return tuple(items, name.value, names);
}

export const collections: BuiltinTable = {
  'collections.OrderedDict': orderedDict,
  'collections.defaultdict': defaultDict,
  'collections.Counter': counter,
  'collections.deque': deque,
  'collections.namedtuple': namedTuple,
  'collections.namedtuple.new': newNamedTuple,
  'collections.namedtuple.make': makeOfItems,
};
