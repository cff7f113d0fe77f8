/** Products of matrices and vectors: https://docs.pytorch.org/docs/stable/torch.html#blas-and-lapack-operations */
import type { Shape, TensorValue, Value } from '../../values/values';
import type { NameOf } from '../../symint/render';
import { render } from '../../symint/render';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { isFloating } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, RuleResult } from '../rule';
import { broadcastShapes } from '../common/broadcast';
import { resultType } from '../common/promotion';
import { refuseMixedDoubles } from '../common/refusals';
import { fresh } from '../common/results';
import { dimsOf, lastDims, replaceLast } from '../common/shape';
import { show, showSize } from '../common/text';

/**
 * The operands' common dtype: products do not promote, so that one that is not known is that of the others. Of two
 * different float dtypes nothing is said, as autocast may convert them, but never float64. @throws ShapeFault `dtype-mismatch`
 */
export function commonDtype(op: string, tensors: readonly TensorValue[], context: RuleContext): Dtype | null {
  const known = tensors.flatMap((tensor) => (tensor.dtype === null ? [] : [tensor.dtype]));
  const other = known.find((dtype) => dtype !== known[0]);
  if (other === undefined) return known[0] ?? null;
  refuseMixedDoubles(op, tensors, context);
  if (known.every(isFloating)) return null;
  return context.fail('dtype-mismatch', `${op}: the operands have dtypes ${known[0]} and ${other}, which must be the same: convert one with .to(…)`);
}

export function inner(op: string, sign: string, a: TensorValue, b: TensorValue, x: SymInt, y: SymInt, context: RuleContext): void {
  context.requireEqual(x, y, 'matmul-size-mismatch', () => {
    const hint = transposeHint(a, b, x, context);
    return `${op}: the inner sizes differ: ${show(a)} ${sign} ${show(b)} needs ${showSize(x)} == ${showSize(y)}${hint}`;
  });
}

function transposeHint(a: TensorValue, b: TensorValue, x: SymInt, context: RuleContext): string {
  const [p, q] = [b.shape.dims.at(-1), a.shape.dims.at(-2)];
  if (b.shape.dims.length >= 2 && p && context.equal(x, p) === true) return '; the second operand would fit transposed (.mT)';
  const y = b.shape.dims.at(-2);
  if (q && y && context.equal(q, y) === true) return '; the first operand would fit transposed (.mT)';
  return '';
}

/** https://docs.pytorch.org/docs/stable/generated/torch.matmul.html */
export const matmul: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  const dtype = commonDtype('matmul', [a, b], context);
  for (const each of [a, b]) if (!each.shape.rest && each.shape.dims.length === 0) context.fail('rank-mismatch', `matmul: both tensors need at least 1 dim, but they have the shapes ${show(a)} and ${show(b)}; use * for a number`);
  const vector = (shape: Shape): boolean => !shape.rest && shape.dims.length === 1;
  const [lastA, lastB] = [lastDims(a.shape, vector(a.shape) ? 1 : 2), lastDims(b.shape, vector(b.shape) ? 1 : 2)];
  const [lastOfA] = lastDims(a.shape, 1) ?? [];
  // A vector or rows of any number of dims: a matrix changes the last of them only.
  if (!lastA && lastOfA && lastB && !b.shape.rest && b.shape.dims.length === 2) {
    inner('matmul', '@', a, b, lastOfA, lastB[0]!, context);
    return fresh(replaceLast(a.shape, 1, [lastB[1]!]), dtype);
  }
  if (!lastA || !lastB) return context.unknown(`matmul of ${show(a)} and ${show(b)}`);
  const [x, y] = [lastA.at(-1)!, lastB[0]!];
  inner('matmul', '@', a, b, x, y, context);
  const rows = vector(a.shape) ? [] : [lastA[0]!];
  const columns = vector(b.shape) ? [] : [lastB[1]!];
  const batch = broadcastShapes([batchOf(a.shape), batchOf(b.shape)], 'matmul: the batch dims', context);
  return fresh({ dims: [...batch.dims, ...rows, ...columns], rest: batch.rest }, dtype);
};

const batchOf = (shape: Shape): Shape => ({ dims: shape.dims.slice(0, Math.max(shape.dims.length - 2, 0)), rest: shape.rest });

/** `contracts C//num_heads` */
export const contracted = (name: string) => (bound: ReadonlyMap<string, Value>, _result: RuleResult, nameOf?: NameOf): string => {
  const operand = bound.get(name);
  const size = operand?.kind === 'Tensor' ? operand.shape.dims.at(-1) : undefined;
  return size ? `contracts ${render(size, nameOf)}` : 'contracts the inner dims';
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.matmul', signature: 'matmul(input, other)', functions: ['torch.linalg.matmul'], methods: ['matmul', '__matmul__'], rule: matmul, explain: contracted('input') },
  { name: 'torch.inner', signature: 'inner(input, other)', methods: ['inner'], rule: (args, context) => {
    const [a, b] = [args.tensor('input'), args.tensor('other')];
    const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
    // By a number it is a product like any other.
    if (x.length === 0 || y.length === 0) return fresh(x.length === 0 ? y : x, resultType([a, b], context.defaultDtype));
    const dtype = commonDtype('inner', [a, b], context);
    inner('inner', 'and', a, b, x.at(-1)!, y.at(-1)!, context);
    return fresh([...x.slice(0, -1), ...y.slice(0, -1)], dtype);
  }, explain: 'contracts the last dims' },
];
