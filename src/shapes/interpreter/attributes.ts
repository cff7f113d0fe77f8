/** Attribute access on any value, read and write. */
import type { Span } from '../python/ast';
import { hasMethod } from './builtins/methods';
import { lookupMethod, lookupProperty } from '../torch/registry';
import { applyOperation } from './tensors/apply';
import { AttributeEntries } from './calls/attributeEntries';
import { demandGiven, givenAfterAll, isAbsent } from './uncalled/absence';
import { demandAttribute, present } from './uncalled/demands';
import { classOf, descriptorMethod, hasUnknownBase, lookupInClass } from './calls/classes';
import { functionAttribute } from './calls/functionAttributes';
import { impliedAttribute } from './uncalled/implied';
import { moduleMember } from './imports';
import { patterned } from './calls/namePatterns';
import { metaclassAttribute, metaclassOf } from './calls/metaclasses';
import { NO_KEYWORDS } from './interpreter';
import { arrayOf, asArray, tensorOf } from './tensors/ndarray';
import type { Machine } from './machine';
import { namedTupleAttribute } from './builtins/collections';
import { dictOf } from './builtins/sequences';
import { constant } from '../symint/symint';
import { itemsize } from '../torch/dtypes';
import { sizeOfUnknownRank } from './uncalled/sizeRuns';
import { NATIVE } from './tensors/torchtypes';
import { ANY_MODULE, NONE, bool, builtin, contentOf, derived, float, int, isNumberArray, someOf, str, tuple, unionOfTensors, unknown } from '../values/values';
import type { ClassValue, DictValue, InstanceValue, TensorValue, UnionValue, Value } from '../values/values';

export function getAttribute(m: Machine, value: Value, name: string, span: Span): Value {
  switch (value.kind) {
    case 'Tensor': return tensorAttribute(m, value, name, span);
    case 'module': return moduleMember(m, value, name, span);
    case 'instance': {
      const own = lookupInClass(value.cls, '__getattribute__');
      return own?.kind === 'function' ? m.call({ kind: 'method', receiver: value, func: own }, [str(name)], NO_KEYWORDS, span) : getOwnAttribute(m, value, name, span);
    }
    case 'super': return superAttribute(m, value.receiver, value.owner, name, span);
    case 'class': return classAttribute(m, value, name, span);
    case 'union': {
      demandGiven(m, value);
      const given = present(value);
      // Code for when it is given is not come to where it is taken not to be.
      if (given.kind === 'None') {
        const after = givenAfterAll(m, value);
        if (after) return getAttribute(m, after, name, span);
        if (isAbsent(value)) return m.raise('AttributeError', `None has no attribute ${name}`);
      }
      if (given !== value) return getAttribute(m, given, name, span);
      const having = value.options.filter((option) => !isWithout(option, name, value.options));
      if (having.length > 0 && having.length < value.options.length) return getAttribute(m, someOf(value, having), name, span);
      const tensors = unionOfTensors(value);
      if (tensors) return tensorAttribute(m, tensors.options.length === 1 ? (tensors.options[0] as TensorValue) : tensors, name, span);
      return m.joiner.joinEach(value, (option) => getAttribute(m, option, name, span));
    }
    case 'unknown': return demandAttribute(m, value, name, span) ?? derived(value);
    case 'builtin': return builtinAttribute(m, value.name, name, span);
    case 'function': return functionAttribute(m, value, name, span);
    case 'method':
      if (name === '__func__') return value.func;
      if (name === '__self__') return value.receiver;
      return getAttribute(m, value.func, name, span);
    case 'partial':
      if (name === 'func') return value.func;
      if (name === 'args') return tuple([...value.args]);
      if (name === 'keywords') return dictOf(value.keywords);
      if (value.func.kind === 'builtin' && value.func.name === 'collections.namedtuple.new') return namedTupleAttribute(value, name, span);
      return unknown(`the attribute ${name} of a partial is not traced`, span);
    case 'tuple': {
      const field = value.fields?.indexOf(name) ?? -1;
      if (field >= 0 && value.items) return value.items[field]!;
      if (name === '_fields' && value.fields) return tuple(value.fields.map(str));
      break;
    }
    case 'dtype':
      if (name === 'is_floating_point') return m.torch('torch.Tensor.is_floating_point', [value], NO_KEYWORDS, span);
      if (name === 'is_complex') return bool(value.value.startsWith('complex'));
      if (name === 'itemsize') return int(constant(itemsize(value.value)));
      break;
    case 'complex':
      if (name === 'real' || name === 'imag') return float(value.parts && value.parts[name === 'real' ? 0 : 1]);
      break;
    case 'device':
      if (name === 'type') return str(value.value.split(':')[0]!);
      if (name === 'index') return unknown('the index of a device', span);
      break;
    case 'slice':
      if (name === 'start' || name === 'stop' || name === 'step') return value[name];
      break;
    default: break;
  }
  // Code that raises is not come to.
  if (value.kind === 'None' && m.guesses && name !== '__class__') m.failures++;
  if (name === '__class__') return classOf(m, value) ?? unknown('its class is not known', span);
  if (hasMethod(value, name)) return { kind: 'method', receiver: value, func: builtin(`${value.kind}.${name}`) };
  if (isNumberArray(value)) return getAttribute(m, asArray(m, value, span), name, span);
  // A number of Python has none of them: it is one that NumPy made, an array of no dims.
  if ((value.kind === 'int' || value.kind === 'float' || value.kind === 'bool') && OF_ARRAYS.has(name)) return getAttribute(m, arrayOf(m, tensorOf(m, value, span), span), name, span);
  return unknown(`a value of type ${value.kind} has no attribute ${name} that is traced`, span);
}

