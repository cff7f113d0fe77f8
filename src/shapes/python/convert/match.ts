/** `match` statements and their patterns. */
import type { Expr, Match, MatchCase, Pattern, Span } from '../ast';
import { NONE } from '../syntaxTree';
import type { Conversion } from './conversion';
import { expression, tuple } from './expressions';
import { pattern, patternsOf } from './patterns';
import { suite } from './suites';

export function match(c: Conversion, node: number): Match {
  const block = c.field(node, 'body');
  const subjects: number[] = [];
  for (let child = c.next(c.first(node)); child !== NONE && c.kind(child) !== "':'"; child = c.next(child)) subjects.push(child);
  const clauses = c.named(block);
  if (clauses.length === 0) c.fault(c.span(c.first(node)), "'match' has no 'case' in its suite");
  const subject = subjectOf(c, subjects);
  const ends: number[] = [];
  const cases = clauses.map((clause): MatchCase => {
    const guard = c.field(clause, 'guard');
    const matched = casePattern(c, clause);
    const test = guard === NONE ? null : expression(c, c.last(guard));
    const body = suite(c, clause);
    ends.push(body.end);
    return Object.freeze({ pattern: matched, guard: test, body: body.statements });
  });
  return Object.freeze({ kind: 'Match', start: c.start(node), end: ends[ends.length - 1] ?? c.end(node), subject, cases: Object.freeze(cases) });
}

function subjectOf(c: Conversion, nodes: readonly number[]): Expr {
  const elts = nodes.filter((child) => c.isNamed(child)).map((child) => expression(c, child));
  return nodes.length === 1 ? elts[0]! : tuple(extent(c, nodes), elts);
}

function extent(c: Conversion, nodes: readonly number[]): Span {
  return { start: c.start(nodes[0]!), end: c.end(nodes[nodes.length - 1]!) };
}

/** `case a, b:` matches a sequence; its brackets are left out. */
function casePattern(c: Conversion, clause: number): Pattern {
  const nodes: number[] = [];
  for (let child = c.next(c.first(clause)); child !== NONE; child = c.next(child)) {
    if (c.kind(child) !== 'case_pattern' && c.kind(child) !== "','") break;
    nodes.push(child);
  }
  if (nodes.length === 1 && c.kind(c.first(nodes[0]!)) !== 'splat_pattern') return pattern(c, nodes[0]!);
  return Object.freeze({ kind: 'MatchSequence', ...extent(c, nodes), patterns: patternsOf(c, nodes.filter((child) => c.isNamed(child))) });
}
