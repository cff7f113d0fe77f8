import assert from 'node:assert/strict';
import {
  add, constant, evaluate, floordiv, isConstant, max, min, mod, mul, neg, pow, product, SizeDivisionByZero, SizeError,
  SizeOverflow, sub, substitute, sum, symbol, symbolsOf, SymbolTable, distinctNames, valueOf, type SymbolInfo,
} from '../../../src/shapes/symint/symint';
import { render } from '../../../src/shapes/symint/render';
import { size } from './sizes';

const same = (a: string, b: string): void => assert.equal(size(a).key, size(b).key, `${a} and ${b}`);
const differ = (a: string, b: string): void => assert.notEqual(size(a).key, size(b).key, `${a} and ${b}`);

describe('constants', () => {
  it('are numbers', () => {
    assert.equal(valueOf(add(constant(2), constant(3))), 5);
    assert.equal(valueOf(sub(constant(2), constant(3))), -1);
    assert.equal(valueOf(mul(constant(-4), constant(5000))), -20000);
    assert.equal(valueOf(pow(constant(7), constant(2))), 49);
    assert.equal(valueOf(pow(constant(0), constant(0))), 1);
    assert.equal(valueOf(neg(constant(0))), 0);
    assert.ok(Object.is(valueOf(mul(constant(0), constant(-3))), 0));
    assert.equal(valueOf(sum([])), 0);
    assert.equal(valueOf(product([])), 1);
    assert.equal(valueOf(min([constant(3), constant(-1)])), -1);
    assert.equal(valueOf(max([constant(3), constant(-1)])), 3);
    assert.ok(isConstant(constant(1)));
    assert.equal(constant(12), constant(12), 'small ones are shared');
    assert.equal(constant(123456).key, constant(123456).key);
  });

  it('divide as Python does', () => {
    // From Python: [(a // b, a % b) for a, b in …]
    const table: [number, number, number, number][] = [
      [7, 2, 3, 1], [-7, 2, -4, 1], [7, -2, -4, -1], [-7, -2, 3, -1], [6, 3, 2, 0], [-6, 3, -2, 0], [0, 5, 0, 0], [0, -5, 0, 0], [1, 9, 0, 1], [-1, 9, -1, 8],
      [9007199254740991, 2, 4503599627370495, 1], [9007199254740991, 9007199254740990, 1, 1],
    ];
    for (const [a, b, quotient, remainder] of table) {
      assert.equal(valueOf(floordiv(constant(a), constant(b))), quotient, `${a} // ${b}`);
      assert.equal(valueOf(mod(constant(a), constant(b))), remainder, `${a} % ${b}`);
    }
  });

  it('beyond 2**53 and divisions by zero throw what the caller can tell apart', () => {
    const large = constant(Number.MAX_SAFE_INTEGER);
    assert.throws(() => add(large, constant(1)), SizeOverflow);
    assert.throws(() => mul(large, large), SizeOverflow);
    assert.throws(() => mul(mul(size('N'), large), constant(2)), SizeOverflow);
    assert.throws(() => constant(0.5), SizeOverflow);
    assert.throws(() => constant(NaN), SizeOverflow);
    assert.throws(() => pow(constant(2), constant(53)), SizeOverflow);
    assert.throws(() => pow(constant(2), constant(-1)), SizeError);
    assert.throws(() => floordiv(size('N'), constant(0)), SizeDivisionByZero);
    assert.throws(() => mod(constant(1), constant(0)), SizeDivisionByZero);
    assert.throws(() => min([]), SizeError);
  });

  it('an expression that only grows ends in an error, not in a hang', () => {
    assert.throws(() => {
      let x = size('N');
      for (let i = 0; i < 100; i++) x = add(mul(x, floordiv(x, size('C'))), size('H'));
    }, SizeOverflow);
  });
});

describe('canonical form', () => {
  it('knows equal sizes', () => {
    same('(2*Wh-1)*(2*Ww-1)', '4*Wh*Ww - 2*Wh - 2*Ww + 1');
    same('N*C', 'C*N');
    same('N + C - N', 'C');
    same('N - N', '0');
    same('N*0', '0');
    same('(N + C)**2', 'N**2 + 2*N*C + C**2');
    same('min(N, C)', 'min(C, N)');
    same('2**k * 2**k', '(2**k)**2');
    differ('N', 'C');
    differ('N', 'N + 1');
    differ('H//ws*ws', 'H');
    differ('N//C', 'C//N');
  });

  it('divides', () => {
    same('N*C//C', 'N');
    same('(8*N + 3)//8', 'N');
    same('(8*N - 1)//8', 'N - 1');
    same('(C*N + N)//(C + 1)', 'N');
    same('N//1', 'N');
    same('N//-1', '-N');
    same('0//N', '0');
    same('H//2//2', 'H//4');
    same('H//ws//s', 'H//(ws*s)');
    same('((H - 1)//2 + 1 - 1)//2 + 1', '(H + 3)//4');
    same('4*N//6', '2*N//3');
    same('N*H//(N*W)', 'H//W');
    same('(N*C + z % C)//C', 'N + z % C//C');
    same('(N*k + 1)//(2*k)', '(N*k + 1)//(2*k)');
    same('N//(-4)', '(-N)//4');
    differ('-N//2', '-(N//2)');
    differ('i//N//i', 'i//(N*i)'); // i may be negative
  });

  it('takes remainders', () => {
    same('N*C % C', '0');
    same('(8*N + 3) % 8', '3');
    same('(8*N + C) % 8', 'C % 8');
    same('5*N % 2', 'N % 2');
    same('N % 1', '0');
    same('C//H*H + C % H', 'C');
    same('N*H % (N*W)', 'N*(H % W)');
    same('(H + (4 - H % 4) % 4) % 4', '0');
    same('(H + (4 - H % 4) % 4)//4', '-(-H//4)');
  });

  it('drops what min and max cannot take', () => {
    same('min(N, N + 1)', 'N');
    same('max(N, N + 1)', 'N + 1');
    same('max(N, 1)', 'N');
    same('max(z, 0)', 'z');
    same('min(min(N, C), H)', 'min(N, min(C, H))');
    same('min(N, N)', 'N');
    same('min(H//2, H)', 'H//2');
    differ('max(i, 0)', 'i');
    differ('max(z, 1)', 'z');
  });
});

