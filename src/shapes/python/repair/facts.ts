/** What Python says about one statement: the names that it reads and binds. */
import type { Expr, Stmt } from '../ast';
import type { PythonParser } from '../parser';
import { walk } from '../walk';

/** What a statement reads and binds: names, and attributes as `self.scale`. */
export interface Facts {
  /** `if`, `def`, `return` …; `@` for a decorator; '' for expressions and assignments. */
  readonly word: string;
  readonly text: string;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  /** What it only changes: the table of `table[0] = x`. Part of `writes`. */
  readonly changes: ReadonlySet<string>;
  /** Of a function: its parameters; else empty. */
  readonly parameters: readonly string[];
  /** Of a function or class. */
  readonly name: string;
  /** An expression that does nothing, as `a.b`: prose is often read so. */
  readonly isIdle: boolean;
}

/** @param text the statement alone */
export function factsOf(text: string, isHeader: boolean, parser: PythonParser): Facts {
  const word = text.startsWith('@') ? '@' : /^(?:async\s+)?([A-Za-z_]\w*)\b/.exec(text)?.[1] ?? '';
  const reads = new Set<string>();
  const writes = new Set<string>();
  const changes = new Set<string>();
  let parameters: string[] = [];
  let name = '';
  const body = parser.parse(alone(text, word, isHeader)).body;
  const statement = body[0];
  if (statement?.kind === 'FunctionDef') {
    const { args } = statement;
    parameters = [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg].flatMap((arg) => (arg ? [arg.arg] : []));
  }
  if (statement?.kind === 'FunctionDef' || statement?.kind === 'ClassDef') name = statement.name;
  for (const each of body) collect(each, reads, writes, changes);
  const known = isHeader || word === '@' || /^(?:return|raise|break|continue|pass|import|from|assert|del|global|nonlocal)$/.test(word);
  return { word: known ? word : '', text: text.replace(/\s+/g, ' '), reads, writes, changes, parameters, name, isIdle: word !== '@' && body.some(isIdle) };
}

function isIdle(statement: Stmt): boolean {
  if (statement.kind === 'AnnAssign') return statement.value === null && statement.annotation.kind !== 'Name' && statement.annotation.kind !== 'Subscript' && statement.annotation.kind !== 'Attribute';
  return statement.kind === 'Expr' && !['Call', 'Constant', 'Await', 'Yield', 'YieldFrom'].includes(statement.value.kind);
}

/** The statement as a program of its own. */
function alone(text: string, word: string, isHeader: boolean): string {
  if (word === '@') return text.slice(1);
  if (!isHeader) return text;
  if (word === 'elif') return `${text.slice(2)}\n pass\n`;
  if (word === 'else' || word === 'try' || word === 'finally') return '';
  if (word === 'except') return `try:\n pass\n${text}\n pass\n`;
  if (word === 'match') return `${text}\n case _:\n  pass\n`;
  if (word === 'case') return `match _:\n ${text}\n  pass\n`;
  return `${text}\n pass\n`;
}

function collect(statement: Stmt, reads: Set<string>, writes: Set<string>, changes: Set<string>): void {
  const stored = new Set<unknown>();
  const bound = new Set<string>();
  const store = (target: Expr): void => {
    if (target.kind === 'Tuple' || target.kind === 'List') target.elts.forEach(store);
    else if (target.kind === 'Starred') store(target.value);
    else {
      const path = pathOf(target.kind === 'Subscript' ? target.value : target);
      if (path !== null) writes.add(path);
      if (path !== null && target.kind === 'Subscript') changes.add(path);
      if (target.kind === 'Name') stored.add(target);
    }
  };
  walk(statement, (node) => {
    switch (node.kind) {
      case 'Assign': node.targets.forEach(store); break;
      case 'AnnAssign': case 'For': case 'NamedExpr': store(node.target); break;
      case 'AugAssign': {
        const path = pathOf(node.target);
        if (path !== null) {
          writes.add(path);
          changes.add(path);
        }
        break;
      }
      case 'With': for (const { optionalVars } of node.items) if (optionalVars) store(optionalVars); break;
      case 'FunctionDef': case 'ClassDef': writes.add(node.name); break;
      case 'ExceptHandler': if (node.name) writes.add(node.name); break;
      case 'Import': case 'ImportFrom': for (const { name, asname } of node.names) writes.add(asname ?? name.split('.')[0]!); break;
      case 'ListComp': case 'SetComp': case 'GeneratorExp': case 'DictComp':
        for (const { target } of node.generators) walk(target, (inner) => void (inner.kind === 'Name' && bound.add(inner.id)));
        break;
      case 'Attribute': {
        const path = pathOf(node);
        if (path !== null) reads.add(path);
        break;
      }
      case 'Name': if (!stored.has(node)) reads.add(node.id); break;
      default:
    }
  });
  for (const name of bound) reads.delete(name);
}

/** A name, or an attribute of `self`. */
function pathOf(target: Expr): string | null {
  if (target.kind === 'Name') return target.id;
  if (target.kind === 'Attribute') return target.value.kind === 'Name' && target.value.id === 'self' ? `self.${target.attr}` : null;
  if (target.kind === 'Subscript') return pathOf(target.value);
  return null;
}
