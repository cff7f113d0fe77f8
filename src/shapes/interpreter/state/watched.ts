/**
 * State of a trace that notes who asks for what: with the same answers a stretch of the trace would go as it went, and
 * its results are used again after an edit elsewhere (`incremental/`).
 */
import { Bindings } from './bindings';
import type { Value } from '../../values/values';

/** What a stretch asked for: each name, with the first answer. */
export interface Lookups {
  readonly values: Map<string, Value | undefined>;
  /** It looked at all names. */
  all: boolean;
}

/** A name that is bound to what `resolve` gives when it is first looked up. */
export interface Deferred {
  readonly name: string;
  readonly resolve: () => Value | undefined;
}

/** The names of the document's own top level. */
export class WatchedBindings extends Bindings {
  lookups: Lookups | null = null;
  /** What a stretch defers. */
  deferrals: Deferred[] | null = null;

  override defer(name: string, resolve: () => Value | undefined): void {
    this.deferrals?.push({ name, resolve });
    super.defer(name, resolve);
  }

  override get(name: string): Value | undefined {
    const value = super.get(name);
    if (this.lookups && !this.lookups.values.has(name)) this.lookups.values.set(name, value);
    return value;
  }

  override has(name: string): boolean {
    if (this.lookups) this.get(name);
    return super.has(name);
  }

  override names(): string[] {
    this.noteAll();
    return super.names();
  }

  override copyTo(other: Bindings): void {
    this.noteAll();
    super.copyTo(other);
  }

  override get size(): number {
    this.noteAll();
    return super.size;
  }

  override entries(): ReturnType<Map<string, Value>['entries']> {
    this.noteAll();
    return super.entries();
  }

  override [Symbol.iterator](): ReturnType<Map<string, Value>['entries']> {
    return this.entries();
  }

  override keys(): ReturnType<Map<string, Value>['keys']> {
    this.noteAll();
    return super.keys();
  }

  override values(): ReturnType<Map<string, Value>['values']> {
    this.noteAll();
    return super.values();
  }

  override forEach(run: (value: Value, name: string, map: Map<string, Value>) => void): void {
    this.noteAll();
    super.forEach(run);
  }

  private noteAll(): void {
    if (this.lookups) this.lookups.all = true;
  }
}

/** Functions of which something is known. */
export class AskedSet extends Set<object> {
  /** What is asked, with the answers. */
  private answers: Map<object, boolean> | null = null;
  /** What is added for the first time. */
  private added: object[] | null = null;

  /** Notes anew what is asked and added. */
  listen(): { readonly answers: ReadonlyMap<object, boolean>; readonly added: readonly object[] } {
    const noted = { answers: new Map<object, boolean>(), added: [] };
    [this.answers, this.added] = [noted.answers, noted.added];
    return noted;
  }

  /** What is asked and added from here on is nobody's. */
  ignore(): void {
    this.answers = this.added = null;
  }

  override add(member: object): this {
    if (this.added && !super.has(member)) this.added.push(member);
    return super.add(member);
  }

  override has(member: object): boolean {
    const answer = super.has(member);
    if (this.answers && !this.answers.has(member)) this.answers.set(member, answer);
    return answer;
  }
}
