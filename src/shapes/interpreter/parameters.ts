/**
 * Parameters of functions that nothing calls. What they are is guessed from nothing: a trace starts with values of which
 * only that is known which annotations and defaults say, notes what the body demands of them, and is repeated.
 * Demands only accumulate, so that it ends.
 */
import type * as ast from '../python/ast';
import { constant, loneSymbol, symbol } from '../symint/symint';
import type { SymInt, SymbolTable } from '../symint/symint';
import type { Dtype } from '../torch/dtype';
import { places } from './parameterDims';
import type { TensorFactory } from './tensors';
import type { IntValue, Shape, Value } from './values';
import { bool, float, int, tuple, unknown } from './values';

/** What a parameter was found to be. `outside`: nothing says so yet. */
type Kind = 'outside' | 'int' | 'tensor' | 'tuple' | 'object';

/** More items or dims than any model unpacks. */
const MAX_ITEMS = 16;

/** What the class of an object declares of its attributes. */
export interface Fields {
  /** The name of the attribute that the name is another one for. */
  canonical(name: string): string;
  /** The attribute as it is declared; null: it is not. */
  make(name: string, of: (fallback: Value | null) => Parameter): Parameter | null;
}

export class Parameter {
  kind: Kind = 'outside';
  /** What it is like while no use says more. */
  typical: Value | null = null;
  private fields: Fields | null = null;
  /** It is what the function is for: the first of its parameters. */
  isFirst = false;
  /** It is taken to be its default, None: nothing says what else it may be. */
  isAbsent = false;
  /** Known dims of a tensor at its front and back; between them a run of unknown number unless `rank` is known. */
  private readonly front: (SymInt | string | null)[] = [];
  private readonly back: (SymInt | string | null)[] = [];
  /** The dims, from the end, whose sizes every call needs. */
  private readonly always = new Set<number>();
  private rank: number | null = null;
  /** It has at least so many dims. */
  private least = 0;
  private names: readonly (string | null)[] = [];
  private readonly items: Parameter[] = [];
  /** Whether it has no more items than are known. */
  private isWhole = false;
  private isList = false;
  /** Of a module of torch's own, which takes a size or several: uses as one of these do not say which. */
  mayBeSequence = false;
  isOfTorch = false;
  private readonly attributes = new Map<string, Parameter>();
  /** What a loop over it takes. */
  private anyItem: Parameter | null = null;
  private readonly symbols = new Map<string, SymInt>();
  private proposal: { /** null: of unknown number */ readonly rank: number | null; readonly sizes: ReadonlyMap<number, SymInt>; readonly assumption: string; readonly like: readonly SymInt[] } | null = null;
  /** What an annotation says that its elements are. */
  dtype: Dtype | null = null;
  /** What its shape rests on besides what the code demands. */
  assumption: string | null = null;
  /** The sizes that the assumption names. */
  like: readonly SymInt[] = [];
  /** Counts the demands that told something new. */
  revision = 0;

  constructor(
    readonly name: string,
    readonly span: ast.Span,
    readonly fallback: Value | null,
    /** In a constructor what is computed with is an int, in a function a tensor; a name may be either. */
    readonly role: 'constructor' | 'function' | 'name',
    private shared: { readonly table: SymbolTable; readonly sizes: ReadonlyMap<string, number> },
    /** Its name is made up from that of what it is an item of. */
    private readonly isItem = false,
  ) {}

  /** All demands on this and what is in it. */
  get revisions(): number {
    return this.revision + this.parts.reduce((sum, part) => sum + part.revisions, 0);
  }

  private get parts(): Parameter[] {
    return [...this.items, ...this.attributes.values(), ...(this.anyItem ? [this.anyItem] : [])];
  }

  /** For a new trace: what was found out stays, and so do the symbols, in its table. */
  restart(shared: { readonly table: SymbolTable; readonly sizes: ReadonlyMap<string, number> }): void {
    this.shared = shared;
    for (const size of this.symbols.values()) shared.table.keep(loneSymbol(size)!);
    for (const part of this.parts) part.restart(shared);
  }

  become(kind: Exclude<Kind, 'outside'>): void {
    if (this.kind !== 'outside' || (kind === 'int' && this.mayBeSequence)) return;
    this.kind = kind;
    this.revision++;
  }

  /** It is a list of ints. */
  becomeList(): void {
    this.become('tuple');
    this.isList = true;
  }

