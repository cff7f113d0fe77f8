/** Annotations: the grammar has node kinds of its own for types; to Python they are expressions. */
import type { Expr } from '../ast';
import type { Conversion } from './conversion';
import { expression, starred, tuple } from './expressions';

/** @param node of one of the grammar's type kinds, or any expression */
export function annotation(c: Conversion, node: number): Expr {
  const span = c.span(node);
  const [first, last] = [c.first(node), c.last(node)];
  switch (c.kind(node)) {
    case 'type': return expression(c, first);
    case 'generic_type': return Object.freeze({ kind: 'Subscript', ...span, value: c.name(first), slice: parameters(c, last) });
    case 'union_type': return union(c, node);
    case 'member_type': return Object.freeze({ kind: 'Attribute', ...span, value: expression(c, first), attr: c.identifier(last), attrSpan: Object.freeze(c.span(last)) });
    case 'splat_type': {
      if (c.kind(first) === "'**'") return c.errorExpr(span, "'**' belongs to the type parameters of a def or class");
      return starred(span, c.name(last));
    }
    case 'constrained_type': {
      const [lower, upper, step] = bounds(c, node);
      return Object.freeze({ kind: 'Slice', ...span, lower: lower ?? null, upper: upper ?? null, step: step ?? null });
    }
    default: return expression(c, node);
  }
}

/** `a[b] | c | d`: the grammar has a type on the left and an expression on the right; to Python all of it leans to the left. */
function union(c: Conversion, node: number): Expr {
  const members = membersOf(c, node);
  const start = c.start(members[0]!);
  return members.slice(1).reduce((left, member) => Object.freeze({ kind: 'BinOp', start, end: c.end(member), left, op: '|', right: expression(c, member) }), expression(c, members[0]!));
}

function membersOf(c: Conversion, node: number): number[] {
  const found: number[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const isUnion = c.kind(next) === 'union_type' || (c.kind(next) === 'binary_operator' && c.kind(c.field(next, 'operator')) === "'|'");
    if (isUnion) waiting.push(c.first(next), c.last(next));
    else if (c.kind(next) === 'type') waiting.push(c.first(next));
    else found.push(next);
  }
  return found.reverse();
}

/** `1:2:3` in the brackets of a type, which the grammar nests to the right. */
function bounds(c: Conversion, node: number): Expr[] {
  const inner = c.kind(node) === 'type' ? c.first(node) : node;
  if (c.kind(inner) !== 'constrained_type') return [expression(c, node)];
  return [expression(c, c.first(inner)), ...bounds(c, c.last(inner))];
}

/** @param node a `type_parameter`: the brackets and what is in them */
function parameters(c: Conversion, node: number): Expr {
  const inside = c.children(node).slice(1, -1);
  const elts = inside.filter((child) => c.isNamed(child)).map((child) => expression(c, child));
  if (inside.length === 1 && elts[0]!.kind !== 'Starred') return elts[0]!;
  return tuple({ start: c.start(inside[0]!), end: c.end(inside[inside.length - 1]!) }, elts);
}
