/** Dictionaries and comprehensions. */
import type { Comprehension, Expr } from '../ast';
import { NONE } from '../syntaxTree';
import type { Conversion } from './conversion';
import { expression } from './expressions';

export function dictionary(c: Conversion, node: number): Expr {
  const keys: (Expr | null)[] = [];
  const values: Expr[] = [];
  for (const child of c.named(node)) {
    keys.push(c.kind(child) === 'pair' ? expression(c, c.first(child)) : null);
    values.push(expression(c, c.last(child)));
  }
  return Object.freeze({ kind: 'Dict', ...c.span(node), keys: Object.freeze(keys), values: Object.freeze(values) });
}

export function comprehension(c: Conversion, node: number): Expr {
  const span = c.span(node);
  const body = c.field(node, 'body');
  const generators = Object.freeze(c.named(node).filter((child) => c.kind(child) === 'for_in_clause').map((clause) => generator(c, clause)));
  switch (c.kind(node)) {
    case 'dictionary_comprehension': return Object.freeze({ kind: 'DictComp', ...span, key: expression(c, c.first(body)), value: expression(c, c.last(body)), generators });
    case 'list_comprehension': return Object.freeze({ kind: 'ListComp', ...span, elt: expression(c, body), generators });
    case 'set_comprehension': return Object.freeze({ kind: 'SetComp', ...span, elt: expression(c, body), generators });
    default: return Object.freeze({ kind: 'GeneratorExp', ...span, elt: expression(c, body), generators });
  }
}

/** A `for … in …` with the conditions that follow it. */
function generator(c: Conversion, clause: number): Comprehension {
  const right = c.field(clause, 'right');
  const after = c.next(right);
  if (after !== NONE) c.fault(c.span(after), "what follows 'in' in a comprehension is one expression; a tuple needs parentheses");
  const ifs: Expr[] = [];
  for (let condition = c.next(clause); condition !== NONE && c.kind(condition) === 'if_clause'; condition = c.next(condition)) ifs.push(expression(c, c.last(condition)));
  return Object.freeze({ target: expression(c, c.field(clause, 'left')), iter: expression(c, right), ifs: Object.freeze(ifs), isAsync: c.kind(c.first(clause)) === "'async'" });
}
