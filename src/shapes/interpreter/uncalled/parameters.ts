/**
 * Parameters of functions that nothing calls. What they are is guessed from nothing: a trace starts with values of which
 * only that is known which annotations and defaults say, notes what the body demands of them, and is repeated.
 * Demands only accumulate, so that it ends.
 */
import type * as ast from '../../python/ast';
import type { SymInt } from '../../symint/symint';
import type { Fields } from './annotations';
import { isSetting } from '../calls/functions';
import { MAX_ITEMS, ParameterShape } from './parameterShape';
import type { SupposedRank } from './parameterShape';
import { ParameterParts } from './parameterParts';
import { ParameterSizes } from './parameterSizes';
import type { SharedSizes } from './parameterSizes';
import { ParameterTraits } from './parameterTraits';
import { asDefault } from './refused';
import type { TensorFactory } from '../tensors/tensors';
import type { DictValue, IntValue, TensorValue, Value } from '../../values/values';
import { float, int, str, tuple, unknown } from '../../values/values';

/** What a parameter was found to be. `outside`: nothing says so yet. */
type Kind = 'outside' | 'int' | 'tensor' | 'tuple' | 'object';

export class Parameter extends ParameterTraits {
  kind: Kind = 'outside';
  private fields: Fields | null = null;
  /** What it holds by key, where it is a dict. */
  private keys: Fields | null = null;
  /** It is not None, though that is its default: the code raises where it is. */
  private isGiven = false;
  /** It has items: it is no int, whatever else looks like one. */
  private hasItems = false;
  /** What is known of its shape where it is a tensor. */
  readonly dims: ParameterShape;
  readonly items: Parameter[] = [];
  /** Whether it has no more items than are known. */
  private isWhole = false;
  /** Items that its default has, and that it does not have now. */
  private missing = 0;
  private isList = false;
  /** Where it is a size, it may be a text as well: it is compared with one (`'M'` among the widths of a network). */
  private mayBeText = false;
  readonly held = new ParameterParts((name, fallback) => this.part(name, fallback));
  private readonly sizes = new ParameterSizes(this);
  proposal: { /** null: of unknown number */ readonly rank: number | null; readonly sizes: ReadonlyMap<number, SymInt>; readonly assumption: string; readonly like: readonly SymInt[] } | null = null;

  constructor(
    readonly name: string,
    readonly span: ast.Span,
    readonly fallback: Value | null,
    /** In a constructor what is computed with is an int, in a function a tensor; a name may be either, and so may an item of what a function is given. */
    readonly role: 'constructor' | 'function' | 'name' | 'item',
    private shared: SharedSizes,
    /** Its name is made up from that of what it is an item of. */
    private readonly isItem = false,
  ) {
    super();
    this.dims = new ParameterShape(this);
  }

  /** All demands on this and what is in it. */
  get revisions(): number {
    return this.parts.reduce((sum, part) => sum + part.revisions, this.revision + this.dims.revisions);
  }

  private get parts(): Parameter[] {
    return [...this.items, ...this.held.all];
  }

  /** For a new trace: what was found out stays, and so do the symbols, in its table. */
  restart(shared: SharedSizes): void {
    this.shared = shared;
    this.sizes.keepIn(shared.table);
    for (const part of this.parts) part.restart(shared);
  }

  become(kind: Exclude<Kind, 'outside'>): void {
    if (this.kind !== 'outside' || (kind === 'int' && (this.mayBeSequence || this.isSequence || this.hasItems))) return;
    this.kind = kind;
    if (kind !== 'object') this.revision++; // That it has attributes changes nothing until one of them is more than an object.
  }

  /** It has a length, or items: uses that look like those of an int meant something else. */
  refuteInt(): void {
    if (this.isSurelyInt || this.fallback?.kind === 'int') return;
    this.hasItems = true;
    if (this.kind !== 'int') return;
    this.kind = 'outside';
    this.revision++;
  }

  /** It is used as a size, and given as a tensor of no dims (`lengths.max()`), which is one too. */
  becomeScalar(): void {
    this.refuteInt();
    if (this.kind !== 'outside') return;
    this.assumption = `${this.name} is taken to have 0 dims, as the calls here give it`;
    this.demandRank(0);
  }

  /** The code says so. `orText`: or a text that stands for a size (`rank: int | str = 'auto'`). */
  becomeInt(orText = false): void {
    this.become('int');
    this.isSurelyInt = !orText;
    this.mayBeText = orText;
  }

