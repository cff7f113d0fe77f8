/**
 * The names of a scope. Iteration gives those that were read. What a library module imports is bound when it is first looked up: most of what a package
 * pulls in is never used, and reading it would cost more than the trace itself.
 */
import type { Value } from './values';

export class Bindings extends Map<string, Value> {
  private static count = 0;
  /** Grows with creation: what is older than a moment was made before it. */
  readonly serial = Bindings.count++;
  static get made(): number {
    return Bindings.count;
  }

  private deferred: Map<string, () => Value | undefined> | null = null;
  /** Run once, in order, where another module asks for a name that is not found: they defer more names. */
  private fallbacks: (() => void)[] = [];

  /** Binds the name to what `resolve` gives when the name is first looked up. */
  defer(name: string, resolve: () => Value | undefined): void {
    super.delete(name);
    (this.deferred ??= new Map()).set(name, resolve);
  }

  /** What can tell of names that are not bound otherwise. */
  deferNames(names: () => void): void {
    this.fallbacks.push(names);
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
    for (;;) {
      const run = this.fallbacks.shift();
      if (!run) return undefined;
      run();
      const found = this.get(name);
      if (found !== undefined) return found;
    }
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
