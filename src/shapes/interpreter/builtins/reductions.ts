/** Builtins that make one value of many: sum, min, max, any, all, sorted. */
import { constant, max, min } from '../../symint/symint';
import type { Tri } from '../../torch/rule';
import type { Interpreter } from '../interpreter';
import { NO_KEYWORDS } from '../interpreter';
import { builtin, bool, float, int, list } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { compareValues } from './compare';
import { exactInt, isIntegral, isNumber, knownNumber, sizeOfValue } from './numbers';
import { joined, openSequence } from './sequences';

function sum(call: BuiltinCall): Value {
  const [source, start] = bind(call, ['iterable', 'start'], 1);
  const { interp, span } = call;
  const items = interp.iterate(source!, span);
  let total: Value = start ?? int(constant(0));
  if (!items) {
    const element = interp.elementOf(source!, span);
    if (isIntegral(element) && isIntegral(total)) return int(null);
    // As often as it is added to itself, it has the shape that it has after the first time.
    if (element.kind === 'Tensor' && isIntegral(total)) return interp.binary('+', interp.binary('+', total, element, span), element, span);
    return isNumber(element) && element.kind === 'float' ? float(null) : unknownFrom([source, element], 'the sum of an unknown number of items');
  }
  for (const item of items) total = interp.binary('+', total, item, span);
  return total;
}

function extremum(which: 'min' | 'max') {
  return (call: BuiltinCall): Value => {
    const { interp, span } = call;
    const key = call.keywords.get('key');
    const fallback = call.keywords.get('default');
    const items = call.args.length === 1 ? interp.iterate(call.args[0]!, span) : [...call.args];
    if (!items) {
      const element = interp.elementOf(call.args[0]!, span);
      if (element.kind === 'int' || element.kind === 'bool') return int(null);
      return element.kind === 'float' ? float(null) : unknownFrom([...call.args, element], `the ${which} of an unknown number of items`);
    }
    if (items.length === 0) return fallback ?? interp.raise('ValueError', `${which}() arg is an empty sequence`);
    if (items.length === 1) return items[0]!;
    const [first, ...others] = items;
    if (!key && items.every((item) => item.kind === 'Tensor')) return others.reduce((best, item) => interp.call(builtin(which === 'min' ? 'torch.minimum' : 'torch.maximum'), [best, item], NO_KEYWORDS, span), first!);
    const keys = key && key.kind !== 'None' ? items.map((item) => interp.call(key, [item], NO_KEYWORDS, span)) : items;
    return pick(which, items, keys, interp) ?? (keys === items ? unproven(which, items, call) : joined(interp, items, span)!);
  };
}

/** The first item whose key is proven to be the least or the greatest. */
function pick(which: 'min' | 'max', items: readonly Value[], keys: readonly Value[], interp: Interpreter): Value | null {
  let best = 0;
  for (let i = 1; i < keys.length; i++) {
    const better = compare(which === 'min' ? '<' : '>', keys[i]!, keys[best]!, interp);
    if (better === null) return null;
    if (better) best = i;
  }
  return items[best]!;
}

function compare(op: '<' | '>', a: Value, b: Value, interp: Interpreter): Tri {
  if (['unknown', 'union', 'Tensor'].includes(a.kind) || ['unknown', 'union', 'Tensor'].includes(b.kind)) return null;
  return compareValues(op, a, b, interp);
}

/** min and max of numbers of which the order is not proven. */
function unproven(which: 'min' | 'max', given: readonly Value[], call: BuiltinCall): Value {
  const items = given.map((item) => (item.kind === 'union' && item.options.every(isIntegral) ? int(null) : item));
  if (items.every(isIntegral)) {
    const sizes = items.map(sizeOfValue);
    return sizes.every((size) => size !== null) ? exactInt(call.interp, () => (which === 'min' ? min(sizes) : max(sizes))) : int(null);
  }
  if (items.every(isNumber)) return items.every((item) => item.kind === 'float') ? float(null) : joined(call.interp, items.map((item) => (item.kind === 'float' ? float(null) : int(null))), call.span)!;
  return unknownFrom(items, `which of the values is the ${which === 'min' ? 'least' : 'greatest'} is not known`);
}

function quantified(how: 'any' | 'all') {
  return (call: BuiltinCall): Value => {
    const [source] = bind(call, ['iterable'], 1);
    const decisive = how === 'any';
    const items = call.interp.iterate(source!, call.span);
    if (!items) return bool(null);
    const answers = items.map((item) => call.interp.truth(item));
    if (answers.includes(decisive)) return bool(decisive);
    return bool(answers.includes(null) ? null : !decisive);
  };
}

/** Sorted stably by proven comparisons; null where an order is not known. */
export function sortItems(items: readonly Value[], key: Value | undefined, reverse: boolean, call: BuiltinCall): Value[] | null {
  const { interp, span } = call;
  const keyed = items.map((item) => ({ item, key: key && key.kind !== 'None' ? interp.call(key, [item], NO_KEYWORDS, span) : item }));
  if (keyed.length > 1 && keyed.every((each) => isNumber(each.key) && knownNumber(each.key) !== null && !Number.isNaN(knownNumber(each.key)))) {
    const sign = reverse ? -1 : 1;
    return keyed.sort((a, b) => sign * (knownNumber(a.key)! - knownNumber(b.key)!)).map((each) => each.item);
  }
  const sorted: typeof keyed = [];
  for (const each of keyed) {
    let at = sorted.length;
    while (at > 0) {
      const before = compare(reverse ? '>' : '<', each.key, sorted[at - 1]!.key, interp);
      if (before === null) return null;
      if (!before) break;
      at--;
    }
    sorted.splice(at, 0, each);
  }
  return sorted.map((each) => each.item);
}

function sorted(call: BuiltinCall): Value {
  const { interp, span } = call;
  const source = call.args[0];
  if (!source || call.args.length > 1) return unhandled(call);
  const items = interp.iterate(source, span);
  if (!items) return openSequence('list', interp.elementOf(source, span));
  const reverse = call.keywords.has('reverse') ? interp.truth(call.keywords.get('reverse')!) : false;
  const result = reverse === null ? null : sortItems(items, call.keywords.get('key'), reverse, call);
  // The same items in an order that is not known.
  return list(result ?? items.map(() => joined(interp, items, span)!));
}

export const reductions: BuiltinTable = {
  sum, sorted, min: extremum('min'), max: extremum('max'), any: quantified('any'), all: quantified('all'),
};

