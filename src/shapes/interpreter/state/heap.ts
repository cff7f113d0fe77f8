/**
 * All writes to what code can mutate (scopes, attributes, list items, storages) go through here, so that a branch taken
 * on an unknown condition can be undone and its outcome joined with the other's.
 *
 * While a mark is active each write notes what was there before. `rollback` takes the writes since a mark back and
 * returns them; `redo` applies such a list; `joinWith` meets the present state with the state that a list leads to.
 */
import type { Target, Changes } from '../../values/changes';
import { AttributeEntries } from '../calls/attributeEntries';
import { Bindings } from './bindings';
import type { SymInt } from '../../symint/symint';
import type { DictEntry, TensorValue, Value } from '../../values/values';

interface Undo {
  readonly target: Target;
  readonly key: string;
  readonly old: unknown;
}

/** A place that a stretch of the trace wrote to, of what was there before that stretch; `undefined`: nothing. */
export interface Write {
  readonly target: Target;
  readonly key: string;
  readonly before: unknown;
  after: unknown;
}

/** Meets two contents of one place; `undefined` where there is none. `isNew`: all of the map was written since the mark, so that one branch may have made it. */
export type Join = (target: object, key: string, a: unknown, b: unknown, isNew: boolean) => unknown;

export class Heap {
  private trail: Undo[] = [];
  private active = 0;
  /** Runs whose writes are noted in case they end in the middle. */
  private watched = 0;

  /** Sets a key of a map of bindings (scope, attributes, entries). */
  set<T>(map: Map<string, T>, key: string, value: T): void {
    if (map instanceof AttributeEntries) this.writeAttribute(map, key, (value as DictEntry).value);
    else this.write(map as Map<string, unknown>, key, value);
  }

  delete<T>(map: Map<string, T>, key: string): void {
    if (map instanceof AttributeEntries) this.writeAttribute(map, key, undefined);
    else this.write(map as Map<string, unknown>, key, undefined);
  }

  /** Sets a field of a mutable value (`items` of a list, `node` of a storage). */
  assign<T extends object, K extends keyof T & string>(object: T, key: K, value: T[K]): void {
    this.write(object as Record<string, unknown>, key, value);
  }

  /** Replaces all items of a list. */
  setItems(list: { items: Value[] | null; count?: SymInt | null; sizeOf?: TensorValue | null }, items: Value[] | null): void {
    if (list.count) this.assign(list, 'count', null);
    if (list.sizeOf) this.assign(list, 'sizeOf', null);
    this.assign(list, 'items', items);
  }

  /**
   * Runs what is done once a trace, whichever branch first asks for it: reading a module. Its writes stay when the branch
   * is undone. It must write to nothing that the branch wrote to.
   */
  apart<T>(run: () => T): T {
    const { trail, active, watched } = this;
    this.trail = [];
    this.active = 0;
    this.watched = 0;
    try {
      return run();
    } finally {
      this.trail = trail;
      this.active = active;
      this.watched = watched;
    }
  }

  /** Runs with its writes noted; where it throws, `ended` may say by `rewrite` what becomes of the places it wrote to. */
  watch<T>(run: () => T, ended: (error: unknown, rewrite: (next: Join) => void) => T): T {
    const mark = this.trail.length;
    this.watched++;
    try {
      return run();
    } catch (error) {
      return ended(error, (next) => this.rewriteSince(mark, next));
    } finally {
      this.watched--;
      this.forgetUnused();
    }
  }

  private readonly births = new WeakMap<object, number>();
  /** How many objects were made so far. */
  born = 0;

  /** The object was made just now. */
  bear<T extends object>(made: T): T {
    this.births.set(made, this.born++);
    return made;
  }

  /** The map of a dict that was made just now; where branches meet, one that was there before is told from one that a branch made. */
  bearEntries<T>(): Map<string, T> {
    const made = this.bear(new Map<string, T>());
    this.dated.add(made);
    if (this.active > 0) this.trail.push({ target: made, key: BIRTH, old: undefined });
    return made;
  }

  private readonly dated = new WeakSet<object>();

  /** Whether the map was made since a mark, `among` what was written since: all of it, where it is not dated. */
  private isNew(target: Target, among: (key: string) => boolean): boolean {
    return this.dated.has(target) ? among(BIRTH) : isWhole(target, among);
  }

  /** Runs a stretch of the trace; what it wrote to that was there before, in the order of the first writes. */
  noted(run: () => void): Write[] {
    const mark = this.trail.length;
    const oldest = Bindings.made;
    const { born } = this;
    this.watched++;
    try {
      run();
      const places = new Map<Target, Map<string, Write>>();
      const writes: Write[] = [];
      for (const { target, key, old } of this.trail.slice(mark)) {
        // What the stretch has made itself nobody else can have yet.
        if ((this.births.get(target) ?? -1) >= born || (target instanceof Bindings && target.serial >= oldest)) continue;
        let keys = places.get(target);
        if (!keys) places.set(target, (keys = new Map()));
        if (keys.has(key)) continue;
        const write = { target, key, before: old, after: read(target, key) };
        keys.set(key, write);
        writes.push(write);
      }
      return writes;
    } finally {
      this.watched--;
      this.trail.length = mark;
    }
  }

  /** As if the stretch had not been. The latest first, where several are taken back. */
  undo(writes: readonly Write[]): void {
    for (let i = writes.length - 1; i >= 0; i--) put(writes[i]!.target, writes[i]!.key, writes[i]!.before);
  }

  /** As if the stretch were run again. */
  repeat(writes: readonly Write[]): void {
    for (const { target, key, after } of writes) put(target, key, after);
  }

  /** Whether writes may be taken back: a branch or a loop is being traced. */
  get noting(): boolean {
    return this.active > 0;
  }

