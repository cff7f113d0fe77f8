/**
 * What a trace of functions that nothing calls saw. Each is seen on its own, and again as others of them call it. On its
 * own its sizes have its own names, but a caller may know more of them. Which of all is shown, is decided at the end.
 */
import type { FunctionDef, Lambda, Span } from '../../python/ast';
import { contains } from '../../python/spans';
import type { ParameterShape } from './parameterShape';
import type { Layer, RecordedNode, Recording, Seen } from '../state/recorder';
import type { SymInt } from '../../symint/symint';
import type { AppliedOperation } from '../tensors/tensors';
import { parametersOf } from '../calls/functions';
import { addSeen, merged, newLayer } from '../state/recorder';

type Entry = FunctionDef | Lambda;

/** One round; only the last is kept. */
export class Trial {
  private readonly nowhere = newLayer();
  /** The round before something was taken for granted, for code that is not reached since. */
  before: Trial | null = null;
  /** What it gave functions of the document: parameters with numbers of dims. */
  readonly ranks = new Set<object>();
  /** Parameters' shapes of which it is not known how many dims they have, and the fewest with which the code is known. */
  readonly fitting = new Map<ParameterShape, number>();

  /**
   * @param entries the functions that this trial is about
   * @param fromCallers the parameters of which only callers say how many dims they have
   * @param supposed sides of conditions that are not taken, as if they were; what they call is kept nowhere
   */
  constructor(readonly entries: ReadonlySet<Entry>, readonly fromCallers: Span[] = [], readonly own = newLayer(), readonly reached = newLayer(), readonly supposed = newLayer()) {}

  /** What all of them saw, which are about the same functions. */
  static of(trials: readonly Trial[]): Trial {
    const [first] = trials as [Trial];
    if (trials.length === 1) return first;
    const layer = (of: (trial: Trial) => Layer): Layer => merged(trials.map(of));
    const all = new Trial(first.entries, first.fromCallers, layer(({ own }) => own), layer(({ reached }) => reached), layer(({ supposed }) => supposed));
    for (const { ranks, fitting } of trials) {
      for (const rank of ranks) all.ranks.add(rank);
      for (const [shape, rank] of fitting) all.fit(shape, rank);
    }
    return all;
  }

  /** An operation is known if the shape has so many dims. */
  fit(shape: ParameterShape, rank: number): void {
    noteFit(this.fitting, shape, rank);
  }

  /** Where a function that is entered now is seen; `outer` is that of its caller. */
  layerOf(def: FunctionDef | Lambda, outer: Layer, caller: Span | null): Layer {
    if (outer === this.supposed || outer === this.nowhere) return this.nowhere;
    if (caller === null) return this.entries.has(def) ? this.own : this.reached;
    // A lambda or function within one that is seen on its own belongs to it.
    return outer === this.own && caller.start < def.start && def.end <= caller.end ? this.own : this.reached;
  }
}

/** Of all operations it is the one that needs most dims that counts. */
export function noteFit(fitting: Map<ParameterShape, number>, shape: ParameterShape, rank: number): void {
  fitting.set(shape, Math.max(fitting.get(shape) ?? 0, rank));
}

/** All trials of a trace. */
export class Trials {
  readonly kept: Trial[] = [];

  keep(trial: Trial): void {
    this.kept.push(trial);
  }

