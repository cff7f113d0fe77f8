/** Lookup in the classes of instances. */
import type { ClassValue, InstanceValue, Value } from '../values';

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

// Instances that code makes are numbered upwards from 0 by the interpreter; these never meet them.
let nextId = -1;

/** A new instance, of which `__init__` was not called. */
export function freshInstance(cls: ClassValue, attributes: Iterable<readonly [string, Value]> = []): InstanceValue {
  return { kind: 'instance', cls, attributes: new Map(attributes), id: nextId-- };
}
