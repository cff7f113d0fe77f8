/** Imports. */
import type { Alias, Import, ImportFrom } from '../ast';
import { NONE } from '../syntaxTree';
import type { Conversion } from './conversion';

export function importNames(c: Conversion, node: number): Import {
  return Object.freeze({ kind: 'Import', ...c.span(node), names: aliases(c, node, NONE) });
}

export function importFrom(c: Conversion, node: number): ImportFrom {
  const from = c.field(node, 'module_name');
  const relative = c.kind(from) === 'relative_import';
  const prefix = relative ? c.first(from) : NONE;
  const path = relative ? c.next(prefix) : from;
  if (c.kind(c.last(node)) === "','") c.fault(c.span(c.last(node)), "a comma may end a list of imports in parentheses only");
  return Object.freeze({
    kind: 'ImportFrom', ...c.span(node), module: path === NONE ? null : dotted(c, path), names: aliases(c, node, from),
    level: prefix === NONE ? 0 : c.children(prefix).length,
  });
}

export function future(c: Conversion, node: number): ImportFrom {
  return Object.freeze({ kind: 'ImportFrom', ...c.span(node), module: '__future__', names: aliases(c, node, NONE), level: 0 });
}

function aliases(c: Conversion, node: number, from: number): readonly Alias[] {
  return Object.freeze(c.named(node).filter((child) => child !== from).map((child): Alias => {
    const span = c.span(child);
    switch (c.kind(child)) {
      case 'aliased_import': return Object.freeze({ ...span, name: dotted(c, c.first(child)), asname: c.identifier(c.last(child)) });
      case 'wildcard_import': return Object.freeze({ ...span, name: '*', asname: null });
      default: return Object.freeze({ ...span, name: dotted(c, child), asname: null });
    }
  }));
}

/** White space may stand around the dots. */
export function dotted(c: Conversion, node: number): string {
  return c.named(node).map((part) => c.identifier(part)).join('.');
}
