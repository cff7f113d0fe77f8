/** Whatever a builtin or method is called with, it gives a value or raises a Python exception. */
import assert from 'node:assert/strict';
import { binaryNumbers, compareValues, unaryNumber } from '../../../../src/shapes/interpreter/builtins/arithmetic';
import { formatValue } from '../../../../src/shapes/interpreter/builtins/format';
import { builtinNames, callBuiltin } from '../../../../src/shapes/interpreter/builtins/index';
import { freshInstance } from '../../../../src/shapes/interpreter/builtins/instances';
import { callMethod, methodNames } from '../../../../src/shapes/interpreter/builtins/methods';
import { builtinClass } from '../../../../src/shapes/interpreter/builtins/types';
import { NO_KEYWORDS, PythonRaise } from '../../../../src/shapes/interpreter/interpreter';
import type { Interpreter, Keywords } from '../../../../src/shapes/interpreter/interpreter';
import { ELLIPSIS, FALSE, NONE, TRUE, bool, builtin, float, int, list, size, str, tuple, unknown } from '../../../../src/shapes/values/values';
import type { Value } from '../../../../src/shapes/values/values';
import { constant, symbol } from '../../../../src/shapes/symint/symint';
import { SPAN, fakeInterpreter } from './fake';

const OPERATORS = ['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '|', '^', '&'] as const;
const COMPARES = ['==', '!=', '<', '<=', '>', '>='] as const;

/** One of each kind of value, known and not. */
function values(interp: Interpreter): Value[] {
  const n = (value: number): Value => int(constant(value));
  const H = symbol(interp.symbols.fresh('H', { origin: 'the test' }));
  const dict: Value = { kind: 'dict', entries: new Map([['s:a', { key: str('a'), value: n(1) }]]), open: false, element: null, typeName: null };
  return [
    n(0), n(3), n(-2), n(2 ** 53 - 1), int(H), int(null), float(0), float(2.5), float(NaN), float(-Infinity), float(null), TRUE, FALSE, bool(null), str(''), str('a b'), str('{} %s'), str(null),
    NONE, ELLIPSIS, { kind: 'complex', parts: null }, { kind: 'complex', parts: [1, -2] }, { kind: 'dtype', value: 'float32' }, { kind: 'device', value: 'cpu' }, { kind: 'slice', start: NONE, stop: n(2), step: NONE },
    list([]), list([n(1), str('a')]), { ...list([]), items: null, element: n(1) }, { ...list([]), items: null }, tuple([n(1), n(2)]), tuple([n(1)], 'P', ['x']), size([constant(2), H]),
    dict, { ...dict, open: true, entries: new Map(dict.entries) }, { ...dict, entries: new Map(), typeName: 'collections.Counter' }, { kind: 'set', items: new Map([['n:1', n(1)]]) }, { kind: 'set', items: null },
    { kind: 'iterator', typeName: 'range', items: null, length: H, element: int(null) }, { kind: 'iterator', typeName: 'zip', items: [tuple([str('k'), n(1)])], length: null, element: null },
    { ...list([n(1)]), typeName: 'collections.deque' }, { ...list([float(1)]), typeName: 'numpy.ndarray' }, builtin('len'), builtinClass('int')!, builtinClass('dict')!,
    freshInstance(builtinClass('object')!), { kind: 'module', name: 'math', attributes: null }, { kind: 'partial', func: builtin('max'), args: [n(1)], keywords: NO_KEYWORDS },
    { kind: 'union', options: [n(1), NONE] }, unknown('the test'), { kind: 'method', receiver: list([]), func: builtin('append') },
  ];
}

function attempt(what: string, run: () => Value | boolean | string | null): void {
  try {
    const result = run();
    if (typeof result === 'object' && result !== null) {
      assert.equal(typeof result.kind, 'string', what);
      if (result.kind === 'unknown') assert.notEqual(result.reason, '', what);
    }
  } catch (error) {
    if (error instanceof PythonRaise) assert.match(error.type, /^[A-Z]\w+$/, what);
    else throw new Error(`${what}: ${String(error)}`, { cause: error });
  }
}

/** A generator of numbers that is the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('builtins never throw', () => {
  const count = values(fakeInterpreter()).length;
  const keywordNames = ['key', 'default', 'repeat', 'strict', 'start', 'reverse', 'x'];

  for (const name of [...builtinNames(), 'ValueError', 'str.join', 'list.append', 'object.__init__']) {
    it(name, () => {
      const pick = random(name.length * 7919 + name.charCodeAt(0));
      for (let round = 0; round < 4 * count; round++) {
        const interp = fakeInterpreter();
        const pool = values(interp);
        const args = round < count ? [pool[round]!] : Array.from({ length: pick(4) }, () => pool[pick(count)]!);
        const keywords: Keywords = pick(4) === 0 ? new Map([[keywordNames[pick(keywordNames.length)]!, pool[pick(count)]!]]) : NO_KEYWORDS;
        attempt(`${name}(${args.map((arg) => arg.kind).join(', ')})`, () => callBuiltin(name, args, keywords, SPAN, interp));
      }
    });
  }

  for (const name of methodNames()) {
    it(`.${name}()`, () => {
      const pick = random(name.length * 104729 + name.charCodeAt(0));
      for (let round = 0; round < 6 * count; round++) {
        const interp = fakeInterpreter();
        const pool = values(interp);
        const receiver = pool[round % count]!;
        const args = Array.from({ length: pick(3) }, () => pool[pick(count)]!);
        attempt(`${receiver.kind}.${name}(${args.map((arg) => arg.kind).join(', ')})`, () => callMethod(receiver, name, args, NO_KEYWORDS, SPAN, interp));
      }
    });
  }

  it('operators', () => {
    const interp = fakeInterpreter();
    const pool = values(interp);
    for (const a of pool) {
      for (const op of ['+', '-', '~'] as const) attempt(`${op}${a.kind}`, () => unaryNumber(op, a, interp));
      for (const b of pool) {
        for (const op of OPERATORS) attempt(`${a.kind} ${op} ${b.kind}`, () => binaryNumbers(op, a, b, interp));
        for (const op of COMPARES) attempt(`${a.kind} ${op} ${b.kind}`, () => compareValues(op, a, b, interp));
      }
    }
  });

  it('formatting', () => {
    const pool = values(fakeInterpreter());
    for (const value of pool) for (const spec of ['', 'd', '.2f', '>10', '#x', '08,.3e', '%', 'zz', '{', '99999999d', 'c']) for (const conversion of [null, 'r', 's', 'a']) attempt(`${value.kind}:${spec}`, () => formatValue(value, spec, conversion));
  });
});
