/**
 * Torch modules and helpers that are written in Python and traced like user code. A class here has torch's
 * constructor signature, makes its parameters with the initializers that torch uses, and calls operations of the
 * registry: shapes, dtypes, faults and values all come from those.
 */
import { SOURCES } from './sources';

/** The text that defines a name, parsed and executed once it is asked for: a model uses a few of the families. */
export interface Source {
  readonly text: string;
}

/** The names that the texts of each module define. */
export function indexed(sources: Readonly<Record<string, readonly string[]>>): (module: string) => ReadonlyMap<string, Source> {
  const indexes = new Map<string, ReadonlyMap<string, Source>>();
  return (module) => {
    const known = indexes.get(module);
    if (known) return known;
    const index = new Map<string, Source>();
    for (const text of Object.hasOwn(sources, module) ? sources[module]! : []) {
      const source = { text };
      for (const match of text.matchAll(/^(?:(?:class|def) (\w+)|(\w+) = )/gm)) index.set((match[1] ?? match[2])!, source);
    }
    indexes.set(module, index);
    return index;
  };
}

const indexOf = indexed(SOURCES);

/** Where the member of a module (`torch.nn`) is written; null where it is not written in Python. */
export function sourceOf(module: string, name: string): Source | null {
  return indexOf(module).get(name) ?? null;
}

/** The names that are written in Python for a module. */
export function namesOf(module: string): readonly string[] {
  return [...indexOf(module).keys()];
}
