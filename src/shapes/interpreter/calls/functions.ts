/** Functions: their definition, the binding of arguments to parameters, and the trace of a call's body. */
import type * as ast from '../../python/ast';
import { describeGiven } from '../uncalled/annotations';
import { joinReturns, withTarget } from '../control/branches';
import { lookupInClass } from './classes';
import { asDeclared } from './returned';
import { evaluate } from '../expressions';
import { fruitlessCalls } from '../uncalled/fruitless';
import type { Changes } from '../../values/changes';
import { openPart } from '../interpreter';
import type { Keywords } from '../interpreter';
import { mayBeLeftOut, orDefault, whereGiven } from '../control/leftout';
import { emptyDict, openIterator } from '../builtins/sequences';
import { hashKey } from '../../values/keys';
import { noteOverrides } from '../../diagnostics/overrides';
import type { Machine } from '../machine';
import type { Related } from '../../diagnostics/finding';
import { newLayer } from '../state/recorder';
import { noteRanks } from '../uncalled/given';
import { givenByKeywords } from '../uncalled/plumbing';
import { endSides } from '../uncalled/sides';
import { tellsNothing } from '../uncalled/untold';
import { Frame, Scope } from '../state/scope';
import { keepShadowed } from '../uncalled/shadowed';
import { executeBlock } from '../statements';
import type { GivenSizes } from '../uncalled/unify';
import { constant, loneSymbol, symbol } from '../../symint/symint';
import type { SymbolInfo } from '../../symint/symint';
import { NONE, int, str, tuple, unknown } from '../../values/values';
import type { FunctionValue, SequenceValue, Value } from '../../values/values';

/** Calls of a function from inside itself, each on a condition that is not known: what ends them is not known either. */
const MAX_UNDECIDED = 3;
/** The same in libraries, where a loop of unknown length may run each of them several times: walks over folders, annotations, settings. */
const MAX_UNDECIDED_IN_LIBRARIES = 1;

export function functionFrom(m: Machine, def: ast.FunctionDef | ast.Lambda): FunctionValue {
  const { scope } = m.frame;
  const name = def.kind === 'Lambda' ? '<lambda>' : def.name;
  const { args } = def;
  return {
    kind: 'function', name, qualname: scope.qualname ? `${scope.qualname}.${name}` : name, def, closure: scope,
    defaults: args.defaults.map((node) => evaluate(m, node)),
    kwDefaults: new Map(args.kwonlyargs.flatMap((arg, i) => (args.kwDefaults[i] ? [[arg.arg, evaluate(m, args.kwDefaults[i])] as const] : []))),
    owner: null, decorator: null, attributes: new Map(),
  };
}

/** Decorators that leave a function's shapes as they are. What is not known is applied if it can be called. */
const TRANSPARENT = /(^|\.)(no_grad|inference_mode|enable_grad|script|script_method|ignore|unused|export|jit|compile|lru_cache|cache|override|overload|abstractmethod|contextmanager|torch_dispatch|register|custom_fwd|custom_bwd|autocast|torch_compile|disable|deprecated|final|jaxtyped|typechecked|beartype)$/;

export function defineFunction(m: Machine, node: ast.FunctionDef): void {
  let value: Value = functionFrom(m, node);
  const { recorded } = m.frame.scope.module;
  if (recorded) m.undecorated.set(node, value);
  for (const decorator of [...node.decorators].reverse()) {
    value = decorate(m, decorator, value);
    if (recorded && value.kind === 'function' && value.def === node) m.undecorated.set(node, value);
  }
  keepShadowed(m, node);
  m.heap.set(m.frame.scope.target(node.name), node.name, value);
}

