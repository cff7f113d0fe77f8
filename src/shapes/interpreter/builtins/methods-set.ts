/** Methods of set and frozenset. */
import { hashKey } from '../../values/keys';
import { NONE, bool, unknown } from '../../values/values';
import type { SetValue, Value } from '../../values/values';
import type { BuiltinCall } from './call';
import { setOperation } from './container-arithmetic';
import type { Method, MethodTable } from './method';
import { setOf, shallowCopy } from './sequences';

function of(method: (receiver: SetValue, call: BuiltinCall) => Value): Method {
  return (receiver, call) => (receiver.kind === 'set' ? method(receiver, call) : unknown(`${call.name} of a ${receiver.kind}`));
}

function others(call: BuiltinCall): SetValue[] {
  return call.args.map((arg) => (arg.kind === 'set' ? arg : setOf(call.interp.iterate(arg, call.span))));
}

function combined(op: '|' | '&' | '-' | '^') {
  return of((receiver, call) => others(call).reduce<SetValue>((set, other) => setOperation(op, set, other) as SetValue, receiver));
}

function updated(op: '|' | '&' | '-' | '^') {
  return of((receiver, call) => {
    const result = others(call).reduce<SetValue>((set, other) => setOperation(op, set, other) as SetValue, receiver);
    call.interp.heap.assign(receiver, 'items', result.items);
    return NONE;
  });
}

/** Adds or takes out one value; a value without a known hash leaves the set's contents open. */
function changed(change: (items: Map<string, Value>, key: string, value: Value) => boolean) {
  return of((receiver, call) => {
    const value = call.args[0] ?? NONE;
    const key = hashKey(value);
    const items = receiver.items && key !== null ? new Map(receiver.items) : null;
    if (items && !change(items, key!, value)) return call.interp.raise('KeyError', 'the value is not in the set');
    call.interp.heap.assign(receiver, 'items', items);
    return NONE;
  });
}

function related(test: (a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>) => boolean) {
  return of((receiver, call) => {
    const other = others(call)[0];
    return bool(receiver.items && other?.items ? test(receiver.items, other.items) : null);
  });
}

export const setMethods: MethodTable = {
  union: combined('|'),
  intersection: combined('&'),
  difference: combined('-'),
  symmetric_difference: combined('^'),
  update: updated('|'),
  intersection_update: updated('&'),
  difference_update: updated('-'),
  symmetric_difference_update: updated('^'),
  add: changed((items, key, value) => {
    if (!items.has(key)) items.set(key, value);
    return true;
  }),
  discard: changed((items, key) => items.delete(key) || true),
  remove: changed((items, key) => items.delete(key)),
  clear: of((receiver, call) => {
    call.interp.heap.assign(receiver, 'items', new Map());
    return NONE;
  }),
  pop: of((receiver, call) => {
    const { items } = receiver;
    if (items?.size === 0) return call.interp.raise('KeyError', 'pop from an empty set');
    const only = items?.size === 1 ? [...items.values()][0]! : null;
    call.interp.heap.assign(receiver, 'items', only ? new Map() : null);
    return only ?? unknown('which item a set gives first is not known');
  }),
  copy: of((receiver) => shallowCopy(receiver)),
  issubset: related((a, b) => [...a.keys()].every((key) => b.has(key))),
  issuperset: related((a, b) => [...b.keys()].every((key) => a.has(key))),
  isdisjoint: related((a, b) => ![...a.keys()].some((key) => b.has(key))),
};
