/** Matrix products. https://docs.pytorch.org/docs/stable/torch.html#blas-and-lapack-operations */
import * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../../shapes/values/dtype';
import { allocate, EXACT, isFloat } from '../elements';
import { EvaluationError } from '../errors';
import { numelOf, Value } from '../value';
import { binaryFloat, broadcastShapes, zip } from './broadcast';
import { compute, onBackend, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { expandTo, permute } from './strided';

/** Plain JavaScript, and every backend for products of vectors, adds one by one in single precision: over longer rows its error shows. Doubles are added here. */
const MAX_BACKEND_INNER = 512;
const FEW_RESULTS = 64;

/** Batches of matrices: (b, n, k) times (b, k, m). */
function batched(a: Value, b: Value, dtype: Dtype): Value {
  const [batch, n, k] = a.shape as [number, number, number];
  const m = b.shape[2] as number;
  const shape = [batch, n, m];
  const isExact = k > MAX_BACKEND_INNER && (tf.getBackend() === 'cpu' || n * m <= FEW_RESULTS);
  if (onBackend(a, b) && !isExact) return compute(shape, dtype, () => tf.matMul(a.tensor() as tf.Tensor3D, b.tensor() as tf.Tensor3D));
  const [x, y] = [a.host(), b.host()];
  const result = allocate(dtype, numelOf(shape));
  for (let i = 0; i < batch * n; i++) {
    const matrix = Math.floor(i / n) * k * m;
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += (x[i * k + l] as number) * (y[matrix + l * m + j] as number);
        // A partial sum that is not exact cannot be mended by a later one.
        if (!isFloat(dtype) && Math.abs(sum) > EXACT) throw new EvaluationError('beyond-2^53', `a product of ${dtype} matrices is beyond 2^53, where integers are not exact here`);
      }
      result[i * m + j] = sum;
    }
  }
  return Value.computed(result, shape, dtype);
}

/** https://docs.pytorch.org/docs/stable/generated/torch.matmul.html */
export function matmul(left: Value, right: Value, dtype: Dtype, shape: readonly number[]): Value {
  const a = left.shape.length === 1 ? left.reshaped([1, left.numel]) : left;
  const b = right.shape.length === 1 ? right.reshaped([right.numel, 1]) : right;
  const [n, k] = a.shape.slice(-2) as [number, number];
  const [rows, m] = b.shape.slice(-2) as [number, number];
  if (k !== rows) throw new EvaluationError('invalid-argument', `matrices of (${a.shape.join(', ')}) and (${b.shape.join(', ')}) do not multiply: ${k} against ${rows}`);
  // Many rows against one matrix are one product.
  if (b.shape.length === 2) return batched(a.reshaped([1, a.numel / Math.max(k, 1), k].map((size, i) => (i === 1 && k === 0 ? numelOf(a.shape.slice(0, -1)) : size))), b.reshaped([1, k, m]), dtype).reshaped(shape);
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const count = numelOf(batch);
  return batched(expandTo(a, [...batch, n, k]).reshaped([count, n, k]), expandTo(b, [...batch, k, m]).reshaped([count, k, m]), dtype).reshaped(shape);
}

const product = (left: readonly string[], right: readonly string[]): Kernel => ({ args, dtype, shape }) =>
  matmul(args.tensor(...left).to(dtype), args.tensor(...right).to(dtype), dtype, shape);

/** `input @ weight.T + bias`. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html */
const linear: Kernel = ({ args, dtype, shape }) => {
  const weight = args.tensor('weight').to(dtype);
  const turned = weight.shape.length === 2 ? permute(weight, [1, 0]) : weight;
  const result = matmul(args.tensor('input').to(dtype), turned, dtype, shape);
  const bias = args.optionalTensor('bias');
  return bias ? plus(result, bias.to(dtype), dtype) : result;
};

export function plus(a: Value, b: Value, dtype: Dtype): Value {
  const add = (x: number, y: number): number => x + y;
  return isFloat(dtype) ? binaryFloat(a, b, dtype, tf.add, add) : zip(a, b, dtype, dtype, add);
}

export function times(value: Value, factor: number, dtype: Dtype): Value {
  if (factor === 1) return value;
  const scalar = Value.filled(factor, [], dtype);
  const multiply = (x: number, y: number): number => x * y;
  return isFloat(dtype) ? binaryFloat(value, scalar, dtype, tf.mul, multiply) : zip(value, scalar, dtype, dtype, multiply);
}

/** `beta * input + alpha * (a @ b)`; with beta 0 the operand is not looked at. */
const addProduct = (left: string, right: string): Kernel => (call: KernelCall) => {
  const { args, dtype, shape } = call;
  const a = args.tensor(left).to(dtype);
  const b = args.tensor(right).to(dtype);
  const alpha = args.number('alpha', 1);
  const beta = args.number('beta', 1);
  const inner = [...a.shape.slice(0, -1), ...b.shape.slice(b.shape.length === 1 ? 1 : 0, -2), ...b.shape.slice(b.shape.length === 1 ? 1 : -1)];
  const result = times(matmul(a, b, dtype, a.shape.length === 3 ? shape : inner), alpha, dtype);
  return beta === 0 ? expandTo(result, shape) : plus(result, times(expandTo(args.tensor('input', 'self').to(dtype), shape), beta, dtype), dtype);
};

const outer: Kernel = ({ args, dtype, shape }) => {
  const a = args.tensor('input', 'self').to(dtype);
  const b = args.tensor('vec2', 'other').to(dtype);
  return matmul(a.reshaped([a.numel, 1]), b.reshaped([1, b.numel]), dtype, shape);
};

const matmulKernel = product(['input', 'self'], ['other', 'tensor2']);

export const MATMUL: KernelTable = {
  'torch.matmul': matmulKernel, 'torch.Tensor.__matmul__': matmulKernel, 'torch.linalg.matmul': matmulKernel,
  'torch.Tensor.__rmatmul__': product(['other'], ['input', 'self']),
  'torch.mm': product(['input', 'self'], ['mat2']), 'torch.bmm': product(['input', 'self'], ['mat2']),
  'torch.mv': product(['input', 'self'], ['vec']), 'torch.dot': product(['input', 'self'], ['tensor', 'other']), 'torch.vdot': product(['input', 'self'], ['other']),
  'torch.outer': outer, 'torch.ger': outer,
  'torch.nn.functional.linear': linear,
  'torch.addmm': addProduct('mat1', 'mat2'), 'torch.baddbmm': addProduct('batch1', 'batch2'), 'torch.addmv': addProduct('mat', 'vec'),
};
