/** What the author's comments call sizes that the code gives no name: `Wh` beside `window_size[0]`. */
import type { Facts } from '../symint/facts';
import { substitute, symbol, symbolsOf } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';
import type { ShapeClaim } from './comments';
import { fittingSizes } from './fitting';
import type { Recordings } from './seen';

/** More names in one size than people multiply. */
const MAX_NAMES = 3;

/** By symbol; the first comment that names one decides. */
export function writtenNames(claims: readonly ShapeClaim[], recordings: Recordings, facts?: Facts): Map<SymbolInfo, string> {
  const found = new Map<SymbolInfo, string>();
  for (const claim of claims) {
    for (const { size, dim } of fittingSizes(claim, recordings, facts)) {
      for (const reading of size.readings) {
        const named = namesOf(reading, dim, size.text);
        if (named === null) continue;
        for (const [info, name] of named) if (info.provisional && !found.has(info)) found.set(info, name);
        break;
      }
    }
  }
  return found;
}

/** Which symbol each name of the reading is, where it says the size with other names; the names in the order written. */
function namesOf(reading: SymInt, dim: SymInt, text: string): [SymbolInfo, string][] | null {
  const names = [...symbolsOf(reading)].sort((a, b) => text.indexOf(a.name) - text.indexOf(b.name));
  const symbols = [...symbolsOf(dim)].sort((a, b) => a.id - b.id);
  if (names.length !== symbols.length || names.length === 0 || names.length > MAX_NAMES) return null;
  for (const order of permutations(symbols)) {
    const renamed = substitute(reading, new Map(names.map((name, i) => [name, symbol(order[i]!)])));
    if (renamed.key === dim.key) return names.map((name, i) => [order[i]!, name.name]);
  }
  return null;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, i) => permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [first, ...rest]));
}
