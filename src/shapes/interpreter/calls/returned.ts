/** What the annotation of a function says of a result of which nothing else is known: a number that a cache keeps is an int. */
import type { FunctionDef, Lambda } from '../../python/ast';
import { bool, float, int, str } from '../../values/values';
import type { Value } from '../../values/values';

const PLAIN: ReadonlyMap<string, Value> = new Map<string, Value>([['int', int(null)], ['float', float(null)], ['bool', bool(null)], ['str', str(null)]]);

/** The result, or what it is declared to be. A parameter stays what its uses say. */
export function asDeclared(def: FunctionDef | Lambda, result: Value): Value {
  if (result.kind !== 'unknown' || result.parameter !== undefined || result.computedOf !== undefined) return result;
  if (def.kind !== 'FunctionDef' || def.isAsync || def.isGenerator || def.returns?.kind !== 'Name') return result;
  return PLAIN.get(def.returns.id) ?? result;
}
