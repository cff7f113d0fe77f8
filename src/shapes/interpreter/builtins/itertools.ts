/** itertools: https://docs.python.org/3/library/itertools.html. Results are unrolled; endless ones have unknown items. */
import { add, constant, mul } from '../../symint/symint';
import { NO_KEYWORDS } from '../interpreter';
import { int, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { isEndless } from './iteration';
import { exactInt, isIntegral, knownInt, sizeOfValue } from './numbers';
import { itemsInOrder, iterator, joined, openIterator } from './sequences';

/** More results than this are not kept one by one. */
const MAX_ITEMS = 10_000;
/** An endless count is known up to here. */
const MAX_COUNTED = 64;
const NAME = 'itertools';

function items(call: BuiltinCall, source: Value): Value[] | null {
  return itemsInOrder(call.interp, source, call.span);
}

function allItems(call: BuiltinCall, sources: readonly Value[]): Value[][] | null {
  const lists = sources.map((source) => items(call, source));
  return lists.every((list) => list !== null) ? (lists as Value[][]) : null;
}

function element(call: BuiltinCall, sources: readonly Value[]): Value {
  return joined(call.interp, sources.map((source) => call.interp.elementOf(source, call.span)), call.span) ?? unknown('an iterator without items');
}

function chain(call: BuiltinCall, sources: readonly Value[]): Value {
  const lists = allItems(call, sources);
  return lists ? iterator(NAME, lists.flat()) : openIterator(NAME, element(call, sources));
}

function chainFromIterable(call: BuiltinCall): Value {
  const [source] = bind(call, ['iterable'], 1);
  const sources = items(call, source!);
  return sources ? chain(call, sources) : openIterator(NAME, call.interp.elementOf(call.interp.elementOf(source!, call.span), call.span));
}

/** The combinations in the order of nested loops, the last one fastest. */
function cartesian(lists: readonly Value[][]): Value[][] {
  return lists.reduce<Value[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
}

function product(call: BuiltinCall): Value {
  const times = call.keywords.has('repeat') ? knownInt(call.keywords.get('repeat')) : 1;
  const lists = allItems(call, call.args);
  if (times === null) return openIterator(NAME, { kind: 'tuple', items: null, element: element(call, call.args), typeName: null, fields: null });
  const repeated = lists && Array.from({ length: Math.max(times, 0) }, () => lists).flat();
  if (repeated && repeated.reduce((n, list) => n * list.length, 1) <= MAX_ITEMS) return iterator(NAME, cartesian(repeated).map((row) => tuple(row)));
  const one = call.args.map((arg) => call.interp.elementOf(arg, call.span));
  return openIterator(NAME, tuple(Array.from({ length: Math.max(times, 0) }, () => one).flat()));
}

/** Positions in lexicographic order, as itertools gives them. */
function selections(n: number, r: number, allowed: (chosen: readonly number[], next: number) => boolean): number[][] {
  let rows: number[][] = [[]];
  for (let i = 0; i < r && rows.length <= MAX_ITEMS; i++) {
    rows = rows.flatMap((row) => Array.from({ length: n }, (_, at) => at).filter((at) => allowed(row, at)).map((at) => [...row, at]));
  }
  return rows;
}

function selected(allowed: (chosen: readonly number[], next: number) => boolean, defaultsToAll: boolean) {
  return (call: BuiltinCall): Value => {
    const [source, count] = bind(call, ['iterable', 'r'], defaultsToAll ? 1 : 2);
    const list = items(call, source!);
    const r = count === undefined || count.kind === 'None' ? list?.length ?? null : knownInt(count);
    if (!list || r === null || list.length > 64) {
      const each = call.interp.elementOf(source!, call.span);
      return openIterator(NAME, r === null || r > 64 ? { kind: 'tuple', items: null, element: each, typeName: null, fields: null } : tuple(Array.from({ length: r }, () => each)));
    }
    const rows = selections(list.length, r, allowed);
    return rows.length > MAX_ITEMS ? openIterator(NAME, tuple(Array.from({ length: r }, () => call.interp.elementOf(source!, call.span)))) : iterator(NAME, rows.map((row) => tuple(row.map((at) => list[at]!))));
  };
}

function repeat(call: BuiltinCall): Value {
  const [value, times] = bind(call, ['object', 'times'], 1);
  const count = times === undefined ? null : knownInt(times);
  if (count !== null && count <= MAX_ITEMS) return iterator(NAME, Array.from({ length: Math.max(count, 0) }, () => value!));
  return openIterator(times ? NAME : 'itertools.repeat', value!, times && isIntegral(times) ? sizeOfValue(times) : null);
}

function islice(call: BuiltinCall): Value {
  const [source, ...bounds] = call.args;
  if (!source || bounds.length === 0) return unhandled(call);
  const list = items(call, source);
  const numbers = bounds.map((bound) => (bound.kind === 'None' ? undefined : knownInt(bound)));
  if (numbers.includes(null)) return openIterator(NAME, call.interp.elementOf(source, call.span));
  const [start, stop, step] = bounds.length === 1 ? [0, numbers[0] ?? Infinity, 1] : [numbers[0] ?? 0, numbers[1] ?? Infinity, numbers[2] ?? 1];
  if (start < 0 || stop < 0 || step < 1) return call.interp.raise('ValueError', 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  if (!list) {
    const each = call.interp.elementOf(source, call.span);
    const length = Math.max(Math.ceil((stop - start) / step), 0);
    const counted = source.kind === 'iterator' ? source.candidates : undefined;
    if (isEndless(source) && counted && stop <= counted.length) return iterator(NAME, counted.slice(start, stop).filter((_, i) => i % step === 0));
    return isEndless(source) && length <= MAX_ITEMS ? iterator(NAME, Array.from({ length }, () => each)) : openIterator(NAME, each);
  }
  if (source.kind === 'iterator' && source.typeName !== 'range') call.interp.heap.assign(source, 'items', list.slice(Math.min(stop, list.length)));
  return iterator(NAME, list.filter((_, i) => i >= start && i < stop && (i - start) % step === 0));
}

function accumulate(call: BuiltinCall): Value {
  const [source, func] = bind(call, ['iterable', 'func', 'initial'], 1);
  const initial = call.keywords.get('initial') ?? call.args[2];
  const { interp, span } = call;
  const list = items(call, source!);
  if (!list) {
    const each = interp.elementOf(source!, span);
    return openIterator(NAME, isIntegral(each) && !func ? int(null) : unknownFrom([each], 'an accumulation of an unknown number of items'));
  }
  const values = initial && initial.kind !== 'None' ? [initial, ...list] : list;
  const totals: Value[] = [];
  for (const value of values) {
    const last = totals.at(-1);
    totals.push(last === undefined ? value : func && func.kind !== 'None' ? interp.call(func, [last, value], NO_KEYWORDS, span) : interp.binary('+', last, value, span));
  }
  return iterator(NAME, totals);
}

function zipLongest(call: BuiltinCall): Value {
  const lists = allItems(call, call.args);
  const fill = call.keywords.get('fillvalue') ?? { kind: 'None' };
  if (!lists) return openIterator(NAME, tuple(call.args.map((arg) => joined(call.interp, [call.interp.elementOf(arg, call.span), fill], call.span)!)));
  const length = Math.max(0, ...lists.map((list) => list.length));
  return iterator(NAME, Array.from({ length }, (_, i) => tuple(lists.map((list) => list[i] ?? fill))));
}

function pairwise(call: BuiltinCall): Value {
  const [source] = bind(call, ['iterable'], 1);
  const list = items(call, source!);
  const each = call.interp.elementOf(source!, call.span);
  return list ? iterator(NAME, list.slice(1).map((item, i) => tuple([list[i]!, item]))) : openIterator(NAME, tuple([each, each]));
}

function starMap(call: BuiltinCall): Value {
  const [func, source] = bind(call, ['function', 'iterable'], 2);
  const rows = items(call, source!)?.map((row) => items(call, row));
  if (!rows || rows.includes(null)) return openIterator(NAME, unknown('starmap over items that are not known'));
  return iterator(NAME, rows.map((row) => call.interp.call(func!, row!, NO_KEYWORDS, call.span)));
}

function whileTrue(take: boolean) {
  return (call: BuiltinCall): Value => {
    const [predicate, source] = bind(call, ['predicate', 'iterable'], 2);
    const list = items(call, source!);
    const answers = list?.map((item) => call.interp.truth(call.interp.call(predicate!, [item], NO_KEYWORDS, call.span)));
    if (!list || !answers || answers.includes(null)) return openIterator(NAME, call.interp.elementOf(source!, call.span));
    const end = answers.indexOf(false);
    const at = end < 0 ? list.length : end;
    return iterator(NAME, take ? list.slice(0, at) : list.slice(at));
  };
}

function count(call: BuiltinCall): Value {
  const [start, step] = bind(call, ['start', 'step'], 0);
  const [first, by] = [start === undefined ? constant(0) : sizeOfValue(start), step === undefined ? constant(1) : sizeOfValue(step)];
  if (!first || !by) return openIterator('itertools.count', isIntegral(start ?? int(null)) ? int(null) : unknownFrom([start!], 'an endless count'));
  const candidates = Array.from({ length: MAX_COUNTED }, (_, i) => exactInt(call.interp, () => add(first, mul(by, constant(i)))));
  return { kind: 'iterator', typeName: 'itertools.count', items: null, length: null, element: int(null), candidates };
}

function cycle(call: BuiltinCall): Value {
  const endless = openIterator('itertools.cycle', element(call, call.args));
  const list = call.args[0] ? items(call, call.args[0]) : null;
  return list && list.length > 0 ? { ...endless, candidates: Array.from({ length: MAX_COUNTED }, (_, i) => list[i % list.length]!) } : endless;
}

export const itertools: BuiltinTable = {
  'itertools.chain': (call) => chain(call, call.args),
  'itertools.chain.from_iterable': chainFromIterable,
  'itertools.product': product,
  'itertools.permutations': selected((chosen, next) => !chosen.includes(next), true),
  'itertools.combinations': selected((chosen, next) => chosen.length === 0 || next > chosen.at(-1)!, false),
  'itertools.combinations_with_replacement': selected((chosen, next) => chosen.length === 0 || next >= chosen.at(-1)!, false),
  'itertools.repeat': repeat,
  'itertools.islice': islice,
  'itertools.accumulate': accumulate,
  'itertools.zip_longest': zipLongest,
  'itertools.pairwise': pairwise,
  'itertools.starmap': starMap,
  'itertools.takewhile': whileTrue(true),
  'itertools.dropwhile': whileTrue(false),
  'itertools.count': count,
  'itertools.cycle': cycle,
  'itertools.tee': (call) => {
    const list = call.args[0] ? items(call, call.args[0]) : null;
    const n = call.args[1] ? knownInt(call.args[1]) : 2;
    return list && n !== null && n >= 0 && n <= MAX_COUNTED ? tuple(Array.from({ length: n }, () => iterator(NAME, [...list]))) : unhandled(call);
  },
};
