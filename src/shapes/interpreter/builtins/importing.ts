/** importlib: whether a module is there, which version, and imports by name. */
import { NONE, bool, str, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { freshInstance } from './instances';
import { builtinClass } from './types';

function nameIn(value: Value | undefined): string | Value {
  return value?.kind === 'str' && value.value !== null ? value.value : unknownFrom([value], 'the name of the module is not known');
}

/** https://docs.python.org/3/library/importlib.html#importlib.util.find_spec */
function findSpec(call: BuiltinCall): Value {
  const [given] = bind(call, ['name', 'package'], 1);
  const name = nameIn(given);
  if (typeof name !== 'string') return name;
  const there = name.startsWith('.') ? null : call.interp.isInstalled(name);
  if (there === null) return unknown('whether a module is installed is not known');
  return there ? freshInstance(builtinClass('importlib.machinery.ModuleSpec')!, [['name', str(name)], ['origin', str(null)]]) : NONE;
}

/** https://docs.python.org/3/library/importlib.metadata.html#distribution-versions */
function version(call: BuiltinCall): Value {
  const [given] = bind(call, ['distribution_name'], 1);
  const name = nameIn(given);
  if (typeof name !== 'string') return name;
  const found = call.interp.versionOf(name);
  if (found === null && call.interp.isInstalled(name.replaceAll('-', '_')) === false) return call.interp.raise('PackageNotFoundError', `no package metadata was found for ${name}`);
  return str(found);
}

/** https://docs.python.org/3/library/importlib.html#importlib.import_module */
function importModule(call: BuiltinCall): Value {
  const [given, from] = bind(call, ['name', 'package'], 1);
  const name = nameIn(given);
  if (typeof name !== 'string') return name;
  const dots = /^\.*/.exec(name)![0].length;
  if (dots === 0) return call.interp.importModule(name, call.span);
  const base = nameIn(from);
  if (typeof base !== 'string') return base;
  const parts = base.split('.');
  return call.interp.importModule([...parts.slice(0, parts.length - dots + 1), name.slice(dots)].filter((part) => part !== '').join('.'), call.span);
}

/** `sys.modules[name]`: a module that is loaded, the document's own among them. */
function loaded(call: BuiltinCall, given: Value | undefined): Value | null {
  const name = nameIn(given);
  return typeof name === 'string' ? call.interp.loadedModule(name) : name;
}

export const importing: BuiltinTable = {
  'importlib.util.find_spec': findSpec,
  'importlib.metadata.version': version,
  'importlib.import_module': importModule,
  'sys.modules.__getitem__': (call) => loaded(call, call.args[1]) ?? unknown('whether the module is loaded is not known'),
  'sys.modules.get': (call) => loaded(call, call.args[0]) ?? unknown('whether the module is loaded is not known'),
  'sys.modules.__contains__': (call) => bool(loaded(call, call.args[1]) ? true : null),
};
