/** collections: https://docs.python.org/3/library/collections.html */
import { constant } from '../../symint/symint';
import { NO_KEYWORDS } from '../interpreter';
import type { Interpreter } from '../interpreter';
import { builtin, int, str, tuple, unknown } from '../../values/values';
import type { ClassValue, DictValue, PartialValue, Value } from '../../values/values';
import type { Span } from '../../python/ast';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { fillDict } from './containers';
import { freshInstance } from './instances';
import { knownInt } from './numbers';
import { emptyDict, openSequence, putEntry } from './sequences';
import { builtinClass } from './types';
import { hashKey } from '../../values/keys';

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
export function makeNamedTuple(name: string, fields: readonly string[], defaults: Value): PartialValue {
  return { kind: 'partial', func: builtin('collections.namedtuple.new'), args: [str(name), tuple(fields.map(str)), defaults], keywords: NO_KEYWORDS };
}

/** What `namedtuple()` made, where a value is that; its arguments are the name, the fields and the defaults. */
export function asNamedTuple(value: Value | undefined): PartialValue | null {
  return value?.kind === 'partial' && value.func.kind === 'builtin' && value.func.name === 'collections.namedtuple.new' ? value : null;
}

/** The same as a class that others derive from: their instances hold a named tuple. */
export function namedTupleClass(made: PartialValue): ClassValue {
  const base = builtinClass('tuple')!;
  const mro: ClassValue[] = [];
  const name = made.args[0]!.kind === 'str' ? made.args[0]!.value ?? 'namedtuple' : 'namedtuple';
  const cls: ClassValue = { kind: 'class', name, qualname: name, bases: [base], attributes: new Map(namedTupleMembers(made)), builtin: null, mro, def: null };
  mro.push(cls, ...base.mro);
  return cls;
}

/** What a class of named tuples has besides its fields, which its instances find in the tuple that they hold. */
export function namedTupleMembers(made: PartialValue): [string, Value][] {
  return [['__new__', { ...made, func: builtin('collections.namedtuple.__new__') }], ['_fields', made.args[1]!], ['_replace', builtin('collections.namedtuple.__replace__')]];
}

/** What `namedtuple()` made, of a class that `namedTupleClass` made of it. */
export function madeOf(cls: ClassValue): PartialValue | null {
  const own = cls.attributes.get('__new__');
  return own?.kind === 'partial' && own.func.kind === 'builtin' && own.func.name === 'collections.namedtuple.__new__' ? { ...own, func: builtin('collections.namedtuple.new') } : null;
}

/** Of a class below a named tuple: `super().__new__(cls, x, y)`. */
function newBelowNamedTuple(call: BuiltinCall): Value {
  const [name, fields, defaults, cls, ...args] = call.args;
  const content = newNamedTuple({ ...call, args: [name!, fields!, defaults!, ...args] });
  return cls?.kind === 'class' && content.kind === 'tuple' ? freshInstance(cls, [], content) : content;
}

function replaceBelowNamedTuple(call: BuiltinCall): Value {
  const [self] = call.args;
  const content = self?.kind === 'instance' ? self.content : undefined;
  const replaced = content?.kind === 'tuple' ? call.interp.call({ kind: 'method', receiver: content, func: builtin('tuple._replace') }, call.args.slice(1), call.keywords, call.span) : null;
  return self?.kind === 'instance' && replaced?.kind === 'tuple' ? freshInstance(self.cls, [], replaced) : replaced ?? unhandled(call);
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
  'collections.namedtuple.__new__': newBelowNamedTuple,
  'collections.namedtuple.__replace__': replaceBelowNamedTuple,
};
