/** Expressions: a node of the concrete tree becomes a node of `ast`. */
import type { Constant, ConstantValue, Expr, Span, Starred, Tuple, UnaryOperator } from '../ast';
import { NONE } from '../syntaxTree';
import { annotation } from './annotations';
import { chain } from './chains';
import { comprehension, dictionary } from './collections';
import { TOO_DEEP } from './conversion';
import type { Conversion } from './conversion';
import { lambda } from './functions';
import { numberValue } from './numbers';
import { stringLiteral } from './strings';

export function expression(c: Conversion, node: number): Expr {
  const inside = withoutParentheses(c, node);
  if (!c.enter()) return c.errorExpr(c.span(inside), TOO_DEEP);
  const converted = convert(c, inside);
  c.leave();
  return converted;
}

/** Parentheses are outside an expression; a thousand of them are no recursion. */
export function withoutParentheses(c: Conversion, node: number): number {
  let inside = node;
  while (c.kind(inside) === 'parenthesized_expression') {
    const inner = c.named(inside)[0];
    if (inner === undefined) break;
    inside = inner;
  }
  return inside;
}

function convert(c: Conversion, node: number): Expr {
  switch (c.kind(node)) {
    case 'identifier': return c.name(node);
    case 'integer': case 'float': return number(c, node);
    case 'string': case 'concatenated_string': return stringLiteral(c, node);
    case 'true': return constant(c.span(node), TRUE);
    case 'false': return constant(c.span(node), FALSE);
    case 'none': return constant(c.span(node), PYTHON_NONE);
    case 'ellipsis': return constant(c.span(node), ELLIPSIS);
    case 'attribute': case 'call': case 'subscript': case 'binary_operator': case 'boolean_operator': case 'comparison_operator': return chain(c, node);
    case 'unary_operator': return unary(c, node, c.text(c.first(node)) as UnaryOperator);
    case 'not_operator': return unary(c, node, 'not');
    case 'await': return awaited(c, node);
    case 'lambda': return lambda(c, node);
    case 'conditional_expression': return conditional(c, node);
    case 'named_expression': return named(c, node);
    case 'tuple': case 'expression_list': case 'pattern_list': return tuple(c.span(node), elements(c, node));
    case 'tuple_pattern': return tuplePattern(c, node);
    case 'list': case 'list_pattern': return Object.freeze({ kind: 'List', ...c.span(node), elts: elements(c, node) });
    case 'set': return Object.freeze({ kind: 'Set', ...c.span(node), elts: elements(c, node) });
    case 'dictionary': return dictionary(c, node);
    case 'list_comprehension': case 'set_comprehension': case 'generator_expression': case 'dictionary_comprehension': return comprehension(c, node);
    case 'list_splat': case 'list_splat_pattern': return starred(c.span(node), expression(c, c.last(node)));
    case 'slice': return slice(c, node);
    case 'yield': return yielded(c, node);
    case 'type': case 'generic_type': case 'union_type': case 'member_type': case 'splat_type': case 'constrained_type': return annotation(c, node);
    case 'as_pattern': return c.errorExpr(c.span(node), "'as' belongs to with, except, import and case; an expression cannot have it");
    case 'dictionary_splat': return c.errorExpr(c.span(node), "'**' unpacks a mapping into a call or into braces only");
    default: return c.errorExpr(c.span(node), `'${c.text(node)}' is no expression`);
  }
}

const TRUE: ConstantValue = Object.freeze({ type: 'bool', value: true });
const FALSE: ConstantValue = Object.freeze({ type: 'bool', value: false });
const PYTHON_NONE: ConstantValue = Object.freeze({ type: 'None' });
const ELLIPSIS: ConstantValue = Object.freeze({ type: 'Ellipsis' });

export function constant(span: Span, value: ConstantValue): Constant {
  return Object.freeze({ kind: 'Constant', start: span.start, end: span.end, value });
}

export function number(c: Conversion, node: number): Expr {
  const value = numberValue(c.text(node));
  return typeof value === 'string' ? c.errorExpr(c.span(node), value) : constant(c.span(node), value);
}

export function tuple(span: Span, elts: readonly Expr[]): Tuple {
  return Object.freeze({ kind: 'Tuple', start: span.start, end: span.end, elts: Object.freeze(elts) });
}

export function starred(span: Span, value: Expr): Starred {
  return Object.freeze({ kind: 'Starred', start: span.start, end: span.end, value });
}

export function elements(c: Conversion, node: number): readonly Expr[] {
  return Object.freeze(c.named(node).map((child) => expression(c, child)));
}

/** `(x)` on the left of `=` is x; `(x,)` is a tuple. */
function tuplePattern(c: Conversion, node: number): Expr {
  const children = c.named(node);
  if (children.length === 1 && c.child(node, "','") === NONE) return expression(c, children[0]!);
  return tuple(c.span(node), elements(c, node));
}

function unary(c: Conversion, node: number, op: UnaryOperator): Expr {
  return Object.freeze({ kind: 'UnaryOp', ...c.span(node), op, operand: expression(c, c.last(node)) });
}

/** `await` binds more tightly than `**`, which the grammar has the other way round. */
function awaited(c: Conversion, node: number): Expr {
  const start = c.start(node);
  const inner = c.last(node);
  if (c.kind(inner) === 'binary_operator' && c.kind(c.field(inner, 'operator')) === "'**'") {
    const base = c.first(inner);
    const left = Object.freeze({ kind: 'Await' as const, start, end: c.end(base), value: expression(c, base) });
    return Object.freeze({ kind: 'BinOp', start, end: c.end(inner), left, op: '**', right: expression(c, c.last(inner)) });
  }
  return Object.freeze({ kind: 'Await', start, end: c.end(node), value: expression(c, inner) });
}

function conditional(c: Conversion, node: number): Expr {
  const [body, test, orelse] = c.named(node) as [number, number, number];
  if (c.kind(body) !== 'named_expression') return ifExp(c, c.span(node), body, test, orelse);
  // `y := a if c else b` names the whole; the grammar lets the name have `a` alone.
  const value = c.field(body, 'value');
  const whole = ifExp(c, { start: c.start(value), end: c.end(node) }, value, test, orelse);
  return Object.freeze({ kind: 'NamedExpr', ...c.span(node), target: c.name(c.first(body)), value: whole });
}

export function ifExp(c: Conversion, span: Span, body: number, test: number, orelse: number): Expr {
  return Object.freeze({ kind: 'IfExp', ...span, test: expression(c, test), body: expression(c, body), orelse: expression(c, orelse) });
}

function named(c: Conversion, node: number): Expr {
  return Object.freeze({ kind: 'NamedExpr', ...c.span(node), target: c.name(c.first(node)), value: expression(c, c.last(node)) });
}

function slice(c: Conversion, node: number): Expr {
  const parts: [Expr | null, Expr | null, Expr | null] = [null, null, null];
  let part = 0;
  for (let child = c.first(node); child !== NONE; child = c.next(child)) {
    if (c.kind(child) === "':'") part++;
    else parts[part] = expression(c, child);
  }
  return Object.freeze({ kind: 'Slice', ...c.span(node), lower: parts[0], upper: parts[1], step: parts[2] });
}

function yielded(c: Conversion, node: number): Expr {
  c.yields = true;
  const span = c.span(node);
  const value = c.named(node)[0];
  if (value !== undefined && c.child(node, "'from'") !== NONE) return Object.freeze({ kind: 'YieldFrom', ...span, value: expression(c, value) });
  return Object.freeze({ kind: 'Yield', ...span, value: value === undefined ? null : expression(c, value) });
}
