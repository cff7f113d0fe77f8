/** Builtins about values, names and attributes: isinstance, type, getattr, hasattr, callable, vars … */
import type { Tri } from '../../torch/rule';
import { NO_KEYWORDS, PythonRaise } from '../interpreter';
import { Parameter } from '../uncalled/parameters';
import { ANY_MODULE, NONE, bool, builtin, str, unknown } from '../../values/values';
import type { ClassValue, InstanceValue, StrValue, Value } from '../../values/values';
import { bind, unhandled, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { patternOf, patterned, setPatterned } from '../calls/namePatterns';
import { findInClass, freshInstance, hasUnreadBase, immutableBase } from './instances';
import { dictOf, joined } from './sequences';
import { builtinClass } from './types';

function isInstance(call: BuiltinCall): Value {
  const [value, cls] = bind(call, ['object', 'classinfo'], 2);
  return bool(call.interp.isInstance(value!, cls!));
}

function isSubclass(call: BuiltinCall): Value {
  const [cls, wanted] = bind(call, ['cls', 'classinfo'], 2);
  return bool(subclass(cls!, wanted!));
}

function subclass(cls: Value, wanted: Value): Tri {
  if (wanted.kind === 'tuple') {
    if (!wanted.items) return null;
    const answers = wanted.items.map((item) => subclass(cls, item));
    return answers.includes(true) ? true : answers.includes(null) ? null : false;
  }
  const own = asClass(cls);
  const other = asClass(wanted);
  if (!own || !other) return null;
  if (own.mro.includes(other) || other.builtin === 'object') return true;
  return hasUnreadBase(own) ? null : false;
}

function asClass(value: Value): ClassValue | null {
  return value.kind === 'class' ? value : value.kind === 'builtin' ? builtinClass(value.name) : null;
}

/** Attributes of torch.nn.Module that its version for tracing leaves out. */
const UNWRITTEN: ReadonlySet<string> = new Set([
  '_parameters', '_buffers', '_modules', '_forward_hooks', '_forward_pre_hooks', '_backward_hooks', '_non_persistent_buffers_set', '_version', '_get_name', '_apply', '_call_impl',
  '_load_from_state_dict', '_save_to_state_dict', 'state_dict', 'load_state_dict', 'buffers', 'named_buffers', 'half', 'float', 'double', 'bfloat16', 'type', 'get_parameter', 'get_buffer',
  'set_submodule', 'to_empty', 'get_extra_state', 'set_extra_state', 'xpu', 'dump_patches', 'call_super_init',
]);

const FUNCTION_ATTRIBUTES: ReadonlySet<string> = new Set([
  '__name__', '__qualname__', '__module__', '__doc__', '__dict__', '__defaults__', '__kwdefaults__', '__annotations__', '__call__', '__get__', '__code__', '__globals__', '__closure__', '__class__',
]);

/** Whether the attribute is there; null where the class was not read whole. */
function has(call: BuiltinCall, value: Value, name: string): Tri {
  switch (value.kind) {
    case 'instance':
      if (findInClass(value.cls, '__getattribute__')?.kind === 'function' && isFound(call, value, name)) return true;
      if (value.attributes.has(name) || findInClass(value.cls, name)) return true;
      if (value.content && isFound(call, value.content, name)) return true;
      if (findInClass(value.cls, '__getattr__')?.kind === 'function') return answers(call, value, name);
      if (value.content) return false;
      if (UNWRITTEN.has(name) && value.cls.mro.some((cls) => cls.name === 'Module')) return null;
      return findInClass(value.cls, '__getattr__') || hasUnreadBase(value.cls) || value.cls.builtin !== null ? null : ['__class__', '__dict__', '__doc__', '__module__'].includes(name);
    case 'class':
      if (findInClass(value, name)) return true;
      return value.builtin !== null || hasUnreadBase(value) || value.mro.some((cls) => cls.builtin !== null && cls.builtin !== 'object') ? null : ['__name__', '__init__', '__doc__', '__module__', '__dict__'].includes(name);
    case 'module':
      if (value.attributes) return value.attributes.has(name) ? true : null;
      return attribute(call, value, name).kind === 'unknown' ? null : true;
    case 'function': return value.attributes.has(name) || FUNCTION_ATTRIBUTES.has(name);
    case 'method': return name === '__self__' || name === '__func__' || has(call, value.func, name);
    case 'union': {
      const [first, ...others] = value.options.map((option) => has(call, option, name));
      return others.every((other) => other === first) ? first! : null;
    }
    case 'unknown': case 'super': return null;
    case 'None': return name.startsWith('__') ? null : false;
    case 'tuple': case 'list': case 'dict': case 'str': case 'int': case 'float': case 'bool':
      // Names with two underscores may be of those that nothing here needs.
      return attribute(call, value, name).kind !== 'unknown' ? true : name.startsWith('__') ? null : isOwn(value, name);
    default: return attribute(call, value, name).kind === 'unknown' ? null : true;
  }
}

/** Attributes of Python's own types that are not traced. */
const UNTRACED: ReadonlySet<string> = new Set([
  'count', 'index', 'sort', 'copy', 'setdefault', 'fromkeys', 'popitem', 'real', 'imag', 'numerator', 'denominator', 'conjugate', 'bit_length', 'bit_count', 'to_bytes', 'from_bytes', 'is_integer', 'as_integer_ratio', 'hex', 'fromhex',
]);

/** Text has many methods, and torch.Size and the like have some of their own: of these it is not sure. */
function isOwn(value: Value, name: string): Tri {
  const isPlain = value.kind !== 'str' && !('typeName' in value && value.typeName !== null && !(value.kind === 'tuple' && value.fields));
  return isPlain && !UNTRACED.has(name) ? false : null;
}

/** Whether the class's own `__getattr__` has the attribute. */
function answers(call: BuiltinCall, value: Value, name: string): Tri {
  try {
    return call.interp.getAttribute(value, name, call.span).kind === 'unknown' ? null : true;
  } catch (error) {
    if (error instanceof PythonRaise) return error.type === 'AttributeError' ? false : null;
    throw error;
  }
}

function attribute(call: BuiltinCall, value: Value, name: string): Value {
  try {
    return call.interp.getAttribute(value, name, call.span);
  } catch (error) {
    if (error instanceof PythonRaise) return unknown(error.message);
    throw error;
  }
}

function hasAttribute(call: BuiltinCall): Value {
  const [value, name] = bind(call, ['object', 'name'], 2);
  return bool(name!.kind === 'str' && name!.value !== null ? has(call, value!, name!.value) : null);
}

function getAttribute(call: BuiltinCall): Value {
  const [value, name, fallback] = bind(call, ['object', 'name', 'default'], 2);
  if (name!.kind !== 'str' || name!.value === null) return unnamed(value!, name!);
  if (!fallback) return call.interp.getAttribute(value!, name!.value, call.span);
  const there = has(call, value!, name!.value);
  if (there === false) return fallback;
  if (there === true) return call.interp.getAttribute(value!, name!.value, call.span);
  const found = attribute(call, value!, name!.value);
  // What a class of settings does not declare, is not set.
  if (found.kind === 'unknown' && value!.kind === 'unknown' && value!.parameter instanceof Parameter && value!.parameter.isDeclared) return fallback;
  return found.kind === 'unknown' ? unknownFrom([value], `whether there is an attribute ${name!.value} is not known`) : found;
}

/** The attribute of a name of which the text is not known: one of those that were set under such names. */
function unnamed(value: Value, name: Value): Value {
  const pattern = name.kind === 'str' ? patternOf(name) : null;
  return (value.kind === 'instance' && ((pattern !== null && patterned(value.attributes, pattern)) || value.attributes.get(ANY_MODULE))) || unknownFrom([name], 'the attribute that is asked for is not known');
}

function setAttribute(call: BuiltinCall): Value {
  const [value, name, content] = bind(call, ['object', 'name', 'value'], 3);
  if (name!.kind === 'str' && name!.value !== null) call.interp.setAttribute(value!, name!.value, content!, call.span);
  else setUnnamed(call, value!, name!, content!);
  return NONE;
}

/** Under a name of which the text is not known. */
function setUnnamed(call: BuiltinCall, value: Value, name: Value, content: Value): void {
  if (name.kind === 'str' && value.kind === 'instance') setPutTogether(call, name, value, content);
  // The same where nothing tells that the name is a text: `for head in heads: setattr(self, head, nn.Linear(…))`.
  else if (value.kind === 'instance' && isModule(content)) addModule(call, value, content);
  else forgetAttributes(call, value, content);
}

function setPutTogether(call: BuiltinCall, name: StrValue, value: InstanceValue, content: Value): void {
  const pattern = patternOf(name);
  if (pattern !== null) setPatterned(call.interp.heap, value.attributes, pattern, content, (a, b) => joined(call.interp, [a, b])!);
  // A module, or None for one, under a name that is put together (`f'layer{i}'`) is one more, and takes no other's place.
  if (name.isNumeral || content.kind === 'None' || isModule(content)) addModule(call, value, content);
  else if (pattern === null) forgetAttributes(call, value, content);
}

const isModule = (value: Value): boolean => value.kind === 'instance' || (value.kind === 'union' && value.options.every(isModule));

/** `torch.nn.Module.add_module`: what is registered is a module, or None for one. */
export function registerModule(call: BuiltinCall): Value {
  const [value, name, content] = bind(call, ['self', 'name', 'module'], 3);
  if (value!.kind !== 'instance' || name!.kind !== 'str') return setAttribute(call);
  if (name!.value === null) addModule(call, value!, content!);
  else {
    // Its value alone does not say so.
    if (!isModule(content!)) call.interp.call(call.interp.getAttribute(value!, '_note', call.span), [name!, str('module')], NO_KEYWORDS, call.span);
    call.interp.setAttribute(value!, name!.value, content!, call.span);
  }
  return NONE;
}

/** One more module of a list that grows in a loop of unknown length. */
function addModule(call: BuiltinCall, { attributes }: InstanceValue, content: Value): void {
  const known = attributes.get(ANY_MODULE);
  call.interp.heap.set(attributes, ANY_MODULE, known ? joined(call.interp, [known, content])! : content);
  call.interp.noteUnsure(attributes, ANY_MODULE);
}

/** An attribute of unknown name was written: none of those is known any more that may be like what it is now. A tensor is replaced by a tensor. */
function forgetAttributes(call: BuiltinCall, value: Value, content: Value): void {
  if (value.kind !== 'instance') return;
  const mayBe = (old: Value): boolean => old.kind === content.kind || content.kind === 'unknown' || content.kind === 'union' || old.kind === 'None' || (old.kind === 'union' && old.options.some(mayBe));
  for (const [key, old] of value.attributes) if (mayBe(old)) call.interp.heap.set(value.attributes, key, unknown('an attribute of unknown name was set'));
}

function deleteAttribute(call: BuiltinCall): Value {
  const [value, name] = bind(call, ['object', 'name'], 2);
  if (value!.kind === 'instance' && name!.kind === 'str' && name!.value !== null) call.interp.heap.delete(value!.attributes, name!.value);
  return NONE;
}

function callable(call: BuiltinCall): Value {
  const [value] = bind(call, ['obj'], 1);
  switch (value!.kind) {
    case 'function': case 'method': case 'class': case 'builtin': case 'partial': return bool(true);
    case 'instance': return bool(findInClass(value!.cls, '__call__') ? true : hasUnreadBase(value!.cls) ? null : false);
    case 'unknown': case 'union': return bool(null);
    default: return bool(false);
  }
}

/** Whether the class's own `__getattribute__` gives the attribute, maybe under another name. */
function isFound(call: BuiltinCall, value: Value, name: string): boolean {
  return attribute(call, value, name).kind !== 'unknown';
}

/** `type(name, bases, members)` */
function newClass(call: BuiltinCall): Value {
  const [name, bases, members] = call.args;
  const parents = call.interp.iterate(bases!, call.span);
  if (name!.kind !== 'str' || name!.value === null || !parents || members!.kind !== 'dict' || members!.open) return unhandled(call);
  const named = [...members!.entries.values()].flatMap(({ key, value, isPossible }) => (key.kind === 'str' && key.value !== null && !isPossible ? [[key.value, value] as const] : []));
  return named.length === members!.entries.size ? call.interp.makeClass(name!.value, parents, named, call.span) : unhandled(call);
}

function type(call: BuiltinCall): Value {
  if (call.args.length === 3) return newClass(call);
  if (call.args.length !== 1) return unhandled(call);
  const [value] = call.args;
  if (value!.kind === 'class') return builtinClass('type')!;
  return call.interp.classOf(value!) ?? unknownFrom([value], 'the type of this value is not known');
}

function vars(call: BuiltinCall): Value {
  const [value] = bind(call, ['object'], 0);
  if (!value) return call.interp.namesAround('function');
  if (value.kind === 'instance') return call.interp.getAttribute(value, '__dict__', call.span);
  if (value.kind === 'class' || (value.kind === 'module' && value.attributes)) return dictOf(value.attributes!);
  return unhandled(call);
}

/** An instance of a class that the engine knows by name, with attributes. */
function plainObject(name: string, attributes: Iterable<readonly [string, Value]> = []): InstanceValue {
  return freshInstance(builtinClass(name)!, attributes);
}

/** `size = property(get_size)`, as the decorator of that name would make it. */
function descriptor(call: BuiltinCall, decorator: 'property' | 'staticmethod' | 'classmethod'): Value {
  const [func] = bind(call, ['function'], 1);
  if (func!.kind === 'function') return { ...func!, decorator };
  return decorator === 'staticmethod' && (func!.kind === 'builtin' || func!.kind === 'class') ? func! : unknownFrom([func], `${decorator}() of this is not traced`);
}

const nothing = (): Value => NONE;

export const reflection: BuiltinTable = {
  isinstance: isInstance,
  issubclass: isSubclass,
  hasattr: hasAttribute,
  getattr: getAttribute,
  setattr: setAttribute,
  delattr: deleteAttribute,
  'object.__setattr__': (call) => {
    const [value, name, content] = bind(call, ['object', 'name', 'value'], 3);
    if (name!.kind === 'str' && name!.value !== null) call.interp.setOwnAttribute(value!, name!.value, content!, call.span);
    else setUnnamed(call, value!, name!, content!);
    return NONE;
  },
  'object.__getattribute__': (call) => {
    const [value, name] = bind(call, ['object', 'name'], 2);
    return name!.kind === 'str' && name!.value !== null ? call.interp.getOwnAttribute(value!, name!.value, call.span) : unnamed(value!, name!);
  },
  'object.__delattr__': deleteAttribute,
  // Reached only from a class's own, where nothing else has the attribute.
  'object.__getattr__': (call) => {
    const [value, name] = bind(call, ['object', 'name'], 2);
    return name!.kind !== 'str' ? unnamed(value!, name!) : call.interp.raise('AttributeError', name!.value ?? '');
  },
  'object.__init__': nothing,
  'object.__init_subclass__': nothing,
  'type.__call__': (call) => (call.args[0]?.kind === 'class' ? call.interp.makeInstance(call.args[0], call.args.slice(1), call.keywords, call.span) : unhandled(call)),
  'type.__new__': (call) => type({ ...call, args: call.args.slice(1) }),
  'object.__new__': (call) => {
    const [cls, ...args] = call.args;
    if (cls?.kind !== 'class') return unhandled(call);
    // As a metaclass calls it: with a name, bases and members.
    if (args.length === 3 && cls.mro.some((base) => base.builtin === 'type')) return type({ ...call, args });
    const base = immutableBase(cls);
    return base === null ? freshInstance(cls) : freshInstance(cls, [], call.interp.call(builtin(base), args, call.keywords, call.span));
  },
  callable,
  type,
  vars,
  object: () => plainObject('object'),
  dir: () => ({ kind: 'list', items: null, element: str(null), typeName: null, fields: null }),
  locals: (call) => call.interp.namesAround('function'),
  globals: (call) => call.interp.namesAround('module'),
  print: nothing,
  breakpoint: nothing,
  help: nothing,
  input: () => str(null),
  open: () => unknown('files are not read'),
  eval: () => unknown('text is not run as code'),
  exec: () => unknown('text is not run as code'),
  compile: () => unknown('text is not run as code'),
  __import__: () => unknown('an import by a computed name is not traced'),
  property: (call) => (call.args.length === 1 && call.keywords.size === 0 ? descriptor(call, 'property') : unknown('property() of more than a getter is not traced')),
  staticmethod: (call) => descriptor(call, 'staticmethod'),
  classmethod: (call) => descriptor(call, 'classmethod'),
  'functools.cached_property': () => unknown('cached_property() called as a function is not traced'),
};