  /**
   * Adds to what the recorder saw in called code: each function as one trial knows it, the one that knows most.
   * Returns whose that is, by context, for functions of which it is not their own.
   */
  finish(main: Layer): ReadonlyMap<string, Trial> {
    const borrowed = new Map<string, Trial>();
    const functions = this.kept.flatMap(({ entries }) => [...entries]).sort((a, b) => a.start - b.start);
    // Its own comes first; of its callers the last is the nearest.
    const layers = [...this.kept.map(({ own }) => own), ...this.kept.map(({ reached }) => reached).reverse()];
    const reached = new Set(this.kept.map((trial) => trial.reached));
    const spare = new Set(this.kept.flatMap(({ before }) => (before ? [before.own, before.reached] : [])));
    layers.push(...spare);
    const shares = new Map<Entry | null, Share[]>();
    const entries = new Set<Entry | null>([...functions, null]);
    for (const layer of layers) {
      for (const [entry, share] of split(layer, functions, entries)) {
        const known = shares.get(entry);
        if (known) known.push(share);
        else shares.set(entry, [share]);
      }
    }
    for (const entry of [...functions, null]) {
      const all = shares.get(entry) ?? [];
      const ranked = [...bestFirst(all.filter(({ layer }) => !spare.has(layer)), (layer) => entry !== null && this.kept.some(({ own, fromCallers }) => own === layer && fromCallers.some((span) => contains(entry, span)))), ...all.filter(({ layer }) => spare.has(layer))];
      const [first] = ranked;
      const from = first && this.kept.find(({ own, reached }) => own === first.layer || reached === first.layer);
      if (first && entry && from && !from.entries.has(entry)) borrowed.set(first.recordings[0]!.context, from);
      const callers = first && reached.has(first.layer) ? all.filter(({ layer }) => reached.has(layer)) : [];
      const own = all.find(({ layer }) => !reached.has(layer) && !spare.has(layer))?.layer;
      const isSpecial = entry !== null && callers.length > 1 && leavesOut(entry, first!, callers);
      for (const { recordings, operations, layer } of ranked) {
        for (const recording of recordings) {
          if (main.recordings.has(recording.node)) continue;
          const alone = own?.recordings.get(recording.node);
          const isOfNoClass = entry?.kind === 'FunctionDef' && recording.context.split('.', 1)[0] === entry.name;
          const known = layer === first!.layer && callers.length > 1 ? ofAll(recording, callers, alone, isSpecial || isOfNoClass) : recording;
          const shown = alone && (known.seen.every(isNone) || (known.seen.every(isNothing) && alone.seen.some((each) => !isNothing(each)))) ? alone : known;
          shown.isInferred = true;
          main.recordings.set(recording.node, shown);
        }
        for (const [span, operation] of entry === null ? layer.operations : operations) {
          if (!main.operations.has(span)) main.operations.set(span, operation);
        }
      }
    }
    for (const { supposed } of this.kept) addMissing(main, supposed);
    return borrowed;
  }
}

/** What was not seen otherwise. */
export function addMissing(main: Layer, { recordings, operations }: Layer): void {
  for (const [node, recording] of recordings) if (!main.recordings.has(node)) main.recordings.set(node, { ...recording, isInferred: true });
  for (const [span, operation] of operations) if (!main.operations.has(span)) main.operations.set(span, operation);
}

/** Whether a caller leaves out what another one gives: most of what it knows, the other need not. */
function leavesOut({ args }: Entry, { layer }: Share, callers: readonly Share[]): boolean {
  const isLeftOut = (layer: Layer, arg: RecordedNode): boolean => layer.recordings.get(arg)?.seen.every(isNone) ?? true;
  return parametersOf(args).some((arg) => isLeftOut(layer, arg) && callers.some((other) => !isLeftOut(other.layer, arg)));
}

/**
 * What all callers know: where they do not agree what the function knows by itself, else each of theirs. `isEach`: what some
 * callers give says nothing where others give what is not known, as to a function of no class, which takes anything
 * (`exists(value)`).
 */
function ofAll(recording: Recording, callers: readonly Share[], own: Recording | undefined, isEach: boolean): Recording {
  const all: Recording = { ...recording, seen: [...recording.seen], calls: [...recording.calls] };
  for (const { layer } of callers) {
    const other = layer.recordings.get(recording.node);
    if (!other || other.seen === recording.seen) continue;
    if (!other.seen.some(isUnknown)) addSeen(all, { ...other, ...apartFrom(recording, other) });
    else if (isEach) return own ?? other;
  }
  return all.seen.length > recording.seen.length && own && !own.seen.some(isUnknown) ? own : all;
}

/** What the other recording saw that differs by more than the names of sizes. */
function apartFrom({ seen }: Recording, other: Recording): Pick<Recording, 'seen' | 'calls'> {
  const own = seen.map(withoutNames);
  const kept = other.seen.map((_, i) => i).filter((i) => !own.includes(withoutNames(other.seen[i]!)));
  return { seen: kept.map((i) => other.seen[i]!), calls: kept.map((i) => other.calls[i]!) };
}

