/** Dims reversed, rolled and turned. */
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule } from '../rule';
import { preservedStrides } from '../common/layout';
import { fresh } from '../common/results';
import { dimIndex, dimIndexes, replaceDim } from '../common/shape';
import { show } from '../common/text';

/** https://docs.pytorch.org/docs/stable/generated/torch.flip.html */
const flip: Rule = (args, context) => {
  const input = args.tensor('input');
  dimIndexes(input.shape, args.optionalDims('dims')!, 'flip', context);
  return fresh(input.shape, input.dtype, preservedStrides(input, context));
};

const flipAlong = (op: string, dim: number): Rule => (args, context) => {
  const input = args.tensor('input');
  if (!input.shape.rest && input.shape.dims.length <= dim) context.fail('rank-mismatch', `${op}: the tensor must have at least ${dim + 1} dims, not ${show(input)}`);
  return fresh(input.shape, input.dtype);
};

/** How many shifts are given; how far they go is nothing to the shape. null: not known. */
function shiftCount(args: BoundArguments): number | null {
  const shifts = args.value('shifts');
  switch (shifts.kind) {
    case 'tuple': case 'list': return shifts.items?.length ?? null;
    case 'int': case 'Tensor': return 1;
    case 'unknown': case 'union': return null;
    default: return args.ints('shifts').length;
  }
}

const roll: Rule = (args, context) => {
  const input = args.tensor('input');
  const shifts = shiftCount(args);
  const dims = args.optionalDims('dims') ?? [];
  if (dims.length > 0 && !input.shape.rest && input.shape.dims.length === 0) context.fail('dim-out-of-range', 'roll: a tensor of 0 dims has no dim to roll');
  if (dims.length > 0) dims.forEach((dim) => dimIndex(input.shape, dim, 'roll', context));
  if (shifts !== null && (dims.length === 0 ? shifts !== 1 : shifts !== dims.length)) context.fail('argument-mismatch', `roll: ${shifts} shifts for ${dims.length} dims: there must be one for each`);
  return fresh(input.shape, input.dtype);
};

/** A quarter turn swaps the two sizes. https://docs.pytorch.org/docs/stable/generated/torch.rot90.html */
const rot90: Rule = (args, context) => {
  const input = args.tensor('input');
  const [a, b, ...more] = dimIndexes(input.shape, args.optionalDims('dims')!, 'rot90', context);
  if (a === undefined || b === undefined || more.length > 0) return context.fail('argument-mismatch', 'rot90: there must be exactly 2 dims to turn');
  const turned = Math.abs(args.number('k')) % 2 === 1;
  const { dims } = input.shape;
  return fresh(turned ? replaceDim(replaceDim(input.shape, a, dims[b]!), b, dims[a]!) : input.shape, input.dtype, turned ? null : undefined);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.flip', signature: 'flip(input, *dims)', methods: ['flip'], rule: flip, explain: 'reverses dims' },
  { name: 'torch.fliplr', signature: 'fliplr(input)', methods: ['fliplr'], rule: flipAlong('fliplr', 1), explain: 'reverses dim 1' },
  { name: 'torch.flipud', signature: 'flipud(input)', methods: ['flipud'], rule: flipAlong('flipud', 0), explain: 'reverses dim 0' },
  { name: 'torch.roll', signature: 'roll(input, shifts, dims=None)', methods: ['roll'], rule: roll, explain: 'rolls elements around' },
  { name: 'torch.rot90', signature: 'rot90(input, k=1, dims=(0, 1))', methods: ['rot90'], rule: rot90, explain: 'turns a plane' },
];
