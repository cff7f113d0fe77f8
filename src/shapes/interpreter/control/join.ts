/**
 * Meeting values where branches come together, and widening them where a loop does not settle. Equal parts are kept;
 * what differs becomes a union of a few, then unknown.
 */
import { same } from '../../symint/facts';
import type { Facts } from '../../symint/facts';
import { loneSymbol } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { MAX_CALLABLES, MAX_UNION, bool, complex, deciderOf, float, int, sameParts, str, unknown } from '../../values/values';
import type { DictEntry, DictValue, SequenceValue, SetValue, Shape, TensorValue, UnionValue, Value } from '../../values/values';

export function sameShape(a: Shape, b: Shape, facts: Facts): boolean {
  return a.rest?.name === b.rest?.name && a.rest?.at === b.rest?.at && a.dims.length === b.dims.length && a.dims.every((dim, i) => same(dim, b.dims[i]!, facts));
}

export class Joiner {
  constructor(
    private readonly facts: Facts,
    /** A tensor of this shape and dtype of which only that is known. */
    private readonly opaque: (like: TensorValue, dtype: TensorValue['dtype'], reason: string) => TensorValue,
    /** A size that is one of two, for a variable or attribute of that name in a scope or object; null where both are to be kept apart. */
    private readonly oneOf: (place: object, name: string, a: SymInt, b: SymInt) => SymInt | null = () => null,
    /** Two tensors meet, of which the first one's number of dims is not known. */
    private readonly noteMeeting: (open: TensorValue, other: TensorValue) => void = () => undefined,
    /** Of two names of runs of unknown dims, that of the one which both are; null where they are not one. */
    private readonly commonRun: (a: string, b: string) => string | null = (a, b) => (a === b ? a : null),
  ) {}

  /** What is known on each of the two sides that meet: ours, and theirs. */
  sides: readonly [Facts, Facts] | null = null;

  /** The condition whose two sides meet. */
  decidedBy: object | null = null;

  /** As Heap.joinWith wants it: contents of scopes, attributes, items and storages. Scopes and attributes are maps, whose keys an author chose. */
  contents = (target: object, key: string, a: unknown, b: unknown, isNew: boolean): unknown => {
    if (!isNew && target instanceof Map && (a === undefined) !== (b === undefined)) this.noteUnsure(target, key);
    if (!(target instanceof Map)) {
      if (key === 'items') return a instanceof Map || b instanceof Map ? eitherSet(a as SetValue['items'], b as SetValue['items']) : this.items(target as SequenceValue, a as Value[] | null, b as Value[] | null);
      if (key === 'node' || key === 'lastWrite') return null;
      if (key === 'version') return Math.max(a as number, b as number) + 1;
      if (key === 'count' || key === 'sizeOf') return a === b ? a : null;
      if (key === 'open') return a === true || b === true;
    }
    if (isEntry(a) || isEntry(b)) return this.entries(isEntry(a) ? a : null, isEntry(b) ? b : null, isNew);
    if (isValue(a) && isValue(b)) return this.sizes(target, key, a, b) ?? this.join(a, b);
    return a ?? b;
  };

  /** Names of a scope or attributes of an object that only one of two branches set. */
  private readonly unsure = new WeakMap<object, Set<string>>();

  noteUnsure(target: object, key: string): void {
    const keys = this.unsure.get(target);
    if (keys) keys.add(key);
    else this.unsure.set(target, new Set([key]));
  }

  isUnsure(target: object, key: string): boolean {
    return this.unsure.get(target)?.has(key) ?? false;
  }

  private entries(a: DictEntry | null, b: DictEntry | null, isNew: boolean): DictEntry {
    if (a && b) return { key: a.key, value: this.join(a.value, b.value), ...((a.isPossible || b.isPossible) && { isPossible: true }) };
    return isNew ? (a ?? b)! : { ...(a ?? b)!, isPossible: true };
  }

  private sizes(place: object, name: string, a: Value, b: Value): Value | null {
    if (a.kind !== 'int' || b.kind !== 'int' || !a.value || !b.value || (a.value.value !== null && b.value.value !== null) || alike(a.value, b.value, this.facts)) return null;
    const size = this.oneOf(place, name, a.value, b.value);
    return size && int(size);
  }

  /** `width or 4 * dim`: which of the sizes it is, what the first is says, so that it is the same wherever the same is asked. */
  firstGiven(values: readonly Value[]): Value {
    const [a, b, ...more] = values;
    const name = a?.kind === 'int' && a.value ? loneSymbol(a.value)?.name : undefined;
    return (name !== undefined && b && more.length === 0 ? this.sizes(this, name, a!, b) : null) ?? this.joinAll(values);
  }

