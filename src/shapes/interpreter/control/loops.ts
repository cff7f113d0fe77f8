/** `for` and `while`: unrolled where the rounds are known, else run until nothing changes any more. */
import type * as ast from '../../python/ast';
import { walk } from '../../python/walk';
import { symbol } from '../../symint/symint';
import { assignTo } from '../assign';
import { Bindings } from '../state/bindings';
import { itemsOfRounds } from '../builtins/sequences';
import { fork, withTarget } from './branches';
import { evaluate } from '../expressions';
import type { Machine } from '../machine';
import { narrow } from './narrowing';
import { namesIn, Repeats } from './repeats';
import { FlowTarget, NORMAL } from '../state/scope';
import type { Flow } from '../state/scope';
import { executeBlock } from '../statements';
import { suppose } from './supposed';
import type { Value } from '../../values/values';
import { ANY_MODULE, int, unknown } from '../../values/values';

/** Rounds unrolled before a loop is treated as one of unknown length. Deep models have a few hundred layers at most. */
const MAX_ROUNDS = 4096;
/** Rounds unrolled of a loop that may have ended before, on conditions that are not known: each costs as much as all before. */
const MAX_UNDECIDED_ROUNDS = 64;
/** Visits in all known rounds of a `while`: layers are gone through by `for`, and what a `while` makes (tokens, samples) is alike soon. */
const MAX_WHILE_VISITS = 100_000;
/** Rounds unrolled of a loop that nothing in it ends (`while True:` around a `yield`): after a few there is nothing new. */
const MAX_ENDLESS_ROUNDS = 16;
/** Rounds until the state of a loop of unknown length must have settled; what still changes then is widened. */
const SETTLING_ROUNDS = 3;

export function forLoop(m: Machine, node: ast.For): Flow {
  const iterable = evaluate(m, node.iter);
  const items = itemsOfRounds(m, iterable, node.iter);
  if (items && items.length <= MAX_ROUNDS) {
    return inLoop(m, node.orelse, () => {
      const isDecided = decided(m);
      if (items.length === 0) suppose(m, node.body, () => roundWith(m, node, isRange(node.iter) ? int(null) : m.elementOf(iterable, node.iter)));
      const trace = (item: Value): Flow => roundWith(m, node, item);
      const repeats = Repeats.of(m, node, items, trace);
      for (let at = 0; at < items.length; at++) {
        if (!isDecided()) return anyRounds(m, node, iterable);
        const flow = repeats ? repeats.round(items[at]!) : trace(items[at]!);
        if (flow.type === 'break' || flow.type === 'return') return flow;
        if (repeats) at = repeats.skip(at);
      }
      return NORMAL;
    });
  }
  return inLoop(m, node.orelse, () => anyRounds(m, node, iterable));
}

function anyRounds(m: Machine, node: ast.For, iterable: Value): Flow {
  const element = counted(m, node.target, m.elementOf(iterable, node.iter), isFromZero(node.iter));
  return settle(m, () => roundWith(m, node, element), node.body, namesIn(node.target));
}

function roundWith(m: Machine, node: ast.For, element: Value): Flow {
  assignTo(m, node.target, element);
  return round(m, node.body);
}

/** Says of the loop that begins whether a further round is still to be traced by itself: a hundred epochs are not. */
function decided(m: Machine, visits = m.share): () => boolean {
  const exits = (): number => m.frame.targets.reduce((sum, target) => sum + target.exits.length, 0);
  const before = exits();
  const last = m.visits + visits;
  return () => m.visits <= last && exits() - before < MAX_UNDECIDED_ROUNDS;
}

/** `for i in range(depth)`: which round it is has the name of its variable where nothing calls the code. */
function counted(m: Machine, target: ast.Expr, element: Value, fromZero: boolean): Value {
  if (!m.guesses) return element;
  if (target.kind === 'Tuple' && element.kind === 'tuple' && element.items?.length === target.elts.length) {
    return { ...element, items: element.items.map((item, i) => counted(m, target.elts[i]!, item, fromZero && i === 0)) };
  }
  if (target.kind !== 'Name' || element.kind !== 'int' || element.value !== null) return element;
  return int(symbol(m.symbols.fresh(target.id, { origin: `${target.id}, in a loop of unknown length`, range: m.placeOf(target), min: fromZero ? 0 : null })));
}

