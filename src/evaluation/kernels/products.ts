/** Products beyond those of two matrices. https://docs.pytorch.org/docs/stable/torch.html#blas-and-lapack-operations */
import { numelOf, type Value } from '../value';
import { dimOf } from './arguments';
import { broadcastShapes, combine, zip } from './broadcast';
import { fill, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { matmul, plus, times } from './matmul';
import { total } from './reduction';
import { concatenate, expandTo, narrow, permute } from './strided';

/** Sums over pairs of dims: the last `n` with the first `n`, or those that are named. https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html */
const tensordot: Kernel = (call) => {
  const { args, shape, dtype } = call;
  let [a, b] = [args.tensor('a').to(dtype), args.tensor('b').to(dtype)];
  const raw = args.raw('dims');
  const lists = Array.isArray(raw) ? (raw as readonly (readonly number[] | number)[]).map((each) => (typeof each === 'number' ? [each] : [...each])) : null;
  const n = lists ? 0 : args.int('dims', 2);
  const left = lists ? (lists[0] as number[]).map((dim) => dimOf(dim, a.shape.length)) : Array.from({ length: n }, (_, i) => a.shape.length - n + i);
  const right = lists ? (lists[1] as number[]).map((dim) => dimOf(dim, b.shape.length)) : Array.from({ length: n }, (_, i) => i);
  const rest = (value: Value, dims: readonly number[]): number[] => [...value.shape.keys()].filter((dim) => !dims.includes(dim));
  // A size of 1 is repeated to that of its partner.
  const repeated = (value: Value, dims: readonly number[], other: Value, partners: readonly number[]): Value =>
    expandTo(value, value.shape.map((size, dim) => (dims.includes(dim) ? Math.max(size, other.shape[partners[dims.indexOf(dim)] as number] as number) : size)));
  [a, b] = [repeated(a, left, b, right), repeated(b, right, a, left)];
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

export const PRODUCTS: KernelTable = {
  'torch.tensordot': tensordot, 'torch.kron': kron, 'torch.chain_matmul': chain('matrices'), 'torch.linalg.multi_dot': chain('tensors'), 'torch.inner': inner,
  'torch.addbmm': addbmm, 'torch.addr': addr, 'torch.linalg.cross': cross(-1), 'torch.cross': cross(null), 'torch.linalg.vecdot': vecdot, 'torch.nn.functional.bilinear': bilinear,
};
