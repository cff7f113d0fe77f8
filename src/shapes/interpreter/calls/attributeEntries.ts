/**
 * The entries of an object's `__dict__`: its attributes, under the keys of a dict. What is written to the one is in the
 * other: `self.__dict__.update(kwargs)` sets attributes.
 */
import type { DictEntry, Value } from '../../values/values';
import { str } from '../../values/values';

const PREFIX = 's:';

export class AttributeEntries extends Map<string, DictEntry> {
  constructor(
    readonly attributes: Map<string, Value>,
    /** Whether the attribute is there perhaps. */
    private readonly isUnsure: (name: string) => boolean,
  ) {
    super();
  }

  /** The attribute that a key of a dict names; null for a key that is no text. */
  nameOf(key: string): string | null {
    return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : null;
  }

  override get size(): number {
    return this.attributes.size;
  }

  override get(key: string): DictEntry | undefined {
    const name = this.nameOf(key);
    const value = name === null ? undefined : this.attributes.get(name);
    return value && this.entry(name!, value);
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  override *entries(): MapIterator<[string, DictEntry]> {
    for (const [name, value] of this.attributes) yield [PREFIX + name, this.entry(name, value)];
  }

  override *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  override *values(): MapIterator<DictEntry> {
    for (const [, entry] of this.entries()) yield entry;
  }

  override [Symbol.iterator](): MapIterator<[string, DictEntry]> {
    return this.entries();
  }

  override forEach(visit: (entry: DictEntry, key: string, map: Map<string, DictEntry>) => void): void {
    for (const [key, entry] of this.entries()) visit(entry, key, this);
  }

  private entry(name: string, value: Value): DictEntry {
    return { key: str(name), value, ...(this.isUnsure(name) && { isPossible: true as const }) };
  }
}
