/** Classes: their definition, method resolution order, instances, and isinstance. */
import type * as ast from '../../python/ast';
import type { Span } from '../../python/ast';
import type { Tri } from '../../torch/rule';
import { builtinClass, isSubclassName, typeName } from '../builtins/types';
import { asNamedTuple, madeOf, namedTupleClass } from '../builtins/collections';
import { emptyContent, immutableBase } from '../builtins/instances';
import { callMethod } from '../builtins/methods';
import { callBuiltin, finishClass, memberByValue } from '../builtins';
import { parameterOf, present } from '../uncalled/demands';
import { evaluate } from '../expressions';
import { applyDecorator } from './functions';
import { NO_KEYWORDS } from '../interpreter';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { madeByMetaclass, metaclassMethod, metaclassOf } from './metaclasses';
import { Frame, Scope } from '../state/scope';
import { keepShadowed } from '../uncalled/shadowed';
import { executeBlock } from '../statements';
import { classNamed, pythonMember } from '../tensors/torchnames';
import { instantiateTorch } from '../tensors/torchtypes';
import { builtin, contentOf, derived, isNumberArray, str, unknown } from '../../values/values';
import type { ClassValue, PartialValue, Value } from '../../values/values';

export function defineClass(m: Machine, node: ast.ClassDef): void {
  const outer = m.frame;
  const bases = node.bases.map((base) => mixinOf(m, evaluate(m, base.kind === 'Starred' ? base.value : base)));
  const keywords = new Map(node.keywords.flatMap((keyword) => {
    const value = evaluate(m, keyword.value);
    return keyword.arg !== null ? [[keyword.arg, value] as const] : [];
  }));
  const metaclass = keywords.get('metaclass');
  keywords.delete('metaclass');
  const qualname = outer.scope.qualname ? `${outer.scope.qualname}.${node.name}` : node.name;
  const scope = new Scope('class', outer.scope, qualname, outer.scope.module);
  m.frame = new Frame(scope, outer.scope.qualname ? qualname : node.name, null, null, outer, node);
  try {
    executeBlock(m, node.body);
  } finally {
    m.frame = outer;
  }
  const cls = emptyClass(m, node.name, qualname, bases, node, metaclass?.kind === 'class' && metaclass.def ? metaclass : undefined);
  scope.cls = cls;
  if (scope.module.recorded) noteReplaced(m, cls, scope);
  let value = filledClass(m, cls, scope.bindings, keywords, node);
  if (value === cls && metaclassOf([cls])) value = madeByMetaclass(m, cls, scope.bindings, keywords, node);
  for (const decorator of [...node.decorators].reverse()) {
    const decorated = applyDecorator(m, evaluate(m, decorator), value, decorator);
    // A decorator that is not known is taken to register the class and give it back.
    if (decorated && decorated.kind !== 'unknown' && decorated.kind !== 'None') value = decorated;
    // One that is like a dataclass would have made the constructor.
    else if (decorated?.kind !== 'None' && !hasOwnConstructor(cls)) cls.attributes.set('__init__', unknown(`the constructor of ${cls.name} may be made by a decorator that is not known`, decorator));
  }
  keepShadowed(m, node);
  m.heap.set(outer.scope.target(node.name), node.name, value);
}

/** Notes which inherited methods the class has its own of. */
function noteReplaced(m: Machine, { mro }: ClassValue, { bindings }: Scope): void {
  for (const base of mro.slice(1)) for (const [name, value] of base.attributes) if (value.kind === 'function' && bindings.has(name)) m.replaced.add(value.def);
}

function emptyClass(m: Machine, name: string, qualname: string, bases: readonly Value[], def: ast.ClassDef | null, metaclass?: ClassValue): ClassValue {
  const mro: ClassValue[] = [];
  const cls: ClassValue = { kind: 'class', name, qualname, bases, attributes: new Map(), builtin: null, mro, def, ...(metaclass && { metaclass }) };
  mro.push(cls, ...linearize(bases));
  cls.attributes.set('__module__', str(m.frame.scope.module.name));
  return cls;
}

function filledClass(m: Machine, cls: ClassValue, members: Iterable<readonly [string, Value]>, keywords: Keywords, span: Span): Value {
  for (const [name, value] of members) cls.attributes.set(name, value.kind === 'function' ? { ...value, owner: cls } : value);
  for (const [name, value] of members) {
    const named = descriptorMethod(value, '__set_name__');
    if (named) m.call(named, [cls, str(name)], NO_KEYWORDS, span);
  }
  const hook = cls.mro.slice(1).map((base) => base.attributes.get('__init_subclass__')).find((found) => found?.kind === 'function');
  if (hook) m.call({ kind: 'method', receiver: cls, func: hook }, [], keywords, span);
  return finishClass(cls, m);
}