function decorate(m: Machine, decorator: ast.Expr, value: Value): Value {
  const callee = decorator.kind === 'Call' ? decorator.func : decorator;
  const name = dottedName(callee);
  if (value.kind === 'function' && (name === 'staticmethod' || name === 'classmethod' || name === 'property' || name === 'cached_property' || name === 'functools.cached_property')) {
    return { ...value, decorator: name === 'staticmethod' || name === 'classmethod' ? name : 'property' };
  }
  if (name !== null && /\.(setter|deleter|getter)$/.test(name)) {
    // Beside the property, under a name that no code can have.
    m.heap.set(m.frame.scope.bindings, name, value);
    return m.frame.scope.lookup(name.split('.')[0]!) ?? value;
  }
  // A function or method that happens to have such a name does what it does.
  if (name !== null && TRANSPARENT.test(name) && !isWritten(evaluate(m, callee))) {
    if (decorator.kind === 'Call') evaluate(m, decorator);
    if (value.kind === 'function' && /(^|\.)(lru_cache|cache)$/.test(name)) value.attributes.set(CACHE, emptyDict());
    return value;
  }
  const wrapper = evaluate(m, decorator);
  // What a function with @contextmanager gives runs around each call, and leaves the result as it is.
  if (wrapper.kind === 'iterator') return value;
  if (wrapper.kind === 'unknown') return value.kind === 'function' ? value : unknown(`it is decorated with ${name ?? 'something'} that is not known`, decorator);
  return applyDecorator(m, wrapper, value, decorator) ?? value;
}

const isWritten = (callee: Value): boolean => callee.kind === 'function' || (callee.kind === 'method' && callee.func.kind === 'function');

/** Visits that a decorator may take; one that writes documentation takes far more than one that wraps or registers. */
const DECORATOR_VISITS = 10_000;
/**
 * Visits that a call into a library may take, those of the document's own code under it not counted: downloads, compilers
 * and the like are behind some. From a function that nothing calls it is less: arguments that are not known go every way.
 */
const LIBRARY_VISITS = 800_000;
const UNCALLED_LIBRARY_VISITS = 30_000;

/** Those that write the text about a function or class, which takes longer than all that it does, and leave it as it is. */
const DOCUMENTING = /(^|[._])doc_?strings?(_\w+)?$/;

/** What the decorator makes of a function or class; null if that takes too long: it stays then as it was, as under a decorator that is not known. */
export function applyDecorator(m: Machine, wrapper: Value, value: Value, decorator: ast.Expr): Value | null {
  const name = dottedName(decorator.kind === 'Call' ? decorator.func : decorator) ?? '';
  if (DOCUMENTING.test(name) && wrapper.kind === 'function' && isLibrary(wrapper.closure as Scope)) return value;
  const def = wrapper.kind === 'function' ? wrapper.def : wrapper;
  if (m.endless.has(def)) return null;
  return m.allow(DECORATOR_VISITS, `the decorator ${name}`, () => m.call(wrapper, [value], new Map(), decorator), () => {
    m.endless.add(def);
    return null;
  }, 'part', false, value.kind === 'class' || value.kind === 'function' ? value.attributes : null);
}

export function dottedName(node: ast.Expr): string | null {
  if (node.kind === 'Name') return node.id;
  if (node.kind !== 'Attribute') return null;
  const base = dottedName(node.value);
  return base === null ? null : `${base}.${node.attr}`;
}

/** Where a function with `@cache` keeps its results, under a name that no code can have. */
const CACHE = 'functools.cache';

/** Traces the body with the arguments given. */
export function callFunction(m: Machine, func: FunctionValue, args: readonly Value[], keywords: Keywords, span: ast.Span, self: Value | null): Value {
  const definition = func.closure as Scope;
  const scope = new Scope('function', definition, func.qualname, definition.module);
  const cache = func.attributes.get(CACHE);
  const key = cache?.kind === 'dict' ? tuple([...args, ...[...keywords].flatMap(([name, value]) => [str(name), value])]) : null;
  const hash = key && hashKey(key);
  const known = cache?.kind === 'dict' && hash ? cache.entries.get(hash) : undefined;
  if (known) return known.value;
  const missing = bindParameters(func, args, keywords, scope, m);
  if (missing) {
    // What is called may be one of several, of which another is meant; how library code calls functions may rest on a branch that is not known here; a decorator may give arguments itself.
    if (!m.guesses && m.choices === 0 && isKnownCall(m, definition) && (func.def.kind !== 'FunctionDef' || func.def.decorators.length === 0)) m.report('argument-mismatch', 'error', `${func.name}() ${missing}`, span, definedAt(func));
    return unknown(`${func.name}() ${missing}`, span);
  }
  noteOverrides(m, func, scope);
  if (m.inferring) {
    nameInts(m, func, scope);
    describeGiven(m, func, scope);
  }
  // What torch's own modules take is what the document's code takes that they call back.
  const isOutside = !isLibrary(m.frame.scope) && isLibrary(definition);
  const isCalledBack = !m.frame.scope.module.recorded && definition.module.recorded;
  const run = (): Value => runFunction(m, func, scope, span, self);
  if (isCalledBack) fruitlessCalls(m).callbacks++;
  const found = isOutside ? limited(m, func, m.inferring && !m.usual ? () => fruitlessCalls(m).call(m, func, scope.bindings, run) : run, span) : isCalledBack ? m.calledBack(run) : run();
  const result = asDeclared(func.def, found);
  if (cache?.kind === 'dict' && hash && key) m.heap.set(cache.entries, hash, { key, value: result });
  return result.kind === 'None' && m.inferring && isLeftToOthers(m, func) ? unknown(`${func.qualname} is left to the classes that derive from ${func.owner!.name}`, span) : result;
}

