/** Methods of list, tuple, torch.Size and deque. A write to a list whose length is not known widens what its items are. */
import { constant, product } from '../../symint/symint';
import type { Interpreter } from '../interpreter';
import { joinedSizes } from '../uncalled/sizeRuns';
import { MAX_LENGTH, NONE, int, tuple, unknown } from '../../values/values';
import type { SequenceValue, Value } from '../../values/values';
import { bind, unknownFrom } from './call';
import type { BuiltinCall } from './call';
import type { Method, MethodTable } from './method';
import { exactInt, knownInt, sizeOfValue } from './numbers';
import { sortItems } from './reductions';
import { elementIn, joined, shallowCopy } from './sequences';

type Sequence = (receiver: SequenceValue, call: BuiltinCall) => Value;

function of(method: Sequence): Method {
  return (receiver, call) => (receiver.kind === 'list' || receiver.kind === 'tuple' ? method(receiver, call) : unknown(`${call.name} of a ${receiver.kind}`));
}

/** A bounded deque loses at the other end what is too much. */
function write(receiver: SequenceValue, items: Value[] | null, call: BuiltinCall, end: 'left' | 'right' = 'right'): Value {
  const { maxLength } = receiver;
  if (!items) {
    call.interp.heap.setItems(receiver, null);
    return NONE;
  }
  const kept = maxLength === undefined || items.length <= maxLength ? items : end === 'right' ? items.slice(items.length - maxLength) : items.slice(0, maxLength);
  if (kept.length > MAX_LENGTH) widenList(receiver, kept, call.interp);
  else call.interp.heap.setItems(receiver, kept);
  return NONE;
}

/** The list may now hold any of these besides what it held, in an order and number that are not known. */
function widenList(receiver: SequenceValue, values: readonly Value[], interp: Interpreter): void {
  const present = elementIn(interp, receiver);
  interp.heap.assign(receiver, 'element', joined(interp, present ? [present, ...values] : values));
  interp.heap.setItems(receiver, null);
}

/** The sizes of a tensor of unknown rank with one more among them, where that is one. */
function widenSizes(receiver: SequenceValue, value: Value, sizes: SequenceValue | null, { interp }: BuiltinCall): Value {
  widenList(receiver, [value], interp);
  if (sizes) interp.heap.assign(receiver, 'sizeOf', sizes.sizeOf);
  return NONE;
}

/** Which item is where is not known any more. */
function shuffled(receiver: SequenceValue, { interp }: BuiltinCall): Value {
  if (receiver.sizeOf) interp.heap.assign(receiver, 'sizeOf', null);
  return NONE;
}

function append(receiver: SequenceValue, call: BuiltinCall): Value {
  const [value] = bind(call, ['object'], 1);
  if (receiver.items) return write(receiver, [...receiver.items, value!], call);
  return widenSizes(receiver, value!, joinedSizes([], receiver, [value!]), call);
}

function extend(receiver: SequenceValue, call: BuiltinCall): Value {
  const [source] = bind(call, ['iterable'], 1);
  const items = call.interp.iterate(source!, call.span);
  if (receiver.items && items) return write(receiver, [...receiver.items, ...items], call);
  widenList(receiver, items ?? [call.interp.elementOf(source!, call.span)], call.interp);
  return NONE;
}

function insert(receiver: SequenceValue, call: BuiltinCall): Value {
  const [index, value] = bind(call, ['index', 'object'], 2);
  const at = knownInt(index);
  if (receiver.items && at !== null) {
    const items = [...receiver.items];
    items.splice(at < 0 ? Math.max(at + items.length, 0) : at, 0, value!);
    return write(receiver, items, call);
  }
  if (receiver.items) return write(receiver, anyOrder([...receiver.items, value!], receiver.items.length + 1, call), call);
  return widenSizes(receiver, value!, at === 0 ? joinedSizes([value!], receiver, []) : null, call);
}

/** As many items as before, each of which may be any of the values. */
function anyOrder(values: readonly Value[], length: number, call: BuiltinCall): Value[] {
  const element = joined(call.interp, values, call.span);
  return element ? Array.from({ length }, () => element) : [];
}

function pop(receiver: SequenceValue, call: BuiltinCall): Value {
  const [index] = bind(call, ['index'], 0);
  const { items } = receiver;
  if (!items) {
    write(receiver, null, call);
    return receiver.element ?? unknown('the items of this list are not known');
  }
  if (items.length === 0) return call.interp.raise('IndexError', 'pop from empty list');
  const at = index === undefined ? items.length - 1 : knownInt(index);
  if (at === null) {
    const element = joined(call.interp, items, call.span)!;
    write(receiver, anyOrder(items, items.length - 1, call), call);
    return element;
  }
  const position = at < 0 ? at + items.length : at;
  if (position < 0 || position >= items.length) return call.interp.raise('IndexError', 'pop index out of range');
  write(receiver, items.filter((_, i) => i !== position), call);
  return items[position]!;
}

