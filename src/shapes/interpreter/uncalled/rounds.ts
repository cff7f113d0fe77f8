/**
 * What nothing calls is traced in rounds, from the same state, until its demands tell nothing new. A class goes in parts,
 * the constructor and each method: one of which nothing was found out since it was traced is not traced again.
 */
import type { Facts } from '../../symint/facts';
import { assumeAgain, isAssumedAgain, notingAssumed } from '../state/assumed';
import type { Assumed } from '../state/assumed';
import { takeAsInput } from './arithmetic';
import type { Claims } from './claims';
import { takeFitting } from './fittingRanks';
import { fruitlessCalls } from './fruitless';
import { takeRanks } from './given';
import { takeCallables } from './givenCallables';
import { repeats } from '../../diagnostics/finding';
import type { Machine } from '../machine';
import type { Finding } from '../../diagnostics/finding';
import type { Parameter } from './parameters';
import { noteOtherwise } from './otherwise';
import { Trial } from './trial';
import type { Trials } from './trial';
import type { FunctionValue } from '../../values/values';

/** Demands settle after a few rounds; what does not by then is left as it is. */
const MAX_ROUNDS = 6;
/** Shorter ones are pairs, or sizes of kernels: their length has a meaning. */
const MIN_LENGTH = 4;
/** As many that the first and the last differ. */
const FEWER = 2;
/** Times that a constructor is traced before its methods are: what these say of its parameters comes after that. */
const MAX_BASE_ROUNDS = 3;

/** What a part leaves to those after it, to be put there again where it is not traced again. */
export interface Left { readonly isMuch: boolean; readonly put: () => void }
export const NOTHING_LEFT: Left = { isMuch: false, put: () => undefined };

export interface Part {
  readonly parameters: readonly Parameter[];
  /** The parts after it go on from all that it wrote. */
  readonly isBase: boolean;
  readonly trace: () => Left;
}

/** What a part asked and did when it was traced last. */
interface Done {
  readonly stamp: string;
  readonly trial: Trial;
  readonly findings: readonly Finding[];
  readonly assumed: Assumed;
  readonly facts: Facts;
  readonly left: Left;
}

/** Repeats a trace until the demands tell nothing new; only the last one is kept. */
export function settle(m: Machine, trials: Trials, functions: readonly FunctionValue[], parts: readonly Part[], claims: readonly Claims[]): void {
  const [{ qualname }] = functions as [FunctionValue];
  const parameters = parts.flatMap((part) => part.parameters);
  const before = m.checkpoint();
  const rounds = new Rounds(m, parts, functions);
  let whole: Trial | null = null;
  let spare: Trial | null = null;
  try {
    for (let round = 1; ; round++) {
      const revision = revisionsOf(parameters);
      let isCut = false;
      try {
        isCut = m.allow(m.share, qualname, () => { rounds.next(); return false; }, (reason) => { m.shortened ??= reason; return true; });
      } catch (error) {
        // What was seen until the budget was spent stands.
        trials.keep(rounds.trial);
        throw error;
      }
      const { trial } = rounds;
      const settled = revision === revisionsOf(parameters);
      if (isCut || round >= MAX_ROUNDS || (settled && !isTold(m, trial, claims, parameters))) {
        const kept = isCut && whole ? whole : trial;
        kept.before = spare === kept ? null : spare;
        if (!isCut) noteFewer(m, rounds, kept, parameters, qualname);
        trials.keep(kept);
        for (const rank of kept.ranks) m.ranks.add(rank);
        return;
      }
      // What is taken not to be given is not seen any more: how its uses looked before is better than nothing.
      if (settled) spare = trial;
      whole = trial;
      m.restore(before);
    }
  } finally {
    rounds.end();
  }
}

/** Traces the same with fewer items in sequences that have as many as their defaults: what differs rests on their number. */
function noteFewer(m: Machine, rounds: Rounds, kept: Trial, parameters: readonly Parameter[], name: string): void {
  const lists = parameters.filter(({ usualLength }) => usualLength >= MIN_LENGTH);
  if (lists.length === 0) return;
  const missing = Math.min(...lists.map(({ usualLength }) => usualLength)) - FEWER;
  const before = m.checkpoint();
  try {
    for (const list of lists) list.leaveOut(missing);
    const isCut = m.allow(m.share, name, () => { rounds.next(); return false; }, () => true);
    // The code wants as many as there are.
    const isWrong = m.findings.slice(before.findings).some(({ severity }) => severity === 'error');
    if (!isCut && !isWrong) noteOtherwise(kept, rounds.trial);
  } finally {
    for (const list of lists) list.leaveOut(0);
    m.restore(before);
  }
}

