/** A compound statement from its parts, each read alone. */
import type { ExceptHandler, Expr, If, MatchCase, Stmt } from '../ast';
import { faultOf } from './faults';
import type { Recovery } from './recovery';

/** A header as a statement of its own, and the suite that belongs to it. */
export interface Part {
  /** The header's first word, and where it stands. */
  readonly word: string;
  readonly start: number;
  /** Where its suite ends, or itself if it has none. */
  readonly end: number;
  readonly header: Stmt;
  readonly body: readonly Stmt[];
  readonly isGenerator: boolean;
}

/** @param parts the statement's own, then its clauses'; @param inMatch whether it stands in the suite of a `match`, as a `case` does */
export function assemble(r: Recovery, parts: readonly Part[], decorators: readonly Expr[], inMatch: boolean): readonly Stmt[] {
  const [main, ...clauses] = parts as [Part, ...Part[]];
  const { header, body, start } = main;
  const end = parts[parts.length - 1]!.end;
  const otherwise = clauses.find(({ word }) => word === 'else')?.body ?? NOTHING;
  const owner = main.word === 'case' && inMatch ? undefined : OWNERS[main.word];
  if (owner && header.kind !== 'ErrorStmt') r.faults.push(faultOf({ start, end: start + main.word.length }, `'${main.word}' goes on with no statement: ${owner} is missing before it`));
  switch (header.kind) {
    case 'FunctionDef': return [Object.freeze({ ...header, start, end, body, decorators, isGenerator: main.isGenerator })];
    case 'ClassDef': return [Object.freeze({ ...header, start, end, body, decorators })];
    case 'For': case 'While': return [Object.freeze({ ...header, start, end, body, orelse: otherwise })];
    case 'With': return [Object.freeze({ ...header, start, end, body })];
    case 'If': return [ifElse(main, clauses, end)];
    case 'Match': {
      if (main.word !== 'case') return [Object.freeze({ ...header, start, end, cases: casesOf(r, body) })];
      const subject: Expr = Object.freeze({ kind: 'ErrorExpr', start, end: start });
      return [Object.freeze({ kind: 'Match', start, end, subject, cases: Object.freeze([withBody(header.cases[0]!, body)]) })];
    }
    case 'Try': {
      const handlers = [main, ...clauses].flatMap(handlerOf);
      const finalbody = [main, ...clauses].find(({ word }) => word === 'finally')?.body ?? NOTHING;
      if (handlers.length === 0 && finalbody.length === 0) r.faults.push(faultOf({ start, end: start + main.word.length }, "'try' has neither an 'except' nor a 'finally' after its suite"));
      return [Object.freeze({ kind: 'Try', start, end, body: main.word === 'try' ? body : NOTHING, handlers: Object.freeze(handlers), orelse: otherwise, finalbody })];
    }
    // The header is no statement at all; what stands below it is kept, in its place.
    default: return [header, ...parts.flatMap((part) => part.body)];
  }
}

const NOTHING: readonly Stmt[] = Object.freeze([]);
/** What a clause belongs to. */
const OWNERS: Readonly<Record<string, string | undefined>> = {
  elif: "its 'if'", else: "its 'if', 'for', 'while' or 'try'", except: "its 'try'", finally: "its 'try'", case: "its 'match'",
};

function ifElse(main: Part, clauses: readonly Part[], end: number): If {
  let orelse: readonly Stmt[] = NOTHING;
  for (const { word, header, body, start } of [...clauses].reverse()) {
    if (word === 'else') orelse = body;
    else if (header.kind === 'If') orelse = Object.freeze([Object.freeze({ ...header, start, end, body, orelse })]);
  }
  return Object.freeze({ ...(main.header as If), start: main.start, end, body: main.body, orelse });
}

function handlerOf(part: Part): ExceptHandler[] {
  const { header } = part;
  if (part.word !== 'except' || header.kind !== 'Try' || !header.handlers[0]) return [];
  return [Object.freeze({ ...header.handlers[0], end: part.end, body: part.body })];
}

function withBody(each: MatchCase, body: readonly Stmt[]): MatchCase {
  return Object.freeze({ ...each, body });
}

/** The suite of a `match`, each `case` of which was read as a Match of its own. */
function casesOf(r: Recovery, body: readonly Stmt[]): readonly MatchCase[] {
  return Object.freeze(body.flatMap((statement) => {
    if (statement.kind === 'Match') return statement.cases;
    r.faults.push(faultOf(statement, "the suite of 'match' has 'case' clauses only"));
    return [];
  }));
}
