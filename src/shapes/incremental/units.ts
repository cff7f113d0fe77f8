/**
 * A trace in units: the statements of the top level one by one, then each function or class that nothing calls. A unit
 * whose text is unchanged, and which would be answered all that it asked as it was before, is not traced again: what it
 * did is repeated.
 */
import type { Labelled } from '../symint/symint';
import type { Facts } from '../symint/facts';
import { assumeAgain, isAssumedAgain, notingAssumed } from '../interpreter/state/assumed';
import type { Assumed } from '../interpreter/state/assumed';
import type { Write } from '../interpreter/state/heap';
import { merged } from '../interpreter/state/recorder';
import type { Layer, RecordedNode } from '../interpreter/state/recorder';
import { repeats } from '../diagnostics/finding';
import type { Machine } from '../interpreter/machine';
import type { Finding } from '../diagnostics/finding';
import { Trials, addMissing, isUnknown } from '../interpreter/uncalled/trial';
import { contains } from '../python/spans';
import type { Span } from '../python/ast';
import type { AnyNode } from '../python/walk';
import type { Deferred, Lookups } from '../interpreter/state/watched';

/** What of the machine's state is as a whole before a unit and after it. */
interface State {
  readonly facts: Facts;
  readonly dtype: Machine['defaultDtype'];
  readonly hasUnknownNames: boolean;
  readonly usesFreeNames: boolean;
  readonly implied: Machine['implied'];
}

/** What a unit asked, and what it did. */
interface Unit {
  readonly name: string | null;
  /** It writes to nothing that others can see, as what nothing calls does. */
  readonly isAside: boolean;
  readonly before: State;
  readonly after: State;
  readonly lookups: Lookups;
  /** In the order of the machine's. */
  readonly asked: readonly { readonly answers: ReadonlyMap<object, boolean>; readonly added: readonly object[] }[];
  readonly assumed: Assumed;
  readonly layer: Layer;
  readonly untold: Layer;
  readonly trials: Trials;
  readonly findings: readonly Finding[];
  readonly symbols: readonly Labelled[];
  readonly writes: readonly Write[];
  readonly deferred: readonly Deferred[];
  /** Where its nodes are in the graph. */
  readonly nodes: { readonly start: number; readonly end: number };
  readonly visits: number;
}

export class Units {
  /** By what they are the trace of: a statement, or the value of a function or class. */
  private readonly last = new Map<object, Unit>();
  private units: Unit[] = [];
  /** Functions that the trace of another one knew most of, the last time that all was traced. */
  private borrowed: ReadonlyMap<string, string | null> | null = null;
  private readonly keys = new Set<object>();
  /** What the symbols of functions and classes were called last, by their names: an edited one is another key. */
  private readonly labels = new Map<string, readonly Labelled[]>();
  /** Those that are not repeated again. */
  private readonly outdated = new Set<Unit>();
  /** A unit that is traced anew may have changed more than names: nothing after it is as it was. */
  private isTainted = false;
  /** How many units were traced, and how many repeated. */
  traced = 0;
  repeated = 0;

  constructor(private readonly m: Machine) {}

  /** For another trace: all that the units of the last one wrote is taken back. @param keys of the units to come, as far as that is known */
  restart(keys: ReadonlySet<object>): void {
    for (const { writes, deferred } of [...this.units].reverse()) {
      this.m.heap.undo(writes);
      for (const { name } of deferred) this.m.bindings.delete(name);
    }
    for (const key of this.last.keys()) if (!this.keys.has(key)) this.forget(key);
    this.keys.clear();
    this.units = [];
    this.traced = 0;
    this.repeated = 0;
    this.isTainted = false;
    for (const [key, unit] of this.last) {
      if (unit.isAside || keys.has(key)) continue;
      this.forget(key);
      this.isTainted ||= this.reaches(unit);
    }
    for (const unit of this.outdated) this.drop(unit);
    this.outdated.clear();
  }

