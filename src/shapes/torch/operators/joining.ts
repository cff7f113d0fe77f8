/** Several tensors made one: https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import type { Shape, TensorValue, Value } from '../../values/values';
import { constant, mul, sum } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { resultType } from '../common/promotion';
import { fresh, itself, tupleOf, view } from '../common/results';
import { ONE, dimIndex, insertDim, insertIndex, replaceDim, shapeOf } from '../common/shape';
import { count, show, showSize } from '../common/text';
import { reshaped } from './reshape';

export function given(op: string, tensors: readonly TensorValue[], context: RuleContext): TensorValue {
  return tensors[0] ?? context.fail('argument-mismatch', `${op}: there must be at least one tensor`);
}

/** A list whose items are not known one by one: the tensors of which each is one, and how many there are. */
function open(value: Value): { readonly like: readonly TensorValue[]; readonly count: SymInt | null } | null {
  if ((value.kind !== 'list' && value.kind !== 'tuple') || value.items !== null || !value.element) return null;
  const like = value.element.kind === 'union' ? value.element.options : [value.element];
  return like.every((option): option is TensorValue => option.kind === 'Tensor') ? { like, count: value.count ?? null } : null;
}

/** The dims of tensors that must all be alike but for the one at `at`. */
function alike(op: string, like: readonly TensorValue[], at: number | null, context: RuleContext): Shape {
  const [first, ...others] = like;
  for (const other of others) {
    if (first!.shape.rest || other.shape.rest || other.shape.dims.length !== first!.shape.dims.length) context.unknown(`${op} of ${show(first!)} and ${show(other)}`);
    other.shape.dims.forEach((size, i) => {
      if (i !== at) context.requireEqual(first!.shape.dims[i]!, size, `${op}-size-mismatch`, () => `${op}: tensors of shape ${show(first!)} and ${show(other)} are given`);
    });
  }
  return first!.shape;
}

/** Sizes add up along `dim`; the others must agree. Tensors of shape (0,) are skipped, as torch still does. */
function concatenated(op: string, tensors: readonly TensorValue[], shapes: readonly Shape[], dim: number, context: RuleContext): TensorResult {
  given(op, tensors, context);
  const dtype = resultType(tensors, context.defaultDtype);
  const full = shapes.filter((shape) => shape.rest !== null || shape.dims.length !== 1 || shape.dims[0]!.value !== 0);
  const [first, ...others] = full;
  if (first === undefined) return fresh(shapes[0]!, dtype);
  if (!first.rest && first.dims.length === 0) context.fail('rank-mismatch', `${op}: a tensor of 0 dims cannot be concatenated; use stack`);
  const at = dimIndex(first, dim, op, context);
  for (const [i, other] of others.entries()) {
    if (first.rest || other.rest) {
      if (first.rest?.name !== other.rest?.name || first.dims.length !== other.dims.length) context.unknown(`${op} of ${show(first)} and ${show(other)}`);
    }
    if (other.dims.length !== first.dims.length) context.fail('cat-size-mismatch', `${op}: tensor ${i + 1} has shape ${show(other)}, tensor 0 has ${show(first)}: all must have ${count(first.dims.length, 'dim')}`);
    other.dims.forEach((size, j) => {
      if (j !== at) context.requireEqual(first.dims[j]!, size, 'cat-size-mismatch', () => `${op}: along dim ${at}, all other sizes must agree, but tensor 0 has shape ${show(first)} and tensor ${i + 1} has ${show(other)}: dim ${j} is ${showSize(first.dims[j]!)} and ${showSize(size)}`);
    });
  }
  return fresh(replaceDim(first, at, sum(full.map((shape) => shape.dims[at]!))), dtype);
}

const cat: Rule = (args, context) => {
  const any = open(args.value('tensors'));
  const [one] = any?.like ?? [];
  if (any && one && !one.shape.rest && one.shape.dims.length > 0) {
    const at = dimIndex(one.shape, args.number('dim'), 'cat', context);
    const shape = alike('cat', any.like, at, context);
    const total = any.count && any.like.length === 1 ? mul(any.count, one.shape.dims[at]!) : context.fresh('total', `dim ${at} of a concatenation of an unknown number of tensors`);
    return fresh(replaceDim(shape, at, total), resultType(any.like, context.defaultDtype));
  }
  const tensors = args.tensors('tensors');
  return concatenated('cat', tensors, tensors.map((tensor) => tensor.shape), args.number('dim'), context);
};

