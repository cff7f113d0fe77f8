/** Distances of rows: https://docs.pytorch.org/docs/stable/nn.functional.html#distance-functions */
import type { TensorValue } from '../../values/values';
import type { Dtype } from '../../values/dtype';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { broadcastShapes } from '../common/broadcast';
import { floatResult, promoteTypes } from '../common/promotion';
import { fresh } from '../common/results';
import { ONE, dimIndex, removeDims } from '../common/shape';
import { dtypeOf, simple } from './losses';

/** Both are promoted whatever their ranks are, then made floats. */
const promoted = ([a, b]: readonly [TensorValue, TensorValue], context: RuleContext): Dtype | null => (a.dtype && b.dtype ? floatResult(promoteTypes(a.dtype, b.dtype), context.defaultDtype) : null);

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html */
const cosineSimilarity: Rule = (args, context) => {
  const [a, b] = [args.tensor('x1'), args.tensor('x2')];
  const shape = broadcastShapes([a.shape, b.shape], 'cosine_similarity', context);
  if (!shape.rest && shape.dims.length === 0) {
    dimIndex(shape, args.number('dim'), 'cosine_similarity', context);
    return fresh([], promoted([a, b], context));
  }
  return fresh(removeDims(shape, [dimIndex(shape, args.number('dim'), 'cosine_similarity', context)]), promoted([a, b], context));
};

const pairwiseDistance: Rule = (args, context) => {
  const [a, b] = [args.tensor('x1'), args.tensor('x2')];
  const shape = broadcastShapes([a.shape, b.shape], 'pairwise_distance', context);
  // Of two numbers it is the distance.
  const dtype = floatResult(dtypeOf([a, b], context), context.defaultDtype);
  const distance = dtype && realOf(dtype);
  if (!shape.rest && shape.dims.length === 0) return fresh([], distance);
  const rows = removeDims(shape, [shape.dims.length - 1]);
  return fresh(args.bool('keepdim') ? { ...rows, dims: [...rows.dims, ONE] } : rows, distance);
};

export const rows: readonly OperationRow[] = [
  simple('cosine_similarity', 'x1, x2, dim=1, eps=1e-08', cosineSimilarity, { functions: ['torch.cosine_similarity'], explain: 'compares directions along a dim' }),
  simple('pairwise_distance', 'x1, x2, p=2.0, eps=1e-06, keepdim=False', pairwiseDistance, { functions: ['torch.pairwise_distance'], explain: 'measures distances of rows' }),
];