/** A sequence that surely raises where another of the options has the attribute: what is read there is none (`out` of `out, state` or `out`, a model's outputs or a tuple of them). */
function isWithout(value: Value, name: string, options: readonly Value[]): boolean {
  if ((value.kind !== 'tuple' && value.kind !== 'list') || value.fields?.includes(name)) return false;
  const isOfTensor = lookupProperty(name) !== null || lookupMethod(name) !== null;
  return (isOfTensor || options.some((option) => option.kind === 'instance' && option.attributes.has(name))) && !hasMethod(value, name) && !isNumberArray(value);
}

/** What the scalars of NumPy have as its arrays do: https://numpy.org/doc/stable/reference/arrays.scalars.html#methods */
const OF_ARRAYS: ReadonlySet<string> = new Set(['item', 'tolist', 'dtype', 'shape', 'ndim', 'size', 'reshape', 'round', 'clip', 'copy', 'mean', 'sum', 'max', 'min', 'squeeze', 'flatten']);

function tensorAttribute(m: Machine, value: TensorValue | UnionValue, name: string, span: Span): Value {
  if (name === 'shape' && value.kind === 'Tensor' && value.shape.rest) return sizeOfUnknownRank(value);
  const property = lookupProperty(name);
  if (property) return applyOperation(m, property, [value], NO_KEYWORDS, span);
  if (lookupMethod(name) || Object.hasOwn(NATIVE, `torch.Tensor.${name}`)) return { kind: 'method', receiver: value, func: builtin(`torch.Tensor.${name}`) };
  return unknown(`torch.Tensor.${name} has no rule`, span);
}

/** What `object.__getattribute__` gives: without the class's own `__getattribute__`. */
export function getOwnAttribute(m: Machine, value: Value, name: string, span: Span): Value {
  return value.kind === 'instance' ? instanceAttribute(m, value, value.cls, null, name, span) : getAttribute(m, value, name, span);
}

