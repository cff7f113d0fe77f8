/** `import`: modules the engine knows by name, and modules whose source the resolver finds. */
import type * as ast from '../python/ast';
import type { Span } from '../python/ast';
import { Bindings } from './state/bindings';
import { dottedName } from './calls/functions';
import { isOpaque, isStandard, knownModule, moduleAttribute } from './library/index';
import { isPartlyWritten } from './library/python/index';
import { NO_KEYWORDS, PythonRaise } from './interpreter';
import type { Machine } from './machine';
import { Frame, Scope } from './state/scope';
import { execute } from './statements';
import { isTorchName, pythonMember, pythonMembers, torchMember } from './tensors/torchnames';
import { unknown } from '../values/values';
import type { Tri } from '../torch/rule';
import type { ModuleValue, Value } from '../values/values';
import { wellKnownMember, wellKnownModule } from './wellknown';

/** Visits that one statement at the top level of a library module may take: registries and tables of settings stay far below. */
const STATEMENT_VISITS = 30_000;

export function importModules(m: Machine, node: ast.Import): void {
  for (const alias of node.names) {
    if (alias.asname && defers(m, alias.name)) {
      later(m, alias.asname, node, () => importModule(m, alias.name, node));
      continue;
    }
    const value = importModule(m, alias.name, node);
    const bound = alias.asname ?? alias.name.split('.')[0]!;
    const shown = alias.asname || !alias.name.includes('.') ? value : importModule(m, bound, node);
    m.heap.set(m.frame.scope.target(bound), bound, shown);
  }
}

export function importFrom(m: Machine, node: ast.ImportFrom): void {
  const base = absoluteName(m, node);
  if (base !== null && defers(m, base) && node.names.every((alias) => alias.name !== '*')) {
    for (const { name, asname } of node.names) later(m, asname ?? name, node, () => importMember(m, importModule(m, base, node), base, name, node));
    return;
  }
  const module = base === null ? unknown('a relative import outside of a package', node) : importModule(m, base, node);
  for (const alias of node.names) {
    if (alias.name === '*') {
      importStar(m, module, node);
      continue;
    }
    const bound = alias.asname ?? alias.name;
    m.heap.set(m.frame.scope.target(bound), bound, importMember(m, module, base, alias.name, node));
  }
}

/** Whether an import may wait until its name is used: at a module's top level, where no handler waits for it to fail. The document's own wait if they are there. */
function defers(m: Machine, name: string): boolean {
  const { scope, guarded } = m.frame;
  return scope.kind === 'module' && (!scope.module.recorded || m.resolver.resolve(name) !== null) && scope.module.path !== '<call>' && guarded === 0 && !m.heap.noting && !isTorchName(name) && !knownModule(name);
}

/** Binds a name to what is imported when it is first used, from the place of the import statement. */
function later(m: Machine, bound: string, span: Span, read: () => Value): void {
  const { frame } = m;
  const place = new Frame(frame.scope, '<module>', null, null, frame.caller, span);
  frame.scope.bindings.defer(bound, () => {
    const outer = m.frame;
    m.frame = place;
    try {
      return m.once(read);
    } finally {
      m.frame = outer;
    }
  });
}

function importStar(m: Machine, module: Value, span: Span): void {
  if (module.kind !== 'module') {
    m.hasUnknownNames = true;
    return;
  }
  const { attributes } = module;
  if (!attributes) {
    for (const [name, value] of pythonMembers(m, module.name)) if (!name.startsWith('_')) m.heap.set(m.frame.scope.target(name), name, value);
    return;
  }
  const names = exportsOf(module) ?? (attributes instanceof Bindings ? attributes.names() : [...attributes.keys()]).filter((name) => !name.startsWith('_'));
  for (const name of names) {
    const read = (): Value => moduleMember(m, module, name, span);
    if (m.frame.scope.kind === 'module' && !m.heap.noting && attributes instanceof Bindings && !attributes.isRead(name)) m.frame.scope.bindings.defer(name, read);
    else m.heap.set(m.frame.scope.target(name), name, read());
  }
}

/** The names in a module's `__all__`, or null where there is none, or one that is not known whole. */
function exportsOf(module: ModuleValue): string[] | null {
  const all = module.attributes?.get('__all__');
  if ((all?.kind !== 'list' && all?.kind !== 'tuple') || !all.items) return null;
  const names = all.items.flatMap((item) => (item.kind === 'str' && item.value !== null ? [item.value] : []));
  return names.length === all.items.length ? names : null;
}

