/** `x = x + f(x)` in code that nothing calls, where nothing is known of `f(x)`: what is added to a tensor and stored in its place has, as good as always, a shape that keeps it. */
import type * as ast from '../../python/ast';
import type { Machine } from '../machine';
import type { Value } from '../../values/values';

/** What is stored: the value itself where something is known of it. */
export function residual(m: Machine, { targets, value: node }: ast.Assign, value: Value): Value {
  const [target] = targets;
  if (!m.inferring || !m.frame.scope.module.recorded || value.kind !== 'unknown' || targets.length > 1 || target?.kind !== 'Name' || !addsTo(target.id, node)) return value;
  const before = m.frame.scope.lookup(target.id);
  if (before?.kind !== 'Tensor') return value;
  const index = m.assume(`what is added to ${target.id} is taken to leave its shape as it is: ${value.reason}`, node);
  return { ...m.tensors.opaque(before.shape, before.dtype, value.reason, m.placeOf(node)), assumes: [...before.assumes, index] };
}

/** Whether the name is one of the terms of a sum. */
function addsTo(name: string, node: ast.Expr): boolean {
  if (node.kind === 'Name') return node.id === name;
  return node.kind === 'BinOp' && node.op === '+' && (addsTo(name, node.left) || (node.right.kind === 'Name' && node.right.id === name));
}
