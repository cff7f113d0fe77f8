/**
 * Branches on conditions that are not known: each is run from the same state, the writes are undone, and the outcomes
 * are joined. A branch that leaves early (return, break, continue) is kept as an exit of what it leaves, and joined there.
 */
import type { Facts } from '../../symint/facts';
import { PythonRaise } from '../interpreter';
import type { Machine } from '../machine';
import { NORMAL } from '../state/scope';
import { Bindings } from '../state/bindings';
import type { Exit, Flow, FlowTarget, Likelihood } from '../state/scope';
import type { Join } from '../state/heap';
import type { Changes } from '../../values/changes';
import { isEntry, isValue } from './join';
import { assumeUsual, preferred } from '../uncalled/usual';
import type { Usual } from '../uncalled/usual';
import type { Value } from '../../values/values';

/** Runs the branches as alternatives. Raises only if all of them do. `usual`: of two, what the first one's condition usually is. */
export function fork(m: Machine, branches: readonly (() => Flow)[], usual: Usual | null = null): Flow {
  const { heap, frame } = m;
  const mark = heap.mark();
  const facts = m.facts.copy();
  const open = frame.targets.filter((target) => target.exits.length === 0);
  const forget = (): void => { for (const target of open) if (target.exits.length > 0) target.facts = facts; };
  const all: Outcome[] = [];
  const { failures } = m;
  let raised: PythonRaise | null = null;
  for (const [at, branch] of branches.entries()) {
    const likelihood = usual && { usual, isTaken: usual.holds === (at === 0) };
    const before = frame.targets.map((target) => target.exits.length);
    let flow: Flow | null = null;
    m.failures = failures;
    m.forks++;
    const doubt = likelihood?.isTaken && !usual!.asksForGiven ? 0 : 1;
    m.doubts += doubt;
    try {
      flow = branch();
    } catch (error) {
      if (!(error instanceof PythonRaise)) {
        heap.release();
        throw error;
      }
      raised = error;
    } finally {
      m.forks--;
      m.doubts -= doubt;
    }
    frame.targets.forEach((target, i) => {
      for (const exit of target.exits.slice(before[i] ?? 0)) {
        exit.changes = heap.rebase(exit.changes, mark);
        exit.likelihood = within(exit.likelihood, likelihood);
      }
    });
    const changes = heap.rollback(mark);
    if (flow) all.push({ flow, changes, facts: m.facts.copy(), likelihood, fails: m.failures > failures });
    m.facts.restoreFrom(facts);
  }
  const ended = thatRun(all);
  if (ended.some(({ fails }) => !fails)) m.failures = failures;
  if (ended.length === 0) {
    heap.release();
    throw raised ?? new PythonRaise('RuntimeError', 'no branch can be taken');
  }
  const normal = ended.filter(({ flow }) => flow.type === 'normal');
  const leaving = ended.filter(({ flow }) => flow.type !== 'normal');
  let flow: Flow = NORMAL;
  if (normal.length === 0) {
    const last = leaving.pop()!;
    heap.redo(last.changes);
    if (leaving.length === 0) m.facts.restoreFrom(last.facts);
    flow = last.flow;
  } else {
    const isUsual = usual !== null && normal.length === 2;
    if (isUsual && !usual.holds) normal.reverse();
    heap.redo(normal[0]!.changes);
    // Where only one branch goes on, what its condition told still holds.
    if (normal.length === 1) m.facts.restoreFrom(normal[0]!.facts);
    for (const other of normal.slice(1)) {
      m.joiner.sides = normal.length === 2 ? [normal[0]!.facts, other.facts] : null;
      m.joiner.decidedBy = m.joiner.sides && {};
      heap.joinWith(other.changes, isUsual ? contentsBy(m, usual) : m.joiner.contents);
      m.joiner.sides = m.joiner.decidedBy = null;
    }
  }
  if (leaving.length === 0) {
    forget();
    heap.release();
    return flow;
  }
  let kept = false;
  for (const { flow: exit, changes, likelihood } of leaving) {
    const target = innermost(frame.targets, exit);
    if (!target) continue;
    target.exits.push({ value: exit.type === 'return' ? exit.value : null, changes, likelihood, failures: m.failures });
    if (!kept) target.marks++;
    kept = true;
  }
  if (!kept) heap.release();
  forget();
  return flow;
}

/** How one of the branches ended. */
interface Outcome { readonly flow: Flow; readonly changes: Changes; readonly facts: Facts; readonly likelihood: Likelihood | null; readonly fails: boolean }

/** A branch in which an operation fails is not taken by calls that run, if another one can be; the one that defaults lead to is kept. */
function thatRun(ended: readonly Outcome[]): readonly Outcome[] {
  const running = ended.filter(({ fails, likelihood }) => !fails || likelihood?.isTaken);
  if (running.length === 0 || running.length === ended.length) return ended;
  return running;
}

