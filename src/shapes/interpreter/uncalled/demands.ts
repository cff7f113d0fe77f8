/** What uses of a value tell about the parameter that it is, or whose unknown dims it has. */
import type { Expr, Span } from '../../python/ast';
import { isDecided } from '../../diagnostics/proof';
import { bind } from '../../torch/bind';
import { isPositions, withPositions } from '../../torch/common/subscript';
import { constant, loneSymbol } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { lookupMethod, lookupProperty } from '../../torch/registry';
import type { Operation } from '../../torch/registry';
import { demandComputed, demandFactors } from './arithmetic';
import { demandCounts } from './counts';
import { JOINED, noteRankAsked } from './fittingRanks';
import { isLibrary } from '../calls/functions';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { demandKeptRank, isKept } from './keptRanks';
import { demandPosition, demandSize, isNumberOfParameter, isUnnamed, guessedInt } from './parameterDims';
import { demandOfOperation } from './operationDemands';
import { Parameter } from './parameters';
import type { ParameterShape } from './parameterShape';
import { demandOn } from './sides';
import { noteChanged, tensorItems } from './tensorLists';
import { shapeText } from '../../values/text';
import { demandTensorOperands } from './tensorOperands';
import { targetsOf } from './unpacking';
import { NONE, someOf, unionOfTensors } from '../../values/values';
import type { SequenceValue, TensorValue, UnknownValue, Value } from '../../values/values';

/** The parameter that a value is, while nothing says what it is. */
export function parameterOf(value: Value | undefined): Parameter | null {
  if (value?.kind === 'union') return value.options.map(parameterOf).find((parameter) => parameter !== null) ?? null;
  return (value?.kind === 'unknown' || value?.kind === 'tuple' || value?.kind === 'list') && value.parameter instanceof Parameter ? value.parameter : null;
}

/** The value without what a caller may give for None, where that is taken not to be given, and without what is seldom there. */
export function present(value: Value): Value {
  if (value.kind !== 'union') return value;
  const options = value.options.filter((option) => !(option.kind === 'unknown' && (option.isUnusual || (option.parameter instanceof Parameter && option.parameter.isAbsent))));
  return options.length === value.options.length || options.length === 0 ? value : someOf(value, options);
}

/** The parameter whose unknown dims are among the tensor's, and how many known dims stand before and behind them. */
export function restOf(m: Machine, given: Value): { shape: ParameterShape; before: number; behind: number } | null {
  const options = unionOfTensors(given)?.options;
  const value = options?.length === 1 ? options[0]! : given;
  if (value.kind !== 'Tensor' || !value.shape.rest) return null;
  const shape = m.parameters.get(value.shape.rest.name);
  return shape ? { shape, before: value.shape.rest.at, behind: value.shape.dims.length - value.shape.rest.at } : null;
}

/** What stands before the brackets of calls. */
const called = new WeakSet<Span>();

export function noteCalled(func: Span): void {
  called.add(func);
}

/** An attribute is read: a tensor's own says that it is one, any other that it is an object (a config). */
export function demandAttribute(m: Machine, value: Value, name: string, span: Span): Value | null {
  const parameter = parameterOf(value);
  if (noteChanged(value, name)) return null;
  if (lookupProperty(name) || lookupMethod(name)) demandComputed(value);
  if (!parameter) return null;
  // A config has `args.dim` and `args.size` too: a method of a tensor is called.
  if (!parameter.isDeclared && (lookupProperty(name) || (lookupMethod(name) && (parameter.role === 'function' || called.has(span))))) {
    parameter.become('tensor');
    return null;
  }
  const part = parameter.role !== 'function' || parameter.isDeclared ? parameter.attribute(name) : null;
  return part && ((isLibrary(m.frame.scope) && settingOf(part)) || part.value(m.tensors));
}

/** Its default where that is no size: what a library does by itself, it does unless it is set otherwise. */
function settingOf({ kind, fallback }: Parameter): Value | null {
  return kind === 'outside' && fallback && ['bool', 'str', 'None'].includes(fallback.kind) ? fallback : null;
}

