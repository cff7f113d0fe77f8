/** Lookup in the classes of instances. */
import { list } from '../../values/values';
import type { ClassValue, InstanceValue, Value } from '../../values/values';
import { emptyDict, setOf } from './sequences';
import { builtinClass } from './types';

/** The attribute in the first class of the method resolution order that has it. */
export function findInClass(cls: ClassValue, name: string): Value | null {
  for (const candidate of cls.mro) {
    const value = candidate.attributes.get(name);
    if (value !== undefined) return value;
  }
  return null;
}

/** Whether a base was not read, so that what is not found may still be there. */
export function hasUnreadBase(cls: ClassValue): boolean {
  return cls.mro.some((candidate) => candidate.bases.some((base) => base.kind !== 'class' && base.kind !== 'builtin'));
}

/** A class below `object` that only the engine makes instances of, with these attributes. */
export function classWith(name: string, attributes: ReadonlyMap<string, Value>): ClassValue {
  const mro: ClassValue[] = [];
  const object = builtinClass('object')!;
  const cls: ClassValue = { kind: 'class', name, qualname: name, bases: [object], attributes: new Map(attributes), builtin: null, mro, def: null };
  mro.push(cls, object);
  return cls;
}

// Instances that code makes are numbered upwards from 0 by the interpreter; these never meet them.
let nextId = -1;

/** A new instance, of which `__init__` was not called. */
export function freshInstance(cls: ClassValue, attributes: Iterable<readonly [string, Value]> = [], content: Value | null = emptyContent(cls)): InstanceValue {
  return { kind: 'instance', cls, attributes: new Map(attributes), id: nextId--, ...(content && { content }) };
}

/** The empty container that an instance of a class below dict, list or set starts with; null for other classes. */
export function emptyContent(cls: ClassValue): Value | null {
  if (cls.builtin !== null) return null;
  const base = cls.mro.find((each) => each.builtin !== null && each.builtin !== 'object' && !each.builtin.startsWith('typing.'))?.builtin;
  switch (base) {
    case 'dict': case 'collections.OrderedDict': case 'collections.defaultdict': case 'collections.Counter': return emptyDict(base === 'dict' ? null : base);
    case 'list': return list([]);
    case 'set': return setOf([]);
    default: return null;
  }
}

const IMMUTABLE: ReadonlySet<string> = new Set(['str', 'int', 'float', 'tuple', 'frozenset']);

/** The type below which a class stands whose instances are made whole: `str` of `class Name(str)`. An Enum's members are made otherwise. */
export function immutableBase(cls: ClassValue): string | null {
  if (cls.builtin !== null || cls.mro.some((each) => each.builtin?.startsWith('enum.'))) return null;
  return cls.mro.find((each) => each.builtin !== null && IMMUTABLE.has(each.builtin))?.builtin ?? null;
}
