/**
 * What symbols are called in one function: as the author calls them. Two functions may each have an `N`; only where two
 * symbols of one name meet in the same function are they numbered.
 */
import type { Analysis } from './analysis';
import { writtenNames } from './evidence/written';
import type { Recording, Seen } from './interpreter/state/recorder';
import type { Value } from './values/values';
import type { NameOf } from './symint/render';
import { distinctNames, loneSymbol, symbolsOf } from './symint/symint';
import type { SymbolInfo } from './symint/symint';

/** What names are found from. */
export type Traced = Pick<Analysis, 'recordings' | 'claims' | 'facts'>;

/** What is known of names in one trace: the recordings by context, what comments call symbols, and the names that were asked for. */
interface Known { readonly contexts: ReadonlyMap<string, readonly Recording[]>; readonly written: ReadonlyMap<SymbolInfo, string>; readonly names: Map<string, NameOf> }

const known = new WeakMap<Analysis['recordings'], Known>();

/** By the context of a recording: `Net.forward`. */
export function namesIn(analysis: Traced, context: string): NameOf {
  let all = known.get(analysis.recordings);
  if (!all) known.set(analysis.recordings, (all = { contexts: byContext(analysis.recordings), written: writtenNames(analysis.claims, analysis.recordings, analysis.facts), names: new Map() }));
  let names = all.names.get(context);
  if (!names) all.names.set(context, (names = namesOf(all.contexts.get(context) ?? [], all.written)));
  return names;
}

function byContext(recordings: Analysis['recordings']): Map<string, Recording[]> {
  const contexts = new Map<string, Recording[]>();
  for (const recording of recordings.values()) {
    const found = contexts.get(recording.context);
    if (found) found.push(recording);
    else contexts.set(recording.context, [recording]);
  }
  return contexts;
}

function namesOf(recordings: readonly Recording[], written: ReadonlyMap<SymbolInfo, string>): NameOf {
  const symbols = new Set<SymbolInfo>();
  const aliases = new Map<SymbolInfo, string>();
  for (const recording of recordings) {
    for (const seen of recording.seen) collectSeen(seen, symbols);
    const bound = boundSymbol(recording);
    if (bound && !aliases.has(bound.symbol)) aliases.set(bound.symbol, bound.name);
  }
  for (const symbol of symbols) if (written.has(symbol) && !aliases.has(symbol)) aliases.set(symbol, written.get(symbol)!);
  return distinctNames(symbols, aliases);
}

/** The symbol that a parameter or variable is, always: `C` in `B, N, C = x.shape`, whatever the constructor calls it. */
function boundSymbol({ node, target, seen }: Recording): { symbol: SymbolInfo; name: string } | null {
  const name = node.kind === 'arg' ? node.arg : target && node.kind === 'Name' ? node.id : '_';
  const [only, ...others] = seen;
  if (/^_+$/.test(name) || others.length > 0 || only?.type !== 'value' || only.value.kind !== 'int' || !only.value.value) return null;
  const symbol = loneSymbol(only.value.value);
  return symbol && { symbol, name };
}

function collectSeen(seen: Seen, found: Set<SymbolInfo>): void {
  switch (seen.type) {
    case 'Tensor': for (const dim of seen.tensor.shape.dims) if (dim.value === null) for (const symbol of symbolsOf(dim)) found.add(symbol); return;
    case 'sequence': seen.items?.forEach((item) => collectSeen(item, found)); return;
    case 'union': seen.options.forEach((option) => collectSeen(option, found)); return;
    case 'value': collectValue(seen.value, found);
  }
}

function collectValue(value: Value, found: Set<SymbolInfo>): void {
  if (value.kind === 'int' && value.value && value.value.value === null) for (const symbol of symbolsOf(value.value)) found.add(symbol);
}
