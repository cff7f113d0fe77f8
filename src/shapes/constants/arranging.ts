/** The same elements elsewhere: reshaped, permuted, repeated, joined, taken apart. */
import { constant, sub } from '../symint/symint';
import { isIntegral } from '../torch/dtypes';
import { Real, at, build, isWhole, wrap } from './elements';
import type { Element, Elements } from './elements';
import { refuse } from './operation';
import type { Operation, OperationTable, Operands } from './operation';

const same: Operation = (operands) => operands.same();

/** Its operand's elements in an order of dims. */
const permuted = (order: (operands: Operands, rank: number) => readonly number[]): Operation => (operands) => {
  const input = operands.elements('input');
  const dims = order(operands, input.shape.length).map((dim) => wrap(dim, input.shape.length));
  return build(operands.shape(), (index) => {
    const from: number[] = [];
    dims.forEach((dim, i) => (from[dim] = index[i]!));
    return at(input, from);
  });
};

const swapped = (rank: number, a: number, b: number): readonly number[] => Array.from({ length: rank }, (_, i) => (i === wrap(a, rank) ? wrap(b, rank) : i === wrap(b, rank) ? wrap(a, rank) : i));
const transposed = permuted((operands, rank) => swapped(rank, operands.number('dim0'), operands.number('dim1')));
const matrixTransposed = permuted((_, rank) => (rank < 2 ? [0].slice(0, rank) : swapped(rank, -2, -1)));

/** The element of each place, from the place that it comes from along each of `dims`. */
const moved = (dimsName: string, from: (operands: Operands, which: number, i: number, size: number) => number): Operation => (operands) => {
  const input = operands.elements('input');
  const rank = input.shape.length;
  const dims = operands.numbers(dimsName).map((dim) => wrap(dim, rank));
  return build(input.shape, (index) => at(input, index.map((i, dim) => (dims.includes(dim) ? from(operands, dims.indexOf(dim), i, input.shape[dim]!) : i))));
};

const broadcast: Operation = (operands) => {
  const input = operands.elements('input');
  return build(operands.shape(), (index) => at(input, index));
};

const tiled: Operation = (operands) => {
  const input = operands.elements('input');
  return build(operands.shape(), (index) => at(input, index.slice(index.length - input.shape.length).map((i, dim) => i % input.shape[dim]!)));
};

const stacked: Operation = (operands) => {
  const parts = operands.list('tensors').map((each) => operands.elementsOf(each));
  const dim = wrap(operands.number('dim', 0), operands.shape().length);
  return build(operands.shape(), (index) => at(parts[index[dim]!]!, index.filter((_, i) => i !== dim)));
};

const joined: Operation = (operands) => {
  const shape = operands.shape();
  const dim = wrap(operands.number('dim', 0), shape.length);
  const parts = operands.list('tensors').map((each) => operands.elementsOf(each)).filter((part) => part.shape.length === shape.length);
  return build(shape, (index) => {
    let i = index[dim]!;
    const part = parts.find(({ shape: { [dim]: size } }) => (i < size! ? true : ((i -= size!), false)));
    return part ? at(part, [...index.slice(0, dim), i, ...index.slice(dim + 1)]) : null;
  });
};

/** Parts along `dim`, side by side. */
const parted: Operation = (operands) => {
  const input = operands.elements('input');
  const dim = wrap(operands.number('dim', 0), input.shape.length);
  let start = 0;
  return operands.outputs.map((_, output) => {
    const shape = operands.shape(output);
    const first = start;
    start += shape[dim]!;
    return build(shape, (index) => at(input, index.map((i, d) => (d === dim ? first + i : i))));
  });
};

const unbound: Operation = (operands) => {
  const input = operands.elements('input');
  const dim = wrap(operands.number('dim', 0), input.shape.length);
  return operands.outputs.map((_, i) => build(operands.shape(i), (index) => at(input, [...index.slice(0, dim), i, ...index.slice(dim)])));
};