const isRange = (node: ast.Expr): boolean => node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'range';

/** `range(n)`, `enumerate(items)` */
function isFromZero(node: ast.Expr): boolean {
  return node.kind === 'Call' && node.func.kind === 'Name' && (node.func.id === 'range' || node.func.id === 'enumerate') && node.args.length === 1;
}

export function whileLoop(m: Machine, node: ast.While): Flow {
  return inLoop(m, node.orelse, () => {
    const isDecided = decided(m, Math.min(m.share, MAX_WHILE_VISITS));
    const most = isEndless(node) ? MAX_ENDLESS_ROUNDS : MAX_ROUNDS;
    for (let rounds = 0; rounds < most && isDecided(); rounds++) {
      const truth = m.truth(evaluate(m, node.test), node.test);
      if (truth === false) {
        if (rounds === 0) suppose(m, node.body, () => round(m, node.body));
        return NORMAL;
      }
      if (truth === null) break;
      const flow = round(m, node.body);
      if (flow.type === 'break' || flow.type === 'return') return flow;
    }
    const flow = settle(m, () => {
      narrow(m, node.test, true);
      const end = round(m, node.body);
      if (end.type === 'normal') evaluate(m, node.test);
      return end;
    }, node.body);
    narrow(m, node.test, false);
    return flow;
  });
}

/** `while True:` that no `break` or `return` leaves. */
function isEndless({ test, body }: ast.While): boolean {
  if (test.kind !== 'Constant') return false;
  let ends = false;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind === 'Break' || node.kind === 'Return') ends = true;
      return node.kind !== 'FunctionDef' && node.kind !== 'ClassDef';
    });
  }
  return !ends;
}

/** The whole loop: where `break` leads to, and the `else` suite of a loop that ends by itself. */
function inLoop(m: Machine, orelse: readonly ast.Stmt[], run: () => Flow): Flow {
  const { flow } = withTarget(m, new FlowTarget('break'), run);
  if (flow === null || flow.type === 'break') return NORMAL;
  if (flow.type === 'normal' && orelse.length > 0) return executeBlock(m, orelse);
  return flow.type === 'continue' ? NORMAL : flow;
}

function round(m: Machine, body: readonly ast.Stmt[]): Flow {
  const { flow } = withTarget(m, new FlowTarget('continue'), () => executeBlock(m, body));
  return flow === null || flow.type === 'continue' ? NORMAL : flow;
}

/** Any number of rounds, none included: joins the states after each until nothing new comes. @param given names that a round starts with, as each does */
function settle(m: Machine, body: () => Flow, suite: readonly ast.Stmt[], given: readonly string[] = []): Flow {
  const reported = m.findings.length;
  // Where code is called, what its rounds fill (configurations) is known only where all are joined below: there, all names count.
  const isOwn = m.inferring ? (target: object, key: string): boolean => given.includes(key) && target === m.frame.scope.target(key) : () => false;
  // One within another is the same in each round of that one.
  const loop = m.round ? `${m.round.loop} ${m.round.made++}` : String(m.loops++);
  const { doubts: around } = m;
  // What only an early round finds may be due to what it took for known: a first item that is no first one.
  const once = (): Flow => {
    m.findings.length = reported;
    const { round: outer, doubts } = m;
    m.round = { loop, made: 0 };
    // A loop that is written has a round.
    m.doubts = around;
    try {
      return body();
    } finally {
      m.round = outer;
      m.doubts = doubts;
    }
  };

  for (let rounds = 0; rounds < SETTLING_ROUNDS; rounds++) {
    let changed = false;
    let raised = true;
    const flow = fork(m, [
      () => {
        const mark = m.heap.mark();
        const [made, { born }] = [Bindings.made, m.heap];
        try {
          const end = once();
          raised = false;
          changed = m.heap.changedSince(mark, m.inferring ? made : Infinity, born, (target, key, before, now) => !isOwn(target, key) && !(rounds > 0 && isRewritten(key, before)) && !settled(m, before, now));
          return end.type === 'break' || end.type === 'continue' ? NORMAL : end;
        } finally {
          m.heap.release();
        }
      },
      () => {
        m.either.isSettling = true;
        return NORMAL;
      },
    ]);
    m.either.isSettling = false;
    if (raised && m.guesses) forgetTargets(m, suite);
    if (flow.type !== 'normal') return flow;
    if (!changed) return NORMAL;
  }
  const mark = m.heap.mark();
  try {
    once();
    m.heap.rewriteSince(mark, (target, key, before, now, isNew) => (isValue(before) && isValue(now) ? m.joiner.widen(before, now) : m.joiner.contents(target, key, before, now, isNew)));
  } finally {
    m.heap.release();
  }
  return NORMAL;
}

