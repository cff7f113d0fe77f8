/**
 * rearrange, repeat and reduce: a reshape to single axes, a permute, a reduction or an expand, and a reshape to the
 * result's dims. Whether the result is a view follows from what torch makes of those.
 * https://einops.rocks/api/rearrange/
 */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, product } from '../../symint/symint';
import { contiguousStrides, isContiguous } from '../common/layout';
import { fresh } from '../common/results';
import { shapeOf } from '../common/shape';
import { count, show } from '../common/text';
import type { Dtype } from '../../values/dtype';
import { permuted } from '../operators/movement';
import { reshaped } from '../operators/reshape';
import type { BoundArguments, RuleContext, RuleResult, TensorResult } from '../rule';
import { ELLIPSIS, PatternError, axesOf, parsePattern } from './pattern';
import type { Axis, Side } from './pattern';
import { givenLengths, named, runOf, solve, spread } from './sizes';
import type { Call } from './sizes';
import { stacked } from './stacked';

/** A tensor on its way: whose memory it lies in. */
interface Step { readonly tensor: TensorValue; readonly memory: 'given' | 'maybe given' | 'new' }

export type Kind = 'rearrange' | 'repeat' | 'reduce';

/** Both sides, checked for what the operation allows. @throws ShapeFault `einops-pattern` */
export function sidesOf(call: Call, kind: Kind): readonly [Side, Side] {
  const { op, pattern, context } = call;
  let sides: readonly [Side, Side];
  try {
    sides = parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return context.fail('einops-pattern', `${op}: the pattern '${pattern}' cannot be read: ${error.message}`);
  }
  const [left, right] = sides.map(axesOf) as [readonly Axis[], readonly Axis[]];
  const missing = (from: readonly Axis[], among: readonly Axis[]): string => from.filter((axis) => !among.some((other) => other.label === axis.label && axis.size === null)).map(named).join(', ');
  const dropped = kind === 'reduce' ? '' : missing(left, right);
  if (dropped !== '') context.fail('einops-pattern', `${op}: ${dropped} is on the left side of '${pattern}' only: write it on the right side too${kind === 'rearrange' ? ', or use reduce' : ''}`);
  const added = kind === 'repeat' ? '' : missing(right, left);
  if (added !== '') context.fail('einops-pattern', `${op}: ${added} is on the right side of '${pattern}' only: write it on the left side too${kind === 'rearrange' ? ', or use repeat' : ''}`);
  return sides;
}

/** Applies a pattern to a tensor. `dtype`: of the result of a reduction. */
export function transform(kind: Kind, args: BoundArguments, context: RuleContext, reducedDtype: (dtype: Dtype | null) => Dtype | null = (dtype) => dtype): RuleResult {
  const call: Call = { op: kind, pattern: args.string('pattern'), context };
  const { input, own } = stacked(kind, args, context);
  const [left, right] = sidesOf(call, kind);
  const lengths = givenLengths(call, args);
  const all = [...axesOf(left), ...axesOf(right)];
  for (const name of lengths.keys()) if (!all.some((axis) => axis.label === name)) context.fail('einops-pattern', `${kind}: ${name} is given a length, but '${call.pattern}' has no such axis`);

  const { rest } = input.shape;
  if (rest) {
    const open = openTransform(call, kind, input, left, right, lengths);
    if (!open) return context.unknown(`${kind} by '${call.pattern}': the rank of a tensor of shape ${show(input)} is not known`);
    const dtype = kind === 'reduce' ? reducedDtype(input.dtype) : input.dtype;
    return kind === 'rearrange' && own ? { ...fresh(open, dtype), maybeViewOf: input } : fresh(open, dtype);
  }
  const { dims } = input.shape;
  const written = left.groups.length;
  const run = left.ellipsis === 'none' ? [] : runOf(Math.max(0, dims.length - (written - 1)));
  if (left.ellipsis === 'none' ? written !== dims.length : written - 1 > dims.length) {
    context.fail('einops-rank-mismatch', `${kind}: ${show(dims)} has ${count(dims.length, 'dim')}, but '${left.text}' in '${call.pattern}' names ${left.ellipsis === 'none' ? count(written, 'dim') : `at least ${count(written - 1, 'dim')}`}`);
  }
  const leftGroups = spread(left, run);
  const sizes = solve(call, leftGroups, dims, lengths);
  const rightGroups = spread(right, run);
  for (const axis of rightGroups.flatMap((group) => group.axes)) if (!sizes.has(axis.label)) sizes.set(axis.label, newSize(call, axis, lengths));
  const sizeOf = (axis: Axis): SymInt => sizes.get(axis.label)!;

  const leftAxes = leftGroups.flatMap((group) => group.axes);
  const rightAxes = rightGroups.flatMap((group) => group.axes);
  const position = (axis: Axis): number => leftAxes.findIndex((other) => other.label === axis.label);
  const kept = rightAxes.filter((axis) => position(axis) >= 0);
  const reduced = leftAxes.filter((axis) => !kept.some((other) => other.label === axis.label));
  let step: Step = { tensor: input, memory: own ? 'given' : 'new' };
  // Dims that are one axis each stay as they are, whatever their strides.
  const single = (groups: typeof leftGroups): boolean => groups.every((group) => group.axes.length === 1);
  if (!single(leftGroups)) step = advance(step, (tensor) => reshapedTo(tensor, leftAxes.map(sizeOf), context));
  step = advance(step, (tensor) => permuted(tensor, [...kept, ...reduced].map(position)));
  if (reduced.length > 0) {
    const order = isContiguous(step.tensor, context) === true ? undefined : null;
    step = advance(step, (tensor) => fresh(kept.map(sizeOf), reducedDtype(tensor.dtype), order));
  }
  if (kept.length < rightAxes.length) step = advance(step, (tensor) => expanded(tensor, rightAxes.map((axis) => kept.indexOf(axis)), rightAxes.map(sizeOf)));
  if (!single(rightGroups)) step = advance(step, (tensor) => reshapedTo(tensor, rightGroups.map((group) => product(group.axes.map(sizeOf))), context));
  return finished(step, input);
}

