/** Compound statements. They end where their last statement does. */
import type { ClassDef, ExceptHandler, Expr, For, If, Stmt, Try, While, With, WithItem } from '../ast';
import { NONE } from '../syntaxTree';
import { callArguments } from './calls';
import type { Conversion } from './conversion';
import { expression, ifExp, tuple } from './expressions';
import { functionDef } from './functions';
import { match } from './match';
import { suite } from './suites';
import type { Suite } from './suites';

export function compound(c: Conversion, node: number, decorators: readonly Expr[]): Stmt {
  switch (c.kind(node)) {
    case 'if_statement': return ifElse(c, node);
    case 'for_statement': return forLoop(c, node);
    case 'while_statement': return whileLoop(c, node);
    case 'with_statement': return withStatement(c, node);
    case 'try_statement': return tryStatement(c, node);
    case 'match_statement': return match(c, node);
    case 'function_definition': return functionDef(c, node, Object.freeze(decorators));
    case 'class_definition': return classDef(c, node, Object.freeze(decorators));
    case 'decorated_definition': {
      const definition = c.field(node, 'definition');
      return compound(c, definition, c.named(node).filter((child) => child !== definition).map((decorator) => expression(c, c.last(decorator))));
    }
    default: return c.errorStmt(c.span(node), `'${c.text(node)}' is no statement`);
  }
}

const NOTHING: readonly Stmt[] = Object.freeze([]);

/** `elif` is an If in the `orelse` of the one before: built from the last on, so that thousands need no stack. */
function ifElse(c: Conversion, node: number): If {
  const clauses = [node, ...c.named(node).filter((child) => c.kind(child) === 'elif_clause')];
  const otherwise = c.child(node, 'else_clause');
  // In order, so that faults are in order too.
  const converted = clauses.map((clause) => ({ clause, test: expression(c, c.field(clause, 'condition')), body: suite(c, clause) }));
  const rest = otherwise === NONE ? null : suite(c, otherwise);
  const end = rest?.end ?? converted[converted.length - 1]!.body.end;
  let orelse = rest?.statements ?? NOTHING;
  let result: If | null = null;
  for (const { clause, test, body } of converted.reverse()) {
    result = Object.freeze({ kind: 'If', start: c.start(clause), end, test, body: body.statements, orelse });
    orelse = Object.freeze([result]);
  }
  return result!;
}

function elseSuite(c: Conversion, node: number): Suite | null {
  const clause = c.child(node, 'else_clause');
  return clause === NONE ? null : suite(c, clause);
}

function isAsync(c: Conversion, node: number): boolean {
  return c.kind(c.first(node)) === "'async'";
}

function forLoop(c: Conversion, node: number): For {
  const target = expression(c, c.field(node, 'left'));
  const iter = expression(c, c.field(node, 'right'));
  const body = suite(c, node);
  const orelse = elseSuite(c, node);
  return Object.freeze({ kind: 'For', start: c.start(node), end: (orelse ?? body).end, target, iter, body: body.statements, orelse: orelse?.statements ?? NOTHING, isAsync: isAsync(c, node) });
}

function whileLoop(c: Conversion, node: number): While {
  const test = expression(c, c.field(node, 'condition'));
  const body = suite(c, node);
  const orelse = elseSuite(c, node);
  return Object.freeze({ kind: 'While', start: c.start(node), end: (orelse ?? body).end, test, body: body.statements, orelse: orelse?.statements ?? NOTHING });
}

function withStatement(c: Conversion, node: number): With {
  const clause = c.child(node, 'with_clause');
  const items = Object.freeze(withItems(c, clause).map((item) => withItem(c, item)));
  const body = suite(c, node);
  return Object.freeze({ kind: 'With', start: c.start(node), end: body.end, items, body: body.statements, isAsync: isAsync(c, node) });
}