/** `type(name, bases, members)`: https://docs.python.org/3/library/functions.html#type. Asked by a metaclass, the class that it makes. */
export function makeClass(m: Machine, name: string, bases: readonly Value[], members: Iterable<readonly [string, Value]>, span: Span): Value {
  const { making } = m;
  if (making?.name === name) {
    for (const [member, value] of members) if (making.attributes.get(member) === undefined || value.kind !== 'function') making.attributes.set(member, value.kind === 'function' ? { ...value, owner: making } : value);
    return making;
  }
  return filledClass(m, emptyClass(m, name, name, bases.map((base) => mixinOf(m, base)), null), members, new Map(), span);
}

/** What an abstract base class of `collections.abc` or `typing` gives to a class that derives from it. */
function mixinOf(m: Machine, base: Value): Value {
  const named = asNamedTuple(base);
  if (named) return namedTupleClass(named);
  const name = base.kind === 'builtin' ? /^(?:typing|collections\.abc)\.([A-Z]\w*)$/.exec(base.name)?.[1] : undefined;
  if (name === undefined || name === 'Any') return base;
  return pythonMember(m, 'collections.abc', `_${name}`) ?? pythonMember(m, 'collections.abc', '_Abstract') ?? base;
}

function hasOwnConstructor(cls: ClassValue): boolean {
  return lookupInClass(cls, '__init__') !== null;
}

/** Python's C3 order of the bases. An order that C3 refuses is read depth first. */
function linearize(bases: readonly Value[]): ClassValue[] {
  const known = bases.filter((base): base is ClassValue => base.kind === 'class');
  const lists = [...known.map((base) => [...base.mro]), [...known]];
  const order: ClassValue[] = [];
  for (;;) {
    const open = lists.filter((entry) => entry.length > 0);
    if (open.length === 0) return order;
    const next = open.map((entry) => entry[0]!).find((candidate) => open.every((entry) => !entry.slice(1).includes(candidate))) ?? open[0]![0]!;
    order.push(next);
    for (const entry of lists) {
      const at = entry.indexOf(next);
      if (at >= 0) entry.splice(at, 1);
    }
  }
}

export function lookupInClass(cls: ClassValue, name: string, behind: ClassValue | null = null): Value | null {
  const from = behind ? cls.mro.indexOf(behind) + 1 : 0;
  for (const candidate of cls.mro.slice(from)) {
    const value = candidate.attributes.get(name);
    if (value !== undefined) return value;
  }
  return null;
}

/** A method of what a class holds under a name, if that is an object of a class written in Python: https://docs.python.org/3/howto/descriptor.html */
export function descriptorMethod(found: Value | null, name: '__get__' | '__set__' | '__set_name__'): Value | null {
  const func = found?.kind === 'instance' && found.cls.def ? lookupInClass(found.cls, name) : null;
  return func && { kind: 'method', receiver: found!, func };
}

/** A base whose source was not read: an attribute that is not found may be its. */
export function hasUnknownBase(cls: ClassValue): boolean {
  return cls.mro.some((candidate) => candidate.bases.some((base) => base.kind !== 'class'));
}

/** Calls a class: its metaclass may have its own way. */
export function instantiate(m: Machine, cls: ClassValue, args: readonly Value[], keywords: Keywords, span: Span): Value {
  const called = cls.def ? metaclassMethod(cls, '__call__') : null;
  return called ? m.call({ kind: 'method', receiver: cls, func: called }, args, keywords, span) : makeInstance(m, cls, args, keywords, span);
}