/** Every so-manieth element of memory, from an offset on. */
function positions(operands: Operands): { shape: readonly number[]; of: (index: readonly number[]) => number } {
  const strides = operands.numbers('stride');
  const offset = operands.number('storage_offset', 0);
  return { shape: operands.numbers('size'), of: (index) => index.reduce((position, i, dim) => position + i * strides[dim]!, offset) };
}

const strided: Operation = (operands) => {
  const { data } = operands.elements('input');
  const { shape, of } = positions(operands);
  return build(shape, (index) => data[of(index)] ?? null);
};

const scattered: Operation = (operands) => {
  const { shape, data } = operands.elements('input');
  const source = operands.elements('src');
  const part = positions(operands);
  const written = [...data];
  build(part.shape, (index) => (written[part.of(index)] = at(source, index)));
  return { shape, data: written };
};

/** The grids of several ranges, the first along rows unless `xy` is asked for. */
const grids: Operation = (operands) => {
  const ranges = operands.list('tensors').map((each) => operands.elementsOf(each));
  const isXY = operands.text('indexing') === 'xy' && ranges.length > 1;
  return ranges.map((range, i): Elements => build(operands.shape(i), (index) => range.data[index[isXY && i < 2 ? 1 - i : i]!] ?? null));
};

/** Every choice of one element each: the last runs fastest. */
const choices: Operation = (operands) => {
  const parts = operands.list('tensors').map((each) => operands.elementsOf(each).data);
  if (parts.length === 1) return { shape: operands.shape(), data: parts[0]! };
  const rows = parts.reduce<(readonly Element[])[]>((made, part) => made.flatMap((row) => part.map((element) => [...row, element])), [[]]);
  return { shape: operands.shape(), data: rows.flat() };
};

const repeated: Operation = (operands) => {
  const input = operands.elements('input');
  const dim = operands.argument('dim') ? wrap(operands.number('dim'), input.shape.length) : null;
  const source = dim === null ? { shape: [input.data.length], data: input.data } : input;
  const counts = operands.elements('repeats').data.map((count) => count?.value ?? refuse());
  const from = Array.from({ length: source.shape[dim ?? 0]! }, (_, i) => Array<number>(counts[counts.length === 1 ? 0 : i]!).fill(i)).flat();
  return build([...source.shape.slice(0, dim ?? 0), from.length, ...source.shape.slice((dim ?? 0) + 1)], (index) => at(source, index.map((i, d) => (d === (dim ?? 0) ? from[i]! : i))));
};

const difference: Operation = (operands) => {
  const input = operands.elements('input');
  if (operands.number('n', 1) !== 1 || operands.argument('prepend') || operands.argument('append')) refuse();
  const dim = wrap(operands.number('dim', -1), input.shape.length);
  return build(operands.shape(), (index) => {
    const [before, after] = [0, 1].map((step) => at(input, index.map((i, d) => (d === dim ? i + step : i))));
    return isWhole(before) && isWhole(after) ? sub(after, before) : null;
  });
};

const narrowed: Operation = (operands) => {
  const input = operands.elements('input');
  const dim = wrap(operands.number('dim'), input.shape.length);
  const start = wrap(operands.number('start'), input.shape[dim]!);
  return build(operands.shape(), (index) => at(input, index.map((i, d) => (d === dim ? start + i : i))));
};

const selected: Operation = (operands) => {
  const input = operands.elements('input');
  const dim = wrap(operands.number('dim'), input.shape.length);
  const i = wrap(operands.number('index'), input.shape[dim]!);
  return build(operands.shape(), (index) => at(input, [...index.slice(0, dim), i, ...index.slice(dim)]));
};

const picked: Operation = (operands) => {
  const input = operands.elements('input');
  const dim = wrap(operands.number('dim'), input.shape.length);
  const places = operands.elements('index').data.map((place) => place?.value ?? refuse());
  return build(operands.shape(), (index) => at(input, index.map((i, d) => (d === dim ? places[i]! : i))));
};

