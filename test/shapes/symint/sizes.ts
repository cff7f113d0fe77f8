/** Symbols for table tests: `size('2*Wh - 1')` over sizes of at least 1, `z` of at least 0 and `i` of any sign. */
import assert from 'node:assert/strict';
import { parseSize } from '../../../src/shapes/symint/parse';
import { symbol, SymbolTable, type SymInt } from '../../../src/shapes/symint/symint';

const table = new SymbolTable();
const known = new Map<string, SymInt>();
for (const name of ['B', 'N', 'N_prime', 'C', 'H', 'W', 'Wh', 'Ww', 'ws', 'num_heads', 'head_dim', 'k', 's']) {
  known.set(name, symbol(table.fresh(name, { origin: 'test', min: 1 })));
}
known.set('z', symbol(table.fresh('z', { origin: 'test' })));
known.set('i', symbol(table.fresh('i', { origin: 'test', min: null })));

export const resolve = (name: string): SymInt | null => known.get(name) ?? null;

export function size(text: string): SymInt {
  const parsed = parseSize(text, resolve);
  assert.ok(parsed !== null, `${text} is no size`);
  return parsed;
}