  /** The tensor has exactly so many dims, named as the code unpacks them. */
  demandRank(rank: number, names: readonly (string | null)[] = []): void {
    this.become('tensor');
    if (this.kind !== 'tensor' || rank > MAX_ITEMS || (this.rank !== null && (names.length === 0 || this.names.length > 0))) return;
    if (this.rank !== null && this.rank !== rank) return;
    this.rank = rank;
    if (names.length > 0) this.names = names;
    this.revision++;
  }

  /** The tensor has so many dims or more; which of them are known from its end does not matter. */
  demandLeast(rank: number): void {
    this.become('tensor');
    if (this.kind !== 'tensor' || this.rank !== null || rank <= this.least || rank > MAX_ITEMS) return;
    this.least = rank;
    this.revision++;
  }

  /** What the author calls a dim whose name was made up. */
  demandName(dim: number, name: string): void {
    if (this.rank === null || this.names[dim]) return;
    this.names = Array.from({ length: this.rank }, (_, at) => (at === dim ? name : this.names[at] ?? null));
    this.revision++;
  }

  /**
   * The tensor has a dim there; counted from the end where negative. Its size or name where it is known. `always`: every
   * call comes to what demands it, so that no call runs with another size.
   */
  demandDim(dim: number, size: SymInt | string | null, always = false): void {
    this.become('tensor');
    const list: (SymInt | string | null)[] = dim >= 0 ? this.front : this.back;
    const at = dim >= 0 ? dim : -dim - 1;
    this.noteDim(list, at, size);
    const known = list[at];
    if (!always || known == null || typeof known === 'string' || typeof size === 'string' || known.key !== size?.key || this.always.has(dim)) return;
    this.always.add(dim);
    this.revision++;
  }

  private noteDim(list: (SymInt | string | null)[], at: number, size: SymInt | string | null): void {
    if (this.kind !== 'tensor' || at >= MAX_ITEMS || (at < list.length && (size === null || list[at] !== null))) return;
    while (list.length <= at) list.push(null);
    list[at] = size;
    this.revision++;
  }

  /** It fits beside another tensor if it has that shape: taken only where nothing demands more. `sizes` by dim from the end. */
  propose(rank: number, sizes: ReadonlyMap<number, SymInt>, assumption: string, like: readonly SymInt[] = []): void {
    if (this.rank === null) this.proposal ??= { rank, sizes, assumption, like };
  }

  /** Of several dims from the front and from the end, those without a name may be the same ones. */
  private get mayOverlap(): boolean {
    const { front, back } = this;
    return this.kind === 'tensor' && front.length > 1 && back.length > 1 && this.least < front.length + back.length && [...front.slice(1), ...back.slice(1)].includes(null);
  }

  /** The author says that it has these sizes (null: any), with a run of any number of dims before the one at `gap`. */
  claim(sizes: readonly (SymInt | null)[], gap: number | null, assumption: string): void {
    if (this.rank !== null || this.contradicts(sizes, gap)) return;
    const claimed = new Map(sizes.flatMap((size, i) => (size ? [[gap !== null && i < gap ? i : i - sizes.length, size] as const] : [])));
    // What it fits beside is a size of the code's; the author's name may be another one of the same.
    const fitting = this.proposal && gap === null && this.proposal.rank === sizes.length ? this.proposal.sizes : [];
    this.proposal = { rank: gap === null ? sizes.length : null, sizes: new Map([...claimed, ...fitting]), assumption, like: [...claimed.values()] };
  }

  /** The same of one whose number of dims the code says: names those without one, `shared` sizes are those of other parameters. */
  claimNames(names: readonly (string | null)[], sizes: readonly (SymInt | null)[], shared: readonly (SymInt | null)[], assumption: string): void {
    if (this.rank === null || this.contradicts(sizes, null)) return;
    names.forEach((name, dim) => {
      if (name === null || this.names[dim] || this.front[dim] || this.back[names.length - 1 - dim]) return;
      const size = shared[dim];
      if (size) {
        this.demandDim(dim - names.length, size);
        this.assumption = assumption;
        this.like = [...this.like, size];
      } else if (!this.names.includes(name) && names.indexOf(name) === names.lastIndexOf(name)) this.demandName(dim, name);
    });
  }

