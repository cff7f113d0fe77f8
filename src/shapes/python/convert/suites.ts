/** Statements in a row: a module's, or the suite of a compound statement. */
import type { Span, Stmt } from '../ast';
import { NONE } from '../syntaxTree';
import type { Conversion } from './conversion';
import { columnOf } from '../columns';
import { statement } from './statements';

export interface Suite {
  readonly statements: readonly Stmt[];
  /** Where it ends; of an empty one, the clause that should have it. */
  readonly end: number;
}

/** @param clause a node with a `block` among its children */
export function suite(c: Conversion, clause: number): Suite {
  const block = c.child(clause, 'block');
  const statements = block === NONE ? [] : statementsOf(c, block, false);
  const last = statements[statements.length - 1];
  // A `;` after the last statement belongs to the suite, not to the statement.
  const final = last ? c.last(block) : NONE;
  if (last) return { statements: Object.freeze(statements), end: c.kind(final) === "';'" ? c.end(final) : last.end };
  const end = c.end(c.child(clause, "':'"));
  c.fault({ start: c.start(clause), end }, `'${c.text(c.first(clause))}' has no statement in its suite: an indented one should follow the ':'`);
  return { statements: Object.freeze([]), end };
}

/** @param parent a `module` or a `block` */
export function statementsOf(c: Conversion, parent: number, isModule: boolean): Stmt[] {
  const statements: Stmt[] = [];
  let column = NONE;
  for (let child = c.first(parent); child !== NONE; child = c.next(child)) {
    if (!c.isNamed(child)) continue;
    const here = columnOf(c.source, c.start(child));
    if (here !== null) {
      const fault = column === NONE ? null : indentationFault(here, column, isModule);
      if (fault) c.fault(firstToken(c, child), fault);
      column = here;
    }
    statements.push(statement(c, child));
  }
  return statements;
}

/**
 * Says what is wrong where a statement does not stand under the one before it.
 * A module may begin indented and go on less so: a method pasted with what follows its class.
 */
export function indentationFault(column: number, before: number, isModule: boolean): string | null {
  if (column > before) return 'this is indented further than the statement before it, which has no suite';
  if (column < before && !isModule) return 'this is indented like no statement before it';
  return null;
}

function firstToken(c: Conversion, node: number): Span {
  let token = node;
  while (c.first(token) !== NONE) token = c.first(token);
  return c.span(token);
}
