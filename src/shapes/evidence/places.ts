/** Where the statements of a module stand: which one a comment is beside, above or inside of. */
import type { Arg, Arguments, Expr, FunctionDef, Module, Stmt } from '../python/ast';

export interface PlacedStatement {
  readonly statement: Stmt;
  /** The statements of its block, and its index there. */
  readonly block: readonly Stmt[];
  readonly index: number;
  /** The function whose body it is in. */
  readonly within: FunctionDef | null;
}

/** All statements, those inside of others included, in the order of their starts. */
export function placedStatements(tree: Module): PlacedStatement[] {
  const found: PlacedStatement[] = [];
  const waiting: [readonly Stmt[], FunctionDef | null][] = [[tree.body, null]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [block, within] = next;
    block.forEach((statement, index) => {
      found.push({ statement, block, index, within });
      for (const inner of blocksOf(statement)) waiting.push([inner, statement.kind === 'FunctionDef' ? statement : within]);
    });
  }
  return found.sort((a, b) => a.statement.start - b.statement.start || b.statement.end - a.statement.end);
}

/** The suites of a compound statement; none for a simple one. */
export function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] {
  switch (statement.kind) {
    case 'FunctionDef': case 'ClassDef': case 'With': return [statement.body];
    case 'For': case 'While': case 'If': return [statement.body, statement.orelse];
    case 'Try': return [statement.body, ...statement.handlers.map(({ body }) => body), statement.orelse, statement.finalbody];
    case 'Match': return statement.cases.map(({ body }) => body);
    default: return [];
  }
}

export function argsOf({ posonlyargs, args, vararg, kwonlyargs, kwarg }: Arguments): Arg[] {
  return [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg].filter((arg) => arg !== null);
}

/** The expression whose value a simple statement is about; what it stores into is for the caller. */
export function valueOf(statement: Stmt): Expr | null {
  switch (statement.kind) {
    case 'Assign': case 'AugAssign': case 'AnnAssign': case 'Return': case 'Expr': return statement.value;
    default: return null;
  }
}

export function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1;
}

export function isDocstring(statement: Stmt): boolean {
  return statement.kind === 'Expr' && statement.value.kind === 'Constant' && statement.value.value.type === 'str';
}
