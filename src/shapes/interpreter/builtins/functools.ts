/** functools and operator: https://docs.python.org/3/library/functools.html, …/operator.html */
import type { CompareOperator, Operator } from '../../python/ast';
import { NO_KEYWORDS } from '../interpreter';
import { builtin, bool, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinFunction, BuiltinTable } from './call';
import { unaryNumber } from './arithmetic';

/** A decorator with or without arguments that leaves what it decorates as it is. */
export function transparent(call: BuiltinCall): Value {
  const [first] = call.args;
  const decorated = first && ['function', 'method', 'class', 'builtin', 'partial'].includes(first.kind) && call.keywords.size === 0;
  return decorated ? first : builtin('functools.identity');
}

function partial(call: BuiltinCall): Value {
  const [func, ...args] = call.args;
  if (!func) return call.interp.raise('TypeError', "type 'partial' takes at least one argument");
  if (func.kind === 'unknown') return func;
  // One of a partial is one of its function.
  if (func.kind === 'partial') return { ...func, args: [...func.args, ...args], keywords: new Map([...func.keywords, ...call.keywords]) };
  return { kind: 'partial', func, args, keywords: new Map(call.keywords) };
}

/** https://docs.python.org/3/library/functools.html#functools.update_wrapper */
function updateWrapper(call: BuiltinCall): Value {
  const [wrapper, wrapped] = bind(call, ['wrapper', 'wrapped', 'assigned', 'updated'], 2);
  if (wrapper!.kind !== 'function') return wrapper!;
  const stored = wrapped!.kind === 'function' ? [...wrapped!.attributes] : [];
  const named = ['__name__', '__qualname__', '__module__', '__doc__'].map((name) => [name, call.interp.getAttribute(wrapped!, name, call.span)] as const);
  for (const [name, value] of [...named, ...stored, ['__wrapped__', wrapped!] as const]) call.interp.heap.set(wrapper!.attributes, name, value);
  return wrapper!;
}

function reduce(call: BuiltinCall): Value {
  const [func, source, initial] = bind(call, ['function', 'sequence', 'initial'], 2);
  const items = call.interp.iterate(source!, call.span);
  if (!items) return unknown('a reduction of an unknown number of items');
  const values = initial ? [initial, ...items] : items;
  if (values.length === 0) return call.interp.raise('TypeError', 'reduce() of empty iterable with no initial value');
  return values.slice(1).reduce((a, b) => call.interp.call(func!, [a, b], NO_KEYWORDS, call.span), values[0]!);
}

const binary = (op: Operator): BuiltinFunction => (call) => (call.args.length === 2 ? call.interp.binary(op, call.args[0]!, call.args[1]!, call.span) : unhandled(call));
const compare = (op: CompareOperator): BuiltinFunction => (call) => (call.args.length === 2 ? call.interp.compare(op, call.args[0]!, call.args[1]!, call.span) : unhandled(call));
const unary = (op: '-' | '+' | '~'): BuiltinFunction => (call) => (call.args.length === 1 ? unaryNumber(op, call.args[0]!, call.interp) ?? unhandled(call) : unhandled(call));

/** A function that gets one or several things out of its argument. */
function getter(name: string): BuiltinFunction {
  return (call) => (call.args.length === 0 ? unhandled(call) : { kind: 'partial', func: builtin(name), args: [tuple([...call.args])], keywords: NO_KEYWORDS });
}

function several(call: BuiltinCall, get: (key: Value) => Value): Value {
  const [keys] = call.args;
  if (keys?.kind !== 'tuple' || !keys.items || call.args.length !== 2) return unhandled(call);
  const values = keys.items.map(get);
  return values.length === 1 ? values[0]! : tuple(values);
}

function attributePath(call: BuiltinCall, from: Value, path: Value): Value {
  if (path.kind !== 'str' || path.value === null) return unhandled(call);
  return path.value.split('.').reduce((value, name) => call.interp.getAttribute(value, name, call.span), from);
}

function methodCaller(call: BuiltinCall): Value {
  const [name, ...args] = call.args;
  if (name?.kind !== 'str' || name.value === null) return unhandled(call);
  return { kind: 'partial', func: builtin('operator.methodcaller.call'), args: [name, tuple(args)], keywords: call.keywords };
}

