/**
 * Functions and methods that nothing in the document calls: traced with parameters of which only that is known which
 * annotations, defaults and the body itself say.
 */
import type * as ast from '../../python/ast';
import { walk } from '../../python/walk';
import { declaredAnnotation } from './annotations';
import { Claims } from './claims';
import { instantiate } from '../calls/classes';
import { bindParameters, runFunction } from '../calls/functions';
import { isCallable } from './givenCallables';
import { asInstance } from './instances';
import { impliedSelf, isMethod } from './implied';
import { PythonRaise } from '../interpreter';
import { inferredParameter, restParameter, withRest } from './plumbing';
import type { Machine } from '../machine';
import type { Parameter } from './parameters';
import { NOTHING_LEFT, settle } from './rounds';
import type { Left, Part } from './rounds';
import { Scope } from '../state/scope';
import { setOnSelf } from './receivers';
import { inItsTime, shadowed } from './shadowed';
import type { Trials } from './trial';
import type { ClassValue, FunctionValue, Value } from '../../values/values';
import { unknown } from '../../values/values';

/** A function or class of the document's top level, and the trace of what in it nothing calls. */
export interface Uncalled {
  readonly value: FunctionValue | ClassValue;
  readonly trace: (trials: Trials) => void;
}

/** In the order in which they are to be traced. */
export function uncalled(m: Machine): Uncalled[] {
  const replaced = shadowed(m);
  const own = [
    ...definedIn(m, m.module.tree.body, m.frame.scope.bindings),
    ...new Set([...m.frame.scope.bindings.values()].flatMap((value) => (value.kind === 'class' ? ownClass(m, value) : []))),
  ].filter((value) => !replaced.includes(value));
  return [
    ...usersFirst(own).map((value) => ({ value, trace: (trials: Trials) => traceUncalled(m, value, trials) })),
    ...replaced.map((value) => ({ value, trace: (trials: Trials) => inItsTime(m, value, replaced, () => traceUncalled(m, value, trials)) })),
  ];
}

/** The document's class that a name stands for: as it is without a decorator that derives another from it. */
function ownClass(m: Machine, { mro }: ClassValue): ClassValue[] {
  const own = mro.find(({ def }) => def !== null && m.module.tree.body.includes(def));
  return own && (own === mro[0] || own.def!.decorators.length > 0) ? [own] : [];
}

function traceUncalled(m: Machine, value: FunctionValue | ClassValue, trials: Trials): void {
  try {
    if (value.kind === 'class') traceClass(m, value, trials);
    else if (!m.called.has(value.def)) traceFunction(m, value, trials);
  } finally {
    m.trial = null;
  }
}

function isOwn(m: Machine, func: FunctionValue): boolean {
  return (func.closure as Scope).module === m.module && func.def.kind === 'FunctionDef';
}

/** The document's functions that names of a module or class stand for, as they are without what wraps them. */
function definedIn(m: Machine, body: readonly ast.Stmt[], names: ReadonlyMap<string, Value>, owner: ClassValue | null = null): FunctionValue[] {
  const bound = [...names.values()].filter((value): value is FunctionValue => value.kind === 'function' && isOwn(m, value));
  const seen = new Set(bound.map(({ name }) => name));
  const wrapped = body.flatMap((statement) => {
    const value = statement.kind === 'FunctionDef' && !seen.has(statement.name) && names.get(statement.name)?.kind !== 'class' ? m.undecorated.get(statement) : undefined;
    // The same one as before, where that was: what it is the key of is found again.
    return value ? [value.owner === owner ? value : { ...value, owner }] : [];
  });
  // A wrapper would run what it wraps, a constructor too, on what the methods have already.
  const kept = owner ? bound.filter((value) => !wrapped.some(({ name }) => names.get(name) === value)) : bound;
  return [...kept, ...wrapped];
}

