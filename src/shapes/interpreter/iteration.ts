/** Iteration over values, and their length. */
import type { Span } from '../python/ast';
import { constant } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { displayType } from './builtins/types';
import { lookupInClass } from './calls/classes';
import { demandElement, isOfAnyLength } from './uncalled/demands';
import { noteLengthAsked } from './uncalled/fittingRanks';
import { guessedInt } from './uncalled/parameterDims';
import { NO_KEYWORDS } from './interpreter';
import type { Machine } from './machine';
import { derived, int, isOpen, str, unknown } from '../values/values';
import type { ClassValue, Value } from '../values/values';

/** Rows of a tensor are unrolled up to this many. */
const MAX_ROWS = 512;

/** The items in order; null where their number is not known. */
export function iterate(m: Machine, value: Value, span: Span): Value[] | null {
  switch (value.kind) {
    case 'tuple': case 'list': return value.open ? null : value.items;
    case 'iterator': return value.items;
    case 'dict': return isOpen(value) ? null : [...value.entries.values()].map((entry) => entry.key);
    case 'set': return value.items && [...value.items.values()];
    case 'str': return value.value === null ? null : [...value.value].map((character) => str(character));
    case 'Tensor': {
      const length = value.shape.rest?.at === 0 ? null : value.shape.dims[0]?.value ?? null;
      if (length === null || length > MAX_ROWS) return null;
      return Array.from({ length }, (_, i) => m.getItem(value, int(constant(i)), span));
    }
    case 'instance': return iterateInstance(m, value, span);
    case 'class': return membersOf(value);
    default: return null;
  }
}

/** An Enum's members, in order of definition; null of other classes. */
function membersOf(cls: ClassValue): Value[] | null {
  const members = [...cls.attributes].filter(([name, member]) => !name.startsWith('_') && member.kind !== 'function');
  return cls.mro.some((base) => base.builtin?.startsWith('enum.')) ? members.map(([, member]) => member) : null;
}

function iterateInstance(m: Machine, value: Value & { kind: 'instance' }, span: Span): Value[] | null {
  const iterator = lookupInClass(value.cls, '__iter__');
  if (iterator) {
    const result = m.call({ kind: 'method', receiver: value, func: iterator }, [], NO_KEYWORDS, span);
    return result.kind === 'instance' ? null : iterate(m, result, span);
  }
  if (value.content) return iterate(m, value.content, span);
  const getItem = lookupInClass(value.cls, '__getitem__');
  const length = lengthOf(value, m)?.value ?? null;
  if (!getItem || length === null || length > MAX_ROWS) return null;
  return Array.from({ length }, (_, i) => m.call({ kind: 'method', receiver: value, func: getItem }, [int(constant(i))], NO_KEYWORDS, span));
}

/** What an item is like where the number of items is not known. */
export function elementOf(m: Machine, value: Value, span: Span): Value {
  switch (value.kind) {
    case 'tuple': case 'list': case 'iterator':
      if (value.kind !== 'iterator' && isOfAnyLength(value)) return demandElement(m, value) ?? value.element ?? unknown('the items of this sequence are not known', span);
      if (value.items && value.items.length > 0) return m.joiner.joinAll(value.items);
      return value.element ?? unknown('the items of this sequence are not known', span);
    case 'dict': return str(null);
    case 'Tensor': return m.getItem(value, int(null), span);
    case 'unknown': return demandElement(m, value) ?? derived(value);
    case 'union': return m.joiner.joinAll(value.options.filter((option) => option.kind !== 'None').map((option) => elementOf(m, option, span)));
    case 'instance': {
      const iterator = lookupInClass(value.cls, '__iter__');
      const result = iterator && m.call({ kind: 'method', receiver: value, func: iterator }, [], NO_KEYWORDS, span);
      if (result && result.kind !== 'instance') return elementOf(m, result, span);
      return value.content ? elementOf(m, value.content, span) : unknown(`the items of a ${value.cls.name} are not known`, span);
    }
    case 'None': case 'int': case 'float': case 'bool':
      guessedInt(value)?.refuteInt();
      if (m.frame.guarded > 0) m.raise('TypeError', `'${displayType(value)}' object is not iterable`);
      return unknown(`the items of a ${value.kind} are not known`, span);
    default: return unknown(`the items of a ${value.kind} are not known`, span);
  }
}

/** The number of items where it is known, maybe as a symbol. */
export function lengthOf(value: Value, m?: Machine): SymInt | null {
  switch (value.kind) {
    case 'tuple': case 'list':
      if (m && value.sizeOf) noteLengthAsked(m, value.sizeOf);
      return value.open ? null : value.items ? constant(value.items.length) : value.count ?? null;
    case 'iterator': return value.items ? constant(value.items.length) : value.length;
    case 'dict': return isOpen(value) ? null : constant(value.entries.size);
    case 'set': return value.items && constant(value.items.size);
    case 'str': return value.value === null ? null : constant([...value.value].length);
    case 'Tensor': return value.shape.rest?.at === 0 ? null : value.shape.dims[0] ?? null;
    case 'instance': {
      const method = m && lookupInClass(value.cls, '__len__');
      const result = method ? m.call({ kind: 'method', receiver: value, func: method }, [], NO_KEYWORDS, value.cls.def ?? { start: 0, end: 0 }) : null;
      if (!method && value.content) return lengthOf(value.content, m);
      return result?.kind === 'int' ? result.value : null;
    }
    case 'class': {
      const members = membersOf(value);
      return members && constant(members.length);
    }
    default: return null;
  }
}
