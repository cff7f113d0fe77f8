/**
 * What stands between the brackets of `x[…]`, lined up with the tensor's dims.
 * Source: https://docs.pytorch.org/docs/stable/tensor_view.html and NumPy's rules, which torch follows:
 * https://numpy.org/doc/stable/user/basics.indexing.html
 */
import { tuple } from '../../values/values';
import type { SequenceValue, Shape, SliceValue, TensorValue, Value } from '../../values/values';

import { constant } from '../../symint/symint';
import { literalOf } from './literal';
import type { RuleContext } from '../rule';
import { count, show } from './text';

/** An index tensor; `data` null: its values are not known, only its sizes. */
export interface IndexTensor { readonly shape: Shape; readonly isMask: boolean; readonly values: readonly (number | boolean)[] | null; readonly tensor: TensorValue | null }

export type Subscript =
  | { readonly type: 'int'; readonly value: Value & { kind: 'int' } }
  | { readonly type: 'slice'; readonly value: SliceValue }
  | { readonly type: 'new' }
  | { readonly type: 'bool'; readonly value: boolean | null }
  | { readonly type: 'tensor'; readonly index: IndexTensor }
  /** A whole dim. */
  | { readonly type: 'whole' };

/** The run of unknown dims in its place, once. */
export type Placed = Subscript | { readonly type: 'rest' };

/** Whether it says positions along one dim, as a tensor of integers. */
export const isPositions = (item: Value): boolean => item.kind === 'Tensor' && item.dtype !== null && /^int/.test(item.dtype);

/** Beside positions along one dim, tensors of unknown dtype are positions too: masks take dims of their own. */
export function withPositions(items: readonly Value[]): readonly Value[] {
  if (!items.some((item) => isPositions(item) && item.kind === 'Tensor' && item.shape.dims.length > 0)) return items;
  return items.map((item) => (item.kind === 'Tensor' && item.dtype === null ? { ...item, dtype: 'int64' } : item));
}

/** One subscript a dim of the tensor (a mask takes as many as it has), None and bools beside; missing ones are whole. */
export function parseSubscript(index: Value, shape: Shape, context: RuleContext): Placed[] {
  const items = asTuple(index).items ?? context.unknown('the number of indices is not known');
  if (items.filter((item) => item.kind === 'Ellipsis').length > 1) return context.unknown('an index with several ellipses');
  const parsed = withPositions(items).map((item) => (item.kind === 'Ellipsis' ? null : subscriptOf(item, context)));
  const taken = parsed.reduce((sum, item) => sum + (item === null ? 0 : dimsTaken(item, context)), 0);
  if (!shape.rest && taken > shape.dims.length) {
    context.fail('index-rank-mismatch', `${count(taken, 'index').replace('indexs', 'indices')} for a tensor of shape ${show(shape)}, which has ${count(shape.dims.length, 'dim')}`);
  }
  const at = parsed.indexOf(null);
  const before = (at < 0 ? parsed : parsed.slice(0, at)) as Subscript[];
  const after = (at < 0 ? [] : parsed.slice(at + 1)) as Subscript[];
  const { rest, dims } = shape;
  if (!rest) return [...before, ...new Array<Placed>(dims.length - taken).fill({ type: 'whole' }), ...after];
  const [left, right] = [before, after].map((list) => list.reduce((sum, item) => sum + dimsTaken(item, context), 0)) as [number, number];
  if (left > rest.at || right > dims.length - rest.at) return context.unknown(`an index into the unknown dims of ${show(shape)}`);
  return [
    ...before, ...new Array<Placed>(rest.at - left).fill({ type: 'whole' }), { type: 'rest' },
    ...new Array<Placed>(dims.length - rest.at - right).fill({ type: 'whole' }), ...after,
  ];
}

/**
 * An index as a tuple of subscripts. As in torch, a short list that holds more than numbers stands for a tuple; other
 * lists are one index tensor.
 */
export function asTuple(index: Value): SequenceValue {
  if (index.kind === 'tuple') return index;
  const many = index.kind === 'list' && index.items !== null && index.items.length < MAX_LIST_AS_TUPLE && index.items.some((item) => SUBSCRIPT_KINDS.has(item.kind));
  return many ? { ...(index as SequenceValue), kind: 'tuple' } : tuple([index]);
}
const MAX_LIST_AS_TUPLE = 32;
const SUBSCRIPT_KINDS: ReadonlySet<Value['kind']> = new Set(['tuple', 'list', 'Tensor', 'slice', 'Ellipsis', 'None']);

function dimsTaken(item: Subscript, context: RuleContext): number {
  switch (item.type) {
    case 'new': case 'bool': return 0;
    case 'tensor':
      if (!item.index.isMask) return 1;
      return item.index.shape.rest ? context.unknown('the rank of a mask is not known') : item.index.shape.dims.length;
    default: return 1;
  }
}

function subscriptOf(item: Value, context: RuleContext): Subscript {
  switch (item.kind) {
    case 'int': return { type: 'int', value: item };
    case 'slice': return { type: 'slice', value: item };
    case 'None': return { type: 'new' };
    case 'bool': return { type: 'bool', value: item.value };
    case 'Tensor': {
      if (item.dtype === null) return context.unknown('the dtype of an index tensor is not known');
      if (!['bool', 'uint8', 'int8', 'int16', 'int32', 'int64'].includes(item.dtype)) context.fail('index-dtype-mismatch', `a tensor of ${item.dtype} cannot be an index: it must be an integer or bool tensor`);
      // Torch reads a number out of an integer tensor without dims.
      if (item.shape.dims.length === 0 && !item.shape.rest && item.dtype !== 'bool' && item.dtype !== 'uint8') {
        const [element] = context.elements(item);
        return { type: 'int', value: { kind: 'int', value: element === undefined ? null : constant(element) } };
      }
      return { type: 'tensor', index: { shape: item.shape, isMask: item.dtype === 'bool' || item.dtype === 'uint8', values: null, tensor: item } };
    }
    case 'list': case 'tuple': case 'iterator': return { type: 'tensor', index: listIndex(item, context) };
    case 'float': case 'str': return context.fail('index-dtype-mismatch', `a ${item.kind} cannot be an index: use ints, slices, None, ..., or tensors`);
    case 'unknown': return context.unknown(item.reason);
    default: return context.unknown(`an index that is ${item.kind === 'union' ? 'one of several values' : `a ${item.kind}`}`);
  }
}

/** A list of ints or bools counts as a tensor. */
function listIndex(item: Value, context: RuleContext): IndexTensor {
  const { dims, dtype } = literalOf(item, context);
  const values = flatValues(item);
  const empty = dims.length === 1 && dims[0]!.value === 0;
  if (!empty && (dtype === null || !['bool', 'int64', 'int32', 'uint8', 'int8', 'int16'].includes(dtype))) context.fail('index-dtype-mismatch', `a list of ${dtype ?? 'unknown'} cannot be an index: it must hold integers or bools`);
  return { shape: { dims, rest: null }, isMask: dtype === 'bool' && !empty, values, tensor: null };
}

function flatValues(item: Value): (number | boolean)[] | null {
  if (item.kind === 'tuple' || item.kind === 'list' || item.kind === 'iterator') {
    if (item.items === null) return null;
    const parts = item.items.map(flatValues);
    return parts.some((part) => part === null) ? null : (parts as (number | boolean)[][]).flat();
  }
  if (item.kind === 'int') return item.value?.value != null ? [item.value.value] : null;
  return item.kind === 'bool' && item.value !== null ? [item.value] : null;
}

