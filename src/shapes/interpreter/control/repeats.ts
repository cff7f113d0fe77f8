/** Rounds of a loop that repeat each other: from the state that one of them leaves, with items like its own, the next ones do the same, and are not traced. */
import type * as ast from '../../python/ast';
import { SizeError, add, constant, isConstant, mul, sub, symbol } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { assignTo } from '../assign';
import { withTarget } from './branches';
import { PythonRaise } from '../interpreter';
import type { Machine } from '../machine';
import { Alikeness, stepsOf, valueAt } from './alike';
import type { Steps } from './alike';
import type { NodeRef } from '../../graph/graph';
import { Bindings } from '../state/bindings';
import type { Heap } from '../state/heap';
import { noteAnyPasses } from '../state/prints';
import { newLayer, repeatsSeen } from '../state/recorder';
import type { Layer } from '../state/recorder';
import { FlowTarget } from '../state/scope';
import type { Flow } from '../state/scope';
import type { Target } from '../../values/changes';
import { int } from '../../values/values';
import type { Storage, UnionValue, Value } from '../../values/values';

/** Rounds below which a loop is traced as it is: those of layers, and of most epochs. */
const FEWEST = 24;
/** Rounds that must be left for one that stands for them to be worth its time. */
const FEWEST_LEFT = 8;
/** Times that a round is tried, each with more that is not known before it. */
const MOST_TRIES = 3;
/** States that were no repetition, one after the other, after which none is expected. */
const MOST_CHANGES = 12;

/** A place that a round adds a number to. */
interface Counter extends Place { readonly now: SymInt; readonly step: SymInt }

/** What a round does to the state: it adds to counters, and leaves open which elements tensors have, and which number an int is. */
interface Changes { readonly counters: readonly Counter[]; readonly open: readonly Place[] }

interface Place { readonly target: Target; readonly key: string }

/** One that each round adds to; `step` null: another number each time, of which none is known. */
interface Sum extends Place { readonly now: SymInt; readonly step: SymInt | null }

export class Repeats {
  private readonly alikeness: Alikeness;
  private readonly names: ReadonlySet<string>;
  private changes = 0;
  private repeats = 0;
  /** What the last round and the one before changed; null: something else. */
  private last: Changes | null = null;
  private earlier: Changes | null = null;
  /** There are too many rounds for all to be traced: what elements they compute is not known in any case. */
  private isLong = false;

  private constructor(private readonly m: Machine, private readonly node: ast.For, private readonly items: readonly Value[], private readonly trace: (item: Value) => Flow) {
    this.alikeness = new Alikeness(m.graph);
    this.names = new Set(namesIn(node.target));
  }

  /** Null for a loop each round of which is traced. */
  static of(m: Machine, node: ast.For, items: readonly Value[], trace: (item: Value) => Flow): Repeats | null {
    return items.length < FEWEST || m.inferring || m.frame.yielded !== null ? null : new Repeats(m, node, items, trace);
  }

  /** Traces a round, and notes what of the state it has changed. */
  round(item: Value): Flow {
    const { m } = this;
    if (this.changes > MOST_CHANGES) return this.trace(item);
    const { heap } = m;
    const mark = heap.mark();
    const since = [Bindings.made, heap.born] as const;
    const exits = countExits(m);
    this.earlier = this.last;
    this.last = null;
    const { visits } = m;
    try {
      const flow = this.trace(item);
      this.isLong ||= (m.visits - visits) * this.items.length > m.share;
      if (flow.type === 'normal' && countExits(m) === exits) this.last = this.changesSince(mark, since);
      this.changes = this.last ? 0 : this.changes + 1;
      return flow;
    } finally {
      heap.release();
    }
  }

