/** `x[index]` and `x[index] = value`: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { Shape, SliceValue, TensorValue, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, max, min, mul, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, RuleResult } from '../rule';
import { broadcastShapes, requireBroadcastTo } from '../common/broadcast';
import { asInt, countOfNonzero } from '../common/constants';
import { literalOf } from '../common/literal';
import { fresh, view } from '../common/results';
import { ONE, ZERO, shapeOf } from '../common/shape';
import { asTuple, parseSubscript } from '../common/subscript';
import type { IndexTensor } from '../common/subscript';
import { show, showSize } from '../common/text';
import { wrapIndex } from './selecting';
import { requireElements } from './gathering';

const OP = 'index';

/** start and number of elements of a slice; start null: not known. */
function sliceExtent(slice: SliceValue, size: SymInt, context: RuleContext): { start: SymInt | null; length: SymInt; step: SymInt } {
  const step = bound(slice.step, ONE, context);
  if (step.value !== null && step.value <= 0) context.fail('slice-step-mismatch', `the step of a slice must be greater than 0, not ${step.value}: use flip to reverse a dim`);
  const start = clipped(bound(slice.start, ZERO, context), size, context);
  const stop = slice.stop.kind === 'None' ? size : clipped(bound(slice.stop, size, context), size, context);
  if (start === null || stop === null) return { start, length: context.fresh('n', `the length of a slice of a dim of size ${showSize(size)}`), step };
  const forward = (start.value === 0 && stop === size) || context.lessEqual(start, stop);
  const length = forward === true ? sub(stop, start) : forward === false ? ZERO : max([sub(stop, start), ZERO]);
  return { start, length: step.value === 1 || length.value === 0 ? length : floordiv(add(length, sub(step, ONE)), step), step };
}

function bound(given: Value, otherwise: SymInt, context: RuleContext): SymInt {
  const value = asInt(given, context);
  if (value.kind === 'None') return otherwise;
  if (value.kind === 'int') return value.value ?? context.fresh('n', 'a bound of a slice that is not known');
  if (value.kind === 'bool' && value.value !== null) return constant(Number(value.value));
  if (value.kind === 'Tensor') return context.fresh('n', 'a bound of a slice that is in a tensor');
  if (value.kind === 'unknown' || value.kind === 'union') return context.fresh('n', 'a bound of a slice that is not known');
  return context.unknown(`a slice with a ${value.kind} as bound`);
}

/** The bound within 0 … size, counted from the end where negative; null: not known. */
function clipped(at: SymInt, size: SymInt, context: RuleContext): SymInt | null {
  const negative = context.lessEqual(at, constant(-1));
  if (negative === null) return null;
  if (negative) {
    const from = add(at, size);
    const inside = context.lessEqual(ZERO, from);
    return inside === true ? from : inside === false ? ZERO : max([from, ZERO]);
  }
  // No size is negative, be it one that data decides.
  const inside = at.value === 0 || context.lessEqual(at, size);
  return inside === true ? at : inside === false ? size : min([at, size]);
}

interface Parts {
  readonly shape: Shape;
  readonly strides: readonly SymInt[] | null;
  readonly offset: SymInt | null;
  readonly isView: boolean;
  /** The index tensors, masks among them as they were written; null stands for True and False. */
  readonly tensors: readonly (IndexTensor | null)[];
}

