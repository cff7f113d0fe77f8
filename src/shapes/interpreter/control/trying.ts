/**
 * `try`: the body runs; its handlers only where the body surely raises. A shape fault inside a body that has a handler
 * may be on purpose and is not reported.
 */
import type * as ast from '../../python/ast';
import { evaluate } from '../expressions';
import { PythonRaise } from '../interpreter';
import type { Machine } from '../machine';

import type { Flow } from '../state/scope';
import { executeBlock } from '../statements';
import { suppose } from './supposed';
import { unknown } from '../../values/values';
import type { Value } from '../../values/values';

export function tryStatement(m: Machine, node: ast.Try): Flow {
  let flow: Flow;
  try {
    flow = guarded(m, node);
    for (const handler of node.handlers) suppose(m, handler, () => handled(m, handler, unknown('what would be caught')));
    if (flow.type === 'normal') flow = executeBlock(m, node.orelse);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    const handler = node.handlers.find((candidate) => handles(m, candidate, error));
    if (!handler) {
      executeBlock(m, node.finalbody);
      throw error;
    }
    flow = handled(m, handler, error.value ?? unknown(`the ${error.type} that was caught`));
  }
  const final = executeBlock(m, node.finalbody);
  return final.type === 'normal' ? flow : final;
}

function handled(m: Machine, { name, body }: ast.ExceptHandler, error: Value): Flow {
  if (name) m.heap.set(m.frame.scope.target(name), name, error);
  return executeBlock(m, body);
}

function guarded(m: Machine, node: ast.Try): Flow {
  if (node.handlers.length === 0) return executeBlock(m, node.body);
  m.frame.guarded++;
  try {
    return executeBlock(m, node.body);
  } finally {
    m.frame.guarded--;
  }
}

const CATCH_ALL = new Set(['Exception', 'BaseException']);
/** Which handlers of a base class catch a builtin exception. */
const BASES: Readonly<Record<string, readonly string[]>> = {
  PackageNotFoundError: ['ModuleNotFoundError', 'ImportError'],
  ModuleNotFoundError: ['ImportError'], KeyError: ['LookupError'], IndexError: ['LookupError'], ZeroDivisionError: ['ArithmeticError'],
  NotImplementedError: ['RuntimeError'], RecursionError: ['RuntimeError'], FileNotFoundError: ['OSError'], UnicodeError: ['ValueError'],
};

function handles(m: Machine, handler: ast.ExceptHandler, error: PythonRaise): boolean {
  if (!handler.type) return true;
  const types = handler.type.kind === 'Tuple' ? handler.type.elts : [handler.type];
  return types.some((type) => {
    const value = evaluate(m, type);
    const name = value.kind === 'builtin' || value.kind === 'class' ? value.name : type.kind === 'Name' ? type.id : type.kind === 'Attribute' ? type.attr : '';
    if (CATCH_ALL.has(name) || name === error.type || BASES[error.type]?.includes(name)) return true;
    return error.value !== null && value.kind === 'class' && m.isInstance(error.value, value) === true;
  });
}

