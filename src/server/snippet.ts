/** The least code that an expression needs: its top-level statement and, by name, those that it rests on. */
import { argsOf } from '../shapes/evidence/places';
import type { Span, Stmt } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import type { TracedFile } from '../project/tracedFile';

export function snippetFor(file: TracedFile, node: Span): string {
  const { body } = file.analysis.tree;
  const statements = body.map((statement) => ({ statement, ...namesOf(statement) }));
  const at = statements.findIndex(({ statement }) => statement.start <= node.start && node.end <= statement.end);
  if (at < 0) return '';
  const kept = new Set([at]);
  const wanted = [...statements[at]!.used];
  const known = new Set(wanted);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    statements.forEach(({ statement, bound, used }, i) => {
      // What comes after the statement counts only for what a function finds when it is called.
      if (kept.has(i) || !bound.has(name!) || (i > at && statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef')) return;
      kept.add(i);
      for (const other of used) {
        if (known.has(other)) continue;
        known.add(other);
        wanted.push(other);
      }
    });
  }
  const { source } = file.document;
  return [...kept].sort((a, b) => a - b).map((i) => source.slice(startOf(body[i]!, source), body[i]!.end).trimEnd()).join('\n');
}

/** With its decorators, from the line's start. */
function startOf(statement: Stmt, source: string): number {
  const decorators = statement.kind === 'FunctionDef' || statement.kind === 'ClassDef' ? statement.decorators : [];
  const start = Math.min(statement.start, ...decorators.map((decorator) => decorator.start));
  return source.lastIndexOf('\n', start - 1) + 1;
}

/** The names that a statement binds and those that it reads, at whatever depth. */
function namesOf(statement: Stmt): { bound: Set<string>; used: Set<string> } {
  const [bound, used, local] = [new Set<string>(), new Set<string>(), new Set<string>()];
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') bound.add(statement.name);
  // A function binds its own name only; what a script prints is of no use to what follows.
  const bindsNames = bound.size === 0 && !isPrinting(statement);
  walk(statement, (node) => {
    if (node.kind === 'Import' || node.kind === 'ImportFrom') for (const alias of node.names) bound.add(alias.asname ?? alias.name.split('.')[0]!);
    else if (node.kind === 'FunctionDef') for (const arg of argsOf(node.args)) local.add(arg.arg);
    else if (node.kind === 'Name') {
      used.add(node.id);
      if (bindsNames) bound.add(node.id);
    }
    return true;
  });
  for (const name of local) used.delete(name);
  return { bound, used };
}

function isPrinting(statement: Stmt): boolean {
  return statement.kind === 'Expr' && statement.value.kind === 'Call' && statement.value.func.kind === 'Name' && statement.value.func.id === 'print';
}