  /** Which round is the last that does what the one at hand did: its own number where the next one is to be traced. */
  skip(at: number): number {
    const { last, earlier, items, m } = this;
    if (!last || !earlier || at + FEWEST_LEFT >= items.length) return at;
    // The first two, then ever fewer: each costs as much as a round.
    if (((++this.repeats) & (this.repeats - 1)) !== 0) return at;
    try {
      const sums = sumsOf(earlier.counters, last.counters);
      const others = [...earlier.counters, ...last.counters].filter((counter) => !sums.some(isAt(counter)));
      const steps = stepsOf(items, at + 1);
      if ((others.length > 0 && !this.isLong) || steps.last - at < FEWEST_LEFT) return at;
      const open = this.standsFor(items[at + 1]!, steps, sums, [...others, ...earlier.open, ...last.open]);
      if (!open) return at;
      this.add(sums, constant(steps.last - at));
      this.hide(open);
      assignTo(m, this.node.target, items[steps.last]!);
      return steps.last;
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      return at;
    }
  }

  /** What the writes since the mark changed; null: something that the next round may not do so. */
  private changesSince(mark: number, [made, born]: readonly [number, number]): Changes | null {
    const { m } = this;
    const counters: Counter[] = [];
    const open: Place[] = [];
    const changed = m.heap.changedSince(mark, made, born, (target, key, before, now) => {
      if (this.isOwn(target, key) || this.alikeness.same(key, before, now)) return false;
      const place = { target: target as Target, key };
      const step = isInt(before) && isInt(now) ? difference(now.value, before.value) : null;
      if (step) counters.push({ ...place, now: (now as IntOfSize).value, step });
      else if (this.isLong && (this.alikeness.sameButElements(key, before, now) || (isAnyInt(before) && isAnyInt(now)))) open.push(place);
      else return true;
      return false;
    });
    return changed ? null : { counters, open };
  }

  /** What the loop itself sets in each round. */
  private readonly isOwn = (target: object, key: string): boolean => this.names.has(key) && target === this.m.frame.scope.target(key);

  /**
   * Whether a round with any of the numbers that the next ones have does nothing that was not seen, and leaves the state as it
   * was but for the counters and for what is open in any case. It is traced for that and taken back, again where it finds more
   * that is open: that may decide what the round does. Returns all of that; null: it does not.
   */
  private standsFor(item: Value, steps: Steps, sums: readonly Sum[], places: readonly Place[]): readonly Place[] | null {
    let open = places.filter((place, i) => places.findIndex(isAt(place)) === i);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const tried = this.tryRound(item, steps, sums, open);
      if (!tried) return null;
      const { counters } = tried.changes;
      const others = counters.filter((counter) => !sums.some(isAt(counter)));
      const more = [...tried.changes.open, ...others].filter((place) => !open.some(isAt(place)));
      if (more.length === 0) return goOn(counters, sums) && this.keep(tried.layer, this.m.recorder.layer) ? open : null;
      if (!this.isLong) return null;
      open = [...open, ...more];
    }
    return null;
  }

  /** What a round does to the state after so many others, and what it sees. */
  private tryRound(item: Value, steps: Steps, sums: readonly Sum[], open: readonly Place[]): { readonly changes: Changes; readonly layer: Layer } | null {
    const { m } = this;
    const { frame, recorder, failures } = m;
    const outer = recorder.layer;
    const facts = m.facts.copy();
    const reported = m.findings.length;
    const round = symbol(m.symbols.fresh('rounds', { origin: 'how many rounds of a loop were alike', range: m.placeOf(this.node.target), min: 0 }));
    const own = frame.inside(frame.scope);
    const layer = newLayer();
    const mark = m.heap.mark();
    let found: Changes | null = null;
    m.frame = own;
    recorder.layer = layer;
    try {
      this.add(sums, round);
      this.hide(open);
      const begun = m.heap.mark();
      const since = [Bindings.made, m.heap.born] as const;
      const { flow, exits } = withTarget(m, new FlowTarget('break'), () => this.trace(valueAt(item, steps, round)));
      const left = exits.length + own.targets[0]!.exits.length;
      if (flow?.type === 'normal' && left === 0 && m.findings.length === reported && m.failures === failures) found = this.changesSince(begun, since);
      m.heap.release();
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
    } finally {
      while (own.targets[0]!.marks-- > 0) m.heap.release();
      m.frame = frame;
      recorder.layer = outer;
      m.findings.length = reported;
      m.failures = failures;
      m.heap.rollback(mark);
      m.heap.release();
      m.facts.restoreFrom(facts);
    }
    return found && { changes: found, layer };
  }

  private keep(layer: Layer, outer: Layer): boolean {
    if (!repeatsSeen(layer, outer)) return false;
    noteAnyPasses(outer, layer);
    return true;
  }

  /** The elements of the tensors there, and the ints, are not known. */
  private hide(places: readonly Place[]): void {
    const { heap, tensors, graph } = this.m;
    const opaque = ({ node, output }: NodeRef): NodeRef => {
      const { shape, dtype } = graph.nodes[node]!.outputs[output]!;
      return graph.add('opaque', { reason: { type: 'str', value: 'so many rounds of a loop are not traced' } }, [{ shape, dtype }], null, null);
    };
    for (const { target, key } of places) {
      if (key === 'node') {
        const storage = target as unknown as Storage;
        heap.assign(storage, 'version', storage.version + 1);
        if (storage.node) heap.assign(storage, 'node', opaque(storage.node));
        continue;
      }
      const tensor = valueAtPlace(target, key) as Value;
      if (tensor.kind !== 'Tensor') {
        put(heap, { target, key }, this.anyInt(key));
      } else {
        const other = tensors.opaque(tensor.shape, tensor.dtype, 'so many rounds of a loop are not traced');
        put(heap, { target, key }, { ...other, isParameter: tensor.isParameter, device: tensor.device, assumes: tensor.assumes });
      }
    }
  }

  /** What the sums are so many rounds later. */
  private add(sums: readonly Sum[], rounds: SymInt): void {
    const values = sums.map(({ key, now, step }) => (step ? int(add(now, mul(step, rounds))) : this.anyInt(key)));
    sums.forEach((place, i) => put(this.m.heap, place, values[i]!));
  }

  private anyInt(key: string): Value {
    return int(symbol(this.m.symbols.fresh(key, { origin: `${key}, a sum over the rounds of a loop`, range: this.m.placeOf(this.node.target) })));
  }
}

