/** Seeded random size expressions with a plain evaluator of their own, to test the algebra against. */
import * as size from '../../../src/shapes/symint/symint';
import type { SymbolInfo, SymInt } from '../../../src/shapes/symint/symint';

/** Uniform in [0, 1); mulberry32. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
export const integer = (random: () => number, from: number, to: number): number => from + Math.floor(random() * (to - from + 1));

export type Tree =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'symbol'; readonly symbol: SymbolInfo }
  | { readonly op: '+' | '-' | '*' | '//' | '%' | '**' | 'min' | 'max'; readonly left: Tree; readonly right: Tree };

export function randomTree(random: () => number, symbols: readonly SymbolInfo[], depth: number): Tree {
  if (depth === 0 || random() < 0.15) {
    return random() < 0.4 ? { op: 'number', value: integer(random, -3, 6) } : { op: 'symbol', symbol: pick(random, symbols) };
  }
  const op = pick(random, ['+', '+', '-', '-', '*', '*', '//', '//', '%', 'min', 'max', '**'] as const);
  const left = randomTree(random, symbols, depth - 1);
  if (op === '**') return { op, left, right: { op: 'number', value: integer(random, 0, 3) } };
  // Sharing a part is what makes cancellation happen.
  const right = random() < 0.2 && left.op !== 'number' && left.op !== 'symbol' ? left.right : randomTree(random, symbols, depth - 1);
  return { op, left, right };
}

/** The size that the tree describes; throws SizeError as the operations do. */
export function build(tree: Tree): SymInt {
  if (tree.op === 'number') return size.constant(tree.value);
  if (tree.op === 'symbol') return size.symbol(tree.symbol);
  const left = build(tree.left);
  const right = build(tree.right);
  switch (tree.op) {
    case '+': return size.add(left, right);
    case '-': return size.sub(left, right);
    case '*': return size.mul(left, right);
    case '//': return size.floordiv(left, right);
    case '%': return size.mod(left, right);
    case '**': return size.pow(left, right);
    case 'min': return size.min([left, right]);
    case 'max': return size.max([left, right]);
  }
}

export function buildOrNull(tree: Tree): SymInt | null {
  try {
    return build(tree);
  } catch (error) {
    if (error instanceof size.SizeError) return null;
    throw error;
  }
}

/** What Python would give, in integers of any size; null where it raises. */
export function compute(tree: Tree, values: ReadonlyMap<SymbolInfo, number>): bigint | null {
  if (tree.op === 'number') return BigInt(tree.value);
  if (tree.op === 'symbol') return BigInt(values.get(tree.symbol)!);
  const a = compute(tree.left, values);
  const b = compute(tree.right, values);
  if (a === null || b === null) return null;
  switch (tree.op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '//': return b === 0n ? null : floorDivide(a, b);
    case '%': return b === 0n ? null : a - b * floorDivide(a, b);
    case '**': return a ** b;
    case 'min': return a < b ? a : b;
    case 'max': return a > b ? a : b;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** A value for each symbol, from its least on; sizes 0 and 1 are frequent. */
export function randomValues(random: () => number, symbols: readonly SymbolInfo[]): Map<SymbolInfo, number> {
  return new Map(symbols.map((symbol) => {
    const least = symbol.min ?? -9;
    return [symbol, random() < 0.3 ? least + integer(random, 0, 1) : integer(random, least, least + 30)];
  }));
}