/** The first position of an equal item; null where that is not known. */
function position(items: readonly Value[], value: Value, interp: Interpreter): number | null {
  for (const [i, item] of items.entries()) {
    const same = interp.equal(item, value);
    if (same === null) return null;
    if (same) return i;
  }
  return -1;
}

function index(receiver: SequenceValue, call: BuiltinCall): Value {
  const [value, ...bounds] = bind(call, ['value', 'start', 'stop'], 1);
  if (!receiver.items || bounds.some((bound) => bound !== undefined)) return int(null);
  const at = position(receiver.items, value!, call.interp);
  if (at === null) return int(null);
  return at < 0 ? call.interp.raise('ValueError', 'the value is not in the list') : int(constant(at));
}

function count(receiver: SequenceValue, call: BuiltinCall): Value {
  const [value] = bind(call, ['value'], 1);
  const answers = receiver.items?.map((item) => call.interp.equal(item, value!));
  return int(!answers || answers.includes(null) ? null : constant(answers.filter((answer) => answer).length));
}

function remove(receiver: SequenceValue, call: BuiltinCall): Value {
  const [value] = bind(call, ['value'], 1);
  const { items } = receiver;
  if (!items) return write(receiver, null, call);
  const at = position(items, value!, call.interp);
  if (at === null) return write(receiver, anyOrder(items, items.length - 1, call), call);
  return at < 0 ? call.interp.raise('ValueError', 'list.remove(x): x not in list') : write(receiver, items.filter((_, i) => i !== at), call);
}

function sort(receiver: SequenceValue, call: BuiltinCall): Value {
  const { items } = receiver;
  if (!items) return shuffled(receiver, call);
  const reverse = call.keywords.has('reverse') ? call.interp.truth(call.keywords.get('reverse')!) : false;
  const sorted = reverse === null ? null : sortItems(items, call.keywords.get('key'), reverse, call);
  return write(receiver, sorted ?? anyOrder(items, items.length, call), call);
}

/** torch.Size.numel: https://docs.pytorch.org/docs/stable/size.html */
function numel(receiver: SequenceValue, call: BuiltinCall): Value {
  const sizes = receiver.items?.map(sizeOfValue) ?? null;
  return sizes && sizes.every((size) => size !== null) ? exactInt(call.interp, () => product(sizes)) : int(null);
}

function rotate(receiver: SequenceValue, call: BuiltinCall): Value {
  const [by] = bind(call, ['n'], 0);
  const times = by === undefined ? 1 : knownInt(by);
  const { items } = receiver;
  if (!items) return shuffled(receiver, call);
  if (items.length === 0) return NONE;
  if (times === null) return write(receiver, anyOrder(items, items.length, call), call);
  const cut = items.length - (((times % items.length) + items.length) % items.length);
  return write(receiver, [...items.slice(cut), ...items.slice(0, cut)], call);
}

const shared: MethodTable = { index: of(index), count: of(count) };

export const listMethods: MethodTable = {
  ...shared,
  append: of(append),
  extend: of(extend),
  insert: of(insert),
  pop: of(pop),
  remove: of(remove),
  reverse: of((receiver, call) => (receiver.items ? write(receiver, [...receiver.items].reverse(), call) : shuffled(receiver, call))),
  sort: of(sort),
  clear: of((receiver, call) => write(receiver, [], call)),
  copy: of((receiver) => shallowCopy(receiver)),
};

export const dequeMethods: MethodTable = {
  ...listMethods,
  appendleft: of((receiver, call) => {
    const [value] = bind(call, ['object'], 1);
    if (receiver.items) return write(receiver, [value!, ...receiver.items], call, 'left');
    widenList(receiver, [value!], call.interp);
    return NONE;
  }),
  popleft: of((receiver, call) => pop(receiver, { ...call, args: [int(constant(0))] })),
  extendleft: of((receiver, call) => {
    const items = call.args[0] ? call.interp.iterate(call.args[0], call.span) : [];
    if (receiver.items && items) return write(receiver, [...[...items].reverse(), ...receiver.items], call, 'left');
    widenList(receiver, items ?? [call.interp.elementOf(call.args[0]!, call.span)], call.interp);
    return NONE;
  }),
  rotate: of(rotate),
};

export const tupleMethods: MethodTable = { ...shared };
export const sizeMethods: MethodTable = { ...shared, numel: of(numel) };

/** https://docs.python.org/3/library/collections.html#collections.somenamedtuple._replace */
export const namedTupleMethods: MethodTable = {
  ...shared,
  _replace: of((receiver, call) => {
    const { items, fields } = receiver;
    if (!items || !fields) return unknownFrom([...call.keywords.values()], 'the fields of this tuple are not known');
    const strange = [...call.keywords.keys()].find((name) => !fields.includes(name));
    if (strange !== undefined) return call.interp.raise('ValueError', `Got unexpected field names: ['${strange}']`);
    return tuple(items.map((item, i) => call.keywords.get(fields[i]!) ?? item), receiver.typeName, fields);
  }),
};
