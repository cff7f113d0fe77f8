/**
 * The object that `self` is in code without a class, as posts cut it out of one: a module of which only that is known
 * which the document shows. What one piece stores in it, another may use.
 */
import type { Span } from '../../python/ast';
import { importModule } from '../imports';
import type { Machine } from '../machine';
import { Parameter } from './parameters';
import type { ClassValue, FunctionValue, InstanceValue, Value } from '../../values/values';

export function impliedSelf(m: Machine, span: Span): InstanceValue {
  m.assume('self is taken to be a module, one and the same wherever it stands outside of a class', span);
  if (m.implied) return m.implied;
  const module = m.getAttribute(importModule(m, 'torch.nn', span), 'Module', span);
  const mro: ClassValue[] = [];
  const cls: ClassValue = { kind: 'class', name: 'self', qualname: 'self', bases: [module], attributes: new Map(), builtin: null, mro, def: null };
  mro.push(cls, ...(module.kind === 'class' ? module.mro : []));
  return (m.implied = { kind: 'instance', cls, attributes: new Map(), id: m.instances++ });
}

/** What nothing stores in it: something that the document defines outside of a class, or what its uses say. */
export function impliedAttribute(m: Machine, name: string, span: Span): Value {
  const { root } = m.frame.scope;
  const same = root.module.recorded ? root.bindings.get(name) : undefined;
  if (same?.kind === 'function' && isMethod(same)) return { kind: 'method', receiver: m.implied!, func: same };
  if (same) {
    m.assume(`self.${name} is taken to be the ${name} defined here outside of a class`, span);
    return same;
  }
  return freeParameter(m, `self.${name}`, name, span).value(m.tensors);
}

/** What stands for a name that nothing defines: one and the same in every round. `key` tells it from others of the same name. */
export function freeParameter(m: Machine, key: string, name: string, span: Span): Parameter {
  m.usesFreeNames = true;
  let parameter = m.freeNames.get(key);
  if (!parameter) m.freeNames.set(key, (parameter = new Parameter(name, span, null, 'name', { table: m.symbols, sizes: m.sizes })));
  m.parameters.set(parameter.dims.restName, parameter.dims);
  return parameter;
}

/** A function outside of a class whose first parameter is `self`. */
export function isMethod(func: FunctionValue): boolean {
  const { posonlyargs, args } = func.def.args;
  return func.owner === null && (posonlyargs[0] ?? args[0])?.arg === 'self';
}
