/** Norms and ranks: https://docs.pytorch.org/docs/stable/linalg.html#matrix-properties */
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { broadcastShapes } from '../common/broadcast';
import { floats, matrices, squares } from '../common/matrix';
import { reducedShape } from '../common/reduce';
import { fresh } from '../common/results';
import { dimsOf, shapeOf } from '../common/shape';
import { show } from '../common/text';
import { linalg } from './linear-algebra';

const vectorNorm: Rule = (args, context) => {
  const x = args.tensor('x');
  const dims = args.optionalDims('dim');
  const dtype = args.optionalDtype('dtype') ?? floats('linalg.vector_norm', x, context);
  return fresh(reducedShape(x.shape, dims?.length === 0 ? null : dims, args.bool('keepdim'), 'linalg.vector_norm', context), dtype && realOf(dtype));
};

const matrixNorm: Rule = (args, context) => {
  const x = args.tensor('A');
  matrices('linalg.matrix_norm', x, context);
  const dims = args.optionalDims('dim')!;
  if (dims.length !== 2) context.fail('argument-mismatch', `linalg.matrix_norm: dim must name 2 dims, not ${dims.length}`);
  const dtype = args.optionalDtype('dtype') ?? floats('linalg.matrix_norm', x, context);
  return fresh(reducedShape(x.shape, dims, args.bool('keepdim'), 'linalg.matrix_norm', context), dtype && realOf(dtype));
};

/** A vector norm, a matrix norm, or of all elements. https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html */
const norm: Rule = (args, context) => {
  const x = args.tensor('A');
  const dims = args.optionalDims('dim');
  const rank = dimsOf(x, context).length;
  if (dims !== null && dims.length !== 1 && dims.length !== 2) context.fail('argument-mismatch', `linalg.norm: dim must name 1 or 2 dims, not ${dims.length}`);
  if (dims === null && args.has('ord') && rank !== 1 && rank !== 2) context.fail('rank-mismatch', `linalg.norm: with ord and without dim, the tensor must have 1 or 2 dims, not ${show(x)}`);
  if (dims?.length === 2 && rank < 2) context.fail('rank-mismatch', `linalg.norm: a matrix norm needs at least 2 dims, not ${show(x)}`);
  const dtype = args.optionalDtype('dtype') ?? floats('linalg.norm', x, context);
  return fresh(reducedShape(x.shape, dims, args.bool('keepdim'), 'linalg.norm', context), dtype && realOf(dtype));
};

const cond: Rule = (args, context) => {
  const input = args.tensor('A');
  const { batch } = matrices('linalg.cond', input, context);
  return fresh(batch, input.dtype && realOf(input.dtype));
};

const matrixRank: Rule = (args, context) => {
  const input = args.tensor('A');
  const { batch } = (args.bool('hermitian') ? squares : matrices)('linalg.matrix_rank', input, context);
  const tolerances = ['atol', 'rtol', 'tol'].map((name) => args.value(name)).flatMap((value) => (value.kind === 'Tensor' ? [value.shape] : []));
  return fresh(broadcastShapes([shapeOf(batch), ...tolerances], 'linalg.matrix_rank', context), 'int64');
};

export const rows: readonly OperationRow[] = [
  linalg('vector_norm', 'x, ord=2, dim=None, keepdim=False, *, dtype=None', vectorNorm), linalg('matrix_norm', "A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None", matrixNorm),
  linalg('norm', 'A, ord=None, dim=None, keepdim=False, *, dtype=None', norm), linalg('cond', 'A, p=None', cond),
  linalg('matrix_rank', 'A, *, atol=None, rtol=None, hermitian=False, tol=None', matrixRank, { signature: ['matrix_rank(A, *, atol=None, rtol=None, hermitian=False, tol=None)', 'matrix_rank(A, tol, hermitian=False, *, atol=None, rtol=None)'] }),
];