/** The parts of the tensor that an index names. */
function indexed(input: TensorValue, index: Value, context: RuleContext): Parts {
  const { shape, layout } = input;
  const subscripts = parseSubscript(index, shape, context);
  const dims: SymInt[] = [];
  const strides: SymInt[] = [];
  let rest: Shape['rest'] = null;
  let offset: SymInt | null = layout?.offset ?? null;
  let at = 0;
  const tensors: IndexTensor[] = [];
  const bounds: { readonly index: IndexTensor; readonly dim: number }[] = [];
  let firstAt = 0;
  let apart = false;
  const move = (by: SymInt | null): void => { offset = offset && by && layout ? add(offset, mul(by, layout.strides[at]!)) : null; };
  let lastAt = 0;
  /** Index tensors are apart where a dim of the result comes between; an int does not count, torch picks by it before. */
  const advanced = (found: IndexTensor): void => {
    const here = dims.length + (rest ? 1 : 0);
    if (tensors.length === 0) firstAt = dims.length;
    else if (here !== lastAt) apart = true;
    lastAt = here;
    tensors.push(found);
  };
  const hasTensors = subscripts.some((each) => each.type === 'tensor' || each.type === 'bool');
  subscripts.forEach((item) => {
    switch (item.type) {
      case 'rest': rest = { at: dims.length, name: shape.rest!.name }; return;
      case 'new': dims.push(ONE); strides.push(ZERO); return;
      case 'whole': dims.push(shape.dims[at]!); if (layout) strides.push(layout.strides[at]!); at++; return;
      case 'int': {
        const size = shape.dims[at]!;
        const { value } = item.value;
        move(value === null ? null : wrapIndex(OP, value, size, context, () => `dim ${at} of ${show(shape)}`));
        at++;
        return;
      }
      case 'slice': {
        const { start, length, step } = sliceExtent(item.value, shape.dims[at]!, context);
        move(start);
        dims.push(length);
        if (layout) strides.push(mul(layout.strides[at]!, step));
        at++;
        return;
      }
      case 'bool': {
        const size = item.value === null ? context.fresh('n', 'whether a mask keeps its tensor') : item.value ? ONE : ZERO;
        advanced({ shape: shapeOf([size]), isMask: false, values: null, tensor: null });
        return;
      }
      case 'tensor': {
        const found = item.index;
        if (found.isMask) {
          checkMask(found, shape, at, context);
          at += found.shape.dims.length;
          advanced({ ...found, shape: shapeOf([maskCount(found, context)]), isMask: false });
          return;
        }
        bounds.push({ index: found, dim: at++ });
        advanced(found);
      }
    }
  });
  if (!hasTensors) return { shape: { dims, rest }, strides: layout && !rest ? strides : null, offset, isView: true, tensors: [] };
  const common = broadcastShapes(tensors.map((each) => each.shape), 'the index tensors', context);
  if (common.rest || (rest && apart)) return context.unknown(`an index of unknown rank into ${show(shape)}`);
  // Where nothing is picked, torch looks at no index, but for a dim that has no elements at all.
  const empty = [...dims, ...common.dims].some((size) => size.value === 0);
  for (const { index, dim } of bounds) if (!empty || shape.dims[dim]!.value === 0) checkBounds(index, dim, shape, context);
  const place = apart ? 0 : firstAt;
  const run = rest as Shape['rest'];
  return {
    shape: { dims: [...dims.slice(0, place), ...common.dims, ...dims.slice(place)], rest: run && { ...run, at: run.at + (place <= run.at && !(place === run.at && restFirst(subscripts)) ? common.dims.length : 0) } },
    strides: null, offset: null, isView: false, tensors: subscripts.flatMap((each) => (each.type === 'tensor' ? [each.index] : each.type === 'bool' ? [null] : [])),
  };
}

/** Whether the run of unknown dims stands before the first index tensor. */
function restFirst(subscripts: readonly { readonly type: string }[]): boolean {
  return subscripts.findIndex((each) => each.type === 'rest') < subscripts.findIndex((each) => each.type === 'tensor' || each.type === 'bool');
}

function checkMask(mask: IndexTensor, shape: Shape, at: number, context: RuleContext): void {
  mask.shape.dims.forEach((size, i) => {
    const own = shape.dims[at + i];
    if (own === undefined) context.fail('index-rank-mismatch', `a mask of shape ${show(mask.shape)} has more dims than are left of ${show(shape)}`);
    else context.requireEqual(size, own, 'mask-size-mismatch', () => `a mask of shape ${show(mask.shape)} cannot select from ${show(shape)}: dim ${at + i} has size ${showSize(own)}, the mask has ${showSize(size)}`);
  });
}

/** How many elements a mask selects. */
function maskCount(mask: IndexTensor, context: RuleContext): SymInt {
  if (mask.values) return constant(mask.values.filter(Boolean).length);
  return (mask.tensor && countOfNonzero(mask.tensor, context)) ?? context.fresh('n', `the number of elements that a mask of shape ${show(mask.shape)} selects`);
}

function checkBounds(index: IndexTensor, dim: number, shape: Shape, context: RuleContext): void {
  const [size, what] = [shape.dims[dim]!, `dim ${dim} of ${show(shape)}`];
  for (const value of index.values ?? []) wrapIndex(OP, constant(Number(value)), size, context, () => what);
  if (index.tensor) requireElements(OP, index.tensor, size, what, true, context);
}

const getitem: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape, strides, offset, isView } = indexed(input, args.value('index'), context);
  if (!isView) return fresh(shape, input.dtype);
  // A new dim of size 1 has the stride that torch gives it: the size times the stride of what follows.
  return view(input, shape, offset && strides && withNewDims(shape.dims, strides), offset);
};

