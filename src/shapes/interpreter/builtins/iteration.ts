/** Builtins that iterate: range, zip, enumerate, map, filter, reversed, iter, next, len. */
import { SizeError, add, constant, floordiv, sub } from '../../symint/symint';
import { equal, lessEqual } from '../../symint/facts';
import type { SymInt } from '../../symint/symint';
import type { Interpreter } from '../interpreter';
import { NO_KEYWORDS } from '../interpreter';
import { parameterOf } from '../uncalled/demands';
import { guessedInt } from '../uncalled/parameterDims';
import { int, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { special } from './conversions';
import { hasUnreadBase } from './instances';
import { isIntegral, sizeOfValue } from './numbers';
import { displayType } from './types';
import { itemsInOrder, iterator, joined, openIterator } from './sequences';

/** A range is unrolled up to this many items. */
const MAX_RANGE = 10_000;

function range(call: BuiltinCall): Value {
  const { args, interp } = call;
  if (args.length === 0 || args.length > 3 || call.keywords.size > 0) return interp.raise('TypeError', `range expected 1 to 3 arguments, got ${args.length}`);
  for (const arg of args) {
    if (['float', 'str', 'None', 'list', 'tuple', 'dict'].includes(arg.kind)) return interp.raise('TypeError', `'${displayType(arg)}' object cannot be interpreted as an integer`);
  }
  const sizes = args.map((arg) => (isIntegral(arg) ? sizeOfValue(arg) : null));
  const start = args.length === 1 ? constant(0) : sizes[0]!;
  const stop = args.length === 1 ? sizes[0]! : sizes[1]!;
  const step = args.length === 3 ? sizes[2]! : constant(1);
  if (step?.value === 0) return interp.raise('ValueError', 'range() arg 3 must not be zero');
  if (!start || !stop || !step) return openIterator('range', int(null));
  const length = rangeLength(start, stop, step, interp);
  if (length?.value == null || start.value === null || step.value === null || length.value > MAX_RANGE) {
    return length?.value != null && length.value <= MAX_RANGE ? symbolicRange(start, step, length.value) ?? openIterator('range', int(null), length) : openIterator('range', int(null), length);
  }
  const [first, by] = [start.value, step.value];
  return iterator('range', Array.from({ length: length.value }, (_, i) => int(constant(first + i * by))));
}

/** `range(n, n + 3)`: three items that are known up to n. */
function symbolicRange(start: SymInt, step: SymInt, length: number): Value | null {
  const items: Value[] = [];
  try {
    let at = start;
    for (let i = 0; i < length; i++, at = add(at, step)) items.push(int(at));
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
  return iterator('range', items);
}

/** The number of items; null where it is not known. */
function rangeLength(start: SymInt, stop: SymInt, step: SymInt, interp: Interpreter): SymInt | null {
  try {
    const span = sub(stop, start);
    if (step.value === null) return null;
    const length = step.value > 0 ? floordiv(add(span, constant(step.value - 1)), step) : floordiv(add(span, constant(step.value + 1)), step);
    if (lessEqual(length, constant(0), interp.facts) === true) return constant(0);
    return lessEqual(constant(0), length, interp.facts) === true ? length : null;
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

function len(call: BuiltinCall): Value {
  const [value] = bind(call, ['obj'], 1);
  const guessed = guessedInt(value!);
  (guessed ?? parameterOf(value))?.refuteInt();
  if (guessed) return int(null);
  switch (value!.kind) {
    case 'int': case 'float': case 'bool': case 'None': case 'function':
      return call.interp.raise('TypeError', `object of type '${displayType(value!)}' has no len()`);
    case 'instance': {
      const length = call.interp.lengthOf(value!);
      return length || hasUnreadBase(value!.cls) ? int(length) : special(call, value!, '__len__') ?? int(null);
    }
    case 'union': {
      const lengths = value!.options.filter((option) => option.kind !== 'None').map((option) => int(call.interp.lengthOf(option)));
      return joined(call.interp, lengths, call.span) ?? int(null);
    }
    default: return int(call.interp.lengthOf(value!));
  }
}

/** The items of each source; null where the number of one is not known. */
function allItems(call: BuiltinCall, sources: readonly Value[]): Value[][] | null {
  const items = sources.map((source) => itemsInOrder(call.interp, source, call.span));
  return items.every((each) => each !== null) ? (items as Value[][]) : null;
}

/** One number of items that all of the sources have; null where they differ or are not known. */
function commonLength(call: BuiltinCall, sources: readonly Value[]): SymInt | null {
  const lengths = sources.map((source) => call.interp.lengthOf(source));
  const first = lengths[0] ?? null;
  return first && lengths.every((length) => length && equal(first, length, call.interp.facts) === true) ? first : null;
}

/** Iterators that never end. */
const ENDLESS: ReadonlySet<string> = new Set(['itertools.count', 'itertools.cycle', 'itertools.repeat']);

export function isEndless(value: Value): boolean {
  return value.kind === 'iterator' && ENDLESS.has(value.typeName);
}

/** Endless sources cut to the length of the others. */
function bounded(call: BuiltinCall, sources: readonly Value[]): readonly Value[] {
  const ending = sources.filter((source) => !isEndless(source));
  const lists = ending.length < sources.length ? allItems(call, ending) : null;
  if (!lists || lists.length === 0) return sources;
  const length = Math.min(...lists.map((each) => each.length));
  return sources.map((source) => (isEndless(source) ? iterator('iterator', Array.from({ length }, (_, i) => (source.kind === 'iterator' ? source.candidates?.[i] : null) ?? call.interp.elementOf(source, call.span))) : source));
}

function zip(call: BuiltinCall): Value {
  const { interp, span } = call;
  const args = bounded(call, call.args);
  const strict = interp.truth(call.keywords.get('strict') ?? int(constant(0)));
  const items = allItems(call, args);
  if (items) {
    const lengths = items.map((each) => each.length);
    const length = lengths.length === 0 ? 0 : Math.min(...lengths);
    if (strict === true && lengths.some((each) => each !== length)) return interp.raise('ValueError', 'zip() arguments have different lengths');
    return iterator('zip', Array.from({ length }, (_, i) => tuple(items.map((each) => each[i]!))));
  }
  return openIterator('zip', tuple(args.map((arg) => interp.elementOf(arg, span))), commonLength(call, args));
}

function enumerate(call: BuiltinCall): Value {
  const [source, start] = bind(call, ['iterable', 'start'], 1);
  const first = start === undefined ? constant(0) : sizeOfValue(start);
  const items = itemsInOrder(call.interp, source!, call.span);
  if (!items) return openIterator('enumerate', tuple([int(null), call.interp.elementOf(source!, call.span)]), call.interp.lengthOf(source!));
  return iterator('enumerate', items.map((item, i) => tuple([first ? int(add(first, constant(i))) : int(null), item])));
}

function map(call: BuiltinCall): Value {
  const [func, ...given] = call.args;
  const sources = bounded(call, given);
  if (!func || sources.length === 0) return call.interp.raise('TypeError', 'map() must have at least two arguments.');
  const items = allItems(call, sources);
  const { interp, span } = call;
  if (!items) return openIterator('map', interp.call(func, sources.map((source) => interp.elementOf(source, span)), NO_KEYWORDS, span), commonLength(call, sources));
  const length = Math.min(...items.map((each) => each.length));
  return iterator('map', Array.from({ length }, (_, i) => interp.call(func, items.map((each) => each[i]!), NO_KEYWORDS, span)));
}

function filter(call: BuiltinCall): Value {
  const [func, source] = bind(call, ['function', 'iterable'], 2);
  const { interp, span } = call;
  const items = interp.iterate(source!, span);
  if (!items) return openIterator('filter', interp.elementOf(source!, span));
  const kept: Value[] = [];
  for (const item of items) {
    const answer = interp.truth(func!.kind === 'None' ? item : interp.call(func!, [item], NO_KEYWORDS, span));
    if (answer === null) return openIterator('filter', joined(interp, items, span)!);
    if (answer) kept.push(item);
  }
  return iterator('filter', kept);
}

function reversed(call: BuiltinCall): Value {
  const [source] = bind(call, ['sequence'], 1);
  const own = special(call, source!, '__reversed__');
  if (own) return own;
  const items = call.interp.iterate(source!, call.span);
  return items ? iterator('reversed', [...items].reverse()) : openIterator('reversed', call.interp.elementOf(source!, call.span), call.interp.lengthOf(source!));
}

function iter(call: BuiltinCall): Value {
  const [source, sentinel] = bind(call, ['object', 'sentinel'], 1);
  if (sentinel) return openIterator('callable_iterator', call.interp.call(source!, [], NO_KEYWORDS, call.span));
  if (source!.kind === 'iterator' && source!.typeName !== 'range') return source!;
  const own = special(call, source!, '__iter__');
  if (own) return own;
  // What is unpacked of the next item says nothing of what is iterated over.
  if (source!.kind === 'unknown') return source!.parameter ? openIterator('iterator', call.interp.elementOf(source!, call.span)) : source!;
  const items = itemsInOrder(call.interp, source!, call.span);
  return items ? iterator('iterator', [...items]) : openIterator('iterator', call.interp.elementOf(source!, call.span), call.interp.lengthOf(source!));
}

function next(call: BuiltinCall): Value {
  const [source, fallback] = bind(call, ['iterator', 'default'], 1);
  const own = special(call, source!, '__next__');
  if (own) return own;
  if (source!.kind !== 'iterator') return unknownFrom([source], 'the next item of a value that is no iterator');
  const { items } = source!;
  if (!items) {
    if (source!.first) call.interp.heap.assign(source!, 'first', undefined);
    const element = source!.element ?? unknown('the next item of an iterator of unknown contents');
    return fallback && source!.length === null ? joined(call.interp, [element, fallback], call.span)! : element;
  }
  const [first, ...rest] = items;
  if (first === undefined) return fallback ?? call.interp.raise('StopIteration', '');
  call.interp.heap.assign(source!, 'items', rest);
  return first;
}

function slice(call: BuiltinCall): Value {
  const { args } = call;
  const none: Value = { kind: 'None' };
  if (args.length === 1) return { kind: 'slice', start: none, stop: args[0]!, step: none };
  if (args.length === 2 || args.length === 3) return { kind: 'slice', start: args[0]!, stop: args[1]!, step: args[2] ?? none };
  return unhandled(call);
}


export const iteration: BuiltinTable = { range, len, zip, enumerate, map, filter, reversed, iter, next, slice };
