/** Calls whose results are unpacked: `q, k, v = x.unbind(2)`. How many targets there are says how many items the call gives. */
import type { Expr, Span } from '../../python/ast';

const counts = new WeakMap<Span, number>();

export function noteUnpacking(target: Expr, value: Expr): void {
  if (value.kind === 'Call' && (target.kind === 'Tuple' || target.kind === 'List') && !target.elts.some(({ kind }) => kind === 'Starred')) counts.set(value, target.elts.length);
}

/** null: the result of the call is not unpacked, or with a star. */
export function targetsOf(call: Span): number | null {
  return counts.get(call) ?? null;
}