function withNewDims(dims: readonly SymInt[], strides: readonly SymInt[]): SymInt[] {
  const result = [...strides];
  for (let i = result.length - 1; i >= 0; i--) {
    if (dims[i]!.value === 1 && result[i]!.value === 0) result[i] = i + 1 < result.length ? mul(dims[i + 1]!, result[i + 1]!) : ONE;
  }
  return result;
}

/** The bool that is the whole index; else null. */
function onlyBool(index: Value): boolean | null {
  const [item] = index.kind === 'tuple' && index.items?.length === 1 ? index.items : [];
  return item?.kind === 'bool' ? item.value : null;
}

/**
 * What is stored by index tensors must have the tensor's dtype; but one number at one mask is filled in, which casts it and
 * takes bool masks only.
 */
function checkStored(input: TensorValue, tensors: readonly (IndexTensor | null)[], value: Value, context: RuleContext): void {
  const [first] = tensors;
  if (first?.isMask && tensors.length === 1) {
    const one = value.kind === 'Tensor' ? !value.shape.rest && value.shape.dims.every((size) => size.value === 1) : ['int', 'float', 'bool', 'complex'].includes(value.kind);
    const mask = first.tensor;
    if (one && mask && mask.shape.dims.length > 0 && mask.dtype === 'uint8') context.fail('dtype-mismatch', `index: a number is stored only where a mask is bool; ${show(mask)} is uint8: convert it with .bool()`);
    // Sizes that may be 1 may be filled in.
    if (one || (value.kind === 'Tensor' && (value.shape.rest || value.shape.dims.every((size) => context.equal(size, ONE) !== false)))) return;
  }
  if (value.kind === 'Tensor' && value.dtype !== null && input.dtype !== null && value.dtype !== input.dtype) {
    context.fail('dtype-mismatch', `index: a value of ${value.dtype} cannot be stored by index tensors into ${show(input)} of ${input.dtype}: convert it with .to(torch.${input.dtype})`);
  }
}

/** The value must broadcast to the part that is written; leading dims of size 1 too many are dropped. */
const setitem: Rule = (args, context): RuleResult => {
  const input = args.tensor('input');
  const { shape, tensors, isView } = indexed(input, args.value('index'), context);
  const value = args.value('values');
  // `x[False] = …` stores nothing, and torch looks at nothing; `x[True] = …` is a copy.
  const alone = onlyBool(args.value('index'));
  if (alone === false) return fresh(input.shape, input.dtype);
  if (!isView && alone === null) checkStored(input, tensors, value, context);
  const source = value.kind === 'Tensor' ? value.shape : value.kind === 'list' || value.kind === 'tuple' ? shapeOf(literalOf(value, context).dims) : shapeOf([]);
  if (!shape.rest && !source.rest) {
    let { dims } = source;
    while (dims.length > shape.dims.length && dims[0]!.value === 1) dims = dims.slice(1);
    requireBroadcastTo(dims, shape.dims, 'in-place-size-mismatch', () => `a value of shape ${show(source)} cannot be stored into a part of shape ${show(shape)}: they must be equal, or the value 1 or missing in a dim`, context);
  }
  return fresh(input.shape, input.dtype);
};

/** `x.index_put(indices, values)`: a tuple of tensors as index. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html */
const indexPut: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape } = indexed(input, args.value('indices'), context);
  const values = args.tensor('values');
  if (!shape.rest && !values.shape.rest) {
    requireBroadcastTo(values.shape.dims, shape.dims, 'in-place-size-mismatch', () => `index_put: values of shape ${show(values)} do not broadcast to the indexed part of shape ${show(shape)}`, context);
  }
  return fresh(input.shape, input.dtype);
};

/** The graph has every index as a tuple: what one list means is decided here. */
const withTuple = (name: string, replace: (index: Value) => Value) => (bound: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => new Map([...bound].map(([key, value]) => [key, key === name ? replace(value) : value]));

export const rows: readonly OperationRow[] = [
  { name: 'torch.Tensor.__getitem__', signature: '__getitem__(input, index)', normalize: withTuple('index', asTuple), rule: getitem, explain: 'picks a part' },
  { name: 'torch.Tensor.__setitem__', signature: '__setitem__(input, index, values)', normalize: withTuple('index', asTuple), rule: setitem, writes: 'input', explain: 'stores into a part' },
  { name: 'torch.index_put', signature: 'index_put(input, indices, values, accumulate=False)', methods: ['index_put'], inPlace: true, normalize: withTuple('indices', (indices) => (indices.kind === 'list' ? { ...indices, kind: 'tuple' } : indices)), rule: indexPut, explain: 'stores at the indexed positions' },
];
