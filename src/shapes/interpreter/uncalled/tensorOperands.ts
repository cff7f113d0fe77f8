/** Operands beside `input` that are tensors wherever they are given, and how many dims some of them have. Names are those of torch's signatures. */
import { demandRank, parameterOf, restOf } from './demands';
import type { Machine } from '../machine';
import type { Value } from '../../values/values';

const TENSORS: ReadonlySet<string> = new Set((
  'condition mask attn_mask key_padding_mask index indices src source weight weights bias running_mean running_var mat1 mat2 vec vec1 vec2 batch1 batch2 '
  + 'tensor tensor1 tensor2 x1 x2 input1 input2 query key grid theta boundaries sorted_sequence real imag abs angle a b A B'
).split(' '));
/** Operations that take a number, or ints, under one of those names. */
const OTHERWISE: Readonly<Record<string, RegExp>> = {
  index: /^torch\.(?:select|Tensor\.__[gs]etitem__$)/,
  source: /^torch\.movedim$/,
  weight: /^torch\.lerp$/,
};
/** Operations that want a tensor where others take a number too. */
const WANTED: Readonly<Record<string, RegExp>> = {
  other: /^torch\.(?:matmul|inner|vdot|kron|cross|linalg\.cross|isclose|maximum|minimum|f(?:max|min)|logaddexp2?|Tensor\.\w+_as_?)$/,
  value: /^torch\.nn\.functional\.(?:scaled_dot_product_attention|multi_head_attention_forward)$/,
  end: /^torch\.lerp$/,
};

const MATRIX = 2;
const VECTOR = 1;
const ofConvolution = (dims: number): Readonly<Record<string, number>> => ({ weight: dims + 2, bias: VECTOR });
const RANKS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'torch.nn.functional.linear': { weight: MATRIX, bias: VECTOR },
  'torch.nn.functional.embedding': { weight: MATRIX },
  'torch.mm': { mat2: MATRIX }, 'torch.addmm': { mat1: MATRIX, mat2: MATRIX }, 'torch.sspaddmm': { mat1: MATRIX, mat2: MATRIX },
  'torch.mv': { input: MATRIX, vec: VECTOR }, 'torch.addmv': { mat: MATRIX, vec: VECTOR },
  'torch.dot': { input: VECTOR, tensor: VECTOR }, 'torch.vdot': { input: VECTOR, other: VECTOR },
  'torch.outer': { input: VECTOR, vec2: VECTOR }, 'torch.addr': { vec1: VECTOR, vec2: VECTOR },
  'torch.bmm': { input: 3, mat2: 3 }, 'torch.baddbmm': { batch1: 3, batch2: 3 }, 'torch.addbmm': { batch1: 3, batch2: 3 },
  'torch.index_select': { index: VECTOR }, 'torch.index_add': { index: VECTOR }, 'torch.index_copy': { index: VECTOR }, 'torch.index_fill': { index: VECTOR },
  'torch.nn.functional.bilinear': { weight: 3, bias: VECTOR },
  ...Object.fromEntries([1, 2, 3].flatMap((dims) => ['torch.conv', 'torch.nn.functional.conv', 'torch.conv_transpose', 'torch.nn.functional.conv_transpose'].map((name) => [`${name}${dims}d`, ofConvolution(dims)]))),
};

function isTensor(operation: string, parameter: string): boolean {
  return TENSORS.has(parameter) ? !OTHERWISE[parameter]?.test(operation) : WANTED[parameter]?.test(operation) === true;
}

/** What they are is known by the operation alone, whatever else is. Returns which they are. */
export function demandTensorOperands(m: Machine, operation: string, bound: ReadonlyMap<string, Value>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [name, value] of bound) {
    if (!isTensor(operation, name)) continue;
    found.add(name);
    parameterOf(value)?.become('tensor');
  }
  for (const [name, rank] of Object.entries(RANKS[operation] ?? {})) {
    const value = bound.get(name);
    // Something else says as much, and its sizes besides.
    if (value && value.kind !== 'None' && restOf(m, value)?.shape.parameter.proposal?.rank !== rank) demandRank(m, value, rank);
  }
  return found;
}
