import assert from 'node:assert/strict';
import { divideExact, divisible, equal, Facts, lessEqual } from '../../../src/shapes/symint/facts';
import { render } from '../../../src/shapes/symint/render';
import { add, constant, mul } from '../../../src/shapes/symint/symint';
import { size } from './sizes';

/** `C % H == 0`, `N == C`, `N >= 3`, `N <= C` */
function given(...assumptions: string[]): Facts {
  const facts = new Facts();
  for (const text of assumptions) {
    const [left, operator, right] = text.split(/ (==|>=|<=) /) as [string, string, string];
    if (operator === '>=') facts.assumeAtLeast(size(left), size(right).value!);
    else if (operator === '<=') facts.assumeLessEqual(size(left), size(right));
    else facts.assumeEqual(size(left), size(right));
  }
  return facts;
}

const exact = (a: string, b: string, facts?: Facts): string | null => {
  const quotient = divideExact(size(a), size(b), facts);
  return quotient === null ? null : render(quotient);
};

describe('equal', () => {
  const table: [string, string, boolean | null][] = [
    ['N', 'N', true],
    ['N', 'N + 1', false],
    ['N', 'C', null],
    ['2*N', '2*C + 1', false],
    ['6*N + 9*C', '3*k + 1', false],
    ['N', '5', null],
    ['N', '0', false],
    ['z', '0', null],
    ['z', '-1', false],
    ['i', '-1', null],
    ['N*C', '0', false],
    ['z*C', '0', null],
    ['B*N*6', 'B*N*7', false],
    ['z*6', 'z*7', null],
    ['B*(2*i - 5)', '0', false],
    ['N*C + 1', '1 - N', false],
    ['(2*Wh-1)*(2*Ww-1)', '4*Wh*Ww - 2*Wh - 2*Ww + 1', true],
    ['H//2', 'H', false],
    ['z//2', 'z', null],
    ['H//2', 'H + 1', false],
    ['H % 8', '8', false],
    ['H % 8', '7', null],
    ['i % ws', 'ws', false],
    ['min(N, C)', 'N + 1', false],
    ['2**k', '0', false],
    ['49', '49', true],
    ['49', '48', false],
  ];
  for (const [a, b, expected] of table) it(`${a} == ${b}: ${expected}`, () => assert.equal(equal(size(a), size(b)), expected));
});

describe('lessEqual', () => {
  const table: [string, string, boolean | null][] = [
    ['N', 'N + 1', true], ['N + 1', 'N', false], ['N', 'C', null], ['1', 'N', true], ['N', '0', false], ['H//2', 'H', true],
    ['H//ws*ws', 'H', true], ['H % 8', '7', true], ['8', 'H % 8', false], ['min(N, C)', 'C', true], ['C', 'max(N, C)', true],
    ['C', 'C*H', true], ['C*H', 'C', null], ['i//2', 'i', null], ['C - C//2', 'C', true], ['3', '3', true], ['4', '3', false],
  ];
  for (const [a, b, expected] of table) it(`${a} <= ${b}: ${expected}`, () => assert.equal(lessEqual(size(a), size(b)), expected));
});

describe('divisible', () => {
  const table: [string, string, boolean | null][] = [
    ['N*C', 'C', true], ['C', 'H', null], ['2*N + 1', '2', false], ['6*N', '3', true], ['6*N + 4', '4', null], ['8', '3', false], ['8', '4', true],
    ['8', '0', null], ['0', 'N', true], ['H + (4 - H % 4) % 4', '4', true], ['N*ws + 1', 'ws', null], ['N*(ws + 1) + 1', 'ws + 1', false],
  ];
  for (const [a, b, expected] of table) it(`${a} % ${b} == 0: ${expected}`, () => assert.equal(divisible(size(a), size(b)), expected));
});

