/**
 * Expressions that begin with an expression: operators, calls, subscripts, attributes. `a + b + c` and `a.b(c).d(e)` lean to the left,
 * thousands deep in generated code, so they are built from the innermost on, without recursion.
 */
import type { CompareOperator, Expr, Operator, Span } from '../ast';
import { NONE } from '../syntaxTree';
import { isBitwise, isMixed, mixedBitwise } from './bitwise';
import { call } from './calls';
import type { Conversion } from './conversion';
import { expression, starred, tuple } from './expressions';

const LINKS: ReadonlySet<string> = new Set(['attribute', 'call', 'subscript', 'binary_operator', 'boolean_operator', 'comparison_operator']);

/** `and`s or `or`s in a row, which are one BoolOp. */
interface Operands extends Span { readonly op: 'and' | 'or'; readonly values: Expr[] }

/** @param node of a kind in LINKS */
export function chain(c: Conversion, node: number): Expr {
  const links: number[] = [];
  let innermost = node;
  let bitwise = false;
  while (LINKS.has(c.kind(innermost))) {
    const within = isBitwise(c, innermost);
    if (within && !bitwise && isMixed(c, innermost)) break;
    bitwise = within;
    links.push(innermost);
    innermost = c.first(innermost);
  }
  // Where a star may stand, the grammar reads `*f(x)` as `(*f)(x)`; it applies to the whole.
  const star = c.kind(innermost) === 'list_splat' ? innermost : NONE;
  let left = LINKS.has(c.kind(innermost)) ? mixedBitwise(c, innermost) : expression(c, star === NONE ? innermost : c.last(star));
  // Parentheses are outside the innermost expression, but inside whatever begins with it.
  const start = star === NONE ? c.start(innermost) : c.start(c.last(star));
  let operands = null as Operands | null;
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i]!;
    const span: Span = { start, end: c.end(link) };
    if (c.kind(link) === 'boolean_operator') {
      const op = c.kind(c.field(link, 'operator')) === "'and'" ? 'and' : 'or';
      const right = expression(c, c.last(link));
      if (operands?.op === op) {
        operands.values.push(right);
        operands = { ...span, op, values: operands.values };
      } else {
        operands = { ...span, op, values: [operands ? boolOp(operands) : left, right] };
      }
      continue;
    }
    if (operands) {
      left = boolOp(operands);
      operands = null;
    }
    left = extend(c, link, span, left);
  }
  if (operands) left = boolOp(operands);
  return star === NONE ? left : starred({ start: c.start(star), end: c.end(node) }, left);
}

function boolOp({ start, end, op, values }: Operands): Expr {
  return Object.freeze({ kind: 'BoolOp', start, end, op, values: Object.freeze(values) });
}

function extend(c: Conversion, link: number, span: Span, left: Expr): Expr {
  const { start, end } = span;
  switch (c.kind(link)) {
    case 'attribute': {
      const attr = c.last(link);
      return Object.freeze({ kind: 'Attribute', start, end, value: left, attr: c.identifier(attr), attrSpan: Object.freeze(c.span(attr)) });
    }
    case 'call': return call(c, link, span, left);
    case 'subscript': return Object.freeze({ kind: 'Subscript', start, end, value: left, slice: subscript(c, link) });
    case 'binary_operator': {
      const op = c.text(c.field(link, 'operator')) as Operator;
      return Object.freeze({ kind: 'BinOp', start, end, left, op, right: expression(c, c.last(link)) });
    }
    default: return compare(c, link, span, left);
  }
}

function compare(c: Conversion, link: number, { start, end }: Span, left: Expr): Expr {
  const ops: CompareOperator[] = [];
  const comparators: Expr[] = [];
  for (let child = c.next(c.first(link)); child !== NONE; child = c.next(child)) {
    const kind = c.kind(child);
    if (c.isNamed(child)) comparators.push(expression(c, child));
    else ops.push(kind.slice(1, -1) as CompareOperator);
    if (kind === "'<>'") c.fault(c.span(child), "'<>' is Python 2; Python 3 writes '!='");
  }
  return Object.freeze({ kind: 'Compare', start, end, left, ops: Object.freeze(ops), comparators: Object.freeze(comparators) });
}

function subscript(c: Conversion, link: number): Expr {
  const inside = c.children(link).slice(2, -1);
  const elts = inside.filter((child) => c.isNamed(child)).map((child) => expression(c, child));
  if (inside.length === 1 && elts[0]!.kind !== 'Starred') return elts[0]!;
  return tuple({ start: c.start(inside[0]!), end: c.end(inside[inside.length - 1]!) }, elts);
}
