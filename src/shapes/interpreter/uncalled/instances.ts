/** What a parameter is where `isinstance` says of which class: an instance made of arguments of which nothing is known. */
import type { Span } from '../../python/ast';
import { lookupInClass, instantiate } from '../calls/classes';
import { parameterOf } from './demands';
import { PythonRaise } from '../interpreter';
import type { Machine } from '../machine';
import { argumentsOf, constructorOf, constructorParameters } from './uncalled';
import type { ClassValue, Value } from '../../values/values';
import { unknown } from '../../values/values';

/** Expression visits that making one may take: a layer takes some hundreds. */
const MAX_VISITS = 20_000;
/** Of more classes at once little is known. */
const MAX_CLASSES = 3;

/** The parameter as a module of one of these classes; null where nothing is gained by that. */
export function asInstance(m: Machine, value: Value, classes: Value, span: Span): Value | null {
  const parameter = m.inferring ? parameterOf(value) : null;
  const all = classes.kind === 'tuple' ? classes.items ?? [] : [classes];
  if (parameter?.kind !== 'outside' || all.length === 0 || all.length > MAX_CLASSES || !all.every((cls) => isModule(m, cls))) return null;
  return m.joiner.joinAll((all as ClassValue[]).map((cls) => {
    const init = constructorOf(m, cls);
    const parameters = parameter.held.ofClass(cls, () => constructorParameters(m, cls, init));
    return m.allow(MAX_VISITS, cls.name, () => {
      try {
        return instantiate(m, cls, ...argumentsOf(m, init, parameters), span);
      } catch (error) {
        if (!(error instanceof PythonRaise)) throw error;
        return value;
      }
    }, unknown);
  }));
}

/** A class of modules that the document defines: a model has many linear layers, each of its own sizes, but one head. */
function isModule(m: Machine, value: Value): value is ClassValue {
  return value.kind === 'class' && value.def !== null && m.module.tree.body.includes(value.def) && value.mro.some(({ name }) => name === 'Module') && lookupInClass(value, '__init__')?.kind === 'function';
}
