/** Methods of Python's own values, by the kind of the receiver. */
import type { Span } from '../../python/ast';
import type { Interpreter, Keywords } from '../interpreter';
import type { Value } from '../../values/values';
import type { MethodTable } from './method';
import { findInClass } from './instances';
import { counterMethods, dictMethods, orderedDictMethods } from './methods-dict';
import { dequeMethods, listMethods, namedTupleMethods, sizeMethods, tupleMethods } from './methods-list';
import { arrayMethods } from './methods-array';
import { floatMethods, intMethods } from './methods-number';
import { setMethods } from './methods-set';
import { stringMethods } from './methods-str';
import { specialMethod } from './methods-special';

function tableOf(receiver: Value): MethodTable | null {
  switch (receiver.kind) {
    case 'str': return stringMethods;
    case 'int': case 'bool': return intMethods;
    case 'float': return floatMethods;
    case 'set': return setMethods;
    case 'list': return receiver.typeName === 'collections.deque' ? dequeMethods : receiver.typeName === 'numpy.ndarray' ? arrayMethods : listMethods;
    case 'tuple': return receiver.typeName === 'torch.Size' ? sizeMethods : receiver.fields ? namedTupleMethods : tupleMethods;
    case 'dict': return receiver.typeName === 'collections.Counter' ? counterMethods : receiver.typeName === 'collections.OrderedDict' ? orderedDictMethods : dictMethods;
    default: return null;
  }
}

export function hasMethod(receiver: Value, name: string): boolean {
  const table = tableOf(receiver);
  return table !== null && (Object.hasOwn(table, name) || specialMethod(receiver, name) !== null);
}

/** null: the type has no such method, or none that is traced. */
export function callMethod(receiver: Value, name: string, args: readonly Value[], keywords: Keywords, span: Span, interp: Interpreter): Value | null {
  const call = { name: `${receiver.kind}.${name}`, args, keywords, span, interp };
  if (receiver.kind === 'instance') {
    // A method that the engine gave the class: of a dataclass, a NamedTuple, an Enum.
    const found = findInClass(receiver.cls, name);
    if (found?.kind === 'builtin') return interp.call(found, [receiver, ...args], keywords, span);
    return receiver.content ? callMethod(receiver.content, name, args, keywords, span, interp) : null;
  }
  const table = tableOf(receiver);
  if (!table) return null;
  const method = Object.hasOwn(table, name) ? table[name]! : specialMethod(receiver, name);
  return method && method(receiver, call);
}

const TABLES: Readonly<Record<string, MethodTable>> = {
  str: stringMethods, int: intMethods, float: floatMethods, list: listMethods, tuple: tupleMethods, dict: dictMethods, set: setMethods, frozenset: setMethods,
};

/** The names of all methods of Python's own types. */
export function methodNames(): readonly string[] {
  return [...new Set([...Object.values(TABLES), dequeMethods, sizeMethods, namedTupleMethods, counterMethods, orderedDictMethods, arrayMethods].flatMap((table) => Object.keys(table)))];
}

const CONTAINERS: ReadonlySet<string> = new Set(['list', 'tuple', 'dict']);
const OF_CONTAINERS: ReadonlySet<string> = new Set(['__getitem__', '__setitem__', '__delitem__', '__contains__', '__len__', '__iter__']);

/** Whether the builtin type of that name has the method. */
export function hasMethodOf(type: string, name: string): boolean {
  return Object.hasOwn(TABLES, type) && (Object.hasOwn(TABLES[type]!, name) || (CONTAINERS.has(type) && OF_CONTAINERS.has(name)));
}
