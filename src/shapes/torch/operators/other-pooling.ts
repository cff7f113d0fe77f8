/** Fractional pooling, and pooling undone: https://docs.pytorch.org/docs/stable/nn.functional.html#pooling-functions */
import type { SymInt } from '../../symint/symint';
import { constant, mul, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh } from '../common/results';
import { ONE, ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { leading, perDim } from '../common/windows';
import { andIndices, withIndices } from './pooling';

const fractional = (n: number): Rule => (args, context) => {
  const input = args.tensor('input');
  const op = `fractional_max_pool${n}d`;
  const { before, spatial } = leading(op, input, n, context);
  const kernel = perDim(op, args, 'kernel_size', n, context);
  const samples = args.optionalTensor('_random_samples');
  if (samples) {
    const last = ranked(op, '_random_samples', samples, [3], context)[2]!;
    context.requireEqual(last, constant(n), 'pool-size-mismatch', () => `${op}: the last dim of _random_samples ${show(samples)} must be ${n}`);
  }
  let size: SymInt[];
  if (args.has('output_size')) size = perDim(op, args, 'output_size', n, context);
  else {
    const ratio = args.value('output_ratio');
    const ratios = ratio.kind === 'tuple' || ratio.kind === 'list' ? ratio.items ?? [] : new Array(n).fill(ratio);
    size = spatial.map((own, i) => {
      const each = ratios[i];
      if (own.value === null || each?.kind !== 'float' || each.value === null) return context.unknown('output_ratio or a size is not known');
      return constant(Math.trunc(own.value * each.value));
    });
  }
  size.forEach((each, i) => {
    if (context.lessEqual(kernel[i]!, spatial[i]!) === false) context.fail('kernel-size-mismatch', `${op}: a kernel of ${showSize(kernel[i]!)} is larger than the size ${showSize(spatial[i]!)} of ${show(input)}`);
    if (each.value !== null && kernel[i]!.value !== null && spatial[i]!.value !== null && each.value + kernel[i]!.value! - 1 > spatial[i]!.value!) {
      context.fail('kernel-size-mismatch', `${op}: ${each.value} windows of ${kernel[i]!.value} do not fit into the size ${spatial[i]!.value} of ${show(input)}`);
    }
  });
  return withIndices([...before, ...size], input, args);
};

/** Back to the sizes before max pooling. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html */
const unpool = (n: number): Rule => (args, context) => {
  const op = `max_unpool${n}d`;
  const [input, indices] = [args.tensor('input'), args.tensor('indices')];
  const { before, spatial } = leading(op, input, n, context);
  const message = (): string => `${op}: the indices ${show(indices)} must have the shape of the input ${show(input)}`;
  if (!indices.shape.rest) {
    if (indices.shape.dims.length !== before.length + n) context.fail('pool-size-mismatch', message());
    indices.shape.dims.forEach((size, i) => context.requireEqual(size, [...before, ...spatial][i]!, 'pool-size-mismatch', message));
  }
  const given = args.optionalInts('output_size');
  if (given) return fresh([...before, ...given.slice(-n)], input.dtype);
  const kernel = perDim(op, args, 'kernel_size', n, context);
  const stride = args.has('stride') ? perDim(op, args, 'stride', n, context) : kernel;
  const padding = perDim(op, args, 'padding', n, context);
  return fresh([...before, ...spatial.map((size, i) => sub(mul(sub(size, ONE), stride[i]!), sub(mul(constant(2), padding[i]!), kernel[i]!)))], input.dtype);
};

const explain = 'pools over windows';
const DIMS = [1, 2, 3] as const;
const F = 'torch.nn.functional.';
export const rows: readonly OperationRow[] = [
  ...([2, 3] as const).map((n): OperationRow => ({ name: `${F}fractional_max_pool${n}d`, signature: `fractional_max_pool${n}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`, random: true, rule: fractional(n), explain,
    variants: [{ functions: [`${F}fractional_max_pool${n}d_with_indices`], signature: 'f(input, kernel_size, output_size=None, output_ratio=None, return_indices=True, _random_samples=None)', rule: andIndices(fractional(n)) }] })),
  ...DIMS.map((n): OperationRow => ({ name: `${F}max_unpool${n}d`, signature: `max_unpool${n}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, rule: unpool(n), explain: 'puts maxima back in their places' })),
];