/** A method that does nothing, where a class of the document that derives from its own has another: what calls it is meant for those. */
function isLeftToOthers(m: Machine, { owner, def, name }: FunctionValue): boolean {
  // A constructor gives None whoever has another.
  return owner !== null && def.kind !== 'Lambda' && name !== '__init__' && def.body.every((statement) => statement.kind === 'Pass' || (statement.kind === 'Expr' && statement.value.kind === 'Constant')) && m.replaced.has(def);
}

/** An int that is given but not known (`int(dim * mlp_ratio)`) has the name of the parameter, where nothing calls the code. */
function nameInts(m: Machine, { def }: FunctionValue, { bindings }: Scope): void {
  for (const arg of parametersOf(def.args)) {
    const value = bindings.get(arg.arg);
    if (value?.kind !== 'int' || value.value !== null) continue;
    const size = symbol(m.symbols.fresh(arg.arg, { origin: `${arg.arg}, an int that is not known`, min: null }));
    if (m.round) m.either.vary(size);
    m.heap.set(bindings, arg.arg, int(size));
  }
}

/** Neither the document nor one of torch's own modules. */
export function isLibrary({ module }: Scope): boolean {
  return !module.recorded && module.path?.startsWith('<') !== true;
}

/** `def name`, where that is in the document. */
function definedAt({ def, name, closure }: FunctionValue): readonly Related[] {
  if (def.kind !== 'FunctionDef' || !(closure as Scope).module.recorded) return [];
  return [{ span: { start: def.start, end: def.start + 'def '.length + name.length }, message: `${name} is defined here` }];
}

/** Code of the document calls the function, or one of torch's modules calls back what the document defines (forward). */
function isKnownCall(m: Machine, definition: Scope): boolean {
  const { recorded, path } = m.frame.scope.module;
  return recorded || (definition.module.recorded && path !== null && path.startsWith('<'));
}

function limited(m: Machine, func: FunctionValue, run: () => Value, span: ast.Span): Value {
  const reason = `${func.qualname} takes too long to be traced`;
  if (m.endless.has(func.def)) return unknown(reason, span);
  const most = m.inferring ? UNCALLED_LIBRARY_VISITS : LIBRARY_VISITS;
  return m.allow(most, func.qualname, run, () => {
    m.endless.add(func.def);
    return unknown(reason, span);
  }, m.inferring ? 'part' : 'aside', true);
}