/** `a, b = value`, `value[i]` in a constructor. */
export function demandItems(m: Machine, value: Value, count: number, names?: readonly (string | null)[]): Value[] | null {
  const parameter = parameterOf(value) ?? guessedInt(value);
  const { list } = parameter ?? {};
  if (parameter?.isOfCallables) return null;
  if (list) return tensorItems(m, value, count, 0)?.slice(0, count) ?? null;
  const items = parameter?.demandItems(count, names)?.slice(0, count);
  return items?.map((item) => partOf(m, item)) ?? null;
}

/** A sequence that is a parameter, of which it is not known how many items it has. */
export function isOfAnyLength(value: SequenceValue): boolean {
  return value.open === true || (value.items === null && parameterOf(value)?.isSequence === true);
}

/** A loop takes its items one after the other; `widths[-1]` or `widths[i]` one of them, where it is not known how many there are. */
export function demandElement(m: Machine, value: Value, at: number | string | null = null): Value | null {
  const parameter = parameterOf(value);
  if (parameter?.mayHoldInts && parameter.kind === 'outside') parameter.becomeSequence();
  const item = parameter?.list ? parameter.list.any() : parameter?.item(at);
  if (!item) return null;
  const made = partOf(m, item);
  // It stands for all of them.
  if (at === null && made.kind === 'int' && made.value && loneSymbol(made.value)) m.either.vary(made.value);
  return made;
}

/** `widths[1:]`, where it is not known how many there are: a sequence as well. */
export function demandSlice(m: Machine, value: Value, text: string): Value | null {
  const parameter = parameterOf(value);
  return parameter?.isSequence ? partOf(m, parameter.item(text, true)) : null;
}

/** What a parameter holds, which may be a tensor of which uses say more. */
export function partOf(m: Machine, part: Parameter): Value {
  m.parameters.set(part.dims.restName, part.dims);
  return part.value(m.tensors);
}

/** The dim is taken apart into so many. */
export function demandCount(m: Machine, tensor: Value, dim: Value | undefined, count: number): void {
  const at = dim === undefined ? 0 : dim.kind === 'int' ? dim.value?.value ?? null : null;
  if (at === null) return;
  if (at < 0) demandFromEnd(m, tensor, -at, constant(count));
  else demandFromStart(m, tensor, at, constant(count));
}

function demandFromStart(m: Machine, tensor: Value, at: number, size: SymInt): void {
  const always = isDecided(m);
  demandOfTensor(m, parameterOf(tensor), (known) => known.demandDim(at, size, always));
  const rest = restOf(m, tensor);
  if (rest && at >= rest.before && rest.before === rest.shape.knownDims[0]) demandOn(m, rest.shape, (known) => known.demandDim(at, size, always));
  const dim = tensor.kind === 'Tensor' && (!tensor.shape.rest || at < tensor.shape.rest.at) ? tensor.shape.dims[at] : undefined;
  if (dim) demandSize(m.heldSizes, dim, size, always);
}

/** Element by element with a tensor of known shape: it would fit with the same rank, and the sizes that are not 1. */
export function demandLike(m: Machine, value: Value, other: Value): void {
  const rest = restOf(m, value);
  if (!rest || value.kind !== 'Tensor' || other.kind !== 'Tensor' || other.shape.rest) return;
  const { dims } = other.shape;
  const { shape: { parameter, knownDims }, before, behind } = rest;
  const missing = dims.length - before - behind;
  if (missing < 0 || !(parameter.role === 'name' || parameter.role === 'item' ? before + behind === 0 : isLikely(value.shape.dims, rest, dims))) return;
  const [front, back] = knownDims;
  const sizes = new Map<number, SymInt>();
  // Of an item (a table of cosines, a scale of each channel) any size may be 1.
  if (parameter.role !== 'item') dims.slice(before, before + missing).forEach((size, at) => { if (size.value !== 1) sizes.set(at - missing - back, size); });
  parameter.propose(front + missing + back, sizes, `${parameter.name} is taken to have a shape that fits ${shapeText(other.shape)}: nothing here says what it is`, dims);
}

/** What is added to a whole batch has its rank (a leading 1); so has what already has a size in the right place. */
function isLikely(known: readonly SymInt[], { before }: { before: number }, dims: readonly SymInt[]): boolean {
  if (dims.length > 1 && dims[0]!.value === 1) return true;
  // A vector or a matrix fits behind any dims: only what is known of the first ones tells how many there are.
  return known.slice(0, before).some((size, at) => size.value !== 1 && size.key === dims[at]!.key);
}