const revisionsOf = (parameters: Iterable<Parameter>): number => [...parameters].reduce((sum, parameter) => sum + parameter.revisions, 0);

/** What the author and the callers say, and what was proposed, is taken where the demands leave it open. */
function isTold(m: Machine, trial: Trial, claims: readonly Claims[], parameters: readonly Parameter[]): boolean {
  const told = claims.map((claim) => claim.tell());
  takeRanks(m, trial, parameters);
  told.push(takeCallables(m, trial, parameters));
  takeFitting(trial.fitting);
  const adopted = parameters.map((parameter) => parameter.adopt());
  return [...told, ...adopted].some(Boolean) || parameters.map(takeAsInput).some(Boolean);
}

class Rounds {
  private readonly entries: ReadonlySet<FunctionValue['def']>;
  private readonly fromCallers: Trial['fromCallers'] = [];
  private readonly done = new Map<Part, Done>();
  /** Those of this round so far. */
  private trials: Trial[] = [];
  private readonly mark: number;
  private readonly facts: Facts;
  /** Where the notes of the heap were behind what the base wrote. */
  private base: number;

  constructor(private readonly m: Machine, private readonly parts: readonly Part[], functions: readonly FunctionValue[]) {
    this.entries = new Set(functions.map(({ def }) => def));
    this.mark = this.base = m.heap.mark();
    this.facts = m.facts.copy();
  }

  /** What the last round saw. */
  get trial(): Trial {
    return Trial.of(this.trials);
  }

  next(): void {
    const { m } = this;
    this.trials = [];
    m.heap.rollback(this.base);
    m.facts.restoreFrom(this.facts);
    for (const part of this.parts) {
      if (part.isBase) this.make(part);
      else if (!this.repeat(part)) this.trace(part);
    }
  }

  /** One function's parameters tell nothing to the next. */
  end(): void {
    const { heap, facts } = this.m;
    heap.rollback(this.mark);
    heap.release();
    facts.restoreFrom(this.facts);
  }

  /** What the others go on from: where it is made anew, they are traced again. */
  private make(part: Part): void {
    const { m } = this;
    if (this.repeat(part)) return;
    this.done.clear();
    const before = m.checkpoint();
    for (let round = 1; ; round++) {
      m.heap.rollback(this.mark);
      m.facts.restoreFrom(this.facts);
      this.trace(part);
      this.base = m.heap.now;
      if (round === MAX_BASE_ROUNDS || this.isSame(part, this.done.get(part)!)) return;
      m.restore(before);
      this.trials = [];
    }
  }

  private trace(part: Part): void {
    const { m, trials, done } = this;
    const stamp = this.stampOf(part);
    const trial = (m.trial = new Trial(this.entries, this.fromCallers));
    trials.push(trial);
    fruitlessCalls(m).clear();
    const around = m.findings.splice(0);
    const facts = m.facts.copy();
    let left = NOTHING_LEFT;
    notingAssumed(m, () => { left = part.trace(); }, (assumed) => {
      const findings = m.findings.splice(0, m.findings.length, ...around);
      tell(m, findings);
      const before = done.get(part)?.left;
      done.set(part, { stamp, trial, findings, assumed, left, facts: m.facts.copy() });
      // Those after it may have used what it leaves.
      if (left.isMuch || before?.isMuch) this.forgetAfter(part);
    });
    if (!part.isBase) m.facts.restoreFrom(facts);
  }

  private forgetAfter(part: Part): void {
    for (const later of this.parts.slice(this.parts.indexOf(part) + 1)) this.done.delete(later);
  }

  /** What it did, if nothing is known by now that was not then. */
  private repeat(part: Part): boolean {
    const { m } = this;
    const last = this.done.get(part);
    if (!last || !this.isSame(part, last) || !isAssumedAgain(m, last.assumed)) return false;
    this.trials.push(last.trial);
    assumeAgain(m, last.assumed);
    tell(m, last.findings);
    last.left.put();
    if (part.isBase) m.facts.restoreFrom(last.facts);
    return true;
  }

  private isSame(part: Part, { stamp }: Done): boolean {
    return this.stampOf(part) === stamp;
  }

  /** Of what was found out that it may rest on. */
  private stampOf({ parameters }: Part): string {
    const { freeNames, overridden } = this.m;
    return [revisionsOf(parameters), revisionsOf(freeNames.values()), overridden.size].join();
  }
}

/** One fault is one finding, whichever part comes to it. */
function tell(m: Machine, findings: readonly Finding[]): void {
  for (const finding of findings) if (!repeats(m.findings, finding)) m.findings.push(finding);
}
