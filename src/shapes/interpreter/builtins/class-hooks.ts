/**
 * What the bases that the engine knows by name do to a class once its body has run: an Enum's names become members, a
 * NamedTuple's annotations become fields.
 */
import { constant } from '../../symint/symint';
import type { Interpreter } from '../interpreter';
import { NONE, bool, builtin, int, str, tuple } from '../../values/values';
import type { ClassValue, Value } from '../../values/values';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { madeOf, makeNamedTuple, namedTupleMembers } from './collections';
import { every } from './compare';
import { freshInstance } from './instances';
import { knownInt } from './numbers';

/** The class as its name is to be bound; the same one unless it derives from NamedTuple directly, or adds nothing to what namedtuple() made. */
export function finishClass(cls: ClassValue, interp: Interpreter): Value {
  if (cls.mro.some((base) => base.builtin?.startsWith('enum.') === true)) makeMembers(cls, interp);
  const [base] = cls.bases;
  const made = base?.kind === 'class' && base.def === null && cls.bases.length === 1 ? madeOf(base) : null;
  if (made && [...cls.attributes.keys()].every((name) => NOTHING_ADDED.has(name))) return { ...made, args: [str(cls.name), ...made.args.slice(1)] };
  return cls.bases.some((base) => base.kind === 'class' && base.builtin === 'typing.NamedTuple') ? namedTupleOf(cls, interp) : cls;
}

const NOTHING_ADDED: ReadonlySet<string> = new Set(['__doc__', '__slots__', '__module__', '__qualname__', '__annotations__']);

function makeMembers(cls: ClassValue, interp: Interpreter): void {
  let last = 0;
  for (const [name, value] of [...cls.attributes]) {
    // Names with one underscore at each end, and private ones, are no members.
    if (/^_.*_$|^__/.test(name) || ['function', 'builtin', 'class'].includes(value.kind)) continue;
    const isAuto = value.kind === 'instance' && value.cls.builtin === 'enum.auto';
    const content = isAuto ? autoValue(cls, name, last) : value;
    last = knownInt(content) ?? last;
    const own = isMixed(cls) ? content : null;
    interp.heap.set(cls.attributes, name, freshInstance(cls, [['name', str(name)], ['value', content], ['_name_', str(name)], ['_value_', content]], own));
  }
  if (!cls.attributes.has('__eq__')) interp.heap.set(cls.attributes, '__eq__', builtin('enum.Enum.__eq__'));
}

function autoValue(cls: ClassValue, name: string, last: number): Value {
  if (cls.mro.some((base) => base.builtin === 'enum.StrEnum')) return str(name.toLowerCase());
  const isFlag = cls.mro.some((base) => base.builtin === 'enum.Flag' || base.builtin === 'enum.IntFlag');
  return int(constant(isFlag ? (last === 0 ? 1 : last * 2) : last + 1));
}

/** Whether the members of an enum are ints, strings or floats as well. */
function isMixed(cls: ClassValue): boolean {
  return cls.mro.some((base) => base.builtin === 'int' || base.builtin === 'str' || base.builtin === 'float' || MIXED.has(base.builtin ?? ''));
}

const MIXED: ReadonlySet<string> = new Set(['enum.IntEnum', 'enum.StrEnum', 'enum.IntFlag']);

/** Members are one object each; those of an enum of ints or strings also equal their values. */
function equalMembers(call: BuiltinCall): Value {
  const [a, b] = bind(call, ['self', 'other'], 2);
  if (a!.kind !== 'instance') return unhandled(call);
  if (b!.kind === 'instance') return bool(a === b || (a!.cls === b!.cls && every([call.interp.equal(a!.attributes.get('value') ?? NONE, b!.attributes.get('value') ?? NONE)]) === true));
  if (b!.kind === 'unknown' || b!.kind === 'union' || b!.kind === 'Tensor') return bool(null);
  return bool(isMixed(a!.cls) ? call.interp.equal(a!.attributes.get('value') ?? NONE, b!) : false);
}

/** What makes such tuples when it is called; the class itself, where it has more than fields. */
function namedTupleOf(cls: ClassValue, interp: Interpreter): Value {
  const fields = (cls.def?.body ?? []).flatMap((statement) => (statement.kind === 'AnnAssign' && statement.target.kind === 'Name' ? [statement.target.id] : []));
  const defaults = fields.flatMap((name) => (cls.attributes.has(name) ? [cls.attributes.get(name)!] : []));
  const made = makeNamedTuple(cls.name, fields, tuple(defaults));
  if ([...cls.attributes.keys()].every((name) => NOTHING_ADDED.has(name) || fields.includes(name))) return made;
  for (const name of fields) if (cls.attributes.has(name)) interp.heap.delete(cls.attributes, name);
  for (const [name, value] of namedTupleMembers(made)) interp.heap.set(cls.attributes, name, value);
  return cls;
}

/** A member by its value, `Color(1)`: the core asks where an Enum class is called. */
export function memberByValue(cls: ClassValue, value: Value, interp: Interpreter): Value | null {
  for (const member of cls.attributes.values()) {
    if (member.kind === 'instance' && member.cls === cls && interp.equal(member.attributes.get('value') ?? NONE, value) === true) return member;
  }
  return null;
}

export const classHooks: BuiltinTable = {
  'enum.Enum.__eq__': equalMembers,
  'enum.unique': (call) => call.args[0] ?? unhandled(call),
};
