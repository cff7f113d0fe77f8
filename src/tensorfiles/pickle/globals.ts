/**
 * The types and functions that a pickle may name: what tensors, the containers around them and NumPy's scalars need. Each
 * stands for a few lines here that put data together; none is imported or executed, and any other name is refused.
 */
import { TensorFileError } from '../bytes';
import { isFileDtype } from '../elements';
import { decodeScalar } from './numpyScalar';
import { itemsOf, NumpyArray, NumpyDtype, PyDict, PyGlobal, PyList, PyRecord, PySet, PyStorage, PyTensor, PyTuple, toNumber, toNumbers } from './values';
import type { PickleValue, Plain } from './values';

type Call = (args: readonly PickleValue[]) => PickleValue;

/** Torch's storage types by the dtype of their elements; null: bytes. */
export const STORAGE_DTYPES: Readonly<Record<string, string | null>> = {
  'torch.DoubleStorage': 'float64', 'torch.FloatStorage': 'float32', 'torch.HalfStorage': 'float16', 'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64', 'torch.IntStorage': 'int32', 'torch.ShortStorage': 'int16', 'torch.CharStorage': 'int8', 'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool', 'torch.ComplexDoubleStorage': 'complex128', 'torch.ComplexFloatStorage': 'complex64',
  'torch.QInt8Storage': 'qint8', 'torch.QUInt8Storage': 'quint8', 'torch.QInt32Storage': 'qint32',
  'torch.UntypedStorage': null, 'torch.storage.UntypedStorage': null, 'torch.storage._UntypedStorage': null,
};

const sequence = (value: PickleValue | undefined): readonly PickleValue[] => (value === undefined ? [] : itemsOf(value) ?? fault('a sequence is expected'));

function fault(problem: string): never {
  throw new TensorFileError(problem);
}

const dictOf: Call = ([pairs]) => {
  const dict = new PyDict();
  if (pairs instanceof PyDict) for (const [key, value] of pairs.entries) dict.entries.set(key, value);
  else for (const pair of sequence(pairs)) dict.entries.set(sequence(pair)[0] as Plain | object, sequence(pair)[1] ?? null);
  return dict;
};

/** `unit`: elements of the storage's own dtype, or of the one given. */
function tensorOf(storage: PickleValue | undefined, offset: PickleValue | undefined, size: PickleValue | undefined, stride: PickleValue | undefined, dtype?: PickleValue): PyTensor {
  const [shape, strides, start] = [toNumbers(size), toNumbers(stride), toNumber(offset)];
  if (!(storage instanceof PyStorage) || !shape || !strides || start === null) fault('a tensor is not described by a storage, an offset, sizes and strides');
  const given = dtype instanceof PyGlobal && dtype.name.startsWith('torch.') ? dtype.name.slice('torch.'.length) : null;
  const own = given ?? storage.reference.dtype;
  if (own === null) fault('a tensor has no dtype');
  return new PyTensor(storage.reference, own, start, shape, strides);
}

const quantized: Call = ([storage, offset, size, stride]) => {
  const tensor = tensorOf(storage, offset, size, stride);
  tensor.unreadable = `it is quantized (${tensor.dtype})`;
  return tensor;
};

const first: Call = ([data]) => data ?? fault('an argument is missing');

const bytesOf: Call = ([text]) => {
  if (text instanceof Uint8Array) return text;
  return typeof text === 'string' ? Uint8Array.from(text, (character) => character.charCodeAt(0)) : new Uint8Array(0);
};

/** Functions, and types as they are called. */
const CALLS: Readonly<Record<string, Call>> = {
  'torch._utils._rebuild_tensor': ([storage, offset, size, stride]) => tensorOf(storage, offset, size, stride),
  'torch._utils._rebuild_tensor_v2': ([storage, offset, size, stride]) => tensorOf(storage, offset, size, stride),
  'torch._utils._rebuild_tensor_v3': ([storage, offset, size, stride, , , dtype]) => tensorOf(storage, offset, size, stride, dtype),
  'torch._utils._rebuild_parameter': first,
  'torch._utils._rebuild_parameter_with_state': first,
  'torch._utils._rebuild_device_tensor_from_cpu_tensor': first,
  'torch._utils._rebuild_device_tensor_from_numpy': first,
  'torch._utils._rebuild_qtensor': quantized,
  // Shown as the tensors that it is made of.
  'torch._utils._rebuild_sparse_tensor': ([, data]) => {
    const parts = sequence(data).filter((part) => part instanceof PyTensor);
    const names = parts.length === 2 ? ['indices', 'values'] : ['crow_indices', 'col_indices', 'values'];
    const dict = new PyDict();
    parts.forEach((part, i) => dict.entries.set(names[i] ?? String(i), part));
    return dict;
  },
  'torch._tensor._rebuild_from_type_v2': ([called, , args]) => callGlobal(called!, args!),
  'torch.serialization._get_layout': first,
  'torch.Size': ([items]) => new PyTuple(sequence(items)),
  'torch.device': ([name, index]) => (toNumber(index) === null ? name ?? null : `${String(name)}:${toNumber(index)}`),
  'collections.OrderedDict': dictOf,
  'collections.Counter': dictOf,
  'collections.defaultdict': () => new PyDict(),
  'collections.deque': ([items]) => new PySet([...sequence(items)]),
  'builtins.set': ([items]) => new PySet([...sequence(items)]),
  'builtins.frozenset': ([items]) => new PySet([...sequence(items)]),
  'builtins.bytearray': bytesOf,
  'builtins.bytes': bytesOf,
  'builtins.complex': ([re, im]) => `${String(re)}${Number(im) < 0 ? '' : '+'}${String(im)}j`,
  'builtins.slice': (args) => new PyTuple(args),
  '_codecs.encode': bytesOf,
  'numpy.dtype': ([type]) => new NumpyDtype(typeof type === 'string' ? type : fault('a dtype of NumPy has no name')),
  'numpy.core.multiarray._reconstruct': () => new NumpyArray(),
  'numpy.core.multiarray.scalar': ([dtype, bytes]) => decodeScalar(dtype, bytes),
  'argparse.Namespace': () => new PyRecord('argparse.Namespace'),
  'types.SimpleNamespace': () => new PyRecord('types.SimpleNamespace'),
  ...Object.fromEntries(['Path', 'PosixPath', 'WindowsPath', 'PurePath', 'PurePosixPath', 'PureWindowsPath'].map((name): [string, Call] => [`pathlib.${name}`, (parts) => parts.map(String).join('/').replace('//', '/')])),
  'copyreg._reconstructor': ([type]) => newObject(type!, new PyTuple([])),
};