describe('facts', () => {
  it('divisibility makes floor division exact', () => {
    const facts = new Facts();
    assert.equal(equal(size('N*(C//num_heads)*num_heads'), size('N*C'), facts), null);
    facts.assumeDivisible(size('C'), size('num_heads'));
    assert.equal(equal(size('N*(C//num_heads)*num_heads'), size('N*C'), facts), true);
    assert.equal(equal(size('C % num_heads'), size('0'), facts), true);
    assert.equal(equal(size('3*C//num_heads'), size('3*(C//num_heads)'), facts), true);
    assert.equal(divisible(size('N*C'), size('num_heads'), facts), true);
    assert.equal(equal(size('H//ws*ws'), size('H'), facts), null);
  });

  it('an assertion of a remainder or of the product is divisibility', () => {
    for (const facts of [given('C % num_heads == 0'), given('C//num_heads*num_heads == C'), given('0 == C % num_heads')]) {
      assert.equal(equal(size('(C//num_heads)*num_heads*N'), size('C*N'), facts), true);
    }
    assert.equal(equal(size('head_dim*num_heads*N'), size('C*N'), given('head_dim*num_heads == C')), true);
    assert.equal(equal(size('C//num_heads'), size('head_dim'), given('head_dim*num_heads == C')), true);
  });

  it('divisibility by several sizes, of products, and by a number', () => {
    const facts = given('C % num_heads == 0', 'C % 8 == 0', 'H % ws == 0', 'W % ws == 0');
    assert.equal(equal(size('C//8*8'), size('C//num_heads*num_heads'), facts), true);
    assert.equal(equal(size('C'), size('20'), facts), false);
    assert.equal(equal(size('B*(H//ws)*(W//ws)*ws*ws*C'), size('B*H*W*C'), facts), true);
    assert.equal(equal(size('H*W//4*4'), size('H*W'), given('H*W % 4 == 0')), true);
    assert.equal(equal(size('(H - ws)//ws*ws + ws'), size('H'), given('(H - ws) % ws == 0')), true);
  });

  it('equalities are carried through', () => {
    const facts = given('N == Wh*Ww', 'Wh == 7');
    assert.equal(equal(size('N'), size('7*Ww'), facts), true);
    assert.equal(equal(size('N//7'), size('Ww'), facts), true);
    assert.equal(equal(size('N'), size('7*Ww + 1'), facts), false);
    assert.equal(equal(size('N'), size('C'), facts), null);
    assert.equal(equal(size('N'), size('49'), given('N == C', 'C == 49')), true);
    assert.equal(equal(size('2*N'), size('3*C'), given('2*N == 3*C')), true);
    assert.equal(equal(size('4*N*B'), size('6*C*B'), given('2*N == 3*C')), true);
    assert.equal(equal(size('H*W*B'), size('N*B'), given('H*W == N')), true);
    assert.equal(equal(size('H//2 + 1'), size('8'), given('H//2 == 7')), true);
    assert.equal(equal(size('N'), size('0'), given('N == z')), false, 'z keeps the least value of N');
    assert.equal(equal(size('z'), size('0'), given('z == N')), false);
  });

  it('bounds', () => {
    assert.equal(equal(size('z'), size('0'), given('z >= 1')), false);
    assert.equal(equal(size('N'), size('2'), given('N >= 3')), false);
    assert.equal(lessEqual(size('N'), size('C'), given('N <= C')), true);
    assert.equal(lessEqual(size('N + k'), size('C + k + 1'), given('N <= C')), true);
    assert.equal(equal(size('N'), size('C + 1'), given('N <= C')), false);
    assert.equal(lessEqual(size('N'), size('10'), given('N <= 8')), true);
    assert.equal(equal(size('N//16'), size('0'), given('N <= 8')), null);
    assert.equal(lessEqual(size('N//16'), size('0'), given('N <= 8')), true);
    assert.equal(lessEqual(size('2'), size('z'), given('2*z >= 3')), true);
    assert.equal(lessEqual(size('N'), size('3'), given('2*N <= 7')), true);
    const facts = new Facts();
    facts.assumePositive(size('z'));
    assert.equal(lessEqual(size('1'), size('z'), facts), true);
    facts.assumePositive(size('H - ws'));
    assert.equal(equal(size('H'), size('ws'), facts), false);
  });

  it('a copy is its own, and can be gone back to', () => {
    const facts = given('N == C');
    const copy = facts.copy();
    copy.assumeEqual(size('H'), size('W'));
    assert.equal(equal(size('H*N'), size('W*C'), copy), true);
    assert.equal(equal(size('H*N'), size('W*C'), facts), null);
    copy.restoreFrom(facts);
    assert.equal(equal(size('H*N'), size('W*C'), copy), null);
    assert.equal(equal(size('N'), size('C'), copy), true);
  });

  it('take nonsense without throwing', () => {
    const facts = given('N == N + 1', '3 == 4', 'N == 0', 'N >= 5');
    facts.assumeDivisible(size('N'), constant(0));
    facts.assumeDivisible(size('N'), size('N - N'));
    facts.assumeEqual(size('N'), size('H*W'));
    facts.assumeEqual(size('H*W'), size('N*N'));
    facts.assumeEqual(size('N*H'), size('W*W'));
    assert.doesNotThrow(() => equal(size('N*N*H*W'), size('H*H*W*W'), facts));
  });

  it('simplify shows a product whole again', () => {
    assert.equal(render(given('C % num_heads == 0').simplify(size('N*num_heads*(C//num_heads)'))), 'N*C');
    assert.equal(render(given('C % num_heads == 0').simplify(size('C//num_heads'))), 'C//num_heads');
    assert.equal(render(new Facts().simplify(size('num_heads*(C//num_heads)'))), 'num_heads*(C//num_heads)');
  });
});