/** What is likely of a path that leaves on a side of another condition: defaults lead to it if they lead to both. */
function within(own: Likelihood | null, side: Likelihood | null): Likelihood | null {
  if (own && !own.isTaken) return own;
  return side?.isTaken ? own : side;
}

/** Contents that meet where those of the first side are the usual ones. */
function contentsBy(m: Machine, usual: Usual): Join {
  return (target, key, a, b, isNew) => {
    if (target instanceof Map ? isEntry(a) !== isEntry(b) && (a === undefined || b === undefined) : isOfOtherLength(key, a, b)) {
      assumeUsual(m, usual, 'it decides how many items there are');
      return a;
    }
    if (isAttribute(target) && isModule(a) && b === undefined) return a;
    const joined = m.joiner.contents(target, key, a, b, isNew);
    return target instanceof Map && isValue(a) && isValue(b) && isValue(joined) ? preferred(m, joined, a, b, usual) : joined;
  };
}

/** Attributes of an object, no names of a scope. */
const isAttribute = (target: object): boolean => target instanceof Map && !(target instanceof Bindings);

const isModule = (value: unknown): boolean => isValue(value) && value.kind === 'instance' && value.cls.mro.some(({ name }) => name === 'Module');

/** Lists that cannot be one, since only one of the sides put something in: layers, or names. Tensors are joined to as many as there are. */
const isOfOtherLength = (key: string, a: unknown, b: unknown): boolean => key === 'items' && Array.isArray(a) && Array.isArray(b) && a.length !== b.length && ![...a, ...b].some(isTensor);

const isTensor = (value: unknown): boolean => isValue(value) && (value.kind === 'Tensor' || (value.kind === 'union' && value.options.some(isTensor)));

function innermost(targets: readonly FlowTarget[], flow: Flow): FlowTarget | null {
  for (let i = targets.length - 1; i >= 0; i--) if (targets[i]!.type === flow.type) return targets[i]!;
  return null;
}

/**
 * Runs what a target encloses and joins the early exits with the path that reaches its end.
 * `fallsThrough` says whether a flow reaches the end by itself (else only the exits do).
 */
export function withTarget(m: Machine, target: FlowTarget, run: () => Flow): { flow: Flow | null; exits: readonly Exit[] } {
  const { frame, heap } = m;
  if (frame.targets[frame.targets.length - 1] !== target) frame.targets.push(target);
  let flow: Flow | null = null;
  let raised: PythonRaise | null = null;
  try {
    flow = run();
  } catch (error) {
    if (!(error instanceof PythonRaise) || target.exits.length === 0) {
      leave(m, target);
      throw error;
    }
    raised = error;
  }
  const { exits } = target;
  if (exits.length > 0) {
    let remaining: readonly Exit[] = exits;
    if (raised) {
      const mark = Math.min(...exits.map((exit) => exit.changes.mark));
      for (const exit of exits) exit.changes = heap.rebase(exit.changes, mark);
      heap.rollback(mark);
      heap.redo(exits[0]!.changes);
      remaining = exits.slice(1);
    }
    for (const { changes, likelihood } of remaining) heap.joinWith(changes, likelihood && !likelihood.isTaken ? contentsBy(m, likelihood.usual) : m.joiner.contents);
    if (target.facts) m.facts.restoreFrom(target.facts);
  }
  leave(m, target);
  return { flow, exits };
}

function leave(m: Machine, target: FlowTarget): void {
  const at = m.frame.targets.lastIndexOf(target);
  if (at > 0) m.frame.targets.length = at;
  for (; target.marks > 0; target.marks--) m.heap.release();
}

/** The result of a function: what it returns at its end and at each early exit, where defaults say of one that it is usual or not. */
export function joinReturns(m: Machine, last: Value | null, exits: readonly Exit[]): Value {
  const sound = exits.at(-1)?.failures ?? m.failures;
  // Calls that run left before what fails behind the last exit.
  const end = last?.kind === 'unknown' && m.failures > sound ? null : last;
  if (end !== last) m.failures = sound;
  if (exits.every(({ likelihood }) => !likelihood)) return m.joiner.joinAll([...(end ? [end] : []), ...exits.map((exit) => exit.value!)]);
  return [...exits].reverse().reduce<Value | null>((later, { value, likelihood }) => {
    if (later === null) return value;
    const [first, other] = likelihood?.isTaken ? [value!, later] : [later, value!];
    const joined = m.joiner.join(first, other);
    return likelihood ? preferred(m, joined, first, other, likelihood.usual) : joined;
  }, end)!;
}
