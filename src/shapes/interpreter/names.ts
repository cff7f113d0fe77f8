/** Looks names up: scopes, then Python's builtins. A name that nothing defines is unknown, and says so once. */
import type { Span } from '../python/ast';
import { builtinConstant, hasBuiltin } from './builtins/index';
import type { Machine } from './machine';
import { builtin, unknown } from './values';
import type { Value } from './values';
import { wellKnown } from './wellknown';

export function resolveName(m: Machine, name: string, span: Span): Value {
  const bound = m.frame.scope.lookup(name);
  if (bound !== undefined) return bound;
  const constant = builtinConstant(name);
  if (constant) return constant;
  if (hasBuiltin(name) || name === 'super') return builtin(name);
  return wellKnown(m, name, span) ?? unknown(`the name ${name} is not defined here`, span);
}
