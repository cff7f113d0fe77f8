/** Subscripts of any value, read and written. */
import type { Span } from '../python/ast';
import { applyTorch } from './tensors/apply';
import { missingKey } from './builtins/index';
import { putEntry } from './builtins/sequences';
import { displayType } from './builtins/types';
import { render } from '../symint/render';
import { loneSymbol } from '../symint/symint';
import { isDecided } from '../diagnostics/proof';
import { demandKey, inferredParameter, keywordsOf } from './uncalled/plumbing';
import { lookupInClass } from './calls/classes';
import { demandGiven } from './uncalled/absence';
import { demandComputed } from './uncalled/arithmetic';
import { demandDim, demandElement, demandIndexed, demandItems, demandSlice, isOfAnyLength, parameterOf } from './uncalled/demands';
import { NO_KEYWORDS } from './interpreter';
import { hashKey } from '../values/keys';
import { isLibrary } from './calls/functions';
import type { Machine } from './machine';
import { guessedInt } from './uncalled/parameterDims';
import { refined } from './uncalled/sides';
import { withSize, withoutSizes } from './uncalled/sizeRuns';
import { noteChanged, tensorItem } from './uncalled/tensorLists';
import { asArray } from './tensors/ndarray';
import { NONE, derived, int, isNumberArray, someOf, str, tuple, unionOfTensors, unknown } from '../values/values';
import type { DictValue, IntValue, SequenceValue, SliceValue, TensorValue, Value } from '../values/values';

export function getItem(m: Machine, value: Value, index: Value, span: Span): Value {
  // An object that stands for an int: https://docs.python.org/3/reference/datamodel.html#object.__index__
  const asIndex = index.kind === 'instance' && (value.kind === 'tuple' || value.kind === 'list' || value.kind === 'Tensor') ? lookupInClass(index.cls, '__index__') : null;
  if (asIndex) return getItem(m, value, m.call({ kind: 'method', receiver: index, func: asIndex }, [], NO_KEYWORDS, span), span);
  const tensors = unionOfTensors(value);
  for (const option of m.parameters.size > 0 ? tensors?.options ?? [value] : []) if (option.kind === 'Tensor' && option.shape.rest) demandIndexed(m, option, index);
  if (tensors) return applyTorch(m, 'torch.Tensor.__getitem__', [tensors, index], NO_KEYWORDS, span);
  if (value.kind === 'union') {
    demandGiven(m, value);
    // With a number the statement would raise: `skip = 0` before a loop that makes it a tensor.
    const others = value.options.filter((option) => !(option.kind === 'float' || (option.kind === 'int' && option.value?.value != null)));
    if (others.length > 0 && others.length < value.options.length) return getItem(m, someOf(value, others), index, span);
    return m.joiner.joinEach(value, (option) => getItem(m, option, index, span));
  }
  if (index.kind === 'union') {
    // Where one of several positions is there, the statement runs with that one.
    const there = value.kind === 'tuple' || value.kind === 'list' ? index.options.filter((option) => !isBeyond(value, option)) : index.options;
    return m.joiner.joinAll((there.length > 0 ? there : index.options).map((option) => getItem(m, value, option, span)));
  }
  switch (value.kind) {
    case 'Tensor': return applyTorch(m, 'torch.Tensor.__getitem__', [value, index], NO_KEYWORDS, span);
    case 'tuple': case 'list':
      if (isNumberArray(value) && index.kind !== 'int' && index.kind !== 'slice') return getItem(m, asArray(m, value, span), index, span);
      return sequenceItem(m, value, index, span);
    case 'dict': return dictItem(m, value, index, span);
    case 'str': {
      const characters = value.value === null ? null : [...value.value];
      if (characters && index.kind === 'int' && index.value?.value != null) return str(characters.at(index.value.value) ?? null);
      const bounds = characters && index.kind === 'slice' ? sliceBounds(index, characters.length) : null;
      return str(bounds && bounds.map((at) => characters![at]!).join(''));
    }
    case 'instance': {
      const method = lookupInClass(value.cls, '__getitem__');
      if (method) return m.call({ kind: 'method', receiver: value, func: method }, [index], NO_KEYWORDS, span);
      if (!value.content) return unknown(`a ${value.cls.name} has no items`, span);
      const missing = value.content.kind === 'dict' ? lookupInClass(value.cls, '__missing__') : null;
      const key = hashKey(index);
      if (missing && key !== null && value.content.kind === 'dict' && !value.content.open && !value.content.entries.has(key)) return m.call({ kind: 'method', receiver: value, func: missing }, [index], NO_KEYWORDS, span);
      return getItem(m, value.content, index, span);
    }
    case 'iterator': return value.typeName === 'range' && value.items ? sequenceItem(m, { kind: 'tuple', items: value.items, element: null, typeName: null, fields: null }, index, span) : unknown(`a ${value.typeName} has no items by index`, span);
    case 'class': {
      const method = lookupInClass(value, '__class_getitem__');
      // Generic types: nn.ModuleList[Block].
      return method?.kind === 'function' ? m.call({ kind: 'method', receiver: value, func: method }, [index], NO_KEYWORDS, span) : value;
    }
    case 'builtin': return value;
    case 'unknown': {
      // Nothing else takes several slices, or tensors.
      const isTensors = (each: Value): boolean => each.kind === 'Tensor' && (each.shape.rest !== null || each.shape.dims.length > 0);
      const isOfTensor = isTensors(index) || (index.kind === 'tuple' && index.items?.some((each) => each.kind === 'slice' || each.kind === 'Ellipsis' || isTensors(each)));
      const parameter = isOfTensor ? parameterOf(value) : null;
      if (parameter && parameter.role !== 'constructor') parameter.become('tensor');
      if (isOfTensor) {
        demandComputed(value);
        demandGiven(m, value);
      }
      if (index.kind === 'str' && index.value !== null) demandKey(value);
      return tensorItem(m, value, index) ?? parameterItem(m, value, index, span) ?? derived(value);
    }
    case 'None': case 'int': case 'float': case 'bool': case 'function': case 'method':
      // A handler may wait for it: `try: step = steps[i] except TypeError: step = steps`.
      if (guessedInt(value)) return parameterItem(m, value, index, span) ?? unknown('which item is meant is not known', span);
      if (m.frame.guarded > 0) m.raise('TypeError', `'${displayType(value)}' object is not subscriptable`);
      return unknown(`a value of type ${value.kind} has no items`, span);
    default: return unknown(`a value of type ${value.kind} has no items`, span);
  }
}

