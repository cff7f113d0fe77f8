/**
 * What is taken not to be given, because nothing says what it may be, decides conditions. What the side that is left out
 * would have set instead of None is as little known to be None.
 */
import type * as ast from '../../python/ast';
import { walk } from '../../python/walk';
import { knownToBe } from '../assign';
import { isDecided } from '../../diagnostics/proof';
import { restOf } from './demands';
import { evaluate } from '../expressions';
import type { Machine } from '../machine';
import { Parameter } from './parameters';
import { refuse } from './refused';
import { silently } from '../state/silently';
import type { Tri } from '../../torch/rule';
import { NONE } from '../../values/values';
import type { UnionValue, UnknownValue, Value } from '../../values/values';

/** A condition is decided by one of these values: the frame goes on with what is taken not to be given. */
export function noteAbsence(m: Machine, values: readonly Value[]): void {
  for (const value of values) m.frame.absent ??= absentIn(value);
}

/** What the condition comes to, and by what of that it is decided. */
export function decidedByAbsence<T>(m: Machine, decide: () => T): readonly [T, Value | null] {
  const { frame } = m;
  const before = frame.absent;
  frame.absent = null;
  try {
    return [decide(), frame.absent];
  } finally {
    frame.absent = before ?? frame.absent;
  }
}

/** `None` out of a condition that what is taken not to be given has decided is as little known to be None. */
export function orElse(value: Value, absent: Value | null): Value {
  return absent && value.kind === 'None' ? { kind: 'union', options: [value, absent] } : value;
}

export const isAbsent = (value: Value): boolean => absentIn(value) !== null;

function absentIn(value: Value): Value | null {
  return value.kind === 'union' ? value.options.find((option) => option.kind === 'unknown' && option.parameter instanceof Parameter && option.parameter.isAbsent) ?? null : null;
}

/**
 * The code raises if the test comes to `raises`. Where that is because something is taken not to be given, or is left at its
 * default, it is given after all: one after the other, in the order of the test, until it does not. Whether it comes to that still.
 */
export function isRaised(m: Machine, test: ast.Expr, raises: boolean): boolean {
  return m.doubts > 0 || m.frame.guarded > 0 || silently(m, () => isNotMended(m, test, raises, () => m.truth(evaluate(m, test))));
}

/** Defaults lead to a raise: what is taken not to be given is given, where that is why, and nothing else that is given may be in its place. */
export function giveByDefaults(m: Machine, test: ast.Expr): void {
  if (m.doubts > 0 || m.frame.guarded > 0 || asksForGiven(m, test)) return;
  const byDefaults = (): Tri => {
    m.usual = true;
    try {
      return m.truth(evaluate(m, test));
    } finally {
      m.usual = false;
    }
  };
  silently(m, () => isNotMended(m, test, true, byDefaults));
}

/** Whether the test speaks of something of which None is the default, but uses say what it is where it is given: calls that leave it out are not the usual ones. */
export function asksForGiven(m: Machine, test: ast.Expr): boolean {
  const mayBeGiven = (value: Value): boolean => value.kind === 'union' && value.options.some(({ kind }) => kind === 'None') && absentIn(value) === null;
  return silently(m, () => placesIn(test).some((place) => mayBeGiven(evaluate(m, place))));
}

function isNotMended(m: Machine, test: ast.Expr, raises: boolean, outcome: () => Tri): boolean {
  for (const place of placesIn(test)) {
    const value = evaluate(m, place);
    const given = instead(m, value) ?? refuse(value);
    if (!given) continue;
    knownToBe(m, place, given);
    if (outcome() !== raises) return false;
  }
  return true;
}

/**
 * The code raises where this is None: what is taken not to be given is given after all. null: it may be None there, since
 * another side of a condition is gone as well, or a handler waits for what is raised.
 */
export function givenAfterAll(m: Machine, value: Value): Value | null {
  return m.doubts > 0 || m.quiet || m.isGuarded() ? null : instead(m, value);
}

/** Every call comes to where None, or what a comparison with it gives, would raise (`mask.shape`): what None is only the default of is given. */
export function demandGiven(m: Machine, value: UnionValue | UnknownValue): void {
  const parameter = m.inferring && !m.quiet && m.passedOver === 0 ? neededIn(m, value) : null;
  if (parameter instanceof Parameter && parameter.fallback?.kind === 'None' && !m.isGuarded() && isDecided(m)) parameter.give();
}

/** The parameter that None is the default of, and that the value is but for that. */
function neededIn(m: Machine, value: UnionValue | UnknownValue): unknown {
  if (value.kind === 'unknown') return value.computedOf;
  const [none, given] = value.options as [Value, Value];
  if (value.options.length !== 2 || none.kind !== 'None') return null;
  return given.kind === 'unknown' ? given.parameter : restOf(m, given)?.shape.parameter;
}

/** What is given after all of what is taken not to be; null: nothing is. */
function instead(m: Machine, value: Value): Value | null {
  const absent = absentIn(value);
  if (absent?.kind !== 'unknown') return null;
  const parameter = absent.parameter as Parameter;
  parameter.give();
  return parameter.value(m.tensors);
}

/** What the test reads, and can be read once more without any effect. */
function placesIn(test: ast.Expr): (ast.Name | ast.Attribute)[] {
  const places: (ast.Name | ast.Attribute)[] = [];
  walk(test, (node) => {
    const isPlace = node.kind === 'Name' || (node.kind === 'Attribute' && node.value.kind === 'Name');
    if (isPlace) places.push(node);
    return !isPlace;
  });
  return places;
}

/** The suite of a condition is left out: names and attributes that it sets may be set where they are None. */
export function leaveOut(m: Machine, suite: readonly ast.Stmt[]): void {
  const { absent, scope } = m.frame;
  if (!absent) return;
  const set = (bindings: Map<string, Value>, name: string): void => {
    if (bindings.get(name)?.kind === 'None') m.heap.set(bindings, name, { kind: 'union', options: [NONE, absent] });
  };
  for (const statement of suite) {
    walk(statement, (node) => {
      if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') return false;
      for (const target of node.kind === 'Assign' ? node.targets : []) {
        if (target.kind === 'Name') set(scope.target(target.id), target.id);
        else if (target.kind === 'Attribute' && target.value.kind === 'Name') {
          const object = scope.lookup(target.value.id);
          if (object?.kind === 'instance') set(object.attributes, target.attr);
        }
      }
      return true;
    });
  }
}
