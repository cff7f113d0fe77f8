/** Code on the side of a condition that is not taken: traced as if it were, for what it would be. Nothing of it stays but what was seen. */
import type * as ast from '../python/ast';
import { withTarget } from './branches';
import { PythonRaise } from './interpreter';
import type { Machine } from './machine';
import { narrow } from './narrowing';
import { Frame } from './scope';
import type { Flow } from './scope';
import { onOtherSide } from './sides';

/** Visits for one such side: it is read now and then only. */
const MAX_VISITS = 5_000;

/** @param isThen whether the side that is not taken is the first one */
export function suppose(m: Machine, node: ast.If, isThen: boolean, execute: (block: readonly ast.Stmt[]) => Flow): void {
  const block = isThen ? node.body : node.orelse;
  const { trial, frame, recorder } = m;
  if (!m.alone || !trial || block.length === 0 || (recorder.layer !== trial.own && recorder.layer !== trial.supposed)) return;
  const { layer } = recorder;
  const facts = m.facts.copy();
  const mark = m.heap.mark();
  // With exits of its own: it returns to nobody.
  const own = new Frame(frame.scope, frame.context, frame.owner, frame.self, frame.caller, frame.callSite);
  Object.assign(own, { isSettled: frame.isSettled, given: frame.given, guarded: frame.guarded, def: frame.def, marks: frame.marks });
  m.frame = own;
  recorder.layer = trial.supposed;
  try {
    m.allow(MAX_VISITS, 'a side that is not taken', () => onOtherSide(m, node, isThen, () => {
      withTarget(m, own.targets[0]!, () => {
        narrow(m, node.test, isThen);
        return execute(block);
      });
    }), () => undefined);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
  } finally {
    m.frame = frame;
    recorder.layer = layer;
    m.heap.rollback(mark);
    m.heap.release();
    m.facts.restoreFrom(facts);
  }
}
