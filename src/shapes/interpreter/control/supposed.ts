/** Code that is not run: the side of a condition that is not taken, what stands behind a `return`. Traced as if it were, for what it would be. Nothing of it stays but what was seen. */
import type * as ast from '../../python/ast';
import { knownToBe } from '../assign';
import { withTarget } from './branches';
import { evaluate } from '../expressions';
import { PythonRaise } from '../interpreter';
import type { Machine } from '../machine';
import { narrow } from './narrowing';
import { presenceIn } from './presence';
import { newLayer } from '../state/recorder';
import type { Layer } from '../state/recorder';
import { NORMAL } from '../state/scope';
import type { Flow } from '../state/scope';
import { onOtherSide } from '../uncalled/sides';
import { silently } from '../state/silently';
import { bool, unknown } from '../../values/values';
import type { Value } from '../../values/values';

/** Visits for one such piece of code: it is read now and then only. */
const MAX_VISITS = 5_000;
/** How often one piece is traced in code that is called: its callers are mostly alike. */
const MAX_TIMES = 4;

/** What was seen in such pieces, where functions are traced as they are called. */
export class Supposed {
  readonly layer = newLayer();
  private readonly times = new Map<object, number>();

  /** Whether the piece is to be traced once more. */
  count(piece: object): boolean {
    const times = (this.times.get(piece) ?? 0) + 1;
    this.times.set(piece, times);
    return times <= MAX_TIMES;
  }
}

/** Whether code that is not run is traced as if it were. */
export const supposes = ({ alone, supposed }: Machine): boolean => alone || supposed !== null;

/** The side of a condition that is not taken. @param isThen whether it is the first one */
export function supposeSide(m: Machine, node: ast.If | ast.IfExp, isThen: boolean, run: () => Flow): void {
  const side = isThen ? node.body : node.orelse;
  if (Array.isArray(side) && side.length === 0) return;
  suppose(m, side, () => {
    let flow: Flow = NORMAL;
    onOtherSide(m, node, isThen, () => {
      narrow(m, node.test, isThen);
      believe(m, node.test, isThen);
      flow = run();
    });
    return flow;
  });
}

/** What the condition speaks of is as the condition says, although the code says otherwise. */
function believe(m: Machine, test: ast.Expr, holds: boolean): void {
  switch (test.kind) {
    case 'UnaryOp':
      if (test.op === 'not') believe(m, test.operand, !holds);
      return;
    case 'BoolOp':
      if ((test.op === 'and') === holds) for (const part of test.values) believe(m, part, holds);
      return;
    case 'Name': case 'Attribute': return replace(m, test, (value) => (m.truth(value) !== !holds ? value : value.kind === 'bool' ? bool(holds) : null));
    case 'Compare': {
      const [op] = test.ops;
      if (test.ops.length > 1 || (op !== '==' && op !== '!=' && op !== 'is' && op !== 'is not')) return;
      const isSame = (op === '==' || op === 'is') === holds;
      const right = silently(m, () => evaluate(m, test.comparators[0]!));
      return replace(m, test.left, (value) => (m.equal(value, right) !== !isSame ? value : isSame ? right : null));
    }
    case 'Call': {
      const asked = presenceIn(m, test);
      if (asked) replace(m, asked.of, (value) => (asked.isThere === holds && value.kind === 'None' ? null : value));
      return;
    }
    default: return;
  }
}

/** @param other what it is instead; null: nothing says so */
function replace(m: Machine, place: ast.Expr, other: (value: Value) => Value | null): void {
  if (place.kind !== 'Name' && place.kind !== 'Attribute') return;
  silently(m, () => {
    const value = evaluate(m, place);
    const now = other(value);
    if (now !== value) knownToBe(m, place, now ?? unknown(`nothing here says what ${place.kind === 'Name' ? place.id : place.attr} would be`, place));
  });
}

/** @param piece what is not run, as a key */
export function suppose(m: Machine, piece: object, run: () => Flow): void {
  const layer = layerFor(m, piece);
  if (!layer) return;
  const { frame, recorder, side } = m;
  const outer = recorder.layer;
  const facts = m.facts.copy();
  const mark = m.heap.mark();
  // With exits of its own: it returns to nobody.
  const own = frame.inside(frame.scope);
  m.frame = own;
  recorder.layer = layer;
  try {
    m.allow(MAX_VISITS, 'code that is not run', () => void withTarget(m, own.targets[0]!, run), () => undefined);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
  } finally {
    m.frame = frame;
    m.side = side;
    recorder.layer = outer;
    m.heap.rollback(mark);
    m.heap.release();
    m.facts.restoreFrom(facts);
  }
}

/** Where what is seen there is kept; null: it is not traced. */
function layerFor(m: Machine, piece: object): Layer | null {
  const { supposed, trial, frame, recorder: { layer, main } } = m;
  if (m.quiet || !supposes(m)) return null;
  if (trial) return layer === trial.own || layer === trial.supposed ? trial.supposed : null;
  return supposed && frame.isRecorded && (layer === main || layer === supposed.layer) && supposed.count(piece) ? supposed.layer : null;
}
