// Which statements print what: `print(…)` with its parts, and expressions whose value a notebook, a prompt, or the author of a
// post shows.
import type { Expr, Module, Stmt } from '../shapes/python/ast';
import { isPrint } from '../shapes/python/prints';
import type { TracedDocument } from './document';
import { cellOf } from './document';
import { partsOf } from './printed/parts';
import type { PrintedPart } from './printed/parts';

export type { PrintedPart } from './printed/parts';

export interface PrintingStatement {
  readonly statement: Stmt;
  /** The index of its cell. */
  readonly cell: number | null;
  readonly shows: 'print' | 'value';
  /** Python prints it; else only an author may have shown it. */
  readonly certain: boolean;
  /** In a loop or a function it prints once for each pass or call. */
  readonly within: 'module' | 'loop' | 'function';
  readonly parts: readonly PrintedPart[];
}

/** In the order of the document. */
export function printingStatements(module: Module, document: Pick<TracedDocument, 'cells' | 'language' | 'map'>): PrintingStatement[] {
  const found: PrintingStatement[] = [];
  const cellAt = (statement: Stmt): number | null => cellOf(document, statement);
  const lastOfCell = new Map<number | null, Stmt>();
  for (const statement of module.body) lastOfCell.set(cellAt(statement), statement);

  const visit = (statement: Stmt, within: PrintingStatement['within']): void => {
    if (statement.kind === 'Expr') {
      const cell = cellAt(statement);
      const print = printCall(statement.value);
      if (print) {
        found.push({ statement, cell, shows: 'print', certain: true, within, parts: print });
      } else if (within === 'module' && cell !== null && canShow(statement.value)) {
        const shown = showsValue(statement.value, statement === lastOfCell.get(cell), document.cells[cell]!.kind, document.language);
        const silenced = /^[ \t]*;/.test(module.source.slice(statement.end, statement.end + 20));
        if (shown !== 'no' && !silenced) found.push({ statement, cell, shows: 'value', certain: shown === 'always', within, parts: partsOf(statement.value, 'repr') });
      }
      return;
    }
    for (const [body, inner] of suitesOf(statement, within)) for (const each of body) visit(each, inner);
  };
  for (const statement of module.body) visit(statement, 'module');
  return found.sort((a, b) => document.map.toDocument(a.statement.start) - document.map.toDocument(b.statement.start));
}

function suitesOf(statement: Stmt, within: PrintingStatement['within']): [readonly Stmt[], PrintingStatement['within']][] {
  const loop = within === 'module' ? 'loop' : within;
  switch (statement.kind) {
    case 'FunctionDef': return [[statement.body, 'function']];
    case 'ClassDef': return [[statement.body, within]];
    case 'For': case 'While': return [[statement.body, loop], [statement.orelse, within]];
    case 'If': return [[statement.body, within], [statement.orelse, within]];
    case 'With': return [[statement.body, within]];
    case 'Match': return statement.cases.map((each) => [each.body, within]);
    case 'Try': return [[statement.body, within], ...statement.handlers.map((handler): [readonly Stmt[], PrintingStatement['within']] => [handler.body, within]), [statement.orelse, within], [statement.finalbody, within]];
    default: return [];
  }
}

/** The parts of a `print(…)`; null for anything else. */
function printCall(value: Expr): PrintedPart[] | null {
  return isPrint(value) ? value.args.flatMap((argument) => partsOf(argument, value.func.id === 'display' ? 'repr' : 'str')) : null;
}

/** A docstring is an expression that nobody shows. */
function canShow(value: Expr): boolean {
  return value.kind !== 'ErrorExpr' && !(value.kind === 'Constant' && value.value.type === 'Ellipsis');
}

function showsValue(value: Expr, isLast: boolean, cell: 'code' | 'transcript', language: TracedDocument['language']): 'always' | 'maybe' | 'no' {
  if (cell === 'transcript') return 'always';
  if (language === 'python') return 'no';
  if (language === 'notebook') return isLast ? 'always' : 'no';
  // A post may show what any expression is, but a call in the middle is there for its effect.
  if (value.kind === 'Constant') return 'no';
  return isLast || value.kind !== 'Call' ? 'maybe' : 'no';
}
