// Which function a place is in, and what of it.
import assert from 'node:assert/strict';
import { functionAt, nodeAt } from '../../../src/shapes/incremental/places';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { loadParser } from '../python/load';

const TEXT = `def f(a):
    return a + 1

class Net:
    size = 3
    def forward(self, x):
        y = x.sum(-1)
        return y
`;

describe('a place', () => {
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  it('is in the function or method whose body it is in', () => {
    const tree = parser.parse(TEXT);
    const contextOf = (part: string): string | null => functionAt(tree, TEXT.indexOf(part))?.context ?? null;
    assert.equal(contextOf('a + 1'), 'f');
    assert.equal(contextOf('y = x'), 'Net.forward');
    assert.equal(contextOf('size'), null);
    assert.equal(contextOf('forward(self'), null);
    assert.equal(contextOf('(a)'), null);
  });

  it('is at the innermost node, of two that touch it the one that begins there', () => {
    const { def } = functionAt(parser.parse(TEXT), TEXT.indexOf('y = x'))!;
    const textAt = (offset: number): string => {
      const { start, end } = nodeAt(def, offset);
      return TEXT.slice(start, end);
    };
    const sum = TEXT.indexOf('x.sum');
    assert.equal(textAt(sum), 'x');
    assert.equal(textAt(sum + 3), 'x.sum');
    assert.equal(textAt(sum + 'x.sum('.length + 1), '1');
    assert.equal(textAt(sum + 'x.sum(-1)'.length), 'x.sum(-1)');
    assert.equal(nodeAt(def, TEXT.indexOf('return y')).kind, 'Return');
  });
});