/** Where a code object keeps the function that it is of, under a name that no code can have. */
export const CODE_OF = 'code of';

/** A function of another one's code: https://docs.python.org/3/library/types.html#types.FunctionType */
function functionOfCode(call: BuiltinCall): Value {
  const [code] = bind(call, ['code', 'globals', 'name', 'argdefs', 'closure', 'kwdefaults'], 1);
  const func = code!.kind === 'instance' ? code!.attributes.get(CODE_OF) : undefined;
  return func?.kind === 'function' ? { ...func, decorator: null, attributes: new Map() } : unhandled(call);
}

export const functools: BuiltinTable = {
  'types.FunctionType': functionOfCode,
  'functools.partial': partial,
  'functools.reduce': reduce,
  'functools.identity': (call) => call.args[0] ?? unhandled(call),
  'functools.wraps': (call) => {
    const [wrapped] = bind(call, ['wrapped', 'assigned', 'updated'], 1);
    return { kind: 'partial', func: builtin('functools.update_wrapper'), args: [], keywords: new Map([['wrapped', wrapped!]]) };
  },
  'functools.update_wrapper': updateWrapper,
  'functools.lru_cache': transparent,
  'functools.cache': transparent,
  'functools.total_ordering': transparent,
  'functools.cmp_to_key': () => unknown('functools.cmp_to_key is not traced'),
  'operator.add': binary('+'),
  'operator.concat': binary('+'),
  'operator.sub': binary('-'),
  'operator.mul': binary('*'),
  'operator.truediv': binary('/'),
  'operator.floordiv': binary('//'),
  'operator.mod': binary('%'),
  'operator.pow': binary('**'),
  'operator.matmul': binary('@'),
  'operator.and_': binary('&'),
  'operator.or_': binary('|'),
  'operator.xor': binary('^'),
  'operator.lshift': binary('<<'),
  'operator.rshift': binary('>>'),
  'operator.eq': compare('=='),
  'operator.ne': compare('!='),
  'operator.lt': compare('<'),
  'operator.le': compare('<='),
  'operator.gt': compare('>'),
  'operator.ge': compare('>='),
  'operator.is_': compare('is'),
  'operator.is_not': compare('is not'),
  'operator.contains': (call) => (call.args.length === 2 ? call.interp.compare('in', call.args[1]!, call.args[0]!, call.span) : unhandled(call)),
  'operator.neg': unary('-'),
  'operator.pos': unary('+'),
  'operator.invert': unary('~'),
  'operator.not_': (call) => {
    const truth = call.args[0] ? call.interp.truth(call.args[0]) : null;
    return bool(truth === null ? null : !truth);
  },
  'operator.truth': (call) => bool(call.args[0] ? call.interp.truth(call.args[0]) : null),
  'operator.index': (call) => call.args[0] ?? unhandled(call),
  'operator.getitem': (call) => (call.args.length === 2 ? call.interp.getItem(call.args[0]!, call.args[1]!, call.span) : unhandled(call)),
  'operator.setitem': (call) => {
    const [container, index, value] = bind(call, ['a', 'b', 'c'], 3);
    call.interp.setItem(container!, index!, value!, call.span);
    return { kind: 'None' };
  },
  'operator.itemgetter': getter('operator.itemgetter.call'),
  'operator.itemgetter.call': (call) => several(call, (key) => call.interp.getItem(call.args[1]!, key, call.span)),
  'operator.attrgetter': getter('operator.attrgetter.call'),
  'operator.attrgetter.call': (call) => several(call, (path) => attributePath(call, call.args[1]!, path)),
  'operator.methodcaller': methodCaller,
  'operator.methodcaller.call': (call) => {
    const [name, args, receiver] = call.args;
    if (name?.kind !== 'str' || name.value === null || args?.kind !== 'tuple' || !args.items || !receiver) return unhandled(call);
    return call.interp.call(call.interp.getAttribute(receiver, name.value, call.span), args.items, call.keywords, call.span);
  },
};
