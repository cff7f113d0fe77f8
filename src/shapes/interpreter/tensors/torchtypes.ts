/** Instances of the classes of torch that the engine itself knows, and the few functions below torch's Python. */
import type { Span } from '../../python/ast';
import { fork } from '../control/branches';
import { constant } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import { registerModule } from '../builtins/reflection';
import { dictOf } from '../builtins/sequences';
import { parametersOf } from '../calls/functions';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { givenValue } from '../names';
import { enterAutocast, restoreAutocast } from './autocast';
import { arrayOf, tensorOf } from './ndarray';
import { setRequiresGrad } from './requiresGrad';
import { NORMAL } from '../state/scope';
import { demandFromEnd, parameterOf, proposeRank } from '../uncalled/demands';
import { sizeOfUnknownRank } from '../uncalled/sizeRuns';
import { NONE, TRUE, bool, int, list, tuple, unknown } from '../../values/values';
import type { TensorValue, Value } from '../../values/values';

/** torch.FloatTensor and its like: https://docs.pytorch.org/docs/stable/tensors.html#data-types */
export const TENSOR_TYPES: Readonly<Record<string, Dtype>> = {
  'torch.Tensor': 'float32', 'torch.FloatTensor': 'float32', 'torch.DoubleTensor': 'float64', 'torch.HalfTensor': 'float16', 'torch.BFloat16Tensor': 'bfloat16',
  'torch.LongTensor': 'int64', 'torch.IntTensor': 'int32', 'torch.ShortTensor': 'int16', 'torch.CharTensor': 'int8', 'torch.ByteTensor': 'uint8', 'torch.BoolTensor': 'bool',
};

/** null: the class is none of these. */
export function instantiateTorch(m: Machine, name: string, args: readonly Value[], keywords: Keywords, span: Span): Value | null {
  const dtype = Object.hasOwn(TENSOR_TYPES, name) ? TENSOR_TYPES[name]! : null;
  if (dtype) return typedTensor(m, dtype, args, span);
  switch (name) {
    case 'torch.nn.Parameter': case 'torch.nn.Buffer': {
      const data = args[0] ?? keywords.get('data');
      if (data === undefined || data.kind === 'None') return m.tensors.asParameter(m.tensors.opaque({ dims: [constant(0)], rest: null }, 'float32', 'an empty parameter', span));
      parameterOf(data)?.become('tensor');
      if (data.kind === 'union') return m.joiner.joinAll(data.options.map((option) => instantiateTorch(m, name, [option], keywords, span)!));
      if (data.kind !== 'Tensor') return data.kind === 'unknown' ? data : unknown(`${name} is made of a ${data.kind}`, span);
      if (name === 'torch.nn.Buffer') return data;
      const trained = args[1] ?? keywords.get('requires_grad');
      if (trained || data.storage.requiresGrad) setRequiresGrad(m, data, trained ?? TRUE);
      return m.tensors.asParameter(data);
    }
    case 'torch.Size': {
      const items = args[0] ? m.iterate(args[0], span) : [];
      const given = args[0]?.kind === 'tuple' || args[0]?.kind === 'list' ? args[0].sizeOf : null;
      if (!items && given) return sizeOfUnknownRank(given);
      return items ? tuple(items, 'torch.Size') : unknown('a torch.Size of unknown length', span);
    }
    case 'torch.device': {
      const given = args[0] ?? keywords.get('device') ?? keywords.get('type');
      if (given?.kind === 'device') return given;
      return given?.kind === 'str' && given.value !== null ? { kind: 'device', value: given.value } : unknown('the device is not known', span);
    }
    case 'torch.Generator': return unknown('a random generator');
    default: return null;
  }
}

/** Sizes make an uninitialized tensor, data a copy of it. */
function typedTensor(m: Machine, dtype: Dtype, args: readonly Value[], span: Span): Value {
  const options = new Map<string, Value>([['dtype', { kind: 'dtype', value: dtype }]]);
  const data = args[0];
  // One number is a size too, and several arguments are nothing but sizes.
  if (args.length > 1 || data?.kind === 'int') return m.torch('torch.empty', args, options, span);
  if (data?.kind === 'union') return m.joiner.joinAll(data.options.map((option) => typedTensor(m, dtype, [option], span)));
  if (data?.kind === 'unknown') return data;
  if (data?.kind === 'tuple' && data.typeName === 'torch.Size') return m.torch('torch.empty', [data], options, span);
  if (data?.kind === 'Tensor') return m.torch('torch.Tensor.to', [data, { kind: 'dtype', value: dtype }], new Map(), span);
  return args.length === 0 ? m.torch('torch.empty', [list([int(constant(0))])], options, span) : m.torch('torch.tensor', args, options, span);
}

type NativeFunction = (m: Machine, args: readonly Value[], keywords: Keywords, span: Span) => Value;

/**
 * What torch's own Python calls of its C++ side and the modules written in Python here call too: `torch._C` is torch's
 * name for it.
 */