function importMember(m: Machine, module: Value, base: string | null, name: string, span: Span): Value {
  if (module.kind !== 'module') return base === null ? module : wellKnownMember(m, base, name, span) ?? module;
  const member = moduleMember(m, module, name, span);
  if (member.kind !== 'unknown' || isOpaque(module.name)) return member;
  // A file of torch's layers holds no other. Which classes there are is known: one of another version is not there.
  if (/^torch\.nn\.modules\.\w+$/.test(module.name)) {
    if (m.frame.guarded > 0) throw new PythonRaise('ImportError', `cannot import name ${name} from ${module.name}`);
    return member;
  }
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

/** What `sys.modules` has under the name; the document's own bindings under its own name. */
export function loadedModule(m: Machine, name: string): Value | null {
  if (name === m.module.name || name === m.mainName) return { kind: 'module', name, attributes: m.bindings };
  return m.modules.get(name) ?? (isTorchName(name) ? importModule(m, name, { start: 0, end: 0 }) : null);
}

/**
 * `sys.modules[__name__] = …` puts another object in the module's place, one that reads its folder to know its names. The
 * trace keeps the module, so nothing rests on what that object is.
 */
export function replacesModule({ targets: [target] }: ast.Assign): boolean {
  return target?.kind === 'Subscript' && target.slice.kind === 'Name' && target.slice.id === '__name__' && dottedName(target.value) === 'sys.modules';
}

/** Under which the document is kept by its file, as no module can be named. */
const fileKey = (path: string): string => `file ${path}`;

/** From now on who imports the document gets what was traced of it, not a copy that is read from its file. */
export function offerDocument(m: Machine): void {
  const { name } = m.module;
  const source = isTorchName(name) || knownModule(name) ? null : m.resolver.resolve(name);
  if (!source) return;
  const document: ModuleValue = { kind: 'module', name, attributes: m.bindings };
  m.modules.set(name, document);
  m.modules.set(fileKey(source.path), document);
}

/** Whether an import of the module would find it. */
export function isInstalled(m: Machine, name: string): Tri {
  if (m.modules.has(name) || isTorchName(name) || m.resolver.resolve(name)) return true;
  return knownModule(name) ? isStandard(name) || null : false;
}

/** The version of torch that the engine's rules are those of, where no other is installed. */
const TORCH_VERSION = '2.13.0';

export function versionOf(m: Machine, distribution: string): string | null {
  return m.resolver.version?.(distribution) ?? (distribution === 'torch' ? TORCH_VERSION : null);
}

const notInstalled = (name: string): string => `the module ${name} is not installed where Shapelens looks`;

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
    if (wellKnownModule(name) || isPartlyWritten(name)) return { kind: 'module', name, attributes: null };
    // In `try: import x except ImportError` the handler is what runs where x is not installed.
    if (m.frame.guarded > 0) throw new PythonRaise('ModuleNotFoundError', `no module named ${name}`);
    return unknown(notInstalled(name), span);
  }
  // One file may be reached under two names, in its package and beside it.
  const document = m.modules.get(fileKey(source.path));
  if (document) return document;
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
    m.once(() => {
      for (const statement of traced.tree.body) topLevel(m, statement, outer.guarded > 0);
      declaredForCheckers(m, scope, traced.tree.body);
    });
  } finally {
    m.frame = outer;
  }
}

/**
 * What raises, or takes too long, costs a library module one statement only; an import that fails is for who waits for
 * that. What a statement that takes too long may have made is not known.
 */
function topLevel(m: Machine, statement: ast.Stmt, awaited: boolean): void {
  const { scope } = m.frame;
  try {
    m.allow(STATEMENT_VISITS, `a statement of ${scope.module.name}`, () => void execute(m, statement), (reason) => {
      for (const name of namesBoundBy(statement)) scope.bindings.set(name, unknown(reason));
    }, 'apart');
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    if (awaited && (error.type === 'ImportError' || error.type === 'ModuleNotFoundError')) throw error;
  }
}

