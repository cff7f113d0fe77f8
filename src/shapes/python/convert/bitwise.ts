/** `&` binds more tightly than `^`, which the grammar has the other way round: where both stand without parentheses they are regrouped. */
import type { Expr } from '../ast';
import type { Conversion } from './conversion';
import { expression } from './expressions';

type BitwiseOperator = '&' | '^';

export function isBitwise(c: Conversion, node: number): boolean {
  return operatorOf(c, node) !== null;
}

function operatorOf(c: Conversion, node: number): BitwiseOperator | null {
  if (c.kind(node) !== 'binary_operator') return null;
  const kind = c.kind(c.field(node, 'operator'));
  return kind === "'&'" ? '&' : kind === "'^'" ? '^' : null;
}

interface Terms { readonly operands: number[]; /** One fewer. */ readonly operators: BitwiseOperator[] }

/** What `&` and `^` join below a node, in order. */
function terms(c: Conversion, node: number): Terms {
  const found: Terms = { operands: [], operators: [] };
  const waiting: (number | BitwiseOperator)[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      found.operators.push(next);
      continue;
    }
    const operator = operatorOf(c, next);
    if (operator) waiting.push(c.last(next), operator, c.first(next));
    else found.operands.push(next);
  }
  return found;
}

export function isMixed(c: Conversion, node: number): boolean {
  const { operators } = terms(c, node);
  return operators.some((operator) => operator !== operators[0]);
}

export function mixedBitwise(c: Conversion, node: number): Expr {
  const { operands, operators } = terms(c, node);
  let sum: Group | null = null;
  let product: Group | null = null;
  operands.forEach((operand, i) => {
    const term: Group = { start: c.start(operand), end: c.end(operand), expr: expression(c, operand) };
    if (product && operators[i - 1] === '&') {
      product = join(product, '&', term);
    } else {
      if (product) sum = sum ? join(sum, '^', product) : product;
      product = term;
    }
  });
  return (sum ? join(sum, '^', product!) : product!).expr;
}

/** An operand with the parentheses around it. */
interface Group { readonly start: number; readonly end: number; readonly expr: Expr }

function join(left: Group, op: BitwiseOperator, right: Group): Group {
  const [start, end] = [left.start, right.end];
  return { start, end, expr: Object.freeze({ kind: 'BinOp', start, end, left: left.expr, op, right: right.expr }) };
}
