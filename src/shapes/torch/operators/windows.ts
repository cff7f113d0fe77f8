/** Window functions: https://docs.pytorch.org/docs/stable/signal.html */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh } from '../common/results';
import { ZERO } from '../common/shape';
import { showSize } from '../common/text';

/** Each window's own parameters. */
const WINDOWS: Readonly<Record<string, string>> = {
  bartlett: '', blackman: '', cosine: '', exponential: 'center=None, tau=1.0', gaussian: 'std=1.0', general_cosine: 'a', general_hamming: 'alpha=0.54', hamming: '', hann: '', kaiser: 'beta=12.0', nuttall: '',
};

const window = (name: string): Rule => (args, context) => {
  const length = args.int('M');
  if (context.lessEqual(ZERO, length) === false) context.fail('negative-size', `${name}: the length of a window must not be negative, but is ${showSize(length)}`);
  const coefficients = args.value('a');
  if (coefficients.kind === 'list' && coefficients.items?.length === 0) context.fail('argument-mismatch', `${name}: there must be at least one coefficient`);
  return fresh([length], args.optionalDtype('dtype') ?? context.defaultDtype);
};

export const rows: readonly OperationRow[] = Object.entries(WINDOWS).map(([name, parameters]) => ({
  name: `torch.signal.windows.${name}`, signature: `${name}(M, *, ${parameters ? `${parameters}, ` : ''}sym=True, dtype=None, **options)`, rule: window(name), explain: 'makes a window',
}));
