/**
 * Functions and classes of the document whose name another definition took over further on, as a text does that builds its code
 * version by version. They are kept beside the names, so that a version that nothing called is traced as well: with the versions
 * of the others that were there then.
 */
import type * as ast from '../../python/ast';
import type { Machine } from '../machine';
import type { ClassValue, FunctionValue, Value } from '../../values/values';

type Definition = FunctionValue | ClassValue;

/** Names that no code can have. */
const key = (name: string, version: number): string => `${name} version ${version}`;

/** To be called before a definition of the top level takes over the name. */
export function keepShadowed(m: Machine, node: ast.FunctionDef | ast.ClassDef): void {
  const { scope } = m.frame;
  if (scope.kind !== 'module' || !scope.module.recorded) return;
  const before = scope.bindings.get(node.name);
  if (before === undefined || !isTopLevel(m, before) || before.def === node || isOverload(before)) return;
  let version = 0;
  while (scope.bindings.has(key(node.name, version))) version++;
  m.heap.set(scope.bindings, key(node.name, version), before);
}

/** Several signatures of one function: https://docs.python.org/3/library/typing.html#typing.overload */
function isOverload({ def }: Definition): boolean {
  return def?.kind === 'FunctionDef' && def.decorators.length > 0;
}

function isTopLevel(m: Machine, value: Value): value is Definition & { readonly def: ast.FunctionDef | ast.ClassDef } {
  return (value.kind === 'function' || value.kind === 'class') && value.def !== null && m.module.tree.body.includes(value.def as ast.Stmt);
}

/** The versions that were replaced, oldest first. */
function versionsOf(m: Machine, name: string): Definition[] {
  const { bindings } = m.frame.scope;
  const found: Definition[] = [];
  for (let version = 0; ; version++) {
    const value = bindings.get(key(name, version));
    if (value?.kind !== 'function' && value?.kind !== 'class') return found;
    found.push(value);
  }
}

/** All of them, in the order of the document. */
export function shadowed(m: Machine): Definition[] {
  const names = new Set(m.module.tree.body.flatMap((statement) => (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef' ? [statement.name] : [])));
  return [...names].flatMap((name) => versionsOf(m, name)).sort((a, b) => a.def!.start - b.def!.start);
}

/** Runs what traces a version that was replaced, with the versions of the others that were there when it was made: the last before it, or else the first. */
export function inItsTime(m: Machine, value: Definition, others: readonly Definition[], trace: () => void): void {
  const { bindings } = m.frame.scope;
  const mark = m.heap.mark();
  try {
    for (const name of new Set(others.map((each) => each.name))) {
      const now = bindings.get(name);
      const versions = [...versionsOf(m, name), ...(now && isTopLevel(m, now) ? [now] : [])];
      const then = versions.filter(({ def }) => def!.start <= value.def!.start).at(-1) ?? versions[0]!;
      if (then !== now) m.heap.set(bindings, name, then);
    }
    trace();
  } finally {
    m.heap.rollback(mark);
    m.heap.release();
  }
}
