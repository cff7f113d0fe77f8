/** Dims merged and split: https://docs.pytorch.org/docs/stable/generated/torch.flatten.html */
import type { TensorValue } from '../../values/values';
import { mul } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { contiguousStrides } from '../common/layout';
import { fresh, itself, view } from '../common/results';
import { ONE, dimIndex, insertDim, numelOf, rankOf, removeDims, shapeOf } from '../common/shape';
import { show } from '../common/text';
import { inferSizes, reshaped } from './reshape';

/** start_dim … end_dim become one. https://docs.pytorch.org/docs/stable/generated/torch.flatten.html */
const flatten: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape } = input;
  if (rankOf(shape) === 0) return view(input, [ONE], [ONE]);
  const whole = aroundRun(input, args.number('start_dim'), args.number('end_dim'), context);
  if (whole) return { type: 'tensor', shape: shapeOf(whole), dtype: input.dtype, maybeViewOf: input };
  const [start, end] = [dimIndex(shape, args.number('start_dim'), 'flatten', context), dimIndex(shape, args.number('end_dim'), 'flatten', context)];
  if (start > end) context.fail('dim-out-of-range', `flatten: start_dim ${args.number('start_dim')} comes after end_dim ${args.number('end_dim')} in ${show(input)}`);
  if (start === end) return itself(input);
  const merged = numelOf(shape.dims.slice(start, end + 1));
  const result = insertDim(removeDims(shape, shape.dims.map((_, i) => i).filter((i) => i >= start && i <= end)), start, merged, shape.rest !== null && start < shape.rest.at);
  if (result.rest) return { type: 'tensor', shape: result, dtype: input.dtype, maybeViewOf: input };
  return reshaped(input, result.dims, context, () => fresh(result, input.dtype));
};

/** The sizes where all dims of unknown number are among those merged; null where they are not, or are none. */
function aroundRun({ shape: { dims, rest } }: TensorValue, start: number, end: number, context: RuleContext): SymInt[] | null {
  if (!rest || start < 0 || start > rest.at || end >= 0 || dims.length + end < rest.at - 1) return null;
  const behind = dims.length + end + 1;
  return [...dims.slice(0, start), mul(context.sizeOfRun(rest.name), numelOf(dims.slice(start, behind))), ...dims.slice(behind)];
}

/** One dim becomes several. https://docs.pytorch.org/docs/stable/generated/torch.unflatten.html */
const unflatten: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape } = input;
  const dim = dimIndex(shape, args.number('dim'), 'unflatten', context);
  const size = shape.dims[dim] ?? context.fail('dim-out-of-range', 'unflatten: the tensor has no dims');
  const sizes = inferSizes('unflatten', [size], args.ints('sizes'), context);
  const dims = [...shape.dims.slice(0, dim), ...sizes, ...shape.dims.slice(dim + 1)];
  const rest = shape.rest && { ...shape.rest, at: shape.rest.at + (dim < shape.rest.at ? sizes.length - 1 : 0) };
  const { layout } = input;
  const strides = layout && [...layout.strides.slice(0, dim), ...contiguousStrides(sizes).map((stride) => mul(stride, layout.strides[dim]!)), ...layout.strides.slice(dim + 1)];
  return view(input, { dims, rest }, strides);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.flatten', signature: 'flatten(input, start_dim=0, end_dim=-1)', methods: ['flatten'], rule: flatten, explain: 'merges dims' },
  { name: 'torch.unflatten', signature: 'unflatten(input, dim, sizes)', methods: ['unflatten'], rule: unflatten, explain: 'splits a dim into several' },
];