  /** It counts the dims of a tensor: it is taken to be its default, if it has one. */
  becomePosition(): void {
    if (this.isPosition || this.kind !== 'int' || this.fallback?.kind !== 'int') return;
    this.isPosition = true;
    this.assumption = `${this.name} is taken to be its default: it says which dim is meant`;
    this.revision++;
  }

  /** It is a list or a tuple of ints. */
  becomeSequence(isList = false): void {
    this.become('tuple');
    this.isSequence = true;
    this.isList = isList;
    this.item().become('int');
  }

  /** As of its shape; that makes it a tensor. */
  demandRank(rank: number, names: readonly (string | null)[] = []): void {
    this.become('tensor');
    if (this.kind === 'tensor') this.dims.demandRank(rank, names);
  }

  demandDim(dim: number, size: SymInt | string | null, always = false): void {
    this.become('tensor');
    if (this.kind === 'tensor') this.dims.demandDim(dim, size, always);
  }

  /** It fits beside another tensor if it has that shape: taken only where nothing demands more. `sizes` by dim from the end. */
  propose(rank: number, sizes: ReadonlyMap<number, SymInt>, assumption: string, like: readonly SymInt[] = []): void {
    if (this.dims.rank === null) this.proposal ??= { rank, sizes, assumption, like };
  }

  /** The author says that it has these sizes (null: any), with a run of any number of dims before the one at `gap`. */
  claim(sizes: readonly (SymInt | null)[], gap: number | null, assumption: string): void {
    if (this.dims.rank !== null || this.dims.contradicts(sizes, gap)) return;
    const claimed = new Map(sizes.flatMap((size, i) => (size ? [[gap !== null && i < gap ? i : i - sizes.length, size] as const] : [])));
    // What it fits beside is a size of the code's; the author's name may be another one of the same.
    const fitting = this.proposal && gap === null && this.proposal.rank === sizes.length ? this.proposal.sizes : [];
    this.proposal = { rank: gap === null ? sizes.length : null, sizes: new Map([...claimed, ...fitting]), assumption, like: [...claimed.values()] };
  }

  /** All calls in the document give it so many dims; whether that tells something new. */
  claimRank(rank: number): boolean {
    const { dims, proposal } = this;
    if (dims.rank !== null || Math.max(dims.front.length, dims.back.length, dims.least) > rank || proposal?.rank === rank) return false;
    this.proposal = { rank, sizes: new Map(), assumption: `${this.name} is taken to have ${rank} ${rank === 1 ? 'dim' : 'dims'}, as the calls here give it`, like: [] };
    return true;
  }

  /** Calls in the document give this class or function; whether that tells something new. */
  claimValue(value: Value & { readonly name: string }): boolean {
    if (this.typical || this.fields || this.keys || (this.kind !== 'outside' && this.kind !== 'object') || (this.fallback && this.fallback.kind !== 'None')) return false;
    this.typical = value;
    this.assumption = `${this.name} is taken to be ${value.name}, as the calls here give it`;
    this.revision++;
    return true;
  }

  /** Takes what was proposed for this and its parts; whether that tells something new. */
  adopt(): boolean {
    const parts = this.parts.map((part) => part.adopt());
    const isTold = this.take();
    if (isTold) this.revision++;
    return isTold || parts.some(Boolean);
  }

  private take(): boolean {
    if (this.kind === 'outside' && this.fallback?.kind === 'int') this.become('int');
    const { isOpen, proposal, dims } = this;
    const fitting = dims.takeFitting();
    const isTensor = !proposal && this.kind === 'tensor' && dims.rank === null;
    this.proposal = null;
    const likely = isTensor ? dims.likelyRank : null;
    if (likely) return this.suppose(likely);
    if (!this.isAbsent && !this.isGiven && !this.isPassed && isOpen && this.fallback?.kind === 'None' && !this.typical && (!this.fields || this.role === 'function')) {
      this.isAbsent = true;
      this.assumption = `${this.name} is taken to be None, its default: nothing here says what else it may be`;
      return true;
    }
    const fewest = isTensor ? dims.fewest(fitting) : null;
    if (fewest) return this.suppose(fewest);
    if (!proposal || dims.rank !== null) return false;
    this.assumption = proposal.assumption;
    this.like = proposal.like;
    if (proposal.rank !== null) {
      dims.isSupposed = true;
      this.demandRank(Math.max(proposal.rank, dims.least));
    }
    for (const [dim, size] of proposal.sizes) this.demandDim(dim, size);
    return true;
  }

