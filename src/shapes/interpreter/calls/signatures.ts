/** Whether a call fits what it calls: by the names and the number of arguments alone. */
import { lookupInClass } from './classes';
import { OPEN_KEYWORDS } from '../interpreter';
import type { Keywords } from '../interpreter';
import type { FunctionValue, Value } from '../../values/values';

/** Of several that may be called here, the statement runs with those that take these arguments; where none does, all are meant. */
export function thatTake(options: readonly Value[], args: readonly Value[], keywords: Keywords): readonly Value[] {
  const fitting = options.filter((option) => takes(option, args.length, keywords));
  return fitting.length > 0 ? fitting : options;
}

/** What is not written in Python takes anything. */
function takes(called: Value, count: number, keywords: Keywords): boolean {
  switch (called.kind) {
    case 'function': return functionTakes(called, count, keywords);
    case 'method': return called.func.kind !== 'function' || functionTakes(called.func, count + 1, keywords);
    case 'instance': {
      const method = called.cls.mro.some(({ name }) => name === 'Module') ? lookupInClass(called.cls, 'forward') : lookupInClass(called.cls, '__call__');
      return method?.kind !== 'function' || functionTakes(method, count + 1, keywords);
    }
    default: return true;
  }
}

function functionTakes({ def, defaults, kwDefaults }: FunctionValue, count: number, keywords: Keywords): boolean {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = def.args;
  const positional = [...posonlyargs, ...args].map(({ arg }) => arg);
  // How many stand in what is unpacked, and which, is not known.
  if (keywords.has(OPEN_KEYWORDS) || (count > positional.length && !vararg)) return keywords.has(OPEN_KEYWORDS);
  const required = positional.slice(count, Math.max(count, positional.length - defaults.length));
  const isGiven = (name: string): boolean => keywords.has(name);
  if (!required.every(isGiven) || !kwonlyargs.every(({ arg }) => kwDefaults.has(arg) || isGiven(arg))) return false;
  const names = new Set([...positional.slice(Math.max(count, posonlyargs.length)), ...kwonlyargs.map(({ arg }) => arg)]);
  return kwarg !== null || [...keywords.keys()].every((name) => names.has(name));
}
