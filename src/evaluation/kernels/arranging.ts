/** Tensors made of parts of others: diagonals, products of sets, copies of views. https://docs.pytorch.org/docs/stable/torch.html */
import { allocate } from '../elements';
import { numelOf, stridesOf, Value } from '../value';
import { dimOf } from './arguments';
import { broadcastShapes, combine, zip } from './broadcast';
import { asValue, fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { matmul, plus, times } from './matmul';
import { MOVEMENT } from './movement';
import { total } from './reduction';
import { concatenate, copyStrided, expandTo, narrow, permute } from './strided';

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

/** Sums over pairs of dims: the last `n` with the first `n`, or those that are named. https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html */
const tensordot: Kernel = (call) => {
  const { args, shape, dtype } = call;
  const [a, b] = [args.tensor('a').to(dtype), args.tensor('b').to(dtype)];
  const raw = args.raw('dims');
  const lists = Array.isArray(raw) ? (raw as readonly (readonly number[] | number)[]).map((each) => (typeof each === 'number' ? [each] : [...each])) : null;
  const n = lists ? 0 : args.int('dims', 2);
  const left = lists ? (lists[0] as number[]).map((dim) => dimOf(dim, a.shape.length)) : Array.from({ length: n }, (_, i) => a.shape.length - n + i);
  const right = lists ? (lists[1] as number[]).map((dim) => dimOf(dim, b.shape.length)) : Array.from({ length: n }, (_, i) => i);
  const rest = (value: Value, dims: readonly number[]): number[] => [...value.shape.keys()].filter((dim) => !dims.includes(dim));
  if (left.some((dim, i) => a.shape[dim] !== b.shape[right[i] as number])) throw unsupported(call, 'dims of size 1 that broadcast');
  const inner = numelOf(left.map((dim) => a.shape[dim] as number));
  const x = permute(a, [...rest(a, left), ...left]);
  const y = permute(b, [...right, ...rest(b, right)]);
  const [rows, columns] = [a.numel / Math.max(1, inner), b.numel / Math.max(1, inner)];
  return matmul(x.reshaped([rows, inner]), y.reshaped([inner, columns]), dtype, [rows, columns]).reshaped(shape);
};

const kron: Kernel = ({ args, shape, dtype }) => {
  const rank = shape.length;
  const padded = (value: Value): number[] => [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape];
  const [a, b] = [args.tensor('input').to(dtype), args.tensor('other').to(dtype)];
  const [x, y] = [padded(a), padded(b)];
  return zip(a.reshaped(x.flatMap((size) => [size, 1])), b.reshaped(y.flatMap((size) => [1, size])), dtype, dtype, (p, q) => p * q).reshaped(shape);
};

const chain = (name: string): Kernel => ({ args, shape, dtype }) => {
  const [first, ...others] = args.tensors(name).map((value) => value.to(dtype));
  const product = others.reduce((left, right) => {
    const inner = left.shape.length === 1 ? [] : left.shape.slice(0, -1);
    return matmul(left, right, dtype, [...inner, ...(right.shape.length === 1 ? [] : right.shape.slice(1))]);
  }, first as Value);
  return product.reshaped(shape);
};

/** Over the last dims of both. */
const inner: Kernel = ({ args, shape, dtype }) => {
  const [a, b] = [args.tensor('input').to(dtype), args.tensor('other').to(dtype)];
  if (a.shape.length === 0 || b.shape.length === 0) return zip(a, b, dtype, dtype, (x, y) => x * y).reshaped(shape);
  const length = a.shape.at(-1) as number;
  return matmul(a.reshaped([a.numel / length, length]), permute(b.reshaped([b.numel / length, length]), [1, 0]), dtype, [a.numel / length, b.numel / length]).reshaped(shape);
};

/** `beta * input + alpha * product`. */
function addScaled({ args, shape, dtype }: KernelCall, product: Value): Value {
  const scaled = times(product, args.number('alpha', 1), dtype);
  const beta = args.number('beta', 1);
  return beta === 0 ? scaled : plus(scaled, times(expandTo(args.tensor('input').to(dtype), shape), beta, dtype), dtype);
}

const addbmm: Kernel = (call) => {
  const [a, b] = [call.args.tensor('batch1').to(call.dtype), call.args.tensor('batch2').to(call.dtype)];
  const [batch, n, k] = a.shape as [number, number, number];
  // The sum of the products is one product of what is laid side by side.
  return addScaled(call, matmul(permute(a, [1, 0, 2]).reshaped([n, batch * k]), b.reshaped([batch * k, b.shape[2] as number]), call.dtype, call.shape));
};

const addr: Kernel = (call) => {
  const [a, b] = [call.args.tensor('vec1').to(call.dtype), call.args.tensor('vec2').to(call.dtype)];
  return addScaled(call, matmul(a.reshaped([a.numel, 1]), b.reshaped([1, b.numel]), call.dtype, call.shape));
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

/** Vectors on diagonals of matrices: `dim1` and `dim2` are the matrices' dims in the result. */
function embedDiagonal(input: Value, shape: readonly number[], offset: number, dim1: number, dim2: number): Value {
  const rank = shape.length;
  const [first, second] = [dimOf(dim1, rank), dimOf(dim2, rank)];
  const strides = stridesOf(shape);
  const kept = [...shape.keys()].filter((dim) => dim !== first && dim !== second);
  const result = allocate(input.dtype, numelOf(shape));
  const length = input.shape.at(-1) ?? 1;
  const start = offset >= 0 ? offset * (strides[second] as number) : -offset * (strides[first] as number);
  const own = stridesOf(kept.map((dim) => shape[dim] as number));
  input.host().forEach((x: number, i: number) => {
    const row = Math.floor(i / length);
    const base = kept.reduce((sum, dim, k) => sum + Math.floor(row / (own[k] as number)) % (shape[dim] as number) * (strides[dim] as number), start);
    result[base + (i % length) * ((strides[first] as number) + (strides[second] as number))] = x;
  });
  return Value.of(result, shape, input.dtype);
}

const diagEmbed: Kernel = ({ args, shape }) => embedDiagonal(args.tensor('input'), shape, args.int('offset', 0), args.int('dim1', -2), args.int('dim2', -1));
const diagflat: Kernel = ({ args, shape }) => { const input = args.tensor('input'); return embedDiagonal(input.reshaped([input.numel]), shape, args.int('offset', 0), 0, 1); };

/** A vector to a matrix, a matrix to its diagonal. */
const diag: Kernel = ({ args, shape }) => {
  const input = args.tensor('input');
  const offset = args.int('diagonal', 0);
  if (input.shape.length === 1) return embedDiagonal(input, shape, offset, 0, 1);
  const columns = input.shape[1] as number;
  return copyStrided(input, shape, [columns + 1], offset >= 0 ? offset : -offset * columns);
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

/** Of vectors of three along a dim; without one the first of size 3. https://docs.pytorch.org/docs/stable/generated/torch.cross.html */
const cross = (otherwise: number | null): Kernel => (call) => {
  const { args, shape, dtype } = call;
  const dim = args.optionalInt('dim') ?? otherwise ?? shape.indexOf(3);
  const at = dimOf(dim, shape.length);
  const parts = ['input', 'other'].map((name) => {
    const value = expandTo(args.tensor(name).to(dtype), shape);
    return [0, 1, 2].map((i) => narrow(value, at, i, 1));
  }) as [Value[], Value[]];
  const results = [0, 1, 2].map((i) => {
    const [j, k] = [(i + 1) % 3, (i + 2) % 3];
    const operands = [parts[0][j], parts[1][k], parts[0][k], parts[1][j]] as Value[];
    return combine(operands, (operands[0] as Value).shape, dtype, dtype, (a, b, c, d) => (a as number) * (b as number) - (c as number) * (d as number));
  });
  return concatenate(results, at, shape);
};

const vecdot: Kernel = ({ args, shape, dtype }) => {
  const [x, y] = [args.tensor('x').to(dtype), args.tensor('y').to(dtype)];
  const common = broadcastShapes(x.shape, y.shape);
  const dim = dimOf(args.int('dim', -1), common.length);
  const products = zip(expandTo(x, common), expandTo(y, common), dtype, dtype, (a, b) => a * b);
  const rows = permute(products, [...[...common.keys()].filter((each) => each !== dim), dim]).host();
  const length = common[dim] as number;
  return fill(shape, dtype, (i) => total(rows.subarray(i * length, (i + 1) * length)));
};

/** x1ᵀ A x2 for each output. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html */
const bilinear: Kernel = ({ args, shape, dtype }) => {
  const [a, b, weight] = ['input1', 'input2', 'weight'].map((name) => args.tensor(name).to(dtype)) as [Value, Value, Value];
  const [out, left, right] = weight.shape as [number, number, number];
  const rows = a.numel / left;
  const products = matmul(a.reshaped([rows, left]), permute(weight, [1, 0, 2]).reshaped([left, out * right]), dtype, [rows, out * right]).host();
  const second = b.host();
  const result = fill(shape, dtype, (i) => {
    const [row, to] = [Math.floor(i / out), i % out];
    let sum = 0;
    for (let k = 0; k < right; k++) sum += (products[(row * out + to) * right + k] as number) * (second[row * right + k] as number);
    return sum;
  });
  const bias = args.optionalTensor('bias');
  return bias ? plus(result, bias.to(dtype), dtype) : result;
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
  'torch.tensordot': tensordot, 'torch.kron': kron, 'torch.chain_matmul': chain('matrices'), 'torch.linalg.multi_dot': chain('tensors'), 'torch.inner': inner,
  'torch.addbmm': addbmm, 'torch.addr': addr, 'torch.rot90': rot90, 'torch.diag': diag, 'torch.diag_embed': diagEmbed, 'torch.diagflat': diagflat,
  'torch.Tensor.sum_to_size': sumToSize, 'torch.linalg.cross': cross(-1), 'torch.cross': cross(null), 'torch.linalg.vecdot': vecdot, 'torch.nn.functional.bilinear': bilinear,
  'torch.diff': diff, 'torch.column_stack': stacked(1, asColumns), 'torch.dstack': stacked(2, atLeast3),
  'torch.hsplit': splitAlong((rank) => (rank === 1 ? 0 : 1)), 'torch.vsplit': splitAlong(() => 0), 'torch.dsplit': splitAlong(() => 2),
  'torch.fill': filled, 'torch.Tensor.H': MOVEMENT['torch.Tensor.mT'] as Kernel, 'torch.Tensor.resize_': resize, 'torch.Tensor.resize_as_': resize,
};