export const NATIVE: Readonly<Record<string, NativeFunction>> = {
  'torch.set_default_dtype': (m, args, keywords) => {
    const dtype = args[0] ?? keywords.get('d');
    if (dtype?.kind === 'dtype') m.heap.assign(m, 'defaultDtype', dtype.value);
    return NONE;
  },
  /** https://docs.pytorch.org/docs/stable/generated/torch.set_default_tensor_type.html */
  'torch.set_default_tensor_type': (m, args, keywords) => {
    const given = args[0] ?? keywords.get('t');
    const name = given?.kind === 'class' ? given.builtin : given?.kind === 'str' ? given.value : null;
    const dtype = name == null ? undefined : TENSOR_TYPES[name.replace('torch.cuda.', 'torch.')];
    if (dtype) m.heap.assign(m, 'defaultDtype', dtype);
    return NONE;
  },
  /** Nothing is traced for TorchScript or ONNX. */
  'torch._C._get_tracing_state': () => NONE,
  'torch._C._autocast': enterAutocast,
  'torch._C._autocast_dtype': (m) => m.autocast,
  'torch._C._restore_autocast': restoreAutocast,
  /** The device and dtype that the arguments of Module.to name. What is not known is taken for a device. */
  'torch._C._nn._parse_to': (_m, args, keywords) => {
    const given = [...args, ...keywords.values()];
    const dtype = given.find((value) => value.kind === 'dtype') ?? typeOf(args.find((value): value is TensorValue => value.kind === 'Tensor'));
    return tuple([given.find((value) => value.kind === 'device') ?? NONE, dtype ?? NONE]);
  },
  'torch._C._nn._register_module': (m, args, keywords, span) => registerModule({ name: 'add_module', args, keywords, span, interp: m }),
  /** Between NumPy's arrays and the tensors that they hold. */
  'torch._C._tensor_of_array': (m, args, _keywords, span) => tensorOf(m, args[0] ?? NONE, span),
  'torch._C._array_of_tensor': (m, args, _keywords, span) => arrayOf(m, args[0] ?? NONE, span),
  'torch.from_numpy': (m, args, keywords, span) => tensorOf(m, args[0] ?? keywords.get('ndarray') ?? NONE, span),
  'torch.Tensor.numpy': (m, args, _keywords, span) => arrayOf(m, args[0] ?? NONE, span),
  'torch.Tensor.__array__': (m, args, _keywords, span) => arrayOf(m, args[0] ?? NONE, span),
  /** As the class of the tensor's dtype makes one: sizes, or data. */
  'torch.Tensor.new': (m, args, _keywords, span) => {
    const [like, ...given] = args;
    if (like?.kind !== 'Tensor' || like.dtype === null) return unknown('the dtype of the tensor is not known', span);
    return typedTensor(m, like.dtype, given, span);
  },
  /** A tensor like the given one, of which no value is known: what training leaves in a parameter. */
  'torch._C._opaque_like': (m, args, _keywords, span) => {
    const [like, reason] = args;
    if (like?.kind !== 'Tensor') return like ?? unknown('no tensor is given', span);
    return m.tensors.opaque(like.shape, like.dtype, reason?.kind === 'str' && reason.value !== null ? reason.value : 'its values are not known', span);
  },
  /** A function that gradients may be given to, some time later or never. */
  'torch._C._call_later': (m, [hook, ...args], _keywords, span) => {
    if (hook) fork(m, [() => { m.call(hook, args, new Map(), span); return NORMAL; }, () => NORMAL]);
    return NONE;
  },
  'torch.Tensor.requires_grad_': (m, args, keywords) => {
    const [tensor, trained = keywords.get('requires_grad') ?? TRUE] = args;
    if (tensor?.kind === 'Tensor') setRequiresGrad(m, tensor, trained);
    return tensor ?? NONE;
  },
  'torch.Tensor.register_hook': registerHook,
  'torch.Tensor.register_post_accumulate_grad_hook': registerHook,
  /** Whether each item of a list is an int that is known. */
  'torch._C._are_numbers': (_m, args) => bool(args[0]?.kind === 'list' && args[0].items !== null && args[0].items.every((item) => item.kind === 'int' && item.value?.value != null)),
  /** The layer takes single sequences too; where nothing says how many dims its input has, it is a batch of them. */
  'torch._C._usually_batched': (m, [input, dims, features]) => {
    if (input && features?.kind === 'int' && features.value) demandFromEnd(m, input, 1, features.value);
    if (input && dims?.kind === 'int' && dims.value?.value != null) proposeRank(m, input, dims.value.value, `a batch of sequences has ${dims.value.value}`);
    return NONE;
  },
  /** What is assumed wherever the result of the library's function is used. */
  'torch._C._assume': (m, args, _keywords, span) => {
    const [text] = args;
    if (text?.kind === 'str' && text.value !== null) m.assume(text.value, m.placeOf(span));
    return NONE;
  },
  /** The arguments of the function that called the library's function, without the first one, `self`. */
  'torch._C._arguments_of_caller': (m) => {
    const { caller } = m.frame;
    const names = caller?.def ? parametersOf(caller.def.args).slice(1).map(({ arg }) => arg) : [];
    return dictOf(names.flatMap((name) => {
      const value = caller!.scope.bindings.get(name);
      return value ? [[name, value] as const] : [];
    }));
  },
  /** What is given to a script from outside under a name. */
  'torch._C._given': (m, args, _keywords, span) => {
    const [name] = args;
    if (name?.kind !== 'str' || name.value === null) return unknown('the name of what is given is not known', span);
    const at = m.placeOf(span) ?? span;
    return m.pinned.get(name.value) ?? givenValue(m, `given ${name.value}`, name.value, `the command line says what ${name.value} is`, at);
  },
};

/** https://docs.pytorch.org/docs/stable/generated/torch.Tensor.register_hook.html */
function registerHook(m: Machine, [tensor, ...given]: readonly Value[], keywords: Keywords, span: Span): Value {
  const hook = given[0] ?? keywords.get('hook');
  const gradient = tensor?.kind === 'Tensor' ? m.tensors.opaque(tensor.shape, tensor.dtype, 'it is a gradient', span) : tensor;
  if (hook && gradient) NATIVE['torch._C._call_later']!(m, [hook, gradient], new Map(), span);
  return unknown('the handle of a hook', span);
}

function typeOf(tensor: TensorValue | undefined): Value | null {
  return tensor?.dtype ? { kind: 'dtype', value: tensor.dtype } : null;
}
