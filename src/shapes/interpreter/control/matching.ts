/** `match`: the first case that surely matches; cases that may match are run as alternatives. */
import { assertNever } from '../../python/ast';
import type * as ast from '../../python/ast';
import { fork } from './branches';
import { lookupInClass } from '../calls/classes';
import { evaluate } from '../expressions';
import type { Machine } from '../machine';
import { onSides } from '../uncalled/sides';
import { NORMAL } from '../state/scope';
import type { Flow } from '../state/scope';
import { executeBlock } from '../statements';
import { suppose } from './supposed';
import type { Tri } from '../../torch/rule';
import { bool, list, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { NONE } from '../../values/values';

export function matchStatement(m: Machine, node: ast.Match): Flow {
  return cases(m, evaluate(m, node.subject), node.cases, 0);
}

function cases(m: Machine, subject: Value, all: readonly ast.MatchCase[], at: number): Flow {
  const current = all[at];
  if (!current) return NORMAL;
  const matches = test(m, subject, current.pattern);
  if (matches === false) {
    suppose(m, current, () => executeBlock(m, current.body));
    return cases(m, subject, all, at + 1);
  }
  if (matches === true && !current.guard) for (const other of all.slice(at + 1)) suppose(m, other, () => executeBlock(m, other.body));
  const run = (): Flow => {
    const guard = current.guard ? m.truth(evaluate(m, current.guard)) : true;
    if (guard === false) return cases(m, subject, all, at + 1);
    if (guard === true) return executeBlock(m, current.body);
    return fork(m, [() => executeBlock(m, current.body), () => cases(m, subject, all, at + 1)]);
  };
  if (matches === true) return run();
  return onSides(m, current, (then, orelse) => fork(m, [() => then(run), () => orelse(() => cases(m, subject, all, at + 1))]));
}

/** Whether the pattern matches; binds its names where it may. */
function test(m: Machine, subject: Value, pattern: ast.Pattern): Tri {
  switch (pattern.kind) {
    case 'MatchValue': return m.equal(subject, evaluate(m, pattern.value));
    case 'MatchSingleton': return m.equal(subject, pattern.value === null ? NONE : bool(pattern.value));
    case 'MatchAs': {
      const inner = pattern.pattern ? test(m, subject, pattern.pattern) : true;
      if (pattern.name && inner !== false) bind(m, pattern.name, subject);
      return inner;
    }
    case 'MatchOr': {
      let result: Tri = false;
      for (const option of pattern.patterns) {
        const matches = test(m, subject, option);
        if (matches === true) return true;
        if (matches === null) result = null;
      }
      return result;
    }
    case 'MatchStar': if (pattern.name) bind(m, pattern.name, subject); return true;
    case 'MatchSequence': return sequence(m, subject, pattern);
    case 'MatchMapping': {
      if (subject.kind !== 'dict') return subject.kind === 'unknown' ? bindUnknown(m, pattern.patterns) : false;
      let result: Tri = true;
      pattern.keys.forEach((keyNode, i) => {
        const key = evaluate(m, keyNode);
        const entry = [...subject.entries.values()].find((candidate) => m.equal(candidate.key, key) === true);
        const matches: Tri = entry ? test(m, entry.value, pattern.patterns[i]!) : subject.open ? null : false;
        result = both(result, matches);
      });
      if (pattern.rest) bind(m, pattern.rest, unknown('the rest of a mapping pattern'));
      return result;
    }
    case 'MatchClass': {
      let result: Tri = m.isInstance(subject, evaluate(m, pattern.cls));
      if (result === false) return false;
      pattern.kwdAttrs.forEach((name, i) => {
        result = both(result, test(m, m.getAttribute(subject, name, pattern), pattern.kwdPatterns[i]!));
      });
      positional(m, subject, evaluate(m, pattern.cls), pattern).forEach((part, i) => {
        result = both(result, part ? test(m, part, pattern.patterns[i]!) : bindUnknown(m, [pattern.patterns[i]!]));
      });
      return result;
    }
    default: return assertNever(pattern);
  }
}

/** Builtin types of which a pattern's one argument is the subject itself: https://docs.python.org/3/reference/compound_stmts.html#class-patterns */
const WHOLE: ReadonlySet<string> = new Set(['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

/** What the arguments by position are held against: the attributes that `__match_args__` names, or a dataclass's fields. */
function positional(m: Machine, subject: Value, cls: Value, pattern: ast.MatchClass): (Value | null)[] {
  if (cls.kind !== 'class' || WHOLE.has(cls.builtin ?? '')) return pattern.patterns.map(() => (cls.kind === 'unknown' ? null : subject));
  const given = lookupInClass(cls, '__match_args__');
  const names = given?.kind === 'tuple' ? given.items?.map((name) => (name.kind === 'str' ? name.value : null)) : cls.def?.body.flatMap(annotated);
  return pattern.patterns.map((_, i) => (names?.[i] ? m.getAttribute(subject, names[i]!, pattern) : null));
}

function annotated(statement: ast.Stmt): string[] {
  return statement.kind === 'AnnAssign' && statement.target.kind === 'Name' ? [statement.target.id] : [];
}

function sequence(m: Machine, subject: Value, pattern: ast.MatchSequence): Tri {
  if (subject.kind === 'unknown') return bindUnknown(m, pattern.patterns);
  if (subject.kind !== 'tuple' && subject.kind !== 'list') return false;
  const star = pattern.patterns.findIndex((part) => part.kind === 'MatchStar');
  if (subject.items === null) return bindUnknown(m, pattern.patterns);
  const { items } = subject;
  const fixed = pattern.patterns.length - (star < 0 ? 0 : 1);
  if (star < 0 ? items.length !== fixed : items.length < fixed) return false;
  let result: Tri = true;
  pattern.patterns.forEach((part, i) => {
    const after = pattern.patterns.length - star - 1;
    if (star >= 0 && i === star) result = both(result, test(m, list(items.slice(star, items.length - after)), part));
    else result = both(result, test(m, items[star >= 0 && i > star ? items.length - (pattern.patterns.length - i) : i]!, part));
  });
  return result;
}

function both(a: Tri, b: Tri): Tri {
  return a === false || b === false ? false : a === null || b === null ? null : true;
}

function bindUnknown(m: Machine, patterns: readonly ast.Pattern[]): null {
  for (const pattern of patterns) test(m, unknown('a part of a value that is not known'), pattern);
  return null;
}

function bind(m: Machine, name: string, value: Value): void {
  m.heap.set(m.frame.scope.target(name), name, value);
}

