/** Calls of anything callable. */
import type { Span } from '../../python/ast';
import { sizeOfUnknownRank } from '../uncalled/sizeRuns';
import { callBuiltin } from '../builtins';
import { displayType } from '../builtins/types';
import { callMethod } from '../builtins/methods';
import { fork } from '../control/branches';
import { hasUnknownBase, instantiate, lookupInClass } from './classes';
import { callFunction, isLibrary } from './functions';
import type { Keywords } from '../interpreter';
import { allGiven } from '../control/leftout';
import type { Machine } from '../machine';
import { NORMAL } from '../state/scope';
import type { Scope } from '../state/scope';
import { thatTake } from './signatures';
import { callSuper } from './super';
import { callTorchName, isTorchName } from '../tensors/torchnames';
import { findOperation, applyOperation } from '../tensors/apply';
import { onOptions } from '../uncalled/sides';
import { derived, unionOfTensors, unknown } from '../../values/values';
import type { InstanceValue, SequenceValue, UnionValue, Value } from '../../values/values';

export function callValue(m: Machine, func: Value, args: readonly Value[], keywords: Keywords, span: Span): Value {
  switch (func.kind) {
    case 'function': return callFunction(m, func, args, keywords, span, args[0] ?? null);
    case 'method': return callBound(m, func.receiver, func.func, args, keywords, span);
    case 'class': return instantiate(m, func, args, keywords, span);
    case 'partial': return callValue(m, func.func, [...func.args, ...args], new Map([...func.keywords, ...keywords]), span);
    case 'builtin': return callNamed(m, func.name, args, keywords, span);
    case 'instance': {
      const method = lookupInClass(func.cls, '__call__');
      return method ? callBound(m, func, method, args, keywords, span) : callForward(m, func, args, keywords, span) ?? unknown(`a ${func.cls.name} cannot be called`, span);
    }
    case 'union': return callSeveral(m, func, args, keywords, span);
    case 'unknown':
      for (const given of [...args, ...keywords.values()]) handOver(m, given);
      return derived(func);
    case 'str': case 'int': case 'float': case 'bool': case 'None': case 'list': case 'dict':
      // A handler may wait for it: `try: size() except TypeError`.
      if (m.frame.guarded > 0) m.raise('TypeError', `'${displayType(func)}' object is not callable`);
      return unknown(`a value of type ${func.kind} cannot be called`, span);
    default: return unknown(`a value of type ${func.kind} cannot be called`, span);
  }
}

/** Calls what may be one of several. */
function callSeveral(m: Machine, func: UnionValue, args: readonly Value[], keywords: Keywords, span: Span): Value {
  const results: Value[] = [];
  const ofLibraries: Value[] = [];
  const options = thatTake(func.options.filter((option) => option.kind !== 'None'), args, keywords);
  const several = options.length > 1 ? 1 : 0;
  const likely = func.likely ? options.indexOf(func.likely) : -1;
  let usual: Value | null = null;
  const { failures } = m;
  // What fails with these arguments is not the one that is called, if another one does not.
  const failed: [Value[], Value][] = [];
  m.choices += several;
  try {
    onOptions(m, span, options.map(nameOfOption), likely, (on) => fork(m, options.map((option, at) => () => {
      on(at, () => {
        const result = callValue(m, option, args, keywords, span);
        const given = isOfLibrary(option) ? ofLibraries : results;
        if (at === likely) usual = result;
        if (m.failures > failures && at !== likely && result.kind === 'unknown') failed.push([given, result]);
        else given.push(result);
      });
      return NORMAL;
    })));
  } finally {
    m.choices -= several;
  }
  if (results.length + ofLibraries.length === 0) for (const [given, result] of failed) given.push(result);
  return likelyOf(oneOf(m, results, ofLibraries, span), usual);
}

/** What tells it from others that may be called at the same place. */
function nameOfOption(option: Value): string {
  switch (option.kind) {
    case 'class': case 'function': return option.qualname;
    case 'method': return nameOfOption(option.func);
    case 'instance': return nameOfOption(option.cls);
    case 'partial': return nameOfOption(option.func);
    case 'builtin': return option.name;
    default: return option.kind;
  }
}

