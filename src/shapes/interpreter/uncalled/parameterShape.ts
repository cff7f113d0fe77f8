/**
 * What uses demand of a tensor parameter's shape. A demand made in a branch that a call may not take holds in that branch
 * only: there the parameter has a shape of its own, which knows more.
 */
import { loneSymbol } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { firstDims, places } from './parameterDims';
import type { Parameter } from './parameters';
import type { Shape } from '../../values/values';

/** More items or dims than any model unpacks. */
export const MAX_ITEMS = 16;

/** One side of a condition, wherever it is reached. */
export interface Side {
  /** The shapes of parameters that are known better on it. */
  readonly refined: Set<ParameterShape>;
}

/** The sides that lead to what is being traced. */
export interface Sides {
  /** The innermost. */
  readonly side: Side;
  /** All of them ask only whether something is there (`mask is not None`), which says nothing of the shapes of others. */
  readonly isPresence: boolean;
}

/** How many dims a tensor is taken to have, and why. */
export interface SupposedRank { readonly rank: number; readonly names: readonly (string | null)[]; readonly assumption: string }

/** More dims than the fewest are one or two more. */
const MAX_WIDENED = 2;
const FEWEST = ': nothing here says how many, and with fewer it could not be run';

export class ParameterShape {
  /** Known dims at its front and back; between them a run of unknown number unless `rank` is known. */
  readonly front: (SymInt | string | null)[] = [];
  readonly back: (SymInt | string | null)[] = [];
  /** The dims, from the end, whose sizes every call needs. */
  readonly always = new Set<number>();
  rank: number | null = null;
  /** Nothing surely says that it has so many. */
  isSupposed = false;
  /** It has at least so many dims. */
  least = 0;
  names: readonly (string | null)[] = [];
  /** Counts the demands that told something new. */
  private revision = 0;
  /** The fewest dims with which operations can be done that are not known without its rank. */
  fitting: number | null = null;
  /** How often more dims than the fewest were needed; null: it is not taken to have the fewest. */
  private widened: number | null = null;
  private widenedIn: object | null = null;
  /** The code asks how many dims it has: it is made for several. */
  isRankAsked = false;
  /** It asks for the length of its shape, which says so of one that it brings to another number. */
  isLengthAsked = false;
  private readonly parts = new Map<Side, ParameterShape>();
  /** Whether what leads to where it is known asks only what is there. */
  private isPresence = true;
  /** How many dims stand before and behind its run of unknown ones in the value that is being traced. */
  knownDims: readonly [number, number] = [0, 0];
  /** What tells those before it. */
  frontKeys: readonly string[] = [];

  constructor(
    readonly parameter: Parameter,
    /** What is known outside of the branch. */
    readonly outer: ParameterShape | null = null,
    readonly side: Side | null = null,
    /** The name of its run of unknown dims, by which shapes computed from it lead back here: no other has it. */
    readonly restName = parameter.restName(),
  ) {}

  get revisions(): number {
    return [...this.parts.values()].reduce((sum, part) => sum + part.revisions, this.revision);
  }

  /** The shape on one side of a condition. */
  within({ side, isPresence }: Sides): ParameterShape {
    let part = this.parts.get(side);
    if (!part) {
      this.parts.set(side, (part = new ParameterShape(this.parameter, this, side, this.parameter.restName())));
      side.refined.add(this);
    }
    part.isPresence &&= isPresence;
    return part;
  }

  /** The number of dims that it is told to have wherever it is told, if that is somewhere where only what is there was asked. */
  private get likely(): ParameterShape | null {
    const told = [...this.parts.values()].flatMap((part) => part.told);
    const [first] = told;
    return first && told.some(({ isPresence }) => isPresence) && told.every(({ rank }) => rank === first.rank) ? first : null;
  }

  /** Whether it is told to have so many dims somewhere. */
  isTold(rank: number): boolean {
    return this.told.some((part) => part.rank === rank);
  }

  private get told(): ParameterShape[] {
    return [...(this.rank === null ? [] : [this]), ...[...this.parts.values()].flatMap((part) => part.told)];
  }

  /** The same, where something is known of it. */
  on(side: Side): ParameterShape | null {
    return this.parts.get(side) ?? null;
  }

  /** The tensor has exactly so many dims, named as the code unpacks them. */
  demandRank(rank: number, names: readonly (string | null)[] = []): void {
    if (rank > MAX_ITEMS || (this.rank !== null && (names.length === 0 || this.names.length > 0))) return;
    if (this.rank !== null && this.rank !== rank) return;
    this.rank = rank;
    // Of two dims of one name, the variable has the last: it says nothing of the other.
    if (names.length > 0) this.names = names.map((name, at) => (names.lastIndexOf(name) === at ? name : null));
    this.revision++;
  }

  /** The fewest dims that it was taken to have are too few: it has one more, as far as that trace can tell. */
  widen(trial: object | null): void {
    if (this.widened === null || this.widened >= MAX_WIDENED || this.widenedIn === trial) return;
    this.widened++;
    this.widenedIn = trial;
    this.rank = this.rank! + 1;
    this.names = [];
    this.revision++;
    this.parameter.assumption = `${this.parameter.name} is taken to have ${this.rank} dims${FEWEST}`;
  }

  /** The tensor has so many dims or more; which of them are known from its end does not matter. */
  demandLeast(rank: number): void {
    if (this.rank !== null || rank <= this.least || rank > MAX_ITEMS) return;
    this.least = rank;
    this.revision++;
  }

