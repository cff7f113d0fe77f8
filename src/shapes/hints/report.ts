/** Text that says what is not so, as findings. */
import { shapeText } from '../values/text';
import type { Finding } from '../diagnostics/finding';
import { symbolsOf } from '../symint/symint';
import type { Hints } from './hints';

export function reportProse(hints: Hints): Finding[] {
  return hints.wrong.map(({ claim, actual }) => {
    const numbers = actual.dims.map((dim) => hints.numberOf(dim) ?? '?');
    const symbolic = actual.dims.some((dim) => dim.value === null);
    return {
      code: 'shape-comment-mismatch', severity: 'warning', span: claim.span, related: [],
      message: `the text says that ${claim.subject} is ${claim.text}, but here it is ${shapeText(actual)}${symbolic ? ` = (${numbers.join(', ')}) by what else the text says` : ''}`,
      symbols: [...new Set(actual.dims.flatMap((dim) => [...symbolsOf(dim)]))],
    };
  });
}
