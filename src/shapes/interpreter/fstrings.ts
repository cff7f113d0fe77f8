/** Formatted strings, as far as their parts are known. */
import type * as ast from '../python/ast';
import { formatValue } from './builtins/format';
import { evaluate } from './expressions';
import type { Machine } from './machine';
import { UNKNOWN_PART, str, strLike } from '../values/values';
import type { StrValue } from '../values/values';

/** Every part is evaluated, whether it is known or not. */
export function formatJoined(m: Machine, node: ast.JoinedStr | ast.FormattedValue): StrValue {
  const parts = (node.kind === 'JoinedStr' ? node.values : [node]).map((part) => (part.kind === 'Constant' ? (part.value.type === 'str' ? part.value.value : null) : formatted(m, part)));
  return parts.includes(null) ? strLike(parts.map((part) => part ?? UNKNOWN_PART).join('')) : str(parts.join(''));
}

function formatted(m: Machine, part: ast.FormattedValue): string | null {
  const value = evaluate(m, part.value);
  const spec = part.formatSpec ? formatJoined(m, part.formatSpec).value : '';
  const text = spec === null ? null : formatValue(value, spec, part.conversion);
  return text === null || part.debugText === null ? text : part.debugText + text;
}
