/**
 * Classes and functions given as arguments (`norm_layer=nn.LayerNorm`). A function that nothing calls is traced with the
 * defaults of such parameters; where a call in sight gives others, what follows from the defaults proves nothing.
 */
import { lookupInClass } from '../interpreter/calls/classes';
import type { Machine } from '../interpreter/machine';
import type { Frame, Scope } from '../interpreter/state/scope';
import type { FunctionValue, Value } from '../values/values';

const CALLABLE: ReadonlySet<Value['kind']> = new Set(['class', 'function', 'builtin', 'partial', 'method']);

/** Notes what a call gives besides the defaults. */
export function noteOverrides(m: Machine, func: FunctionValue, scope: Scope): void {
  const { args } = func.def;
  const positional = [...args.posonlyargs, ...args.args];
  const differs = func.defaults.some((fallback, i) => isOther(scope.bindings.get(positional[positional.length - func.defaults.length + i]!.arg), fallback))
    || [...func.kwDefaults].some(([name, fallback]) => isOther(scope.bindings.get(name), fallback));
  if (differs) m.overridden.add(func.def);
}

function isOther(given: Value | undefined, fallback: Value): boolean {
  if (given === undefined || given === fallback || !CALLABLE.has(fallback.kind)) return false;
  return !(given.kind === 'class' && fallback.kind === 'class' && given.def === fallback.def && given.builtin === fallback.builtin)
    && !(given.kind === 'builtin' && fallback.kind === 'builtin' && given.name === fallback.name);
}

/** Whether here something rests on a default that another call replaces. */
export function restsOnDefault(m: Machine): boolean {
  for (let frame: Frame | null = m.frame; frame; frame = frame.caller) {
    if (frame.def && m.overridden.has(frame.def)) return true;
    const init = frame.self?.kind === 'instance' ? lookupInClass(frame.self.cls, '__init__') : null;
    if (init?.kind === 'function' && m.overridden.has(init.def)) return true;
  }
  return false;
}
