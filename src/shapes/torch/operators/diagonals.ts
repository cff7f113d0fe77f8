/** Triangles and diagonals of matrices. */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { atLeast, dimIndexes, dimsOf, numelOf, ranked, shapeOf } from '../common/shape';
import { show } from '../common/text';
import { diagonalOf } from './strided-views';
import { narrowed, selected } from './splitting';
import { wrapIndex } from './selecting';

const triangle = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest) atLeast(op, 'tensor', input, 2, context);
  return fresh(input.shape, input.dtype);
};

/** A vector becomes a matrix, a matrix gives its diagonal. https://docs.pytorch.org/docs/stable/generated/torch.diag.html */
const diag: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = ranked('diag', 'tensor', input, [1, 2], context);
  if (dims.length === 1) {
    const size = add(dims[0]!, constant(Math.abs(args.number('diagonal'))));
    return fresh([size, size], input.dtype);
  }
  return fresh(diagonalOf(input, args.number('diagonal'), 0, 1, context).shape, input.dtype);
};

/** The last dim laid on a diagonal of two new dims. https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html */
const diagEmbed: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = atLeast('diag_embed', 'tensor', input, 1, context);
  const size = add(dims.at(-1)!, constant(Math.abs(args.number('offset'))));
  const result = shapeOf([...dims, size]);
  const [a, b] = dimIndexes(result, [args.number('dim1'), args.number('dim2')], 'diag_embed', context);
  const others = dims.slice(0, -1);
  return fresh(result.dims.map((_, i) => (i === a || i === b ? size : others.shift()!)), input.dtype);
};

const diagFlat: Rule = (args, context) => {
  const input = args.tensor('input');
  const size = add(numelOf(dimsOf(input, context)), constant(Math.abs(args.number('offset'))));
  return fresh([size, size], input.dtype);
};

/** The base with `src` in place of a part of it; src must have the part's shape. */
function scatterInto(op: string, args: BoundArguments, part: readonly SymInt[], context: RuleContext): ReturnType<Rule> {
  const [input, src] = [args.tensor('input'), args.tensor('src')];
  const own = dimsOf(src, context);
  const message = (): string => `${op}: src must have the shape ${show(part)} of the part that it replaces, not ${show(src)}`;
  if (own.length !== part.length) context.fail('scatter-size-mismatch', message());
  own.forEach((size, i) => context.requireEqual(size, part[i]!, 'scatter-size-mismatch', message));
  return fresh(input.shape, input.dtype);
}

const diagonalScatter: Rule = (args, context) => {
  const part = diagonalOf(args.tensor('input'), args.number('offset'), args.number('dim1'), args.number('dim2'), context);
  return scatterInto('diagonal_scatter', args, part.shape.dims, context);
};

function requireDim(op: string, input: TensorValue, context: RuleContext): void {
  if (!input.shape.rest && input.shape.dims.length === 0) context.fail('dim-out-of-range', `${op}: a tensor of 0 dims has no dim to write into`);
}

const selectScatter: Rule = (args, context) => {
  const input = args.tensor('input');
  requireDim('select_scatter', input, context);
  const [at] = dimIndexes(input.shape, [args.number('dim')], 'select_scatter', context) as [number];
  const index = wrapIndex('select_scatter', args.int('index'), dimsOf(input, context)[at]!, context, () => `dim ${at} of ${show(input)}`);
  return scatterInto('select_scatter', args, selected(input, at, index).shape.dims, context);
};

const sliceScatter: Rule = (args, context) => {
  const input = args.tensor('input');
  requireDim('slice_scatter', input, context);
  const [at] = dimIndexes(input.shape, [args.number('dim')], 'slice_scatter', context) as [number];
  const size = dimsOf(input, context)[at]!;
  const clip = (given: SymInt | null, otherwise: SymInt): SymInt => {
    if (given === null) return otherwise;
    if (given.value === null || size.value === null) return context.unknown('the bounds of the slice are not known');
    return constant(Math.min(Math.max(given.value < 0 ? given.value + size.value : given.value, 0), size.value));
  };
  const [start, end, step] = [clip(args.optionalInt('start'), constant(0)), clip(args.optionalInt('end'), size), args.number('step')];
  const length = size.value === null && end === size && start.value === 0 ? size : constant(Math.max(0, Math.ceil(((end.value ?? 0) - (start.value ?? 0)) / step)));
  return scatterInto('slice_scatter', args, narrowed(input, at, start, length).shape.dims, context);
};

const stridedScatter: Rule = (args, context) => {
  const input = args.tensor('input');
  const [size, stride] = [args.ints('size'), args.ints('stride')];
  const reach = size.reduce<number | null>((sum, each, i) => (sum === null || each.value === null || stride[i]?.value == null ? null : sum + (each.value - 1) * stride[i]!.value!), (args.optionalInt('storage_offset')?.value ?? 0) + 1);
  const numel = numelOf(dimsOf(input, context)).value;
  if (reach !== null && numel !== null && !size.some((each) => each.value === 0) && reach > numel) context.fail('as-strided-out-of-range', `as_strided_scatter: sizes ${show(size)} with strides ${show(stride)} reach beyond the ${numel} elements of ${show(input)}`);
  return scatterInto('as_strided_scatter', args, size, context);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.tril', signature: 'tril(input, diagonal=0)', methods: ['tril'], inPlace: true, rule: triangle('tril'), explain: 'keeps the lower triangle' },
  { name: 'torch.triu', signature: 'triu(input, diagonal=0)', methods: ['triu'], inPlace: true, rule: triangle('triu'), explain: 'keeps the upper triangle' },
  { name: 'torch.diag', signature: 'diag(input, diagonal=0)', methods: ['diag'], rule: diag, explain: 'makes a diagonal matrix, or takes a diagonal' },
  { name: 'torch.diag_embed', signature: 'diag_embed(input, offset=0, dim1=-2, dim2=-1)', methods: ['diag_embed'], rule: diagEmbed, explain: 'lays the last dim on a diagonal' },
  { name: 'torch.diagflat', signature: 'diagflat(input, offset=0)', methods: ['diagflat'], rule: diagFlat, explain: 'makes a diagonal matrix' },
  { name: 'torch.diagonal_scatter', signature: 'diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)', methods: ['diagonal_scatter'], rule: diagonalScatter, explain: 'replaces a diagonal' },
  { name: 'torch.select_scatter', signature: 'select_scatter(input, src, dim, index)', methods: ['select_scatter'], rule: selectScatter, explain: 'replaces one position of a dim' },
  { name: 'torch.slice_scatter', signature: 'slice_scatter(input, src, dim=0, start=None, end=None, step=1)', methods: ['slice_scatter'], rule: sliceScatter, explain: 'replaces a slice' },
  { name: 'torch.as_strided_scatter', signature: 'as_strided_scatter(input, src, size, stride, storage_offset=None)', methods: ['as_strided_scatter'], rule: stridedScatter, explain: 'replaces what the strides reach' },
];
