/** Functions: definitions, lambdas and their parameters. */
import type { Arg, Arguments, Expr, FunctionDef, Lambda } from '../ast';
import { NONE } from '../syntaxTree';
import type { Conversion } from './conversion';
import { expression } from './expressions';
import { suite } from './suites';

export function lambda(c: Conversion, node: number): Lambda {
  const args = parameters(c, c.field(node, 'parameters'));
  const outer = c.yields;
  const body = expression(c, c.field(node, 'body'));
  c.yields = outer;
  return Object.freeze({ kind: 'Lambda', ...c.span(node), args, body });
}

export function functionDef(c: Conversion, node: number, decorators: readonly Expr[]): FunctionDef {
  const name = c.field(node, 'name');
  const args = parameters(c, c.field(node, 'parameters'));
  const returnType = c.field(node, 'return_type');
  const returns = returnType === NONE ? null : expression(c, returnType);
  const header = { kind: 'FunctionDef' as const, start: c.start(node), name: c.identifier(name), nameSpan: Object.freeze(c.span(name)), args, decorators, returns, isAsync: c.kind(c.first(node)) === "'async'" };
  const block = c.child(node, 'block');
  const deferred = block === NONE ? null : c.deferred(header.start, c.start(block));
  if (deferred) {
    return Object.freeze({ ...header, end: deferred.end, get body() { return deferred.body(); }, get isGenerator() { return deferred.isGenerator(); } });
  }
  const outer = c.yields;
  c.yields = false;
  const body = suite(c, node);
  const isGenerator = c.yields;
  c.yields = outer;
  return Object.freeze({ ...header, end: body.end, body: body.statements, isGenerator });
}

/** One parameter taken apart; NONE where it has no such part. */
interface Parameter { readonly stars: '' | '*' | '**'; readonly name: number; readonly type: number; readonly value: number }

/** @param node `parameters`, `lambda_parameters` or NONE */
export function parameters(c: Conversion, node: number): Arguments {
  const positional: Arg[] = [];
  const defaults: Expr[] = [];
  const kwonlyargs: Arg[] = [];
  const kwDefaults: (Expr | null)[] = [];
  let posonlyargs: readonly Arg[] = [];
  let vararg: Arg | null = null;
  let kwarg: Arg | null = null;
  let keywordOnly = false;
  for (const child of node === NONE ? [] : c.named(node)) {
    if (kwarg) c.fault(c.span(child), `no parameter can follow '**${kwarg.arg}'`);
    if (c.kind(child) === 'positional_separator') {
      if (keywordOnly || posonlyargs.length > 0 || positional.length === 0) c.fault(c.span(child), "'/' stands once, after the positional parameters and before '*'");
      posonlyargs = positional.splice(0);
      continue;
    }
    if (c.kind(child) === 'keyword_separator') {
      if (keywordOnly || c.next(child) === NONE || c.kind(c.next(child)) === "')'") c.fault(c.span(child), "'*' stands once, before the parameters that are given by keyword");
      keywordOnly = true;
      continue;
    }
    const parameter = takeApart(c, child);
    if (!parameter) {
      c.fault(c.span(child), "a parameter is a name; unpacking in the list of parameters is Python 2");
      continue;
    }
    const arg = toArg(c, parameter);
    const value = parameter.value === NONE ? null : expression(c, parameter.value);
    if (parameter.stars === '**') kwarg = arg;
    else if (parameter.stars === '*') {
      if (keywordOnly) c.fault(c.span(child), "'*' stands once in a list of parameters");
      vararg = arg;
      keywordOnly = true;
    } else if (keywordOnly) {
      kwonlyargs.push(arg);
      kwDefaults.push(value);
    } else {
      positional.push(arg);
      if (value) defaults.push(value);
      else if (defaults.length > 0) c.fault(c.span(child), `'${arg.arg}' has no default, but follows a parameter that has one`);
    }
  }
  return Object.freeze({
    posonlyargs: Object.freeze(posonlyargs), args: Object.freeze(positional), vararg, kwonlyargs: Object.freeze(kwonlyargs),
    kwDefaults: Object.freeze(kwDefaults), kwarg, defaults: Object.freeze(defaults),
  });
}

function takeApart(c: Conversion, node: number): Parameter | null {
  const kind = c.kind(node);
  const inner = kind === 'default_parameter' || kind === 'typed_default_parameter' || kind === 'typed_parameter' ? c.first(node) : node;
  const [type, value] = inner === node ? [NONE, NONE] : [c.field(node, 'type'), c.field(node, 'value')];
  if (c.kind(inner) === 'identifier') return { stars: '', name: inner, type, value };
  const name = c.last(inner);
  if (c.kind(inner) !== 'list_splat_pattern' && c.kind(inner) !== 'dictionary_splat_pattern') return null;
  if (c.kind(name) !== 'identifier') return null;
  return { stars: c.kind(inner) === 'list_splat_pattern' ? '*' : '**', name, type, value };
}

/** As in `ast`: with its annotation, without its stars and its default. */
function toArg(c: Conversion, { name, type }: Parameter): Arg {
  const annotation = type === NONE ? null : expression(c, type);
  return Object.freeze({ kind: 'arg', start: c.start(name), end: c.end(type === NONE ? name : type), arg: c.identifier(name), annotation });
}
