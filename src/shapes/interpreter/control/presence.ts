/** Conditions that ask only whether something is there: `mask is not None`, or a function that returns that of its argument. */
import type * as ast from '../../python/ast';
import type { Machine } from '../machine';

/** What the test asks for, and whether it holds where that is there. */
export interface Presence {
  readonly of: ast.Expr;
  readonly isThere: boolean;
}

/** null: the test asks something else, or more. */
export function presenceIn(m: Machine, test: ast.Expr): Presence | null {
  switch (test.kind) {
    case 'UnaryOp': {
      const asked = test.op === 'not' ? presenceIn(m, test.operand) : null;
      return asked && { of: asked.of, isThere: !asked.isThere };
    }
    case 'Compare': {
      const [op, right] = [test.ops[0]!, test.comparators[0]!];
      const isNone = test.ops.length === 1 && right.kind === 'Constant' && right.value.type === 'None';
      return isNone && (op === 'is' || op === 'is not') ? { of: test.left, isThere: op === 'is not' } : null;
    }
    case 'Call': return ofFunction(m, test);
    default: return null;
  }
}

/** `def exists(value): return value is not None` */
function ofFunction(m: Machine, { func, args, keywords }: ast.Call): Presence | null {
  const value = func.kind === 'Name' && args.length === 1 && keywords.length === 0 ? m.frame.scope.lookup(func.id) : undefined;
  if (value?.kind !== 'function' || value.def.kind !== 'FunctionDef') return null;
  const [only, ...more] = value.def.body;
  if (only?.kind !== 'Return' || only.value?.kind !== 'Compare' || more.length > 0) return null;
  const asked = presenceIn(m, only.value);
  return asked?.of.kind === 'Name' && asked.of.id === value.def.args.args[0]?.arg ? { of: args[0]!, isThere: asked.isThere } : null;
}

/** Whether the test asks nothing else. */
export function asksPresence(m: Machine, test: ast.Expr): boolean {
  switch (test.kind) {
    case 'UnaryOp': return test.op === 'not' && asksPresence(m, test.operand);
    case 'BoolOp': return test.values.every((part) => asksPresence(m, part));
    default: return presenceIn(m, test) !== null;
  }
}
