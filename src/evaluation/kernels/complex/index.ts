/** Which operations are computed on complex values, and how an operation's name finds its kernel. */
import { canonical, findKernel } from '../index';
import type { Kernel, KernelTable } from '../kernel';
import { COMPLEX_ARITHMETIC } from './arithmetic';
import { FOURIER } from './fourier';
import { partwise } from './parts';

/** Linear in the operands, or only moving their elements: the same for the real and the imaginary part. */
const PARTWISE: ReadonlySet<string> = new Set([
  'torch.reshape', 'torch.Tensor.view', 'torch.Tensor.view_as', 'torch.Tensor.reshape_as', 'torch.flatten', 'torch.unflatten', 'torch.unsqueeze', 'torch.squeeze', 'torch.ravel',
  'torch.Tensor.contiguous', 'torch.clone', 'torch.detach', 'torch.Tensor.detach', 'torch.Tensor.cpu', 'torch.Tensor.cuda', 'torch.positive', 'torch.alias', 'torch.nn.Parameter', 'torch.resolve_neg',
  'torch.permute', 'torch.transpose', 'torch.swapdims', 'torch.swapaxes', 'torch.t', 'torch.Tensor.T', 'torch.Tensor.mT', 'torch.movedim', 'torch.moveaxis', 'torch.Tensor.expand', 'torch.Tensor.expand_as', 'torch.broadcast_to',
  'torch.flip', 'torch.fliplr', 'torch.flipud', 'torch.roll', 'torch.Tensor.repeat', 'torch.tile', 'torch.repeat_interleave', 'torch.as_strided', 'torch.as_strided_scatter', 'torch.Tensor.unfold', 'torch.diagonal', 'torch.narrow', 'torch.select',
  'torch.split', 'torch.split_with_sizes', 'torch.chunk', 'torch.tensor_split', 'torch.unbind', 'torch.cat', 'torch.concat', 'torch.concatenate', 'torch.stack', 'torch.hstack', 'torch.vstack', 'torch.dstack', 'torch.column_stack',
  'torch.Tensor.__getitem__', 'torch.gather', 'torch.index_select', 'torch.take_along_dim', 'torch.fft.fftshift', 'torch.fft.ifftshift',
  'torch.sum', 'torch.mean', 'torch.cumsum', 'torch.neg', 'torch.negative', 'torch.add', 'torch.sub', 'torch.diag', 'torch.tril', 'torch.triu', 'torch.zeros', 'torch.zeros_like', 'torch.empty', 'torch.empty_like', 'torch.trace', 'torch.diff',
]);

const KERNELS: KernelTable = { ...COMPLEX_ARITHMETIC, ...FOURIER };

/** null: complex values are not computed there. */
export function complexKernel(op: string): Kernel | null {
  const name = canonical(op);
  const own = KERNELS[name] ?? KERNELS[op];
  if (own) return own;
  const plain = PARTWISE.has(name) || PARTWISE.has(op) ? findKernel(op) : null;
  return plain && partwise(plain);
}