  /** Nothing leads to what it made any more. */
  private drop({ nodes: { start, end } }: Unit): void {
    const { graph, places, constants } = this.m;
    graph.drop(start, end, (id) => {
      places.delete(id);
      constants.forget(id);
    });
  }

  /** For a trace that may find all traced already. */
  uncount(): void {
    this.traced = 0;
    this.repeated = this.units.length;
  }

  private forget(key: object): void {
    const unit = this.last.get(key);
    if (unit) this.outdated.add(unit);
    this.last.delete(key);
  }

  /** Traces a unit, or repeats what it did. `isAside`: it takes back what it writes. `waits`: asked where it has to be traced, whether it is left out. Returns whether it was left out. */
  unit(key: object, isAside: boolean, trace: (trials: Trials) => void, waits: () => boolean = () => false): boolean {
    this.keys.add(key);
    const last = this.last.get(key);
    if (last && !this.isTainted && this.repeat(last)) return false;
    const name = 'name' in key && typeof key.name === 'string' ? key.name : null;
    if (waits()) {
      // So that the symbols of those behind it are called what they will be.
      this.m.symbols.adopt(last?.symbols ?? this.labels.get(name ?? '') ?? []);
      return true;
    }
    const unit = this.run(name, isAside, trace);
    if (isAside && name !== null) this.labels.set(name, unit.symbols);
    if (!isAside) this.isTainted ||= this.reaches(unit) || (last !== undefined && this.reaches(last));
    this.forget(key);
    this.last.set(key, unit);
    return false;
  }

  /** What uses names that nothing defines, or comes after such a statement, is traced anew. */
  forgetGuesses(): void {
    for (const [key, { after }] of this.last) if (after.usesFreeNames) this.forget(key);
  }

  /** Of which class or function the trace was that knew most of a function, the last time that all was traced: null where it was its own; undefined: not known. */
  knownBy(context: string): string | null | undefined {
    return this.borrowed === null ? undefined : this.borrowed.get(context) ?? null;
  }

  /** Whether the trace of a class or function knows one thing of what is at a place, and all that it saw of the function around it. */
  isKnown(name: string, def: Span, place: AnyNode): boolean {
    const reached = this.units.filter((unit) => unit.isAside && unit.name === name).flatMap(({ trials: { kept } }) => kept.map((trial) => trial.reached.recordings));
    const seen = reached.map((recordings) => recordings.get(place as RecordedNode)).find(Boolean)?.seen;
    if (seen?.length !== 1 || seen[0]!.type === 'union') return false;
    return reached.every((recordings) => [...recordings.values()].every((recording) => !contains(def, recording.node) || !recording.seen.some(isUnknown)));
  }

  /** Whether it writes to more than names, or makes symbols: these are ordered by their age. */
  private reaches({ writes, symbols }: Unit): boolean {
    return symbols.length > 0 || writes.some(({ target }) => target !== this.m.bindings);
  }

  private state(): State {
    const { facts, defaultDtype: dtype, hasUnknownNames, usesFreeNames, implied } = this.m;
    return { facts: facts.copy(), dtype, hasUnknownNames, usesFreeNames, implied };
  }

