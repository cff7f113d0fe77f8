/**
 * What was seen while tracing: for each expression its distinct values in the order of first visit, and the operation
 * that made them. Everything that the editor and the command line show is read from here.
 */
import type { Expr, Arg, Span } from '../../python/ast';
import type { SymInt } from '../../symint/symint';
import { moduleState, numberOf, parameterShapes } from '../tensors/moduleParameters';
import type { ModuleState } from '../tensors/moduleParameters';
import type { PrintedPass } from './prints';
import type { AppliedOperation } from '../tensors/tensors';
import type { GivenSizes } from '../uncalled/unify';
import { sameParts } from '../../values/values';
import type { TensorValue, Value } from '../../values/values';

export type RecordedNode = Expr | Arg;

/** A value frozen as it was when the expression was evaluated (lists may change later). */
export type Seen =
  | { readonly type: 'Tensor'; readonly tensor: TensorValue }
  | { readonly type: 'sequence'; readonly name: string; readonly items: readonly Seen[] | null; /** More items than were kept. */ readonly more: boolean }
  | { readonly type: 'value'; readonly value: Value; /** Of a module, as it was then. */ readonly parameters?: SymInt | null; readonly state?: ModuleState | null }
  | { readonly type: 'union'; readonly options: readonly Seen[] };

export interface Recording {
  readonly node: RecordedNode;
  readonly context: string;
  readonly seen: Seen[];
  /** For each of the seen: the sizes that its function was given as symbols. */
  readonly calls: (GivenSizes | null)[];
  /** How often it was evaluated. */
  visits: number;
  /** Whether more distinct values came than are kept. */
  more: boolean;
  /** Whether this is what a statement stores into. */
  readonly target: boolean;
  /** It is in code that nothing calls: of what it was seen with by way of several callers, not all need to occur. */
  isInferred: boolean;
  /** What it is besides where sequences have fewer items than their defaults. */
  otherwise?: readonly Seen[];
}

/** Distinct values kept for one expression; the weights of a large model are some dozens. */
const MAX_SEEN = 64;
const MAX_ITEMS = 64;

/** What one way of tracing saw. */
export interface Layer {
  readonly recordings: Map<RecordedNode, Recording>;
  readonly operations: Map<Span, AppliedOperation>;
  /** In the order of execution. */
  readonly prints: PrintedPass[];
}

export const newLayer = (): Layer => ({ recordings: new Map(), operations: new Map(), prints: [] });

export class Recorder {
  /** What the top level and the functions that it calls have. */
  main = newLayer();
  /** What is seen now is kept here. */
  layer = this.main;
  /** What calls have that tell nothing of what they give: told where nothing else is known. */
  untold: Layer = { ...newLayer(), prints: this.main.prints };

  record(node: RecordedNode, value: Value, context: string, target = false, given: GivenSizes | null = null): void {
    const { recordings } = this.layer;
    const recording = recordings.get(node);
    if (!recording) {
      const seen = freeze(value, 0);
      const first: Recording = { node, context, seen: [shownAt(node, target, seen)], calls: [given], visits: 1, more: false, target, isInferred: false };
      recordings.set(node, first);
      this.afterEnd?.add(first);
      this.pass?.set(node, seen);
      this.last(first, value);
      return;
    }
    if (this.afterEnd && !this.afterEnd.has(recording)) return;
    recording.visits++;
    this.pass?.set(node, freeze(value, 0));
    if (this.last(recording, value)) return;
    const seen = freeze(value, 0);
    if (recording.seen.some((other) => alike(other, seen))) return;
    if (recording.seen.length < MAX_SEEN) {
      recording.seen.push(shownAt(node, target, seen));
      recording.calls.push(given);
    } else recording.more = true;
  }

  /** Notes what was recorded last; whether it was the same before. */
  private last(recording: Recording, value: Value): boolean {
    if (value === this.lastValue && recording === this.lastRecording) return true;
    this.lastRecording = recording;
    this.lastValue = value;
    return false;
  }