describe('symbols', () => {
  it('are told apart by identity, and by label where names are equal', () => {
    const table = new SymbolTable();
    const [a, b, c, d] = ['N', 'N', 'N_1', 'self.dim'].map((name) => table.fresh(name, { origin: 'test' })) as [SymbolInfo, SymbolInfo, SymbolInfo, SymbolInfo];
    assert.deepEqual([a, b, c, d].map((info) => info.label), ['N', 'N_1', 'N_1_1', 'self_dim']);
    assert.deepEqual(table.all(), [a, b, c, d]);
    assert.notEqual(symbol(a).key, symbol(b).key);
    assert.equal(symbol(a), symbol(a));
    assert.equal(render(mul(symbol(b), symbol(c))), 'N_1*N_1_1');
    assert.equal(render(mul(symbol(b), symbol(c)), distinctNames([b, c])), 'N*N_1');
    assert.equal(new SymbolTable().fresh('N', { origin: 'test' }).label, 'N');
  });

  it('get a name of the author\'s, and both labels again in another analysis', () => {
    const table = new SymbolTable();
    const made = table.fresh('x_0', { origin: 'a dim of x', provisional: true });
    const other = table.fresh('B', { origin: 'a dim of y' });
    const { key } = symbol(made);
    table.rename(made, 'B');
    assert.deepEqual([made.name, made.label, made.formerLabel, made.provisional, symbol(made).key], ['B', 'B_1', 'x_0', false, key]);
    const next = new SymbolTable();
    assert.ok(next.adopt(table.labelled));
    assert.deepEqual(next.all(), [made, other]);
    assert.equal(next.fresh('x_0', { origin: 'a dim of x' }).label, 'x_0_1');
    const taken = new SymbolTable();
    taken.fresh('B', { origin: 'test' });
    assert.equal(taken.adopt(table.labelled), false);
  });

  it('have labels that are Python names', () => {
    const table = new SymbolTable();
    const label = (name: string): string => table.fresh(name, { origin: 'test' }).label;
    assert.equal(label('lambda'), '_lambda');
    assert.equal(label('min'), '_min');
    assert.equal(label('x.shape[0]'), 'x_shape_0');
    assert.equal(label('2d'), '_2d');
    assert.equal(label('…'), 's');
    assert.equal(label('B_'), 'B_');
    assert.equal(label('_n'), '_n');
    assert.equal(label('x.B_'), 'x_B_');
    assert.equal(label('(N_)'), 'N_');
  });

  it('are sizes unless said otherwise', () => {
    const table = new SymbolTable();
    assert.deepEqual([table.fresh('a', { origin: 'o' }).min, table.fresh('a', { origin: 'o' }).positive], [0, false]);
    assert.deepEqual([table.fresh('a', { origin: 'o', min: 1 }).positive, table.fresh('a', { origin: 'o', min: null }).positive], [true, false]);
    const info = table.fresh('C', { origin: 'default of dim', hint: 96, range: { start: 3, end: 6 } });
    assert.deepEqual([info.hint, info.origin, info.range], [96, 'default of dim', { start: 3, end: 6 }]);
  });

  it('are replaced and evaluated', () => {
    const x = size('(2*Wh - 1)*(C//H) + min(N, 3)');
    const [Wh] = symbolsOf(size('Wh'));
    assert.deepEqual([...symbolsOf(x)].map((info) => info.name).sort(), ['C', 'H', 'N', 'Wh']);
    assert.equal(render(substitute(x, new Map([[Wh!, size('Ww + 1')]]))), '(2*Ww+1)*(C//H) + min(N, 3)');
    assert.equal(render(substitute(x, new Map([[Wh!, constant(7)]]))), '13*(C//H) + min(N, 3)');
    const values: Record<string, number> = { Wh: 7, C: 96, H: 3, N: 2 };
    assert.equal(evaluate(x, (info) => values[info.name] ?? null), 13 * 32 + 2);
    assert.equal(evaluate(x, (info) => (info.name === 'N' ? null : 1)), null);
    assert.equal(evaluate(x, (info) => (info.name === 'H' ? 0 : 1)), null, 'division by zero');
    assert.equal(evaluate(size('N**3'), () => 1e6), null, 'overflow');
    const swap = new Map([...symbolsOf(size('N*C'))].map((info) => [info, info.name === 'N' ? size('C') : size('N')]));
    assert.equal(substitute(size('N - C'), swap).key, size('C - N').key);
  });
});
