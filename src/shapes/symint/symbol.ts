/**
 * Symbols: sizes that have a name but no number yet. Each knows where it comes from; its identity is the object, never
 * its name, so two functions may each have their own `N`.
 */
import { isReservedWord } from './keywords';

/** Where in a document a symbol was introduced: offsets, end exclusive. */
export interface SymbolRange { readonly start: number; readonly end: number }

export interface SymbolInfo {
  /** As the author calls it; not unique. */
  readonly name: string;
  /** A Python identifier that no other symbol of the same table has. */
  readonly label: string;
  /** Unique in the process, growing with creation. */
  readonly id: number;
  /** A likely value (a default, a claim); never used in a proof. */
  readonly hint: number | null;
  /** In words for the user: "default of dim", "dim 1 of x". */
  readonly origin: string;
  readonly range: SymbolRange | null;
  /** The least value it can have; null: any integer. */
  readonly min: number | null;
  /** Proven at least 1. */
  readonly positive: boolean;
  /** Its name was made up (`x_0`): what the author writes beside it is a better one. */
  readonly provisional: boolean;
  /** Its label until it was renamed: texts of before may have it. */
  readonly formerLabel: string | null;
}

/** A label that a symbol got: its first, or a later one. */
export interface Labelled { readonly info: SymbolInfo; readonly name: string; readonly label: string }

export interface SymbolOptions {
  readonly origin: string;
  readonly hint?: number | null;
  readonly range?: SymbolRange | null;
  /** Default 0, as a size cannot be negative; null for an int that can. */
  readonly min?: number | null;
  readonly provisional?: boolean;
}

// One counter for all tables: a summary kept from an earlier trace may meet symbols of a later one.
let nextId = 0;

/** The symbols of one analysis, in the order in which they were made. */
export class SymbolTable {
  /** Where the parameters stand that are taken to have a number of dims which nothing surely says: that proves nothing. */
  readonly supposedRanks = new Set<number>();
  private readonly symbols: SymbolInfo[] = [];
  private readonly given: Labelled[] = [];
  private readonly labels = new Set<string>();
  private readonly numbers = new Map<string, number>();

  fresh(name: string, options: SymbolOptions): SymbolInfo {
    const min = options.min === undefined ? 0 : options.min;
    const info: SymbolInfo = {
      name,
      label: distinct(name, this.labels, this.numbers),
      id: nextId++,
      hint: options.hint ?? null,
      origin: options.origin,
      range: options.range ?? null,
      min,
      positive: min !== null && min >= 1,
      provisional: options.provisional ?? false,
      formerLabel: null,
    };
    this.symbols.push(info);
    this.given.push({ info, name, label: info.label });
    return info;
  }

  /** The symbol stays the same: its name was made up, and this is the author's. */
  rename(info: SymbolInfo, name: string): void {
    const label = distinct(name, this.labels, this.numbers);
    Object.assign(info, { name, label, provisional: false, formerLabel: info.label });
    this.given.push({ info, name, label });
  }

  /** All labels that symbols got, in their order. */
  get labelled(): readonly Labelled[] {
    return this.given;
  }

  /** A symbol of an earlier analysis, which knows more by now of the same thing. */
  keep(info: SymbolInfo): void {
    this.labels.add(info.label);
    this.symbols.push(info);
  }

  /** Takes over symbols of an earlier analysis, if they would get the labels again that they have; else none of them. */
  adopt(labelled: readonly Labelled[]): boolean {
    const added: string[] = [];
    const numbers = new Map(this.numbers);
    const same = labelled.every(({ name, label }) => {
      const got = distinct(name, this.labels, this.numbers);
      added.push(got);
      return got === label;
    });
    if (same) {
      this.given.push(...labelled);
      this.symbols.push(...new Set(labelled.map(({ info }) => info)));
    } else {
      for (const label of added) this.labels.delete(label);
      this.numbers.clear();
      for (const [name, number] of numbers) this.numbers.set(name, number);
    }
    return same;
  }

  /** For a new analysis. */
  clear(): void {
    this.symbols.length = 0;
    this.given.length = 0;
    this.labels.clear();
    this.numbers.clear();
  }

  all(): readonly SymbolInfo[] {
    return this.symbols;
  }
}

/**
 * Names for one place (a hover, a function): equal names are told apart among these symbols only, so that a lone `N`
 * stays `N` whatever other functions call theirs. A symbol that is not among them keeps its label.
 * @param aliases what symbols are called there instead of by their own names; these come first where names meet.
 */
export function distinctNames(symbols: Iterable<SymbolInfo>, aliases: ReadonlyMap<SymbolInfo, string> = new Map()): (symbol: SymbolInfo) => string {
  const taken = new Set<string>();
  const names = new Map<SymbolInfo, string>();
  for (const [symbol, alias] of aliases) names.set(symbol, distinct(alias, taken));
  for (const symbol of symbols) {
    if (!names.has(symbol)) names.set(symbol, distinct(symbol.name, taken));
  }
  return (symbol) => names.get(symbol) ?? symbol.label;
}

/** `name` as an identifier, numbered if taken: name, name_1, name_2 … The result is added to `taken`. */
function distinct(name: string, taken: Set<string>, numbers = new Map<string, number>()): string {
  const base = identifier(name);
  let label = base;
  // A loop over a table makes thousands of one name: the count goes on where it was.
  for (let n = numbers.get(base) ?? 1; taken.has(label); n++) {
    label = `${base}_${n}`;
    numbers.set(base, n + 1);
  }
  taken.add(label);
  return label;
}

function identifier(name: string): string {
  // Underscores of the author's own (`B_`, `_n`) stay, at the ends too.
  const clean = name.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '').replace(/[^\p{L}\p{N}_]+/gu, '_');
  if (clean === '') return 's';
  return /^\p{N}/u.test(clean) || isReservedWord(clean) ? `_${clean}` : clean;
}
