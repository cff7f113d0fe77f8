/**
 * What a dotted torch name means: a class or function of the modules written in Python (`torch/modules`), a dtype,
 * an operation of the registry, a submodule, or one of the few classes the engine itself knows.
 */
import type { Span } from '../python/ast';
import { constant } from '../symint/symint';
import { DTYPE_NAMES } from '../torch/dtypes';
import { SOURCES } from '../torch/modules/index';
import { findOperation } from './apply';
import { builtinClass } from './builtins/types';
import type { Keywords } from './interpreter';
import type { Machine } from './machine';
import { Frame, Scope } from './scope';
import { executeBlock } from './statements';
import type { ClassValue, ModuleValue, Value } from './values';
import { builtin, float, int, list, tuple, unknown } from './values';

export function isTorchName(name: string): boolean {
  return name === 'torch' || name.startsWith('torch.');
}

const SUBMODULES = new Set([
  'torch.nn', 'torch.nn.functional', 'torch.nn.init', 'torch.nn.modules', 'torch.nn.parameter', 'torch.nn.utils', 'torch.nn.utils.rnn', 'torch.nn.utils.parametrizations', 'torch.nn.attention',
  'torch.linalg', 'torch.fft', 'torch.special', 'torch.utils', 'torch.utils.checkpoint', 'torch.utils.data', 'torch.cuda', 'torch.cuda.amp', 'torch.amp', 'torch.jit', 'torch.autograd', 'torch.optim',
  'torch.distributed', 'torch.backends', 'torch.backends.cudnn', 'torch.backends.cuda', 'torch.onnx', 'torch.compiler', 'torch.hub', 'torch.random', 'torch.signal', 'torch.signal.windows', 'torch.masked', 'torch.fx',
  'torch._dynamo', 'torch.distributions', 'torch.overrides', 'torch.version', 'torch.types', 'torch.profiler', 'torch.mps', 'torch.xpu', 'torch.ao', 'torch.quantization', 'torch.func',
]);

/** One class under several names. */
const ALIASES: Readonly<Record<string, string>> = { 'torch.nn.parameter.Parameter': 'torch.nn.Parameter', 'torch.nn.modules.Module': 'torch.nn.Module' };
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  'torch.Tensor': [], 'torch.nn.Parameter': ['torch.Tensor'], 'torch.nn.Buffer': ['torch.Tensor'], 'torch.device': [], 'torch.dtype': [], 'torch.Generator': [],
  'torch.FloatTensor': ['torch.Tensor'], 'torch.LongTensor': ['torch.Tensor'], 'torch.BoolTensor': ['torch.Tensor'], 'torch.IntTensor': ['torch.Tensor'],
};
const CONSTANTS: Readonly<Record<string, number>> = { 'torch.pi': Math.PI, 'torch.e': Math.E, 'torch.inf': Infinity, 'torch.nan': NaN };

