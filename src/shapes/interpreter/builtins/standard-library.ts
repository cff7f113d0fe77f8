/** Functions of the standard library whose results are known in kind only, and those that do nothing to shapes. */
import { NO_KEYWORDS } from '../interpreter';
import { NONE, bool, builtin, float, int, list, str, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unhandled } from './call';
import type { BuiltinCall, BuiltinFunction, BuiltinTable } from './call';
import { transparent } from './functools';
import { freshInstance } from './instances';
import { knownInt } from './numbers';
import { dictOf, joined, openSequence } from './sequences';
import { builtinClass } from './types';

const nothing: BuiltinFunction = () => NONE;
const someFloat: BuiltinFunction = () => float(null);
const someInt: BuiltinFunction = () => int(null);
const someText: BuiltinFunction = () => str(null);
const someBool: BuiltinFunction = () => bool(null);
const second: BuiltinFunction = (call) => call.args[1] ?? unhandled(call);
const notRead = (what: string): BuiltinFunction => () => unknown(`${what} is not read`);

function all(names: readonly string[], func: BuiltinFunction): BuiltinTable {
  return Object.fromEntries(names.map((name) => [name, func]));
}

/** A context manager that gives `entered` and swallows nothing. */
function manager(entered: Value): Value {
  const enter: Value = { kind: 'partial', func: builtin('functools.identity'), args: [entered], keywords: NO_KEYWORDS };
  const cls = builtinClass('contextlib.nullcontext')!;
  return freshInstance({ ...cls, builtin: null }, [['__enter__', enter], ['__exit__', builtin('contextlib.exit')]]);
}

function choice(call: BuiltinCall): Value {
  const [source] = bind(call, ['seq'], 1);
  return call.interp.elementOf(source!, call.span);
}

function choices(call: BuiltinCall): Value {
  const [source, ...rest] = call.args;
  if (!source) return unhandled(call);
  const count = knownInt(call.keywords.get('k') ?? rest.at(-1));
  const element = call.interp.elementOf(source, call.span);
  return count === null || count > 10_000 ? openSequence('list', element) : list(Array.from({ length: Math.max(count, 0) }, () => element));
}

function shuffle(call: BuiltinCall): Value {
  const [target] = call.args;
  if (target?.kind === 'list' && target.items && target.items.length > 0) {
    const element = joined(call.interp, target.items, call.span)!;
    call.interp.heap.setItems(target, target.items.map(() => element));
  }
  return NONE;
}

/** `os.path.join` as on POSIX. */
function joinPath(call: BuiltinCall): Value {
  const parts = call.args.map((arg) => (arg.kind === 'str' ? arg.value : null));
  if (parts.length === 0 || parts.includes(null)) return str(null);
  return str((parts as string[]).reduce((path, part) => (part.startsWith('/') ? part : path === '' || path.endsWith('/') ? path + part : `${path}/${part}`)));
}

/** Variables that every process has. */
const ALWAYS_SET: ReadonlySet<string> = new Set(['HOME', 'PATH', 'USER', 'PWD', 'SHELL', 'LANG', 'TMPDIR', 'TEMP', 'USERPROFILE', 'APPDATA']);

/** Switches of libraries are taken to be as nobody set them. */
function environment(call: BuiltinCall): Value {
  const [name, fallback] = bind(call, ['key', 'default'], 1);
  if (name!.kind !== 'str' || name!.value === null || ALWAYS_SET.has(name!.value)) return unknown('the environment is not read');
  return fallback ?? NONE;
}

const namespace = (cls: string): BuiltinFunction => (call) => freshInstance(builtinClass(cls)!, call.keywords);

