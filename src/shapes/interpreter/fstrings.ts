/** Formatted strings, where all of their parts are known. */
import type * as ast from '../python/ast';
import { formatValue } from './builtins/format';
import { evaluate } from './expressions';
import type { Machine } from './machine';

/** The text, or null where a part is not known. Every part is evaluated all the same. */
export function formatJoined(m: Machine, node: ast.JoinedStr | ast.FormattedValue): string | null {
  const parts = node.kind === 'JoinedStr' ? node.values : [node];
  let text: string | null = '';
  for (const part of parts) {
    const piece: string | null = part.kind === 'Constant' ? (part.value.type === 'str' ? part.value.value : null) : formatted(m, part);
    text = text === null || piece === null ? null : text + piece;
  }
  return text;
}

function formatted(m: Machine, part: ast.FormattedValue): string | null {
  const value = evaluate(m, part.value);
  const spec = part.formatSpec ? formatJoined(m, part.formatSpec) : '';
  const text = spec === null ? null : formatValue(value, spec, part.conversion);
  return text === null || part.debugText === null ? text : part.debugText + text;
}
