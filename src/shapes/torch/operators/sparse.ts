/**
 * Sparse tensors: of the shape that they stand for, evaluated with their zeros. Which elements are stored is counted by
 * `nnz`, which depends on data unless the code says it. https://docs.pytorch.org/docs/stable/sparse.html
 */
import type { SparseParts, TensorValue } from '../../values/values';
import { bool, int } from '../../values/values';
import { add, constant } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult, ValueResult } from '../rule';
import { fresh, value } from '../common/results';
import { ONE, dimsOf, ranked, shapeOf } from '../common/shape';
import { show, showSize } from '../common/text';

/** `undefined`: every element has its place in memory. */
function stored(result: TensorResult, sparse: SparseParts | null | undefined): TensorResult {
  return { ...result, sparse };
}

/** How many elements a tensor has that are not 0. */
function countOf(input: TensorValue, context: RuleContext): SymInt {
  return context.fresh('nnz', `the number of stored elements of a sparse tensor of shape ${show(input)}`);
}

const coo: Rule = (args, context) => {
  const [indices, values, size] = [args.tensor('indices'), args.tensor('values'), args.ints('size')];
  const [sparseDim, nnz] = ranked('sparse_coo_tensor', 'indices', indices, [2], context) as [SymInt, SymInt];
  const stores = dimsOf(values, context);
  context.requireEqual(nnz, stores[0] ?? ONE, 'index-size-mismatch', () => `sparse_coo_tensor: ${showSize(nnz)} positions in indices ${show(indices)}, but ${showSize(stores[0] ?? ONE)} values in ${show(values)}`);
  const result = fresh(size, values.dtype);
  if (sparseDim.value === null) return stored(result, null);
  const [number, dense] = [sparseDim.value, stores.length - 1];
  if (number + dense !== size.length) context.fail('rank-mismatch', `sparse_coo_tensor: ${number} rows of indices and ${dense} dims of values make ${number + dense} dims, but the size ${show(shapeOf(size))} has ${size.length}`);
  return stored(result, { layout: 'torch.sparse_coo', nnz, sparseDim: number, dims: size, coalesced: false });
};

/** Rows (or columns) by where each begins in a list of the columns (or rows); torch does not check how many there are. */
const compressed = (name: 'csr' | 'csc', others: string): Rule => (args, context) => {
  const [indices, values, size] = [args.tensor(others), args.tensor('values'), args.ints('size')];
  const result = fresh(size, values.dtype);
  if (size.length !== 2 || dimsOf(indices, context).length !== 1) return stored(result, null);
  return stored(result, { layout: `torch.sparse_${name}`, nnz: dimsOf(indices, context)[0]!, sparseDim: 2, dims: size, coalesced: true });
};

/** The same elements, stored in another way. */
const converted = (layout: SparseParts['layout'] | null): Rule => (args, context) => {
  const input = args.tensor('input');
  const result = fresh(input.shape, input.dtype);
  const known = input.storage.sparse;
  if (known && layout !== null && known.layout === layout) return { ...result, viewOf: input };
  const dims = input.shape.rest ? null : input.shape.dims;
  if (layout === null || dims === null || args.has('layout') || args.has('dense_dim')) return stored(result, null);
  const sparseDim = args.optionalNumber('sparse_dim') ?? dims.length;
  return stored(result, { layout, nnz: known ? known.nnz : countOf(input, context), sparseDim, dims, coalesced: true });
};

const coalesce: Rule = (args, context) => {
  const input = args.tensor('input');
  const parts = input.storage.sparse;
  if (parts?.coalesced) return { ...fresh(input.shape, input.dtype), viewOf: input };
  return stored(fresh(input.shape, input.dtype), parts ? { ...parts, nnz: countOf(input, context), coalesced: true, dims: dimsOf(input, context) } : null);
};

/** How the tensor is stored; a transpose stores the same elements. */
function partsOf(name: string, args: BoundArguments, context: RuleContext, layouts: readonly SparseParts['layout'][]): SparseParts {
  const input = args.tensor('input');
  const parts = input.storage.sparse;
  if (parts === undefined) return context.unknown(`${name} of a tensor that is not known to be sparse`);
  const own = dimsOf(input, context);
  const isWhole = parts !== null && own.length === parts.dims.length && own.every((size) => parts.dims.some((each) => context.same(each, size)));
  const isTransposed = isWhole && !own.every((size, i) => context.same(size, parts.dims[i]!));
  if (!isWhole || (isTransposed && parts.layout !== 'torch.sparse_coo')) return context.unknown('how the elements of this sparse tensor are stored is not known');
  return layouts.includes(parts.layout) ? parts : context.fail('argument-mismatch', `${name} is for tensors of layout ${layouts.join(' or ')}; this one has ${parts.layout}`);
}

const COO = ['torch.sparse_coo'] as const;
const CSR = ['torch.sparse_csr'] as const;
const CSC = ['torch.sparse_csc'] as const;
const ALL = [...COO, ...CSR, ...CSC];

