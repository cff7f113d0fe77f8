/** Counting, correlating, measuring distances, integrating. */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { floatResult } from '../common/promotion';
import { fresh } from '../common/results';
import { ONE, dimsOf } from '../common/shape';
import { show, showSize } from '../common/text';

/** Rows are variables, columns are observations. https://docs.pytorch.org/docs/stable/generated/torch.cov.html */
const covariance = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length > 2) context.fail('rank-mismatch', `${op}: the tensor must have at most 2 dims, not ${show(input)}`);
  const observations = dims.at(-1) ?? ONE;
  for (const name of ['fweights', 'aweights']) {
    const weights = args.optionalTensor(name);
    if (!weights) continue;
    const own = dimsOf(weights, context);
    if (own.length > 1) context.fail('rank-mismatch', `${op}: ${name} must have at most 1 dim, not ${show(weights)}`);
    context.requireEqual(own[0] ?? ONE, observations, 'weights-size-mismatch', () => `${op}: ${name} has ${showSize(own[0] ?? ONE)} elements for the ${showSize(observations)} observations of ${show(input)}`);
  }
  // One variable alone gives a number.
  return fresh(dims.length === 2 && dims[0]!.value !== 1 ? [dims[0]!, dims[0]!] : [], floatResult(input.dtype, context.defaultDtype));
};

const explain = 'measures';
export const row = (name: string, signature: string, rule: Rule, said = explain, methods: readonly string[] = [name]): OperationRow => ({ name: `torch.${name}`, signature: `${name}(${signature})`, methods, rule, explain: said });
export const rows: readonly OperationRow[] = [
  row('cov', 'input, *, correction=1, fweights=None, aweights=None', covariance('cov'), 'correlates rows'), row('corrcoef', 'input', covariance('corrcoef'), 'correlates rows'),
];
