/** Diagonals of matrices, and matrices made of them. https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html */
import { allocate } from '../elements';
import { numelOf, stridesOf, Value } from '../value';
import { dimOf } from './arguments';
import type { Kernel, KernelTable } from './kernel';
import { copyStrided } from './strided';

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

export const DIAGONALS: KernelTable = { 'torch.diag': diag, 'torch.diag_embed': diagEmbed, 'torch.diagflat': diagflat };