  join(a: Value, b: Value): Value {
    if (a === b) return a;
    if (a.kind === 'unknown') return a;
    if (b.kind === 'unknown') return b;
    if (a.kind === 'union' || b.kind === 'union') return withLikely(this.union([...(a.kind === 'union' ? a.options : [a]), ...(b.kind === 'union' ? b.options : [b])]), a, b);
    return this.merge(a, b) ?? { kind: 'union', options: [a, b], ...(this.decidedBy && { decidedBy: this.decidedBy }) };
  }

  /** `decidedBy`: what decides which of the values it is, in their order. */
  joinAll(values: readonly Value[], decidedBy: object | null = null): Value {
    const joined = values.reduce((a, b) => this.join(a, b));
    const isInOrder = joined.kind === 'union' && joined.options.length === values.length && values.every(({ kind }) => kind !== 'union');
    return decidedBy && isInOrder ? { ...joined, decidedBy } : joined;
  }

  /** What becomes of each option that is not None: with None the statement would raise. */
  joinEach(union: UnionValue, each: (option: Value) => Value): Value {
    const options = union.options.filter(({ kind }) => kind !== 'None');
    return options.length > 0 ? this.joinAll(options.map(each), options.length === union.options.length ? deciderOf(union) : null) : this.joinAll(union.options.map(each));
  }

  private union(options: readonly Value[]): Value {
    const kept: Value[] = [];
    for (const option of options) {
      const at = kept.findIndex((other) => other === option || this.merge(other, option) !== null);
      if (at < 0) kept.push(option);
      else kept[at] = this.merge(kept[at]!, option) ?? option;
    }
    if (kept.length === 1) return kept[0]!;
    if (kept.length <= (kept.every(isCallable) ? MAX_CALLABLES : MAX_UNION)) return { kind: 'union', options: kept };
    const fewer = this.condensed(kept);
    if (fewer.length === 1) return fewer[0]!;
    return fewer.length <= MAX_UNION ? { kind: 'union', options: fewer } : unknown('it has many possible values here');
  }

  /** All ints as one of them, all tensors of one rank, and all plain tuples as one of any length. */
  private condensed(options: readonly Value[]): Value[] {
    const kinds = new Map<string, Value[]>();
    for (const option of options) {
      const kind = option.kind === 'Tensor' && !option.shape.rest ? `tensor ${option.shape.dims.length}` : option.kind;
      kinds.set(kind, [...kinds.get(kind) ?? [], option]);
    }
    return [...kinds.values()].flatMap((alike) => {
      const one = alike.length < 2 ? null : this.anyOf(alike) ?? this.anyInt(alike) ?? this.anyTuple(alike);
      return one ? [one] : alike;
    });
  }

  /** One of several dicts, as one of its own: what not all of them hold, it holds perhaps. */
  anyDict(options: readonly Value[]): DictValue | null {
    const dicts = options.filter((option): option is DictValue => option.kind === 'dict');
    if (dicts.length === 0 || dicts.length < options.length) return null;
    return dicts.reduce((a, b) => {
      const entries = new Map([...a.entries, ...b.entries].map(([key]) => [key, this.entries(a.entries.get(key) ?? null, b.entries.get(key) ?? null, false)]));
      const elements = [a.element, b.element].filter((element) => element !== null);
      return { ...a, entries, open: a.open || b.open, element: elements.length > 0 ? this.joinAll(elements) : null };
    });
  }

  /** One of several tuples, as one of any length. */
  private anyTuple(options: readonly Value[]): Value | null {
    if (!options.every(isPlainTuple)) return null;
    const items = options.flatMap((each) => each.items ?? (each.element ? [each.element] : []));
    return { kind: 'tuple', items: null, element: items.length > 0 ? this.joinAll(items) : null, typeName: null, fields: null };
  }

  /** One of several ints, as a size of its own. */
  anyInt(options: readonly Value[]): Value | null {
    let any: SymInt | null = null;
    for (const option of options) {
      if (option.kind !== 'int' || !option.value) return null;
      const next: SymInt | null = any === null || same(any, option.value, this.facts) ? option.value : this.oneOf(this, 'size', any, option.value);
      if (next === null) return null;
      any = next;
    }
    return any && int(any);
  }

