/**
 * Modules that the engine knows by name: they are never read from source. What it has no rule for is unknown, with the
 * name in the reason. torch is not among them.
 */
import { builtinConstant, hasBuiltin } from '../builtins/index';
import { builtin, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { ALIASES, OPAQUE, STANDARD } from './modules';
import { isWritten } from './python/index';

/** Whether the module is known by name, as `math`, `os.path` or `collections.abc`. */
export function knownModule(name: string): boolean {
  if (Object.hasOwn(ALIASES, name)) return true;
  const top = name.split('.')[0]!;
  return OPAQUE.has(top) ? true : Object.hasOwn(STANDARD, top) && (name === top || isSubmodule(top, name.slice(top.length + 1)));
}

/** Whether the module comes with Python. */
export function isStandard(name: string): boolean {
  return Object.hasOwn(STANDARD, name.split('.')[0]!);
}

/** Whether the module is of a package of which next to nothing is traced. */
export function isOpaque(name: string): boolean {
  return OPAQUE.has(name.split('.')[0]!);
}

function isSubmodule(top: string, rest: string): boolean {
  return STANDARD[top]!.includes(rest);
}

/**
 * An attribute of a known module, or of a builtin function or class by its dotted name (`dict.fromkeys`).
 * @returns null where the module is not known, or the name is that of a submodule
 */
export function moduleAttribute(module: string, name: string): Value | null {
  const owner = Object.hasOwn(ALIASES, module) ? ALIASES[module]! : module;
  const dotted = owner === 'builtins' ? name : `${owner}.${name}`;
  const constant = builtinConstant(dotted);
  if (constant) return constant;
  if (hasBuiltin(dotted)) return builtin(dotted);
  if (isWritten(dotted)) return null;
  if (knownModule(dotted) && !OPAQUE.has(owner.split('.')[0]!)) return null;
  if (isTypeName(owner, name)) return builtin(dotted);
  return knownModule(owner) ? unknown(`${module}.${name} has no rule`) : null;
}

/** Names that stand in annotations and isinstance tests, and are not called. */
function isTypeName(module: string, name: string): boolean {
  return (module === 'typing' || module === 'collections.abc' || module === 'numbers' || module === 'abc' || module === 'types') && /^[A-Z]/.test(name);
}
