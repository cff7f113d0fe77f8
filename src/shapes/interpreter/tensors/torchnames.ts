/**
 * What a dotted torch name means: a class or function of the modules written in Python (`torch/modules`), a dtype,
 * an operation of the registry, a submodule, or one of the few classes the engine itself knows.
 */
import type { Span } from '../../python/ast';
import { DTYPE_NAMES } from '../../torch/dtypes';
import { namesOf, sourceOf } from '../../torch/modules';
import { findOperation } from './apply';
import { builtinClass } from '../builtins/types';
import { librarySource } from '../library/python';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { versionOf } from '../imports';
import { Frame, Scope } from '../state/scope';
import { executeBlock } from '../statements';
import { NATIVE, TENSOR_TYPES, instantiateTorch } from './torchtypes';
import type { ClassValue, ModuleValue, Value } from '../../values/values';
import { builtin, float, str, unknown } from '../../values/values';

/** Names of torch, and of einops, which is known in the same way. */
export function isTorchName(name: string): boolean {
  return /^(torch|einops)(\.|$)/.test(name);
}

const SUBMODULES = new Set([
  'torch.nn', 'torch.nn.functional', 'torch.nn.init', 'torch.nn.modules', 'torch.nn.modules.utils', 'torch.nn.parameter', 'torch.nn.utils', 'torch.nn.utils.rnn', 'torch.nn.utils.parametrizations',
  'torch.nn.utils.parametrize', 'torch.nn.utils.prune', 'torch.nn.attention', 'torch.nn.parallel', 'torch.linalg', 'torch.fft', 'torch.special', 'torch.utils', 'torch.utils.checkpoint', 'torch.utils._pytree', 'torch.utils.data',
  'torch.utils.model_zoo', 'torch.cuda', 'torch.cuda.amp', 'torch.amp', 'torch.jit', 'torch.autograd', 'torch.autograd.function', 'torch.optim', 'torch.optim.lr_scheduler', 'torch.distributed',
  'torch.backends', 'torch.backends.cudnn', 'torch.backends.cuda', 'torch.backends.mps', 'torch.onnx', 'torch.compiler', 'torch.hub', 'torch.random', 'torch.signal', 'torch.signal.windows', 'torch.masked', 'torch.ops', 'torch.ops.torchvision', 'torch.cpu', 'torch.cpu.amp',
  'torch.fx', 'torch.sparse', 'torch.testing', 'torch.autograd.functional', 'torch._C', 'torch._C._nn', 'torch._dynamo', 'torch.distributions', 'torch.overrides', 'torch.version', 'torch.types', 'torch.profiler', 'torch.mps', 'torch.xpu', 'torch.ao', 'torch.ao.nn', 'torch.ao.nn.quantized', 'torch.nn.quantized',
  'torch.quantization', 'torch.func', 'einops.layers', 'einops.layers.torch',
]);

/** Files of torch whose members the package above them has as well. */
const FILES: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.modules(\.\w+)?$/, 'torch.nn'], [/^torch\.nn\.quantized(\.modules)?$/, 'torch.ao.nn.quantized'], [/^torch\.nn\.utils\.\w+$/, 'torch.nn.utils'], [/^torch\.nn\.parallel\.\w+$/, 'torch.nn.parallel'],
  [/^torch\.utils\.data\.\w+$/, 'torch.utils.data'], [/^torch\.optim\.\w+$/, 'torch.optim'], [/^torch\.autograd\.\w+$/, 'torch.autograd'], [/^torch\.distributions\.\w+$/, 'torch.distributions'], [/^torch\.cuda\.amp\.\w+$/, 'torch.cuda.amp'],
  [/^einops\.(einops|packing|_torch_specific)$/, 'einops'],
];

/** One name for another. */
const ALIASES: Readonly<Record<string, string>> = {
  'torch.nn.parameter.Parameter': 'torch.nn.Parameter', 'torch.nn.modules.Module': 'torch.nn.Module',
  ...Object.fromEntries(['has_torch_function', 'has_torch_function_unary', 'has_torch_function_variadic'].map((name) => [`torch.nn.functional.${name}`, `torch.overrides.${name}`])),
};
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.keys(TENSOR_TYPES).map((name) => [name, name === 'torch.Tensor' ? [] : ['torch.Tensor']])),
  'torch.nn.Parameter': ['torch.Tensor'], 'torch.nn.Buffer': ['torch.Tensor'], 'torch.device': [], 'torch.dtype': [], 'torch.Generator': [],
};
const CONSTANTS: Readonly<Record<string, number>> = { 'torch.pi': Math.PI, 'torch.e': Math.E, 'torch.inf': Infinity, 'torch.nan': NaN };

