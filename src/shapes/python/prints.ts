/** Calls that write what a program prints. */
import type { Call, Expr, Name } from './ast';

/** `print(…)`, and `display(…)` of a notebook. */
export function isPrint(value: Expr): value is Call & { readonly func: Name } {
  return value.kind === 'Call' && value.func.kind === 'Name' && (value.func.id === 'print' || value.func.id === 'display');
}