  private suppose({ rank, names, assumption }: SupposedRank): true {
    this.dims.isSupposed = true;
    this.assumption = `${this.name} is taken to have ${rank} ${rank === 1 ? 'dim' : 'dims'}${assumption}`;
    this.demandRank(rank, names);
    return true;
  }

  /** A tensor is computed with it: one that is set by an object, or under a key, is a number. */
  becomeFactor(): void {
    if (this.kind !== 'outside' || !this.isHeld || this.typical || this.fallback) return;
    this.typical = float(null);
    this.revision++;
  }

  /** It is said or given to be a float. */
  becomeFloat(): void {
    if (this.kind !== 'outside' || this.typical || this.fields || this.fallback) return;
    this.typical = float(null);
    this.revision++;
  }

  compareWithText(): void {
    if (this.kind === 'outside') this.mayBeText = true;
  }

  /** The code raises where it is None: it is given, as it is not taken to be. */
  give(): void {
    if (this.isGiven) return;
    this.isAbsent = false;
    this.isGiven = true;
    this.assumption = `${this.name} is taken to be given: the code raises where it is None`;
    this.revision++;
  }

  /** The code raises with its default: it is something else. */
  refuseDefault(): void {
    this.isRefused = true;
    this.revision++;
  }

  /** The value has so many items at least; `names`: it unpacks into these targets, and so has no more. */
  demandItems(count: number, names?: readonly (string | null)[]): Parameter[] | null {
    this.refuteInt();
    this.become('tuple');
    if (this.kind !== 'tuple' || count > MAX_ITEMS) return null;
    if (names && !this.isWhole) {
      this.isWhole = true;
      this.revision++;
    }
    while (this.items.length < count) {
      const at = this.items.length;
      // A batch of data holds tensors, a pair of sizes ints: uses say which.
      const role = this.role !== 'constructor' && !this.isList ? 'item' : 'constructor';
      this.items.push(new Parameter(names?.[at] ?? `${this.name}_${at}`, this.span, null, role, this.shared, !names?.[at]));
      if (role === 'constructor') this.items[at]!.become('int');
      this.revision++;
    }
    return this.items;
  }

  /** How many items it has because its default has as many. */
  get usualLength(): number {
    return this.isWhole && (this.fallback?.kind === 'tuple' || this.fallback?.kind === 'list') ? this.items.length : 0;
  }

  /** To see what rests on how many there are. */
  leaveOut(count: number): void {
    this.missing = count;
    this.revision++;
  }

  /** The default is a sequence of ints: it has as many, of which each is likely that one. */
  takeDefaults(items: readonly IntValue[]): void {
    this.become('tuple');
    this.isWhole = true;
    this.items.push(...items.map((item, at) => {
      const part = new Parameter(`${this.name}_${at}`, this.span, item, 'constructor', this.shared, true);
      part.become('int');
      return part;
    }));
  }

  /** It is an object with these attributes. */
  declare(fields: Fields): void {
    if (this.kind !== 'outside' && this.kind !== 'object') return;
    this.become('object');
    if (!this.fields) this.revision++;
    this.fields ??= fields;
  }

  /** It is a dict of which a type says what it holds. */
  declareKeys(keys: Fields): void {
    this.become('object');
    if (this.kind === 'object' && !this.keys) this.revision++;
    if (this.kind === 'object') this.keys ??= keys;
  }

  /** Whether nothing is known of it but that it may be a tensor. */
  private get isOpen(): boolean {
    if (this.kind === 'tensor') return !this.isFirst && this.proposal === null && this.dims.rank === null && [...this.dims.front, ...this.dims.back].every((size) => size === null || typeof size === 'string');
    return (this.kind === 'outside' && this.proposal === null) || (this.kind === 'object' && !this.keys);
  }

  /** Whether its class is known. */
  get isDeclared(): boolean {
    return this.fields !== null;
  }

  attribute(given: string): Parameter | null {
    this.become('object');
    if (this.kind !== 'object') return null;
    const name = this.fields?.canonical(given) ?? given;
    return this.held.named(name, this.fields);
  }

