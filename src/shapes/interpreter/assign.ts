/** Assignment to targets: names, attributes, subscripts, and unpacking of sequences with or without a star. */
import type * as ast from '../python/ast';
import { same } from '../symint/facts';
import { constant } from '../symint/symint';
import { lookupInClass } from './calls/classes';
import { demandCount, demandItems, demandUnpacked } from './uncalled/demands';
import { reportUnpacking } from '../diagnostics/unpacking';
import { evaluate } from './expressions';
import { NO_KEYWORDS } from './interpreter';
import type { Machine } from './machine';
import { demandReplaced } from './uncalled/replaced';
import { refined } from './uncalled/sides';
import { demandSizeName } from './uncalled/parameterDims';
import { tensorItems } from './uncalled/tensorLists';
import { sliceBounds } from './subscripts';
import { setRequiresGrad } from './tensors/requiresGrad';
import { int, list, unknown } from '../values/values';
import type { TensorValue, Value } from '../values/values';

export function assignTo(m: Machine, target: ast.Expr, value: Value): void {
  switch (target.kind) {
    case 'Name':
      m.heap.set(m.frame.scope.target(target.id), target.id, value);
      if (m.guesses && value.kind === 'int' && value.value) demandSizeName(value.value, target.id);
      m.record(target, value, true);
      return;
    case 'Attribute':
      setAttributeOf(m, target, evaluate(m, target.value), value);
      m.record(target, value, true);
      return;
    case 'Subscript':
      m.setItem(evaluate(m, target.value), evaluate(m, target.slice), value, target);
      m.record(target, value, true);
      return;
    case 'Starred':
      assignTo(m, target.value, value);
      return;
    case 'Tuple': case 'List':
      unpack(m, target.elts, value, target);
      m.record(target, value, true);
      return;
    default:
      return;
  }
}

/** What a condition tells of a name or an attribute: no code of an object is run for it. */
export function knownToBe(m: Machine, place: ast.Name | ast.Attribute, value: Value): void {
  if (place.kind === 'Name') return assignTo(m, place, value);
  const object = evaluate(m, place.value);
  if (object.kind === 'instance' && (object.attributes.has(place.attr) || lookupInClass(object.cls, place.attr) === null)) m.setOwnAttribute(object, place.attr, value, place);
  else if (object.kind === 'class' || object.kind === 'function') m.setAttribute(object, place.attr, value, place);
}

function setAttributeOf(m: Machine, target: ast.Attribute, object: Value, value: Value): void {
  if (object.kind === 'Tensor' && target.attr === 'data') demandReplaced(m, value, object);
  if (object.kind === 'instance') demandReplaced(m, value, object.attributes.get(target.attr));
  if (object.kind !== 'Tensor') m.setAttribute(object, target.attr, value, target);
  else if (target.attr === 'data' && value.kind === 'Tensor') setData(m, target.value, object, value);
  else if (target.attr === 'requires_grad') setRequiresGrad(m, object, value);
}

/** `weight.data = data`: the values are written where the shape stays; else it is another tensor from now on. */
function setData(m: Machine, holder: ast.Expr, tensor: TensorValue, data: TensorValue): void {
  const [before, after] = [tensor.shape, data.shape];
  const isSame = !before.rest && !after.rest && tensor.dtype === data.dtype && before.dims.length === after.dims.length && before.dims.every((dim, i) => same(dim, after.dims[i]!, m.facts));
  const made = { ...data, isParameter: tensor.isParameter };
  if (isSame) m.torch('torch.Tensor.copy_', [tensor, data], NO_KEYWORDS, holder);
  else if (holder.kind === 'Name') m.heap.set(m.frame.scope.target(holder.id), holder.id, made);
  else if (holder.kind === 'Attribute') m.setAttribute(evaluate(m, holder.value), holder.attr, made, holder);
}

function unpack(m: Machine, targets: readonly ast.Expr[], value: Value, span: ast.Span): void {
  if (value.kind === 'union') {
    // The statement runs with those that have as many items; where none has, it fails.
    const possible = value.options.filter((option) => fits(m, targets, option));
    // Beside a tuple of as many items, rows of a tensor are not meant: of those any number may be.
    const isPair = (option: Value): boolean => (option.kind === 'tuple' || option.kind === 'list') && m.lengthOf(option)?.value != null;
    const fitting = m.guesses && possible.some(isPair) ? possible.filter((option) => option.kind !== 'Tensor' || m.lengthOf(option)?.value != null) : possible;
    const rows = (fitting.length > 0 ? fitting : value.options).map((option) => spread(m, targets, option, span));
    assignEach(m, targets, targets.map((_, i) => m.joiner.joinAll(rows.map((row) => row[i]!))));
    return;
  }
  assignEach(m, targets, spread(m, targets, value, span));
}