function namesBoundBy(statement: ast.Stmt): string[] {
  switch (statement.kind) {
    case 'FunctionDef': case 'ClassDef': return [statement.name];
    case 'Assign': return statement.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []));
    case 'AnnAssign': return statement.target.kind === 'Name' ? [statement.target.id] : [];
    default: return [];
  }
}

/**
 * A package that puts a lazy module in its place says under `if TYPE_CHECKING:` what its names are. They count where
 * nothing else defines them.
 */
function declaredForCheckers(m: Machine, scope: Scope, body: readonly ast.Stmt[]): void {
  for (const statement of body) {
    if (statement.kind !== 'If' || !/^(typing\.)?TYPE_CHECKING$/.test(dottedName(statement.test) ?? '')) continue;
    const imports = flatten(statement.body).filter((inner): inner is ast.ImportFrom => inner.kind === 'ImportFrom');
    const { caller } = m.frame;
    // Those that name what they bring come first: a star has to read its module.
    const stars = (node: ast.ImportFrom): boolean => node.names.some((alias) => alias.name === '*');
    for (const node of [...imports.filter((one) => !stars(one)), ...imports.filter(stars)]) {
      scope.bindings.deferNames(() => {
        const outer = m.frame;
        m.frame = new Frame(scope, '<module>', null, null, caller, statement);
        try {
          m.once(() => importMissing(m, scope, node));
        } finally {
          m.frame = outer;
        }
      }, stars(node) ? node.module : null);
    }
  }
}

/** The statements of a block, with those of `try` and `else` blocks inside: `try: … except NotInstalled: pass else: from .x import y`. */
function flatten(body: readonly ast.Stmt[]): ast.Stmt[] {
  return body.flatMap((statement) => (statement.kind === 'Try' ? flatten([...statement.body, ...statement.orelse]) : [statement]));
}

function importMissing(m: Machine, scope: Scope, node: ast.ImportFrom): void {
  const base = absoluteName(m, node);
  if (base === null || isTorchName(base) || knownModule(base)) return;
  for (const { name, asname } of node.names) {
    if (name !== '*') {
      const bound = asname ?? name;
      if (!scope.bindings.binds(bound)) later(m, bound, node, () => importMember(m, importModule(m, base, node), base, name, node));
      continue;
    }
    const module = importModule(m, base, node);
    if (module.kind !== 'module' || !(module.attributes instanceof Bindings)) continue;
    const { attributes } = module;
    const names = exportsOf(module) ?? attributes.names().filter((other) => !other.startsWith('_'));
    scope.bindings.deferStar((other) => attributes.declared(other));
    for (const other of names) if (!scope.bindings.binds(other)) scope.bindings.defer(other, () => moduleMember(m, module, other, node));
  }
}

export function moduleMember(m: Machine, module: ModuleValue, name: string, span: Span): Value {
  const written = isPartlyWritten(module.name);
  const patch = m.patches.get(`${module.name}.${name}`);
  if (patch !== undefined) return patch;
  const own = (written ? pythonMember(m, module.name, name) : null) ?? module.attributes?.get(name);
  if (own !== undefined) return own;
  if (isTorchName(module.name)) return torchMember(m, `${module.name}.${name}`, span);
  const known = pythonMember(m, module.name, name) ?? moduleAttribute(module.name, name) ?? wellKnownMember(m, module.name, name, span);
  if (known) return known;
  const submodule = m.modules.get(`${module.name}.${name}`) ?? (knownModule(`${module.name}.${name}`) || isPartlyWritten(`${module.name}.${name}`) ? importModule(m, `${module.name}.${name}`, span) : null);
  if (submodule) return submodule;
  if (module.attributes && m.packages.has(module.name)) {
    const nested = m.resolver.resolve(`${module.name}.${name}`) ? importModule(m, `${module.name}.${name}`, span) : null;
    if (nested) return nested;
  }
  // PEP 562: the module's own function for names that it does not have.
  const fallback = module.attributes?.get('__getattr__');
  if (fallback?.kind === 'function') {
    try {
      return m.call(fallback, [{ kind: 'str', value: name }], NO_KEYWORDS, span);
    } catch (error) {
      if (!(error instanceof PythonRaise) || error.type !== 'AttributeError') throw error;
    }
  }
  const declared = module.attributes instanceof Bindings ? module.attributes.declared(name) : undefined;
  return declared ?? unknown(written && !module.attributes ? notInstalled(module.name) : `${module.name}.${name} has no rule`, span);
}