/** `type.__call__` */
export function makeInstance(m: Machine, cls: ClassValue, args: readonly Value[], keywords: Keywords, span: Span): Value {
  if (cls.builtin !== null) {
    return instantiateTorch(m, cls.builtin, args, keywords, span) ?? callBuiltin(cls.builtin, args, keywords, span, m) ?? unknown(`${cls.builtin} has no rule`, span);
  }
  if (args.length === 1 && cls.mro.some((base) => base.builtin?.startsWith('enum.'))) return memberByValue(cls, args[0]!, m) ?? unknown(`the member of ${cls.name} is not known`, span);
  const instance = newInstance(m, cls, args, keywords, span);
  if (instance.kind !== 'instance' || !instance.cls.mro.includes(cls)) return instance;
  const init = lookupInClass(instance.cls, '__init__');
  if (init?.kind === 'unknown') return derived(init);
  if (init && init.kind !== 'builtin') m.call({ kind: 'method', receiver: instance, func: init }, args, keywords, span);
  else if (init) m.call(init, [instance, ...args], keywords, span);
  else if (instance.content && immutableBase(instance.cls) === null) callMethod(instance.content, '__init__', args, keywords, span, m);
  return instance;
}

/** What `__new__` makes, before `__init__`. */
function newInstance(m: Machine, cls: ClassValue, args: readonly Value[], keywords: Keywords, span: Span): Value {
  const own = lookupInClass(cls, '__new__');
  if (own?.kind === 'function') return m.call({ ...own, decorator: 'staticmethod' }, [cls, ...args], keywords, span);
  if (own?.kind === 'partial') return m.call(own, [cls, ...args], keywords, span);
  const base = immutableBase(cls);
  const content = base === null ? emptyContent(cls) : m.call(builtin(base), args, keywords, span);
  const { round } = m;
  return { kind: 'instance', cls, attributes: m.heap.bear(new Map()), id: m.instances++, ...(content && { content }), ...(round && { madeAs: `${round.loop} ${round.made++}` }) };
}

export function classOf(m: Machine, value: Value): ClassValue | null {
  if (value.kind === 'instance') return value.cls;
  if (value.kind === 'Tensor') return classNamed(m, value.isParameter ? 'torch.nn.Parameter' : 'torch.Tensor');
  const name = typeName(value);
  return name === null ? null : classNamed(m, name) ?? builtinClass(name);
}

/** isinstance(value, cls), cls a class or a tuple of them. */
export function isInstance(m: Machine, given: Value, cls: Value): Tri {
  const value = present(given);
  if (cls.kind === 'union') {
    const answers = cls.options.map((option) => isInstance(m, value, option));
    return answers.every((answer) => answer === answers[0]) ? answers[0]! : null;
  }
  if (value.kind === 'unknown' || cls.kind === 'unknown') {
    const parameter = parameterOf(value);
    if (parameter?.isOfTorch) parameter.mayBeSequence = true;
    return null;
  }
  if (cls.kind === 'tuple' && cls.items) {
    const answers = cls.items.map((item) => isInstance(m, value, item));
    return answers.includes(true) ? true : answers.includes(null) ? null : false;
  }
  if (value.kind === 'union') {
    const answers = value.options.map((option) => isInstance(m, option, cls));
    return answers.every((answer) => answer === answers[0]) ? answers[0]! : null;
  }
  if (cls.kind === 'None') return value.kind === 'None';
  const named = asNamedTuple(cls);
  if (named) return isNamedTuple(value, named);
  if (cls.kind === 'module') return ofUntracedClass(value, cls.name);
  const wanted = cls.kind === 'class' ? cls : cls.kind === 'builtin' ? builtinClass(cls.name) ?? classNamed(m, cls.name) : null;
  if (!wanted) return abstractType(value, cls);
  // An instance of a class that namedtuple() made.
  if (value.kind === 'tuple' && value.fields && wanted.builtin !== null) return wanted.builtin === 'tuple' || wanted.builtin === 'object';
  if (isNumberArray(value)) return wanted === pythonMember(m, 'numpy', 'ndarray') || wanted.builtin === 'object';
  const own = classOf(m, value);
  if (own) {
    if (own.mro.includes(wanted)) return true;
    if (own.builtin && wanted.builtin && isSubclassName(own.builtin, wanted.builtin)) return true;
    return hasUnknownBase(own) ? null : false;
  }
  // These have a class of their own, which no name leads to: `types.FunctionType` is none that is traced.
  if (OF_NO_CLASS.has(value.kind)) return wanted.builtin === 'object';
  if (wanted.builtin === 'enum.EnumMeta') return isEnum(value);
  // A class or a builtin function is an instance of nothing but its own type.
  if (value.kind === 'class' || value.kind === 'builtin') return wanted.builtin === 'object' ? true : wanted.builtin === 'type' ? value.kind === 'class' || null : false;
  return null;
}

const OF_NO_CLASS: ReadonlySet<Value['kind']> = new Set(['function', 'method', 'module', 'iterator', 'slice', 'dtype', 'device'] as const);