  /** Tensors of one rank as one of them: sizes that differ become one that is not known. */
  private anyOf(options: readonly Value[]): Value | null {
    const [first] = options;
    if (first?.kind !== 'Tensor' || !options.every((option): option is TensorValue => option.kind === 'Tensor' && option.shape.rest === null && option.shape.dims.length === first.shape.dims.length)) return null;
    const dims: SymInt[] = [];
    for (const [at, size] of first.shape.dims.entries()) {
      const any = options.reduce<SymInt | null>((a, { shape }) => a && (alike(a, shape.dims[at]!, this.facts) ? a : this.oneOf(this, 'size', a, shape.dims[at]!)), size);
      if (any === null) return null;
      dims.push(any);
    }
    return this.either(options, { dims, rest: null }, 'it is one of many here');
  }

  /** A tensor of that shape that is one of these; it rests on what they rest on. */
  private either(options: readonly TensorValue[], shape: Shape, reason: string): TensorValue {
    const [first] = options;
    const tensor = this.opaque({ ...first!, shape }, options.every(({ dtype }) => dtype === first!.dtype) ? first!.dtype : null, reason);
    const assumes = [...new Set(options.flatMap((option) => option.assumes))];
    return assumes.length > 0 ? { ...tensor, assumes } : tensor;
  }

  /** One value for both where that loses nothing; null otherwise. */
  private merge(a: Value, b: Value): Value | null {
    if (a === b) return a;
    if (a.kind === 'Tensor' && b.kind === 'Tensor') return this.tensors(a, b);
    if (a.kind === 'int' && b.kind === 'int') return alike(a.value, b.value, this.facts) ? a : a.value === null ? a : b.value === null ? b : null;
    if (a.kind === 'float' && b.kind === 'float') return Object.is(a.value, b.value) && a.ratio === b.ratio ? a : float(null);
    if (a.kind === 'complex' && b.kind === 'complex') return sameParts(a.parts, b.parts) ? a : complex(null);
    if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value ? a : bool(null);
    if (a.kind === 'str' && b.kind === 'str') return a.value === b.value ? a : a.value === null || b.value === null ? str(null) : null;
    if (a.kind === 'None' && b.kind === 'None') return a;
    if (a.kind === 'instance' && b.kind === 'instance' && a.madeAs !== undefined && a.madeAs === b.madeAs && a.cls === b.cls) return a.id > b.id ? a : b;
    if (a.kind === 'dtype' && b.kind === 'dtype') return a.value === b.value ? a : null;
    if (a.kind === 'builtin' && b.kind === 'builtin') return a.name === b.name ? a : null;
    if (a.kind === 'tuple' && b.kind === 'tuple' && a.items && b.items && a.items.length === b.items.length) {
      return { ...a, items: a.items.map((item, i) => this.join(item, b.items![i]!)) };
    }
    if (a.kind === 'iterator' && b.kind === 'iterator') {
      if (a.typeName !== b.typeName || a.items?.length !== b.items?.length || !a.items || !b.items) return null;
      return { ...a, items: a.items.map((item, i) => this.join(item, b.items![i]!)) };
    }
    if (a.kind === 'list' && b.kind === 'list') {
      const items = a.items && b.items && a.items.length === b.items.length ? a.items.map((item, i) => this.join(item, b.items![i]!)) : null;
      const all = [...(a.items ?? (a.element ? [a.element] : [])), ...(b.items ?? (b.element ? [b.element] : []))];
      return { ...a, items, element: items ? null : all.length ? this.joinAll(all) : null };
    }
    return null;
  }

  private tensors(a: TensorValue, b: TensorValue): TensorValue | null {
    if (!sameShape(a.shape, b.shape, this.facts)) {
      if (a.shape.rest && !b.shape.rest) this.noteMeeting(a, b);
      else if (b.shape.rest && !a.shape.rest) this.noteMeeting(b, a);
      const shape = this.shapeOnBoth(a.shape, b.shape);
      return shape ? this.either([a, b], shape, 'it differs between the branches that meet here') : this.eitherSize(a, b);
    }
    if (a.storage === b.storage && a.version === b.version && a.node === b.node) return a;
    return this.either([a, b], a.shape, 'it differs between the branches that meet here');
  }

  /** The shape of one side that the other one has too, as far as its condition goes: a table is made anew unless it has the size that is asked for. */
  private shapeOnBoth(ours: Shape, theirs: Shape): Shape | null {
    if (!this.sides) return null;
    if (sameShape(ours, theirs, this.sides[0])) return theirs;
    return sameShape(ours, theirs, this.sides[1]) ? ours : null;
  }