  /**
   * What runs from here on would not run, as something before it raises: told is what the code that comes next would be,
   * not what would come again to code that did run.
   */
  end(): void {
    this.afterEnd ??= new Set();
  }

  /** A run from the start. */
  restart(): void {
    this.afterEnd = null;
  }

  /** From here on it is kept apart from what was seen before. */
  begin(): Layer {
    this.layer = this.main = newLayer();
    this.untold = { ...newLayer(), prints: this.main.prints };
    return this.main;
  }

  /** What the expressions were that are evaluated meanwhile: each as it was last. */
  during(run: () => void): ReadonlyMap<RecordedNode, Seen> {
    const outer = this.pass;
    const pass = (this.pass = new Map<RecordedNode, Seen>());
    try {
      run();
    } finally {
      this.pass = outer;
    }
    return pass;
  }

  /** What was seen for the first time after the end of the run. */
  private afterEnd: Set<Recording> | null = null;
  private pass: Map<RecordedNode, Seen> | null = null;
  private lastRecording: Recording | null = null;
  private lastValue: Value | null = null;
}

/** All that the layers saw, as if it were seen in their order. */
export function merged(layers: readonly Layer[]): Layer {
  const all = newLayer();
  const own = new Set<Recording>();
  for (const { recordings, operations, prints } of layers) {
    for (const [node, recording] of recordings) {
      let known = all.recordings.get(node);
      if (!known) {
        all.recordings.set(node, recording);
        continue;
      }
      if (!own.has(known)) {
        known = { ...known, seen: [...known.seen], calls: [...known.calls] };
        own.add(known);
        all.recordings.set(node, known);
      }
      addSeen(known, recording);
    }
    for (const [span, operation] of operations) all.operations.set(span, operation);
    all.prints.push(...prints);
  }
  return all;
}

/**
 * Whether a layer saw nothing that the other one did not, but for numbers and texts; of these, the other one is told that there
 * are more.
 */
export function repeatsSeen({ recordings }: Layer, other: Layer): boolean {
  const more: [Recording, Seen[]][] = [];
  for (const [node, { seen }] of recordings) {
    const known = other.recordings.get(node);
    if (!known || !seen.every((each) => known.seen.some((before) => isAlikeButNumbers(before, each)))) return false;
    const added = seen.filter((each) => !known.seen.some((before) => alike(before, each)));
    if (added.length > 0) more.push([known, added]);
  }
  for (const [known, added] of more) {
    addSeen(known, { ...known, seen: added.map(withoutNumbers), calls: added.map(() => null), visits: 0, more: true });
  }
  return true;
}

function isAlikeButNumbers(a: Seen, b: Seen): boolean {
  if (a.type === 'value' && b.type === 'value' && a.value.kind === b.value.kind && NUMBERS.has(a.value.kind)) return true;
  if (a.type !== 'sequence' || b.type !== 'sequence') return alike(a, b);
  const [items, others] = [a.items, b.items];
  return a.name === b.name && items !== null && others !== null && items.length === others.length && items.every((item, i) => isAlikeButNumbers(item, others[i]!));
}

const NUMBERS: ReadonlySet<Value['kind']> = new Set(['int', 'float', 'bool', 'str']);

function withoutNumbers(seen: Seen): Seen {
  if (seen.type === 'sequence') return { ...seen, items: seen.items && seen.items.map(withoutNumbers) };
  return seen.type === 'value' && NUMBERS.has(seen.value.kind) ? { type: 'value', value: { kind: seen.value.kind, value: null } as Value } : seen;
}

/** Adds what another recording of the same expression saw. */
export function addSeen(to: Recording, { seen, calls, visits, more }: Recording): void {
  to.visits += visits;
  to.more ||= more;
  seen.forEach((each, i) => {
    if (to.seen.some((other) => alike(other, each))) return;
    if (to.seen.length < MAX_SEEN) {
      to.seen.push(each);
      to.calls.push(calls[i]!);
    } else to.more = true;
  });
}

