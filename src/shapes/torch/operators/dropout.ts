/** Dropout: https://docs.pytorch.org/docs/stable/nn.functional.html#dropout-functions */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { show } from '../common/text';
import { elementwise } from './pointwise-unary';

const dropout = (op: string, least = 0): Rule => (args, context) => {
  const input = args.tensor('input');
  const p = args.float('p');
  if (p !== null && (p < 0 || p > 1)) context.fail('argument-mismatch', `${op}: p is a probability, between 0 and 1, not ${p}`);
  // Only what has too few dims depends on whether it trains.
  const isFewer = !input.shape.rest && input.shape.dims.length < least;
  if (isFewer && args.has('training') && args.bool('training') && p !== 0) context.fail('rank-mismatch', `${op}: the tensor must have at least ${least} dims, not ${show(input)}`);
  if (op === 'dropout1d' && !input.shape.rest && (input.shape.dims.length < 2 || input.shape.dims.length > 3)) context.fail('rank-mismatch', `dropout1d: the tensor must have 2 dims (C, L) or 3 (N, C, L), not ${show(input)}`);
  return elementwise(input, input.dtype, context);
};

const NAMES: readonly (readonly [string, number])[] = [['dropout', 0], ['alpha_dropout', 0], ['feature_alpha_dropout', 2], ['dropout1d', 0], ['dropout2d', 0], ['dropout3d', 0]];
export const rows: readonly OperationRow[] = NAMES.map(([name, least]) => ({
  name: `torch.nn.functional.${name}`, signature: `${name}(input, p=0.5, training=${name === 'alpha_dropout' || name === 'feature_alpha_dropout' ? 'False' : 'True'}, inplace=False)`,
  random: true, rule: dropout(name, least), explain: 'sets elements to 0 at random while training',
  ...(name === 'dropout' || name.includes('alpha') ? { variants: [{ functions: [`torch.${name}`, `torch.${name}_`], signature: `${name}(input, p, train)` }] } : {}),
}));
