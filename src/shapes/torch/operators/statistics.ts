/** Counting, correlating, measuring distances, integrating. */
import type { TensorValue, Value } from '../../interpreter/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { broadcastDims, broadcastShapes } from '../common/broadcast';
import { floatResult, resultType } from '../common/promotion';
import { fresh, named, tupleOf } from '../common/results';
import { ONE, atLeast, dimIndex, dimsOf, numelOf, ranked, removeDims, replaceDim, shapeOf } from '../common/shape';
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

const bincount: Rule = (args, context) => {
  const input = args.tensor('input');
  ranked('bincount', 'input', input, [1], context);
  const weights = args.optionalTensor('weights');
  if (weights) context.requireEqual(numelOf(dimsOf(weights, context)), input.shape.dims[0]!, 'weights-size-mismatch', () => `bincount: weights ${show(weights)} must have the size of the input ${show(input)}`);
  return fresh([context.fresh('n', 'the largest element and one')], weights ? (weights.dtype === 'float32' ? 'float32' : 'float64') : 'int64');
};

const histc: Rule = (args) => fresh([args.int('bins')], args.tensor('input').dtype);

const edgesOf = (bins: Value, context: RuleContext): SymInt => {
  if (bins.kind === 'int' && bins.value) return add(bins.value, ONE);
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
  const items = bins.kind === 'int' ? new Array<Value>(n).fill(bins) : bins.kind === 'tuple' || bins.kind === 'list' ? bins.items ?? [] : [];
  if (items.length !== n) context.fail('argument-mismatch', `histogramdd: ${items.length} bins for the last dim of ${show(input)}, whose size is ${n}: there must be one for each`);
  requireWeights('histogramdd', args, dims.slice(0, -1), context);
  const edges = items.map((item) => edgesOf(item, context));
  return named('torch.return_types.histogramdd', { hist: fresh(edges.map((edge) => sub(edge, ONE)), input.dtype), bin_edges: tupleOf(edges.map((edge) => fresh([edge], input.dtype))) });
};

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
  return fresh([], resultType([a, b], context.defaultDtype));
};

/** Positions of values in sorted rows. https://docs.pytorch.org/docs/stable/generated/torch.searchsorted.html */
const search = (op: string, sorted: string, values: string): Rule => (args, context) => {
  const boundaries = args.tensor(sorted);
  const given = args.value(values);
  const dtype = args.bool('out_int32') ? 'int32' : 'int64';
  const rows = dimsOf(boundaries, context);
  const sorter = args.optionalTensor('sorter');
  if (sorter) {
    const message = (): string => `${op}: sorter ${show(sorter)} must have the shape of the sorted sequence ${show(boundaries)}`;
    if (dimsOf(sorter, context).length !== rows.length) context.fail('search-size-mismatch', message());
    sorter.shape.dims.forEach((size, i) => context.requireEqual(size, rows[i]!, 'search-size-mismatch', message));
  }
  if (given.kind !== 'Tensor') return fresh([], dtype);
  if (rows.length !== 1) {
    const own = dimsOf(given, context);
    const message = (): string => `${op}: the values ${show(given)} must have the dims of the sorted sequence ${show(boundaries)} but the last, or the sequence 1 dim`;
    if (own.length !== rows.length) context.fail('search-size-mismatch', message());
    own.slice(0, -1).forEach((size, i) => context.requireEqual(size, rows[i]!, 'search-size-mismatch', message));
  }
  return fresh(given.shape, dtype);
};

const isin: Rule = (args) => {
  const elements = args.value('elements');
  return fresh(elements.kind === 'Tensor' ? elements.shape : shapeOf([]), 'bool');
};

/** The spacing between samples, as given, broadcast against the samples. */
function spaced(op: string, args: BoundArguments, context: RuleContext): { readonly y: TensorValue; readonly dims: readonly SymInt[]; readonly at: number } {
  const y = args.tensor('y');
  const at = dimIndex(y.shape, args.number('dim'), op, context);
  const dims = atLeast(op, 'y', y, 1, context);
  const x = args.optionalTensor('x');
  if (!x) return { y, dims, at };
  const own = dimsOf(x, context);
  // One row of positions serves all rows of y; else they broadcast, less one along the dim.
  if (own.length === 1 && dims.length > 1) {
    context.requireEqual(own[0]!, dims[at]!, 'broadcast-mismatch', () => `${op}: x ${show(x)} must have one position for each sample along dim ${at} of y ${show(y)}`);
    return { y, dims, at };
  }
  const dim = args.number('dim');
  const xAt = dimIndex(x.shape, dim, op, context);
  const less = (list: readonly SymInt[], i: number): SymInt[] => list.map((size, j) => (j === i ? sub(size, ONE) : size));
  const both = broadcastDims(less(dims, at), less(own, xAt), op, context);
  const place = dim < 0 ? both.length + dim : both.length === dims.length ? at : xAt;
  return { y, dims: both.map((size, i) => (i === place ? add(size, ONE) : size)), at: place };
}

