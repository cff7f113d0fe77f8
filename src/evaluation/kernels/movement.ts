/** Operations that only rearrange elements. https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops */
import { stridesOf, Value } from '../value';
import { dimOf } from './arguments';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { concatenate, copyStrided, expandTo, narrow, permute } from './strided';

/** The declared shape says it all: the elements stay as they are. */
const reshape: Kernel = ({ args, shape }) => args.tensor('input', 'self').reshaped(shape);

const identity: Kernel = ({ args, dtype }) => args.tensor('input', 'self', 'data', 'tensor').to(dtype);

const permuteKernel: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  return permute(input, args.ints('dims').map((dim) => dimOf(dim, input.shape.length)));
};

/** https://docs.pytorch.org/docs/stable/generated/torch.transpose.html */
const transpose = (first: string, second: string): Kernel => ({ args }) => {
  const input = args.tensor('input', 'self');
  const rank = input.shape.length;
  const dims = input.shape.map((_, dim) => dim);
  if (rank === 0) return input;
  const a = dimOf(args.int(first), rank);
  const b = dimOf(args.int(second), rank);
  [dims[a], dims[b]] = [b, a];
  return permute(input, dims);
};

/** `T` reverses all dims, `mT` the last two, `t` both of a matrix. */
const reverseLast = (count: number | null): Kernel => ({ args }) => {
  const input = args.tensor('input', 'self');
  const rank = input.shape.length;
  const keep = count === null ? 0 : Math.max(0, rank - count);
  const dims = input.shape.map((_, dim) => dim);
  return permute(input, [...dims.slice(0, keep), ...dims.slice(keep).reverse()]);
};

const movedim: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const rank = input.shape.length;
  const source = args.ints('source').map((dim) => dimOf(dim, rank));
  const destination = args.ints('destination').map((dim) => dimOf(dim, rank));
  const rest = input.shape.map((_, dim) => dim).filter((dim) => !source.includes(dim));
  const order = input.shape.map((_, dim) => {
    const at = destination.indexOf(dim);
    return at < 0 ? rest.shift() as number : source[at] as number;
  });
  return permute(input, order);
};

const expand: Kernel = ({ args, shape }) => expandTo(args.tensor('input', 'self'), shape);

/** https://docs.pytorch.org/docs/stable/generated/torch.flip.html */
const flip = (dims?: readonly number[]): Kernel => ({ args }) => {
  const input = args.tensor('input', 'self');
  const strides = stridesOf(input.shape);
  let offset = 0;
  for (const dim of (dims ?? args.ints('dims')).map((d) => dimOf(d, input.shape.length))) {
    offset += ((input.shape[dim] as number) - 1) * (strides[dim] as number);
    strides[dim] = -(strides[dim] as number);
  }
  return input.numel === 0 ? input : copyStrided(input, input.shape, strides, offset);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.roll.html */
const roll: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const shifts = args.ints('shifts');
  const dims = args.optionalInts('dims');
  const flat = dims === null || dims.length === 0;
  let result = flat ? input.reshaped([input.numel]) : input;
  (flat ? [0] : dims).forEach((given, i) => {
    const dim = dimOf(given, result.shape.length);
    const size = result.shape[dim] as number;
    if (size === 0) return;
    const shift = (((shifts[i] as number) % size) + size) % size;
    if (shift === 0) return;
    result = concatenate([narrow(result, dim, size - shift, shift), narrow(result, dim, 0, size - shift)], dim, result.shape);
  });
  return result.reshaped(input.shape);
};

/** Frequency 0 to the middle, or back to the front. https://docs.pytorch.org/docs/stable/generated/torch.fft.fftshift.html */
const shiftHalf = (sign: number): Kernel => ({ args }) => {
  const input = args.tensor('input');
  return (args.optionalInts('dim') ?? [...input.shape.keys()]).reduce((result, given) => {
    const dim = dimOf(given, input.shape.length);
    const size = input.shape[dim] as number;
    const head = sign > 0 ? Math.ceil(size / 2) : Math.floor(size / 2);
    return concatenate([narrow(result, dim, head, size - head), narrow(result, dim, 0, head)], dim, input.shape);
  }, input);
};

