/** Values that names of Python and its standard library have without being called. */
import { constant } from '../../symint/symint';
import { ELLIPSIS, FALSE, TRUE, builtin, float, int, str, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { classWith, freshInstance } from './instances';
import { FLAGS } from './regex/index';
import { builtinClass } from './types';

const number = (n: number): Value => int(constant(n));
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
/** `sys.modules`, which gives modules by name. */
function tableOfModules(): Value {
  const attributes = new Map(['__getitem__', '__contains__'].map((name) => [name, builtin(`sys.modules.${name}`)] as const));
  return freshInstance(classWith('dict', attributes), [['get', builtin('sys.modules.get')]]);
}

/** `os.environ`, of which only single variables are asked for. */
function environment(): Value {
  const attributes = new Map(['__getitem__', '__contains__', '__setitem__', '__delitem__'].map((name) => [name, builtin(`os.environ.${name}`)] as const));
  return freshInstance(classWith('_Environ', attributes), ['get', 'setdefault', 'pop'].map((name) => [name, builtin(`os.environ.${name}`)] as const));
}

const unread = (what: string): Value => unknown(`${what} is not read`);

const CONSTANTS: Readonly<Record<string, Value>> = {
  Ellipsis: ELLIPSIS,
  NotImplemented: builtin('NotImplemented'),
  __debug__: TRUE,
  __file__: str(null),
  __doc__: str(null),
  __builtins__: builtin('builtins'),
  'math.pi': float(Math.PI),
  'math.e': float(Math.E),
  'math.tau': float(2 * Math.PI),
  'math.inf': float(Infinity),
  'math.nan': float(NaN),
  'numpy.float': builtinClass('float')!,
  'numpy.int': builtinClass('int')!,
  'numpy.bool': builtinClass('bool')!,
  'numpy.pi': float(Math.PI),
  'numpy.e': float(Math.E),
  'numpy.inf': float(Infinity),
  'numpy.nan': float(NaN),
  'numpy.newaxis': { kind: 'None' },
  'typing.TYPE_CHECKING': FALSE,
  'dataclasses.MISSING': builtin('dataclasses.MISSING'),
  'dataclasses.KW_ONLY': builtin('dataclasses.KW_ONLY'),
  'sys.maxsize': int(null),
  'sys.float_info.epsilon': float(Number.EPSILON),
  'sys.float_info.max': float(Number.MAX_VALUE),
  'sys.float_info.min': float(2.2250738585072014e-308),
  'sys.float_info': builtin('sys.float_info'),
  // Libraries ask for it to choose between spellings of the same thing; the grammar that is read is that of Python 3.12.
  'sys.version_info': tuple([number(3), number(12), number(0), str('final'), number(0)], 'sys.version_info', ['major', 'minor', 'micro', 'releaselevel', 'serial']),
  'sys.version': str(null),
  'sys.platform': str(null),
  'sys.argv': unread('the command line of the program'),
  'sys.path': unread('the search path of modules'),
  'sys.modules': tableOfModules(),
  'os.environ': environment(),
  'os.name': str(null),
  'os.sep': str(null),
  'os.linesep': str(null),
  'string.ascii_lowercase': str(LOWER),
  'string.ascii_uppercase': str(LOWER.toUpperCase()),
  'string.ascii_letters': str(LOWER + LOWER.toUpperCase()),
  'string.digits': str('0123456789'),
  'string.hexdigits': str('0123456789abcdefABCDEF'),
  'string.octdigits': str('01234567'),
  'string.punctuation': str('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'),
  'logging.NOTSET': number(0),
  'logging.DEBUG': number(10),
  'logging.INFO': number(20),
  'logging.WARNING': number(30),
  'logging.WARN': number(30),
  'logging.ERROR': number(40),
  'logging.CRITICAL': number(50),
  'functools.WRAPPER_ASSIGNMENTS': tuple(['__module__', '__name__', '__qualname__', '__doc__', '__annotations__'].map(str)),
  ...Object.fromEntries(Object.entries(FLAGS).flatMap(([name, bits]) => [name, ...(name === 'DEBUG' || name === 'NOFLAG' ? [] : [name === 'DOTALL' ? 'S' : name === 'VERBOSE' ? 'X' : name[0]!])].map((each) => [`re.${each}`, number(bits)]))),
};

/** null: no such constant. Builtin classes (`int`, `ValueError`, `enum.Enum`) are constants too. */
export function builtinConstant(name: string): Value | null {
  return Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name]! : builtinClass(name);
}
