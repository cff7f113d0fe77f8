/**
 * What a subscript means: `x[index]` as positions of the operand's elements and the shape of the result. Read by
 * indexing and by indexed assignment. https://docs.pytorch.org/docs/stable/user_guide/torch_basics/tensor_indexing.html
 */
import type { JsonArgument } from '../../shapes/graph/graph';
import { EvaluationError } from '../errors';
import { numelOf, stridesOf, Value } from '../value';
import { asScalar, type Arguments } from './arguments';
import { broadcastShapes, hostExpanded } from './broadcast';

/** A dim that stays (perhaps in part), one that is dropped, a new one of size 1, one of size 0 or 1 for a bare bool, or one that a tensor picks from. */
export type Subscript =
  | { readonly type: 'slice'; readonly start: number; readonly size: number; readonly step: number }
  | { readonly type: 'int'; readonly at: number }
  | { readonly type: 'new' }
  | { readonly type: 'slice-new'; readonly size: number }
  | { readonly type: 'tensor'; readonly index: Value };

/** One entry an operand's dim (and more for None), with masks turned into positions and missing dims filled in. */
export function parseSubscript(raw: JsonArgument | undefined, shape: readonly number[], args: Arguments): Subscript[] {
  const items: readonly JsonArgument[] = Array.isArray(raw) ? raw as readonly JsonArgument[] : raw === undefined ? [] : [raw];
  const consumed = items.reduce<number>((sum, item) => sum + dimsTaken(item, args), 0);
  const missing = shape.length - consumed;
  if (missing < 0) throw new EvaluationError('invalid-argument', `${consumed} indices for a tensor of ${shape.length} dims`);
  const whole = (dim: number): Subscript => ({ type: 'slice', start: 0, size: shape[dim] as number, step: 1 });
  const result: Subscript[] = [];
  let dim = 0;
  const rest = (): void => { for (let i = 0; i < missing; i++) result.push(whole(dim++)); };
  let seenEllipsis = false;
  for (const item of items) {
    const tensor = args.asTensor(item);
    const scalar = asScalar(item);
    if (isEllipsis(item)) {
      rest();
      seenEllipsis = true;
    } else if (item === null) result.push({ type: 'new' });
    // A bare True or False is a mask of no dims: it keeps all or nothing, along a new dim.
    else if (typeof item === 'boolean') result.push({ type: 'slice-new', size: Number(item) });
    else if (scalar) result.push({ type: 'int', at: wrapIndex(scalar.value, shape[dim] as number, dim++) });
    else if (tensor?.dtype === 'bool' || tensor?.dtype === 'uint8') {
      for (const index of maskPositions(tensor)) result.push({ type: 'tensor', index });
      dim += tensor.shape.length;
    } else if (tensor) {
      result.push({ type: 'tensor', index: tensor });
      dim++;
    } else if (typeof item === 'object' && 'slice' in item && typeof item.slice !== 'function') {
      result.push(resolveSlice(item.slice, shape[dim] as number, args));
      dim++;
    } else if (Array.isArray(item)) {
      result.push({ type: 'tensor', index: listIndex(item as readonly JsonArgument[], args) });
      dim++;
    } else throw new EvaluationError('unsupported-argument', `an index of this kind is not evaluated: ${JSON.stringify(item)}`);
  }
  if (!seenEllipsis) rest();
  return withoutBools(result);
}

/** Several bare bools act as one; beside an index tensor True changes nothing. */
function withoutBools(subscripts: readonly Subscript[]): Subscript[] {
  const bools = subscripts.filter((subscript) => subscript.type === 'slice-new');
  const others = subscripts.filter((subscript) => subscript.type !== 'slice-new');
  if (bools.length === 0) return others;
  const keeps = bools.every(({ size }) => size === 1);
  if (others.some(({ type }) => type === 'tensor')) {
    if (!keeps) throw new EvaluationError('unsupported-argument', 'indexing with a bare False beside an index tensor is not evaluated');
    return others;
  }
  const at = subscripts.findIndex(({ type }) => type === 'slice-new');
  return [...others.slice(0, at), { type: 'slice-new', size: Number(keeps) }, ...others.slice(at)];
}

function isEllipsis(item: JsonArgument): boolean {
  return typeof item === 'object' && item !== null && 'ellipsis' in item;
}

function dimsTaken(item: JsonArgument, args: Arguments): number {
  if (item === null || isEllipsis(item) || typeof item === 'boolean') return 0;
  const tensor = args.asTensor(item);
  return tensor?.dtype === 'bool' || tensor?.dtype === 'uint8' ? tensor.shape.length : 1;
}

function resolveSlice([start, stop, step]: readonly [JsonArgument, JsonArgument, JsonArgument], size: number, args: Arguments): Subscript {
  const number = (argument: JsonArgument): number | null => asScalar(argument)?.value ?? args.asTensor(argument)?.item() ?? null;
  const by = number(step) ?? 1;
  if (by <= 0) throw new EvaluationError('invalid-argument', `a slice with step ${by}: torch wants steps above 0`);
  const clip = (at: number): number => Math.min(size, Math.max(0, at < 0 ? at + size : at));
  const from = clip(number(start) ?? 0);
  const to = clip(number(stop) ?? size);
  return { type: 'slice', start: from, size: Math.max(0, Math.ceil((to - from) / by)), step: by };
}