/** A suite that raises as it is traced leaves what it sets and fills to what nobody knows: that the loop has no rounds would be a guess. */
function forgetTargets(m: Machine, suite: readonly ast.Stmt[]): void {
  const lost = unknown('what a loop gives that could not be traced is not known');
  const forget = (target: ast.Expr): void => {
    if (target.kind === 'Tuple' || target.kind === 'List') target.elts.forEach(forget);
    if (target.kind !== 'Name') return;
    const bindings = m.frame.scope.target(target.id);
    if (bindings.has(target.id)) m.heap.set(bindings, target.id, lost);
  };
  for (const statement of suite) {
    walk(statement, (node) => {
      if (node.kind === 'Assign') node.targets.forEach(forget);
      if (node.kind === 'AugAssign') forget(node.target);
      if (node.kind === 'Call' && node.func.kind === 'Attribute' && FILLING.has(node.func.attr)) spoil(m, heldBy(m, node.func.value), lost);
      return node.kind !== 'FunctionDef' && node.kind !== 'ClassDef';
    });
  }
}

/** Methods that put items into what they are called on. */
const FILLING: ReadonlySet<string> = new Set(['append', 'extend', 'insert', 'add_module', 'register_module']);

/** What a name, or an attribute of one, holds. */
function heldBy(m: Machine, node: ast.Expr): Value | undefined {
  if (node.kind === 'Name') return m.frame.scope.lookup(node.id);
  const object = node.kind === 'Attribute' ? heldBy(m, node.value) : undefined;
  return object?.kind === 'instance' ? object.attributes.get((node as ast.Attribute).attr) : undefined;
}

function spoil(m: Machine, value: Value | undefined, content: Value): void {
  if (value?.kind === 'list') {
    m.heap.setItems(value, null);
    m.heap.assign(value, 'element', content);
  } else if (value?.kind === 'instance' && value.cls.mro.some(({ qualname }) => qualname === 'Module')) m.heap.set(value.attributes, ANY_MODULE, content);
}

/** Elements of a storage that are not known before the round are not known after it either, whatever it writes there. */
const isRewritten = (key: string, before: unknown): boolean => key === 'version' || (key === 'node' && before === null);

function settled(m: Machine, before: unknown, now: unknown): boolean {
  if (before === now) return true;
  if (Array.isArray(before) && Array.isArray(now)) return before.length === now.length && before.every((item, i) => settled(m, item, now[i]));
  if (!isValue(before) || !isValue(now)) return false;
  const joined = m.joiner.join(before, now);
  return joined === before || JSON.stringify(shapeOf(joined)) === JSON.stringify(shapeOf(before));
}

/** What of a value another round may change, in a form that compares. */
function shapeOf(value: Value): unknown {
  switch (value.kind) {
    case 'Tensor': return [value.shape.dims.map((dim) => dim.key), value.dtype];
    case 'int': return value.value?.key ?? 'int';
    case 'float': case 'bool': case 'str': case 'dtype': return [value.kind, value.value];
    case 'complex': return [value.kind, value.parts];
    case 'tuple': case 'list': return [value.kind, value.items?.map(shapeOf) ?? null, value.element && shapeOf(value.element)];
    case 'union': return value.options.map((option) => JSON.stringify(shapeOf(option))).sort();
    case 'instance': return [value.kind, value.id];
    default: return value.kind;
  }
}

function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