export function torchMember(m: Machine, name: string, span: Span): Value {
  const own = ALIASES[name] ?? name;
  const cls = classNamed(m, own);
  if (cls) return cls;
  const at = own.lastIndexOf('.');
  const parent = own.slice(0, at);
  const last = own.slice(at + 1);
  const written = pythonMember(m, parent, last);
  if (written) return written;
  if (parent === 'torch') {
    const dtype = DTYPE_NAMES.get(last);
    if (dtype) return { kind: 'dtype', value: dtype };
    const number = CONSTANTS[own];
    if (number !== undefined) return float(number);
    if (last === 'newaxis') return { kind: 'None' };
    if (last === '__version__') return str(versionOf(m, 'torch'));
  }
  if (findOperation(own) || Object.hasOwn(NATIVE, own)) return builtin(own);
  if (SUBMODULES.has(own)) return moduleNamed(m, own);
  // Classes and functions are also reached by the file they stand in: torch.nn.modules.linear.Linear.
  const owner = FILES.find(([files]) => files.test(parent))?.[1];
  const deep = owner === undefined ? null : torchMember(m, `${owner}.${last}`, span);
  if (deep && deep.kind !== 'unknown') return deep;
  // A file has a small name; what has a capital is a class.
  if (!/^_?[A-Z]/.test(last) && FILES.some(([files]) => files.test(own))) return moduleNamed(m, own);
  return unknown(`${name} has no rule`, span);
}

/** Every name that a torch module has in Python here, for `from torch.nn import *`. */
export function pythonMembers(m: Machine, module: string): [string, Value][] {
  return namesOf(module).flatMap((name) => {
    const value = pythonMember(m, module, name);
    return value ? [[name, value] as [string, Value]] : [];
  });
}

function moduleNamed(m: Machine, name: string): ModuleValue {
  let module = m.modules.get(name);
  if (!module) m.modules.set(name, (module = { kind: 'module', name, attributes: null }));
  return module;
}

/** A class that the engine itself knows. */
export function classNamed(m: Machine, name: string): ClassValue | null {
  const own = ALIASES[name] ?? name;
  const bases = CLASSES[own];
  if (!bases) return own === 'torch.Size' ? builtinClass(own) : null;
  const known = m.torchClasses.get(own);
  if (known) return known;
  const parents = bases.map((base) => classNamed(m, base)!);
  const mro: ClassValue[] = [];
  const short = own.slice(own.lastIndexOf('.') + 1);
  const cls: ClassValue = { kind: 'class', name: short, qualname: short, bases: parents, attributes: new Map(), builtin: own, mro, def: null };
  mro.push(cls, ...(parents[0]?.mro ?? [builtinClass('object')!]));
  m.torchClasses.set(own, cls);
  return cls;
}

/** A member of a torch module that is written in Python; its text is read once a trace, when first asked for. */
export function pythonMember(m: Machine, module: string, name: string): Value | null {
  const source = sourceOf(module, name) ?? librarySource(module, name);
  if (!source) return null;
  return (m.pythonModules.get(source.text) ?? read(m, module, source.text)).get(name) ?? null;
}

/** Executes one of the texts. What it defines is there while it runs, for texts that import each other. */
function read(m: Machine, module: string, text: string): ReadonlyMap<string, Value> {
  const scope = new Scope('module', null, '', { name: module, path: `<${module}>`, tree: m.parse(text), recorded: false });
  m.pythonModules.set(text, scope.bindings);
  const outer = m.frame;
  m.frame = new Frame(scope, '<module>', null, null, null, null);
  try {
    m.once(() => executeBlock(m, scope.module.tree.body));
  } finally {
    m.frame = outer;
  }
  return scope.bindings;
}

export function callTorchName(m: Machine, name: string, args: readonly Value[], keywords: Keywords, span: Span): Value {
  if (Object.hasOwn(NATIVE, name)) return NATIVE[name]!(m, args, keywords, span);
  const value = classNamed(m, name) ? instantiateTorch(m, name, args, keywords, span) : null;
  return value ?? unknown(`${name} has no rule`, span);
}