/** Those that others use come after them: a use says more about parameters than the body alone. */
function usersFirst(values: readonly (FunctionValue | ClassValue)[]): (FunctionValue | ClassValue)[] {
  const named = new Map(values.map((value) => [value.name, value]));
  const uses = new Map(values.map((value) => {
    const used = new Set<FunctionValue | ClassValue>();
    for (const name of value.def ? namesIn(value.def) : []) {
      const other = named.get(name);
      if (other && other !== value) used.add(other);
    }
    return [value, used] as const;
  }));
  const order: (FunctionValue | ClassValue)[] = [];
  const visited = new Set<FunctionValue | ClassValue>();
  const visit = (value: FunctionValue | ClassValue): void => {
    if (visited.has(value)) return;
    visited.add(value);
    for (const used of uses.get(value)!) visit(used);
    order.unshift(value);
  };
  for (const value of [...values].reverse()) visit(value);
  return order;
}

const known = new WeakMap<object, ReadonlySet<string>>();

/** All names in a definition, in their order. */
function namesIn(def: NonNullable<(FunctionValue | ClassValue)['def']>): ReadonlySet<string> {
  const before = known.get(def);
  if (before) return before;
  const names = new Set<string>();
  walk(def, (node) => {
    if (node.kind === 'Name') names.add(node.id);
    return true;
  });
  known.set(def, names);
  return names;
}

function traceClass(m: Machine, cls: ClassValue, trials: Trials): void {
  const methods = definedIn(m, cls.def!.body, cls.attributes, cls).filter(({ def }) => !m.called.has(def));
  if (methods.length === 0) return;
  const init = constructorOf(m, cls);
  const parameters = constructorParameters(m, cls, init);
  const perMethod = methods.filter(({ def }) => def !== init?.def).map((method) => [method, parametersOf(m, method, false)] as const);
  const claims = [...(init ? [new Claims(m, init, parameters, cls.def)] : []), ...perMethod.map(([method, own]) => new Claims(m, method, own, cls.def))];
  const replaced = perMethod.flatMap(([{ def }]) => [...setOnSelf(def)].map((name) => ({ name, by: def })));
  let self: Value;
  const make: Part = {
    parameters, isBase: true,
    trace: () => {
      self = attempt(() => instantiate(m, cls, ...argumentsOf(m, init, parameters), cls.def!)) ?? unknown(`an instance of ${cls.name} could not be made without a call`);
      return NOTHING_LEFT;
    },
  };
  const parts = perMethod.map(([method, own]): Part => ({
    parameters: own, isBase: false,
    trace: () => apart(m, self, () => {
      forgetReplaced(m, self, replaced.filter(({ by }) => by !== method.def).map(({ name }) => name));
      run(m, method, own, method.decorator === 'staticmethod' ? null : method.decorator === 'classmethod' ? cls : self);
    }),
  }));
  settle(m, trials, methods, [make, ...parts], claims);
}

/** A tensor of plain numbers of elements, or a list of such, made for another method to replace, says nothing of what that one makes of it. */
function forgetReplaced(m: Machine, self: Value, names: readonly string[]): void {
  if (self.kind !== 'instance') return;
  for (const name of names) {
    const value = self.attributes.get(name);
    if (value && (value.kind === 'list' && value.items && value.items.length > 0 ? value.items.every(isPlaceholder) : isPlaceholder(value))) m.heap.set(self.attributes, name, unknown(`${name} is set by another method`));
  }
}

function isPlaceholder(value: Value): boolean {
  return value.kind === 'Tensor' && !value.isParameter && value.shape.dims.every((dim) => dim.value !== null);
}

/** One for each argument of the class. */
export function constructorParameters(m: Machine, cls: ClassValue, init: FunctionValue | null): Parameter[] {
  const parameters = init ? parametersOf(m, init, true) : [];
  for (const parameter of parameters) declaredAnnotation(m, parameter, cls);
  return parameters;
}

/** In which order methods are called is not known: what one of them changes is as it was for the next, but attributes that only it makes stay. */
function apart(m: Machine, self: Value, trace: () => void): Left {
  if (self.kind !== 'instance') {
    trace();
    return NOTHING_LEFT;
  }
  const { attributes } = self;
  const before = new Set(attributes.keys());
  const mark = m.heap.mark();
  let made: [string, Value][] = [];
  const put = (): void => { for (const [name, value] of made) m.heap.set(attributes, name, value); };
  try {
    trace();
  } finally {
    made = [...attributes].filter(([name]) => !before.has(name));
    m.heap.rollback(mark);
    m.heap.release();
    put();
  }
  return made.length > 0 ? { isMuch: true, put } : NOTHING_LEFT;
}

