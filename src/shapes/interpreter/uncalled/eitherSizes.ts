/** Sizes of which code that nothing calls does not say which of two they are: each gets a symbol of its own. */
import { lessEqual } from '../../symint/facts';
import type { Facts } from '../../symint/facts';
import { render } from '../../symint/render';
import { constant, loneSymbol, symbol, symbolsOf } from '../../symint/symint';
import type { SymInt, SymbolInfo, SymbolTable } from '../../symint/symint';

export class EitherSizes {
  /** By the scope or object that holds them. */
  private known = new WeakMap<object, Map<string, SymInt>>();
  /** Those that may be another one in each round of a loop. */
  private readonly varying = new Set<SymbolInfo>();
  /** The rounds of a loop of unknown length are being joined. */
  isSettling = false;

  constructor(private readonly symbols: SymbolTable, private readonly facts: Facts) {}

  restart(): void {
    this.known = new WeakMap();
    this.varying.clear();
    this.isSettling = false;
  }

  oneOf(place: object, name: string, a: SymInt, b: SymInt): SymInt {
    const sizes = this.known.get(place) ?? new Map<string, SymInt>();
    this.known.set(place, sizes);
    // The same again in the next round of a loop, so that the loop settles.
    const key = `${name} ${a.key} ${b.key}`;
    const size = sizes.get(key) ?? this.made(name, a, b);
    sizes.set(key, size);
    if (this.isSettling || this.varies(a) || this.varies(b)) this.vary(size);
    return size;
  }

  /** The size, a symbol, may be another one in each round of a loop. */
  vary(size: SymInt): void {
    this.varying.add(loneSymbol(size)!);
  }

  private made(name: string, a: SymInt, b: SymInt): SymInt {
    const isAtLeast = (n: number): boolean => [a, b].every((each) => lessEqual(constant(n), each, this.facts) === true);
    return symbol(this.symbols.fresh(name, { origin: `${name}, ${render(a)} or ${render(b)} by a condition that is not known`, min: [1, 0].find(isAtLeast) ?? null }));
  }

  /** Whether each round of a loop may have another one: what one round demands the others do not. */
  varies(size: SymInt): boolean {
    return this.varying.size > 0 && [...symbolsOf(size)].some((each) => this.varying.has(each));
  }
}
