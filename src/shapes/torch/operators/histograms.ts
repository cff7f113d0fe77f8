/** Counting: https://docs.pytorch.org/docs/stable/torch.html#reduction-ops */
import type { Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { countOfClasses } from '../common/constants';
import { fresh, named, tupleOf } from '../common/results';
import { ONE, atLeast, dimsOf, numelOf, ranked } from '../common/shape';
import { show } from '../common/text';
import { row } from './statistics';

const bincount: Rule = (args, context) => {
  const input = args.tensor('input');
  ranked('bincount', 'input', input, [1], context);
  const weights = args.optionalTensor('weights');
  if (weights) context.requireEqual(numelOf(dimsOf(weights, context)), input.shape.dims[0]!, 'weights-size-mismatch', () => `bincount: weights ${show(weights)} must have the size of the input ${show(input)}`);
  return fresh([countOfClasses(input, context, args.number('minlength')) ?? context.fresh('n', 'the largest element and one')], weights ? (weights.dtype === 'float32' ? 'float32' : 'float64') : 'int64');
};

const histc: Rule = (args, context) => {
  requireBins('histc', args.int('bins'), context);
  const [from, to] = [args.float('min'), args.float('max')];
  if (from !== null && to !== null && from > to) context.fail('argument-mismatch', `histc: max must be larger than min, but is ${to}, and min ${from}`);
  return fresh([args.int('bins')], args.tensor('input').dtype);
};

function requireBins(op: string, bins: SymInt, context: RuleContext): void {
  if (context.lessEqual(ONE, bins) === false) context.fail('argument-mismatch', `${op}: there must be at least 1 bin, not ${bins.value ?? 'less'}`);
}

const edgesOf = (bins: Value, context: RuleContext): SymInt => {
  if (bins.kind === 'int' && bins.value) {
    requireBins('histogram', bins.value, context);
    return add(bins.value, ONE);
  }
  if (bins.kind === 'Tensor') return dimsOf(bins, context)[0] ?? ONE;
  return context.unknown('the bins are not known');
};

function requireWeights(op: string, args: BoundArguments, wanted: readonly SymInt[], context: RuleContext): void {
  const weight = args.optionalTensor('weight');
  if (!weight) return;
  const message = (): string => `${op}: the weight ${show(weight)} must have the shape ${show(wanted)}`;
  const own = dimsOf(weight, context);
  if (own.length !== wanted.length) context.fail('weights-size-mismatch', message());
  own.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'weights-size-mismatch', message));
}

const histogram: Rule = (args, context) => {
  const input = args.tensor('input');
  requireWeights('histogram', args, dimsOf(input, context), context);
  const edges = edgesOf(args.value('bins'), context);
  return named('torch.return_types.histogram', { hist: fresh([sub(edges, ONE)], input.dtype), bin_edges: fresh([edges], input.dtype) });
};

const histogramdd: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = atLeast('histogramdd', 'input', input, 2, context);
  const bins = args.value('bins');
  const n = dims.at(-1)!.value ?? context.unknown('the number of dims of a histogram is not known');
  if (n > 64) context.unknown(`a histogram of ${n} dims has more bins than a tensor can hold`);
  const items = bins.kind === 'int' ? new Array<Value>(n).fill(bins) : bins.kind === 'tuple' || bins.kind === 'list' ? bins.items ?? [] : [];
  if (items.length !== n) context.fail('argument-mismatch', `histogramdd: ${items.length} bins for the last dim of ${show(input)}, whose size is ${n}: there must be one for each`);
  requireWeights('histogramdd', args, dims.slice(0, -1), context);
  const edges = items.map((item) => edgesOf(item, context));
  return named('torch.return_types.histogramdd', { hist: fresh(edges.map((edge) => sub(edge, ONE)), input.dtype), bin_edges: tupleOf(edges.map((edge) => fresh([edge], input.dtype))) });
};

export const rows: readonly OperationRow[] = [
  row('bincount', 'input, weights=None, minlength=0', bincount, 'counts'), row('histc', 'input, bins=100, min=0, max=0', histc, 'counts'),
  row('histogram', 'input, bins=100, *, range=None, weight=None, density=False', histogram, 'counts'),
  row('histogramdd', 'input, bins, range=None, weight=None, density=False', histogramdd, 'counts', []),
];
