// The names that a statement reads and binds, and those that any Python text about tensors may use without defining them.
import type { Expr, Stmt } from '../../shapes/python/ast';

/** Modules by the names that they are commonly imported as, and the receiver that methods share. */
export const wellKnownNames: ReadonlySet<string> = new Set([
  'torch', 'nn', 'F', 'optim', 'torchvision', 'transforms', 'np', 'numpy', 'math', 'random', 'os', 'sys', 're', 'plt', 'pd', 'einops', 'timm', 'functools', 'itertools', 'collections', 'self', 'cls',
]);

export const builtinNames: ReadonlySet<string> = new Set([
  'print', 'len', 'range', 'enumerate', 'zip', 'map', 'filter', 'sum', 'min', 'max', 'abs', 'round', 'sorted', 'reversed', 'any', 'all', 'int', 'float', 'bool', 'str', 'list', 'tuple', 'dict', 'set',
  'type', 'isinstance', 'issubclass', 'getattr', 'setattr', 'hasattr', 'super', 'iter', 'next', 'open', 'input', 'id', 'repr', 'slice', 'object', 'divmod', 'pow', 'display',
]);

interface Walkable { readonly kind?: unknown; readonly [field: string]: unknown }

/** Every node within, itself first, in the order of the fields. */
export function* nodesOf(root: unknown): Generator<Walkable> {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) {
      for (let index = next.length - 1; index >= 0; index--) waiting.push(next[index]);
    } else if (typeof next === 'object' && next !== null) {
      const node = next as Walkable;
      if (typeof node.kind === 'string') yield node;
      waiting.push(...Object.values(node).filter((field) => typeof field === 'object' && field !== null).reverse());
    }
  }
}

/** The names of expressions and targets alike. */
export function namesIn(root: Stmt | Expr | readonly (Stmt | Expr)[]): Set<string> {
  const names = new Set<string>();
  for (const node of nodesOf(root)) if (node.kind === 'Name') names.add(node['id'] as string);
  return names;
}

/** The names that statements bind at their own level: targets, imports, functions, classes. */
export function boundNames(statements: readonly Stmt[]): Set<string> {
  const bound = new Set<string>();
  const bindTarget = (target: Expr): void => {
    if (target.kind === 'Name') bound.add(target.id);
    else if (target.kind === 'Tuple' || target.kind === 'List') target.elts.forEach(bindTarget);
    else if (target.kind === 'Starred') bindTarget(target.value);
  };
  const visit = (statement: Stmt): void => {
    switch (statement.kind) {
      case 'Assign': statement.targets.forEach(bindTarget); break;
      case 'AnnAssign': case 'AugAssign': bindTarget(statement.target); break;
      case 'FunctionDef': case 'ClassDef': bound.add(statement.name); break;
      case 'Import': for (const { name, asname } of statement.names) bound.add(asname ?? name.split('.')[0]!); break;
      case 'ImportFrom': for (const { name, asname } of statement.names) bound.add(asname ?? name); break;
      case 'For': bindTarget(statement.target); [...statement.body, ...statement.orelse].forEach(visit); break;
      case 'While': case 'If': [...statement.body, ...statement.orelse].forEach(visit); break;
      case 'With':
        for (const { optionalVars } of statement.items) if (optionalVars) bindTarget(optionalVars);
        statement.body.forEach(visit);
        break;
      case 'Try': [...statement.body, ...statement.handlers.flatMap((handler) => handler.body), ...statement.orelse, ...statement.finalbody].forEach(visit); break;
      default: break;
    }
  };
  statements.forEach(visit);
  return bound;
}

/** The name that a chain of attributes, calls and subscripts starts from: `x` in `x.view(-1)[0]`. */
export function rootName(expression: Expr): string | null {
  let inner: Expr = expression;
  for (;;) {
    if (inner.kind === 'Name') return inner.id;
    if (inner.kind === 'Attribute' || inner.kind === 'Subscript') inner = inner.value;
    else if (inner.kind === 'Call') inner = inner.func;
    else return null;
  }
}