export function wrapIndex(at: number, size: number, dim: number): number {
  if (!Number.isInteger(at) || at < -size || at >= size) {
    throw new EvaluationError('index-out-of-range', `index ${at} is out of range for dim ${dim} of size ${size}`);
  }
  return at < 0 ? at + size : at;
}

/** A mask stands for one list of positions for each of its dims. */
export function maskPositions(mask: Value): Value[] {
  const found: number[] = [];
  mask.host().forEach((x: number, i: number) => { if (x !== 0) found.push(i); });
  const strides = stridesOf(mask.shape);
  return mask.shape.map((size, dim) => positions(found.map((i) => Math.floor(i / (strides[dim] as number)) % size)));
}

function positions(found: readonly number[], shape: readonly number[] = [found.length]): Value {
  return Value.of(Float64Array.from(found), shape, 'int64');
}

/** A (nested) list of ints, or of bools for a mask. */
function listIndex(items: readonly JsonArgument[], args: Arguments): Value {
  const shape: number[] = [];
  for (let level: JsonArgument | undefined = items; Array.isArray(level); level = (level as readonly JsonArgument[])[0]) shape.push(level.length);
  const flat = (items as readonly unknown[]).flat(Infinity) as readonly JsonArgument[];
  const numbers = flat.map((item) => asScalar(item)?.value ?? args.asTensor(item)?.item());
  if (flat.length > 0 && flat.every((item) => typeof item === 'boolean')) {
    return (maskPositions(Value.of(Uint8Array.from(numbers as number[]), shape, 'bool'))[0]) as Value;
  }
  if (numbers.some((x) => x === undefined) || flat.length !== numelOf(shape)) throw new EvaluationError('unsupported-argument', 'an index list holds something else than integers');
  return positions(numbers as number[], shape);
}

/** Where the elements of `x[index]` lie in row-major `x`: a strided part, and offsets that index tensors add to it. */
export interface Selection {
  readonly shape: readonly number[];
  /** Dims of the result that are plain slices: their strides (0 for those of the index tensors). */
  readonly strides: readonly number[];
  readonly offset: number;
  /** Of the index tensors together: one offset for each of their broadcast elements, laid along `at`. */
  readonly picked: { readonly offsets: Float64Array; readonly at: number; readonly shape: readonly number[] } | null;
}

export function selectionOf(subscripts: readonly Subscript[], shape: readonly number[]): Selection {
  const own = stridesOf(shape);
  const result: { size: number; stride: number }[] = [];
  const tensors: { readonly index: Value; readonly dim: number }[] = [];
  let offset = 0;
  let dim = 0;
  let firstAt: number | null = null;
  let lastWasTensor = false;
  let apart = false;
  for (const subscript of subscripts) {
    if (subscript.type === 'tensor') {
      if (tensors.length > 0 && !lastWasTensor) apart = true;
      firstAt ??= result.length;
      tensors.push({ index: subscript.index, dim: dim++ });
      lastWasTensor = true;
      continue;
    }
    // An int between index tensors counts as one of them; a slice or None keeps them apart.
    if (subscript.type === 'int') {
      offset += subscript.at * (own[dim++] as number);
      continue;
    }
    lastWasTensor = false;
    if (subscript.type === 'slice') {
      offset += subscript.size > 0 ? subscript.start * (own[dim] as number) : 0;
      result.push({ size: subscript.size, stride: subscript.step * (own[dim++] as number) });
    } else result.push({ size: subscript.type === 'new' ? 1 : subscript.size, stride: 0 });
  }
  if (tensors.length === 0) return { shape: result.map(({ size }) => size), strides: result.map(({ stride }) => stride), offset, picked: null };
  const common = tensors.reduce<number[]>((so, { index }) => broadcastShapes(so, index.shape), []);
  const offsets = new Float64Array(numelOf(common));
  for (const { index, dim: at } of tensors) {
    const values = hostExpanded(index, 'int64', common);
    for (let i = 0; i < offsets.length; i++) offsets[i] = (offsets[i] as number) + wrapIndex(values[i] as number, shape[at] as number, at) * (own[at] as number);
  }
  const at = apart ? 0 : firstAt as number;
  result.splice(at, 0, ...common.map((size) => ({ size, stride: 0 })));
  return { shape: result.map(({ size }) => size), strides: result.map(({ stride }) => stride), offset, picked: { offsets, at, shape: common } };
}

/** Calls back for each element of the selection, in row-major order of the result. */
export function forEachSelected(selection: Selection, visit: (from: number, to: number) => void): void {
  const { shape, strides, offset, picked } = selection;
  const pickedStrides = picked ? stridesOf(picked.shape) : [];
  const index = new Array<number>(shape.length).fill(0);
  const count = numelOf(shape);
  for (let to = 0; to < count; to++) {
    let from = offset;
    for (let dim = 0; dim < shape.length; dim++) from += (index[dim] as number) * (strides[dim] as number);
    if (picked) {
      let at = 0;
      for (let dim = 0; dim < pickedStrides.length; dim++) at += (index[picked.at + dim] as number) * (pickedStrides[dim] as number);
      from += picked.offsets[at] as number;
    }
    visit(from, to);
    for (let dim = shape.length - 1; dim >= 0; dim--) {
      if (++(index[dim] as number) < (shape[dim] as number)) break;
      index[dim] = 0;
    }
  }
}