function instanceAttribute(m: Machine, receiver: Value, cls: ClassValue, behind: ClassValue | null, name: string, span: Span): Value {
  if (receiver.kind === 'instance' && behind === null) {
    const own = receiver.attributes.get(name);
    if (own !== undefined) return own;
    const entry = tableOf(receiver)?.entries.get(`s:${name}`);
    if (entry) return entry.value;
    if (name === '__class__') return cls;
    if (name === '__dict__') return attributesOf(m, receiver.attributes);
  }
  const found = lookupInClass(cls, name, behind);
  if (found !== null) return bind(m, receiver, cls, found, span);
  if (receiver.kind === 'instance' && receiver.content?.kind === 'tuple' && receiver.content.fields?.includes(name)) return getAttribute(m, receiver.content, name, span);
  if (receiver.kind === 'instance' && receiver.content && hasMethod(receiver.content, name)) return { kind: 'method', receiver: receiver.content, func: builtin(`${receiver.content.kind}.${name}`) };
  const fallback = lookupInClass(cls, '__getattr__', behind);
  if (fallback) return m.call({ kind: 'method', receiver, func: fallback }, [str(name)], NO_KEYWORDS, span);
  if (receiver === m.implied) return impliedAttribute(m, name, span);
  const any = receiver.kind === 'instance' && !OWN_ACCESS.has(name) ? patterned(receiver.attributes, name) ?? receiver.attributes.get(ANY_MODULE) : undefined;
  if (any) return any;
  if (hasUnknownBase(cls)) return unknown(`${cls.name}.${name} is not defined in the source that was read`, span);
  if (receiver.kind === 'instance' && OWN_ACCESS.has(name)) return { kind: 'method', receiver, func: builtin(name === '__getattr__' ? 'object.__getattribute__' : `object.${name}`) };
  if (m.frame.guarded > 0 && isMissing(m, receiver, name, span)) m.raise('AttributeError', `'${cls.name}' object has no attribute '${name}'`);
  return unknown(`${cls.name} has no attribute ${name}`, span);
}

const OWN_ACCESS: ReadonlySet<string> = new Set(['__getattr__', '__getattribute__', '__setattr__', '__delattr__']);

/** Whether a handler around may wait for what Python raises here. */
function isMissing(m: Machine, receiver: Value, name: string, span: Span): boolean {
  const found = m.call(builtin('hasattr'), [receiver, str(name)], NO_KEYWORDS, span);
  return found.kind === 'bool' && found.value === false;
}

/** The dict that code put in the place of the attributes: `self.__dict__ = self`. */
function tableOf(receiver: InstanceValue): DictValue | null {
  const table = receiver.attributes.get('__dict__');
  const content = table && contentOf(table);
  return content?.kind === 'dict' ? content : null;
}

/** As a dict that shares its contents with the attributes. */
export function attributesOf(m: Machine, attributes: Map<string, Value>): Value {
  return { kind: 'dict', entries: new AttributeEntries(attributes, (name) => m.joiner.isUnsure(attributes, name)), open: false, element: null, typeName: null };
}

function bind(m: Machine, receiver: Value, cls: ClassValue, found: Value, span: Span): Value {
  if (found.kind === 'function') {
    if (found.decorator === 'staticmethod') return found;
    if (found.decorator === 'classmethod') return { kind: 'method', receiver: receiver.kind === 'class' ? receiver : cls, func: found };
    if (found.decorator === 'property') return m.call(found, [receiver], NO_KEYWORDS, span);
    return { kind: 'method', receiver, func: found };
  }
  const getter = descriptorMethod(found, '__get__');
  if (getter) return m.call(getter, [receiver.kind === 'class' ? NONE : receiver, cls], NO_KEYWORDS, span);
  // A method that the engine gave the class (a dataclass's `__init__`).
  if (found.kind === 'builtin' && receiver.kind === 'instance' && /\.__\w+__$/.test(found.name)) return { kind: 'method', receiver, func: found };
  return found;
}

