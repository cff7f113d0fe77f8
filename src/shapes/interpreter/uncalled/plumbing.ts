/**
 * `*args` and `**kwargs` of functions that nothing calls: what a caller may give is found out where they are handed on.
 * Each name is one parameter, wherever it arrives: in `super().__init__(**kwargs)`, by `kwargs.pop('dim')`.
 */
import type * as ast from '../../python/ast';
import { describe, isOfAnyNumber } from './annotations';
import type { Fields } from './annotations';
import { dottedName, openArguments } from '../calls/functions';
import { OPEN_KEYWORDS } from '../interpreter';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { Parameter } from './parameters';
import type { Scope } from '../state/scope';
import { lookupInClass } from '../calls/classes';
import { unknown } from '../../values/values';
import type { DictValue, FunctionValue, IntValue, SequenceValue, Value } from '../../values/values';

/** Of what kind a parameter is as far as its annotation and its default say. */
export function inferredParameter(m: Machine, arg: ast.Arg, fallback: Value | null, role: Parameter['role'], func: FunctionValue | null, place: ast.Span = arg): Parameter {
  const parameter = new Parameter(arg.arg, place, fallback, role, { table: m.symbols, sizes: m.sizes });
  const annotation = arg.annotation ? dottedName(arg.annotation) : null;
  if (annotation === 'int') parameter.becomeInt();
  else if (fallback?.kind === 'int') parameter.become('int');
  else if (isSizes(fallback) && !(fallback.items.length === 1 && isOfAnyNumber(arg.annotation))) parameter.takeDefaults(fallback.items);
  else if (annotation !== null && /(^|\.)Tensor$/.test(annotation)) parameter.become('tensor');
  parameter.isOfTorch = func !== null && (func.closure as Scope).module.path?.startsWith('<') === true;
  if (func) describe(m, parameter, arg.annotation, func);
  m.parameters.set(parameter.dims.restName, parameter.dims);
  return parameter;
}

function isSizes(value: Value | null): value is SequenceValue & { readonly items: IntValue[] } {
  return (value?.kind === 'tuple' || value?.kind === 'list') && value.items !== null && value.items.length > 0 && value.items.every((item) => item.kind === 'int' && item.value?.value != null);
}

/** `**kwargs` as a function sees it that nothing calls. */
export function openKeywords(parameter: Parameter): DictValue {
  parameter.become('object');
  return parameter.dict(`**${parameter.name}`);
}

/** The `*args` and `**kwargs` of a function: one parameter stands for what comes by either. */
export function restParameter(m: Machine, def: ast.FunctionDef | ast.Lambda): Parameter | null {
  const arg = def.args.kwarg ?? def.args.vararg;
  return arg && inferredParameter(m, arg, null, def.kind === 'FunctionDef' && def.name === '__init__' ? 'constructor' : 'item', null);
}

/** Arguments with what `*args` and `**kwargs` of the function may bring besides. */
export function withRest({ args }: ast.FunctionDef | ast.Lambda, rest: Parameter, positional: readonly Value[], keywords: Keywords): [Value[], Map<string, Value>] {
  const more = openKeywords(rest);
  const element = unknown(`what *${args.vararg?.arg ?? ''} holds is known only where it is called`);
  return [args.vararg ? [...positional, openArguments(element, rest)] : [...positional], args.kwarg ? new Map([...keywords, [OPEN_KEYWORDS, more]]) : new Map(keywords)];
}

/** The parameter that stands for all keywords which such a dict may hold. */
export function keywordsOf(value: Value): Parameter | null {
  const element = value.kind === 'dict' && value.open ? value.element : null;
  return element?.kind === 'unknown' && element.parameter instanceof Parameter && element.parameter.kind === 'object' ? element.parameter : null;
}

/** Something is read under a text, or it is given as keywords: a parameter of which nothing else is known is a dict. */
export function demandKey(value: Value): void {
  const parameter = value.kind === 'unknown' && value.parameter instanceof Parameter ? value.parameter : null;
  if (parameter?.kind === 'outside') parameter.declareKeys(ANY_KEYS);
}

const ANY_KEYS: Fields = { canonical: (name) => name, make: () => null };

/** `**({'kind': kind} if kind is not None else {})`: what only one of the dicts holds may be left out. */
export function keywordsIn(m: Machine, value: Value): Value {
  for (const option of value.kind === 'union' ? value.options : [value]) demandKey(option);
  return value.kind === 'union' ? m.joiner.anyDict(value.options.map((option) => withKeysOf(m, option, value.options))) ?? value : value;
}

/** `**(given or {'scale': None})`: what is given instead holds something under the same keys. */
function withKeysOf(m: Machine, value: Value, others: readonly Value[]): Value {
  if (value.kind !== 'dict' || !value.open) return value;
  const entries = new Map(value.entries);
  for (const other of others) {
    for (const [at, { key }] of other.kind === 'dict' ? other.entries : []) {
      const item = entries.has(at) || key.kind !== 'str' || key.value === null ? null : m.keywordValue(value, key.value, null);
      if (item) entries.set(at, { key, value: item });
    }
  }
  return { ...value, entries };
}

/** The keywords with what a `**` of unknown keys brings; null where the callee cannot take what is not known. */
export function withOpenKeywords(func: Value, keywords: ReadonlyMap<string, Value>, rest: Value): Keywords | null {
  return keywordsOf(rest) && takesOpen(func) ? new Map([...keywords, [OPEN_KEYWORDS, rest]]) : null;
}

/** The same for what `*args` brings: parameters that it may fill have a name too. */
export function withOpenArguments(func: Value, keywords: Keywords, rest: Value): Keywords | null {
  if (keywords.has(OPEN_KEYWORDS)) return keywords;
  const parameter = rest.kind === 'tuple' && rest.parameter instanceof Parameter && rest.parameter.kind === 'object' ? rest.parameter : null;
  return parameter && withOpenKeywords(func, keywords, openKeywords(parameter));
}

/** Functions that are written in Python. */
function takesOpen(func: Value): boolean {
  switch (func.kind) {
    case 'function': return true;
    case 'method': return takesOpen(func.func);
    case 'partial': return takesOpen(func.func);
    case 'class': return func.builtin === null && lookupInClass(func, '__init__')?.kind === 'function';
    case 'instance': return lookupInClass(func.cls, '__call__')?.kind === 'function';
    case 'union': return func.options.every((option) => option.kind === 'None' || takesOpen(option));
    case 'builtin': return func.name === 'dict' || func.name === 'functools.partial';
    default: return false;
  }
}

/** What a parameter is that only such keywords may give. */
export function givenByKeywords(m: Machine, open: DictValue, arg: ast.Arg, fallback: Value | null, func: FunctionValue): Value {
  const role = func.name === '__init__' ? 'constructor' : 'function';
  const keywords = keywordsOf(open)!;
  // What has no place in the document is given where the keywords are.
  const place = (func.closure as Scope).module.recorded ? arg : keywords.span;
  return keywords.keyword(arg.arg, () => inferredParameter(m, arg, fallback, role, func, place)).value(m.tensors);
}