function newSize({ op, pattern, context }: Call, axis: Axis, lengths: ReadonlyMap<string, SymInt | null>): SymInt {
  if (axis.size !== null) return constant(axis.size);
  const length = lengths.get(axis.label);
  if (length === undefined) return context.fail('einops-pattern', `${op}: ${axis.label} is on the right side of '${pattern}' only, so its length must be given: ${axis.label}=…`);
  return length ?? context.unknown(`the length of ${axis.label} in '${pattern}' is not known`);
}

/** Where the run of unknown dims lies in what `...` stands for, and `...` is no part of a product: the result's shape. */
function openTransform(call: Call, kind: Kind, input: TensorValue, left: Side, right: Side, lengths: ReadonlyMap<string, SymInt | null>): TensorValue['shape'] | null {
  const { dims, rest } = input.shape;
  const dots = left.groups.findIndex((group) => group.axes[0] === ELLIPSIS);
  if (!rest || dots < 0 || right.ellipsis === 'in parentheses') return null;
  const behind = left.groups.length - dots - 1;
  if (dots > rest.at || behind > dims.length - rest.at) return null;
  const inside = dims.slice(dots, dims.length - behind);
  const groups = left.groups.filter((_, i) => i !== dots);
  const sizes = solve(call, groups, [...dims.slice(0, dots), ...dims.slice(dims.length - behind)], lengths);
  const result: SymInt[] = [];
  let at: number | null = null;
  for (const group of right.groups) {
    if (group.axes[0] === ELLIPSIS) {
      at = result.length + rest.at - dots;
      result.push(...inside);
    } else result.push(product(group.axes.map((axis) => sizes.get(axis.label) ?? newSize(call, axis, lengths))));
  }
  return at === null ? (kind === 'reduce' ? shapeOf(result) : null) : { dims: result, rest: { ...rest, at } };
}

function advance(step: Step, make: (tensor: TensorValue) => TensorResult): Step {
  const made = make(step.tensor);
  const layout = made.viewOf ? made.layout ?? null : made.maybeViewOf || made.strides === null ? null : { strides: made.strides ?? contiguousStrides(made.shape.dims), offset: constant(0) };
  const memory = made.viewOf || step.memory === 'new' ? step.memory : made.maybeViewOf ? 'maybe given' : 'new';
  return { tensor: { ...step.tensor, shape: made.shape, dtype: made.dtype, layout }, memory };
}

/** The result of all steps, as one of the operand's. */
function finished({ tensor, memory }: Step, input: TensorValue): TensorResult {
  const { shape, dtype, layout } = tensor;
  switch (memory) {
    case 'given': return { type: 'tensor', shape, dtype, viewOf: input, layout };
    case 'maybe given': return { type: 'tensor', shape, dtype, maybeViewOf: input };
    case 'new': return fresh(shape, dtype, layout?.strides ?? null);
  }
}

function reshapedTo(tensor: TensorValue, sizes: readonly SymInt[], context: RuleContext): TensorResult {
  return reshaped(tensor, sizes, context, () => fresh(sizes, tensor.dtype));
}

/** `places[i]`: the dim that comes i-th, -1 for one that is added and repeats the elements. */
function expanded(tensor: TensorValue, places: readonly number[], sizes: readonly SymInt[]): TensorResult {
  const strides = tensor.layout && places.map((at) => (at < 0 ? constant(0) : tensor.layout!.strides[at]!));
  return { type: 'tensor', shape: shapeOf(sizes), dtype: tensor.dtype, viewOf: tensor, layout: strides && { strides, offset: tensor.layout!.offset } };
}
