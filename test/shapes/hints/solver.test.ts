// Numbers for symbols, from sizes that are said to be so large.
import assert from 'node:assert/strict';
import { SizeSolver } from '../../../src/shapes/hints/solver';
import { SymbolTable, add, constant, floordiv, mul, sub, symbol } from '../../../src/shapes/symint/symint';

function sizes<K extends string>(...names: K[]): Record<K, ReturnType<typeof symbol>> {
  const table = new SymbolTable();
  return Object.fromEntries(names.map((name) => [name, symbol(table.fresh(name, { origin: 'a test', min: 1 }))])) as Record<K, ReturnType<typeof symbol>>;
}

describe('numbers for symbols', () => {
  it('follow from one another in any order', () => {
    const { C, h } = sizes('C', 'h');
    const solver = new SizeSolver();
    assert.ok(solver.add([{ size: floordiv(C, h), value: 32 }, { size: h, value: 3 }]));
    assert.equal(solver.numberOf(C), 96);
    assert.equal(solver.numberOf(mul(C, constant(2))), 192);
  });

  it('are the roundest that fit', () => {
    const { H } = sizes('H');
    const solver = new SizeSolver();
    // A convolution with stride 4: 445 to 448 pixels give 112.
    assert.ok(solver.add([{ size: add(floordiv(sub(H, constant(1)), constant(4)), constant(1)), value: 112 }]));
    assert.equal(solver.numberOf(H), 448);
  });

  it('are found for squares and sums', () => {
    const { G, W } = sizes('G', 'W');
    const solver = new SizeSolver();
    assert.ok(solver.add([{ size: mul(G, G), value: 49 }, { size: sub(mul(constant(2), W), constant(1)), value: 13 }]));
    assert.deepEqual([solver.numberOf(G), solver.numberOf(W)], [7, 7]);
  });

  it('are not made up', () => {
    const { a, b } = sizes('a', 'b');
    const solver = new SizeSolver();
    assert.ok(solver.add([{ size: mul(a, b), value: 49 }]));
    assert.equal(solver.numberOf(a), null);
    assert.equal(solver.numberOf(mul(b, a)), 49);
    assert.equal(solver.add([{ size: mul(constant(2), a), value: 7 }]), false);
  });

  it('are refused all together where one of them contradicts', () => {
    const { a, b } = sizes('a', 'b');
    const solver = new SizeSolver();
    assert.ok(solver.add([{ size: a, value: 4 }]));
    assert.equal(solver.add([{ size: b, value: 2 }, { size: mul(a, b), value: 9 }]), false);
    assert.equal(solver.numberOf(b), null);
    assert.equal(solver.add([{ size: b, value: 2 }, { size: mul(a, b), value: 8 }]), true);
  });
});
