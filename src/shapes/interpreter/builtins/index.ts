/** Python's builtins and the parts of its standard library that models use, called by their dotted names. */
import type { Span } from '../../python/ast';
import type { Interpreter, Keywords } from '../interpreter';
import { NONE, tuple } from '../../values/values';
import type { Value } from '../../values/values';
import type { BuiltinCall, BuiltinFunction, BuiltinTable } from './call';
import { classHooks } from './class-hooks';
import { collections } from './collections';
import { containers } from './containers';
import { conversions } from './conversions';
import { copying } from './copying';
import { dataclasses } from './dataclasses';
import { functools } from './functools';
import { freshInstance } from './instances';
import { importing } from './importing';
import { inspecting } from './inspecting';
import { iteration } from './iteration';
import { itertools } from './itertools';
import { json } from './json';
import { math } from './math';
import { callMethod, hasMethodOf } from './methods';
import { numpy } from './numpy';
import { re } from './re';
import { reductions } from './reductions';
import { reflection } from './reflection';
import { standardLibrary } from './standard-library';
import { builtinClass, isException } from './types';

export { builtinConstant } from './constants';
export { finishClass, memberByValue } from './class-hooks';
export { missingKey } from './collections';

const TABLES: readonly BuiltinTable[] = [
  conversions, iteration, reductions, containers, reflection, math, functools, itertools, json, collections, copying, dataclasses, classHooks, numpy, importing, inspecting, re, standardLibrary,
];

const FUNCTIONS: ReadonlyMap<string, BuiltinFunction> = new Map(TABLES.flatMap((table) => Object.entries(table)));

/** The dotted names of all functions that have a rule. */
export function builtinNames(): readonly string[] {
  return [...FUNCTIONS.keys()];
}

export function hasBuiltin(name: string): boolean {
  return FUNCTIONS.has(name) || isException(name) || methodOf(name) !== null || initializerOf(name);
}

/** null: nothing of that name is known. Throws PythonRaise alone, through `interp.raise`. */
export function callBuiltin(name: string, args: readonly Value[], keywords: Keywords, span: Span, interp: Interpreter): Value | null {
  const call: BuiltinCall = { name, args, keywords, span, interp };
  const func = FUNCTIONS.get(name);
  if (func) return func(call);
  if (isException(name)) return freshInstance(builtinClass(name)!, [['args', tuple([...args])]]);
  const method = methodOf(name);
  if (method !== null && args.length > 0) return callMethod(args[0]!, method, args.slice(1), keywords, span, interp);
  return initializerOf(name) ? NONE : null;
}

/** `lower` of `str.lower`: a method taken off its class, to be called with the receiver as its first argument. */
function methodOf(name: string): string | null {
  const at = name.indexOf('.');
  return at > 0 && hasMethodOf(name.slice(0, at), name.slice(at + 1)) ? name.slice(at + 1) : null;
}

/** `ValueError.__init__`: what a builtin class does to an instance of its own is not seen by anything else. */
function initializerOf(name: string): boolean {
  return name.endsWith('.__init__') && builtinClass(name.slice(0, -'.__init__'.length)) !== null;
}
