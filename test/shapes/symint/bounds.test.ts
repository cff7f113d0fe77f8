import assert from 'node:assert/strict';
import { lowerBound } from '../../../src/shapes/symint/bounds';
import { evaluate, symbol, SizeError, SymbolTable } from '../../../src/shapes/symint/symint';
import type { SymbolInfo, SymInt } from '../../../src/shapes/symint/symint';
import { add, constant, mul, sub } from '../../../src/shapes/symint/symint';
import { build, generator, integer, randomTree } from './random';

const table = new SymbolTable();
const [a, b, c, any] = ([1, 2, 0, null] as const).map((min, i) => symbol(table.fresh('abcz'[i]!, { origin: 'test', min }))) as [SymInt, SymInt, SymInt, SymInt];
const bound = (x: SymInt): number => lowerBound(x.terms);

describe('bounds', () => {
  it('are the value at the least sizes where all is added', () => {
    assert.equal(bound(add(mul(constant(3), mul(a, b)), add(a, constant(5)))), 12);
    assert.equal(bound(sub(mul(a, b), constant(4))), -2);
    assert.equal(bound(mul(c, b)), 0);
  });

  it('are none where a product is subtracted that may be any number', () => {
    assert.equal(bound(sub(mul(a, b), c)), -Infinity);
    assert.equal(bound(sub(c, mul(a, mul(b, c)))), -Infinity);
    assert.equal(bound(add(any, a)), -Infinity);
  });

  it('see what a greater product makes up for', () => {
    assert.equal(bound(sub(mul(a, b), a)), 1);
    assert.equal(bound(sub(mul(mul(a, b), b), mul(constant(2), mul(a, b)))), 0);
    assert.equal(bound(sub(mul(a, c), c)), 0);
  });

  it('are never above a value', () => {
    const infos = ([0, 1, 3, null] as const).map((min, i) => table.fresh(`s${i}`, { origin: 'test', min }));
    let proven = 0;
    for (let seed = 1; seed <= 2000; seed++) {
      const random = generator(seed);
      const x = made(() => build(randomTree(random, infos, 4)));
      if (x === null || x.value !== null) continue;
      const least = bound(x);
      if (least !== -Infinity) proven++;
      for (let n = 0; n < 5; n++) {
        const values = new Map<SymbolInfo, number>(infos.map((info) => [info, integer(random, info.min ?? -4, (info.min ?? -4) + 6)]));
        const value = evaluate(x, (info) => values.get(info)!);
        assert.ok(value === null || value >= least, `seed ${seed}: ${value} is less than ${least}`);
      }
    }
    assert.ok(proven > 100, `${proven} bounds`);
  });
});

function made(run: () => SymInt): SymInt | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}