const stack: Rule = (args, context) => {
  const any = open(args.value('tensors'));
  if (any) {
    const shape = alike('stack', any.like, null, context);
    const length = any.count ?? context.fresh('count', 'the unknown number of tensors that are stacked');
    return fresh(insertDim(shape, insertIndex(shape, args.number('dim'), 'stack', context), length, args.number('dim') >= 0), resultType(any.like, context.defaultDtype));
  }
  const tensors = args.tensors('tensors');
  const first = given('stack', tensors, context);
  for (const [i, other] of tensors.entries()) {
    const message = (): string => `stack: all tensors must have the same shape, but tensor 0 has ${show(first)} and tensor ${i} has ${show(other)}`;
    if (first.shape.rest || other.shape.rest) {
      if (first.shape.rest?.name !== other.shape.rest?.name || first.shape.dims.length !== other.shape.dims.length) return context.unknown(`stack of ${show(first)} and ${show(other)}`);
    }
    if (first.shape.dims.length !== other.shape.dims.length) context.fail('stack-size-mismatch', message());
    other.shape.dims.forEach((size, j) => context.requireEqual(first.shape.dims[j]!, size, 'stack-size-mismatch', message));
  }
  const dim = args.number('dim');
  return fresh(insertDim(first.shape, insertIndex(first.shape, dim, 'stack', context), constant(tensors.length), dim >= 0), resultType(tensors, context.defaultDtype));
};

/** The shape with at least `n` dims, as atleast_1d, _2d and _3d make it. */
function atLeast(n: 1 | 2 | 3, shape: Shape, context: RuleContext): Shape {
  if (shape.rest) return shape.dims.length >= n ? shape : context.unknown(`whether ${show(shape)} has ${n} dims is not known`);
  const { dims } = shape;
  if (dims.length >= n) return shape;
  if (dims.length === 0) return shapeOf(new Array(n).fill(ONE));
  if (n === 2) return shapeOf([ONE, ...dims]);
  return shapeOf(dims.length === 1 ? [ONE, ...dims, ONE] : [...dims, ONE]);
}

const joined = (op: string, least: 1 | 2 | 3, dim: number): Rule => (args, context) => {
  const tensors = args.tensors('tensors');
  const shapes = tensors.map((tensor) => atLeast(least, tensor.shape, context));
  const along = op === 'hstack' && shapes[0]?.dims.length === 1 ? 0 : dim;
  return concatenated(op, tensors, shapes, along, context);
};

const columnStack: Rule = (args, context) => {
  const tensors = args.tensors('tensors');
  const shapes = tensors.map(({ shape }) => (!shape.rest && shape.dims.length <= 1 ? shapeOf([shape.dims[0] ?? ONE, ONE]) : shape));
  return concatenated('column_stack', tensors, shapes, 1, context);
};

const atLeastRule = (n: 1 | 2 | 3): Rule => (args, context) => {
  const results = args.tensors('tensors').map((tensor) => {
    const shape = atLeast(n, tensor.shape, context);
    return shape === tensor.shape ? itself(tensor) : reshaped(tensor, shape.dims, context, () => view(tensor, shape, null));
  });
  return args.value('tensors').kind === 'Tensor' || results.length === 1 && !isNested(args.value('tensors')) ? results[0]! : tupleOf(results);
};

/** Whether the tensors came as a list of their own. */
const isNested = (value: { kind: string }): boolean => value.kind === 'list';

export const rows: readonly OperationRow[] = [
  { name: 'torch.cat', signature: 'cat(tensors, dim=0)', functions: ['torch.concat', 'torch.concatenate'], rule: cat, explain: 'joins along a dim' },
  { name: 'torch.stack', signature: 'stack(tensors, dim=0)', rule: stack, explain: 'joins along a new dim' },
  { name: 'torch.hstack', signature: 'hstack(tensors)', rule: joined('hstack', 1, 1), explain: 'joins along dim 1' },
  { name: 'torch.vstack', signature: 'vstack(tensors)', functions: ['torch.row_stack'], rule: joined('vstack', 2, 0), explain: 'joins along dim 0' },
  { name: 'torch.dstack', signature: 'dstack(tensors)', rule: joined('dstack', 3, 2), explain: 'joins along dim 2' },
  { name: 'torch.column_stack', signature: 'column_stack(tensors)', rule: columnStack, explain: 'joins as columns' },
  ...([1, 2, 3] as const).map((n): OperationRow => ({ name: `torch.atleast_${n}d`, signature: 'f(*tensors)', rule: atLeastRule(n), explain: `makes it at least ${n}-D` })),
];