  /** Tensors of one rank, known or not, where nothing calls the code: a size that differs is one of two. A size of 1 stays apart, since it broadcasts. */
  private eitherSize(a: TensorValue, b: TensorValue): TensorValue | null {
    const [ours, theirs] = [a.shape.rest, b.shape.rest];
    if (ours?.at !== theirs?.at || a.shape.dims.length !== b.shape.dims.length) return null;
    const name = ours && theirs && this.commonRun(ours.name, theirs.name);
    if (ours && !name) return null;
    const dims: SymInt[] = [];
    for (const [at, size] of a.shape.dims.entries()) {
      const other = b.shape.dims[at]!;
      const either = alike(size, other, this.facts) ? size : size.value === 1 || other.value === 1 ? null : this.oneOf(this, 'size', size, other);
      if (either === null) return null;
      dims.push(either);
    }
    return this.either([a, b], { dims, rest: ours && name ? { ...ours, name } : null }, 'it differs between the branches that meet here');
  }

  private items(target: SequenceValue, a: Value[] | null, b: Value[] | null): Value[] | null {
    if (a && b && a.length === b.length) return a.map((item, i) => this.join(item, b[i]!));
    const all = [...(a ?? []), ...(b ?? []), ...(target.element ? [target.element] : [])];
    if (target.kind === 'list') target.element = all.length ? this.joinAll(all) : null;
    return null;
  }

  /** `states = states + (x,)` in each round: one tuple of any length in place of one for each. */
  private grown(joined: Value): Value {
    if (joined.kind !== 'union') return joined;
    const tuples = joined.options.filter(isPlainTuple);
    const any = tuples.length < 2 ? null : this.anyTuple(tuples);
    if (!any) return joined;
    const others = joined.options.filter((option) => !isPlainTuple(option));
    return others.length > 0 ? { kind: 'union', options: [...others, any] } : any;
  }

  /** Where `next` still differs from `value` after another round of a loop: what holds for any number of rounds. */
  widen(value: Value, next: Value): Value {
    if ((value.kind === 'union' || next.kind === 'union') && isCount(value) && isCount(next)) return int(null);
    if (value.kind === 'int' && next.kind === 'int') return alike(value.value, next.value, this.facts) ? value : int(null);
    if (value.kind === 'Tensor' && next.kind === 'Tensor') return this.tensors(value, next) ?? unknown('its shape changes from one round of the loop to the next');
    const joined = this.grown(this.join(value, next));
    return joined.kind === 'union' && joined.options.length >= MAX_UNION ? unknown('it changes from one round of the loop to the next') : joined;
  }
}

/** What a place holds of which only that it was written to is known: contents of scopes, attributes, items and storages. */
export function spoiled(target: object, key: string, now: unknown, reason: string): unknown {
  if (!(target instanceof Map)) {
    if (key === 'items' || key === 'node' || key === 'lastWrite') return null;
    if (key === 'version') return (now as number) + 1;
    if (key === 'open') return true;
  }
  if (isEntry(now)) return { key: now.key, value: unknown(reason) };
  return unknown(reason);
}

function alike(a: SymInt | null, b: SymInt | null, facts: Facts): boolean {
  return a !== null && b !== null && same(a, b, facts);
}

/** The items of a set that is one of two; null where they differ. */
function eitherSet(a: SetValue['items'], b: SetValue['items']): SetValue['items'] {
  return a && b && a.size === b.size && [...a.keys()].every((key) => b.has(key)) ? a : null;
}

export function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

export function isEntry(value: unknown): value is DictEntry {
  return typeof value === 'object' && value !== null && 'key' in value && 'value' in value && !('kind' in value);
}

/** What both are unless a caller says otherwise, they are together. */
function withLikely(joined: Value, a: Value, b: Value): Value {
  const [own, other] = [a, b].map((value) => (value.kind === 'union' ? value.likely : value));
  return joined.kind === 'union' && own && other && (own === other || (own.kind === 'None' && other.kind === 'None')) ? { ...joined, likely: own } : joined;
}

const isCallable = ({ kind }: Value): boolean => kind === 'function' || kind === 'class' || kind === 'builtin' || kind === 'method' || kind === 'partial';

const isPlainTuple = (option: Value): option is SequenceValue => option.kind === 'tuple' && option.typeName === null && !option.fields && !option.parameter;

/** An int, or one of several. */
function isCount(value: Value): boolean {
  return value.kind === 'int' || (value.kind === 'union' && value.options.every((option) => option.kind === 'int'));
}
