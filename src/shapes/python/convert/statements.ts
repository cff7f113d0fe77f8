/** Simple statements; compound ones have their own file. */
import type { AnnAssign, Assign, AugAssign, Expr, Operator, Raise, Stmt } from '../ast';
import { NONE } from '../syntaxTree';
import { compound } from './compound';
import { TOO_DEEP } from './conversion';
import type { Conversion } from './conversion';
import { expression, tuple } from './expressions';
import { future, importFrom, importNames } from './imports';

export function statement(c: Conversion, node: number): Stmt {
  if (!c.enter()) return c.errorStmt(c.span(node), TOO_DEEP);
  const converted = convert(c, node);
  c.leave();
  return converted;
}

function convert(c: Conversion, node: number): Stmt {
  const span = c.span(node);
  switch (c.kind(node)) {
    case 'expression_statement': return expressionStatement(c, node);
    case 'import_statement': return importNames(c, node);
    case 'import_from_statement': return importFrom(c, node);
    case 'future_import_statement': return future(c, node);
    case 'return_statement': return Object.freeze({ kind: 'Return', ...span, value: optional(c, c.named(node)[0]) });
    case 'delete_statement': return Object.freeze({ kind: 'Delete', ...span, targets: targets(c, c.last(node)) });
    case 'raise_statement': return raise(c, node);
    case 'assert_statement': return assertion(c, node);
    case 'pass_statement': return Object.freeze({ kind: 'Pass', ...span });
    case 'break_statement': return Object.freeze({ kind: 'Break', ...span });
    case 'continue_statement': return Object.freeze({ kind: 'Continue', ...span });
    case 'global_statement': return Object.freeze({ kind: 'Global', ...span, names: names(c, node) });
    case 'nonlocal_statement': return Object.freeze({ kind: 'Nonlocal', ...span, names: names(c, node) });
    case 'type_alias_statement': return typeAlias(c, node);
    case 'print_statement': return c.errorStmt(span, 'this is the print statement of Python 2; in Python 3 print is a function: print(…)');
    case 'exec_statement': return c.errorStmt(span, 'this is the exec statement of Python 2; in Python 3 exec is a function: exec(…)');
    default: return compound(c, node, []);
  }
}

function optional(c: Conversion, node: number | undefined): Expr | null {
  return node === undefined || node === NONE ? null : expression(c, node);
}

function expressionStatement(c: Conversion, node: number): Stmt {
  const span = c.span(node);
  const first = c.first(node);
  if (c.next(first) !== NONE) return Object.freeze({ kind: 'Expr', ...span, value: tuple(span, c.named(node).map((child) => expression(c, child))) });
  switch (c.kind(first)) {
    case 'assignment': return assignment(c, first);
    case 'augmented_assignment': return augmented(c, first);
    case 'named_expression': return c.errorStmt(span, "':=' needs parentheses here; a statement assigns with '='");
    default: return Object.freeze({ kind: 'Expr', ...span, value: expression(c, first) });
  }
}

/** `a = b = value`, `a: int = value`, `a: int`. */
function assignment(c: Conversion, node: number): Assign | AnnAssign {
  const span = c.span(node);
  const target = expression(c, c.field(node, 'left'));
  const type = c.field(node, 'type');
  let right = c.field(node, 'right');
  if (type !== NONE) {
    if (target.kind === 'Tuple' || target.kind === 'List') c.fault(target, 'only a single target can be annotated');
    return Object.freeze({ kind: 'AnnAssign', ...span, target, annotation: expression(c, type), value: right === NONE ? null : assigned(c, right) });
  }
  const all = [target];
  while (c.kind(right) === 'assignment' && c.field(right, 'type') === NONE) {
    all.push(expression(c, c.field(right, 'left')));
    right = c.field(right, 'right');
  }
  for (const each of all) if (each.kind === 'Starred') c.fault(each, "a starred target stands in a list or tuple: '*a, = …'");
  return Object.freeze({ kind: 'Assign', ...span, targets: Object.freeze(all), value: assigned(c, right) });
}

function assigned(c: Conversion, node: number): Expr {
  switch (c.kind(node)) {
    case 'assignment': case 'augmented_assignment': return c.errorExpr(c.span(node), 'an assignment is no value; only plain ones can be chained: a = b = value');
    case 'named_expression': return c.errorExpr(c.span(node), "':=' needs parentheses here");
    default: return expression(c, node);
  }
}

function augmented(c: Conversion, node: number): AugAssign {
  const target = expression(c, c.first(node));
  if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') c.fault(target, 'an augmented assignment has one target: a name, an attribute or a subscript');
  const op = c.text(c.field(node, 'operator')).slice(0, -1) as Operator;
  return Object.freeze({ kind: 'AugAssign', ...c.span(node), target, op, value: assigned(c, c.last(node)) });
}

/** `del a, b` has two targets, `del (a, b)` one. */
function targets(c: Conversion, node: number): readonly Expr[] {
  return Object.freeze(c.kind(node) === 'expression_list' ? c.named(node).map((child) => expression(c, child)) : [expression(c, node)]);
}

function raise(c: Conversion, node: number): Raise {
  const causeNode = c.field(node, 'cause');
  const excNode = c.named(node).find((child) => child !== causeNode);
  if (excNode === undefined && causeNode !== NONE) c.fault(c.span(node), "'raise from' needs an exception before 'from'");
  if (excNode !== undefined && c.kind(excNode) === 'expression_list') c.fault(c.span(excNode), 'raising with a comma is Python 2; Python 3 calls the exception: raise Error(…)');
  return Object.freeze({ kind: 'Raise', ...c.span(node), exc: optional(c, excNode), cause: optional(c, causeNode) });
}

function assertion(c: Conversion, node: number): Stmt {
  const [test, msg, extra] = c.named(node);
  if (extra !== undefined) c.fault(c.span(extra), 'assert has a condition and one message');
  return Object.freeze({ kind: 'Assert', ...c.span(node), test: expression(c, test!), msg: optional(c, msg) });
}

function names(c: Conversion, node: number): readonly string[] {
  return Object.freeze(c.named(node).map((child) => c.identifier(child)));
}

/** `type X[T] = value`: what matters here is that X is the value, so it is an Assign without the type parameters. */
function typeAlias(c: Conversion, node: number): Stmt {
  const [left, right] = c.named(node) as [number, number];
  let name = left;
  while (c.first(name) !== NONE && c.kind(name) !== 'identifier') name = c.first(name);
  const target: Expr = c.kind(name) === 'identifier' ? c.name(name) : c.errorExpr(c.span(left), 'a type alias has a name');
  return Object.freeze({ kind: 'Assign', ...c.span(node), targets: Object.freeze([target]), value: expression(c, right) });
}