  /** What the author calls a dim whose name was made up. A variable that has one dim after the other is the name of none but the first. */
  demandName(dim: number, name: string): void {
    if (this.rank === null || this.names[dim] || this.names.includes(name)) return;
    this.names = Array.from({ length: this.rank }, (_, at) => (at === dim ? name : this.names[at] ?? null));
    // On one side of a condition a dim may be another one.
    if (this.outer || !this.parameter.rename(`${this.parameter.name}_${dim}`, name)) this.revision++;
  }

  /**
   * The tensor has a dim there; counted from the end where negative. Its size or name where it is known. `always`: every
   * call comes to what demands it, so that no call runs with another size.
   */
  demandDim(dim: number, size: SymInt | string | null, always = false): void {
    const list: (SymInt | string | null)[] = dim >= 0 ? this.front : this.back;
    const at = dim >= 0 ? dim : -dim - 1;
    this.noteDim(list, at, size);
    const known = list[at];
    if (!always || known == null || typeof known === 'string' || typeof size === 'string' || known.key !== size?.key || this.always.has(dim)) return;
    this.always.add(dim);
    this.revision++;
  }

  private noteDim(list: (SymInt | string | null)[], at: number, size: SymInt | string | null): void {
    if (at >= MAX_ITEMS || (at < list.length && (size === null || list[at] !== null))) return;
    while (list.length <= at) list.push(null);
    list[at] = size;
    this.revision++;
  }

  /** Whether the code says that it has another number of dims, or other sizes. */
  contradicts(sizes: readonly (SymInt | null)[], gap: number | null): boolean {
    const rank = this.rank ?? (gap === null ? sizes.length : null);
    if (rank !== null && (gap === null ? sizes.length !== rank : sizes.length > rank)) return true;
    if (rank !== null && (this.front.length > rank || this.back.length > rank)) return true;
    return sizes.slice(gap ?? 0).reverse().some((size, at) => {
      const known = this.back[at];
      return size !== null && known != null && typeof known !== 'string' && size.value !== null && known.value !== null && size.value !== known.value;
    });
  }

  /** The number of dims that it is told to have somewhere, as long as nothing else says how many. */
  get likelyRank(): SupposedRank | null {
    const { likely } = this;
    return likely && { rank: likely.rank!, names: likely.names, assumption: ', as it has where a condition leads to uses that say so' };
  }

  takeFitting(): number | null {
    const { fitting } = this;
    this.fitting = null;
    return fitting;
  }

  /** The least number that it may be taken to have, and that it has from then on, unless it turns out to be too small. */
  fewest(fitting: number | null): SupposedRank | null {
    const { front, back } = this;
    const overlapping = this.mayOverlap ? Math.max(front.length, back.length) + 1 : null;
    // Where a condition leads to uses that need more dims, it is made for several numbers of them.
    if (overlapping !== null && overlapping < this.needed) return null;
    if (overlapping !== null) return { rank: overlapping, names: [], assumption: `: it is asked for the first ${front.length} and for the last ${back.length}` };
    if (fitting === null || this.isRankAsked) return null;
    this.widened = 0;
    return { rank: Math.max(fitting, this.least), names: [], assumption: FEWEST };
  }

  /** Of several dims from the front and from the end, those without a name may be the same ones. */
  private get mayOverlap(): boolean {
    const { front, back } = this;
    return this.rank === null && front.length > 1 && back.length > 1 && this.least < front.length + back.length && [...front.slice(1), ...back.slice(1)].includes(null);
  }

  /** The most dims that a use of it needs, on whichever side of a condition. */
  private get needed(): number {
    return Math.max(this.rank ?? this.least, this.front.length, this.back.length, ...[...this.parts.values()].map(({ needed }) => needed));
  }

  /** The shape as it is known by now, with `size` giving the symbol for a name. */
  build(): Shape {
    const known = this.merged();
    const { rank, names } = known;
    if (rank !== null) {
      const dims = Array.from({ length: rank }, (_, dim) => {
        const sides = [known.back[rank - 1 - dim], known.front[dim]];
        const made = sides.find((size) => size != null && typeof size !== 'string');
        if (made) return made as SymInt;
        const name = names[dim] ?? sides.find((size) => typeof size === 'string') ?? null;
        const size = this.parameter.size(name as string | null, `${this.parameter.name}_${dim}`, null);
        const info = loneSymbol(size);
        if (info && dim === 0) firstDims.add(info);
        if (info?.provisional) places.set(info, { shape: this, dim, rank });
        else if (info) places.delete(info);
        return size;
      });
      return { dims, rest: null };
    }
    const sizeOf = (size: SymInt | string | null, madeUp: string): SymInt => (size === null || typeof size === 'string' ? this.parameter.size(size, madeUp, null) : size);
    const front = Array.from({ length: Math.max(known.front.length, known.least - known.back.length) }, (_, dim) => sizeOf(known.front[dim] ?? null, `${this.parameter.name}_${dim}`));
    const back = known.back.map((size, at) => sizeOf(size, `${this.parameter.name}_last${at === 0 ? '' : at}`)).reverse();
    this.knownDims = [front.length, back.length];
    this.frontKeys = front.map(({ key }) => key);
    return { dims: [...front, ...back], rest: { at: front.length, name: this.restName } };
  }

  /** What is known here and outside of the branch. */
  private merged(): Pick<ParameterShape, 'front' | 'back' | 'rank' | 'least' | 'names'> {
    if (!this.outer) return this;
    const outer = this.outer.merged();
    const join = (own: (SymInt | string | null)[], other: (SymInt | string | null)[]): (SymInt | string | null)[] => Array.from({ length: Math.max(own.length, other.length) }, (_, at) => other[at] ?? own[at] ?? null);
    return {
      front: join(this.front, outer.front), back: join(this.back, outer.back),
      rank: outer.rank ?? this.rank, least: Math.max(outer.least, this.least), names: outer.rank !== null ? outer.names : this.names,
    };
  }
}