/** `with (a,):` has one item in parentheses; the grammar takes it for a tuple. */
function withItems(c: Conversion, clause: number): number[] {
  const items = c.named(clause).map((item) => c.first(item));
  const [only] = items;
  if (items.length !== 1 || c.kind(only!) !== 'tuple') return items;
  const inside = c.named(only!);
  return inside.length === 0 || inside.some((each) => c.kind(each) === 'list_splat' || c.kind(each) === 'yield') ? items : inside;
}

function withItem(c: Conversion, node: number): WithItem {
  if (c.kind(node) === 'as_pattern') return asItem(expression(c, c.first(node)), c, node);
  if (c.kind(node) === 'parenthesized_expression' && c.kind(c.named(node)[0]!) === 'as_pattern') return withItem(c, c.named(node)[0]!);
  const last = c.last(node);
  if (c.kind(node) === 'conditional_expression' && c.kind(last) === 'as_pattern') {
    // `with a if b else c as d`: the name is the whole's; the grammar gives it to `c` alone.
    const [body, test] = c.named(node) as [number, number];
    const orelse = c.first(last);
    return asItem(ifExp(c, { start: c.start(node), end: c.end(orelse) }, body, test, orelse), c, last);
  }
  return Object.freeze({ contextExpr: expression(c, node), optionalVars: null });
}

function asItem(contextExpr: Expr, c: Conversion, pattern: number): WithItem {
  return Object.freeze({ contextExpr, optionalVars: expression(c, aliasOf(c, pattern)) });
}

/** What stands after `as`. */
function aliasOf(c: Conversion, pattern: number): number {
  return c.first(c.last(pattern));
}

function tryStatement(c: Conversion, node: number): Try {
  const body = suite(c, node);
  const handlers = Object.freeze(c.named(node).filter((child) => c.kind(child) === 'except_clause').map((clause) => handler(c, clause)));
  const orelse = elseSuite(c, node);
  const finallyClause = c.child(node, 'finally_clause');
  const finalbody = finallyClause === NONE ? null : suite(c, finallyClause);
  const end = finalbody?.end ?? orelse?.end ?? handlers[handlers.length - 1]?.end ?? body.end;
  if (handlers.length === 0 && !finalbody) c.fault(c.span(c.first(node)), "'try' has neither an 'except' nor a 'finally' after its suite");
  return Object.freeze({ kind: 'Try', start: c.start(node), end, body: body.statements, handlers, orelse: orelse?.statements ?? NOTHING, finalbody: finalbody?.statements ?? NOTHING });
}

function handler(c: Conversion, clause: number): ExceptHandler {
  let type: Expr | null = null;
  let name: string | null = null;
  const values = c.named(clause).filter((child) => c.kind(child) !== 'block');
  const first = values[0];
  if (first !== undefined && c.kind(first) === 'as_pattern') {
    const alias = aliasOf(c, first);
    type = expression(c, c.first(first));
    if (c.kind(alias) === 'identifier') name = c.identifier(alias);
    else c.fault(c.span(alias), "what follows 'as' here is a name");
  } else if (values.length > 1) {
    const span = { start: c.start(first!), end: c.end(values[values.length - 1]!) };
    c.fault(span, 'several exceptions need parentheses: except (A, B)');
    type = tuple(span, values.map((value) => expression(c, value)));
  } else if (first !== undefined) {
    type = expression(c, first);
  }
  const body = suite(c, clause);
  return Object.freeze({ kind: 'ExceptHandler', start: c.start(clause), end: body.end, type, name, body: body.statements });
}

function classDef(c: Conversion, node: number, decorators: readonly Expr[]): ClassDef {
  const name = c.field(node, 'name');
  const superclasses = c.field(node, 'superclasses');
  const { args: bases, keywords } = superclasses === NONE ? NO_BASES : callArguments(c, superclasses);
  const outer = c.yields;
  const body = suite(c, node);
  c.yields = outer;
  return Object.freeze({ kind: 'ClassDef', start: c.start(node), end: body.end, name: c.identifier(name), nameSpan: Object.freeze(c.span(name)), bases, keywords, body: body.statements, decorators });
}

const NO_BASES = { args: Object.freeze([]), keywords: Object.freeze([]) };
