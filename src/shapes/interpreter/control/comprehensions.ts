/** List, set and dict comprehensions and generator expressions: each in a scope of its own inside the function's. */
import type * as ast from '../../python/ast';
import { constant, mul } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { assignTo } from '../assign';
import { itemsInOrder } from '../builtins/sequences';
import { fork } from './branches';
import { evaluate } from '../expressions';
import type { Machine } from '../machine';
import { narrow } from './narrowing';
import { NORMAL, Scope } from '../state/scope';
import { suppose } from './supposed';
import type { Value } from '../../values/values';
import { MAX_LENGTH, list } from '../../values/values';

type Node = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp;

/** The functions that take no more of a generator than they need: whether this item ends it. */
const ENDS: Readonly<Record<string, (m: Machine, value: Value) => boolean>> = {
  next: () => true,
  any: (m, value) => m.truth(value) === true,
  all: (m, value) => m.truth(value) === false,
};

/** What ends the generator that a call of this function is given; null where it takes all of it. */
export function endOfGenerator(func: Value): ((m: Machine, value: Value) => boolean) | null {
  return func.kind === 'builtin' && Object.hasOwn(ENDS, func.name) ? ENDS[func.name]! : null;
}

/** @param ends the item behind which a generator is not asked for more */
export function comprehension(m: Machine, node: Node, ends: ((m: Machine, value: Value) => boolean) | null = null): Value {
  const outer = m.frame;
  const scope = new Scope('function', outer.scope, outer.scope.qualname, outer.scope.module, true);
  const frame = outer.inside(scope);
  const out = collected(ends);
  // The first iterable is evaluated outside, as Python does.
  const first = evaluate(m, node.generators[0]!.iter);
  m.frame = frame;
  try {
    generate(m, node, 0, first, out);
  } finally {
    m.frame = outer;
  }
  return build(m, node, out);
}

interface Collected {
  values: Value[];
  pairs: [Value, Value][];
  /** Of all its loops together. */
  rounds: number;
  /** Whether each value stands for exactly one item. */
  complete: boolean;
  /** How many of the values surely are the first items, one each; null: all of them so far. */
  sure: number | null;
  readonly ends: ((m: Machine, value: Value) => boolean) | null;
  ended: boolean;
  /** How many items there are, where all its loops are of a length that is not a number; null: that is not known. */
  length: SymInt | null;
}

const collected = (ends: Collected['ends']): Collected => ({ values: [], pairs: [], rounds: 0, complete: true, sure: null, ends, ended: false, length: constant(1) });

function generate(m: Machine, node: Node, at: number, iterable: Value, out: Collected): void {
  const generator = node.generators[at]!;
  const items = itemsInOrder(m, iterable, generator.iter);
  if (items?.length === 0) {
    suppose(m, node, () => {
      generate(m, node, at, list([m.elementOf(iterable, generator.iter)]), collected(null));
      return NORMAL;
    });
  }
  out.rounds += items?.length ?? 0;
  const isShort = items !== null && (items.length === 1 || out.rounds <= MAX_LENGTH);
  const rounds = isShort ? items : candidatesOf(iterable) ?? [m.elementOf(iterable, generator.iter)];
  if (!isShort) leaveOpen(out);
  const length = items === null ? m.lengthOf(iterable) : null;
  out.length = out.length && length && mul(out.length, length);
  const last = m.visits + m.share;
  for (const item of rounds) {
    if (out.ended) return;
    const isLast = m.visits > last;
    if (isLast) leaveOpen(out);
    assignTo(m, generator.target, isLast ? m.elementOf(iterable, generator.iter) : item);
    filter(m, node, at, 0, out);
    if (isLast) return;
  }
}

/** From here on it is not known which values are items. */
function leaveOpen(out: Collected): void {
  out.complete = false;
  out.sure ??= out.values.length;
}

const candidatesOf = (iterable: Value): readonly Value[] | null => (iterable.kind === 'iterator' ? iterable.candidates ?? null : null);

function filter(m: Machine, node: Node, at: number, condition: number, out: Collected): void {
  const generator = node.generators[at]!;
  const test = generator.ifs[condition];
  if (test) {
    const truth = m.truth(evaluate(m, test), test);
    // An item is left out: which ones, only some of them show.
    if (truth === false) {
      out.length = null;
      return;
    }
    if (truth === null) {
      leaveOpen(out);
      out.length = null;
      fork(m, [() => { narrow(m, test, true); filter(m, node, at, condition + 1, out); return NORMAL; }, () => NORMAL]);
      return;
    }
    filter(m, node, at, condition + 1, out);
    return;
  }
  const next = node.generators[at + 1];
  if (next) return generate(m, node, at + 1, evaluate(m, next.iter), out);
  if (node.kind === 'DictComp') out.pairs.push([evaluate(m, node.key), evaluate(m, node.value)]);
  else {
    const value = evaluate(m, node.elt);
    out.values.push(value);
    out.ended ||= out.complete && out.ends?.(m, value) === true;
  }
}

function build(m: Machine, node: Node, out: Collected): Value {
  if (node.kind === 'DictComp') {
    const result: Value = { kind: 'dict', entries: new Map(), open: !out.complete, element: out.complete || out.pairs.length === 0 ? null : m.joiner.joinAll(out.pairs.map(([, value]) => value)), typeName: null };
    if (out.complete) for (const [key, value] of out.pairs) m.setItem(result, key, value, node);
    return result;
  }
  const element = out.complete || out.values.length === 0 ? null : m.joiner.joinAll(out.values);
  if (node.kind === 'SetComp') return m.call({ kind: 'builtin', name: 'set' }, [out.complete ? list(out.values) : { kind: 'list', items: null, element, typeName: null, fields: null }], new Map(), node);
  if (node.kind === 'GeneratorExp') {
    const first = out.sure ? { first: out.values.slice(0, out.sure) } : {};
    return { kind: 'iterator', typeName: 'generator', items: out.complete ? out.values : null, length: out.complete ? constant(out.values.length) : out.length, element, ...first };
  }
  return { kind: 'list', items: out.complete ? out.values : null, element, typeName: null, fields: null, ...(!out.complete && out.length ? { count: out.length } : {}) };
}

