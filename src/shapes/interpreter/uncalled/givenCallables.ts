/**
 * Classes and functions that functions of the document give each other: `Net(Block, [2, 2])`. What nothing else says of a
 * parameter, the calls in the document do, if all that say something give the same.
 */
import type { Arg } from '../../python/ast';
import type { Machine } from '../machine';
import type { Parameter } from './parameters';
import type { Trial } from './trial';
import type { Value } from '../../values/values';

type Callable = Extract<Value, { readonly kind: 'class' | 'function' | 'builtin' }>;

export const isCallable = (value: Value): value is Callable => value.kind === 'class' || value.kind === 'function' || value.kind === 'builtin';

/** One that was given, and the object by which sets know that. */
interface Given { readonly key: object; readonly value: Callable }

/** By what identifies them. */
const given = new WeakMap<object, Map<unknown, Given>>();

/** A call gives a parameter of a function this value. */
export function noteCallable({ ranks }: Trial, arg: Arg, value: Value): void {
  if (!isCallable(value)) return;
  const all = given.get(arg) ?? new Map<unknown, Given>();
  given.set(arg, all);
  const identity = value.kind === 'builtin' ? value.name : value.def ?? value.name;
  // The same definition may have been run once more.
  const known = { key: all.get(identity)?.key ?? {}, value };
  all.set(identity, known);
  ranks.add(known.key);
}

/** Proposes to parameters of which nothing else is known what calls agree on. */
export function takeCallables(m: Machine, trial: Trial, parameters: readonly Parameter[]): boolean {
  const told = parameters.map((parameter) => {
    const values = [...given.get(parameter.span)?.values() ?? []].filter(({ key }) => trial.ranks.has(key) || m.ranks.has(key));
    return values.length === 1 && parameter.claimValue(values[0]!.value);
  });
  return told.some(Boolean);
}