  /** One for a tensor among what it holds, or for some of them. */
  heldTensor(name: string): Parameter {
    return new Parameter(name, this.span, null, 'item', this.shared, true);
  }

  private part(name: string, fallback: Value | null): Parameter {
    return new Parameter(name, this.span, fallback, this.role === 'name' ? 'name' : 'constructor', this.shared);
  }

  /** What it holds under a key, or under a name that a caller may give: `**kwargs`. */
  keyword(name: string, made: () => Parameter): Parameter {
    return this.held.named(name, this.keys, made);
  }

  /** An item where their number is not known: any (null), one from the end (-1), one at a position of which there is only the text; or several. */
  item(at: number | string | null = null, isSlice = false): Parameter {
    return this.held.item(at, (name) => new Parameter(`${this.name}_${name}`, this.span, null, this.role, this.shared, true), this.role === 'constructor', isSlice);
  }

  /** The value to trace with, as far as it is known by now. */
  value(tensors: TensorFactory): Value {
    const own = this.own(tensors);
    const value: Value = this.mayBeText && own.kind === 'int' ? { kind: 'union', options: [str(null), own] } : own;
    return this.fallback?.kind === 'None' && !this.isGiven ? { kind: 'union', options: [this.fallback, value], likely: this.fallback } : value;
  }

  private own(tensors: TensorFactory): Value {
    const { fallback } = this;
    if (this.isAbsent) return this.opaque();
    if (this.isPosition && fallback) return fallback;
    switch (this.kind) {
      case 'int': return int(this.size(this.isItem ? null : this.name, this.name, fallback?.kind === 'int' ? fallback.value?.value ?? null : null));
      case 'tuple': return this.sequence(tensors);
      case 'tensor': return this.tensor(tensors, this.dims);
      default:
        if (this.keys) return this.dict();
        if (fallback?.kind === 'bool') return { kind: 'bool', value: null, likely: fallback };
        if (fallback?.kind === 'float') return float(null);
        if (this.typical && (!fallback || fallback.kind === 'None')) return this.typical;
        // A sequence of sizes, or a size where a sequence may be given: uses say what it is.
        if (fallback?.kind === 'str') return this.isRefused ? str(null) : asDefault(fallback, this);
        if (fallback && fallback.kind !== 'None' && isSetting(fallback)) return fallback;
        return this.opaque();
    }
  }

  /** Where no use says that it has certain items, it has any number of them. */
  private sequence(tensors: TensorFactory): Value {
    const kind = this.fallback?.kind === 'list' || this.isList ? 'list' : 'tuple';
    if (!this.isWhole && this.items.length === 0) return { ...tuple([]), kind, items: null, element: this.item().value(tensors), parameter: this };
    return { ...tuple(this.items.slice(0, this.items.length - this.missing).map((item) => item.value(tensors))), kind, parameter: this, ...(this.isWhole ? {} : { open: true }) };
  }

  /** A dict of which its uses say what it holds. */
  dict(name = this.name): DictValue {
    return { kind: 'dict', entries: new Map(), open: true, element: { ...unknown(`what ${name} holds is known only where it is called`), parameter: this }, typeName: null };
  }

  private opaque(): Value {
    return { ...unknown(`no call here says what ${this.list?.name ?? this.name} is`, this.span), parameter: this };
  }

  private runs = 0;

  /** For another of its runs of unknown dims. */
  restName(): string {
    const at = this.runs++;
    return `${this.name}_dims${at === 0 ? '' : `_${at}`}#${this.span.start}`;
  }

  /** The tensor with what is known of its shape here. */
  tensor(tensors: TensorFactory, known: ParameterShape): TensorValue {
    const { always, back, isSupposed } = this.dims;
    if (isSupposed) this.shared.table.supposedRanks.add(this.span.start);
    return tensors.input(this.name, known.build(), this.dtype, this.span, { always: [...always], guessed: this.assumption !== null || back.some((size, at) => size !== null && typeof size !== 'string' && !always.has(-at - 1)) });
  }

  /** Gives a size of a made-up name another one; whether it has that from now on, and nothing need be traced again for it. */
  rename(madeUp: string, name: string): boolean {
    return this.sizes.rename(madeUp, name, this.shared);
  }

  /** One symbol a name, the same in each repetition; `given` by the author or made up. */
  size(given: string | null, madeUp: string, hint: number | null): SymInt {
    return this.sizes.of(given, madeUp, hint, this.shared);
  }
}