  private run(name: string | null, isAside: boolean, trace: (trials: Trials) => void): Unit {
    const { m } = this;
    const { bindings } = m;
    const before = this.state();
    const visits = m.visits;
    const nodes = m.graph.nodes.length;
    const symbols = m.symbols.labelled.length;
    const lookups: Lookups = { values: new Map(), all: false };
    const trials = new Trials();
    m.findings.length = 0;
    // What one of them takes for granted is nothing to the next: that may be repeated.
    m.symbols.supposedRanks.clear();
    const asked = m.asked.map((set) => set.listen());
    const deferred: Deferred[] = (bindings.deferrals = []);
    bindings.lookups = lookups;
    this.traced++;
    const layer = m.recorder.begin();
    const { untold } = m.recorder;
    // What nothing calls is guessed in any case.
    if (isAside) m.usesFreeNames = false;
    let writes: readonly Write[] = [];
    const made = (assumed: Assumed): Unit => ({
      name, isAside, before, after: this.state(), lookups, asked, assumed,
      layer, untold, trials, findings: [...m.findings], symbols: m.symbols.labelled.slice(symbols),
      writes, deferred, nodes: { start: nodes, end: m.graph.nodes.length }, visits: m.visits - visits,
    });
    let unit: Unit | null = null;
    notingAssumed(m, () => { writes = m.heap.noted(() => trace(trials)); }, (assumed) => {
      bindings.lookups = bindings.deferrals = null;
      unit = made(assumed);
      for (const set of m.asked) set.ignore();
      if (isAside) m.usesFreeNames = before.usesFreeNames;
      this.units.push(unit);
    });
    return unit!;
  }

  private repeat(unit: Unit): boolean {
    const { m } = this;
    if (!this.isAsBefore(unit) || !m.symbols.adopt(unit.symbols)) return false;
    this.repeated++;
    m.heap.repeat(unit.writes);
    for (const { name, resolve } of unit.deferred) m.bindings.defer(name, resolve);
    assumeAgain(m, unit.assumed);
    unit.asked.forEach(({ added }, i) => added.forEach((member) => m.asked[i]!.add(member)));
    const { facts, dtype, hasUnknownNames, usesFreeNames, implied } = unit.after;
    m.facts.restoreFrom(facts);
    Object.assign(m, { defaultDtype: dtype, hasUnknownNames, implied, ...(unit.isAside ? {} : { usesFreeNames }) });
    m.spare(unit.visits);
    this.units.push(unit);
    return true;
  }

  private isAsBefore(unit: Unit): boolean {
    const { m } = this;
    const { before, lookups } = unit;
    if (lookups.all || !before.facts.isSame(m.facts) || before.dtype !== m.defaultDtype || before.hasUnknownNames !== m.hasUnknownNames || (!unit.isAside && before.usesFreeNames !== m.usesFreeNames) || before.implied !== m.implied) return false;
    for (const [name, value] of lookups.values) if (m.bindings.get(name) !== value) return false;
    if (unit.asked.some(({ answers }, i) => [...answers].some(([member, answer]) => m.asked[i]!.has(member) !== answer))) return false;
    return isAssumedAgain(m, unit.assumed);
  }

  /** What all units saw, each function as the one knows it that knows most. `isWhole`: none was left out. */
  seen(isWhole: boolean): Layer {
    const all = merged(this.units.map(({ layer }) => layer));
    const trials = new Trials();
    for (const unit of this.units) for (const trial of unit.trials.kept) trials.keep(trial);
    const borrowed = trials.finish(all);
    for (const { untold } of this.units) addMissing(all, untold);
    if (isWhole) this.borrowed = new Map([...borrowed].map(([context, trial]) => [context, this.units.find(({ trials: { kept } }) => kept.includes(trial))?.name ?? null]));
    return all;
  }

  findings(): Finding[] {
    const all: Finding[] = [];
    for (const { findings } of this.units) for (const finding of findings) if (!repeats(all, finding)) all.push(finding);
    return all;
  }

  /** The operations of the graph that are of this trace, in the order of execution. */
  nodes(): Iterable<Machine['graph']['nodes'][number]> {
    const { units, m: { graph: { nodes } } } = this;
    return (function* () {
      for (const { nodes: { start, end } } of units) for (let i = start; i < end; i++) yield nodes[i]!;
    })();
  }

  /** How much of the graph is of earlier traces: places with nothing in them. */
  get unused(): number {
    return this.m.graph.nodes.length - this.units.reduce((sum, { nodes: { start, end } }) => sum + end - start, 0);
  }
}
