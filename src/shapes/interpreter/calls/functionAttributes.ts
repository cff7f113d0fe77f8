/** The attributes of functions: https://docs.python.org/3/reference/datamodel.html#user-defined-functions */
import type { AnyNode } from '../../python/walk';
import type { Expr, Span, Stmt } from '../../python/ast';
import { walk } from '../../python/walk';
import { constant } from '../../symint/symint';
import { CODE_OF } from '../builtins/functools';
import { freshInstance } from '../builtins/instances';
import { dictOf } from '../builtins/sequences';
import { builtinClass } from '../builtins/types';
import { evaluate } from '../expressions';
import { parametersOf } from './functions';
import { NO_KEYWORDS } from '../interpreter';
import type { Machine } from '../machine';
import { Frame } from '../state/scope';
import type { Scope } from '../state/scope';
import { NONE, builtin, int, str, tuple, unknown } from '../../values/values';
import type { FunctionValue, Value } from '../../values/values';

export function functionAttribute(m: Machine, func: FunctionValue, name: string, span: Span): Value {
  const stored = func.attributes.get(name);
  if (stored !== undefined && name !== '__doc__') return stored;
  const { def } = func;
  switch (name) {
    case '__name__': return str(func.name);
    case '__qualname__': return str(func.qualname);
    case '__module__': return str((func.closure as Scope).module.name);
    case '__doc__': return docOf(func.closure as Scope, stored, def.kind === 'FunctionDef' ? def.body : []);
    case '__dict__': return dictOf(func.attributes);
    case '__defaults__': return func.defaults.length > 0 ? tuple([...func.defaults]) : NONE;
    case '__kwdefaults__': return func.kwDefaults.size > 0 ? dictOf(func.kwDefaults) : NONE;
    case '__annotations__': return annotationsOf(m, func);
    case '__call__': return func;
    case '__code__': return codeOf(func);
    case '__get__': return { kind: 'partial', func: builtin('types.bind'), args: [func], keywords: NO_KEYWORDS };
    default: return unknown(`the attribute ${name} of a function is not traced`, span);
  }
}

/** The annotations of the parameters and the result, evaluated where the function was defined. */
function annotationsOf(m: Machine, { def, closure, name }: FunctionValue): Value {
  const annotated = [...parametersOf(def.args).map(({ arg, annotation }) => [arg, annotation] as const), ['return', def.kind === 'FunctionDef' ? def.returns : null] as const];
  const outer = m.frame;
  m.frame = new Frame(closure as Scope, name, null, null, outer, outer.callSite);
  try {
    return dictOf(annotated.flatMap(([arg, annotation]) => (annotation ? [[arg, evaluate(m, annotation)] as const] : [])));
  } finally {
    m.frame = outer;
  }
}

/** https://docs.python.org/3/reference/datamodel.html#code-objects */
function codeOf(func: FunctionValue): Value {
  const { def, name } = func;
  const { args } = def;
  const parameters = [...args.posonlyargs, ...args.args];
  const all = [...parameters, ...args.kwonlyargs, ...(args.vararg ? [args.vararg] : []), ...(args.kwarg ? [args.kwarg] : [])].map((each) => each.arg);
  const locals = def.kind === 'FunctionDef' ? namesBoundIn(def.body).filter((local) => !all.includes(local)) : [];
  return freshInstance(builtinClass('types.CodeType')!, [
    ['co_name', str(name)], [CODE_OF, func], ['co_varnames', tuple([...all, ...locals].map(str))],
    ['co_argcount', int(constant(parameters.length))], ['co_kwonlyargcount', int(constant(args.kwonlyargs.length))], ['co_posonlyargcount', int(constant(args.posonlyargs.length))],
  ]);
}

/** What a statement stores into. */
function targetsOf(node: AnyNode): readonly Expr[] {
  const target = node.kind === 'Assign' ? node.targets : node.kind === 'AugAssign' || node.kind === 'AnnAssign' || node.kind === 'For' || node.kind === 'NamedExpr' ? [node.target]
    : node.kind === 'With' ? node.items.flatMap((item) => (item.optionalVars ? [item.optionalVars] : [])) : [];
  return target.flatMap((each) => (each.kind === 'Tuple' || each.kind === 'List' ? each.elts : [each]));
}

/** The names that a function's own statements bind; those of functions and comprehensions inside are theirs. */
function namesBoundIn(body: readonly Stmt[]): string[] {
  const names = new Set<string>();
  for (const statement of body) {
    walk(statement, (node) => {
      for (const target of targetsOf(node)) if (target.kind === 'Name') names.add(target.id);
      if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') names.add(node.name);
      return !['FunctionDef', 'ClassDef', 'Lambda', 'ListComp', 'SetComp', 'DictComp', 'GeneratorExp'].includes(node.kind);
    });
  }
  return [...names];
}

/** The text that a body starts with, or None. Libraries have none, as under `python -OO`: what is made of their texts costs much and tells nothing. */
function docOf(scope: Scope, stored: Value | undefined, body: readonly Stmt[]): Value {
  if (!scope.module.recorded) return NONE;
  if (stored) return stored;
  const [first] = body;
  return first?.kind === 'Expr' && first.value.kind === 'Constant' && first.value.value.type === 'str' ? str(first.value.value.value) : NONE;
}