/** `window_size[0]` in a constructor that nothing calls. */
function parameterItem(m: Machine, value: Value, index: Value, span: Span): Value | null {
  const at = index.kind === 'int' ? index.value?.value ?? null : null;
  const guessed = guessedInt(value);
  if (at !== null && at < 0) guessed?.demandItems(-at);
  const parameter = parameterOf(value) ?? guessed;
  // Which of the keys it is, is not known: `settings[layer_type]`.
  if (index.kind !== 'int' && hashKey(index) === null && parameter?.role === 'constructor') return demandElement(m, value);
  if (index.kind === 'int' && (at === null || at < 0) && (parameter?.isSequence || parameter?.mayHoldInts)) return itemOfMore(m, value, index, span);
  return at !== null && at >= 0 && parameter && (parameter.role !== 'function' || parameter.kind === 'tuple' || parameter.isSequence) ? demandItems(m, value, at + 1)?.[at] ?? null : null;
}

function sequenceItem(m: Machine, value: SequenceValue, index: Value, span: Span): Value {
  const { items } = value;
  if (value.sizeOf && index.kind === 'int' && index.value?.value != null) return sizeAt(m, value.sizeOf, index.value.value) ?? value.element!;
  if (index.kind === 'slice') {
    const sizes = value.sizeOf && !items ? sizesIn(m, value.sizeOf, index) : null;
    if (sizes) return sizes;
    const bounds = items && (!value.open || isWithin(index, items.length)) ? sliceBounds(index, items.length) : null;
    const some = !bounds && isOfAnyLength(value) ? demandSlice(m, value, textOf(m, span)) : null;
    if (some) return some;
    if (!bounds) return { kind: value.kind, items: null, element: items ? (items.length ? m.joiner.joinAll(items) : null) : value.element, typeName: value.typeName, fields: null };
    return { kind: value.kind, items: bounds.map((at) => items![at]!), element: null, typeName: value.typeName === 'torch.Size' ? value.typeName : null, fields: null };
  }
  const position = positionOf(index);
  const first = position !== null && position >= 0 ? value.first?.[position] : undefined;
  if (first) return first;
  const isKept = !items || position === null || position < 0;
  const other = index.kind === 'int' && isKept && isOfAnyLength(value) ? itemOfMore(m, value, index, span) ?? parameterItem(m, value, index, span) : null;
  if (other) return other;
  if (items && position !== null) {
    const item = items.at(position) ?? parameterItem(m, value, index, span);
    if (item) return item;
    const range = items.length === 0 ? 'there is none' : `${-items.length} to ${items.length - 1} are allowed`;
    const message = value.typeName === 'torch.Size' ? `index ${position} is out of range for a shape of ${items.length} dims: ${range}` : `index ${position} is out of range for ${items.length} ${items.length === 1 ? 'item' : 'items'}: ${range}`;
    // What a loop of unknown length or an unknown condition leads to may never be reached with this list.
    const isReached = isDecided(m);
    if (m.guesses && !isReached) return m.raise('IndexError', message);
    if (!m.guesses && isReached) m.report('index-out-of-range', 'error', message, span);
    return unknown(message, span);
  }
  if (items && items.length > 0 && index.kind === 'int') {
    const any = m.guesses && items.length > 1 ? m.joiner.anyInt(items) : null;
    if (any?.kind === 'int' && any.value?.value === null && m.round && loneSymbol(any.value)) m.either.vary(any.value);
    return any ?? m.joiner.joinAll(items);
  }
  return value.element ?? unknown('the item is not known', span);
}

