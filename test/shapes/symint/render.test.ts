import assert from 'node:assert/strict';
import { constant } from '../../../src/shapes/symint/symint';
import { render, renderAll } from '../../../src/shapes/symint/render';
import { size } from './sizes';

describe('render', () => {
  const table: [string, string?][] = [
    ['Wh*Ww'], ['Ww*Wh'], ['(2*Wh-1)*(2*Ww-1)'], ['2*Wh - 1'], ['C//num_heads'], ['N + 1'], ['N*(C//H)*H'], ['B*(H//ws)*(W//ws)'],
    ['(H+2*z-k)//s + 1'], ['ws*ws'], ['ws**2'], ['2**k'], ['(N+1)**2'], ['H//(2*ws)'], ['C % H'], ['N*(C%H)'], ['min(N, 2*C-1)'], ['-N'], ['1 - N'], ['-N - 1'],
    ['(-H)//4', '-H//4'], ['N + -H % 4', 'N + (-H)%4'], ['2*(N+C)'], ['C - C//2'], ['-(-H//4)'], ['7'], ['-7'],
    ['Wh*Ww*1', 'Wh*Ww'], ['Ww*Wh + 0', 'Ww*Wh'], ['-1 + N', 'N - 1'], ['N*2*C', '2*N*C'], ['ws*ws*ws', 'ws**3'], ['(N+C)*(N+C)*(N+C)', '(N+C)**3'], ['N + 1 + 1', 'N + 2'], ['N + C + N', '2*N + C'],
    ['(N + 1) - 1', 'N'], ['N*(C + H) - N*C', 'N*H'], ['-(N - C)', 'C - N'], ['(H - 1)//2 + 1', '(H+1)//2'], ['H//2//2', 'H//4'], ['N*C//C', 'N'], ['3*(N + 1) - 2*(N + 1)', 'N + 1'],
    ['i**k', 'i**k'], ['(N+1)**k', '(N+1)**k'], ['N**(k+1)', 'N**(k+1)'], ['(-2)**k', '(-2)**k'], ['(C//H)**2', '(C//H)**2'], ['2*(C//H)//3', '2*(C//H)//3'],
  ];
  for (const [source, expected = source] of table) {
    it(`${source} as ${expected}`, () => {
      assert.equal(render(size(source)), expected);
      assert.equal(size(expected).key, size(source).key);
    });
  }

  it('numbers, lists and names of the caller', () => {
    assert.equal(render(constant(-3)), '-3');
    assert.equal(renderAll([size('(2*Wh-1)*(2*Ww-1)'), size('num_heads'), constant(0)]), '(2*Wh-1)*(2*Ww-1), num_heads, 0');
    assert.equal(render(size('N*C'), (info) => info.name.toLowerCase()), 'n*c');
  });
});
