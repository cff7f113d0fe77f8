/** Other dtypes, devices and copies: https://docs.pytorch.org/docs/stable/tensors.html */
import { DTYPE_NAMES, isIntegral } from '../dtypes';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, RuleResult } from '../rule';
import type { TensorValue } from '../../values/values';
import { requireBroadcastTo } from '../common/broadcast';
import { isContiguous, preservedStrides } from '../common/layout';
import { fresh, itself } from '../common/results';
import { show } from '../common/text';

/** The tensor itself where it has the dtype already. */
export function converted(input: TensorValue, dtype: Dtype | null, context: RuleContext): RuleResult {
  if (dtype !== null && dtype === input.dtype) return itself(input);
  const strides = preservedStrides(input, context);
  return input.dtype === null || dtype === null ? { type: 'tensor', shape: input.shape, dtype, maybeViewOf: input } : fresh(input.shape, dtype, strides);
}

/** `to(dtype)`, `to(device)`, `to(device, dtype)`, `to(other)`. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to.html */
const to: Rule = (args, context) => {
  const input = args.tensor('input');
  const given = [args.value('dtype'), args.value('device'), args.value('other')];
  const other = given.find((value) => value.kind === 'Tensor');
  if (other?.kind === 'Tensor') return converted(input, other.dtype, context);
  const dtype = given.find((value) => value.kind === 'dtype');
  const odd = given.find((value) => value.kind === 'unknown' || value.kind === 'union');
  // A device keeps the dtype; what is not known may be either.
  if (dtype?.kind !== 'dtype' && odd) return { type: 'tensor', shape: input.shape, dtype: null, maybeViewOf: input };
  return args.bool('copy') ? fresh(input.shape, dtype?.kind === 'dtype' ? dtype.value : input.dtype) : converted(input, dtype?.kind === 'dtype' ? dtype.value : input.dtype, context);
};

/** `x.type('torch.FloatTensor')` and `x.type(dtype)`; without an argument the name of the type. */
const TYPES: Readonly<Record<string, Dtype>> = {
  FloatTensor: 'float32', DoubleTensor: 'float64', HalfTensor: 'float16', BFloat16Tensor: 'bfloat16', LongTensor: 'int64', IntTensor: 'int32', ShortTensor: 'int16', CharTensor: 'int8', ByteTensor: 'uint8', BoolTensor: 'bool',
};
/** `torch.FloatTensor`, for a tensor on the CPU. */
function typeName({ dtype, device }: TensorValue): string | null {
  const name = Object.keys(TYPES).find((each) => TYPES[each] === dtype);
  return name === undefined || (device !== null && device !== 'cpu') ? null : `torch.${name}`;
}

const type: Rule = (args, context) => {
  const input = args.tensor('input');
  const given = args.value('dtype');
  if (given.kind === 'None') return { type: 'value', value: { kind: 'str', value: typeName(input) } };
  if (given.kind === 'dtype') return converted(input, given.value, context);
  const name = given.kind === 'str' ? given.value : given.kind === 'class' ? given.builtin : given.kind === 'builtin' ? given.name : null;
  // What is given without being known is a type: its name is asked for without any.
  if (given.kind === 'unknown' || given.kind === 'union' || (given.kind === 'str' && name === null)) return { type: 'tensor', shape: input.shape, dtype: null, maybeViewOf: input };
  const dtype = name === null ? undefined : TYPES[name.slice(name.lastIndexOf('.') + 1)];
  return dtype ? converted(input, dtype, context) : context.unknown('the type to convert to is not known');
};

const keep: Rule = (args) => itself(args.tensor('input'));

/** The same memory, but no parameter. */
const detach: Rule = (args) => ({ ...itself(args.tensor('input')), isParameter: false });

/** The tensor itself where it is contiguous already. */
const contiguous: Rule = (args, context) => {
  const input = args.tensor('input');
  if (args.has('memory_format')) return { type: 'tensor', shape: input.shape, dtype: input.dtype, maybeViewOf: input };
  const known = isContiguous(input, context);
  if (known === true) return itself(input);
  return known === false ? fresh(input.shape, input.dtype) : { type: 'tensor', shape: input.shape, dtype: input.dtype, maybeViewOf: input };
};

const clone: Rule = (args, context) => {
  const input = args.tensor('input');
  return fresh(input.shape, input.dtype, args.has('memory_format') ? null : preservedStrides(input, context));
};