export function torchMember(m: Machine, name: string, span: Span): Value {
  const own = ALIASES[name] ?? name;
  const cls = classNamed(m, own);
  if (cls) return cls;
  const written = pythonMember(m, own);
  if (written) return written;
  const at = own.lastIndexOf('.');
  const last = own.slice(at + 1);
  if (own.startsWith('torch.') && at === 5) {
    const dtype = DTYPE_NAMES.get(last);
    if (dtype) return { kind: 'dtype', value: dtype };
    const number = CONSTANTS[own];
    if (number !== undefined) return float(number);
    if (last === 'newaxis') return { kind: 'None' };
  }
  if (findOperation(own)) return builtin(own);
  if (SUBMODULES.has(own)) return moduleNamed(m, own);
  // Classes and functions are also reached by the file they stand in: torch.nn.modules.linear.Linear.
  const parent = own.slice(0, at);
  const deep = /^torch\.nn\.modules(\.\w+)?$/.test(parent) ? torchMember(m, `torch.nn.${last}`, span) : null;
  if (deep) return deep;
  if (/^torch\.nn\.modules\.\w+$/.test(own)) return moduleNamed(m, own);
  return unknown(`${name} has no rule`, span);
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

/** A member of a torch module that is written in Python. */
function pythonMember(m: Machine, name: string): Value | null {
  const at = name.lastIndexOf('.');
  return pythonModule(m, name.slice(0, at))?.get(name.slice(at + 1)) ?? null;
}

/** The names that the Python sources of a module define; they are read once a trace, when first asked for. */
export function pythonModule(m: Machine, name: string): ReadonlyMap<string, Value> | null {
  const loaded = m.pythonModules.get(name);
  if (loaded) return loaded;
  const texts = SOURCES[name];
  if (!texts) return null;
  const defined = new Map<string, Value>();
  m.pythonModules.set(name, defined);
  const outer = m.frame;
  for (const text of texts) {
    const scope = new Scope('module', null, '', { name, path: `<${name}>`, tree: m.parse(text), recorded: false });
    m.frame = new Frame(scope, '<module>', null, null, null, null);
    try {
      executeBlock(m, scope.module.tree.body);
    } finally {
      m.frame = outer;
    }
    for (const [key, value] of scope.bindings) if (value.kind !== 'module') defined.set(key, value);
  }
  return defined;
}

export function callTorchName(m: Machine, name: string, args: readonly Value[], keywords: Keywords, span: Span): Value {
  const cls = classNamed(m, name);
  if (cls) return instantiateTorch(m, name, args, keywords, span) ?? unknown(`${name} has no rule`, span);
  return unknown(`${name} has no rule`, span);
}

/** Instances of the classes that the engine itself knows. */
export function instantiateTorch(m: Machine, name: string, args: readonly Value[], keywords: Keywords, span: Span): Value | null {
  switch (name) {
    case 'torch.nn.Parameter': case 'torch.nn.Buffer': {
      const data = args[0] ?? keywords.get('data');
      if (data === undefined) return m.tensors.asParameter(m.tensors.opaque({ dims: [constant(0)], rest: null }, 'float32', 'an empty parameter', span));
      if (data.kind !== 'Tensor') return data.kind === 'unknown' ? data : unknown(`${name} is made of a ${data.kind}`, span);
      return name === 'torch.nn.Buffer' ? data : m.tensors.asParameter(data);
    }
    case 'torch.Size': {
      const items = args[0] ? m.iterate(args[0], span) : [];
      return items ? tuple(items, 'torch.Size') : unknown('a torch.Size of unknown length', span);
    }
    case 'torch.device': {
      const given = args[0] ?? keywords.get('device') ?? keywords.get('type');
      if (given?.kind === 'device') return given;
      return given?.kind === 'str' && given.value !== null ? { kind: 'device', value: given.value } : unknown('the device is not known', span);
    }
    case 'torch.Tensor': case 'torch.FloatTensor': case 'torch.LongTensor': case 'torch.BoolTensor': case 'torch.IntTensor': {
      const dtype = ({ 'torch.LongTensor': 'int64', 'torch.BoolTensor': 'bool', 'torch.IntTensor': 'int32' } as const)[name as 'torch.LongTensor'] ?? 'float32';
      const sizes = args.length > 0 && args.every((arg) => arg.kind === 'int');
      const options = new Map<string, Value>([['dtype', { kind: 'dtype', value: dtype }]]);
      if (sizes) return m.torch('torch.empty', args, options, span);
      if (args[0]?.kind === 'Tensor') return m.torch('torch.Tensor.to', [args[0], { kind: 'dtype', value: dtype }], new Map(), span);
      return args.length === 0 ? m.torch('torch.empty', [list([int(constant(0))])], options, span) : m.torch('torch.tensor', args, options, span);
    }
    case 'torch.Generator': return unknown('a random generator');
    default: return null;
  }
}
