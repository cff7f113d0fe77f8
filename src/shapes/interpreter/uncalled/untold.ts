/** Calls that tell nothing of what they give: data read from a file, what a library that is not installed returns. The function is as good as one that nothing calls. */
import { parametersOf } from '../calls/functions';
import type { Scope } from '../state/scope';
import type { FunctionValue, Value } from '../../values/values';

/** Whether something is given of which nothing is known, and of nothing else more than numbers and settings: the function itself says more. */
export function tellsNothing({ def, owner, decorator }: FunctionValue, { bindings }: Scope): boolean {
  if (def.kind === 'Lambda') return false;
  const given = parametersOf(def.args).slice(owner && decorator !== 'staticmethod' ? 1 : 0).flatMap(({ arg }) => bindings.get(arg) ?? []);
  return given.some(isNothing) && given.every((value) => isNothing(value) || isSetting(value));
}

const SETTINGS: ReadonlySet<Value['kind']> = new Set(['None', 'bool', 'str', 'int', 'float', 'dtype', 'device', 'builtin']);

function isSetting(value: Value): boolean {
  return SETTINGS.has(value.kind) || (value.kind === 'tuple' && value.items?.length === 0) || (value.kind === 'dict' && value.entries.size === 0 && !value.open);
}

const isNothing = (value: Value): boolean => value.kind === 'unknown' || (value.kind === 'Tensor' && value.shape.rest !== null && value.shape.dims.length === 0);