/** A member of a sparse tensor. */
const part = (name: string, layouts: readonly SparseParts['layout'][], result: (parts: SparseParts, input: TensorValue) => TensorResult | ValueResult, aliases: readonly string[] = []): OperationRow => ({
  name: `torch.Tensor.${name}`, signature: `${name}(input)`, ...(aliases.length > 0 ? { methods: aliases } : {}), explain: 'reads how a sparse tensor is stored',
  rule: (args, context) => {
    const found = result(partsOf(name, args, context, layouts), args.tensor('input'));
    return found.type === 'tensor' ? stored(found, undefined) : found;
  },
});

const method = (name: string, rule: Rule, signature = `${name}(input)`, explain = 'stores only what is not 0'): OperationRow => ({ name: `torch.Tensor.${name}`, signature, rule, explain });

export const rows: readonly OperationRow[] = [
  { name: 'torch._sparse_coo_tensor_unsafe', signature: '_sparse_coo_tensor_unsafe(indices, values, size)', rule: coo, explain: 'places the values at the indices, zeros elsewhere' },
  { name: 'torch._sparse_csr_tensor_unsafe', signature: '_sparse_csr_tensor_unsafe(crow_indices, col_indices, values, size)', rule: compressed('csr', 'col_indices'), explain: 'places the values row by row, zeros elsewhere' },
  { name: 'torch._sparse_csc_tensor_unsafe', signature: '_sparse_csc_tensor_unsafe(ccol_indices, row_indices, values, size)', rule: compressed('csc', 'row_indices'), explain: 'places the values column by column, zeros elsewhere' },
  { ...method('to_sparse', converted('torch.sparse_coo')), signature: ['to_sparse(input, sparse_dim: int)', 'to_sparse(input, *, layout=None, blocksize=None, dense_dim=None, sparse_dim=None)'] },
  method('to_sparse_coo', converted('torch.sparse_coo')),
  method('to_sparse_csr', converted('torch.sparse_csr'), 'to_sparse_csr(input, dense_dim=None)'), method('to_sparse_csc', converted('torch.sparse_csc'), 'to_sparse_csc(input, dense_dim=None)'),
  method('to_sparse_bsr', converted(null), 'to_sparse_bsr(input, blocksize, dense_dim=None)'), method('to_sparse_bsc', converted(null), 'to_sparse_bsc(input, blocksize, dense_dim=None)'),
  method('to_dense', (args) => stored(fresh(args.tensor('input').shape, args.optionalDtype('dtype') ?? args.tensor('input').dtype), undefined), 'to_dense(input, dtype=None, *, masked_grad=True)', 'fills in the zeros'),
  method('coalesce', coalesce, 'coalesce(input)', 'adds up what is stored twice'),
  method('sparse_mask', (args) => stored(fresh(args.tensor('input').shape, args.tensor('input').dtype), args.tensor('mask').storage.sparse ?? null), 'sparse_mask(input, mask)', 'keeps what the mask stores'),
  part('indices', COO, ({ sparseDim, nnz }) => fresh([constant(sparseDim), nnz], 'int64'), ['_indices']),
  part('values', ALL, ({ sparseDim, nnz, dims }, input) => fresh([nnz, ...dims.slice(sparseDim)], input.dtype), ['_values']),
  part('crow_indices', CSR, ({ dims }) => fresh([add(dims[0]!, ONE)], 'int64')), part('col_indices', CSR, ({ nnz }) => fresh([nnz], 'int64')),
  part('ccol_indices', CSC, ({ dims }) => fresh([add(dims[1]!, ONE)], 'int64')), part('row_indices', CSC, ({ nnz }) => fresh([nnz], 'int64')),
  part('_nnz', ALL, ({ nnz }) => value(int(nnz))), part('sparse_dim', ALL, ({ sparseDim }) => value(int(constant(sparseDim)))),
  part('dense_dim', ALL, ({ sparseDim, dims }) => value(int(constant(dims.length - sparseDim)))),
  part('is_coalesced', COO, ({ coalesced }) => value(bool(coalesced ? true : null))),
  { name: 'torch.Tensor.is_sparse', signature: 'is_sparse(input)', properties: ['is_sparse'], rule: (args) => value(bool(isStored(args.tensor('input'), COO))) },
  { name: 'torch.Tensor.is_sparse_csr', signature: 'is_sparse_csr(input)', properties: ['is_sparse_csr'], rule: (args) => value(bool(isStored(args.tensor('input'), CSR))) },
];

/** Whether it is stored in such a way: not known of what operations made of a sparse tensor. */
function isStored({ storage }: TensorValue, layouts: readonly SparseParts['layout'][]): boolean | null {
  return storage.sparse === null ? null : storage.sparse !== undefined && layouts.includes(storage.sparse.layout);
}