export const standardLibrary: BuiltinTable = {
  'typing.cast': second,
  ...all(['typing.TypeVar', 'typing.ParamSpec', 'typing.TypeVarTuple', 'typing.ForwardRef'], () => builtin('typing.Any')),
  'typing.NewType': () => builtin('functools.identity'),
  ...all(['typing.overload', 'typing.final', 'typing.runtime_checkable', 'typing.no_type_check', 'typing.override', 'typing.dataclass_transform', 'typing.deprecated',
    'abc.abstractmethod', 'abc.abstractproperty', 'contextlib.contextmanager', 'contextlib.asynccontextmanager', 'atexit.register'], transparent),
  'typing.NamedTuple': (call) => unhandled(call, 'is a class that is not traced'),
  ...all(['warnings.warn', 'warnings.warn_explicit', 'warnings.simplefilter', 'warnings.filterwarnings', 'warnings.resetwarnings', 'logging.basicConfig', 'logging.disable',
    'logging.debug', 'logging.info', 'logging.warning', 'logging.warn', 'logging.error', 'logging.exception', 'logging.critical', 'logging.log', 'logging.captureWarnings',
    'random.seed', 'random.setstate', 'numpy.random.seed', 'numpy.set_printoptions', 'time.sleep', 'gc.collect', 'gc.disable', 'gc.enable', 'contextlib.exit',
    'os.makedirs', 'os.mkdir', 'os.remove', 'os.chdir', 'sys.setrecursionlimit', 'traceback.print_exc', 'pprint.pprint', 'faulthandler.enable'], nothing),
  'warnings.catch_warnings': () => manager(NONE),
  'logging.getLogger': () => builtin('logging.Logger'),
  ...all(['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'log', 'setLevel', 'addHandler', 'removeHandler', 'addFilter', 'warning_once', 'warning_advice'].map((name) => `logging.Logger.${name}`), nothing),
  'logging.Logger.isEnabledFor': someBool,
  'logging.Logger.getEffectiveLevel': someInt,
  ...all(['random.random', 'random.uniform', 'random.gauss', 'random.normalvariate', 'random.triangular', 'random.betavariate', 'random.expovariate', 'random.lognormvariate',
    'time.time', 'time.perf_counter', 'time.monotonic', 'time.process_time', 'statistics.mean', 'statistics.stdev'], someFloat),
  ...all(['random.randint', 'random.randrange', 'random.getrandbits', 'time.time_ns', 'time.perf_counter_ns', 'os.cpu_count', 'os.getpid', 'sys.getsizeof', 'sys.getrecursionlimit',
    'multiprocessing.cpu_count'], someInt),
  'random.choice': choice,
  'random.choices': choices,
  'random.sample': choices,
  'random.shuffle': shuffle,
  'contextlib.nullcontext': (call) => manager(call.args[0] ?? call.keywords.get('enter_result') ?? NONE),
  'contextlib.suppress': () => unknown('contextlib.suppress may swallow what is raised inside it'),
  'contextlib.redirect_stdout': () => manager(NONE),
  'contextlib.redirect_stderr': () => manager(NONE),
  'types.SimpleNamespace': namespace('types.SimpleNamespace'),
  'types.MethodType': (call) => (call.args.length === 2 ? { kind: 'method', func: call.args[0]!, receiver: call.args[1]! } : unhandled(call)),
  'types.bind': (call) => (call.args.length >= 2 ? call.args[1]!.kind === 'None' ? call.args[0]! : { kind: 'method', func: call.args[0]!, receiver: call.args[1]! } : unhandled(call)),
  'types.MappingProxyType': (call) => call.args[0] ?? dictOf([]),
  'enum.auto': () => freshInstance(builtinClass('enum.auto')!),
  'os.getenv': environment,
  'os.environ.get': environment,
  'os.environ.setdefault': environment,
  'os.environ.pop': environment,
  'os.environ.__getitem__': notRead('the environment'),
  'os.environ.__contains__': (call) => bool(environment({ ...call, args: call.args.slice(1) }).kind === 'None' ? false : null),
  ...all(['os.environ.__setitem__', 'os.environ.__delitem__'], nothing),
  'os.path.join': joinPath,
  ...all(['os.path.dirname', 'os.path.basename', 'os.path.abspath', 'os.path.expanduser', 'os.path.realpath', 'os.path.normpath', 'os.getcwd', 'os.fspath',
    'textwrap.dedent', 'textwrap.indent', 'json.dumps', 'time.strftime', 'time.ctime', 'platform.system', 'platform.python_version', 'inspect.getsource', 'traceback.format_exc'], someText),
  ...all(['os.path.exists', 'os.path.isfile', 'os.path.isdir', 'os.path.isabs', 'sys.is_finalizing'], someBool),
  ...all(['os.path.split', 'os.path.splitext'], () => tuple([str(null), str(null)])),
  ...all(['os.listdir', 'glob.glob'], () => openSequence('list', str(null))),
  'sys.exit': (call) => call.interp.raise('SystemExit', 'the program ends here'),
  'sys.intern': (call) => call.args[0] ?? unhandled(call),
  'tqdm.tqdm': (call) => call.args[0] ?? call.keywords.get('iterable') ?? unknown('a progress bar without an iterable'),
  'tqdm.trange': (call) => call.interp.call(builtin('range'), call.args, NO_KEYWORDS, call.span),
};
