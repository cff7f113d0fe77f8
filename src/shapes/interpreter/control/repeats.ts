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
import type { Storage, TensorValue, Value } from '../../values/values';

/** Rounds below which a loop is traced as it is: those of layers, and of most epochs. */
const FEWEST = 24;
/** Rounds that must be left for one that stands for them to be worth its time. */
const FEWEST_LEFT = 8;
/** States that were no repetition, one after the other, after which none is expected. */
const MOST_CHANGES = 12;

/** A place that a round adds a number to. */
interface Counter extends Place { readonly now: SymInt; readonly step: SymInt }

/** What a round does to the state: it adds to counters, and gives tensors other elements. */
interface Changes { readonly counters: readonly Counter[]; readonly elements: readonly Place[] }

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
      const steps = stepsOf(items, at + 1);
      if (!sums || steps.last - at < FEWEST_LEFT) return at;
      const elements = this.standsFor(items[at + 1]!, steps, sums, [...earlier.elements, ...last.elements]);
      if (!elements) return at;
      this.add(sums, constant(steps.last - at));
      this.hide(elements);
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
    const elements: Place[] = [];
    const changed = m.heap.changedSince(mark, made, born, (target, key, before, now) => {
      if (this.isOwn(target, key) || this.alikeness.same(key, before, now)) return false;
      if (this.isLong && this.alikeness.sameButElements(key, before, now)) {
        elements.push({ target: target as Target, key });
        return false;
      }
      if (!isInt(before) || !isInt(now)) return true;
      const step = difference(now.value, before.value);
      if (step) counters.push({ target: target as Target, key, now: now.value, step });
      return step === null;
    });
    return changed ? null : { counters, elements };
  }

  /** What the loop itself sets in each round. */
  private readonly isOwn = (target: object, key: string): boolean => this.names.has(key) && target === this.m.frame.scope.target(key);

  /**
   * Whether a round with any of the numbers that the next ones have does nothing that was not seen, and leaves the state as it
   * was but for the counters and for elements. It is traced for that and taken back. Returns where the elements are; null: it does not.
   */
  private standsFor(item: Value, steps: Steps, sums: readonly Sum[], elements: readonly Place[]): readonly Place[] | null {
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
      this.hide(elements);
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
    return found && goOn(found.counters, sums) && this.keep(layer, outer) ? [...elements, ...found.elements] : null;
  }

  private keep(layer: Layer, outer: Layer): boolean {
    if (!repeatsSeen(layer, outer)) return false;
    noteAnyPasses(outer, layer);
    return true;
  }

  /** Of the tensors there only the elements change, to what is not known. */
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
      } else {
        const tensor = valueAtPlace(target, key) as TensorValue;
        const other = tensors.opaque(tensor.shape, tensor.dtype, 'so many rounds of a loop are not traced');
        put(heap, { target, key }, { ...other, isParameter: tensor.isParameter, device: tensor.device, assumes: tensor.assumes });
      }
    }
  }

  /** What the sums are so many rounds later. */
  private add(sums: readonly Sum[], rounds: SymInt): void {
    const { heap, symbols } = this.m;
    const values = sums.map(({ key, now, step }) => int(step ? add(now, mul(step, rounds)) : symbol(symbols.fresh(key, { origin: `${key}, a sum over the rounds of a loop`, range: this.m.placeOf(this.node.target) }))));
    sums.forEach((place, i) => put(heap, place, values[i]!));
  }
}

function put(heap: Heap, { target, key }: Place, value: Value): void {
  if (target instanceof Map) heap.set<Value>(target as Map<string, Value>, key, value);
  else heap.assign(target as Record<string, unknown>, key, value);
}

function valueAtPlace(target: Target, key: string): unknown {
  return target instanceof Map ? (target as Map<string, unknown>).get(key) : (target as Record<string, unknown>)[key];
}

const isInt = (value: unknown): value is { readonly kind: 'int'; readonly value: SymInt } => typeof value === 'object' && value !== null && (value as Value).kind === 'int' && (value as { value: SymInt | null }).value !== null;

function difference(now: SymInt, before: SymInt): SymInt | null {
  try {
    return sub(now, before);
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** What two rounds added, one after the other; null: known numbers, of which the next ones are not known. */
function sumsOf(earlier: readonly Counter[], later: readonly Counter[]): Sum[] | null {
  const sums = later.map(({ target, key, now, step }): Sum | null => {
    const before = earlier.find((each) => each.target === target && each.key === key)?.step;
    if (before?.key === step.key) return { target, key, now, step };
    return before && !isConstant(before) && !isConstant(step) ? { target, key, now, step: null } : null;
  });
  return earlier.length === later.length && sums.every((each) => each !== null) ? sums : null;
}

/** Whether a further round added the same to each. */
function goOn(found: readonly Counter[], sums: readonly Sum[]): boolean {
  return found.length === sums.length
    && found.every((each) => sums.some(({ target, key, step }) => each.target === target && each.key === key && (step ? each.step.key === step.key : !isConstant(each.step))));
}

const countExits = (m: Machine): number => m.frame.targets.reduce((sum, target) => sum + target.exits.length, 0);

/** The names that each round gives the same values. */
export function namesIn(target: ast.Expr): string[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.flatMap(namesIn);
  return target.kind === 'Name' ? [target.id] : [];
}