/** Sums over what broadcasting would repeat. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html */
const sumToSize: Rule = (args, context) => {
  const [input, size] = [args.tensor('input'), args.ints('size')];
  if (!input.shape.rest) requireBroadcastTo(size, input.shape.dims, 'sum-size-mismatch', () => `sum_to_size: ${show(size)} does not broadcast to ${show(input)}`, context);
  const sums = input.shape.rest !== null || input.shape.dims.length !== size.length || input.shape.dims.some((own, i) => context.equal(own, size[i]!) !== true);
  return fresh(size, sums && input.dtype && isIntegral(input.dtype) ? 'int64' : input.dtype);
};

const METHODS: readonly string[] = ['double', 'float', 'half', 'long', 'int', 'short', 'cdouble', 'cfloat', 'chalf', 'bool', 'bfloat16'];
const OTHER_METHODS: Readonly<Record<string, Dtype>> = { char: 'int8', byte: 'uint8' };
const casts: readonly (readonly [string, Dtype])[] = [...METHODS.map((name) => [name, DTYPE_NAMES.get(name)!] as const), ...Object.entries(OTHER_METHODS)];

export const rows: readonly OperationRow[] = [
  { name: 'torch.Tensor.to', signature: [
    'to(input, dtype: dtype, non_blocking=False, copy=False, *, device=None, other=None, memory_format=None)',
    'to(input, other: Tensor, non_blocking=False, copy=False, *, dtype=None, device=None, memory_format=None)',
    'to(input, device=None, dtype=None, non_blocking=False, copy=False, *, other=None, memory_format=None)',
  ], rule: to, explain: 'converts' },
  ...casts.map(([name, dtype]): OperationRow => ({ name: `torch.Tensor.${name}`, signature: `${name}(input, memory_format=None)`, rule: (args, context) => converted(args.tensor('input'), dtype, context), explain: `converts to ${dtype}` })),
  { name: 'torch.Tensor.type', signature: 'type(input, dtype=None, non_blocking=False)', rule: type, explain: 'converts' },
  { name: 'torch.Tensor.type_as', signature: 'type_as(input, other)', rule: (args, context) => converted(args.tensor('input'), args.tensor('other').dtype, context), explain: 'converts' },
  { name: 'torch.Tensor.contiguous', signature: 'contiguous(input, memory_format=None)', rule: contiguous, explain: 'copies into row-major order unless it is so' },
  { name: 'torch.clone', signature: 'clone(input, *, memory_format=None)', methods: ['clone'], rule: clone, explain: 'copies' },
  { name: 'torch.detach', signature: 'detach(input)', functions: ['torch.detach_'], methods: ['detach', 'detach_'], properties: ['data'], rule: detach, explain: 'keeps the values without their history' },
  { name: 'torch.Tensor.cpu', signature: 'cpu(input, *ignored, device=None, requires_grad=True, memory_format=None, non_blocking=False)', methods: ['cuda', 'xpu', 'pin_memory', 'share_memory_', 'rename'], rule: keep, explain: 'keeps shape and values' },
  { name: 'torch.alias_copy', signature: 'alias_copy(input)', functions: ['torch.detach_copy'], rule: clone, explain: 'copies' },
  { name: 'torch.Tensor.sum_to_size', signature: 'sum_to_size(input, *size)', rule: sumToSize, explain: 'undoes broadcasting by sums' },
  ...['retain_grad', 'backward', 'zero_grad'].map((name): OperationRow => ({ name: `torch.Tensor.${name}`, signature: `${name}(input, *ignored, gradient=None, retain_graph=None, create_graph=False, inputs=None)`, rule: () => ({ type: 'value', value: { kind: 'None' } }), explain: 'concerns gradients' })),
  { name: 'torch.Tensor.copy_', signature: 'copy_(input, src, non_blocking=False)', rule: (args, context) => copyInto(args.tensor('input'), args.value('src').kind === 'Tensor' ? args.tensor('src') : null, context), writes: 'input', explain: 'copies values in' },
];

function copyInto(input: TensorValue, source: TensorValue | null, context: RuleContext): RuleResult {
  if (source && !source.shape.rest && !input.shape.rest) {
    const message = (): string => `copy_: ${show(source)} does not broadcast to ${show(input)}`;
    requireBroadcastTo(source.shape.dims, input.shape.dims, 'in-place-size-mismatch', message, context);
  }
  return fresh(input.shape, input.dtype);
}