/** One of a sequence of which it is not known how many items there are: at another position it is another one. */
function itemOfMore(m: Machine, value: Value, { value: at }: IntValue, span: Span): Value | null {
  if (at?.value != null && at.value >= 0) return null;
  const isOfRound = !at || (at.value === null && m.round !== null);
  // The name of a loop's variable is another one in each round that is traced, the text is not.
  const item = demandElement(m, value, isOfRound ? textOf(m, span) : at.value ?? render(at));
  if (isOfRound && item?.kind === 'int' && item.value && loneSymbol(item.value)) m.either.vary(item.value);
  return item;
}

const textOf = (m: Machine, { start, end }: Span): string => m.frame.scope.module.tree.source.slice(start, end);

/** Whether a slice takes only what stands among the first so many items. */
function isWithin({ start, stop, step }: SliceValue, count: number): boolean {
  const last = positionOf(stop);
  const first = start.kind === 'None' ? 0 : positionOf(start);
  return first !== null && first >= 0 && last !== null && last >= 0 && last <= count && (step.kind === 'None' || (positionOf(step) ?? 0) > 0);
}

function positionOf(index: Value): number | null {
  return index.kind === 'int' ? index.value?.value ?? null : index.kind === 'bool' && index.value !== null ? Number(index.value) : null;
}

function isBeyond({ items }: SequenceValue, index: Value): boolean {
  const position = positionOf(index);
  return items !== null && position !== null && items.at(position) === undefined;
}

/** One size of a tensor whose number of dims is not known: that of a dim before or behind the unknown ones. */
function sizeAt(m: Machine, tensor: TensorValue, dim: number): Value | null {
  const { dims, rest } = tensor.shape;
  if (!rest || (dim >= 0 ? dim < rest.at : -dim <= dims.length - rest.at)) return int(dims.at(dim)!);
  demandDim(m, tensor, dim);
  const now = refined(m, tensor);
  return now === tensor || now.kind !== 'Tensor' ? null : sizeAt(m, now, dim);
}

/** `x.shape[:2]` or `x.shape[-2:]` of a tensor whose number of dims is not known: it is taken to have these. */
function sizesIn(m: Machine, tensor: TensorValue, slice: Value & { kind: 'slice' }): Value | null {
  const [start, stop, step] = [slice.start, slice.stop, slice.step].map((part) => (part.kind === 'None' ? null : part.kind === 'int' ? part.value?.value ?? NaN : NaN)) as [number | null, number | null, number | null];
  const [first, end] = [start ?? 0, stop ?? (start !== null && start < 0 ? 0 : NaN)];
  if ((step ?? 1) === 1 && start === null && stop !== null && stop < 0) {
    sizeAt(m, tensor, stop);
    return withoutSizes(refined(m, tensor) as TensorValue, 0, -stop);
  }
  if ((step ?? 1) === 1 && start !== null && start > 0 && stop === null) {
    // What is left out at the front is there: `x.shape[2:]` of a picture.
    sizeAt(m, tensor, start - 1);
    return withoutSizes(refined(m, tensor) as TensorValue, start, 0);
  }
  if (Number.isNaN(first) || Number.isNaN(end) || (step ?? 1) !== 1 || end <= first || (first < 0) !== (end < 0 || stop === null)) return null;
  const sizes = Array.from({ length: end - first }, (_, i) => sizeAt(m, refined(m, tensor) as TensorValue, first + i));
  return sizes.every((size) => size !== null) ? tuple(sizes, 'torch.Size') : null;
}