describe('divideExact', () => {
  it('needs no facts where factors cancel', () => {
    assert.equal(exact('B*N*C', 'B*N'), 'C');
    assert.equal(exact('(2*Wh-1)*(2*Ww-1)*num_heads', 'num_heads'), '(2*Wh-1)*(2*Ww-1)');
    assert.equal(exact('(2*Wh-1)*(2*Ww-1)*num_heads', '2*Ww-1'), '(2*Wh-1)*num_heads');
    assert.equal(exact('4*Wh*Ww - 2*Wh - 2*Ww + 1', '2*Ww-1'), '2*Wh - 1');
    assert.equal(exact('B*N*num_heads*(C//num_heads)', 'B*N*(C//num_heads)'), 'num_heads');
    assert.equal(exact('12*N', '3'), '4*N');
    assert.equal(exact('0', 'N'), '0');
    assert.equal(exact('12', '4'), '3');
  });

  it('gives null where it may not be exact', () => {
    assert.equal(exact('B*N*C', 'B*N*num_heads'), null);
    assert.equal(exact('12*N', '5'), null);
    assert.equal(exact('12', '5'), null);
    assert.equal(exact('N', '0'), null);
    assert.equal(exact('N + 1', 'N'), null);
  });

  it('uses facts', () => {
    const facts = given('C % num_heads == 0', 'H % ws == 0', 'W % ws == 0');
    assert.equal(exact('B*N*C', 'B*N*num_heads', facts), 'C//num_heads');
    assert.equal(exact('B*N*3*C', 'B*N*num_heads*(C//num_heads)', facts), '3');
    assert.equal(exact('B*num_heads*N*(C//num_heads)', 'B*N', facts), 'C');
    assert.equal(exact('B*H*W', 'B*ws*ws', facts), '(H//ws)*(W//ws)');
    assert.equal(exact('B*(H//ws)*(W//ws)*ws*ws*C', 'B*H*W', facts), 'C');
    assert.equal(exact('H*W', '4', given('H*W % 4 == 0')), 'H*W//4');
    assert.equal(exact('B*N*C', 'B*N*num_heads', given('head_dim*num_heads == C')), 'head_dim');
    assert.equal(exact('N*C', 'num_heads', given('H % num_heads == 0')), null);
  });
});

describe('facts about long sizes', () => {
  it('answer questions that come again without proving all of it again', function () {
    this.timeout(10_000);
    const facts = given('ws == k + 3');
    const long = size('min((min((min((H + ws*W)//2, 3*(H + ws)) + ws*W)//2, 4*(H + k)) + ws*W)//2, 5*(H + ws*k))');
    const answers = new Set(Array.from({ length: 500 }, (_, i) => equal(mul(long, size('W')), add(long, constant(i + 1)), facts)));
    assert.deepEqual([...answers], [null]);
  });
});
