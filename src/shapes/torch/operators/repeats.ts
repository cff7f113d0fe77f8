/** Elements repeated, filled in, or given another number of sizes. */
import type { Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { heldInt, sumOf } from '../common/constants';
import { preservedStrides } from '../common/layout';
import { fresh } from '../common/results';
import { ONE, ZERO, dimIndex, dimsOf, numelOf, replaceDim } from '../common/shape';
import { count, show, showSize } from '../common/text';

/** Each dim so many times over. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.repeat.html */
const repeat = (op: string, name: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const times = args.ints(name);
  if (op === 'repeat' && times.length < dims.length) context.fail('repeat-dims-mismatch', `repeat: ${count(times.length, 'number')} of repeats for ${show(input)}, which has ${count(dims.length, 'dim')}: there must be at least one for each`);
  if (times.some((each) => each.value !== null && each.value < 0)) context.fail('negative-size', `${op}: a dim cannot be repeated ${show(times)} times: none may be negative`);
  const rank = Math.max(dims.length, times.length);
  return fresh(Array.from({ length: rank }, (_, i) => mul(dims[i - rank + dims.length] ?? ONE, times[i - rank + times.length] ?? ONE)), input.dtype);
};

/** Each element so many times in a row. https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html */
const repeatInterleave: Rule = (args, context) => {
  const input = args.tensor('input');
  const dim = args.optionalNumber('dim');
  const repeats = args.value('repeats');
  const at = dim === null ? null : dimIndex(input.shape, dim, 'repeat_interleave', context);
  const size = at === null ? numelOf(dimsOf(input, context)) : input.shape.dims[at] ?? ONE;
  const several = repeats.kind === 'Tensor' && repeats.shape.dims.length === 1 ? repeats.shape.dims[0]! : null;
  if (repeats.kind === 'Tensor' && repeats.shape.dims.length > 1) context.fail('rank-mismatch', `repeat_interleave: repeats must have at most 1 dim, not ${show(repeats)}`);
  if (several && several.value !== 1) context.requireEqual(several, size, 'repeat-size-mismatch', () => `repeat_interleave: ${showSize(several)} numbers of repeats for ${showSize(size)} elements: there must be one for each, or one for all`);
  const given = args.optionalInt('output_size');
  const length = given ?? (repeats.kind === 'int' && repeats.value ? mul(size, repeats.value) : totalOf(repeats, size, context) ?? context.fresh('n', 'the sum of the repeats'));
  return fresh(at === null ? [length] : input.shape.dims.length === 0 ? [length] : replaceDim(input.shape, at, length), input.dtype);
};

/** One number of repeats for all elements, or one for each. */
function totalOf(repeats: Value, size: SymInt, context: RuleContext): SymInt | null {
  const each = repeats.kind === 'Tensor' ? heldInt(repeats, context) : null;
  return each ? mul(size, each) : repeats.kind === 'Tensor' ? sumOf(repeats, context) : null;
}

/** Only the numbers of repeats: positions, each so often. */
const repeatPositions: Rule = (args, context) => {
  const counts = args.tensor('repeats');
  if (!counts.shape.rest && counts.shape.dims.length !== 1) context.fail('rank-mismatch', `repeat_interleave: repeats alone must have 1 dim, not ${show(counts)}`);
  return fresh([args.optionalInt('output_size') ?? sumOf(args.tensor('repeats'), context) ?? context.fresh('n', 'the sum of the repeats')], counts.dtype);
};

const keep: Rule = (args, context) => {
  const input = args.tensor('input');
  return fresh(input.shape, input.dtype, preservedStrides(input, context));
};
const fill: Rule = (args, context) => {
  const value = args.value('value');
  if (value.kind === 'Tensor' && !value.shape.rest && value.shape.dims.length > 0) context.fail('rank-mismatch', `fill: the value must be a number or have 0 dims, not ${show(value)}`);
  return keep(args, context);
};
/** Along all dims at once; those of more than 2 must have one size. */
const fillDiagonal: Rule = (args, context) => {
  const input = args.tensor('input');
  const { dims, rest } = input.shape;
  if (!rest && dims.length < 2) context.fail('rank-mismatch', `fill_diagonal_: the tensor must have at least 2 dims, not ${show(input)}`);
  if (!rest && dims.length > 2) dims.forEach((size) => context.requireEqual(size, dims[0]!, 'matrix-not-square', () => `fill_diagonal_: all dims of ${show(input)} must have the same size`));
  return fresh(input.shape, input.dtype);
};

const unchanged: Rule = (args) => {
  const input = args.tensor('input');
  return fresh(input.shape, input.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.Tensor.set_.html: of a storage alone the sizes are not said. */
const set: Rule = (args, context) => {
  const { dtype } = args.tensor('input');
  if (args.has('size')) return fresh(args.ints('size'), dtype, null);
  if (!args.has('source')) return fresh([ZERO], dtype);
  const source = args.value('source');
  return source.kind === 'Tensor' ? fresh(source.shape, dtype, null) : context.unknown('how many elements the storage has is not known');
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.Tensor.repeat', signature: 'repeat(input, *repeats)', rule: repeat('repeat', 'repeats'), explain: 'repeats dims' },
  { name: 'torch.tile', signature: 'tile(input, *dims)', methods: ['tile'], rule: repeat('tile', 'dims'), explain: 'repeats dims' },
  { name: 'torch.repeat_interleave', signature: ['repeat_interleave(input, repeats, dim=None, *, output_size=None)', 'repeat_interleave(repeats, *, input=None, output_size=None)'], methods: ['repeat_interleave'], rule: (args, context) => (args.has('input') ? repeatInterleave : repeatPositions)(args, context), explain: 'repeats each element' },
  { name: 'torch.fill', signature: 'fill(input, value)', rule: fill, explain: 'fills' },
  { name: 'torch.Tensor.fill_', signature: 'fill_(input, value)', functions: ['torch.fill_'], rule: fill, writes: 'input', explain: 'fills' },
  { name: 'torch.Tensor.zero_', signature: 'zero_(input)', functions: ['torch.zero_'], rule: unchanged, writes: 'input', explain: 'fills with zeros' },
  { name: 'torch.Tensor.apply_', signature: 'apply_(input, callable)', rule: unchanged, writes: 'input', explain: 'calls the function with each element' },
  { name: 'torch.Tensor.map_', signature: 'map_(input, tensor, callable)', rule: unchanged, writes: 'input', explain: 'calls the function with each pair of elements' },
  { name: 'torch.Tensor.fill_diagonal_', signature: 'fill_diagonal_(input, fill_value, wrap=False)', rule: fillDiagonal, writes: 'input', explain: 'fills the diagonal' },
  { name: 'torch.Tensor.resize_', signature: 'resize_(input, *sizes, memory_format=None)', rule: (args) => fresh(args.ints('sizes'), args.tensor('input').dtype), reshapes: true, explain: 'gives other sizes' },
  { name: 'torch.Tensor.resize_as_', signature: 'resize_as_(input, other, *, memory_format=None)', functions: ['torch.resize_as_'], rule: (args) => fresh(args.tensor('other').shape, args.tensor('input').dtype), reshapes: true, explain: 'gives other sizes' },
  { name: 'torch.Tensor.set_', signature: 'set_(input, source=None, storage_offset=0, size=None, stride=None)', rule: set, reshapes: true, explain: 'takes the memory of another' },
];