/** The positions that a slice takes out of `length` items; null where a bound is not known. */
export function sliceBounds(slice: Value & { kind: 'slice' }, length: number): number[] | null {
  const parts = [slice.start, slice.stop, slice.step].map((part) => (part.kind === 'None' ? undefined : part.kind === 'int' && part.value?.value != null ? part.value.value : null));
  if (parts.includes(null)) return null;
  const step = parts[2] ?? 1;
  if (step === 0) return null;
  const clamp = (at: number, low: number, high: number): number => Math.min(Math.max(at < 0 ? at + length : at, low), high);
  const start = parts[0] == null ? (step > 0 ? 0 : length - 1) : step > 0 ? clamp(parts[0], 0, length) : clamp(parts[0], -1, length - 1);
  const stop = parts[1] == null ? (step > 0 ? length : -1) : step > 0 ? clamp(parts[1], 0, length) : clamp(parts[1], -1, length - 1);
  const positions: number[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) positions.push(at);
  return positions;
}

function dictItem(m: Machine, dict: DictValue, index: Value, span: Span): Value {
  const key = hashKey(index);
  const entry = key === null ? undefined : dict.entries.get(key);
  if (entry) return entry.value;
  if (index.kind === 'instance' && key === null) return unknown(`which key a ${index.cls.name} equals is not traced`, span);
  if (key === null) {
    const keywords = keywordsOf(dict);
    const element = keywords && dict.element ? demandElement(m, dict.element) : dict.element;
    const possible = [...[...dict.entries.values()].map((each) => each.value), ...(element ? [element] : [])];
    return possible.length > 0 ? m.joiner.joinAll(possible) : unknown('the key is not known', span);
  }
  const made = missingKey(dict, index, m, span);
  if (made) return made;
  const given = index.kind === 'str' && index.value !== null ? m.keywordValue(dict, index.value, null) : null;
  if (given) return given;
  if (dict.open) return dict.element ?? unknown('the dict may have this key', span);
  return m.raise('KeyError', key);
}

/** What `**kwargs` of a function that nothing calls gives for a key that may be there. */
export function keywordValue(m: Machine, dict: Value, name: string, fallback: Value | null): Value | null {
  const keywords = keywordsOf(dict);
  // What a library lets a caller set besides, is left as it is.
  if (keywords && fallback && isLibrary(m.frame.scope)) return fallback;
  return keywords && keywords.keyword(name, () => inferredParameter(m, { ...NO_ARG, ...keywords.span, arg: name }, fallback, keywords.role, null)).value(m.tensors);
}

const NO_ARG = { kind: 'arg', annotation: null } as const;

export function setItem(m: Machine, value: Value, index: Value, item: Value, span: Span): void {
  switch (value.kind) {
    case 'Tensor': applyTorch(m, 'torch.Tensor.__setitem__', [value, index, item], NO_KEYWORDS, span); return;
    case 'list': setListItem(m, value, index, item); return;
    case 'dict': putEntry(m, value, index, item); return;
    case 'instance': {
      const method = lookupInClass(value.cls, '__setitem__');
      if (method) m.call({ kind: 'method', receiver: value, func: method }, [index, item], NO_KEYWORDS, span);
      else if (value.content) setItem(m, value.content, index, item, span);
      return;
    }
    case 'union': value.options.forEach((option) => setItem(m, option, index, item, span)); return;
    case 'unknown': noteChanged(value, '__setitem__'); return;
    default: return;
  }
}

function setListItem(m: Machine, list: SequenceValue, index: Value, item: Value): void {
  const { items } = list;
  if (items && index.kind === 'int' && index.value?.value != null) {
    const at = index.value.value < 0 ? index.value.value + items.length : index.value.value;
    if (at >= 0 && at < items.length) m.heap.setItems(list, items.map((old, i) => (i === at ? item : old)));
    return;
  }
  const positions = items && index.kind === 'slice' && index.step.kind === 'None' ? sliceBounds(index, items.length) : null;
  const given = positions && m.iterate(item, { start: 0, end: 0 });
  if (items && positions && given && index.kind === 'slice') {
    const first = positions[0] ?? sliceBounds({ ...index, stop: NONE }, items.length)?.[0] ?? items.length;
    m.heap.setItems(list, [...items.slice(0, first), ...given, ...items.slice(first + positions.length)]);
    return;
  }
  const sizes = items ? null : withSize(list, index, item);
  const all = [...(items ?? []), ...(list.element ? [list.element] : []), item];
  m.heap.assign(list, 'element', m.joiner.joinAll(all));
  if (items && index.kind !== 'slice') m.heap.setItems(list, items.map((old) => m.joiner.join(old, item)));
  else m.heap.setItems(list, null);
  if (sizes) m.heap.assign(list, 'sizeOf', sizes);
}

