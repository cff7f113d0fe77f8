/** The algebra against a plain evaluator, on seeded random expressions. */
import assert from 'node:assert/strict';
import { divideExact, divisible, equal, Facts, lessEqual } from '../../../src/shapes/symint/facts';
import { parseSize } from '../../../src/shapes/symint/parse';
import { render } from '../../../src/shapes/symint/render';
import {
  constant, evaluate, floordiv, mod, mul, SizeError, substitute, symbol, symbolsOf, SymbolTable, sub, type SymbolInfo, type SymInt,
} from '../../../src/shapes/symint/symint';
import { buildOrNull, compute, generator, integer, pick, randomTree, randomValues, type Tree } from './random';

const table = new SymbolTable();
const symbols = [
  table.fresh('N', { origin: 'test', min: 0 }),
  table.fresh('C', { origin: 'test', min: 1 }),
  table.fresh('H', { origin: 'test', min: 2 }),
  table.fresh('k', { origin: 'test', min: null }),
];
const byName = (name: string): SymInt | null => {
  const found = symbols.find((info) => info.label === name);
  return found === undefined ? null : symbol(found);
};
const show = (values: ReadonlyMap<SymbolInfo, number>): string => [...values].map(([info, value]) => `${info.label}=${value}`).join(' ');
const at = (x: SymInt, values: ReadonlyMap<SymbolInfo, number>): number | null => evaluate(x, (info) => values.get(info) ?? null);

/** Runs `body` on random expressions that the arithmetic can hold; fails if those get few. */
function forTrees(seed: number, count: number, body: (tree: Tree, x: SymInt, random: () => number) => void): void {
  const random = generator(seed);
  let held = 0;
  for (let i = 0; i < count; i++) {
    const tree = randomTree(random, symbols, integer(random, 1, 4));
    const x = buildOrNull(tree);
    if (x === null) continue;
    held++;
    body(tree, x, random);
  }
  assert.ok(held > count * 0.8, `only ${held} of ${count} expressions could be built`);
}

/** Where Python gives a value the size has the same, or none: false then (some step was beyond 2**53). */
function agrees(tree: Tree, x: SymInt, values: ReadonlyMap<SymbolInfo, number>): boolean | null {
  const expected = compute(tree, values);
  if (expected === null) return null;
  const actual = at(x, values);
  if (actual !== null) assert.equal(BigInt(actual), expected, `${render(x)} at ${show(values)}`);
  return actual !== null;
}