function put(heap: Heap, { target, key }: Place, value: Value): void {
  if (target instanceof Map) heap.set<Value>(target as Map<string, Value>, key, value);
  else heap.assign(target as Record<string, unknown>, key, value);
}

function valueAtPlace(target: Target, key: string): unknown {
  return target instanceof Map ? (target as Map<string, unknown>).get(key) : (target as Record<string, unknown>)[key];
}

const isAt = (place: Place) => ({ target, key }: Place): boolean => target === place.target && key === place.key;

/** An int, or one of several. */
const isAnyInt = (value: unknown): boolean => isInt(value) || (typeof value === 'object' && value !== null && (value as Value).kind === 'union' && (value as UnionValue).options.every(isInt));

interface IntOfSize { readonly kind: 'int'; readonly value: SymInt }
const isInt = (value: unknown): value is IntOfSize => typeof value === 'object' && value !== null && (value as Value).kind === 'int' && (value as { value: SymInt | null }).value !== null;

function difference(now: SymInt, before: SymInt): SymInt | null {
  try {
    return sub(now, before);
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** What two rounds added alike, one after the other. */
function sumsOf(earlier: readonly Counter[], later: readonly Counter[]): Sum[] {
  return later.flatMap((counter): Sum[] => {
    const { target, key, now, step } = counter;
    const before = earlier.find(isAt(counter))?.step;
    if (before?.key === step.key) return [{ target, key, now, step }];
    return before && !isConstant(before) && !isConstant(step) ? [{ target, key, now, step: null }] : [];
  });
}

/** Whether a further round added the same to each. */
function goOn(found: readonly Counter[], sums: readonly Sum[]): boolean {
  return sums.every((sum) => {
    const step = found.find(isAt(sum))?.step;
    return step !== undefined && (sum.step ? step.key === sum.step.key : !isConstant(step));
  });
}

const countExits = (m: Machine): number => m.frame.targets.reduce((sum, target) => sum + target.exits.length, 0);

/** The names that each round gives the same values. */
export function namesIn(target: ast.Expr): string[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.flatMap(namesIn);
  return target.kind === 'Name' ? [target.id] : [];
}
