/**
 * Functions and methods that nothing in the document calls: traced once with parameters of which only that is known
 * which their annotations and defaults say. Ints become symbols named as the parameter.
 */
import type * as ast from '../python/ast';
import { constant, symbol } from '../symint/symint';
import { bindParameters, runFunction } from './functions';
import { PythonRaise } from './interpreter';
import type { Machine } from './machine';
import { Scope } from './scope';
import { instantiate, lookupInClass } from './classes';
import type { ClassValue, FunctionValue, Value } from './values';
import { bool, int, unknown } from './values';

export function traceUncalled(m: Machine): void {
  for (const value of [...m.frame.scope.bindings.values()]) {
    if (value.kind === 'function' && isOwn(m, value)) traceFunction(m, value, null);
    else if (value.kind === 'class' && value.def && m.module.tree.body.includes(value.def)) traceClass(m, value);
  }
}

function isOwn(m: Machine, func: FunctionValue): boolean {
  return (func.closure as Scope).module === m.module && func.def.kind === 'FunctionDef';
}

function traceClass(m: Machine, cls: ClassValue): void {
  const methods = [...cls.attributes.values()].filter((value): value is FunctionValue => value.kind === 'function' && isOwn(m, value) && !m.entered.has(value.def));
  if (methods.length === 0) return;
  const self = guardedly(m, () => {
    const init = lookupInClass(cls, '__init__');
    const parameters = init?.kind === 'function' && isOwn(m, init) ? init.def.args : null;
    const keywords = new Map<string, Value>();
    const positional: Value[] = [];
    if (parameters && init?.kind === 'function') {
      [...parameters.posonlyargs, ...parameters.args].slice(1).forEach((arg, i) => positional.push(argumentFor(m, init, arg, i + 1)));
      parameters.kwonlyargs.forEach((arg) => keywords.set(arg.arg, argumentFor(m, init, arg, -1)));
    }
    return instantiate(m, cls, positional, keywords, cls.def!);
  }) ?? unknown(`an instance of ${cls.name} could not be made without a call`);
  for (const method of methods) if (!m.entered.has(method.def)) traceFunction(m, method, method.decorator === 'staticmethod' ? null : method.decorator === 'classmethod' ? cls : self);
}

function traceFunction(m: Machine, func: FunctionValue, self: Value | null): void {
  if (m.entered.has(func.def)) return;
  guardedly(m, () => {
    const scope = new Scope('function', func.closure as Scope, func.qualname, (func.closure as Scope).module);
    const { args } = func.def;
    const positional = [...args.posonlyargs, ...args.args].map((arg, i) => (i === 0 && self ? self : argumentFor(m, func, arg, i)));
    const keywords = new Map(args.kwonlyargs.map((arg) => [arg.arg, argumentFor(m, func, arg, -1)] as const));
    bindParameters(func, positional, keywords, scope);
    if (args.vararg) scope.bindings.set(args.vararg.arg, { kind: 'tuple', items: null, element: unknown(`what *${args.vararg.arg} holds is known only where it is called`), typeName: null, fields: null });
    if (args.kwarg) scope.bindings.set(args.kwarg.arg, { kind: 'dict', entries: new Map(), open: true, element: null, typeName: null });
    return runFunction(m, func, scope, func.def, positional[0] ?? null);
  });
}

/** Writes of such a trace are undone: one function's parameters tell nothing to the next. */
function guardedly<T>(m: Machine, run: () => T): T | null {
  const facts = m.facts.copy();
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return null;
  } finally {
    m.facts.restoreFrom(facts);
  }
}

function argumentFor(m: Machine, func: FunctionValue, arg: ast.Arg, position: number): Value {
  const { args } = func.def;
  const all = [...args.posonlyargs, ...args.args];
  const fallback = position < 0 ? func.kwDefaults.get(arg.arg) : func.defaults[position - (all.length - func.defaults.length)];
  const annotation = arg.annotation?.kind === 'Name' ? arg.annotation.id : null;
  if (fallback?.kind === 'bool') return bool(null);
  if (annotation === 'int' || fallback?.kind === 'int') return sizeNamed(m, arg, fallback?.kind === 'int' ? fallback.value?.value ?? null : null);
  if (fallback && fallback.kind !== 'None') return fallback;
  const outside = unknown(`no call here says what ${arg.arg} is`, arg);
  return fallback ? { kind: 'union', options: [fallback, outside] } : outside;
}

function sizeNamed(m: Machine, arg: ast.Arg, hint: number | null): Value {
  const pinned = m.sizes.get(arg.arg);
  if (pinned !== undefined) return int(constant(pinned));
  return int(symbol(m.symbols.fresh(arg.arg, { hint, origin: hint === null ? `parameter ${arg.arg}` : `parameter ${arg.arg}, default ${hint}`, range: { start: arg.start, end: arg.end }, min: null })));
}