/** Where a module is made, kept or called on: not each of the many loads of `self`. */
const isModulePlace = (node: RecordedNode, target: boolean): boolean => target || node.kind === 'Call' || node.kind === 'arg' || node.kind === 'Attribute';

const shownAt = (node: RecordedNode, target: boolean, seen: Seen): Seen => (isModulePlace(node, target) ? withParameters(seen) : seen);

/** What a later write or the end of a trace may take from the module is counted now. */
function withParameters(seen: Seen): Seen {
  if (seen.type !== 'value' || seen.value.kind !== 'instance') return seen;
  const shapes = parameterShapes(seen.value);
  let count: SymInt | null | undefined;
  return {
    ...seen, state: moduleState(seen.value),
    // Few of them are shown.
    get parameters() {
      return (count === undefined ? (count = numberOf(shapes)) : count);
    },
  };
}

export function freeze(value: Value, depth: number): Seen {
  switch (value.kind) {
    case 'Tensor': return { type: 'Tensor', tensor: value };
    case 'tuple': case 'list': {
      // Of a sequence that a caller gives, nothing may be known yet.
      const isKnown = value.open !== true || value.items?.length !== 0;
      const items = value.items && isKnown && depth < 4 ? value.items.slice(0, MAX_ITEMS).map((item) => freeze(item, depth + 1)) : null;
      return { type: 'sequence', name: value.typeName ?? value.kind, items, more: (value.items?.length ?? 0) > MAX_ITEMS || (value.open === true && items !== null) };
    }
    case 'union': return { type: 'union', options: value.options.map((option) => freeze(option, depth + 1)) };
    default: return { type: 'value', value };
  }
}

/** Whether two seen values would be shown alike. */
export function alike(a: Seen, b: Seen): boolean {
  if (a.type !== b.type) return false;
  switch (a.type) {
    case 'Tensor': {
      const x = a.tensor;
      const y = (b as typeof a).tensor;
      return x === y || (x.dtype === y.dtype && sameDims(x, y) && x.isParameter === y.isParameter);
    }
    case 'sequence': {
      const y = b as typeof a;
      if (a.name !== y.name || (a.items === null) !== (y.items === null)) return false;
      return a.items === null || (a.items.length === y.items!.length && a.items.every((item, i) => alike(item, y.items![i]!)));
    }
    case 'union': {
      const y = b as typeof a;
      return a.options.length === y.options.length && a.options.every((option, i) => alike(option, y.options[i]!));
    }
    case 'value': return sameValue(a.value, (b as typeof a).value);
  }
}

function sameDims(a: TensorValue, b: TensorValue): boolean {
  const [x, y] = [a.shape, b.shape];
  return x.dims.length === y.dims.length && x.rest?.at === y.rest?.at && x.dims.every((dim, i) => dim.key === y.dims[i]!.key);
}

/** Of an array the tensor in it. */
function sameContent(a: Value | undefined, b: Value | undefined): boolean {
  if (a?.kind === 'Tensor' && b?.kind === 'Tensor') return a.dtype === b.dtype && sameDims(a, b);
  return a === b || (a !== undefined && b !== undefined && sameValue(a, b));
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'int': return a.value?.key === (b as typeof a).value?.key;
    case 'float': case 'bool': case 'str': case 'dtype': return Object.is(a.value, (b as typeof a).value);
    case 'complex': return sameParts(a.parts, (b as typeof a).parts);
    case 'slice': return (['start', 'stop', 'step'] as const).every((part) => sameValue(a[part], (b as typeof a)[part]));
    case 'None': case 'Ellipsis': return true;
    case 'unknown': return a.reason === (b as typeof a).reason;
    case 'instance': return a.cls === (b as typeof a).cls && sameContent(a.content, (b as typeof a).content);
    case 'builtin': return a.name === (b as typeof a).name;
    case 'method': case 'function': case 'partial': case 'iterator': case 'dict': case 'set': return true;
    default: return false;
  }
}