/** Traces the body in a scope that holds its parameters. */
export function runFunction(m: Machine, func: FunctionValue, scope: Scope, span: ast.Span, self: Value | null): Value {
  // Modules of torch call those in them: that is no recursion.
  const isOfLibrary = !scope.module.recorded && scope.module.path?.startsWith('<') !== true;
  if (undecidedCalls(m, func.def) > (isOfLibrary ? MAX_UNDECIDED_IN_LIBRARIES : MAX_UNDECIDED)) {
    if (isOfLibrary) m.recursion.giveUp(func.def);
    return unknown(`${func.name} calls itself on a condition that is not known`, span);
  }
  const refusal = m.recursion.enter(func.def);
  if (refusal !== null) return unknown(`${func.name} ${refusal}`, span);
  const outer = m.frame;
  const frame = new Frame(scope, func.qualname, func.owner ?? (func.closure as Scope).enclosingClass, self, outer, span);
  const generator = func.def.kind === 'FunctionDef' && func.def.isGenerator;
  if (generator) frame.yielded = [];
  const { side } = m;
  const { layer } = m.recorder;
  // A call in code that is not run is none.
  const isAside = !m.trial && (m.alone || layer === m.supposed?.layer);
  const isVain = !m.trial && !isAside && tellsNothing(func, scope);
  if (m.inferring) frame.isSettled = m.called.has(func.def);
  else if (!isAside && !isVain) m.called.add(func.def);
  if (m.trial) m.recorder.layer = m.trial.layerOf(func.def, layer, outer.def);
  else if (isAside) m.recorder.layer = newLayer();
  else if (isVain) m.recorder.layer = m.recorder.untold;
  frame.def = func.def;
  frame.given = givenSizes(m, func.def.args, scope);
  frame.marks = m.heap.marks;
  m.frame = frame;
  try {
    recordParameters(m, func.def.args, scope);
    if (m.trial && outer.def && scope.module.recorded) noteRanks(m, func, scope);
    let result: Value;
    if (func.def.kind === 'Lambda') result = evaluate(m, func.def.body);
    else {
      const { body } = func.def;
      const { flow, exits } = withTarget(m, frame.targets[0]!, () => executeBlock(m, body));
      endSides(m, frame);
      const end = flow === null ? null : flow.type === 'return' ? flow.value : NONE;
      result = joinReturns(m, end, exits);
    }
    if (!generator) return result;
    if (frame.yieldsSome && frame.yielded) return openIterator('generator', frame.yielded.length > 0 ? m.joiner.joinAll(frame.yielded) : unknown(`what ${func.name} yields is not known`, span));
    const items = frame.yielded;
    if (frame.leaving !== null) return { kind: 'iterator', typeName: 'generator', items, length: null, element: null, leaves: stopLeaving(m, frame)! };
    return { kind: 'iterator', typeName: 'generator', items, length: items && constant(items.length), element: null };
  } finally {
    stopLeaving(m, frame);
    m.recursion.leave(func.def);
    m.frame = outer;
    m.side = side;
    outer.absent ??= frame.absent;
    m.recorder.layer = layer;
  }
}

/** Takes back what a context manager has done behind its `yield`. */
function stopLeaving(m: Machine, frame: Frame): Changes | null {
  if (frame.leaving === null) return null;
  const changes = m.heap.rollback(frame.leaving);
  m.heap.release();
  frame.leaving = null;
  return changes;
}

/** How many calls of the function on the stack came to the next one through a branch or loop that is not decided. */
function undecidedCalls(m: Machine, def: FunctionValue['def']): number {
  let count = 0;
  let { marks } = m.heap;
  for (let frame: Frame | null = m.frame; frame && marks > 0; frame = frame.caller) {
    if (frame.def !== def || frame.marks >= marks) continue;
    count++;
    marks = frame.marks;
  }
  return count;
}

/** Parameters that are a symbol each; none where one symbol is several of them. */
function givenSizes(m: Machine, args: ast.Arguments, scope: Scope): GivenSizes | null {
  if (!m.guesses) return null;
  const given = new Map<SymbolInfo, ast.Arg>();
  for (const arg of parametersOf(args)) {
    const value = scope.bindings.get(arg.arg);
    const info = value?.kind === 'int' && value.value ? loneSymbol(value.value) : null;
    if (info === null) continue;
    if (given.has(info)) return null;
    given.set(info, arg);
  }
  return given.size > 0 ? given : null;
}

function recordParameters(m: Machine, args: ast.Arguments, scope: Scope): void {
  if (!m.frame.isRecorded || m.quiet) return;
  for (const arg of parametersOf(args)) {
    const value = scope.bindings.get(arg.arg);
    if (value) m.recorder.record(arg, value, m.frame.context, false, m.frame.given);
  }
}

export function parametersOf(args: ast.Arguments): readonly ast.Arg[] {
  return [...args.posonlyargs, ...args.args, ...(args.vararg ? [args.vararg] : []), ...args.kwonlyargs, ...(args.kwarg ? [args.kwarg] : [])];
}

