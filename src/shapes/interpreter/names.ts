/** Looks names up: scopes, then Python's builtins. A name that nothing defines is unknown, and says so once. */
import type { Span } from '../python/ast';
import { builtinConstant, hasBuiltin } from './builtins/index';
import { freeParameter, impliedSelf } from './uncalled/implied';
import type { Machine } from './machine';
import { builtin, unknown } from '../values/values';
import type { Value } from '../values/values';
import { wellKnown } from './wellknown';

/** A name that the document uses and never defines, as the middle of a post does: what it is, its uses say. */
function freeName(m: Machine, name: string, span: Span): Value | null {
  if (!m.frame.scope.module.recorded || m.hasUnknownNames) return null;
  const pinned = m.pinned.get(name);
  if (pinned) return pinned;
  if (name === 'self') return impliedSelf(m, span);
  return givenValue(m, name, name, `the name ${name} is not defined here`, span);
}

/** What is given from outside: nothing but its uses says what it is. `key` tells it from others of the same name. */
export function givenValue(m: Machine, key: string, name: string, reason: string, span: Span): Value {
  const parameter = freeParameter(m, key, name, span);
  const value = parameter.value(m.tensors);
  if (value.kind === 'Tensor' && parameter.assumption) return { ...value, assumes: [m.assume(parameter.assumption, span, parameter.like)] };
  return value.kind === 'unknown' ? { ...value, reason } : value;
}

export function resolveName(m: Machine, name: string, span: Span): Value {
  const bound = m.frame.scope.lookup(name);
  if (bound !== undefined) return bound;
  const constant = builtinConstant(name);
  if (constant) return constant;
  if (hasBuiltin(name) || name === 'super') return builtin(name);
  return wellKnown(m, name, span) ?? freeName(m, name, span) ?? unknown(`the name ${name} is not defined here`, span);
}