/** Whether what `namedtuple()` made, or a class below it, made the value. */
function isNamedTuple(value: Value, made: PartialValue): Tri {
  const [name, fields] = made.args;
  if (value.kind === 'instance') return value.cls.mro.some((each) => madeOf(each)?.args[1] === fields) ? true : hasUnknownBase(value.cls) ? null : false;
  if (value.kind !== 'tuple' || !value.fields) return false;
  return name?.kind === 'str' && name.value === value.typeName && fields?.kind === 'tuple' && fields.items?.length === value.fields.length;
}

/** Tensors of a dtype or device, and what parameters may be besides tensors, are told apart by torch alone. */
const TENSOR_CLASS = /(^|[a-z0-9])(Tensor|Parameter|Buffer)$/;

/** A class of torch that the engine has under its name only (`BlockMask`) made none of the values that are known. */
function ofUntracedClass(value: Value, name: string): Tri {
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (!/^[A-Z]/.test(short) || name.startsWith('torch.types.')) return null;
  switch (value.kind) {
    case 'None': case 'int': case 'float': case 'bool': case 'str': case 'list': case 'dict': return false;
    case 'Tensor': return TENSOR_CLASS.test(short) ? null : false;
    default: return null;
  }
}

/** What a class has to have for instances to count as such; the other abstract classes are for those that derive from them. */
const STRUCTURAL: Readonly<Record<string, readonly string[]>> = {
  Iterable: ['__iter__'], Callable: ['__call__'], Sized: ['__len__'], Container: ['__contains__'], Collection: ['__iter__', '__len__', '__contains__'], Iterator: ['__iter__', '__next__'],
};
const NOMINAL: ReadonlySet<string> = new Set(['Sequence', 'MutableSequence', 'Mapping', 'MutableMapping', 'Set', 'MutableSet', 'Number', 'Real', 'Integral', 'FunctionType', 'LambdaType', 'MethodType', 'ModuleType']);

function instanceIs(cls: ClassValue, name: string): Tri {
  const methods = Object.hasOwn(STRUCTURAL, name) ? STRUCTURAL[name]! : null;
  if (methods?.every((method) => lookupInClass(cls, method) !== null)) return true;
  return hasUnknownBase(cls) || (!methods && !NOMINAL.has(name)) ? null : false;
}

const isEnum = (value: Value): boolean => value.kind === 'class' && value.mro.some((base) => base.builtin?.startsWith('enum.'));

/** The abstract base classes that code tests values against. */
function abstractType(given: Value, cls: Value): Tri {
  if (cls.kind !== 'builtin') return null;
  const name = cls.name.slice(cls.name.lastIndexOf('.') + 1);
  if (given.kind === 'instance' && given.cls.mro.some((base) => base.name === `_${name}`)) return true;
  const value = contentOf(given);
  if (value.kind === 'instance') return instanceIs(value.cls, name);
  const isSequence = value.kind === 'tuple' || value.kind === 'list' || value.kind === 'str' || (value.kind === 'iterator' && value.typeName === 'range');
  const isView = value.kind === 'iterator' && value.typeName.startsWith('dict_');
  const isCollection = isSequence || isView || isEnum(value) || value.kind === 'dict' || value.kind === 'set' || value.kind === 'Tensor';
  switch (name) {
    case 'Iterable': return isCollection || value.kind === 'iterator';
    case 'Iterator': return value.kind === 'iterator' && !isCollection;
    case 'Collection': case 'Sized': case 'Container': return isCollection;
    // A frozenset is hashable.
    case 'Hashable': return value.kind === 'dict' || value.kind === 'list' ? false : value.kind !== 'set' || null;
    case 'Sequence': return isSequence;
    case 'MutableSequence': return value.kind === 'list';
    case 'Set': return value.kind === 'set' || (isView && value.typeName !== 'dict_values');
    case 'Mapping': case 'MutableMapping': return value.kind === 'dict';
    case 'Callable': return ['function', 'method', 'builtin', 'class', 'partial'].includes(value.kind);
    case 'FunctionType': case 'LambdaType': return value.kind === 'function';
    case 'MethodType': return value.kind === 'method';
    case 'ModuleType': return value.kind === 'module';
    case 'Number': case 'Real': return ['int', 'float', 'bool'].includes(value.kind);
    case 'Integral': return value.kind === 'int' || value.kind === 'bool';
    default: return null;
  }
}
