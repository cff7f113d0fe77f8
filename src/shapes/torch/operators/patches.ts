/** Patches of images as columns, and back: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html */
import type { SymInt } from '../../symint/symint';
import { constant, floordiv, mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { ranked } from '../common/shape';
import { show, showSize } from '../common/text';
import { leading, perDim, requireFits, requirePositive, windows } from '../common/windows';

/** A sequence must have two numbers, though an int may stand for both. */
function requirePairs(op: string, args: BoundArguments, names: readonly string[], context: RuleContext): void {
  for (const name of names) {
    const given = args.value(name);
    if ((given.kind === 'tuple' || given.kind === 'list') && given.items && given.items.length !== 2) context.fail('argument-mismatch', `${op}: ${name} must be one int or 2, not ${show(args.ints(name))}`);
  }
}

/** Patches as columns: (N, C * kernel, L). https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html */
const unfold: Rule = (args, context) => {
  requirePairs('unfold', args, ['kernel_size', 'dilation', 'padding', 'stride'], context);
  const input = args.tensor('input');
  const { before, spatial } = leading('unfold', input, 2, context);
  const [kernel, dilation, padding, stride] = ['kernel_size', 'dilation', 'padding', 'stride'].map((name) => perDim('unfold', args, name, 2, context)) as [SymInt[], SymInt[], SymInt[], SymInt[]];
  requirePositive('unfold', 'kernel_size', kernel, 1, context);
  requirePositive('unfold', 'stride', stride, 1, context);
  const blocks = spatial.map((size, i) => windows(size, kernel[i]!, stride[i]!, mul(constant(2), padding[i]!), dilation[i]!));
  requireFits('unfold', input, blocks, kernel, context);
  return fresh([...before.slice(0, -1), mul(before.at(-1)!, mul(kernel[0]!, kernel[1]!)), mul(blocks[0]!, blocks[1]!)], input.dtype);
};

/** Columns back to an image. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fold.html */
const fold: Rule = (args, context) => {
  requirePairs('fold', args, ['output_size', 'kernel_size', 'dilation', 'padding', 'stride'], context);
  const input = args.tensor('input');
  const dims = ranked('fold', 'input', input, [2, 3], context);
  const [size, kernel, dilation, padding, stride] = ['output_size', 'kernel_size', 'dilation', 'padding', 'stride'].map((name) => perDim('fold', args, name, 2, context)) as [SymInt[], SymInt[], SymInt[], SymInt[], SymInt[]];
  const [columns, length] = dims.slice(-2) as [SymInt, SymInt];
  const area = mul(kernel[0]!, kernel[1]!);
  if (context.divisible(columns, area) === false) context.fail('fold-size-mismatch', `fold: dim -2 of ${show(input)} must be a multiple of the kernel's ${showSize(area)} elements, but is ${showSize(columns)}`);
  const blocks = size.map((each, i) => windows(each, kernel[i]!, stride[i]!, mul(constant(2), padding[i]!), dilation[i]!));
  const wanted = mul(blocks[0]!, blocks[1]!);
  context.requireEqual(length, wanted, 'fold-size-mismatch', () => `fold: dim -1 of ${show(input)} must be the ${showSize(wanted)} blocks of an output of ${show(size)}, but is ${showSize(length)}`);
  return fresh([...dims.slice(0, -2), context.divideExact(columns, area) ?? floordiv(columns, area), ...size], input.dtype);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.nn.functional.unfold', signature: 'unfold(input, kernel_size, dilation=1, padding=0, stride=1)', rule: unfold, explain: 'takes patches out as columns' },
  { name: 'torch.nn.functional.fold', signature: 'fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)', rule: fold, explain: 'puts patches back together' },
];
