/** What inspect has to be told of functions and classes: https://docs.python.org/3/library/inspect.html */
import type * as ast from '../../python/ast';
import type { Tri } from '../../torch/rule';
import { bool, list, str, tuple, unknown } from '../../values/values';
import type { FunctionValue, Value } from '../../values/values';
import { bind, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { findInClass, hasUnreadBase } from './instances';
import { dictOf } from './sequences';

/** A function's parameters as (name, kind, what is given for it); `skipped` of them are bound already. */
function parametersOf(func: FunctionValue, skipped: number): Value {
  const { args } = func.def;
  const positional = [...args.posonlyargs, ...args.args];
  const firstDefault = positional.length - func.defaults.length;
  const row = (arg: ast.Arg, kind: string, fallback: Value | undefined): Value => tuple([str(arg.arg), str(kind), dictOf([
    ...(fallback ? [['default', fallback] as const] : []),
    ...(arg.annotation ? [['annotation', unknown('annotations are not evaluated', arg)] as const] : []),
  ])]);
  return list([
    ...positional.map((arg, i) => row(arg, i < args.posonlyargs.length ? 'positional-only' : 'positional or keyword', func.defaults[i - firstDefault])).slice(skipped),
    ...(args.vararg ? [row(args.vararg, 'variadic positional', undefined)] : []),
    ...args.kwonlyargs.map((arg) => row(arg, 'keyword-only', func.kwDefaults.get(arg.arg))),
    ...(args.kwarg ? [row(args.kwarg, 'variadic keyword', undefined)] : []),
  ]);
}

function parameters(call: BuiltinCall): Value {
  const [value] = bind(call, ['callable'], 1);
  const known = signatureOf(value!);
  return known ?? unknownFrom([value], 'the parameters are not known');
}

function signatureOf(value: Value): Value | null {
  switch (value.kind) {
    case 'function': return parametersOf(value, 0);
    case 'method': return value.func.kind === 'function' ? parametersOf(value.func, 1) : null;
    case 'class': {
      const init = hasUnreadBase(value) ? null : findInClass(value, '__init__');
      return init?.kind === 'function' ? parametersOf(init, 1) : null;
    }
    case 'instance': {
      const method = findInClass(value.cls, '__call__');
      return method?.kind === 'function' ? parametersOf(method, 1) : null;
    }
    default: return null;
  }
}

function isKind(...kinds: readonly Value['kind'][]) {
  return (call: BuiltinCall): Value => {
    const [value] = bind(call, ['object'], 1);
    const known: Tri = value!.kind === 'unknown' || value!.kind === 'union' || value!.kind === 'builtin' ? null : kinds.includes(value!.kind);
    return bool(known);
  };
}

export const inspecting: BuiltinTable = {
  'inspect._parameters': parameters,
  'inspect.isclass': isKind('class'),
  'inspect.isfunction': isKind('function'),
  'inspect.ismethod': isKind('method'),
  'inspect.isroutine': isKind('function', 'method'),
  'inspect.ismodule': isKind('module'),
};