describe('symint algebra', () => {
  it('evaluates alike before and after canonicalizing', () => {
    const counts = { agree: 0, none: 0 };
    forTrees(1, 3000, (tree, x, random) => {
      for (let i = 0; i < 5; i++) {
        const outcome = agrees(tree, x, randomValues(random, symbols));
        if (outcome !== null) counts[outcome ? 'agree' : 'none']++;
      }
    });
    assert.ok(counts.agree > 9000 && counts.none < 20, JSON.stringify(counts));
  });

  it('evaluates alike after substituting', () => {
    let compared = 0;
    forTrees(2, 1500, (_tree, x, random) => {
      const values = randomValues(random, symbols);
      const [first, second] = [pick(random, symbols), pick(random, symbols)];
      const replacement = randomTree(random, symbols, 2);
      const by = buildOrNull(replacement);
      if (by === null) return;
      const bound = new Map([[first, by], [second, constant(values.get(second)!)]]);
      const inner = at(bound.get(first)!, values);
      // A replacement below the symbol's least value is outside of what a size promises.
      if (inner === null || inner < (first.min ?? inner)) return;
      const expected = at(x, new Map(values).set(first, inner));
      let actual: number | null = null;
      try {
        actual = at(substitute(x, bound), values);
      } catch (error) {
        if (error instanceof SizeError) return;
        throw error;
      }
      if (expected === null || actual === null) return;
      compared++;
      assert.equal(actual, expected, `${render(x)} with ${first.label} = ${render(bound.get(first)!)} at ${show(values)}`);
    });
    assert.ok(compared > 800, `${compared} comparisons`);
  });

  it('renders Python that reads back as the same size', () => {
    forTrees(3, 3000, (tree, x, random) => {
      const text = render(x);
      const again = parseSize(text, byName);
      assert.ok(again !== null, `${text} cannot be read`);
      assert.equal(again.key, x.key, text);
      agrees(tree, again, randomValues(random, symbols));
    });
  });

  it('keeps the canonical form of canonical forms', () => {
    forTrees(4, 2000, (_tree, x) => {
      assert.equal(substitute(x, new Map(symbols.map((info) => [info, symbol(info)]))).key, x.key, render(x));
      for (const info of symbolsOf(x)) assert.ok(symbols.includes(info));
    });
  });

  it('never proves what a value contradicts', () => {
    let proven = 0;
    const random = generator(5);
    for (let i = 0; i < 3000; i++) {
      const left = randomTree(random, symbols, integer(random, 1, 3));
      const right = random() < 0.3 ? { op: '+', left, right: randomTree(random, symbols, 1) } as const : randomTree(random, symbols, integer(random, 0, 3));
      const a = buildOrNull(left);
      const b = buildOrNull(right);
      if (a === null || b === null) continue;
      const [same, ordered, divides] = [equal(a, b), lessEqual(a, b), divisible(a, b)];
      const quotient = divideExact(a, b);
      if (a.value === null && (same !== null || ordered !== null)) proven++;
      for (let j = 0; j < 6; j++) {
        const values = randomValues(random, symbols);
        const [p, q] = [compute(left, values), compute(right, values)];
        if (p === null || q === null) continue;
        const where: string = `${render(a)} and ${render(b)} at ${show(values)}`;
        if (same !== null) assert.equal(p === q, same, `equal: ${where}`);
        if (ordered !== null) assert.equal(p <= q, ordered, `lessEqual: ${where}`);
        if (divides !== null && q !== 0n) assert.equal(p % q === 0n, divides, `divisible: ${where}`);
        if (quotient !== null && q !== 0n) assert.equal(BigInt(at(quotient, values) ?? Number(p / q)) * q, p, `divideExact: ${where}`);
      }
    }
    assert.ok(proven > 500, `${proven} proofs`);
  });

  it('never proves from facts what a value that satisfies them contradicts', () => {
    const random = generator(6);
    let checked = 0;
    for (let i = 0; i < 500; i++) {
      const facts = new Facts();
      const assumed: ((values: ReadonlyMap<SymbolInfo, number>) => boolean)[] = [];
      const said: string[] = [];
      for (let n = integer(random, 1, 3); n > 0; n--) {
        const [left, right] = [randomTree(random, symbols, integer(random, 0, 2)), randomTree(random, symbols, 1)];
        const [a, b] = [buildOrNull(left), buildOrNull(right)];
        if (a === null || b === null) continue;
        const holds = (test: (p: bigint, q: bigint) => boolean) => (values: ReadonlyMap<SymbolInfo, number>): boolean => {
          const [p, q] = [compute(left, values), compute(right, values)];
          return p !== null && q !== null && test(p, q);
        };
        const kind = integer(random, 0, 4);
        said.push(`${['equal', 'divisible', 'at least 2', 'lessEqual', 'mod'][kind]} ${render(a)} ${render(b)}`);
        if (kind === 0) { facts.assumeEqual(a, b); assumed.push(holds((p, q) => p === q)); }
        if (kind === 1) { facts.assumeDivisible(a, b); assumed.push(holds((p, q) => q !== 0n && p % q === 0n)); }
        if (kind === 2) { facts.assumeAtLeast(a, 2); assumed.push(holds((p) => p >= 2n)); }
        if (kind === 3) { facts.assumeLessEqual(a, b); assumed.push(holds((p, q) => p <= q)); }
        if (kind === 4 && b.value !== 0) { facts.assumeEqual(mod(a, b), constant(0)); assumed.push(holds((p, q) => q !== 0n && p % q === 0n)); }
      }
      const bindings: ReadonlyMap<SymbolInfo, number>[] = [];
      for (let j = 0; j < 400 && bindings.length < 8; j++) {
        const values = new Map(symbols.map((info) => [info, integer(random, info.min ?? -4, 9)]));
        if (assumed.every((holds) => holds(values))) bindings.push(values);
      }
      for (let j = 0; j < 12; j++) {
        const [left, right] = [randomTree(random, symbols, 2), randomTree(random, symbols, integer(random, 0, 2))];
        const [a, b] = [buildOrNull(left), buildOrNull(right)];
        if (a === null || b === null) continue;
        const [same, ordered, divides, quotient] = [equal(a, b, facts), lessEqual(a, b, facts), divisible(a, b, facts), divideExact(a, b, facts)];
        const simple = facts.simplify(a);
        for (const values of bindings) {
          const [p, q] = [compute(left, values), compute(right, values)];
          if (p === null || q === null) continue;
          checked++;
          const where: string = `${render(a)} and ${render(b)} at ${show(values)} given ${said.join('; ')}`;
          if (same !== null) assert.equal(p === q, same, `equal: ${where}`);
          if (ordered !== null) assert.equal(p <= q, ordered, `lessEqual: ${where}`);
          if (divides !== null && q !== 0n) assert.equal(p % q === 0n, divides, `divisible: ${where}`);
          const value = quotient === null ? null : at(quotient, values);
          if (value !== null && q !== 0n) assert.equal(BigInt(value) * q, p, `divideExact ${render(quotient!)}: ${where}`);
          const simplified = at(simple, values);
          if (simplified !== null) assert.equal(BigInt(simplified), p, `simplify ${render(simple)}: ${where}`);
        }
      }
    }
    assert.ok(checked > 10000, `${checked} checks`);
  });

  it('has a // b * b + a % b = a for all sizes', () => {
    const random = generator(7);
    for (let i = 0; i < 500; i++) {
      const [a, b] = [buildOrNull(randomTree(random, symbols, 2)), buildOrNull(randomTree(random, symbols, 1))];
      if (a === null || b === null || b.value === 0) continue;
      assert.equal(sub(sub(a, mul(floordiv(a, b), b)), mod(a, b)).value, 0, `${render(a)} by ${render(b)}`);
    }
  });
});
