/** `import`: modules the engine knows by name, and modules whose source the resolver finds. */
import type * as ast from '../python/ast';
import type { Span } from '../python/ast';
import { knownModule, moduleAttribute } from './library/index';
import { PythonRaise } from './interpreter';
import type { Machine } from './machine';
import { Frame, Scope } from './scope';
import { executeBlock } from './statements';
import { isTorchName, pythonMembers, torchMember } from './torchnames';
import { unknown } from './values';
import type { ModuleValue, Value } from './values';
import { wellKnownMember, wellKnownModule } from './wellknown';

export function importModules(m: Machine, node: ast.Import): void {
  for (const alias of node.names) {
    const value = importModule(m, alias.name, node);
    const bound = alias.asname ?? alias.name.split('.')[0]!;
    const shown = alias.asname || !alias.name.includes('.') ? value : importModule(m, bound, node);
    m.heap.set(m.frame.scope.target(bound), bound, shown);
  }
}

export function importFrom(m: Machine, node: ast.ImportFrom): void {
  const base = absoluteName(m, node);
  const module = base === null ? unknown('a relative import outside of a package', node) : importModule(m, base, node);
  for (const alias of node.names) {
    if (alias.name === '*') {
      if (module.kind !== 'module') m.hasUnknownNames = true;
      else {
        for (const [name, value] of module.attributes ?? pythonMembers(m, module.name)) if (!name.startsWith('_')) m.heap.set(m.frame.scope.target(name), name, value);
      }
      continue;
    }
    const bound = alias.asname ?? alias.name;
    m.heap.set(m.frame.scope.target(bound), bound, importMember(m, module, base, alias.name, node));
  }
}

function importMember(m: Machine, module: Value, base: string | null, name: string, span: Span): Value {
  if (module.kind !== 'module') return base === null ? module : wellKnownMember(m, base, name, span) ?? module;
  const member = moduleMember(m, module, name, span);
  if (member.kind !== 'unknown') return member;
  const submodule = importModule(m, `${module.name}.${name}`, span);
  return submodule.kind === 'module' ? submodule : member;
}

/** The dotted name that an import statement means, relative ones taken from the module it stands in. */
function absoluteName(m: Machine, node: ast.ImportFrom): string | null {
  if (node.level === 0) return node.module;
  const own = m.frame.scope.module;
  const parts = own.name.split('.');
  const up = node.level - (m.packages.has(own.name) ? 1 : 0);
  if (up > parts.length - 1 && !(up === parts.length)) return null;
  const base = parts.slice(0, parts.length - up);
  return [...base, ...(node.module ? [node.module] : [])].join('.') || null;
}

export function importModule(m: Machine, name: string, span: Span): Value {
  const loaded = m.modules.get(name);
  if (loaded) return loaded;
  if (isTorchName(name) || knownModule(name)) {
    const module: ModuleValue = { kind: 'module', name, attributes: null };
    m.modules.set(name, module);
    return module;
  }
  const source = m.resolver.resolve(name);
  if (!source) {
    if (wellKnownModule(name)) return { kind: 'module', name, attributes: null };
    // In `try: import x except ImportError` the handler is what runs where x is not installed.
    if (m.frame.guarded > 0) throw new PythonRaise('ModuleNotFoundError', `no module named ${name}`);
    return unknown(`the module ${name} is not installed where Shapelens looks`, span);
  }
  const module: ModuleValue = { kind: 'module', name, attributes: new Map() };
  m.modules.set(name, module);
  if (source.isPackage) m.packages.add(name);
  load(m, module, source.path, source.text, span);
  return module;
}

function load(m: Machine, module: ModuleValue, path: string, text: string, span: Span): void {
  const traced = { name: module.name, path, tree: m.parse(text), recorded: false };
  const scope = new Scope('module', null, '', traced);
  scope.bindings.set('__name__', { kind: 'str', value: module.name });
  module.attributes = scope.bindings;
  const outer = m.frame;
  m.frame = new Frame(scope, '<module>', null, null, outer, span);
  try {
    m.heap.apart(() => executeBlock(m, traced.tree.body));
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
  } finally {
    m.frame = outer;
  }
}

export function moduleMember(m: Machine, module: ModuleValue, name: string, span: Span): Value {
  const own = module.attributes?.get(name);
  if (own !== undefined) return own;
  if (isTorchName(module.name)) return torchMember(m, `${module.name}.${name}`, span);
  const known = moduleAttribute(module.name, name) ?? wellKnownMember(m, module.name, name, span);
  if (known) return known;
  const submodule = m.modules.get(`${module.name}.${name}`) ?? (knownModule(`${module.name}.${name}`) ? importModule(m, `${module.name}.${name}`, span) : null);
  if (submodule) return submodule;
  if (module.attributes && m.packages.has(module.name)) {
    const nested = m.resolver.resolve(`${module.name}.${name}`) ? importModule(m, `${module.name}.${name}`, span) : null;
    if (nested) return nested;
  }
  return unknown(`${module.name}.${name} has no rule`, span);
}
