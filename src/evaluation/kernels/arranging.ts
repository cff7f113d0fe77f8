/** Tensors made of parts of others: products of sets, turns, splits, copies of views. https://docs.pytorch.org/docs/stable/torch.html */
import { allocate } from '../elements';
import { numelOf, stridesOf, Value } from '../value';
import { dimOf } from './arguments';
import { zip } from './broadcast';
import { asValue, fill, type Kernel, type KernelTable } from './kernel';
import { MOVEMENT } from './movement';
import { concatenate, copyStrided, expandTo, narrow } from './strided';

const broadcastTensors: Kernel = ({ args, outputs }) => args.tensors('tensors').map((value, i) => expandTo(value, outputs[i]?.shape ?? value.shape));

/** Blocks along the diagonal, zeros elsewhere. */
const blockDiagonal: Kernel = ({ args, shape, dtype }) => {
  const width = shape[1] as number;
  const result = allocate(dtype, numelOf(shape));
  let [row, column] = [0, 0];
  for (const value of args.tensors('tensors')) {
    const [rows, columns] = value.shape.length === 2 ? value.shape as [number, number] : [1, value.numel];
    value.hostAs(dtype).forEach((x: number, i: number) => { result[(row + Math.floor(i / columns)) * width + column + i % columns] = x; });
    row += rows;
    column += columns;
  }
  return Value.of(result, shape, dtype);
};

/** Positions of each choice of `r` out of `n`, in order. */
function choices(n: number, r: number, repeats: boolean): number[][] {
  let found: number[][] = [[]];
  for (let i = 0; i < r; i++) {
    found = found.flatMap((choice) => {
      const from = choice.length === 0 ? 0 : (choice.at(-1) as number) + (repeats ? 0 : 1);
      return Array.from({ length: Math.max(0, n - from) }, (_, k) => [...choice, from + k]);
    });
  }
  return found;
}

const combinations: Kernel = ({ args, shape, dtype }) => {
  const source = args.tensor('input').host();
  const picked = choices(source.length, args.int('r', 2), args.bool('with_replacement')).flat();
  return fill(shape, dtype, (i) => source[picked[i] as number] as number);
};

const cartesian: Kernel = ({ args, shape, dtype }) => {
  const values = args.tensors('tensors').map((value) => value.to(dtype));
  if (values.length === 1) return (values[0] as Value).reshaped(shape);
  const strides = stridesOf(values.map((value) => value.numel));
  return fill(shape, dtype, (i) => {
    const at = i % values.length;
    const value = values[at] as Value;
    return value.host()[Math.floor(Math.floor(i / values.length) / (strides[at] as number)) % value.numel] as number;
  });
};

const rot90: Kernel = ({ args, shape }) => {
  const input = args.tensor('input');
  const [from, to] = (args.optionalInts('dims') ?? [0, 1]).map((dim) => dimOf(dim, input.shape.length)) as [number, number];
  const turns = ((args.int('k', 1) % 4) + 4) % 4;
  const strides = stridesOf(input.shape);
  const flipped = (dim: number): number => ((input.shape[dim] as number) - 1) * (strides[dim] as number);
  const result = [...strides];
  if (input.numel === 0 || turns === 0) return input.reshaped(shape);
  if (turns === 2) [result[from], result[to]] = [-(strides[from] as number), -(strides[to] as number)];
  else [result[from], result[to]] = turns === 1 ? [-(strides[to] as number), strides[from] as number] : [strides[to] as number, -(strides[from] as number)];
  return copyStrided(input, shape, result, turns === 2 ? flipped(from) + flipped(to) : flipped(turns === 1 ? to : from));
};

/** What broadcasting repeated is summed again. */
const sumToSize: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const target = [...new Array<number>(input.shape.length - shape.length).fill(1), ...shape];
  const strides = stridesOf(target);
  const own = stridesOf(input.shape);
  const result = allocate(dtype, numelOf(shape));
  input.host().forEach((x: number, i: number) => {
    const at = target.reduce((sum, size, dim) => sum + (size === 1 ? 0 : Math.floor(i / (own[dim] as number)) % size * (strides[dim] as number)), 0);
    result[at] = (result[at] as number) + x;
  });
  return Value.computed(result, shape, dtype);
};

