/** A line that closes a bracket which nothing opened: the value of the statement before goes on there. */
import type { Stmt } from '../ast';
import type { LogicalLine } from '../lines';
import { faultOf } from './faults';
import { isFragment } from './fragments';
import type { Recovery } from './recovery';

const OPENING: Readonly<Record<string, string | undefined>> = { ')': '(', ']': '[', '}': '{' };

/**
 * `x = a + b` before `).view(2, 3)` is `x = (a + b).view(2, 3)`, whose bracket a copy lost.
 *
 * @returns the statement with all of its value; null where the line is none of its value
 */
export function continued(r: Recovery, previous: Stmt | undefined, line: LogicalLine): Stmt | null {
  const { source } = r.fragments;
  const bracket = OPENING[source[line.start]!];
  if (bracket === undefined || (previous?.kind !== 'Assign' && previous?.kind !== 'Return' && previous?.kind !== 'Expr' && previous?.kind !== 'AugAssign')) return null;
  const { value } = previous;
  if (!value || value.kind === 'ErrorExpr') return null;
  const read = r.fragments.parse({ start: value.start, end: line.end }, bracket);
  const [only, ...others] = isFragment(read) ? read.statements : [];
  if (!isFragment(read) || only?.kind !== 'Expr' || others.length > 0) return null;
  r.accept(read);
  r.faults.push(faultOf({ start: line.start, end: line.start + 1 }, `this '${source[line.start]!}' closes nothing: a '${bracket}' is taken to be missing before '${excerpt(source.slice(value.start, value.end))}'`));
  return Object.freeze({ ...previous, end: line.end, value: Object.freeze({ ...only.value, start: value.start }) });
}

function excerpt(text: string): string {
  const [first] = text.split('\n');
  return first!.length > MAX_EXCERPT ? `${first!.slice(0, MAX_EXCERPT)}…` : first!;
}

const MAX_EXCERPT = 30;
