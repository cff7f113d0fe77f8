/** Random tensors: https://docs.pytorch.org/docs/stable/torch.html#random-sampling */
import { constant } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { broadcastTensors } from '../common/broadcast';
import { preservedStrides } from '../common/layout';
import { fresh } from '../common/results';
import { replaceDim } from '../common/shape';
import { show } from '../common/text';
import { newSizes } from './creation';

const randint: Rule = (args, context) => fresh(newSizes(args, 'size', context), args.optionalDtype('dtype') ?? 'int64');

const normal: Rule = (args, context) => {
  const tensors = ['mean', 'std'].map((name) => args.value(name)).flatMap((value) => (value.kind === 'Tensor' ? [value] : []));
  if (tensors.length === 0 && !args.has('size')) return context.unknown('whether mean and std of normal are tensors is not known');
  if (tensors.length === 0) return fresh(newSizes(args, 'size', context), args.optionalDtype('dtype') ?? context.defaultDtype);
  return fresh(broadcastTensors(tensors, 'normal', context), tensors[0]!.dtype);
};

/** Same shape, drawn from what the input says. */
const sampled: Rule = (args, context) => {
  const input = args.tensor('input');
  return fresh(input.shape, input.dtype, preservedStrides(input, context));
};

/** float32 counts no further. */
const MOST_CATEGORIES = constant(2 ** 24);

const multinomial: Rule = (args, context) => {
  const input = args.tensor('input');
  const { dims, rest } = input.shape;
  if (rest) return context.unknown('the rank of the input of multinomial is not known');
  if (dims.length < 1 || dims.length > 2) context.fail('rank-mismatch', `multinomial: the input must have 1 or 2 dims, not ${show(input)}`);
  const samples = args.int('num_samples');
  if (context.lessEqual(dims.at(-1)!, MOST_CATEGORIES) === false) context.fail('argument-mismatch', `multinomial: there may be at most 2^24 categories, but ${show(input)} has ${dims.at(-1)!.value ?? 'more'}`);
  if (!args.bool('replacement') && context.lessEqual(samples, dims.at(-1)!) === false) {
    context.fail('argument-mismatch', `multinomial: ${samples.value ?? 'more'} samples without replacement from only ${dims.at(-1)!.value ?? ''} categories of ${show(input)}`);
  }
  return fresh(replaceDim(input.shape, dims.length - 1, samples), 'int64');
};

const drawn: Rule = (args) => {
  const input = args.tensor('input');
  return fresh(input.shape, input.dtype);
};

const explain = 'draws random numbers';
const random = true;
export const rows: readonly OperationRow[] = [
  { name: 'torch.randint', signature: ['randint(high: int, size: ints, *, low=0, dtype=None, **options)', 'randint(low: int, high: int, size: ints, *, dtype=None, **options)'], rule: randint, random, explain },
  { name: 'torch.randint_like', signature: ['randint_like(input, high: int, *, low=0, dtype=None, **options)', 'randint_like(input, low: int, high: int, *, dtype=None, **options)'], rule: (args, context) => {
    const input = args.tensor('input');
    return fresh(input.shape, args.optionalDtype('dtype') ?? input.dtype, preservedStrides(input, context));
  }, random, explain },
  { name: 'torch.randperm', signature: 'randperm(n, *, dtype=None, **options)', rule: (args) => fresh([args.int('n')], args.optionalDtype('dtype') ?? 'int64'), random, explain: 'makes a random permutation' },
  { name: 'torch.normal', signature: ['normal(mean, std, size: ints, *, dtype=None, **options)', 'normal(mean: Tensor, std=1.0, *, generator=None)', 'normal(mean, std: Tensor, *, generator=None)'], rule: normal, random, explain },
  { name: 'torch.bernoulli', signature: 'bernoulli(input, p=None, *, generator=None)', methods: ['bernoulli'], rule: sampled, random, explain },
  { name: 'torch.poisson', signature: 'poisson(input, generator=None)', rule: sampled, random, explain },
  { name: 'torch.binomial', signature: 'binomial(count, prob, generator=None)', rule: (args, context) => fresh(broadcastTensors([args.tensor('count'), args.tensor('prob')], 'binomial', context), args.tensor('count').dtype), random, explain },
  { name: 'torch.multinomial', signature: 'multinomial(input, num_samples, replacement=False, *, generator=None)', methods: ['multinomial'], rule: multinomial, random, explain },
  ...([
    ['uniform_', 'from=0.0, to=1.0'], ['normal_', 'mean=0.0, std=1.0'], ['random_', 'from=0, to=None'], ['bernoulli_', 'p=0.5'], ['exponential_', 'lambd=1.0'],
    ['geometric_', 'p'], ['cauchy_', 'median=0.0, sigma=1.0'], ['log_normal_', 'mean=1.0, std=2.0'],
  ] as const).map(([name, parameters]): OperationRow => ({
    name: `torch.Tensor.${name}`, signature: `${name}(input, ${parameters}, *, generator=None)`, rule: drawn, writes: 'input', random, explain: 'fills with random numbers',
  })),
  { name: 'torch.seed', signature: 'seed()', rule: () => ({ type: 'value', value: { kind: 'int', value: null } }) },
  { name: 'torch.initial_seed', signature: 'initial_seed()', rule: () => ({ type: 'value', value: { kind: 'int', value: null } }) },
];