/** A class with a `forward` whose base is not read is taken for a module. */
function callForward(m: Machine, func: InstanceValue, args: readonly Value[], keywords: Keywords, span: Span): Value | null {
  const forward = hasUnknownBase(func.cls) ? lookupInClass(func.cls, 'forward') : null;
  if (forward?.kind !== 'function') return null;
  m.assume(`a call of ${func.cls.name} is taken to run its forward: the source of a class that it derives from was not read`, m.placeOf(span));
  return callBound(m, func, forward, args, keywords, span);
}

/** What code that is not read is given to fill: an empty container, and a dict in which torch's own code collects. */
function handOver(m: Machine, given: Value): void {
  if (given.kind === 'dict' && (given.entries.size === 0 || isTorchName(m.frame.scope.module.name))) m.heap.assign(given, 'open', true);
  if (given.kind !== 'list' || given.items?.length !== 0) return;
  m.heap.assign(given, 'element', unknown('code that is not read may have put it there'));
  m.heap.setItems(given, null);
}

const isOfLibrary = (func: Value): boolean => (func.kind === 'function' ? isLibrary(func.closure as Scope) : func.kind === 'method' && isOfLibrary(func.func));

/**
 * What a call on one of several functions gives. Those that may stand for each other give the like: what a library's
 * cannot be traced to is taken to be as what the others give.
 */
function oneOf(m: Machine, results: readonly Value[], ofLibraries: readonly Value[], span: Span): Value {
  const all = [...results, ...ofLibraries];
  if (!m.guesses || all.length < 2) return m.joiner.joinAll(all);
  const joined = m.joiner.joinAll(all);
  const known = withoutUnknown(m, results, ofLibraries);
  if (!known || known === joined || !isUnknown(joined)) return joined;
  m.assume('what cannot be traced here is taken to be as what the other functions give that may be called', m.isShown ? span : null);
  return known;
}

/** What the likely one of several gives is likely. */
function likelyOf(joined: Value, usual: Value | null): Value {
  return joined.kind === 'union' && usual && usual.kind !== 'union' && usual.kind !== 'unknown' ? { ...joined, likely: usual } : joined;
}

/** null where nothing is known, or what the document's own code gives is not. */
function withoutUnknown(m: Machine, results: readonly Value[], ofLibraries: readonly Value[]): Value | null {
  const known = [...results, ...ofLibraries.filter(({ kind }) => kind !== 'unknown')];
  const [first] = known;
  if (!first || results.some(({ kind }) => kind === 'unknown')) return null;
  const isTuple = (value: Value): value is SequenceValue & { items: Value[] } => value.kind === 'tuple' && value.items !== null && value.items.length === (first as SequenceValue).items?.length;
  if (!known.every(isTuple)) return m.joiner.joinAll(known);
  const items = (first as SequenceValue).items!.map((_, i) => {
    const at = (values: readonly Value[]): Value[] => values.filter(isTuple).map((value) => value.items[i]!);
    return withoutUnknown(m, at(results), at(ofLibraries)) ?? m.joiner.joinAll(at(known));
  });
  return { ...(first as SequenceValue), items };
}

const isUnknown = (value: Value): boolean => value.kind === 'unknown' || (value.kind === 'tuple' && value.items !== null && value.items.some(isUnknown));

function callBound(m: Machine, receiver: Value, func: Value, args: readonly Value[], keywords: Keywords, span: Span): Value {
  if (func.kind !== 'builtin') return callValue(m, func, [receiver, ...args], keywords, span);
  if (func.name === 'torch.Tensor.size' && receiver.kind === 'Tensor' && receiver.shape.rest && args.length + keywords.size === 0) return sizeOfUnknownRank(receiver);
  if (receiver.kind === 'Tensor' || receiver.kind === 'instance' || unionOfTensors(receiver)) return callNamed(m, func.name, [receiver, ...args], keywords, span);
  const name = func.name.slice(func.name.lastIndexOf('.') + 1);
  return callMethod(receiver, name, args, keywords, span, m) ?? unknown(`the method ${name} of a ${receiver.kind} has no rule`, span);
}

function callNamed(m: Machine, name: string, args: readonly Value[], given: Keywords, span: Span): Value {
  if (name === 'super') return callSuper(m, args, span);
  const keywords = name === 'functools.partial' ? given : allGiven(given);
  const operation = findOperation(name);
  if (operation) return applyOperation(m, operation, args, keywords, span);
  if (isTorchName(name)) return callTorchName(m, name, args, keywords, span);
  return callBuiltin(name, args, keywords, span, m) ?? unknown(`${name} has no rule`, span);
}
