/** A simple statement that cannot be read: what it assigns to, or that it returns, is kept. */
import type { ErrorExpr, Expr, Span, Stmt } from '../ast';
import type { LogicalLine } from '../lines';
import { describe } from './faults';
import { isFragment } from './fragments';
import type { Recovery } from './recovery';

/**
 * A statement that is skipped leaves its targets with their old values, which would then be wrong. So `x = f(` becomes an Assign
 * of an ErrorExpr to x, and `return f(` a Return of one.
 */
export function brokenStatement(r: Recovery, span: Span, line: LogicalLine): Stmt {
  const result = r.fragments.parse(span);
  const error = isFragment(result) ? null : result;
  const kept = annotated(r, span, line) ?? assignment(r, span, line) ?? returned(r, span);
  if (kept?.read) return kept.statement;
  r.faults.push(describe(r.fragments.source, span, line, error));
  return kept?.statement ?? Object.freeze({ kind: 'ErrorStmt', start: span.start, end: span.end });
}

/** `a = b = f(`: nobody writes more targets, and each try parses the text again. */
const MOST_TARGETS = 8;

interface Kept {
  readonly statement: Stmt;
  /** Whether all of it could be read after all. */
  readonly read: boolean;
}

function assignment(r: Recovery, span: Span, line: LogicalLine): Kept | null {
  const operators = line.assignments.filter(({ start, end }) => start > span.start && end <= span.end);
  for (const operator of operators.slice(0, MOST_TARGETS).reverse()) {
    const fragment = r.fragments.parse({ start: span.start, end: operator.end }, '', ' None\n');
    if (!isFragment(fragment) || fragment.statements.length !== 1 || fragment.faults.length > 0) continue;
    const statement = fragment.statements[0]!;
    if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign' && statement.kind !== 'AnnAssign') continue;
    const value = valueOf(r, { start: operator.end, end: span.end });
    return { statement: Object.freeze({ ...statement, start: span.start, end: span.end, value: value.expr }), read: value.read };
  }
  return null;
}

/** `name: annotation = value`, where the grammar knows fewer annotations than Python. */
function annotated(r: Recovery, span: Span, line: LogicalLine): Kept | null {
  const text = r.fragments.source.slice(span.start, span.end);
  const head = /^[A-Za-z_][\w.]*(?=\s*:[^=])/.exec(text);
  if (!head) return null;
  const targetSpan = { start: span.start, end: span.start + head[0].length };
  const colon = text.indexOf(':', head[0].length) + span.start;
  const operator = line.assignments.find(({ start, end }) => start > colon && end <= span.end);
  const target = r.fragments.expression(targetSpan);
  const annotation = r.fragments.expression({ start: colon + 1, end: operator?.start ?? span.end });
  if (!target || !annotation) return null;
  const value = operator ? valueOf(r, { start: operator.end, end: span.end }) : null;
  const statement: Stmt = Object.freeze({ kind: 'AnnAssign', ...span, target: target.value, annotation: annotation.value, value: value?.expr ?? null });
  return { statement, read: value?.read ?? true };
}

function returned(r: Recovery, span: Span): Kept | null {
  if (!/^return\b/.test(r.fragments.source.slice(span.start, span.end))) return null;
  const value = valueOf(r, { start: span.start + 'return'.length, end: span.end });
  return { statement: Object.freeze({ kind: 'Return', ...span, value: value.expr }), read: value.read };
}

function valueOf(r: Recovery, span: Span): { readonly expr: Expr; readonly read: boolean } {
  const read = r.fragments.expression(span) ?? r.fragments.tuple(span);
  if (!read) return { expr: nothing(r, span), read: false };
  r.accept(read);
  return { expr: read.value, read: true };
}

/** The expression that could not be read, without the white space before. */
export function nothing(r: Recovery, { start, end }: Span): ErrorExpr {
  const text = r.fragments.source.slice(start, end);
  return Object.freeze({ kind: 'ErrorExpr', start: start + text.length - text.trimStart().length, end });
}
