/**
 * dataclasses: https://docs.python.org/3/library/dataclasses.html. The decorator reads the fields off the class's
 * annotations and gives it `__init__`, `__eq__` and `__repr__` as functions of this file.
 */
import type * as ast from '../../python/ast';
import { NO_KEYWORDS } from '../interpreter';
import { NONE, TRUE, bool, builtin, str, tuple, unknown } from '../../values/values';
import type { ClassValue, DictValue, InstanceValue, Value } from '../../values/values';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { every } from './compare';
import { textOf } from './conversions';
import { findInClass, freshInstance, hasUnreadBase } from './instances';
import { dictOf, shallowCopy } from './sequences';
import { builtinClass } from './types';

const FIELDS = '__dataclass_fields__';
/** No method of the class's own, as one that only a decorator inside may have made. */
const MADE: Value = unknown('it is made by the dataclass');
const METHODS = ['__init__', '__eq__', '__repr__'] as const;

interface Field {
  readonly name: string;
  readonly value: InstanceValue;
  /** A parameter of `__init__` that is given on to `__post_init__` and not stored. */
  readonly isInitVar: boolean;
}

function option(call: BuiltinCall, name: string, fallback: boolean): boolean {
  const value = call.keywords.get(name);
  return value ? call.interp.truth(value) ?? fallback : fallback;
}

function dataclass(call: BuiltinCall): Value {
  const [cls] = call.args;
  if (!cls) return { kind: 'partial', func: builtin('dataclasses.dataclass'), args: [], keywords: call.keywords };
  if (cls.kind !== 'class' || cls.builtin !== null) return cls;
  const { heap } = call.interp;
  const fields = collect(cls, call);
  heap.set(cls.attributes, FIELDS, dictOf(fields.map((field) => [field.name, field.value])));
  for (const method of METHODS) {
    const isWanted = option(call, method.slice(2, -2), true);
    if (isWanted && (cls.attributes.get(method) ?? MADE).kind === 'unknown') heap.set(cls.attributes, method, builtin(`dataclasses.${method}`));
  }
  return cls;
}

/** The fields of the bases, nearest last, then those annotated in the class itself. */
function collect(cls: ClassValue, call: BuiltinCall): Field[] {
  const fields = new Map<string, Field>();
  for (const base of [...cls.mro].reverse()) if (base !== cls) for (const field of fieldsOf(base)) fields.set(field.name, field);
  let keywordOnly = option(call, 'kw_only', false);
  for (const statement of cls.def?.body ?? []) {
    if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') continue;
    const annotation = annotationName(statement.annotation);
    if (annotation === 'KW_ONLY') keywordOnly = true;
    if (annotation === 'ClassVar' || annotation === 'KW_ONLY') continue;
    const name = statement.target.id;
    fields.set(name, makeField(cls, name, keywordOnly, annotation === 'InitVar', call));
  }
  return [...fields.values()];
}

