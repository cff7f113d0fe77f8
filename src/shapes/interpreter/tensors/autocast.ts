/**
 * What `torch.autocast('cpu')` does: some operations compute in a lower dtype, some in float32, whatever their tensors of
 * floats are; the others take these as they come. On another device it does nothing to tensors, which are all on the CPU here.
 * https://docs.pytorch.org/docs/stable/amp.html#cpu-op-specific-behavior
 */
import type { Span } from '../../python/ast';
import type { Operation } from '../../torch/registry';
import type { Dtype } from '../../values/dtype';
import { NONE, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { applyTorch } from './apply';

const F = 'torch.nn.functional.';
const named = (prefix: string, names: string): string[] => names.split(' ').map((name) => prefix + name);

const LOWER: ReadonlySet<string> = new Set([
  ...named('torch.', 'mm bmm addmm addbmm baddbmm matmul inner tensordot chain_matmul matrix_power einsum lstm rnn_tanh rnn_relu'),
  ...named('torch.linalg.', 'vecdot multi_dot matrix_power'),
  ...named(F, 'linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d conv_tbc prelu scaled_dot_product_attention multi_head_attention_forward'),
]);
const FULL: ReadonlySet<string> = new Set([
  ...named('torch.', 'prod quantile nanquantile stft cdist trace polar view_as_complex cholesky cholesky_inverse cholesky_solve pinverse'),
  ...named('torch.linalg.', 'cond matrix_rank solve cholesky svdvals eigvals eigvalsh inv householder_product tensorinv tensorsolve qr eig eigh lstsq'),
  ...named(F, 'avg_pool3d max_pool3d adaptive_avg_pool3d max_unpool2d max_unpool3d grid_sample mse_loss l1_loss smooth_l1_loss huber_loss cross_entropy nll_loss kl_div ctc_loss'),
  ...named(F, 'binary_cross_entropy binary_cross_entropy_with_logits cosine_embedding_loss hinge_embedding_loss poisson_nll_loss margin_ranking_loss soft_margin_loss triplet_margin_loss multi_margin_loss multilabel_margin_loss'),
]);
/** Of the paddings, those that repeat what is there. */
const PADDED: ReadonlySet<string> = new Set(['reflect', 'replicate']);

/** The dtype that an operation's tensors of floats are converted to; undefined: they are taken as they are. */
function dtypeFor(m: Machine, { name, writes, reshapes }: Operation, args: readonly Value[], keywords: Keywords): Dtype | null | undefined {
  // What writes into a tensor that is there is not converted.
  if (m.autocast.kind === 'None' || writes !== null || reshapes || keywords.has('out')) return undefined;
  if (name === 'torch.einsum' && !contracts(args[0])) return undefined;
  if (LOWER.has(name)) return m.autocast.kind === 'dtype' ? m.autocast.value : null;
  if (FULL.has(name) || name.startsWith('torch.fft.')) return 'float32';
  const mode = name === `${F}pad` ? args[2] ?? keywords.get('mode') : undefined;
  return mode?.kind === 'str' && PADDED.has(mode.value ?? '') ? 'float32' : undefined;
}

/** Whether an equation sums over a letter that two operands have; else it is a product of elements. */
function contracts(equation: Value | undefined): boolean {
  const [inputs, output] = (equation?.kind === 'str' ? equation.value ?? '' : '').replace(/\s/g, '').split('->');
  const parts = inputs!.split(',');
  const shared = [...new Set(inputs!.match(/[a-z]/gi))].filter((letter) => parts.filter((part) => part.includes(letter)).length > 1);
  return shared.some((letter) => output === undefined || !output.includes(letter));
}

/** The operands as an operation gets them under autocast; null where it is not known whether they are converted. */
export function underAutocast(m: Machine, operation: Operation, args: readonly Value[], keywords: Keywords, span: Span): { readonly args: readonly Value[]; readonly keywords: Keywords } | null {
  const dtype = dtypeFor(m, operation, args, keywords);
  if (dtype === null) return null;
  if (dtype === undefined) return { args, keywords };
  const convert = (value: Value): Value => {
    if ((value.kind === 'list' || value.kind === 'tuple') && value.items) return { ...value, items: value.items.map(convert) };
    const isConverted = value.kind === 'Tensor' && value.dtype !== dtype && (value.dtype === 'float32' || value.dtype === 'float16' || value.dtype === 'bfloat16');
    return isConverted ? applyTorch(m, 'torch.Tensor.to', [value, { kind: 'dtype', value: dtype }], new Map(), span) : value;
  };
  return { args: args.map(convert), keywords: new Map([...keywords].map(([name, value]) => [name, convert(value)])) };
}

/** `torch._C._autocast(device_type, dtype, enabled)`: from now on. @returns what was before */
export function enterAutocast(m: Machine, [device, dtype, enabled]: readonly Value[]): Value {
  const before = m.autocast;
  const isCpu = device?.kind === 'str' && device.value !== null ? device.value === 'cpu' : null;
  const isOn = enabled?.kind === 'bool' ? enabled.value : null;
  if (isCpu !== false) m.heap.assign(m, 'autocast', isOn === false ? NONE : isOn && isCpu && dtype ? dtypeOf(dtype) : unknown('whether autocast is on is not known'));
  return before;
}

const dtypeOf = (given: Value): Value => (given.kind === 'None' ? { kind: 'dtype', value: 'bfloat16' } : given);

/** `torch._C._restore_autocast(before)` */
export function restoreAutocast(m: Machine, [before]: readonly Value[]): Value {
  m.heap.assign(m, 'autocast', before ?? NONE);
  return NONE;
}
