/**
 * Names of Python's own types: what `type(x).__name__` is for a value, and the bases of the builtin classes.
 * Source: https://docs.python.org/3/library/exceptions.html#exception-hierarchy
 */
import type { ClassValue, Value } from '../../values/values';

/** Each builtin class below its base. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  BaseException: 'object', Exception: 'BaseException', KeyboardInterrupt: 'BaseException', SystemExit: 'BaseException', GeneratorExit: 'BaseException',
  ArithmeticError: 'Exception', ZeroDivisionError: 'ArithmeticError', OverflowError: 'ArithmeticError', FloatingPointError: 'ArithmeticError',
  AssertionError: 'Exception', AttributeError: 'Exception', BufferError: 'Exception', EOFError: 'Exception', MemoryError: 'Exception',
  ImportError: 'Exception', ModuleNotFoundError: 'ImportError', LookupError: 'Exception', IndexError: 'LookupError', KeyError: 'LookupError',
  NameError: 'Exception', UnboundLocalError: 'NameError', OSError: 'Exception', FileNotFoundError: 'OSError', FileExistsError: 'OSError',
  PermissionError: 'OSError', ConnectionError: 'OSError', TimeoutError: 'OSError', IsADirectoryError: 'OSError', NotADirectoryError: 'OSError',
  ReferenceError: 'Exception', RuntimeError: 'Exception', NotImplementedError: 'RuntimeError', RecursionError: 'RuntimeError',
  StopIteration: 'Exception', StopAsyncIteration: 'Exception', SyntaxError: 'Exception', SystemError: 'Exception', TypeError: 'Exception',
  ValueError: 'Exception', UnicodeError: 'ValueError', UnicodeDecodeError: 'UnicodeError', UnicodeEncodeError: 'UnicodeError',
  Warning: 'Exception', UserWarning: 'Warning', DeprecationWarning: 'Warning', FutureWarning: 'Warning', RuntimeWarning: 'Warning',
  SyntaxWarning: 'Warning', ImportWarning: 'Warning', PendingDeprecationWarning: 'Warning', ResourceWarning: 'Warning',
};

/** Other spellings of a builtin exception. */
const ALIASES: Readonly<Record<string, string>> = { IOError: 'OSError', EnvironmentError: 'OSError', 'enum.EnumType': 'enum.EnumMeta' };

const TYPES: Readonly<Record<string, string>> = {
  int: 'object', bool: 'int', float: 'object', complex: 'object', str: 'object', bytes: 'object', bytearray: 'object', tuple: 'object', list: 'object',
  dict: 'object', set: 'object', frozenset: 'object', slice: 'object', range: 'object', type: 'object', zip: 'object', enumerate: 'object',
  map: 'object', filter: 'object', reversed: 'object', property: 'object', classmethod: 'object', staticmethod: 'object',
  'collections.OrderedDict': 'dict', 'collections.defaultdict': 'dict', 'collections.Counter': 'dict', 'collections.deque': 'object',
  'types.SimpleNamespace': 'object', 'types.NoneType': 'object', ellipsis: 'object', 'enum.Enum': 'object', 'enum.IntEnum': 'int', 'enum.StrEnum': 'str', 'enum.Flag': 'object', 'enum.IntFlag': 'int', 'enum.EnumMeta': 'type', 'abc.ABC': 'object',
  'torch.Size': 'tuple', 'typing.NamedTuple': 'tuple', 'typing.Generic': 'object', 'typing.Protocol': 'object', 'typing.TypedDict': 'dict',
  'functools.partial': 'object', 'dataclasses.Field': 'object', 'enum.auto': 'object', 'contextlib.nullcontext': 'object', 'contextlib.ExitStack': 'object',
  'contextlib.AbstractContextManager': 'object', 'contextlib.ContextDecorator': 'object', 'importlib.machinery.ModuleSpec': 'object', 'types.CodeType': 'object', 're.Pattern': 'object', 're.Match': 'object',
};

const BASES: Readonly<Record<string, string>> = { ...EXCEPTIONS, ...TYPES };
const classes = new Map<string, ClassValue>();

export function isException(name: string): boolean {
  return Object.hasOwn(EXCEPTIONS, ALIASES[name] ?? name);
}

export function isBuiltinClass(name: string): boolean {
  return name === 'object' || Object.hasOwn(BASES, name) || Object.hasOwn(ALIASES, name);
}

/** The class value of a builtin class, one and the same on each call; null where there is none of that name. */
export function builtinClass(name: string): ClassValue | null {
  const own = ALIASES[name] ?? name;
  const known = classes.get(own);
  if (known) return known;
  if (!isBuiltinClass(own)) return null;
  const base = own === 'object' ? null : builtinClass(BASES[own]!);
  const mro: ClassValue[] = [];
  const short = own.slice(own.lastIndexOf('.') + 1);
  const cls: ClassValue = { kind: 'class', name: short, qualname: short, bases: base ? [base] : [], attributes: new Map(), builtin: own, mro, def: null };
  mro.push(cls, ...(base?.mro ?? []));
  classes.set(own, cls);
  return cls;
}

/** Whether a builtin class is the other or below it; null where one of them is not a builtin class of Python. */
export function isSubclassName(name: string, of: string): boolean | null {
  const cls = builtinClass(name);
  const other = builtinClass(of);
  return cls && other ? cls.mro.includes(other) : null;
}

/** The dotted name of a value's type where it is one of Python's own; null for instances, tensors and unknowns. */
export function typeName(value: Value): string | null {
  switch (value.kind) {
    case 'int': case 'float': case 'complex': case 'bool': case 'str': case 'slice': case 'set': return value.kind;
    case 'None': return 'types.NoneType';
    case 'Ellipsis': return 'ellipsis';
    case 'tuple': return value.fields ? null : value.typeName ?? 'tuple';
    case 'list': return value.typeName ?? 'list';
    case 'dict': return value.typeName ?? 'dict';
    case 'iterator': return value.typeName;
    case 'function': return 'function';
    case 'method': return 'method';
    case 'module': return 'module';
    case 'dtype': return 'torch.dtype';
    case 'device': return 'torch.device';
    case 'partial': return 'functools.partial';
    default: return null;
  }
}

/** The type's name as Python's messages have it: `int`, `NoneType`, `OrderedDict`. */
export function displayType(value: Value): string {
  if (value.kind === 'instance') return value.cls.name;
  if (value.kind === 'tuple' && value.fields) return value.typeName ?? 'tuple';
  const name = typeName(value) ?? value.kind;
  return name === 'torch.Size' ? name : name.slice(name.lastIndexOf('.') + 1);
}