/** What takes the arguments of the class: under a wrapper the function that it wraps. */
export function constructorOf(m: Machine, cls: ClassValue): FunctionValue | null {
  for (const each of cls.mro) {
    const found = each.attributes.get('__init__');
    if (found === undefined) continue;
    const own = each.def ? definedIn(m, each.def.body, each.attributes, each).find(({ name }) => name === '__init__') : undefined;
    return own ?? (found.kind === 'function' ? found : null);
  }
  return null;
}

function traceFunction(m: Machine, func: FunctionValue, trials: Trials): void {
  const parameters = parametersOf(m, func, false);
  const self = isMethod(func) ? impliedSelf(m, func.def) : null;
  const body: Part = {
    parameters, isBase: false,
    trace: () => {
      run(m, func, parameters, self);
      return NOTHING_LEFT;
    },
  };
  settle(m, trials, [func], [body], [new Claims(m, func, parameters, null)]);
}

function run(m: Machine, func: FunctionValue, parameters: readonly Parameter[], self: Value | null): void {
  attempt(() => {
    const closure = func.closure as Scope;
    const scope = new Scope('function', closure, func.qualname, closure.module);
    const [positional, keywords] = argumentsOf(m, func, parameters);
    bindParameters(func, self ? [self, ...positional] : positional, keywords, scope, m);
    return runFunction(m, func, scope, func.def, self);
  });
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return null;
  }
}

/** One for each parameter but the receiver; the last one stands for `*args` and `**kwargs`. */
function parametersOf(m: Machine, func: FunctionValue, ofConstructor: boolean): Parameter[] {
  const { args } = func.def;
  const positional = [...args.posonlyargs, ...args.args];
  const skip = (func.owner && func.decorator !== 'staticmethod') || isMethod(func) ? 1 : 0;
  const made = (arg: ast.Arg, fallback: Value | null): Parameter => inferredParameter(m, arg, fallback, ofConstructor ? 'constructor' : 'function', func);
  const rest = restParameter(m, func.def);
  const named = positional.slice(skip).map((arg, i) => made(arg, func.defaults[i + skip - (positional.length - func.defaults.length)] ?? null));
  if (named[0] && !ofConstructor) {
    named[0].isFirst = true;
    named[0].isInput = func.owner !== null && func.name === 'forward' && !named[0].fallback;
  }
  return [
    ...named,
    ...args.kwonlyargs.map((arg) => made(arg, func.kwDefaults.get(arg.arg) ?? null)),
    ...(rest ? [rest] : []),
  ];
}

/** A tensor whose shape was only taken to fit says so. */
function assumed(m: Machine, { assumption, span, like, isAbsent, isPosition }: Parameter, value: Value, context: string): Value {
  if (assumption === null) return value;
  const index = (): number => m.assume(assumption, span, like, context);
  if (isAbsent || isPosition || isCallable(value)) index();
  if (value.kind === 'union') return { ...value, options: value.options.map((option) => (option.kind === 'Tensor' ? { ...option, assumes: [index()] } : option)) };
  return value.kind === 'Tensor' ? { ...value, assumes: [index()] } : value;
}

/** `attn: Attention` in a processor of attention: a module as any arguments make it. */
function moduleOf(m: Machine, parameter: Parameter): Value | null {
  return parameter.module && parameter.role === 'function' && !parameter.fallback ? asInstance(m, parameter.value(m.tensors), parameter.module, parameter.span) : null;
}

export function argumentsOf(m: Machine, func: FunctionValue | null, parameters: readonly Parameter[]): [Value[], Map<string, Value>] {
  if (!func) return [[], new Map()];
  const { args } = func.def;
  const rest = args.vararg ?? args.kwarg ? parameters.at(-1)! : null;
  const named = rest ? parameters.slice(0, -1) : parameters;
  const values = named.map((parameter) => m.pinned.get(parameter.name) ?? assumed(m, parameter, moduleOf(m, parameter) ?? parameter.value(m.tensors), func.qualname));
  const count = values.length - args.kwonlyargs.length;
  const given: [Value[], Map<string, Value>] = [values.slice(0, count), new Map(values.slice(count).map((value, i) => [named[count + i]!.name, value]))];
  return rest ? withRest(func.def, rest, ...given) : given;
}