  /** Whether the code says that it has another number of dims, or other sizes. */
  private contradicts(sizes: readonly (SymInt | null)[], gap: number | null): boolean {
    const rank = this.rank ?? (gap === null ? sizes.length : null);
    if (rank !== null && (gap === null ? sizes.length !== rank : sizes.length > rank)) return true;
    if (rank !== null && (this.front.length > rank || this.back.length > rank)) return true;
    return sizes.slice(gap ?? 0).reverse().some((size, at) => {
      const known = this.back[at];
      return size !== null && known != null && typeof known !== 'string' && size.value !== null && known.value !== null && size.value !== known.value;
    });
  }

  /** Its sizes, where the code says how many there are. */
  knownShape(): readonly SymInt[] | null {
    return this.kind === 'tensor' && this.rank !== null ? this.shape().dims : null;
  }

  /** Takes what was proposed for this and its parts; whether that tells something new. */
  adopt(): boolean {
    const parts = this.parts.map((part) => part.adopt());
    if (this.kind === 'outside' && this.fallback?.kind === 'int') this.become('int');
    const isOpen = this.isOpen;
    const { proposal } = this;
    this.proposal = null;
    if (!this.isAbsent && isOpen && this.fallback?.kind === 'None' && !this.typical && (!this.fields || this.role === 'function')) {
      this.isAbsent = true;
      this.assumption = `${this.name} is taken to be None, its default: nothing here says what else it may be`;
      return true;
    }
    if (!proposal && this.rank === null && this.mayOverlap) {
      const rank = Math.max(this.front.length, this.back.length) + 1;
      this.assumption = `${this.name} is taken to have ${rank} dims: it is asked for the first ${this.front.length} and for the last ${this.back.length}`;
      this.demandRank(rank);
      return true;
    }
    if (!proposal || this.rank !== null) return parts.some(Boolean);
    this.assumption = proposal.assumption;
    this.like = proposal.like;
    if (proposal.rank !== null) this.demandRank(proposal.rank);
    for (const [dim, size] of proposal.sizes) this.demandDim(dim, size);
    return true;
  }

