/**
 * What symbols are called in one function: as the author calls them. Two functions may each have an `N`; only where two
 * symbols of one name meet in the same function are they numbered.
 */
import type { Analysis } from './analysis';
import { writtenNames } from './evidence/written';
import type { Recording, Seen } from './interpreter/recorder';
import type { Value } from './interpreter/values';
import { distinctNames, loneSymbol, symbolsOf } from './symint/symint';
import type { SymbolInfo } from './symint/symint';

export type NameOf = (symbol: SymbolInfo) => string;

/** What names are found from. */
type Traced = Pick<Analysis, 'recordings' | 'claims' | 'facts'>;

const known = new WeakMap<Analysis['recordings'], Map<string, NameOf>>();

/** By the context of a recording: `Net.forward`. */
export function namesIn(analysis: Traced, context: string): NameOf {
  let contexts = known.get(analysis.recordings);
  if (!contexts) known.set(analysis.recordings, (contexts = namesByContext(analysis)));
  return contexts.get(context) ?? ((symbol) => symbol.label);
}

/** The symbols of one function, and what its variables call them. */
interface Named { readonly symbols: Set<SymbolInfo>; readonly aliases: Map<SymbolInfo, string> }

function namesByContext(analysis: Traced): Map<string, NameOf> {
  const contexts = new Map<string, Named>();
  for (const recording of analysis.recordings.values()) {
    let found = contexts.get(recording.context);
    if (!found) contexts.set(recording.context, (found = { symbols: new Set(), aliases: new Map() }));
    for (const seen of recording.seen) collectSeen(seen, found.symbols);
    const bound = boundSymbol(recording);
    if (bound && !found.aliases.has(bound.symbol)) found.aliases.set(bound.symbol, bound.name);
  }
  const written = writtenNames(analysis.claims, analysis.recordings, analysis.facts);
  return new Map([...contexts].map(([context, { symbols, aliases }]) => {
    for (const symbol of symbols) if (written.has(symbol) && !aliases.has(symbol)) aliases.set(symbol, written.get(symbol)!);
    return [context, distinctNames(symbols, aliases)];
  }));
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