/** Stands last among the arguments for any number of them. */
const OPEN_ARGUMENTS = 'open arguments';

export const openArguments = (element: Value, parameter?: unknown): Value => ({ kind: 'tuple', items: null, element, typeName: OPEN_ARGUMENTS, fields: null, parameter });

/** Of what `*args` takes the first may be known. */
function openTuple(first: Value[], rest: SequenceValue): Value {
  return first.length === 0 ? { ...rest, typeName: null } : { ...rest, items: first, open: true, typeName: null };
}

/** How many arguments stand before those that `*args` takes; null where a call does not take any number of them. */
export function takesRest(func: Value): number | null {
  if (func.kind === 'function') return func.def.args.vararg ? func.def.args.posonlyargs.length + func.def.args.args.length : null;
  const inner = func.kind === 'method' ? func.func : func.kind === 'class' ? lookupInClass(func, '__init__') : null;
  const count = inner?.kind === 'function' && inner.decorator !== 'staticmethod' ? takesRest(inner) : null;
  return count === null ? null : count - 1;
}

/** A default that is no size: another caller may well give another size. */
export function isSetting(fallback: Value): boolean {
  return fallback.kind !== 'int' && !((fallback.kind === 'tuple' || fallback.kind === 'list') && (fallback.items?.length === 0 || fallback.items?.[0]?.kind === 'int'));
}

/** Binds as Python does; returns what does not fit, in words. */
export function bindParameters(func: FunctionValue, args: readonly Value[], given: Keywords, scope: Scope, m: Machine): string | null {
  const { args: parameters } = func.def;
  const positional = [...parameters.posonlyargs, ...parameters.args];
  const { bindings } = scope;
  const { known, open } = openPart(given);
  const defaultOf = (at: number): Value | null => func.defaults[at - (positional.length - func.defaults.length)] ?? null;
  const rest = new Map(known);
  positional.forEach((parameter, i) => {
    if (i < args.length) bindings.set(parameter.arg, args[i]!);
    else if (rest.has(parameter.arg) && i >= parameters.posonlyargs.length) {
      bindings.set(parameter.arg, orDefault(m.joiner, rest.get(parameter.arg)!, defaultOf(i)));
      rest.delete(parameter.arg);
    }
  });
  const last = args.at(-1);
  if (parameters.vararg && last?.kind === 'tuple' && last.typeName === OPEN_ARGUMENTS) bindings.set(parameters.vararg.arg, openTuple(args.slice(positional.length, -1), last));
  else if (parameters.vararg) bindings.set(parameters.vararg.arg, tuple(args.slice(positional.length)));
  else if (args.length > positional.length) return `takes ${positional.length} positional arguments but ${args.length} are given`;
  for (const parameter of parameters.kwonlyargs) {
    const fallback = func.kwDefaults.get(parameter.arg) ?? null;
    const named = rest.get(parameter.arg);
    const given = named ? orDefault(m.joiner, named, fallback) : (open && !(fallback && isSetting(fallback) && isLibrary(scope)) ? givenByKeywords(m, open, parameter, fallback, func) : fallback);
    rest.delete(parameter.arg);
    if (!given) return `misses the keyword argument ${parameter.arg}`;
    bindings.set(parameter.arg, given);
  }
  for (const [i, parameter] of positional.entries()) {
    if (bindings.has(parameter.arg)) continue;
    const own = defaultOf(i);
    // What a library lets a caller set besides is left as it is, but sizes: another caller gives others.
    const fallback = open && !(own && isSetting(own) && isLibrary(scope)) ? givenByKeywords(m, open, parameter, own, func) : own;
    if (!fallback) return `misses the argument ${parameter.arg}`;
    bindings.set(parameter.arg, fallback);
  }
  if (parameters.kwarg) {
    const entries = new Map([...rest].map(([key, value]) => [`s:${key}`, { key: str(key), value: whereGiven(value), ...(mayBeLeftOut(value) ? { isPossible: true as const } : {}) }] as const));
    bindings.set(parameters.kwarg.arg, open ? { ...open, entries } : { kind: 'dict', entries, open: false, element: null, typeName: null });
  } else if (rest.size > 0) return `has no parameter ${[...rest.keys()][0]}`;
  return null;
}

