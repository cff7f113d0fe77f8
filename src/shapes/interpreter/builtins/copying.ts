/** copy.copy and copy.deepcopy: https://docs.python.org/3/library/copy.html */
import { NO_KEYWORDS } from '../interpreter';
import type { Interpreter } from '../interpreter';
import type { Span } from '../../python/ast';
import type { Value } from '../../values/values';
import { bind } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { findInClass, freshInstance } from './instances';
import { shallowCopy } from './sequences';

function copy(call: BuiltinCall): Value {
  const [value] = bind(call, ['x'], 1);
  if (value!.kind !== 'instance') return shallowCopy(value!);
  const own = findInClass(value!.cls, '__copy__');
  return own ? call.interp.call(own, [value!], NO_KEYWORDS, call.span) : freshInstance(value!.cls, value!.attributes, value!.content && shallowCopy(value!.content));
}

function deepCopy(call: BuiltinCall): Value {
  const [value] = bind(call, ['x', 'memo'], 1);
  return copyDeep(value!, new Map(), call.interp, call.span);
}

/** Copies containers, instances and tensors with all that they hold, each of them once. */
function copyDeep(value: Value, copies: Map<object, Value>, interp: Interpreter, span: Span): Value {
  const done = copies.get(value);
  if (done) return done;
  const inner = (part: Value): Value => copyDeep(part, copies, interp, span);
  switch (value.kind) {
    case 'list': {
      const made = { ...value, items: null as Value[] | null };
      copies.set(value, made);
      made.items = value.items && value.items.map(inner);
      return made;
    }
    case 'tuple': return { ...value, items: value.items && value.items.map(inner) };
    case 'dict': {
      const made = { ...value, entries: new Map<string, { readonly key: Value; readonly value: Value }>() };
      copies.set(value, made);
      for (const [key, entry] of value.entries) made.entries.set(key, { key: entry.key, value: inner(entry.value) });
      return made;
    }
    case 'set': return shallowCopy(value);
    case 'partial': return { ...value, args: value.args.map(inner), keywords: new Map([...value.keywords].map(([key, each]) => [key, inner(each)])) };
    case 'instance': {
      if (value.cls.mro.some((cls) => cls.builtin === 'enum.Enum')) return value;
      const own = findInClass(value.cls, '__deepcopy__');
      if (own) return interp.call(own, [value, { kind: 'dict', entries: new Map(), open: true, element: null, typeName: null }], NO_KEYWORDS, span);
      const made = freshInstance(value.cls, [], value.content && inner(value.content));
      copies.set(value, made);
      for (const [name, attribute] of value.attributes) made.attributes.set(name, inner(attribute));
      return made;
    }
    case 'method': return { ...value, receiver: inner(value.receiver) };
    case 'Tensor': {
      const made = interp.call(interp.getAttribute(value, 'clone', span), [], NO_KEYWORDS, span);
      const copied: Value = made.kind === 'Tensor' ? { ...made, isParameter: value.isParameter } : made;
      copies.set(value, copied);
      return copied;
    }
    default: return value;
  }
}

export const copying: BuiltinTable = { 'copy.copy': copy, 'copy.deepcopy': deepCopy };
