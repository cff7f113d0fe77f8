/**
 * Conditions that defaults decide, in code that nothing calls. Both sides are traced, but where only the side that the
 * defaults lead to can be traced to a value, that is what is told, as an assumption.
 */
import type * as ast from '../../python/ast';
import { walk } from '../../python/walk';
import { asksForGiven } from './absence';
import { knownToBe } from '../assign';
import { evaluate } from '../expressions';
import { presenceIn } from '../control/presence';
import type { Presence } from '../control/presence';
import { PythonRaise } from '../interpreter';
import type { Machine } from '../machine';
import { Parameter } from './parameters';
import { evaluate as numberOf } from '../../symint/evaluate';
import { constant } from '../../symint/symint';
import type { Tri } from '../../torch/rule';
import { NONE, int } from '../../values/values';
import type { InstanceValue, Value } from '../../values/values';

/** The side of a condition by which results are preferred. */
export interface Usual {
  readonly holds: boolean;
  readonly test: ast.Expr;
  /** Why that side. */
  readonly because: string;
  /** It is the side for calls that leave out what others give. */
  readonly asksForGiven: boolean;
}

const BY_DEFAULTS = 'as the defaults have it';

/** What the test comes to where everything that has a default is that; null where that decides nothing. */
export function usualSide(m: Machine, test: ast.Expr): Usual | null {
  // What torch's own modules decide by their arguments can be traced on both sides.
  if (!m.guesses || m.frame.scope.module.path?.startsWith('<') || !isPlain(test)) return null;
  const { quiet, usual } = m;
  m.quiet = true;
  try {
    const without = withoutKeeper(m, test);
    if (without !== null) return without;
    m.usual = true;
    const holds: Tri = m.truth(evaluate(m, test));
    m.usual = usual;
    return holds === null ? null : { holds, test, because: BY_DEFAULTS, asksForGiven: asksForGiven(m, test) };
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return null;
  } finally {
    m.quiet = quiet;
    m.usual = usual;
  }
}

/**
 * `if cache is not None`: an object of a library, which may be there, and keeps what earlier calls left in it. Where that
 * cannot be traced, a first call goes on as one without it does.
 */
function withoutKeeper(m: Machine, test: ast.Expr): Usual | null {
  for (const asked of presencesIn(m, test)) {
    const keeper = keeperIn(m, evaluate(m, asked.of));
    const holds = keeper && (test.kind === 'BoolOp' ? withNone(m, asked.of, test) : !asked.isThere);
    if (holds !== null) return { holds, test, because: `as in a first call, without what ${keeper!.cls.name} keeps of others`, asksForGiven: false };
  }
  return null;
}

/** An object of a library, or one of several, where that or None is given. */
function keeperIn(m: Machine, value: Value): InstanceValue | null {
  if (value.kind !== 'union' || !value.options.some(({ kind }) => kind === 'None')) return null;
  const objects = value.options.filter((option) => option.kind === 'instance');
  const isKeeper = ({ cls: { mro, def } }: InstanceValue): boolean => def !== null && !m.module.tree.body.includes(def) && !mro.some(({ qualname }) => qualname === 'Module');
  const isOther = ({ kind }: Value): boolean => kind !== 'None' && kind !== 'unknown' && kind !== 'instance';
  return objects.every(isKeeper) && !value.options.some(isOther) ? objects[0] ?? null : null;
}

/** What the test asks whether it is there, in the order of its parts. */
function presencesIn(m: Machine, test: ast.Expr): Presence[] {
  if (test.kind === 'BoolOp') return test.values.flatMap((part) => presencesIn(m, part));
  const asked = presenceIn(m, test);
  return asked ? [asked] : [];
}

/** What the test comes to where None stands at the place. */
function withNone(m: Machine, place: ast.Expr, test: ast.Expr): Tri {
  if (place.kind !== 'Name' && place.kind !== 'Attribute') return null;
  const mark = m.heap.mark();
  try {
    knownToBe(m, place, NONE);
    return m.truth(evaluate(m, test));
  } finally {
    m.heap.rollback(mark);
    m.heap.release();
  }
}

const plainTests = new WeakMap<ast.Expr, boolean>();

/** Nothing that costs much or changes anything when it is evaluated once more. */
function isPlain(test: ast.Expr): boolean {
  const known = plainTests.get(test);
  if (known !== undefined) return known;
  let plain = true;
  walk(test, (node) => {
    if (node.kind === 'NamedExpr' || node.kind === 'Await' || node.kind === 'Yield' || (node.kind === 'Call' && node.func.kind !== 'Name')) plain = false;
    return plain;
  });
  plainTests.set(test, plain);
  return plain;
}

/** Where tests are seen with the defaults, a value is its own. */
export function asUsual(value: Value): Value {
  if ('likely' in value && value.likely) return value.likely;
  const size = value.kind === 'int' && value.value && value.value.value === null ? value.value : null;
  const hint = size && numberOf(size, (info) => info.hint);
  return hint === null ? value : int(constant(hint));
}

/** What two sides come to together, where the first is the usual one. */
export function preferred(m: Machine, joined: Value, first: Value, other: Value, usual: Usual): Value {
  if (joined === first) return joined;
  if (joined.kind === 'unknown') {
    // What is still to be found out of a parameter is not to be covered.
    if (first.kind === 'unknown' || (other.kind === 'unknown' && other.parameter instanceof Parameter && !other.parameter.isAbsent)) return joined;
    const assumed = assumeUsual(m, usual, 'what the other side gives cannot be traced');
    // That it is None is as little known as the side.
    return first.kind === 'None' ? { kind: 'union', options: [first, { kind: 'unknown', reason: joined.reason, span: joined.span, isUnusual: true }], likely: first } : resting(first, assumed);
  }
  if (joined.kind === 'tuple' && joined.items && first.kind === 'tuple' && other.kind === 'tuple' && first.items?.length === joined.items.length && other.items?.length === joined.items.length) {
    return { ...joined, items: joined.items.map((item, i) => preferred(m, item, first.items![i]!, (other.items as Value[])[i]!, usual)) };
  }
  if (joined.kind !== 'union' && joined.kind !== 'bool' && joined.kind !== 'str') return joined;
  const likely = asUsual(first);
  return likely.kind === 'unknown' || likely.kind === 'union' ? joined : { ...joined, likely };
}

/** That the condition is what the defaults make it; its number among the assumptions. */
export function assumeUsual(m: Machine, { holds, test, because }: Usual, reason: string): number {
  const { tree, recorded } = m.frame.scope.module;
  const text = recorded ? tree.source.slice(test.start, test.end).replace(/\s+/g, ' ') : 'a condition in a library';
  return m.assume(`${text} is taken to be ${holds ? 'True' : 'False'}, ${because}: ${reason}`, m.isShown ? test : null);
}

function resting(value: Value, index: number): Value {
  if (value.kind === 'union') return { ...value, options: value.options.map((option) => resting(option, index)) };
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items) return { ...value, items: value.items.map((item) => resting(item, index)) };
  return value.kind === 'Tensor' && !value.assumes.includes(index) ? { ...value, assumes: [...value.assumes, index] } : value;
}
