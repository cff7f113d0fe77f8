/**
 * How a builtin function is written down: a table from dotted names to functions of one bound call. An argument
 * combination that a function does not handle gives an unknown value with its reason, never a guess.
 */
import type { Span } from '../../python/ast';
import type { Interpreter, Keywords } from '../interpreter';
import { unknown } from '../../values/values';
import type { UnknownValue, Value } from '../../values/values';

export interface BuiltinCall {
  readonly name: string;
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  readonly span: Span;
  readonly interp: Interpreter;
}

export type BuiltinFunction = (call: BuiltinCall) => Value;
export type BuiltinTable = Readonly<Record<string, BuiltinFunction>>;

/**
 * The arguments bound to parameters in order; `undefined` for one that was not given. Raises Python's TypeError for
 * too many positional arguments, an unexpected keyword, or one given twice.
 *
 * @param required how many of the parameters have no default
 */
export function bind(call: BuiltinCall, parameters: readonly string[], required: number): (Value | undefined)[] {
  const { args, keywords, interp } = call;
  const name = shortName(call.name);
  if (args.length > parameters.length) interp.raise('TypeError', `${name}() takes at most ${count(parameters.length, 'argument')} (${args.length} given)`);
  const bound: (Value | undefined)[] = parameters.map((_, i) => args[i]);
  for (const [keyword, value] of keywords) {
    const at = parameters.indexOf(keyword);
    if (at < 0) interp.raise('TypeError', `${name}() got an unexpected keyword argument '${keyword}'`);
    if (bound[at] !== undefined) interp.raise('TypeError', `${name}() got multiple values for argument '${keyword}'`);
    bound[at] = value;
  }
  for (let i = 0; i < required; i++) {
    if (bound[i] === undefined) interp.raise('TypeError', `${name}() missing required argument: '${parameters[i]}'`);
  }
  return bound;
}

/** The reason of the first unknown among the values, else `otherwise`. */
export function unknownFrom(values: readonly (Value | undefined)[], otherwise: string): UnknownValue {
  for (const value of values) if (value?.kind === 'unknown') return value;
  return unknown(otherwise);
}

/** The result of a call that is not handled. */
export function unhandled(call: BuiltinCall, why = 'is not known for these arguments'): UnknownValue {
  return unknownFrom([...call.args, ...call.keywords.values()], `the result of ${call.name} ${why}`);
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