/** `ClassVar` of `typing.ClassVar[int]`. */
function annotationName(annotation: ast.Expr): string | null {
  switch (annotation.kind) {
    case 'Subscript': return annotationName(annotation.value);
    case 'Attribute': return annotation.attr;
    case 'Name': return annotation.id;
    case 'Constant': return annotation.value.type === 'str' ? /(\w+)(\[.*)?$/s.exec(annotation.value.value)?.[1] ?? null : null;
    default: return null;
  }
}

function makeField(cls: ClassValue, name: string, keywordOnly: boolean, isInitVar: boolean, call: BuiltinCall): Field {
  const given = cls.attributes.get(name);
  const written = given?.kind === 'instance' && given.cls.builtin === 'dataclasses.Field' ? given : null;
  const own = written?.attributes ?? new Map<string, Value>(given ? [['default', given]] : []);
  const value = freshInstance(builtinClass('dataclasses.Field')!, [...own, ['name', str(name)], ['init_var', bool(isInitVar)], ['kw_only', own.get('kw_only') ?? bool(keywordOnly)]]);
  if (written) {
    const fallback = own.get('default');
    if (fallback) call.interp.heap.set(cls.attributes, name, fallback);
    else call.interp.heap.delete(cls.attributes, name);
  }
  return { name, value, isInitVar };
}

function fieldsOf(cls: ClassValue): Field[] {
  const fields = findInClass(cls, FIELDS);
  if (fields?.kind !== 'dict') return [];
  return [...fields.entries.values()].flatMap((entry) => (entry.key.kind === 'str' && entry.key.value !== null && entry.value.kind === 'instance'
    ? [{ name: entry.key.value, value: entry.value, isInitVar: isTrue(entry.value, 'init_var', false) }]
    : []));
}

function isTrue(field: InstanceValue, name: string, fallback: boolean): boolean {
  const value = field.attributes.get(name);
  return value?.kind === 'bool' && value.value !== null ? value.value : fallback;
}

function init(call: BuiltinCall): Value {
  const [self, ...args] = call.args;
  if (self?.kind !== 'instance') return unhandled(call);
  const { interp, span } = call;
  const fields = fieldsOf(self.cls);
  const parameters = fields.filter((field) => isTrue(field.value, 'init', true));
  const positional = parameters.filter((field) => !isTrue(field.value, 'kw_only', false));
  if (args.length > positional.length && !hasUnreadBase(self.cls)) interp.raise('TypeError', `${self.cls.name}() takes ${positional.length} arguments but ${args.length} were given`);
  const given = new Map<string, Value>(call.keywords);
  const strange = [...given.keys()].find((name) => !parameters.some((field) => field.name === name));
  if (strange !== undefined && !hasUnreadBase(self.cls)) interp.raise('TypeError', `${self.cls.name}() got an unexpected keyword argument '${strange}'`);
  positional.forEach((field, i) => {
    if (i < args.length) given.set(field.name, args[i]!);
  });
  const forPostInit: Value[] = [];
  for (const field of fields) {
    const value = (parameters.includes(field) ? given.get(field.name) : undefined) ?? defaultOf(field, call);
    if (value === null) {
      if (parameters.includes(field)) interp.raise('TypeError', `${self.cls.name}() missing required argument: '${field.name}'`);
      continue;
    }
    if (field.isInitVar) forPostInit.push(value);
    else interp.heap.set(self.attributes, field.name, value);
  }
  const after = findInClass(self.cls, '__post_init__');
  if (after) interp.call(after, [self, ...forPostInit], NO_KEYWORDS, span);
  return NONE;
}

function defaultOf(field: Field, call: BuiltinCall): Value | null {
  const factory = field.value.attributes.get('default_factory');
  if (factory && !isMissing(factory)) return call.interp.call(factory, [], NO_KEYWORDS, call.span);
  const fallback = field.value.attributes.get('default');
  return fallback && !isMissing(fallback) ? fallback : null;
}

function isMissing(value: Value): boolean {
  return value.kind === 'builtin' && value.name === 'dataclasses.MISSING';
}

function stored(instance: InstanceValue): [string, Value][] {
  return fieldsOf(instance.cls).flatMap(({ name, isInitVar }): [string, Value][] => {
    const value = instance.attributes.get(name);
    return value === undefined || isInitVar ? [] : [[name, value]];
  });
}

function equal(call: BuiltinCall): Value {
  const [a, b] = bind(call, ['self', 'other'], 2);
  if (a!.kind !== 'instance' || b!.kind !== 'instance') return bool(b!.kind === 'unknown' || b!.kind === 'union' ? null : false);
  if (a!.cls !== b!.cls) return bool(false);
  const [left, right] = [stored(a!), stored(b!)];
  if (left.length !== right.length) return bool(null);
  return bool(every(left.map(([, value], i) => call.interp.equal(value, right[i]![1]))));
}

function repr(call: BuiltinCall): Value {
  const [self] = call.args;
  if (self?.kind !== 'instance') return str(null);
  const parts = stored(self).map(([name, value]) => {
    const text = textOf(call, value, 'repr');
    return text.kind === 'str' && text.value !== null ? `${name}=${text.value}` : null;
  });
  return str(parts.includes(null) ? null : `${self.cls.qualname}(${parts.join(', ')})`);
}

/** asdict and astuple copy what they find, instances of dataclasses as their own kind. */
function unpack(value: Value, how: 'dict' | 'tuple', depth = 0): Value {
  if (depth > 20) return value;
  const inner = (part: Value): Value => unpack(part, how, depth + 1);
  switch (value.kind) {
    case 'instance': {
      if (!findInClass(value.cls, FIELDS)) return value;
      const parts = stored(value).map(([name, part]): [string, Value] => [name, inner(part)]);
      return how === 'dict' ? dictOf(parts) : tuple(parts.map(([, part]) => part));
    }
    case 'list': case 'tuple': return { ...value, items: value.items && value.items.map(inner) };
    case 'dict': return { ...(shallowCopy(value) as DictValue), entries: new Map([...value.entries].map(([key, entry]) => [key, { key: entry.key, value: inner(entry.value) }])) };
    default: return value;
  }
}

function unpacked(how: 'dict' | 'tuple') {
  return (call: BuiltinCall): Value => {
    const [value] = call.args;
    return value?.kind === 'instance' && findInClass(value.cls, FIELDS) ? unpack(value, how) : unhandled(call);
  };
}

function replace(call: BuiltinCall): Value {
  const [value] = call.args;
  if (value?.kind !== 'instance') return unhandled(call);
  const initial = fieldsOf(value.cls).filter((field) => isTrue(field.value, 'init', true) && !field.isInitVar);
  const present = initial.flatMap(({ name }): [string, Value][] => (value.attributes.has(name) ? [[name, value.attributes.get(name)!]] : []));
  return call.interp.call(value.cls, [], new Map([...present, ...call.keywords]), call.span);
}

function fields(call: BuiltinCall): Value {
  const [value] = call.args;
  const cls = value?.kind === 'instance' ? value.cls : value?.kind === 'class' ? value : null;
  return cls && findInClass(cls, FIELDS) ? tuple(fieldsOf(cls).filter((field) => !field.isInitVar).map((field) => field.value)) : unhandled(call);
}

export const dataclasses: BuiltinTable = {
  'dataclasses.dataclass': dataclass,
  'dataclasses.field': (call) => freshInstance(builtinClass('dataclasses.Field')!, [['init', TRUE], ...call.keywords]),
  'dataclasses.__init__': init,
  'dataclasses.__eq__': equal,
  'dataclasses.__repr__': repr,
  'dataclasses.asdict': unpacked('dict'),
  'dataclasses.astuple': unpacked('tuple'),
  'dataclasses.replace': replace,
  'dataclasses.fields': fields,
  'dataclasses.is_dataclass': (call) => {
    const [value] = call.args;
    const cls = value?.kind === 'instance' ? value.cls : value?.kind === 'class' ? value : null;
    return bool(cls ? findInClass(cls, FIELDS) !== null : value?.kind === 'unknown' ? null : false);
  },
  'dataclasses.make_dataclass': (call) => unhandled(call, 'is a class that is not traced'),
};