/** The tensor's shape is unpacked into so many sizes: `B, N, C = x.shape`. */
export function demandUnpacked(m: Machine, tensor: TensorValue, targets: readonly Expr[]): void {
  const names = targets.map((target) => (target.kind === 'Name' && target.id !== '_' ? target.id : null));
  demandRank(m, tensor, targets.length, names);
}

/** The parameter is a tensor, of this shape. */
function demandOfTensor(m: Machine, parameter: Parameter | null, demand: (shape: ParameterShape) => void): void {
  parameter?.become('tensor');
  if (parameter?.kind === 'tensor') demandOn(m, parameter.dims, demand);
}

export function demandRank(m: Machine, tensor: Value, rank: number, names: readonly (string | null)[] = []): void {
  demandOfTensor(m, parameterOf(tensor), (known) => known.demandRank(rank, names));
  demandKeptRank(m, tensor, rank);
  const rest = restOf(m, tensor);
  if (!rest) return;
  // Of the parameter's own dims, those known before and behind the run stay.
  const { shape } = rest;
  const [before, behind] = shape.knownDims;
  const missing = rank - rest.before - rest.behind;
  if (missing < 0) return;
  const own = names.length === rank && rest.before >= before && rest.behind >= behind ? names.slice(rest.before - before, rank - (rest.behind - behind)) : [];
  demandOn(m, shape, (known) => known.demandRank(before + missing + behind, own));
}

/** A size of the tensor is asked for: `x.shape[0]`, `x.size(-1)`. */
export function demandDim(m: Machine, tensor: TensorValue, dim: number): void {
  const rest = restOf(m, tensor);
  if (!rest) return;
  const [before, behind] = rest.shape.knownDims;
  // It may be one that was put behind the parameter's own.
  if (dim > 0 && dim >= rest.before && rest.behind > behind && dim < rest.before + rest.behind) return;
  const at = dim >= rest.before ? before + dim - rest.before : dim < -rest.behind ? dim + rest.behind - behind : null;
  if (at !== null) demandOn(m, rest.shape, (known) => known.demandDim(at, null));
}

/** The dims before the run are those of the parameter, and none has changed its place. */
function isInOrder(value: Value, { shape, before }: NonNullable<ReturnType<typeof restOf>>): boolean {
  return before <= shape.knownDims[0] && value.kind === 'Tensor' && value.shape.dims.slice(0, before).every((dim, at) => dim.key === shape.frontKeys[at]);
}

/** The dim so many from the end; 1 is the last. */
export function demandFromEnd(m: Machine, input: Value, at: number, wanted: SymInt | string): void {
  const size = typeof wanted === 'string' || !m.either.varies(wanted) ? wanted : null;
  const always = isDecided(m);
  demandOfTensor(m, parameterOf(input), (known) => known.demandDim(-at, size, always));
  const rest = restOf(m, input);
  // Behind a dim that was put in, the run may be empty: it may be that dim.
  if (rest && rest.behind === 0 && isInOrder(input, rest)) demandOn(m, rest.shape, (known) => known.demandDim(-at - rest.shape.knownDims[1], size, always));
  const dim = input.kind === 'Tensor' && !input.shape.rest ? input.shape.dims.at(-at) : undefined;
  if (dim) demandSize(m.heldSizes, dim, size, always);
}

