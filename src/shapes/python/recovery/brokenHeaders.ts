/** Headers that cannot be read: what can be told of them is kept, so that they have their suites and their names. */
import type { Expr, Pattern, Span, Stmt } from '../ast';
import type { LogicalLine } from '../lines';
import { describe } from './faults';
import { isFragment } from './fragments';
import { namedParameters } from './parameters';
import type { Recovery } from './recovery';
import { nothing } from './statements';

export function brokenHeader(r: Recovery, line: LogicalLine): Stmt {
  const { source } = r.fragments;
  const span: Span = { start: line.start, end: line.colon >= 0 ? line.colon : line.end };
  const result = r.fragments.parse({ start: line.start, end: line.end });
  const text = source.slice(span.start, span.end);
  const words = /^(?:async\s+)?[a-z]+/.exec(text)?.[0] ?? '';
  const rest = nothing(r, { start: span.start + words.length, end: span.end });
  const isAsync = words.startsWith('async');
  r.faults.push(describe(source, span, line, isFragment(result) ? null : result));
  const name = /^(?:async\s+)?(?:def|class)\s+([\p{ID_Start}_]\p{ID_Continue}*)/u.exec(text);
  const nameEnd = span.start + (name?.[0].length ?? 0);
  const nameSpan = Object.freeze({ start: nameEnd - (name?.[1]!.length ?? 0), end: nameEnd });
  const body = NOTHING;
  const orelse = NOTHING;
  switch (line.word) {
    case 'if': case 'elif': return Object.freeze({ kind: 'If', ...span, test: rest, body, orelse });
    case 'while': return Object.freeze({ kind: 'While', ...span, test: rest, body, orelse });
    case 'for': return Object.freeze({ kind: 'For', ...span, target: loopTarget(r, text, span.start) ?? rest, iter: rest, body, orelse, isAsync });
    case 'with': return Object.freeze({ kind: 'With', ...span, items: Object.freeze([Object.freeze({ contextExpr: rest, optionalVars: null })]), body, isAsync });
    case 'match': return Object.freeze({ kind: 'Match', ...span, subject: rest, cases: Object.freeze([]) });
    case 'case': return Object.freeze({ kind: 'Match', ...span, subject: rest, cases: Object.freeze([{ pattern: unreadable(rest), guard: null, body }]) });
    case 'except': return Object.freeze({ kind: 'Try', ...span, body, handlers: Object.freeze([Object.freeze({ kind: 'ExceptHandler' as const, ...span, type: rest, name: null, body })]), orelse, finalbody: body });
    case 'class':
      if (!name) break;
      return Object.freeze({ kind: 'ClassDef', ...span, name: name[1]!, nameSpan, bases: Object.freeze([rest]), keywords: Object.freeze([]), body, decorators: Object.freeze([]) });
    case 'def':
      if (!name) break;
      return Object.freeze({
        kind: 'FunctionDef', ...span, name: name[1]!, nameSpan, args: namedParameters(source, nameEnd, span.end), body, decorators: Object.freeze([]), returns: null, isAsync, isGenerator: false,
      });
  }
  return Object.freeze({ kind: 'ErrorStmt', ...span });
}

const NOTHING: readonly Stmt[] = Object.freeze([]);

/** A pattern of which nothing is known: it may match or not. */
function unreadable(value: Expr): Pattern {
  return Object.freeze({ kind: 'MatchValue', start: value.start, end: value.end, value });
}

function loopTarget(r: Recovery, text: string, offset: number): Expr | null {
  const head = /^(?:async\s+)?for\s+(?=\S)(.+?)(?=\s+in\b)/s.exec(text);
  if (!head) return null;
  const fragment = r.fragments.parse({ start: offset, end: offset + head[0].length }, '', ' in None: pass\n');
  const statement = isFragment(fragment) ? fragment.statements[0] : undefined;
  return statement?.kind === 'For' ? statement.target : null;
}
