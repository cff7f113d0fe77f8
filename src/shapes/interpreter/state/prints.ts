/** What `print` statements print, pass by pass: in a loop or a function each pass prints values of its own. */
import type * as ast from '../../python/ast';
import { evaluate } from '../expressions';
import type { Machine } from '../machine';
import type { Layer, RecordedNode, Seen } from './recorder';

export interface PrintedPass {
  readonly statement: ast.Stmt;
  /** What the passes of one top-level statement have in common: the call that led here; the statement itself outside of functions. */
  readonly at: ast.Span;
  /** What its expressions were in this pass. */
  readonly values: ReadonlyMap<RecordedNode, Seen>;
  /** In a loop whose rounds are not known: it stands for any number of passes, none included. */
  readonly isAnyRound: boolean;
  /** On a condition that is not known. */
  readonly isConditional: boolean;
}

/** Passes that are kept of one top-level statement. */
const MAX_PASSES = 4096;

/** Executes a statement that prints, and keeps what it printed. */
export function printStatement(m: Machine, node: ast.ExprStmt): void {
  const { recorder, frame } = m;
  if (m.trial || m.quiet || !frame.isRecorded) {
    evaluate(m, node.value);
    return;
  }
  const values = recorder.during(() => evaluate(m, node.value));
  const { prints } = recorder.layer;
  const isAnyRound = m.round !== null;
  // Until the loop has settled its values are those of the first rounds.
  const earlier = isAnyRound ? prints.findIndex((pass) => pass.statement === node && pass.isAnyRound) : -1;
  if (earlier >= 0) prints.splice(earlier, 1);
  if (prints.length < MAX_PASSES) prints.push({ statement: node, at: calledAt(m, node), values, isAnyRound, isConditional: m.forks > 0 });
}

/** Rounds that were not traced printed what one did that stands for any of them. */
export function noteAnyPasses(to: Layer, { prints }: Layer): void {
  for (const pass of prints) if (to.prints.length < MAX_PASSES) to.prints.push({ ...pass, isAnyRound: true });
}

/** The outermost call in the document that is under way. */
function calledAt(m: Machine, node: ast.Span): ast.Span {
  let at = node;
  for (let { frame } = m; frame.caller; frame = frame.caller) if (frame.caller.scope.module.recorded && frame.callSite) at = frame.callSite;
  return at;
}
