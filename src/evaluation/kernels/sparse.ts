/** Sparse tensors, computed with all of their zeros. https://docs.pytorch.org/docs/stable/sparse.html */
import { allocate } from '../elements';
import { numelOf, stridesOf, Value } from '../value';
import { MOVEMENT } from './movement';
import { wrapIndex } from './subscript';
import type { Kernel, KernelCall, KernelTable } from './kernel';

/** Adds up rows of values (each of `width` elements) at the places that the call's positions say. */
function placed({ shape, dtype }: KernelCall, values: Value, placeOf: (i: number) => number, width: number): Value {
  const result = allocate(dtype, numelOf(shape));
  values.hostAs(dtype).forEach((x: number, i: number) => {
    const at = placeOf(Math.floor(i / width)) * width + (i % width);
    result[at] = (result[at] as number) + x;
  });
  return Value.of(result, shape, dtype);
}

const coo: Kernel = (call) => {
  const { args, shape } = call;
  const indices = args.tensor('indices');
  const [rank, count] = indices.shape as [number, number];
  const positions = indices.host();
  const strides = stridesOf(shape.slice(0, rank));
  const placeOf = (i: number): number => strides.reduce((at, stride, dim) => at + wrapIndex(positions[dim * count + i] as number, shape[dim] as number, dim) * stride, 0);
  return placed(call, args.tensor('values'), placeOf, numelOf(shape.slice(rank)));
};

/** The stored elements of one line after another, each line's beginning and end told by its pointers. */
const compressed = (pointers: string, others: string, byRows: boolean): Kernel => (call) => {
  const { args, shape } = call;
  const [starts, positions] = [args.tensor(pointers).host(), args.tensor(others).host()];
  const columns = shape[1] as number;
  let line = 0;
  return placed(call, args.tensor('values'), (i) => {
    while (i >= (starts[line + 1] as number)) line++;
    return byRows ? line * columns + (positions[i] as number) : (positions[i] as number) * columns + line;
  }, 1);
};

const same = MOVEMENT['torch.clone'] as Kernel;

export const SPARSE: KernelTable = {
  'torch._sparse_coo_tensor_unsafe': coo,
  'torch._sparse_csr_tensor_unsafe': compressed('crow_indices', 'col_indices', true),
  'torch._sparse_csc_tensor_unsafe': compressed('ccol_indices', 'row_indices', false),
  ...Object.fromEntries(['to_sparse', 'to_sparse_coo', 'to_sparse_csr', 'to_sparse_csc', 'to_sparse_bsr', 'to_sparse_bsc', 'to_dense', 'coalesce'].map((name) => [`torch.Tensor.${name}`, same])),
};
