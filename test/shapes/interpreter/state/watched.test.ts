// What a stretch of a trace asks and adds is noted for that stretch alone.
import assert from 'node:assert/strict';
import { AskedSet } from '../../../../src/shapes/interpreter/state/watched';

describe('a set that is asked', () => {
  const [a, b, c] = [{}, {}, {}];

  it('notes each answer, and what is added for the first time', () => {
    const set = new AskedSet([a]);
    const noted = set.listen();
    set.has(a);
    set.has(b);
    set.add(a).add(b).add(b);
    set.has(b);
    assert.deepEqual([...noted.answers.values()], [true, false]);
    assert.deepEqual(noted.added, [b]);
  });

  it('notes nothing more once nobody listens: what others repeat is not of the last one that was traced', () => {
    const set = new AskedSet();
    const noted = set.listen();
    set.add(a);
    set.ignore();
    set.add(b);
    set.has(c);
    assert.deepEqual(noted.added, [a]);
    assert.equal(noted.answers.size, 0);
    assert.ok(set.has(b));
  });
});