/** Kind, numbers and number of dims, in a form that compares. */
function withoutNames(seen: Seen): string {
  const sizeOf = (size: SymInt): string => (size.value === null ? 'n' : String(size.value));
  switch (seen.type) {
    case 'Tensor': return `(${seen.tensor.shape.dims.map(sizeOf).join()})${seen.tensor.shape.rest?.at ?? ''}`;
    case 'sequence': return `${seen.name}(${seen.items?.map(withoutNames).join() ?? '*'})`;
    case 'union': return seen.options.map(withoutNames).sort().join(' or ');
    case 'value': return seen.value.kind === 'int' ? (seen.value.value ? sizeOf(seen.value.value) : 'int') : seen.value.kind;
  }
}

/** What a layer saw of one function. */
interface Share {
  readonly layer: Layer;
  readonly recordings: Recording[];
  readonly operations: [Span, AppliedOperation][];
  /** What it saw, and whether that is not known. */
  readonly unknowns: Map<RecordedNode, boolean>;
}

/** The one that knows more than those before it, where both saw something; the others as they are. `isByCallers`: it knows no more than callers do. */
function bestFirst(shares: readonly Share[], isByCallers: (layer: Layer) => boolean): readonly Share[] {
  const best = shares.reduce<Share | undefined>((known, share) => (!known || gain(share, known) > (isByCallers(known.layer) ? -1 : 0) ? share : known), undefined);
  return best && best !== shares[0] ? [best, ...shares.filter((share) => share !== best)] : shares;
}

/** How much more it knows of what both saw. */
function gain({ unknowns }: Share, known: Share): number {
  let more = 0;
  for (const [node, isUnknown] of unknowns) {
    const before = known.unknowns.get(node);
    if (before === undefined || before === isUnknown) continue;
    more += before ? 1 : -1;
  }
  return more;
}

/** What layers were split into the last time, and by which functions. */
const splits = new WeakMap<Layer, { readonly functions: ReadonlySet<Entry>; readonly shares: ReadonlyMap<Entry | null, Share> }>();

/** A layer by function; null for what lies in none. After an edit elsewhere it is as it was. @param entries the functions, and null */
function split(layer: Layer, functions: readonly Entry[], entries: ReadonlySet<Entry | null>): ReadonlyMap<Entry | null, Share> {
  const last = splits.get(layer);
  if (last && [...last.shares.keys()].every((entry) => entries.has(entry))) {
    const outside = last.shares.get(null)?.recordings ?? [];
    if (outside.length === 0 || functions.every((entry) => last.functions.has(entry) || !outside.some(({ node }) => contains(entry, node)))) return last.shares;
  }
  const shares = new Map<Entry | null, Share>();
  for (const [node, recording] of layer.recordings) {
    const entry = enclosing(functions, node);
    let share = shares.get(entry);
    if (!share) shares.set(entry, (share = { layer, recordings: [], operations: [], unknowns: new Map() }));
    share.recordings.push(recording);
    share.unknowns.set(node, recording.seen.some(isUnknown));
  }
  for (const operation of layer.operations) shares.get(enclosing(functions, operation[0]))?.operations.push(operation);
  splits.set(layer, { functions: new Set(functions), shares });
  return shares;
}

/** The function that a node lies in; they are in order and none lies in another. */
function enclosing(functions: readonly Entry[], node: Span): Entry | null {
  let [low, high] = [0, functions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (functions[middle]!.start <= node.start) low = middle + 1;
    else high = middle;
  }
  const entry = functions[low - 1];
  return entry && contains(entry, node) ? entry : null;
}

/** That the callers here do not give it says nothing of others. */
const isNone = (seen: Seen): boolean => seen.type === 'value' && seen.value.kind === 'None';

/** It tells nothing. */
const isNothing = (seen: Seen): boolean => isNone(seen) || (seen.type === 'value' && seen.value.kind === 'unknown');

/** Whether something of it is not known. */
export function isUnknown(seen: Seen): boolean {
  switch (seen.type) {
    case 'Tensor': return seen.tensor.shape.rest !== null;
    case 'sequence': return seen.items === null || seen.items.some(isUnknown);
    case 'union': return seen.options.some(isUnknown);
    case 'value': return seen.value.kind === 'unknown';
  }
}