function superAttribute(m: Machine, receiver: Value, owner: ClassValue, name: string, span: Span): Value {
  const ofMetaclass = receiver.kind === 'class' && !receiver.mro.includes(owner) ? metaclassOf([receiver]) : null;
  const cls = ofMetaclass ?? (receiver.kind === 'class' ? receiver : classOf(m, receiver));
  if (!cls) return unknown('super() of a value whose class is not known', span);
  const found = lookupInClass(cls, name, owner);
  if (found !== null) return bind(m, receiver, cls, found, span);
  const content = contentOf(receiver);
  if (content !== receiver && hasMethod(content, name)) return { kind: 'method', receiver: content, func: builtin(`${content.kind}.${name}`) };
  if (name === '__new__') return builtin('object.__new__');
  if (name === '__call__' && ofMetaclass) return { kind: 'partial', func: builtin('type.__call__'), args: [receiver], keywords: NO_KEYWORDS };
  if (receiver.kind === 'instance' && (name === '__getattribute__' || name === '__setattr__' || name === '__delattr__')) return { kind: 'method', receiver, func: builtin(`object.${name}`) };
  // object's own, and what an unread base may do, changes nothing that is traced.
  if (name === '__init__' || name === '__init_subclass__' || name === '__setattr__') return builtin('object.__init__');
  if (name === '__getattr__' && !hasUnknownBase(cls)) return { kind: 'method', receiver, func: builtin('object.__getattr__') };
  return unknown(`super().${name} is not defined in the source that was read`, span);
}

function classAttribute(m: Machine, cls: ClassValue, name: string, span: Span): Value {
  const found = lookupInClass(cls, name);
  if (found !== null) return found.kind === 'function' && found.decorator === 'classmethod' ? { kind: 'method', receiver: cls, func: found } : found;
  if (name === '__name__' || name === '__qualname__') return str(cls.name);
  if (name === '__mro__') return tuple([...cls.mro]);
  if (name === '__bases__') return tuple([...cls.bases]);
  if (cls.def) {
    if (name === '__dict__') return dictOf(cls.attributes);
    if (name === '__doc__') return NONE;
    if (name === '__class__') return builtin('type');
  }
  if (cls.builtin) return builtinAttribute(m, cls.builtin, name, span);
  const ofMetaclass = metaclassAttribute(m, cls, name, span);
  if (ofMetaclass) return ofMetaclass;
  if (name === '__init__') return builtin('object.__init__');
  return unknown(`the class ${cls.name} has no attribute ${name}`, span);
}

function builtinAttribute(m: Machine, owner: string, name: string, span: Span): Value {
  if (name === '__name__') return str(owner.slice(owner.lastIndexOf('.') + 1));
  if (owner === 'torch.Tensor' && lookupMethod(name)) return builtin(`torch.Tensor.${name}`);
  return moduleMember(m, { kind: 'module', name: owner, attributes: null }, name, span);
}

export function setAttribute(m: Machine, value: Value, name: string, attribute: Value, span: Span): void {
  const own = value.kind === 'instance' ? lookupInClass(value.cls, '__setattr__') : null;
  if (own?.kind === 'function') m.call({ kind: 'method', receiver: value, func: own }, [str(name), attribute], NO_KEYWORDS, span);
  else setOwnAttribute(m, value, name, own?.kind === 'unknown' ? own : attribute, span);
}

/** What `object.__setattr__` does: without the class's own `__setattr__`. */
export function setOwnAttribute(m: Machine, value: Value, name: string, attribute: Value, span: Span): void {
  switch (value.kind) {
    case 'instance': {
      const found = lookupInClass(value.cls, `${name}.setter`);
      const descriptor = descriptorMethod(lookupInClass(value.cls, name), '__set__');
      const table = name === '__dict__' ? null : tableOf(value);
      if (found) m.call({ kind: 'method', receiver: value, func: found }, [attribute], NO_KEYWORDS, span);
      else if (descriptor) m.call(descriptor, [value, attribute], NO_KEYWORDS, span);
      else if (table) m.setItem(table, str(name), attribute, span);
      else m.heap.set(value.attributes, name, attribute);
      return;
    }
    case 'class': case 'function': m.heap.set(value.attributes, name, attribute); return;
    case 'method': setAttribute(m, value.func, name, attribute, span); return;
    case 'module':
      if (value.attributes) m.heap.set(value.attributes, name, attribute);
      else m.heap.set(m.patches, `${value.name}.${name}`, attribute);
      return;
    case 'union': value.options.forEach((option) => setAttribute(m, option, name, attribute, span)); return;
    default: return;
  }
}