const trapezoid = (op: string): Rule => (args, context) => {
  const { y, dims, at } = spaced(op, args, context);
  return fresh(removeDims(shapeOf(dims), [at]), floatResult(y.dtype, context.defaultDtype));
};
const cumulativeTrapezoid: Rule = (args, context) => {
  const { y, dims, at } = spaced('cumulative_trapezoid', args, context);
  return fresh(replaceDim(shapeOf(dims), at, sub(dims[at]!, ONE)), floatResult(y.dtype, context.defaultDtype));
};

/** One tensor of differences a dim. https://docs.pytorch.org/docs/stable/generated/torch.gradient.html */
const gradient: Rule = (args, context) => {
  const input = args.tensor('input');
  const rank = dimsOf(input, context).length;
  const dims = args.optionalDims('dim') ?? Array.from({ length: rank }, (_, i) => i);
  const spacing = args.value('spacing');
  const spacings = spacing.kind === 'list' || spacing.kind === 'tuple' ? spacing.items?.length ?? null : null;
  if (spacings !== null && spacings !== dims.length) context.fail('argument-mismatch', `gradient: ${spacings} spacings for ${dims.length} dims: there must be one for each`);
  const order = args.number('edge_order');
  for (const dim of dims) {
    const size = input.shape.dims[dimIndex(input.shape, dim, 'gradient', context)]!;
    if (context.lessEqual(constant(order + 1), size) === false) context.fail('gradient-size-mismatch', `gradient: with edge_order ${order}, each dim must have at least ${order + 1} elements; dim ${dim} of ${show(input)} has ${showSize(size)}`);
  }
  return tupleOf(dims.map(() => fresh(input.shape, floatResult(input.dtype, context.defaultDtype))));
};

const explain = 'measures';
const row = (name: string, signature: string, rule: Rule, said = explain, methods: readonly string[] = [name]): OperationRow => ({ name: `torch.${name}`, signature: `${name}(${signature})`, methods, rule, explain: said });
export const rows: readonly OperationRow[] = [
  row('cov', 'input, *, correction=1, fweights=None, aweights=None', covariance('cov'), 'correlates rows'), row('corrcoef', 'input', covariance('corrcoef'), 'correlates rows'),
  row('bincount', 'input, weights=None, minlength=0', bincount, 'counts'), row('histc', 'input, bins=100, min=0, max=0', histc, 'counts'),
  row('histogram', 'input, bins, *, range=None, weight=None, density=False', histogram, 'counts'),
  row('histogramdd', 'input, bins, *, range=None, weight=None, density=False', histogramdd, 'counts', []),
  row('cdist', "x1, x2, p=2.0, compute_mode='use_mm_for_euclid_dist_if_necessary'", cdist, 'measures distances of all pairs of rows', []),
  { ...row('pdist', 'input, p=2.0', pdist, 'measures distances of all pairs of rows', []), functions: ['torch.nn.functional.pdist'] },
  row('dist', 'input, other, p=2', dist),
  row('searchsorted', "sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None", search('searchsorted', 'sorted_sequence', 'input'), 'finds positions', []),
  row('bucketize', 'input, boundaries, *, out_int32=False, right=False', search('bucketize', 'boundaries', 'input'), 'finds positions', []),
  row('isin', 'elements, test_elements, *, assume_unique=False, invert=False', isin, 'looks elements up', []),
  { name: 'torch.trapezoid', signature: 'trapezoid(y, x=None, *, dx=None, dim=-1)', functions: ['torch.trapz'], rule: trapezoid('trapezoid'), explain: 'integrates along a dim' },
  { name: 'torch.cumulative_trapezoid', signature: 'cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)', rule: cumulativeTrapezoid, explain: 'integrates along a dim' },
  row('gradient', 'input, *, spacing=1, dim=None, edge_order=1', gradient, 'takes differences along each dim', []),
];
