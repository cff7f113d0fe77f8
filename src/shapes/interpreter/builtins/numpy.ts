/**
 * The functions of NumPy that models call on plain numbers. A 1-D array of known numbers is kept as a list named
 * `numpy.ndarray`; whatever else arrays do is written in Python.
 */
import { builtin, float, list } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinFunction, BuiltinTable } from './call';
import { isIntegral, isNumber, knownInt, knownNumber } from './numbers';
import { NO_KEYWORDS } from '../interpreter';

const MAX_ITEMS = 10_000;

export function ndarray(items: Value[]): Value {
  return { kind: 'list', items, element: null, typeName: 'numpy.ndarray', fields: null };
}

/** What is more than plain numbers is for the function in Python, whose name begins with `_`. */
function inPython(call: BuiltinCall): Value {
  const given = [...call.args, ...call.keywords.values()].find((value) => value.kind === 'unknown');
  if (given) return unhandled(call);
  const name = call.name.slice(call.name.lastIndexOf('.') + 1);
  const written = call.interp.getAttribute(call.interp.importModule('numpy', call.span), `_${name}`, call.span);
  return written.kind === 'function' ? call.interp.call(written, call.args, call.keywords, call.span) : unhandled(call);
}

/** The numbers of a flat sequence; null where it is nested or one is not known. */
function numbers(value: Value | undefined, call: BuiltinCall): Value[] | null {
  if (!value || (value.kind !== 'list' && value.kind !== 'tuple')) return null;
  const items = call.interp.iterate(value, call.span);
  return items && items.every(isNumber) ? items : null;
}

/** NumPy's scalar functions give floats; of arrays they are not traced. */
function scalar(name: string): BuiltinFunction {
  return (call) => {
    const [value] = call.args;
    if (call.args.length !== 1 || call.keywords.size > 0 || !value || !isNumber(value)) return inPython(call);
    if (value.kind === 'float' && value.value === null && !value.ratio) return float(null);
    const result = call.interp.call(builtin(name), [value], NO_KEYWORDS, call.span);
    const number = knownNumber(result);
    return result.kind === 'int' && number !== null ? float(number) : result.kind === 'int' ? float(null) : result;
  };
}

/** @param ofNone what it makes of no numbers */
function whole(name: string, ofNone: number | null = null): BuiltinFunction {
  return (call) => {
    const [value] = call.args;
    if (call.args.length !== 1 || call.keywords.size > 0 || !value) return inPython(call);
    const items = numbers(value, call);
    if (items?.length === 0 && ofNone !== null) return float(ofNone);
    return items && items.length > 0 ? call.interp.call(builtin(name), [list(items)], NO_KEYWORDS, call.span) : inPython(call);
  };
}

/** As NumPy computes it: start + i * step, the end as it was given. */
function linspace(call: BuiltinCall): Value {
  const [start, stop, count, ...rest] = bind(call, ['start', 'stop', 'num', 'endpoint', 'dtype'], 2);
  const [first, last] = [knownNumber(start), knownNumber(stop)];
  const n = count === undefined ? 50 : knownInt(count);
  if (first === null || last === null || n === null || n > MAX_ITEMS || rest.some((value) => value !== undefined)) return inPython(call);
  if (n < 0) return call.interp.raise('ValueError', `Number of samples, ${n}, must be non-negative.`);
  const step = (last - first) / (n - 1);
  return ndarray(Array.from({ length: n }, (_, i) => float(i === n - 1 && n > 1 ? last : i * step + first || first)));
}

function cumsum(call: BuiltinCall): Value {
  const items = call.args.length === 1 && call.keywords.size === 0 ? numbers(call.args[0], call) : null;
  if (!items) return inPython(call);
  const totals: Value[] = [];
  for (const item of items) totals.push(totals.length === 0 ? item : call.interp.binary('+', totals.at(-1)!, item, call.span));
  return ndarray(totals);
}

function arange(call: BuiltinCall): Value {
  if (call.keywords.size > 0 || !call.args.every(isIntegral)) return inPython(call);
  const range = call.interp.call(builtin('range'), call.args, NO_KEYWORDS, call.span);
  const items = call.interp.iterate(range, call.span);
  return items ? ndarray(items) : inPython(call);
}

function array(call: BuiltinCall): Value {
  const items = call.args.length === 1 && call.keywords.size === 0 ? numbers(call.args[0], call) : null;
  const isUniform = items && (items.every((item) => item.kind === 'int') || items.every((item) => item.kind === 'float'));
  return isUniform ? ndarray([...items]) : inPython(call);
}

export const numpy: BuiltinTable = {
  'numpy.sqrt': scalar('math.sqrt'),
  'numpy.exp': scalar('math.exp'),
  'numpy.log': scalar('math.log'),
  'numpy.log2': scalar('math.log2'),
  'numpy.log10': scalar('math.log10'),
  'numpy.sin': scalar('math.sin'),
  'numpy.cos': scalar('math.cos'),
  'numpy.tan': scalar('math.tan'),
  'numpy.tanh': scalar('math.tanh'),
  'numpy.ceil': scalar('math.ceil'),
  'numpy.floor': scalar('math.floor'),
  'numpy.abs': (call) => (call.args[0] && isNumber(call.args[0]) ? call.interp.call(builtin('abs'), [call.args[0]], NO_KEYWORDS, call.span) : inPython(call)),
  'numpy.prod': whole('math.prod', 1),
  'numpy.product': whole('math.prod', 1),
  'numpy.sum': whole('sum', 0),
  'numpy.max': whole('max'),
  'numpy.min': whole('min'),
  'numpy.linspace': linspace,
  'numpy.cumsum': cumsum,
  'numpy.arange': arange,
  'numpy.array': array,
  'numpy.power': (call) => (call.args.length === 2 && call.args.every(isNumber) ? call.interp.binary('**', call.args[0]!, call.args[1]!, call.span) : inPython(call)),
};