/** An operation is applied: what it says of operands that are parameters. */
export function demandOperands(m: Machine, operation: Operation, args: readonly Value[], keywords: Keywords, call: Span): void {
  if (m.parameters.size === 0 || ![...args, ...keywords.values()].some((value) => isOpen(value) || isNumberOfParameter(value))) return;
  const binding = operation.signatures.map((signature) => bind(signature, args, keywords)).find(({ ok }) => ok);
  if (!binding?.ok) return;
  const [{ name }, { bound }] = [operation, binding];
  const input = bound.get('input');
  const own = parameterOf(input);
  if (own) own.become(own.role === 'constructor' ? 'int' : 'tensor');
  demandComputed(input);
  const count = targetsOf(call);
  if (count !== null && /^torch\.unbind(_copy)?$/.test(name)) demandCount(m, input!, bound.get('dim'), count);
  const sought = count === null ? null : soughtIn(name, bound);
  if (sought) demandRank(m, sought, count!);
  demandOfOperation(m, name, bound);
  if (/^torch\.Tensor\.n?dim(?:ension)?$/.test(name)) noteRankAsked(m, input!);
  if (input?.kind === 'Tensor' && input.shape.rest && !GROWING.has(name)) for (const dim of dimsIn(bound)) demandRankFor(m, input, dim);
  const tensors = demandTensorOperands(m, name, bound);
  if (name === 'torch.unsqueeze' || name === 'torch.stack') demandBefore(m, bound);
  for (const parameter of POSITIONS) demandPosition(bound.get(parameter) ?? NONE);
  for (const [parameter, value] of bound) {
    if (parameter === 'tensors' || parameter === 'operands') demandTensors(m, value, JOINED.has(name));
    else if (parameter === 'index' && name === SUBSCRIPT && parameterOf(value)?.role !== 'constructor') continue; // One that is taken, or a tensor that says which.
    else if (parameter !== 'input' && parameter !== 'data' && !tensors.has(parameter)) demandSizes(value, SIZES.has(parameter), parameter !== 'other');
  }
  demandCounts(name, bound);
}

/** The tensor of whose elements the positions are given, one index for each dim: `rows, columns = torch.where(mask)`. */
function soughtIn(name: string, bound: ReadonlyMap<string, Value>): Value | null {
  const asTuple = bound.get('as_tuple');
  if (name === 'torch.nonzero' && asTuple?.kind === 'bool' && asTuple.value === true) return bound.get('input') ?? null;
  return name === 'torch.where' && ['input', 'other'].every((other) => (bound.get(other) ?? NONE).kind === 'None') ? bound.get('condition') ?? null : null;
}

/** `x.view(*x.shape[:-1], heads, -1).transpose(1, 2)`: the dims that a view put behind are meant, the first of them with what is before it. */
export function demandSplit(m: Machine, tensor: Value, first: number, second: number): void {
  const rest = restOf(m, tensor);
  if (!rest || first < rest.before || second !== first + 1) return;
  const { shape, before, behind } = rest;
  const [front, back] = shape.knownDims;
  if (behind <= back) return;
  const { parameter } = shape;
  const count = front + (second - before) + back;
  parameter.propose(count, new Map(), `${parameter.name} is taken to have ${count} dims: those that are split off behind them change places with the last of them`);
}

/** The operation takes tensors of fewer dims too, which is seldom meant. */
export function proposeRank(m: Machine, tensor: Value, count: number, why: string): void {
  const rest = restOf(m, tensor);
  if (!rest) return;
  const { shape, before, behind } = rest;
  const [front, back] = shape.knownDims;
  const rank = count - (before - front) - (behind - back);
  if (rank >= Math.max(front + back, 1)) shape.parameter.propose(rank, new Map(), `${shape.parameter.name} is taken to have ${rank} ${rank === 1 ? 'dim' : 'dims'}: ${why}`);
}

/** The tensor has as many dims as that one needs, of which the known ones may be the last. */
export function demandRankFor(m: Machine, tensor: TensorValue, dim: number): void {
  const rest = restOf(m, tensor);
  if (!rest) return;
  const { shape, before, behind } = rest;
  const [front, back] = shape.knownDims;
  if (dim < 0) {
    if (dim + before < -behind) demandDim(m, tensor, dim + before);
    return;
  }
  const least = dim + 1 - (before - front) - (behind - back);
  demandOn(m, shape, (known) => known.demandLeast(least));
  // Of so many dims the last one is meant, mostly.
  if (dim >= 3) shape.parameter.propose(least, new Map(), `${shape.parameter.name} is taken to have ${least} dims: dim ${dim} is the last that the code names of what it makes of it`);
}

/** The tensor has a dim for each of the indices, at its end those behind an ellipsis. */
export function demandIndexed(m: Machine, tensor: TensorValue, index: Value): void {
  const items = index.kind === 'tuple' ? index.items : [index];
  if (!items || items.some((item) => item.kind === 'unknown' || item.kind === 'union')) return;
  const taken = withPositions(items).filter((item) => ['int', 'slice', 'Ellipsis'].includes(item.kind) || isPositions(item));
  const gap = taken.findIndex(({ kind }) => kind === 'Ellipsis');
  const front = gap < 0 ? taken.length : gap;
  if (front > 0) demandRankFor(m, tensor, front - 1);
  // Nothing is taken by a slice of all at the end: it stands there for the last dim. Of `x[perm, :]` that is not meant.
  if (restOf(m, tensor)?.shape.parameter.role === 'name' && gap < 0 && taken.length > 2 && isWholeSlice(items.at(-1)!)) proposeRank(m, tensor, taken.length, 'an index names all of them');
  if (gap >= 0 && gap < taken.length - 1) demandRankFor(m, tensor, gap + 1 - taken.length);
}

