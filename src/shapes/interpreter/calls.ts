/** Calls of anything callable. */
import type { Span } from '../python/ast';
import { callBuiltin } from './builtins/index';
import { callMethod } from './builtins/methods';
import { fork } from './branches';
import { instantiate, lookupInClass } from './classes';
import { callFunction } from './functions';
import type { Keywords } from './interpreter';
import type { Machine } from './machine';
import { NORMAL } from './scope';
import { callSuper } from './super';
import { callTorchName, isTorchName } from './torchnames';
import { findOperation, applyOperation } from './apply';
import { derived, unionOfTensors, unknown } from './values';
import type { Value } from './values';

export function callValue(m: Machine, func: Value, args: readonly Value[], keywords: Keywords, span: Span): Value {
  switch (func.kind) {
    case 'function': return callFunction(m, func, args, keywords, span, args[0] ?? null);
    case 'method': return callBound(m, func.receiver, func.func, args, keywords, span);
    case 'class': return instantiate(m, func, args, keywords, span);
    case 'partial': return callValue(m, func.func, [...func.args, ...args], new Map([...func.keywords, ...keywords]), span);
    case 'builtin': return callNamed(m, func.name, args, keywords, span);
    case 'instance': {
      const method = lookupInClass(func.cls, '__call__');
      return method ? callBound(m, func, method, args, keywords, span) : unknown(`a ${func.cls.name} cannot be called`, span);
    }
    case 'union': {
      const results: Value[] = [];
      const options = func.options.filter((option) => option.kind !== 'None');
      const several = options.length > 1 ? 1 : 0;
      m.choices += several;
      try {
        fork(m, options.map((option) => () => {
          results.push(callValue(m, option, args, keywords, span));
          return NORMAL;
        }));
      } finally {
        m.choices -= several;
      }
      return m.joiner.joinAll(results);
    }
    case 'unknown': return derived(func);
    default: return unknown(`a value of type ${func.kind} cannot be called`, span);
  }
}

function callBound(m: Machine, receiver: Value, func: Value, args: readonly Value[], keywords: Keywords, span: Span): Value {
  if (func.kind !== 'builtin') return callValue(m, func, [receiver, ...args], keywords, span);
  if (receiver.kind === 'Tensor' || receiver.kind === 'instance' || unionOfTensors(receiver)) return callNamed(m, func.name, [receiver, ...args], keywords, span);
  const name = func.name.slice(func.name.lastIndexOf('.') + 1);
  return callMethod(receiver, name, args, keywords, span, m) ?? unknown(`the method ${name} of a ${receiver.kind} has no rule`, span);
}

function callNamed(m: Machine, name: string, args: readonly Value[], keywords: Keywords, span: Span): Value {
  if (name === 'super') return callSuper(m, args, span);
  const operation = findOperation(name);
  if (operation) return applyOperation(m, operation, args, keywords, span);
  if (isTorchName(name)) return callTorchName(m, name, args, keywords, span);
  return callBuiltin(name, args, keywords, span, m) ?? unknown(`${name} has no rule`, span);
}
