/**
 * Shapes that a library documents for the parameters of a whole family of functions, by their names: transformers'
 * `@auto_docstring` fills them into docstrings from a class of descriptions, `{'description': …, 'shape': …}` each.
 */
import { shapeClaim } from '../../evidence/docstrings';
import type { ParameterClaim } from '../../evidence/claim';
import type { Expr } from '../../python/ast';
import type { Parameter } from './parameters';
import type { Scope } from '../state/scope';
import type { FunctionValue } from '../../values/values';

const DECORATOR = 'auto_docstring';
const DESCRIPTIONS = 'ModelArgs';

export function documentedClaim(func: FunctionValue, parameter: Parameter): ParameterClaim | null {
  const { def } = func;
  const closure = func.closure as Scope;
  if (def.kind !== 'FunctionDef' || !def.decorators.some((decorator) => nameOf(decorator) === DECORATOR)) return null;
  const decorator = closure.lookup(DECORATOR);
  const descriptions = decorator?.kind === 'function' ? (decorator.closure as Scope).root.bindings.get(DESCRIPTIONS) : undefined;
  const description = descriptions?.kind === 'class' ? descriptions.attributes.get(parameter.name) : undefined;
  const shape = description?.kind === 'dict' ? description.entries.get('s:shape')?.value : undefined;
  return shape?.kind === 'str' && shape.value !== null ? shapeClaim(shape.value, parameter.span) : null;
}

function nameOf(decorator: Expr): string | null {
  const callee = decorator.kind === 'Call' ? decorator.func : decorator;
  return callee.kind === 'Name' ? callee.id : null;
}