const SUBSCRIPT = 'torch.Tensor.__getitem__';

const isWholeSlice = (item: Value): boolean => item.kind === 'slice' && item.start.kind === 'None' && item.stop.kind === 'None' && item.step.kind === 'None';

/** A new dim stands behind others, or before them: these there are. */
function demandBefore(m: Machine, bound: ReadonlyMap<string, Value>): void {
  const tensors = bound.get('tensors');
  const operands = tensors?.kind === 'tuple' || tensors?.kind === 'list' ? tensors.items ?? [] : [bound.get('input')];
  for (const operand of operands) {
    if (operand?.kind !== 'Tensor' || !operand.shape.rest) continue;
    for (const dim of dimsIn(bound)) if (dim > 0 || dim < -1) demandRankFor(m, operand, dim > 0 ? dim - 1 : dim + 1);
  }
}

/** A new dim may come behind the last. */
const GROWING: ReadonlySet<string> = new Set(['torch.unsqueeze', 'torch.stack', 'torch.unflatten']);
const POSITIONS = ['dim', 'dim0', 'dim1', 'start_dim', 'end_dim'];

/** The dims that an operation is told to work along. */
export function dimsIn(bound: ReadonlyMap<string, Value>): number[] {
  return POSITIONS.flatMap((name) => {
    const value = bound.get(name);
    const items = value?.kind === 'tuple' || value?.kind === 'list' ? value.items ?? [] : value ? [value] : [];
    return items.flatMap((item) => (item.kind === 'int' && item.value?.value != null ? [item.value.value] : []));
  });
}

/** Whether something is still to be found out about it. */
function isOpen(value: Value): boolean {
  if (value.kind === 'Tensor') return value.shape.rest !== null || value.shape.dims.some(isUnnamed);
  if (value.kind === 'tuple' || value.kind === 'list') return value.items?.some(isOpen) ?? (value.element !== null && value.element.kind !== 'unknown' && isOpen(value.element));
  return value.kind === 'union' ? value.options.some(isOpen) : value.kind === 'unknown' && ((value.parameter ?? value.computedOf ?? value.factors) !== undefined || isKept(value));
}

/** The items of `torch.cat([a, b])`. */
function demandTensors(m: Machine, value: Value, haveSameRank: boolean): void {
  const element = value.kind === 'tuple' || value.kind === 'list' ? value.element : null;
  const items = value.kind === 'tuple' || value.kind === 'list' ? value.items ?? (element?.kind === 'union' ? element.options : []) : [];
  for (const item of items) parameterOf(item)?.become('tensor');
  if (!haveSameRank) return;
  const known = items.find((item): item is TensorValue => item.kind === 'Tensor' && item.shape.rest === null && item.shape.dims.length > 1);
  if (known) for (const item of items) if (item.kind === 'Tensor' && item.shape.rest) demandRank(m, item, known.shape.dims.length);
}

/** Several of them are a shape: each is a size. */
const SIZES: ReadonlySet<string> = new Set(['size', 'shape', 'sizes', 'repeats']);

/** Operands that are no tensors are sizes; `areSizes`: where there are several, each surely is, also of what a function is given. */
export function demandSizes(value: Value, areSizes = false, isCount = true): void {
  const parameter = parameterOf(value);
  if (parameter && parameter.role !== 'function') parameter.become('int');
  else if (isCount && value.kind === 'unknown') demandFactors(value);
  if (value.kind !== 'tuple' && value.kind !== 'list') return;
  value.items?.forEach((item) => {
    demandSizes(item);
    if (areSizes && value.items!.length > 1 && item.kind === 'unknown') demandSizeOf(item);
  });
}

/** What stands for a size is an int, and so is what it was computed from. */
function demandSizeOf({ parameter, computedOf }: UnknownValue): void {
  for (const each of [parameter, computedOf]) if (each instanceof Parameter) each.become('int');
}
