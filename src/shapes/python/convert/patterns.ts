/** Patterns of `case` (https://docs.python.org/3.11/reference/compound_stmts.html#patterns). */
import type { Expr, MatchClass, MatchMapping, MatchStar, Operator, Pattern, Span } from '../ast';
import { NONE } from '../syntaxTree';
import { TOO_DEEP } from './conversion';
import type { Conversion } from './conversion';
import { number } from './expressions';
import { stringLiteral } from './strings';

export function pattern(c: Conversion, node: number): Pattern {
  if (!c.enter()) {
    c.fault(c.span(node), TOO_DEEP);
    return capture(c.span(node), null);
  }
  const converted = convert(c, node);
  c.leave();
  return converted;
}

export function patternsOf(c: Conversion, nodes: readonly number[]): readonly Pattern[] {
  return Object.freeze(nodes.map((node) => pattern(c, node)));
}

function convert(c: Conversion, node: number): Pattern {
  const span = c.span(node);
  switch (c.kind(node)) {
    case 'case_pattern': return operands(c, c.children(node))[0]!;
    case 'as_pattern': return Object.freeze({ kind: 'MatchAs', ...span, pattern: pattern(c, c.first(node)), name: c.identifier(c.last(node)) });
    case 'union_pattern': return Object.freeze({ kind: 'MatchOr', ...span, patterns: Object.freeze(operands(c, c.children(node))) });
    case 'list_pattern': return Object.freeze({ kind: 'MatchSequence', ...span, patterns: patternsOf(c, c.named(node)) });
    case 'tuple_pattern': return group(c, node);
    case 'dict_pattern': return mapping(c, node);
    case 'class_pattern': return classPattern(c, node);
    case 'splat_pattern': return star(c, node);
    case 'true': return Object.freeze({ kind: 'MatchSingleton', ...span, value: true });
    case 'false': return Object.freeze({ kind: 'MatchSingleton', ...span, value: false });
    case 'none': return Object.freeze({ kind: 'MatchSingleton', ...span, value: null });
    case "'_'": return capture(span, null);
    case 'dotted_name': return c.next(c.first(node)) === NONE ? capture(span, c.text(node)) : value(span, path(c, node));
    case 'complex_pattern': return value(span, complex(c, node));
    case 'string': case 'concatenated_string': return value(span, stringLiteral(c, node));
    case 'integer': case 'float': return value(span, number(c, node));
    default: return value(span, c.errorExpr(span, `'${c.text(node)}' is no pattern`));
  }
}

function capture(span: Span, name: string | null): Pattern {
  return Object.freeze({ kind: 'MatchAs', start: span.start, end: span.end, pattern: null, name: name === '_' ? null : name });
}

function value(span: Span, expr: Expr): Pattern {
  return Object.freeze({ kind: 'MatchValue', start: span.start, end: span.end, value: expr });
}

/** Patterns side by side; a negative number is a `-` and what follows. */
function operands(c: Conversion, nodes: readonly number[]): Pattern[] {
  const found: Pattern[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    const following = nodes[i + 1];
    if (c.kind(node) === "'-'" && following !== undefined) {
      const span = { start: c.start(node), end: c.end(following) };
      found.push(value(span, negative(c, span, following)));
      i++;
    } else if (c.isNamed(node) || c.kind(node) === "'_'") {
      found.push(pattern(c, node));
    }
  }
  return found;
}

function negative(c: Conversion, span: Span, operand: number): Expr {
  return Object.freeze({ kind: 'UnaryOp', ...span, op: '-', operand: number(c, operand) });
}

/** `-2+3j` */
function complex(c: Conversion, node: number): Expr {
  const nodes = c.children(node);
  const signed = c.kind(nodes[0]!) === "'-'";
  const [real, op, imaginary] = (signed ? nodes.slice(1) : nodes) as [number, number, number];
  const left = signed ? negative(c, { start: c.start(node), end: c.end(real) }, real) : number(c, real);
  return Object.freeze({ kind: 'BinOp', ...c.span(node), left, op: c.text(op) as Operator, right: number(c, imaginary) });
}

function path(c: Conversion, node: number): Expr {
  const [first, ...rest] = c.named(node) as [number, ...number[]];
  return rest.reduce<Expr>((left, attr) => Object.freeze({
    kind: 'Attribute', start: c.start(node), end: c.end(attr), value: left, attr: c.identifier(attr), attrSpan: Object.freeze(c.span(attr)),
  }), c.name(first));
}

/** `(a)` groups, `(a,)` and `()` are sequences. */
function group(c: Conversion, node: number): Pattern {
  const inner = c.named(node);
  if (inner.length === 1 && c.child(node, "','") === NONE) return pattern(c, inner[0]!);
  return Object.freeze({ kind: 'MatchSequence', ...c.span(node), patterns: patternsOf(c, inner) });
}

function star(c: Conversion, node: number): MatchStar {
  if (c.kind(c.first(node)) === "'**'") c.fault(c.span(node), "'**' stands in a mapping pattern only");
  const name = c.text(c.last(node));
  return Object.freeze({ kind: 'MatchStar', ...c.span(node), name: name === '_' ? null : name });
}

function mapping(c: Conversion, node: number): MatchMapping {
  const keys: Expr[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  let key: number[] = [];
  for (const child of c.children(node).slice(1, -1)) {
    const kind = c.kind(child);
    if (kind === 'splat_pattern') rest = c.identifier(c.last(child));
    else if (kind === "','") continue;
    else if (kind === "':'") {
      const [read] = operands(c, key);
      keys.push(read ? keyOf(c, read) : c.errorExpr(c.span(child), "there is no key before ':'"));
      key = [];
    } else if (c.tree.fields[child] === 'value') patterns.push(pattern(c, child));
    else key.push(child);
  }
  return Object.freeze({ kind: 'MatchMapping', ...c.span(node), keys: Object.freeze(keys), patterns: Object.freeze(patterns), rest });
}

function keyOf(c: Conversion, key: Pattern): Expr {
  if (key.kind === 'MatchValue') return key.value;
  if (key.kind !== 'MatchSingleton') return c.errorExpr(key, 'a key in a mapping pattern is a literal or a dotted name');
  const literal = key.value === null ? { type: 'None' as const } : { type: 'bool' as const, value: key.value };
  return Object.freeze({ kind: 'Constant', start: key.start, end: key.end, value: Object.freeze(literal) });
}

function classPattern(c: Conversion, node: number): MatchClass {
  const cls = c.first(node);
  const patterns: Pattern[] = [];
  const kwdAttrs: string[] = [];
  const kwdPatterns: Pattern[] = [];
  for (const argument of c.named(node)) {
    if (argument === cls) continue;
    const inner = c.first(argument);
    if (c.kind(inner) === 'keyword_pattern') {
      kwdAttrs.push(c.identifier(c.first(inner)));
      kwdPatterns.push(operands(c, c.children(inner).slice(2))[0]!);
    } else {
      if (kwdAttrs.length > 0) c.fault(c.span(argument), 'a positional pattern cannot follow one given by keyword');
      patterns.push(pattern(c, argument));
    }
  }
  return Object.freeze({
    kind: 'MatchClass', ...c.span(node), cls: path(c, cls), patterns: Object.freeze(patterns), kwdAttrs: Object.freeze(kwdAttrs), kwdPatterns: Object.freeze(kwdPatterns),
  });
}
