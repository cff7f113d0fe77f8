/** Which operations are computed on complex values, and how an operation's name finds its kernel. */
import { canonical, findKernel } from '../index';
import type { Kernel, KernelTable } from '../kernel';
import { EIGENVALUES } from '../factorizations';
import { COMPLEX_ARITHMETIC } from './arithmetic';
import { COMPLEX_COMPOSED } from './composed';
import { COMPLEX_FACTORIZATIONS } from './factorizations';
import { COMPLEX_FUNCTIONS } from './functions';
import { FOURIER } from './fourier';
import { COMPLEX_LINEAR_ALGEBRA } from './linearAlgebra';
import { MULTILINEAR } from './multilinear';
import { partwise } from './parts';

/** Linear in the operands, or only moving their elements: the same for the real and the imaginary part. */
const PARTWISE: ReadonlySet<string> = new Set([
  'torch.reshape', 'torch.Tensor.view', 'torch.Tensor.view_as', 'torch.Tensor.reshape_as', 'torch.flatten', 'torch.unflatten', 'torch.unsqueeze', 'torch.squeeze', 'torch.ravel',
  'torch.Tensor.contiguous', 'torch.clone', 'torch.detach', 'torch.Tensor.detach', 'torch.Tensor.cpu', 'torch.Tensor.cuda', 'torch.positive', 'torch.alias', 'torch.nn.Parameter', 'torch.resolve_neg',
  'torch.permute', 'torch.transpose', 'torch.swapdims', 'torch.swapaxes', 'torch.t', 'torch.Tensor.T', 'torch.Tensor.mT', 'torch.movedim', 'torch.moveaxis', 'torch.Tensor.expand', 'torch.Tensor.expand_as', 'torch.broadcast_to',
  'torch.flip', 'torch.fliplr', 'torch.flipud', 'torch.roll', 'torch.Tensor.repeat', 'torch.tile', 'torch.repeat_interleave', 'torch.as_strided', 'torch.as_strided_scatter', 'torch.Tensor.unfold', 'torch.diagonal', 'torch.narrow', 'torch.select',
  'torch.split', 'torch.split_with_sizes', 'torch.chunk', 'torch.tensor_split', 'torch.unbind', 'torch.cat', 'torch.concat', 'torch.concatenate', 'torch.stack', 'torch.hstack', 'torch.vstack', 'torch.dstack', 'torch.column_stack',
  'torch.Tensor.__getitem__', 'torch.Tensor.__setitem__', 'torch.gather', 'torch.index_select', 'torch.take_along_dim', 'torch.fft.fftshift', 'torch.fft.ifftshift',
  'torch.sum', 'torch.mean', 'torch.cumsum', 'torch.neg', 'torch.negative', 'torch.add', 'torch.sub', 'torch.diag', 'torch.tril', 'torch.triu', 'torch.zeros', 'torch.zeros_like', 'torch.empty', 'torch.empty_like', 'torch.trace', 'torch.diff',
  'torch.as_strided_copy', 'torch.squeeze_copy', 'torch.unsqueeze_copy', 'torch.transpose_copy', 'torch.permute_copy', 'torch.view_copy', 'torch.unbind_copy', 'torch.unfold_copy', 'torch.expand_copy', 'torch.t_copy', 'torch.diagonal_copy', 'torch.split_copy', 'torch.select_copy', 'torch.slice_copy', 'torch.alias_copy', 'torch.detach_copy', 'torch.narrow_copy', 'torch.channel_shuffle', 'torch.nn.functional.channel_shuffle',
  'torch.block_diag', 'torch.cartesian_prod', 'torch.combinations', 'torch.diagonal_scatter', 'torch.index_add', 'torch.index_put', 'torch.index_copy', 'torch.put', 'torch.take', 'torch.rot90', 'torch.slice_scatter', 'torch.select_scatter', 'torch.scatter_add',
  'torch.hsplit', 'torch.vsplit', 'torch.dsplit', 'torch.unsafe_split', 'torch.unsafe_chunk', 'torch.atleast_1d', 'torch.atleast_2d', 'torch.atleast_3d', 'torch.broadcast_tensors', 'torch.meshgrid', 'torch.diag_embed', 'torch.diagflat', 'torch.masked_select', 'torch.masked_scatter', 'torch.where',
  'torch.pixel_shuffle', 'torch.pixel_unshuffle', 'torch.nn.functional.pixel_shuffle', 'torch.nn.functional.pixel_unshuffle', 'torch.nn.functional.unfold', 'torch.nn.functional.fold', 'torch.nansum',
  'torch.full', 'torch.full_like', 'torch.Tensor.new_full', 'torch.fill', 'torch.Tensor.fill_', 'torch.Tensor.new_zeros', 'torch.Tensor.zero_', 'torch.Tensor.new_empty', 'torch.Tensor.new_empty_strided', 'torch.empty_strided', 'torch.empty_permuted', 'torch.Tensor.resize_', 'torch.Tensor.resize_as_',
  'torch.nn.functional.pad', 'torch.constant_pad_nd', 'torch.masked_fill', 'torch.index_fill', 'torch.scatter', 'torch.Tensor.sum_to_size', 'torch.split_with_sizes_copy', 'torch.unflatten', 'torch.Tensor.copy_',
  ...['dropout', 'dropout1d', 'dropout2d', 'dropout3d', 'alpha_dropout', 'feature_alpha_dropout'].map((name) => `torch.nn.functional.${name}`),
]);

const KERNELS: KernelTable = { ...MULTILINEAR, ...COMPLEX_COMPOSED, ...COMPLEX_ARITHMETIC, ...COMPLEX_FUNCTIONS, ...FOURIER, ...EIGENVALUES, ...COMPLEX_LINEAR_ALGEBRA, ...COMPLEX_FACTORIZATIONS };

/** null: complex values are not computed there. */
export function complexKernel(op: string): Kernel | null {
  const name = canonical(op);
  const own = KERNELS[name] ?? KERNELS[op];
  if (own) return own;
  const plain = PARTWISE.has(name) || PARTWISE.has(op) ? findKernel(op) : null;
  return plain && partwise(plain);
}
