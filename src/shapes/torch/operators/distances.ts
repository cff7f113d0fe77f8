/** Distances of rows. */
import { constant, floordiv, mul, sub } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { broadcastDims, broadcastShapes } from '../common/broadcast';
import { resultType } from '../common/promotion';
import { fresh } from '../common/results';
import { ONE, atLeast, ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { row } from './statistics';

/** (…, P, M) and (…, R, M) give (…, P, R). */
const cdist: Rule = (args, context) => {
  const [a, b] = [args.tensor('x1'), args.tensor('x2')];
  const [x, y] = [atLeast('cdist', 'x1', a, 2, context), atLeast('cdist', 'x2', b, 2, context)];
  context.requireEqual(x.at(-1)!, y.at(-1)!, 'cdist-size-mismatch', () => `cdist: the last dims of ${show(a)} and ${show(b)} must agree: ${showSize(x.at(-1)!)} and ${showSize(y.at(-1)!)}`);
  return fresh([...broadcastDims(x.slice(0, -2), y.slice(0, -2), 'cdist', context), x.at(-2)!, y.at(-2)!], resultType([a, b], context.defaultDtype));
};

const pdist: Rule = (args, context) => {
  const input = args.tensor('input');
  const [n] = ranked('pdist', 'input', input, [2], context);
  return fresh([floordiv(mul(n!, sub(n!, ONE)), constant(2))], input.dtype);
};

const dist: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  broadcastShapes([a.shape, b.shape], 'dist', context);
  const dtype = resultType([a, b], context.defaultDtype);
  return fresh([], dtype && realOf(dtype));
};

export const rows: readonly OperationRow[] = [
  row('cdist', "x1, x2, p=2.0, compute_mode='use_mm_for_euclid_dist_if_necessary'", cdist, 'measures distances of all pairs of rows', []),
  { ...row('pdist', 'input, p=2.0', pdist, 'measures distances of all pairs of rows', []), functions: ['torch.nn.functional.pdist'] },
  row('dist', 'input, other, p=2', dist),
];
