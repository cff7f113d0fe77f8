/** The names of a scope as a dict: `locals()`, `vars()`. https://docs.python.org/3/library/functions.html#locals */
import { walk } from '../python/walk';
import { attributesOf } from './attributes';
import { dictOf } from './builtins/sequences';
import type { Machine } from './machine';
import { unknown } from '../values/values';
import type { Value } from '../values/values';

/** A dict of its own: what is written to it changes no name, as in a function it changes none in Python either. */
export function localNames(m: Machine): Value {
  const { scope, def, owner } = m.frame;
  if (scope.kind === 'module') return globalNames(m);
  if (scope.kind !== 'function' || scope.isComprehension || !def) return unknown('the names of a class or a comprehension are not traced as a dict');
  const names = new Map<string, Value>();
  for (const name of scope.bindings.names()) if (!scope.globals.has(name)) names.set(name, scope.bindings.get(name)!);
  // What it reads of the functions around it is among them, and `__class__` where it calls super().
  for (const name of namesRead(def)) {
    if (names.has(name)) continue;
    if (owner && (name === 'super' || name === '__class__')) names.set('__class__', owner);
    for (let around = scope.parent; around; around = around.parent) {
      const value = around.kind === 'function' ? around.bindings.get(name) : undefined;
      if (value === undefined) continue;
      names.set(name, value);
      break;
    }
  }
  return dictOf(names);
}

/** The names of the module that the code stands in: what is written to the dict binds them. https://docs.python.org/3/library/functions.html#globals */
export function globalNames(m: Machine): Value {
  return attributesOf(m, m.frame.scope.root.bindings);
}

function namesRead(def: NonNullable<Machine['frame']['def']>): Set<string> {
  const names = new Set<string>();
  for (const statement of def.kind === 'Lambda' ? [def.body] : def.body) walk(statement, (node) => { if (node.kind === 'Name') names.add(node.id); });
  return names;
}