/** A name that stands there twice, as in `out, _, _ = f(x)`, has the last of its values afterwards. */
function assignEach(m: Machine, targets: readonly ast.Expr[], values: readonly Value[]): void {
  const last = new Map(targets.map((target, i) => [target.kind === 'Name' ? target.id : target, values[i]!]));
  for (const target of targets) assignTo(m, target, last.get(target.kind === 'Name' ? target.id : target)!);
}

/** Whether the value has, or may have, as many items as there are targets. */
function fits(m: Machine, targets: readonly ast.Expr[], value: Value): boolean {
  if (value.kind === 'None') return false;
  const count = value.kind === 'unknown' ? null : m.lengthOf(value)?.value ?? null;
  const starred = targets.some((target) => target.kind === 'Starred');
  return count === null || (starred ? count >= targets.length - 1 : count === targets.length);
}

/** One value for each target. */
function spread(m: Machine, targets: readonly ast.Expr[], given: Value, span: ast.Span): Value[] {
  let value = given;
  const star = targets.findIndex((target) => target.kind === 'Starred');
  if (value.kind === 'tuple' && value.sizeOf && star < 0) {
    demandUnpacked(m, value.sizeOf, targets);
    value = refined(m, value);
  }
  if (m.guesses && value.kind === 'Tensor' && star < 0) {
    demandCount(m, value, undefined, targets.length);
    value = refined(m, value);
  }
  const parts = star < 0 ? demandItems(m, value, targets.length, targets.map((target) => (target.kind === 'Name' ? target.id : null))) : null;
  if (parts) return parts;
  const tensors = star < 0 ? null : tensorItems(m, value, star, targets.length - star - 1);
  if (tensors) return tensors;
  const items = value.kind === 'unknown' ? null : m.iterate(value, span);
  if (items === null) {
    const element = value.kind === 'unknown' ? unknown(value.reason, value.span) : m.elementOf(value, span);
    return targets.map((target) => (target.kind === 'Starred' ? { kind: 'list', items: null, element, typeName: null, fields: null } : element));
  }
  const wanted = star < 0 ? targets.length : targets.length - 1;
  if (star < 0 ? items.length !== wanted : items.length < wanted) {
    const message = reportUnpacking(m, value, items, star < 0 ? String(wanted) : `at least ${wanted}`, span);
    return targets.map(() => unknown(message, span));
  }
  if (star < 0) return items;
  const after = targets.length - star - 1;
  return [...items.slice(0, star), list(items.slice(star, items.length - after)), ...items.slice(items.length - after)];
}

export function deleteTarget(m: Machine, target: ast.Expr): void {
  if (target.kind === 'Name') m.heap.delete(m.frame.scope.target(target.id), target.id);
  else if (target.kind === 'Tuple' || target.kind === 'List') target.elts.forEach((elt) => deleteTarget(m, elt));
  else if (target.kind === 'Attribute') {
    const object = evaluate(m, target.value);
    if (object.kind === 'instance') m.heap.delete(object.attributes, target.attr);
  } else if (target.kind === 'Subscript') {
    const object = evaluate(m, target.value);
    const index = evaluate(m, target.slice);
    if (object.kind === 'list' && object.items && index.kind === 'int' && index.value?.value != null) {
      const at = index.value.value < 0 ? index.value.value + object.items.length : index.value.value;
      m.heap.setItems(object, object.items.filter((_, i) => i !== at));
    } else if (object.kind === 'list' && object.items && index.kind === 'slice') {
      const gone = sliceBounds(index, object.items.length);
      m.heap.setItems(object, gone && object.items.filter((_, i) => !gone.includes(i)));
    } else if (object.kind === 'instance') {
      const method = lookupInClass(object.cls, '__delitem__');
      if (method) m.call({ kind: 'method', receiver: object, func: method }, [index], new Map(), target);
      else if (object.content) m.call(m.getAttribute(object.content, 'pop', target), [index], new Map(), target);
    } else if (object.kind === 'dict' || object.kind === 'list') m.call(m.getAttribute(object, 'pop', target), [index], new Map(), target);
  }
}

export const zero = int(constant(0));
