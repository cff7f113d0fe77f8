/** Operators on strings, sequences, dicts and sets. */
import type { Operator } from '../../python/ast';
import type { Interpreter } from '../interpreter';
import { joinedSizes } from '../uncalled/sizeRuns';
import { MAX_LENGTH, MAX_TEXT, UNKNOWN_PART, str, strLike } from '../../values/values';
import type { DictValue, SequenceValue, SetValue, StrValue, Value } from '../../values/values';
import { formatPercent } from './format-percent';
import { isIntegral, knownInt } from './numbers';
import { dictElement, elementIn, joined, openSequence, setOf } from './sequences';

/** null: no rule for this pair. */
export function binaryContainers(op: Operator, left: Value, right: Value, interp: Interpreter): Value | null {
  if (op === '+') {
    if (left.kind === 'str' && right.kind === 'str') return left.value === null || right.value === null ? strLike(asFar(left) + asFar(right)) : str(left.value + right.value);
    if (isSequence(left) && isSequence(right)) return concatenate(left, right, interp);
  }
  if (op === '*') {
    if (isIntegral(right)) return repeat(left, right, interp);
    if (isIntegral(left)) return repeat(right, left, interp);
  }
  if (op === '%' && left.kind === 'str') return str(left.value === null ? null : formatPercent(left.value, right));
  if (op === '|' && left.kind === 'dict' && right.kind === 'dict') return mergeDicts(left, right, interp);
  const [a, b] = [asSet(left), asSet(right)];
  return a && b ? setOperation(op, a, b) : null;
}

/** The text as far as it is known. */
const asFar = ({ value, pattern }: StrValue): string => value ?? pattern ?? UNKNOWN_PART;

/** A set, or a dict's keys or items, which do as one. */
function asSet(value: Value): SetValue | null {
  if (value.kind === 'set') return value;
  return value.kind === 'iterator' && (value.typeName === 'dict_keys' || value.typeName === 'dict_items') ? setOf(value.items) : null;
}

function isSequence(value: Value): value is SequenceValue {
  return (value.kind === 'list' && value.typeName !== 'numpy.ndarray') || value.kind === 'tuple';
}

/** A torch.Size stays one beside a tuple; named tuples become plain ones. */
function sequenceName(...values: readonly SequenceValue[]): string | null {
  const named = values.find((value) => value.typeName === 'torch.Size' || value.kind === 'list');
  return named?.typeName ?? null;
}

/** Nothing is known of its items, or how many there are; those that uses name are taken for all. */
const isWithoutItems = ({ open, items }: SequenceValue): boolean => open === true && items?.length === 0;

function concatenate(left: SequenceValue, right: SequenceValue, interp: Interpreter): Value {
  if (left.kind !== right.kind) {
    return interp.raise('TypeError', `can only concatenate ${left.kind} (not "${right.kind}") to ${left.kind}`);
  }
  const typeName = sequenceName(left, right);
  if (!isWithoutItems(left) && !isWithoutItems(right) && left.items && right.items && left.items.length + right.items.length <= MAX_LENGTH) return { kind: left.kind, items: [...left.items, ...right.items], element: null, typeName, fields: null };
  const sizes = left.items && right.sizeOf ? joinedSizes(left.items, right, []) : right.items && left.sizeOf ? joinedSizes([], left, right.items) : null;
  if (sizes) return { ...sizes, kind: left.kind, typeName };
  const parts = [left, right].map((part) => (isWithoutItems(part) ? interp.elementOf(part, { start: 0, end: 0 }) : elementIn(interp, part))).filter((part) => part !== null);
  return openSequence(left.kind, joined(interp, parts), typeName);
}

function repeat(value: Value, by: Value, interp: Interpreter): Value | null {
  const times = knownInt(by);
  if (value.kind === 'str') return str(value.value === null || times === null || value.value.length * times > MAX_TEXT ? null : value.value === '' ? '' : value.value.repeat(Math.max(times, 0)));
  if (!isSequence(value)) return null;
  const typeName = sequenceName(value);
  const { items } = value;
  if (items?.length === 0 && !isWithoutItems(value)) return { kind: value.kind, items: [], element: null, typeName, fields: null };
  if (!items || isWithoutItems(value) || times === null || items.length * times > MAX_LENGTH) return openSequence(value.kind, elementIn(interp, value), typeName);
  const repeated = Array.from({ length: Math.max(times, 0) }, () => items).flat();
  return { kind: value.kind, items: repeated, element: null, typeName, fields: null };
}

function mergeDicts(left: DictValue, right: DictValue, interp: Interpreter): Value {
  if (left.open || right.open) {
    const parts = [dictElement(interp, left), dictElement(interp, right)].filter((part) => part !== null);
    const entries = right.open ? new Map() : new Map(right.entries);
    return { kind: 'dict', entries, open: true, element: joined(interp, parts), typeName: left.typeName };
  }
  return { kind: 'dict', entries: new Map([...left.entries, ...right.entries]), open: false, element: null, typeName: left.typeName };
}

export function setOperation(op: Operator, left: SetValue, right: SetValue): Value | null {
  const a = left.items;
  const b = right.items;
  if (op !== '|' && op !== '&' && op !== '-' && op !== '^') return null;
  if (!a || !b) return { kind: 'set', items: null };
  const only = (from: ReadonlyMap<string, Value>, keep: (key: string) => boolean): [string, Value][] => [...from].filter(([key]) => keep(key));
  switch (op) {
    case '|': return { kind: 'set', items: new Map([...b, ...a]) };
    case '&': return { kind: 'set', items: new Map(only(a, (key) => b.has(key))) };
    case '-': return { kind: 'set', items: new Map(only(a, (key) => !b.has(key))) };
    case '^': return { kind: 'set', items: new Map([...only(a, (key) => !b.has(key)), ...only(b, (key) => !a.has(key))]) };
  }
}