/** Neighbours' differences, `n` times; of bools whether they differ. https://docs.pytorch.org/docs/stable/generated/torch.diff.html */
const diff: Kernel = (call) => {
  const { args, dtype } = call;
  const input = args.tensor('input');
  const dim = dimOf(args.int('dim', -1), input.shape.length);
  if (args.int('n', 1) === 0) return input;
  const parts = [args.optionalTensor('prepend'), input, args.optionalTensor('append')].flatMap((value) => (value ? [value.to(dtype)] : []));
  const sized = (size: number): number[] => input.shape.map((extent, i) => (i === dim ? size : extent));
  const widened = parts.map((value) => (value.shape.length === 0 ? expandTo(value, sized(1)) : value));
  let result = concatenate(widened, dim, sized(widened.reduce((sum, value) => sum + (value.shape[dim] as number), 0)));
  for (let i = 0; i < args.int('n', 1); i++) {
    const size = result.shape[dim] as number;
    if (size === 0) break;
    const [after, before] = [narrow(result, dim, 1, size - 1), narrow(result, dim, 0, size - 1)];
    result = zip(after, before, dtype, dtype, dtype === 'bool' ? (x, y) => Number(x !== y) : (x, y) => x - y);
  }
  return result;
};

/** Columns side by side, `column_stack`; along a third dim, `dstack`. */
const stacked = (dim: number, prepare: (shape: readonly number[]) => readonly number[]): Kernel => ({ args, shape, dtype }) =>
  concatenate(args.tensors('tensors').map((value) => value.to(dtype).reshaped(prepare(value.shape))), dim, shape);
const asColumns = (shape: readonly number[]): readonly number[] => (shape.length === 0 ? [1, 1] : shape.length === 1 ? [...shape, 1] : shape);
const atLeast3 = (shape: readonly number[]): readonly number[] => (shape.length === 0 ? [1, 1, 1] : shape.length === 1 ? [1, ...shape, 1] : shape.length === 2 ? [...shape, 1] : shape);

/** Parts along the dim that the name stands for. */
const splitAlong = (dim: (rank: number) => number): Kernel => (call) => {
  const args = Object.create(call.args) as typeof call.args;
  args.int = (name, otherwise) => (name === 'dim' ? dim(call.args.tensor('input').shape.length) : call.args.int(name, otherwise));
  return (MOVEMENT['torch.split'] as Kernel)({ ...call, args });
};

/** Views that torch can also make as copies: the same values. */
const COPIES = ['alias', 'permute', 'transpose', 't', 'select', 'narrow', 'squeeze', 'unsqueeze', 'split', 'split_with_sizes', 'unbind', 'diagonal', 'as_strided'];
const FROM_METHODS = ['view', 'expand', 'unfold'];

/** `value` may be a tensor of one element. */
const filled: Kernel = ({ args, shape, dtype }) => Value.filled(asValue(args.operand('value'), dtype).item(), shape, dtype);

/** More memory for the same elements: what is new is not initialized. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_.html */
const resize: Kernel = (call) => {
  const input = call.args.tensor('input');
  const source = input.host();
  if (numelOf(call.shape) > source.length) call.note(`${call.op}: memory is not initialized in torch; zeros here`);
  return fill(call.shape, call.dtype, (i) => source[i] ?? 0);
};

export const ARRANGING: KernelTable = {
  ...Object.fromEntries(COPIES.map((name) => [`torch.${name}_copy`, MOVEMENT[`torch.${name}`] as Kernel])),
  ...Object.fromEntries(FROM_METHODS.map((name) => [`torch.${name}_copy`, MOVEMENT[`torch.Tensor.${name}`] as Kernel])),
  'torch.broadcast_tensors': broadcastTensors, 'torch.block_diag': blockDiagonal, 'torch.combinations': combinations, 'torch.cartesian_prod': cartesian,
  'torch.rot90': rot90, 'torch.Tensor.sum_to_size': sumToSize,
  'torch.diff': diff, 'torch.column_stack': stacked(1, asColumns), 'torch.dstack': stacked(2, atLeast3),
  'torch.hsplit': splitAlong((rank) => (rank === 1 ? 0 : 1)), 'torch.vsplit': splitAlong(() => 0), 'torch.dsplit': splitAlong(() => 2),
  'torch.fill': filled, 'torch.Tensor.H': MOVEMENT['torch.Tensor.mT'] as Kernel, 'torch.Tensor.resize_': resize, 'torch.Tensor.resize_as_': resize,
};
