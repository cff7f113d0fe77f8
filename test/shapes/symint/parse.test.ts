import assert from 'node:assert/strict';
import { parseSize, parseSizeReadings } from '../../../src/shapes/symint/parse';
import { render } from '../../../src/shapes/symint/render';
import { resolve } from './sizes';

const readings = (text: string): string[] => parseSizeReadings(text, resolve).map((x) => render(x));

describe('parseSize', () => {
  const table: [string, ...string[]][] = [
    ['Wh*Ww', 'Wh*Ww'],
    ['2*Wh-1 * 2*Ww-1', '2*Wh - 2*Ww - 1', '(2*Wh-1)*(2*Ww-1)'],
    ['2*Wh-1*2*Ww-1', '2*Wh - 2*Ww - 1'],
    ['N+1 * C', 'N + C', '(N+1)*C'],
    ['N + 1*C', 'N + C'],
    ['H/4', 'H//4'],
    ['H/4*W/4', '(H//4)*W//4', '(H//4)*(W//4)'],
    ['H/4 * W/4', '(H//4)*W//4', '(H//4)*(W//4)'],
    ['7x7', '49'], ['7×7', '49'], ['7 x 7', '49'], ['3x224x224', '150528'], ['HxW', 'H*W'], ['H x W', 'H*W'], ['WhxWw', 'Wh*Ww'], ['H×W', 'H*W'], ['H·W', 'H*W'], ['2xH', '2*H'],
    ['H^2', 'H**2'], ['2N', '2*N'], ['2Wh-1', '2*Wh - 1'], ['2Wh-1 * 2Ww-1', '2*Wh - 2*Ww - 1', '(2*Wh-1)*(2*Ww-1)'],
    ['0', '0'], ['1', '1'], ['-1', '-1'], ['-N**2', '-N**2'], ['(-N)**2', 'N**2'], ['-7//2', '-4'], ['-7 % 4', '1'], ['2**3**2', '512'], ['8//2//2', '2'], ['N - C - 1', 'N - C - 1'], ['min(N, C)', 'min(N, C)'], ['max(N,1)', 'N'],
    ['N−1', 'N - 1'], ['  N  ', 'N'], ["N_prime", 'N_prime'], ["N'", 'N_prime'], ["2*N'-1", '2*N_prime - 1'],
  ];
  for (const [text, ...expected] of table) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(readings(text), expected);
      const first = parseSize(text, resolve);
      assert.equal(first === null ? null : render(first), expected[0]);
    });
  }

  it('a product of sums is its author’s reading exactly', () => {
    const [, author] = parseSizeReadings('2*Wh-1 * 2*Ww-1', resolve);
    assert.equal(author!.key, parseSize('(2*Wh - 1)*(2*Ww - 1)', resolve)!.key);
  });

  for (const text of ['', ' ', 'num heads', 'N tokens', 'unknown', 'N,', 'N, C', '1.5', '(N', 'N)', '()', 'N+', '*N', 'N C', '7 7', 'xx', 'N(C)', 'min()', 'N//0', '2**-1', '99999999999999999999', 'N[0]', 'N == C', '"N"', 'N;', 'HxQ', `${'N+'.repeat(200)}N`]) {
    it(`no size: ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(parseSize(text, resolve), null);
      assert.deepEqual(parseSizeReadings(text, resolve), []);
    });
  }

  it('deep nesting does not throw', () => {
    assert.equal(render(parseSize(`${'('.repeat(90)}N${')'.repeat(90)}`, resolve)!), 'N');
    assert.equal(parseSize('('.repeat(199), resolve), null);
  });

  it('dotted names reach the resolver whole', () => {
    const asked: string[] = [];
    parseSize('self.dim*2', (name) => { asked.push(name); return resolve('C'); });
    assert.deepEqual([...new Set(asked)], ['self.dim']);
  });
});