/** Types that are named and never called. */
const NAMES = new Set(['torch.Tensor', 'torch.nn.parameter.Parameter', 'torch.nn.parameter.Buffer', 'numpy.ndarray', 'builtins.object', 'builtins.dict', 'builtins.list', 'builtins.tuple', 'builtins.int', 'builtins.float', 'builtins.str', 'builtins.bool', 'torch.per_tensor_affine', 'torch.per_channel_affine', 'torch.strided', 'torch.sparse_coo', 'torch.contiguous_format']);

/** Modules under the names that they have or had. */
const RENAMED: Readonly<Record<string, string>> = { __builtin__: 'builtins', copy_reg: 'copyreg', 'numpy._core.multiarray': 'numpy.core.multiarray', 'pathlib._local': 'pathlib', 'torch.tensor': 'torch._tensor' };

/** @throws TensorFileError for a name that is not on the list */
export function findGlobal(module: string, name: string): PyGlobal {
  const full = `${Object.hasOwn(RENAMED, module) ? RENAMED[module]! : module}.${name}`;
  const isDtype = module === 'torch' && isFileDtype(name);
  if (isDtype || NAMES.has(full) || Object.hasOwn(CALLS, full) || Object.hasOwn(STORAGE_DTYPES, full)) return new PyGlobal(full);
  const shown = `${module}.${name}`.slice(0, 200);
  const advice = /(^|\.)(models?|modules?|nn|net\w*)\./i.test(shown) ? '; a file saved from model.state_dict() holds tensors only' : '';
  throw new TensorFileError(`the file names ${shown}, which is Python code and not needed for tensors: it is refused, and nothing was executed${advice}`);
}

/** What a call of a name on the list gives. @throws TensorFileError */
export function callGlobal(called: PickleValue, args: PickleValue): PickleValue {
  const call = called instanceof PyGlobal && Object.hasOwn(CALLS, called.name) ? CALLS[called.name] : undefined;
  if (!call) fault(`the pickle calls ${called instanceof PyGlobal ? called.name : 'what is no function'}, which is not called: it is refused`);
  if (!(args instanceof PyTuple)) fault('the arguments of a call are no tuple');
  return call(args.items);
}

/** An empty object of a type that has nothing but a state. @throws TensorFileError */
export function newObject(type: PickleValue, args: PickleValue): PickleValue {
  const name = type instanceof PyGlobal ? type.name : null;
  if (name !== null && /^(argparse\.|types\.|collections\.|builtins\.(set|frozenset))/.test(name)) return callGlobal(type, args);
  return fault(`the pickle makes an object of ${name ?? 'what is no type'}: it is refused`);
}

/** Gives an object its state. @throws TensorFileError for objects that have none here */
export function build(target: PickleValue, state: PickleValue): void {
  const items = itemsOf(state);
  if (target instanceof PyRecord) target.state = state;
  else if (target instanceof NumpyDtype) {
    const order = items?.[1];
    if (typeof order === 'string' && /^[<>=|]$/.test(order)) target.byteOrder = order;
  } else if (target instanceof NumpyArray) {
    const [, shape, dtype, fortran, bytes] = items ?? [];
    const sizes = toNumbers(shape);
    if (!sizes || !(dtype instanceof NumpyDtype) || typeof fortran !== 'boolean') fault('the state of an array of NumPy is not what it should be');
    if (!(bytes instanceof Uint8Array) && typeof bytes !== 'string') fault('an array of Python objects is not read: it could run code');
    Object.assign(target, { shape: sizes, dtype, fortran, bytes: bytesOf([bytes]) });
    // What a dict, a list, a storage or a tensor has besides itself (a state_dict its _metadata) is not needed.
  } else if (!(target instanceof PyDict || target instanceof PyList || target instanceof PySet || target instanceof PyTensor || target instanceof PyStorage)) {
    fault('the pickle gives a state to what has none: it is refused');
  }
}