/** `repeat` and `tile`: the operand, with dims of 1 in front, laid out so many times a dim. */
const repeat = (name: string): Kernel => ({ args, shape }) => {
  const input = args.tensor('input', 'self');
  const given = args.ints(name, 'sizes', 'size');
  const rank = Math.max(given.length, input.shape.length);
  const times = [...new Array<number>(rank - given.length).fill(1), ...given];
  const sizes = [...new Array<number>(rank - input.shape.length).fill(1), ...input.shape];
  const interleaved = sizes.flatMap((size, dim) => [times[dim] as number, size]);
  return expandTo(input.reshaped(sizes.flatMap((size) => [1, size])), interleaved).reshaped(shape);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html */
const repeatInterleave: Kernel = (call) => {
  const { args, shape } = call;
  let input = args.tensor('input', 'self');
  const given = args.optionalInt('dim');
  if (given === null) input = input.reshaped([input.numel]);
  const dim = dimOf(given ?? 0, input.shape.length);
  const size = input.shape[dim] as number;
  const repeats = args.isTensor('repeats') ? [...args.tensor('repeats').host()] : args.ints('repeats');
  if (repeats.length !== 1 && repeats.length !== size) throw unsupported(call, `${repeats.length} repeats for ${size} elements`);
  const parts: Value[] = [];
  for (let i = 0; i < size; i++) {
    const times = repeats[repeats.length === 1 ? 0 : i] as number;
    if (times === 0) continue;
    const one = narrow(input, dim, i, 1);
    parts.push(expandTo(one, one.shape.map((extent, d) => (d === dim ? times : extent))));
  }
  return parts.length === 0 ? Value.filled(0, shape, input.dtype) : concatenate(parts, dim, shape);
};

/** Views of any layout on the operand's row-major elements. https://docs.pytorch.org/docs/stable/generated/torch.as_strided.html */
const asStrided: Kernel = ({ args }) => copyStrided(args.tensor('input', 'self'), args.ints('size'), args.ints('stride'), args.int('storage_offset', 0));

/** https://docs.pytorch.org/docs/stable/generated/torch.Tensor.unfold.html */
const unfold: Kernel = ({ args, shape }) => {
  const input = args.tensor('input', 'self');
  const dim = dimOf(args.int('dimension'), input.shape.length);
  const strides = stridesOf(input.shape);
  const own = strides[dim] ?? 1;
  strides[dim] = own * args.int('step');
  return copyStrided(input, shape, [...strides, own], 0);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html */
const diagonal: Kernel = ({ args, shape }) => {
  const input = args.tensor('input', 'self');
  const rank = input.shape.length;
  const offset = args.int('offset', 0);
  const first = dimOf(args.int('dim1', 0), rank);
  const second = dimOf(args.int('dim2', 1), rank);
  const strides = stridesOf(input.shape);
  const start = offset >= 0 ? offset * (strides[second] as number) : -offset * (strides[first] as number);
  const kept = strides.filter((_, dim) => dim !== first && dim !== second);
  return copyStrided(input, shape, [...kept, (strides[first] as number) + (strides[second] as number)], start);
};

const narrowKernel: Kernel = ({ args }) => {
  const input = args.tensor('input', 'self');
  const dim = dimOf(args.int('dim'), input.shape.length);
  const start = args.int('start');
  return narrow(input, dim, start < 0 ? start + (input.shape[dim] as number) : start, args.int('length'));
};

const select: Kernel = ({ args, shape }) => {
  const input = args.tensor('input', 'self');
  const dim = dimOf(args.int('dim'), input.shape.length);
  const index = args.int('index');
  return narrow(input, dim, index < 0 ? index + (input.shape[dim] as number) : index, 1).reshaped(shape);
};

/** The outputs' declared sizes say where each part ends; `unbind` drops the dim besides. */
const split: Kernel = ({ args, outputs }) => {
  const input = args.tensor('input', 'self', 'tensor');
  const dim = dimOf(args.int('dim', 0), input.shape.length);
  let start = 0;
  return outputs.map(({ shape }) => {
    const size = shape.length === input.shape.length ? shape[dim] as number : 1;
    const part = narrow(input, dim, start, size).reshaped(shape);
    start += size;
    return part;
  });
};

/** https://docs.pytorch.org/docs/stable/generated/torch.cat.html (an operand of shape (0,) is skipped, whatever the others' rank) */
const cat: Kernel = (call) => joined(call, (value) => value, call.shape.length);
const joined = (call: KernelCall, prepare: (value: Value) => Value, rank: number): Value => {
  const dim = dimOf(call.args.int('dim', 0), rank);
  return concatenate(call.args.tensors('tensors').map((value) => prepare(value.to(call.dtype))), dim, call.shape);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.stack.html */
const stack: Kernel = (call) => {
  const rank = call.shape.length;
  const dim = dimOf(call.args.int('dim', 0), rank);
  return joined(call, (value) => value.reshaped([...value.shape.slice(0, dim), 1, ...value.shape.slice(dim)]), rank);
};

/** `hstack`, `vstack`, `dstack`: `cat` once the operands have the rank. */
const stackAlong = (dim: number, prepare: (shape: readonly number[]) => readonly number[]): Kernel => ({ args, shape, dtype }) => {
  const values = args.tensors('tensors').map((value) => value.to(dtype).reshaped(prepare(value.shape)));
  return concatenate(values, shape.length === 1 ? 0 : dim, shape);
};
const atLeast2 = (shape: readonly number[]): readonly number[] => (shape.length === 0 ? [1, 1] : shape.length === 1 ? [1, ...shape] : shape);

/** https://docs.pytorch.org/docs/stable/generated/torch.meshgrid.html */
const meshgrid: Kernel = ({ args, outputs }) => {
  const values = args.tensors('tensors');
  const swapped = args.text('indexing', 'ij') === 'xy' && values.length >= 2;
  return outputs.map(({ shape }, i) => {
    const at = swapped && i < 2 ? 1 - i : i;
    const value = values[i] as Value;
    return expandTo(value.reshaped(shape.map((_, dim) => (dim === at ? value.numel : 1))), shape);
  });
};

/** To another dtype, or that of `other`. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to.html */
const to: Kernel = ({ args, dtype }) => args.tensor('input', 'self', 'data').to(dtype);

const sameShape = Object.fromEntries([
  'torch.reshape', 'torch.Tensor.view', 'torch.Tensor.view_as', 'torch.Tensor.reshape_as', 'torch.flatten', 'torch.unflatten',
  'torch.unsqueeze', 'torch.squeeze', 'torch.ravel', 'torch._unsafe_view',
].map((name) => [name, reshape]));

const identities = Object.fromEntries([
  'torch.Tensor.contiguous', 'torch.clone', 'torch.detach', 'torch.Tensor.detach', 'torch.Tensor.cpu', 'torch.Tensor.cuda', 'torch.positive',
  'torch.Tensor.requires_grad_', 'torch.alias', 'torch.nn.Parameter', 'torch.nn.parameter.Parameter', 'torch.nn.Identity', 'torch.resolve_conj', 'torch.resolve_neg',
  'torch.real', 'torch.conj', 'torch.conj_physical',
].map((name) => [name, identity]));

/** One tensor or several, each as its declared shape. */
const atLeast: Kernel = ({ args, outputs }) => args.tensors('tensors', 'input').map((value, i) => value.reshaped(outputs[i]?.shape ?? value.shape));

const casts = Object.fromEntries(['to', 'type', 'type_as', 'float', 'double', 'half', 'bfloat16', 'long', 'int', 'short', 'char', 'byte', 'bool']
  .map((name) => [`torch.Tensor.${name}`, to]));

export const MOVEMENT: KernelTable = {
  ...sameShape, ...identities, ...casts,
  'torch.atleast_1d': atLeast, 'torch.atleast_2d': atLeast, 'torch.atleast_3d': atLeast,
  'torch.permute': permuteKernel,
  'torch.transpose': transpose('dim0', 'dim1'),
  'torch.swapdims': transpose('dim0', 'dim1'),
  'torch.swapaxes': transpose('axis0', 'axis1'),
  'torch.t': reverseLast(2),
  'torch.Tensor.T': reverseLast(null),
  'torch.Tensor.mT': reverseLast(2),
  'torch.adjoint': reverseLast(2),
  'torch.movedim': movedim,
  'torch.moveaxis': movedim,
  'torch.Tensor.expand': expand,
  'torch.Tensor.expand_as': expand,
  'torch.broadcast_to': expand,
  'torch.flip': flip(),
  'torch.fliplr': flip([1]),
  'torch.flipud': flip([0]),
  'torch.roll': roll, 'torch.fft.fftshift': shiftHalf(1), 'torch.fft.ifftshift': shiftHalf(-1),
  'torch.Tensor.repeat': repeat('repeats'),
  'torch.tile': repeat('dims'),
  'torch.repeat_interleave': repeatInterleave,
  'torch.as_strided': asStrided,
  'torch.Tensor.unfold': unfold,
  'torch.diagonal': diagonal,
  'torch.narrow': narrowKernel,
  'torch.select': select,
  'torch.split': split,
  'torch.split_with_sizes': split,
  'torch.chunk': split,
  'torch.tensor_split': split,
  'torch.unbind': split,
  'torch.cat': cat,
  'torch.concat': cat,
  'torch.concatenate': cat,
  'torch.stack': stack,
  'torch.hstack': stackAlong(1, (shape) => (shape.length === 0 ? [1] : shape)),
  'torch.vstack': stackAlong(0, atLeast2),
  'torch.meshgrid': meshgrid,
};