  /** How many marks are kept: one or more for each branch and loop around. */
  get marks(): number {
    return this.active;
  }

  /** Starts noting; the returned mark must be given back to `release`. */
  mark(): number {
    this.active++;
    return this.trail.length;
  }

  /** How far the notes have come: what `rollback` takes for a mark as long as one is kept that is older. */
  get now(): number {
    return this.trail.length;
  }

  release(): void {
    this.active--;
    this.forgetUnused();
  }

  private forgetUnused(): void {
    if (this.active === 0 && this.watched === 0) this.trail.length = 0;
  }

  /** Takes back all writes since the mark, and returns them: as they came, since dicts and modules have an order. */
  rollback(mark: number): Changes {
    const latest = new Map<Target, Map<string, unknown>>();
    while (this.trail.length > mark) {
      const { target, key, old } = this.trail.pop()!;
      const keys = entry(latest, target);
      const last = keys.has(key) ? keys.get(key) : read(target, key);
      keys.delete(key);
      keys.set(key, last);
      put(target, key, old);
    }
    return { mark, writes: new Map([...latest].reverse().map(([target, keys]) => [target, new Map([...keys].reverse())])) };
  }

  /** The same writes told from an earlier mark: with what was written between the two. Must be asked before a rollback. */
  rebase(changes: Changes, mark: number): Changes {
    if (changes.mark <= mark) return changes;
    const writes = new Map<Target, Map<string, unknown>>();
    const later = this.contentsAt(changes.mark);
    for (let i = mark; i < changes.mark && i < this.trail.length; i++) {
      const { target, key } = this.trail[i]!;
      const noted = later.get(target);
      entry(writes, target).set(key, noted?.has(key) ? noted.get(key) : read(target, key));
    }
    for (const [target, keys] of changes.writes) for (const [key, value] of keys) entry(writes, target).set(key, value);
    return { mark, writes };
  }

  redo(changes: Changes): void {
    for (const [target, keys] of changes.writes) for (const [key, value] of keys) this.write(target, key, value);
  }

  /** Meets the present state with the one that `changes` leads to from the state at its mark (still noted). */
  joinWith(changes: Changes, join: Join): void {
    const before = this.contentsAt(changes.mark);
    for (const target of new Set([...changes.writes.keys(), ...before.keys()])) {
      const old = before.get(target) ?? NOTHING;
      const written = changes.writes.get(target) ?? NOTHING;
      let isNew: boolean | null = null;
      const meet = (key: string, theirs: unknown): void => {
        const ours = read(target, key);
        if (ours === theirs) return;
        isNew ??= this.isNew(target, (each) => old.has(each) || written.has(each));
        this.write(target, key, join(target, key, ours, theirs, isNew));
      };
      for (const [key, value] of old) meet(key, written.has(key) ? written.get(key) : value);
      for (const [key, value] of written) if (!old.has(key)) meet(key, value);
    }
  }

  /** Whether any place written since the mark that was there then holds something else now, as `differs` judges. @param made how many scopes there were at the mark @param born how many objects */
  changedSince(mark: number, made: number, born: number, differs: (target: object, key: string, before: unknown, now: unknown) => boolean): boolean {
    for (const [target, keys] of this.contentsAt(mark)) {
      // What a function that was called meanwhile called by its own names nobody can have asked for before.
      if (target instanceof Bindings && target.serial >= made) continue;
      // Nor of what was made meanwhile: where it is kept, that place holds something else.
      if ((this.births.get(target) ?? -1) >= born) continue;
      for (const [key, before] of keys) if (differs(target, key, before, read(target, key))) return true;
    }
    return false;
  }

  /** Replaces what each place written since the mark holds. */
  rewriteSince(mark: number, next: Join): void {
    for (const [target, keys] of this.contentsAt(mark)) {
      const isNew = this.isNew(target, (each) => keys.has(each));
      for (const [key, before] of keys) {
        const now = read(target, key);
        if (now !== before) this.write(target, key, next(target, key, before, now, isNew));
      }
    }
  }

  /** What the places written since the mark held then. */
  private contentsAt(mark: number): Map<Target, Map<string, unknown>> {
    const before = new Map<Target, Map<string, unknown>>();
    for (let i = this.trail.length - 1; i >= mark; i--) {
      const { target, key, old } = this.trail[i]!;
      entry(before, target).set(key, old);
    }
    return before;
  }

  private writeAttribute(entries: AttributeEntries, key: string, value: Value | undefined): void {
    const name = entries.nameOf(key);
    if (name !== null) this.write(entries.attributes as Map<string, unknown>, name, value);
  }

  private write(target: Target, key: string, value: unknown): void {
    if (this.active > 0 || this.watched > 0) this.trail.push({ target, key, old: read(target, key) });
    put(target, key, value);
  }
}

const NOTHING: ReadonlyMap<string, unknown> = new Map();
/** Notes in the trail that a map was made: no key that code writes is like it. */
const BIRTH = 'made here';

/** Whether all of a map is among the keys. */
function isWhole(target: Target, among: (key: string) => boolean): boolean {
  if (!(target instanceof Map)) return false;
  for (const key of target.keys()) if (!among(key)) return false;
  return true;
}

function entry(writes: Map<Target, Map<string, unknown>>, target: Target): Map<string, unknown> {
  let keys = writes.get(target);
  if (!keys) writes.set(target, (keys = new Map()));
  return keys;
}

function read(target: Target, key: string): unknown {
  return target instanceof Map ? target.get(key) : target[key];
}

function put(target: Target, key: string, value: unknown): void {
  if (!(target instanceof Map)) target[key] = value;
  else if (value === undefined) target.delete(key);
  else target.set(key, value);
}
