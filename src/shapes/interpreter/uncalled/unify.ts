/**
 * Calls of one function that differ only in the sizes they were given are shown as one, with the function's own names for
 * them: `f(h)` and `f(w)` of `def f(size)` both make `(size, 1)`.
 */
import type { Arg } from '../../python/ast';
import { SizeError, substitute, symbol } from '../../symint/symint';
import type { SymInt, SymbolInfo, SymbolTable } from '../../symint/symint';
import { render } from '../../symint/render';
import { alike } from '../state/recorder';
import type { Layer, Recording, Seen } from '../state/recorder';
import { int } from '../../values/values';

/** The parameters of one call that were given a symbol each. */
export type GivenSizes = ReadonlyMap<SymbolInfo, Arg>;

export function unifyCalls({ recordings }: Layer, table: SymbolTable): void {
  const several = [...recordings.values()].filter(({ seen, more, calls }) => seen.length > 1 && !more && calls.every((given) => given !== null));
  const named = new Map<Arg, SymInt>();
  for (const recording of several) {
    const sizes = new Map<Arg, SymInt>();
    const renamed = recording.seen.map((seen, i) => inNames(seen, recording.calls[i]!, (arg, given) => {
      const size = named.get(arg) ?? sizes.get(arg) ?? symbol(table.fresh(arg.arg, { origin: originOf(recordings.get(arg), arg, given), range: { start: arg.start, end: arg.end }, min: given.min }));
      sizes.set(arg, size);
      return size;
    }));
    const [first] = renamed;
    if (!first || !renamed.every((each) => each !== null && alike(first, each))) continue;
    for (const [arg, size] of sizes) named.set(arg, size);
    recordings.set(recording.node, { ...recording, seen: [first], calls: [null] });
  }
}

function originOf(recording: Recording | undefined, arg: Arg, given: SymbolInfo): string {
  const values = recording?.seen.flatMap((seen) => (seen.type === 'value' && seen.value.kind === 'int' && seen.value.value ? [render(seen.value.value)] : [])) ?? [];
  return `parameter ${arg.arg}, here ${[...new Set(values.length > 0 ? values : [given.name])].join(' or ')}`;
}

/** null where a size cannot be said so. */
function inNames(seen: Seen, given: GivenSizes, sizeOf: (arg: Arg, info: SymbolInfo) => SymInt): Seen | null {
  const bindings = new Map([...given].map(([info, arg]) => [info, sizeOf(arg, info)]));
  try {
    return renamedSeen(seen, (size) => substitute(size, bindings));
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

function renamedSeen(seen: Seen, rename: (size: SymInt) => SymInt): Seen {
  switch (seen.type) {
    case 'Tensor': return { ...seen, tensor: { ...seen.tensor, shape: { ...seen.tensor.shape, dims: seen.tensor.shape.dims.map(rename) } } };
    case 'sequence': return { ...seen, items: seen.items?.map((item) => renamedSeen(item, rename)) ?? null };
    case 'union': return { ...seen, options: seen.options.map((option) => renamedSeen(option, rename)) };
    case 'value': return seen.value.kind === 'int' && seen.value.value ? { ...seen, value: int(rename(seen.value.value)) } : seen;
  }
}