const triangle = (isKept: (row: number, column: number, diagonal: number) => boolean): Operation => (operands) => {
  const input = operands.elements('input');
  const diagonal = operands.number('diagonal', 0);
  return build(input.shape, (index) => (isKept(index.at(-2)!, index.at(-1)!, diagonal) ? at(input, index) : constant(0)));
};

const IN_ORDER = [
  'torch.reshape', 'torch.Tensor.reshape', 'torch.Tensor.view', 'torch.Tensor.view_as', 'torch.Tensor.reshape_as', 'torch.flatten', 'torch.ravel', 'torch.unflatten', 'torch.unsqueeze', 'torch.squeeze',
  'torch.Tensor.contiguous', 'torch.clone', 'torch.detach', 'torch.Tensor.detach', 'torch.Tensor.cpu', 'torch.Tensor.cuda', 'torch.Tensor.numpy', 'torch.Tensor.pin_memory',
  'torch.Tensor.double',
];

const deepened: Operation = (operands) => {
  const tensors = operands.argument('tensors') ?? refuse();
  const each = tensors.type === 'list' ? tensors.items : [tensors];
  return each.map((tensor, i) => ({ shape: operands.shape(i), data: operands.elementsOf(tensor).data }));
};

/** To integers fractions are cut off. */
const cast: Operation = (operands) => {
  const { dtype } = operands.outputs[0]!;
  if (dtype === 'bool') refuse();
  const { shape, data } = operands.same();
  return { shape, data: dtype !== null && isIntegral(dtype) ? data.map((element) => (element instanceof Real ? constant(Math.trunc(element.value)) : element)) : data };
};

export const operations: OperationTable = {
  ...Object.fromEntries(IN_ORDER.map((name) => [name, same])),
  'torch.Tensor.long': cast, 'torch.Tensor.int': cast, 'torch.Tensor.short': cast, 'torch.Tensor.to': cast, 'torch.Tensor.type': cast, 'torch.Tensor.type_as': cast,
  'torch.permute': permuted((operands) => operands.numbers('dims')), 'torch.transpose': transposed, 'torch.swapaxes': transposed, 'torch.swapdims': transposed,
  'torch.t': matrixTransposed, 'torch.Tensor.T': permuted((_, rank) => Array.from({ length: rank }, (__, i) => rank - 1 - i)), 'torch.Tensor.mT': matrixTransposed,
  'torch.flip': moved('dims', (_, __, i, size) => size - 1 - i),
  'torch.roll': (operands) => (operands.argument('dims') ? moved('dims', (o, which, i, size) => (((i - o.numbers('shifts')[which]!) % size) + size) % size)(operands) : refuse()),
  'torch.Tensor.expand': broadcast, 'torch.Tensor.expand_as': broadcast, 'torch.broadcast_to': broadcast,
  'torch.Tensor.repeat': tiled, 'torch.tile': tiled, 'torch.repeat_interleave': repeated,
  'torch.atleast_1d': deepened, 'torch.atleast_2d': deepened, 'torch.stack': stacked, 'torch.cat': joined, 'torch.hstack': (operands) => (operands.shape().length === 1 ? joined(operands) : refuse()),
  'torch.split': parted, 'torch.chunk': parted, 'torch.tensor_split': parted, 'torch.unbind': unbound,
  'torch.as_strided': strided, 'torch.as_strided_scatter': scattered, 'torch.meshgrid': grids, 'torch.cartesian_prod': choices, 'torch.diff': difference,
  'torch.narrow': narrowed, 'torch.select': selected, 'torch.index_select': picked,
  'torch.triu': triangle((row, column, diagonal) => column - row >= diagonal), 'torch.tril': triangle((row, column, diagonal) => column - row <= diagonal),
};
