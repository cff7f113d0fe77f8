/**
 * The names of a scope. Iteration gives those that were read. What a library module imports is bound when it is first looked up: most of what a package
 * pulls in is never used, and reading it would cost more than the trace itself.
 */
import type { Value } from '../../values/values';

/** `from x import y`, or `from x import *` where `star` is x, of which the names are told by nothing else. */
interface Fallback { readonly star: string | null; readonly run: () => void }

/** Star imports that are all read for one name; a package of hundreds of models is asked only for those called like it. */
const MAX_STARS = 24;

export class Bindings extends Map<string, Value> {
  private static count = 0;
  /** Grows with creation: what is older than a moment was made before it. */
  readonly serial = Bindings.count++;
  static get made(): number {
    return Bindings.count;
  }

  private deferred: Map<string, () => Value | undefined> | null = null;
  /** Each is run once, where another module asks for a name that is not found: they defer more names. */
  private readonly fallbacks = new Set<Fallback>();
  /** What star imports of lazy packages have under a name. */
  private readonly stars: ((name: string) => Value | undefined)[] = [];
  private isAsked = false;

  /** Binds the name to what `resolve` gives when the name is first looked up. */
  defer(name: string, resolve: () => Value | undefined): void {
    super.delete(name);
    (this.deferred ??= new Map()).set(name, resolve);
  }

  /** What can tell of names that are not bound otherwise; `star`: the module of which it imports all. */
  deferNames(run: () => void, star: string | null = null): void {
    this.fallbacks.add({ star, run });
  }

  /** Names that a lazy package has, which tells them only one by one. */
  deferStar(names: (name: string) => Value | undefined): void {
    this.stars.push(names);
  }

  /** Whether the name is bound already, read or not. */
  binds(name: string): boolean {
    return super.has(name) || this.deferred?.has(name) === true;
  }

  /** Whether the name has its value. */
  isRead(name: string): boolean {
    return super.has(name);
  }

  /** The names bound so far; none is looked up for it. */
  names(): string[] {
    return [...super.keys(), ...(this.deferred?.keys() ?? [])];
  }

  override get(name: string): Value | undefined {
    const own = super.get(name);
    return own !== undefined || this.deferred === null ? own : this.resolve(name);
  }

  /** What the name is according to what tells of names that are not bound otherwise. */
  declared(name: string): Value | undefined {
    if (this.isAsked) return undefined;
    this.isAsked = true;
    try {
      for (const fallback of this.fallbacksFor(name)) {
        this.fallbacks.delete(fallback);
        fallback.run();
        const found = this.get(name);
        if (found !== undefined) return found;
      }
      for (const star of this.stars) {
        const found = star(name);
        if (found !== undefined) return found;
      }
      return undefined;
    } finally {
      this.isAsked = false;
    }
  }

  /** In order; of many star imports those whose module the name begins with or holds, as `LlamaConfig` that of `llama`. */
  private fallbacksFor(name: string): Fallback[] {
    const all = [...this.fallbacks];
    const stars = all.filter((fallback) => fallback.star !== null);
    if (stars.length <= MAX_STARS) return all;
    const plain = lettersOf(name);
    const place = ({ star }: Fallback): number => plain.indexOf(lettersOf(star!));
    const alike = stars.filter((fallback) => place(fallback) >= 0);
    const rank = (fallback: Fallback): number => lettersOf(fallback.star!).length - (place(fallback) > 0 ? 1000 : 0);
    return [...all.filter((fallback) => fallback.star === null), ...alike.sort((a, b) => rank(b) - rank(a))];
  }

  override has(name: string): boolean {
    return this.binds(name);
  }

  override set(name: string, value: Value): this {
    this.deferred?.delete(name);
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    const deferred = this.deferred?.delete(name) ?? false;
    return super.delete(name) || deferred;
  }

  /** Binds the same names there, unread ones still unread. */
  copyTo(other: Bindings): void {
    for (const [name, value] of this) other.set(name, value);
    for (const name of this.deferred?.keys() ?? []) other.defer(name, () => this.get(name));
  }

  /** Looks the name up now; a name that is being looked up has no value yet, as in a circular import. */
  private resolve(name: string): Value | undefined {
    const resolve = this.deferred?.get(name);
    if (!resolve) return super.get(name);
    this.deferred!.delete(name);
    const value = resolve();
    if (value !== undefined && !super.has(name)) super.set(name, value);
    return super.get(name);
  }
}

function lettersOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replaceAll('_', '').toLowerCase();
}