  /** The value has so many items at least; `names`: it unpacks into these targets, and so has no more. */
  demandItems(count: number, names?: readonly (string | null)[]): Parameter[] | null {
    this.become('tuple');
    if (this.kind !== 'tuple' || count > MAX_ITEMS) return null;
    if (names && !this.isWhole) {
      this.isWhole = true;
      this.revision++;
    }
    while (this.items.length < count) {
      const at = this.items.length;
      // What a function is given may be a pair of tensors as well as of sizes.
      const role = this.role === 'function' && !this.isList ? 'name' : 'constructor';
      this.items.push(new Parameter(names?.[at] ?? `${this.name}_${at}`, this.span, null, role, this.shared, !names?.[at]));
      if (role === 'constructor') this.items[at]!.become('int');
      this.revision++;
    }
    return this.items;
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

  /** Whether nothing is known of it but that it may be a tensor. */
  private get isOpen(): boolean {
    if (this.kind === 'tensor') return !this.isFirst && this.proposal === null && this.rank === null && [...this.front, ...this.back].every((size) => size === null || typeof size === 'string');
    return this.kind === 'outside' || this.kind === 'object';
  }

  /** Its default where that is no size: what a library does by itself, it does unless it is set otherwise. */
  get setting(): Value | null {
    return this.kind === 'outside' && this.fallback && ['bool', 'str', 'None'].includes(this.fallback.kind) ? this.fallback : null;
  }

  /** Whether its class is known. */
  get isDeclared(): boolean {
    return this.fields !== null;
  }

  attribute(given: string): Parameter | null {
    this.become('object');
    if (this.kind !== 'object') return null;
    const name = this.fields?.canonical(given) ?? given;
    let part = this.attributes.get(name);
    if (!part) {
      const made = (fallback: Value | null): Parameter => new Parameter(name, this.span, fallback, this.role === 'name' ? 'name' : 'constructor', this.shared);
      this.attributes.set(name, (part = this.fields?.make(name, made) ?? made(null)));
      this.revision++;
    }
    return part;
  }

  /** What it holds under a name that a caller may give: `**kwargs`. */
  keyword(name: string, made: () => Parameter): Parameter {
    let part = this.attributes.get(name);
    if (!part) {
      this.attributes.set(name, (part = made()));
      this.revision++;
    }
    return part;
  }

  /** Any of its items, where their number is not known. */
  item(): Parameter {
    return (this.anyItem ??= new Parameter(`${this.name}_item`, this.span, null, this.role, this.shared, true));
  }

  /** How many dims stand before and behind its run of unknown ones in the value that is being traced. */
  knownDims: readonly [number, number] = [0, 0];

  /** The value to trace with, as far as it is known by now. */
  value(tensors: TensorFactory): Value {
    const value = this.own(tensors);
    return this.fallback?.kind === 'None' ? { kind: 'union', options: [this.fallback, value] } : value;
  }

  private own(tensors: TensorFactory): Value {
    const { fallback } = this;
    if (this.isAbsent) return this.opaque();
    switch (this.kind) {
      case 'int': return int(this.size(this.isItem ? null : this.name, this.name, fallback?.kind === 'int' ? fallback.value?.value ?? null : null));
      case 'tuple': return { ...tuple(this.items.map((item) => item.value(tensors))), kind: fallback?.kind === 'list' || this.isList ? 'list' : 'tuple', parameter: this, ...(this.isWhole ? {} : { open: true }) };
      case 'tensor': return tensors.input(this.name, this.shape(), this.dtype, this.span, { always: [...this.always], guessed: this.assumption !== null || this.back.some((size, at) => size !== null && typeof size !== 'string' && !this.always.has(-at - 1)) });
      default:
        if (fallback?.kind === 'bool') return bool(null);
        if (fallback?.kind === 'float') return float(null);
        if (this.typical && (!fallback || fallback.kind === 'None')) return this.typical;
        // A sequence of sizes, or a size where a sequence may be given: uses say what it is.
        if (fallback && fallback.kind !== 'None' && !this.isLikely(fallback)) return fallback;
        return this.opaque();
    }
  }

  private opaque(): Value {
    return { ...unknown(`no call here says what ${this.name} is`, this.span), parameter: this };
  }

  /** Another caller may well give another one. */
  private isLikely(fallback: Value): boolean {
    return fallback.kind === 'int' || ((fallback.kind === 'tuple' || fallback.kind === 'list') && fallback.items?.[0]?.kind === 'int');
  }

  private shape(): Shape {
    if (this.rank !== null) {
      const { rank } = this;
      const dims = Array.from({ length: rank }, (_, dim) => {
        const known = [this.back[rank - 1 - dim], this.front[dim]];
        const made = known.find((size) => size != null && typeof size !== 'string');
        if (made) return made as SymInt;
        const name = this.names[dim] ?? known.find((size) => typeof size === 'string') ?? null;
        const size = this.size(name as string | null, `${this.name}_${dim}`, null);
        const info = loneSymbol(size);
        if (info?.provisional) places.set(info, { parameter: this, dim, rank });
        return size;
      });
      return { dims, rest: null };
    }
    const sizeOf = (known: SymInt | string | null, madeUp: string): SymInt => (known === null || typeof known === 'string' ? this.size(known, madeUp, null) : known);
    const front = Array.from({ length: Math.max(this.front.length, this.least - this.back.length) }, (_, dim) => sizeOf(this.front[dim] ?? null, `${this.name}_${dim}`));
    const back = this.back.map((known, at) => sizeOf(known, `${this.name}_last${at === 0 ? '' : at}`)).reverse();
    this.knownDims = [front.length, back.length];
    return { dims: [...front, ...back], rest: { at: front.length, name: this.restName } };
  }

  /** The name of its run of unknown dims, by which shapes computed from it lead back here: no other parameter has it. */
  get restName(): string {
    return `${this.name}_dims#${this.span.start}`;
  }

  /** One symbol a name, the same in each repetition; `given` by the author or made up. */
  private size(given: string | null, madeUp: string, hint: number | null): SymInt {
    const name = given ?? madeUp;
    const pinned = this.shared.sizes.get(name);
    if (pinned !== undefined) return constant(pinned);
    let known = this.symbols.get(name);
    if (!known) {
      const origin = this.role === 'name' ? `the undefined name ${this.name}` : this.kind === 'int' ? `parameter ${this.name}${hint === null ? '' : `, default ${hint}`}` : `a dim of parameter ${this.name}`;
      known = symbol(this.shared.table.fresh(name, { hint, origin, range: { start: this.span.start, end: this.span.end }, min: hint === null || hint > 0 ? 1 : hint === 0 ? 0 : null, provisional: given === null }));
      this.symbols.set(name, known);
    }
    return known;
  }
}
