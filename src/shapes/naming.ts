/**
 * What symbols are called in one function: as the author calls them. Two functions may each have an `N`; only where two
 * symbols of one name meet in the same function are they numbered.
 */
import type { Analysis } from './analysis';
import type { Recording, Seen } from './interpreter/recorder';
import type { Value } from './interpreter/values';
import { distinctNames, symbolsOf } from './symint/symint';
import type { SymbolInfo } from './symint/symint';

export type NameOf = (symbol: SymbolInfo) => string;

const known = new WeakMap<Analysis, Map<string, NameOf>>();

/** By the context of a recording: `Net.forward`. */
export function namesIn(analysis: Analysis, context: string): NameOf {
  let contexts = known.get(analysis);
  if (!contexts) known.set(analysis, (contexts = namesByContext(analysis)));
  return contexts.get(context) ?? ((symbol) => symbol.label);
}

function namesByContext(analysis: Analysis): Map<string, NameOf> {
  const symbols = new Map<string, Set<SymbolInfo>>();
  for (const recording of analysis.recordings.values()) {
    let found = symbols.get(recording.context);
    if (!found) symbols.set(recording.context, (found = new Set()));
    collect(recording, found);
  }
  return new Map([...symbols].map(([context, found]) => [context, distinctNames(found)]));
}

function collect(recording: Recording, found: Set<SymbolInfo>): void {
  for (const seen of recording.seen) collectSeen(seen, found);
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
