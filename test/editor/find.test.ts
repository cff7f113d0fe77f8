// Elements that are looked for by what they are, in parts of a tensor and in slices of it.
import assert from 'node:assert/strict';
import { find } from '../../src/editor/find';
import { MemorySource, tensor } from '../webview/memory';

const special: Readonly<Record<number, number>> = { 7: NaN, 30: Infinity, 41: NaN, 59: -Infinity };
const scores = tensor('scores', [3, 4, 5], (i) => special[i] ?? i);
const source = new MemorySource([scores]);
const { id, shape } = scores.metadata;
const all = [null, null, null];

describe('an element of a tensor', () => {
  const look = (sought: number | 'nan' | 'inf', after: readonly number[] | null = null, slice: readonly (number | null)[] = all): Promise<readonly number[] | null> => find(source, id, { slice, sought, after }, shape, () => undefined);

  it('is found by its value, or as a NaN or an infinity', async () => {
    assert.deepEqual(await look(13), [0, 2, 3]);
    assert.deepEqual(await look('nan'), [0, 1, 2]);
    assert.deepEqual(await look('inf'), [1, 2, 0]);
    assert.equal(await look(1.5), null);
  });

  it('is the next one behind another, and behind the last one the first', async () => {
    assert.deepEqual(await look('nan', [0, 1, 2]), [2, 0, 1]);
    assert.deepEqual(await look('nan', [2, 0, 1]), [0, 1, 2]);
    assert.deepEqual(await look('inf', [1, 2, 0]), [2, 3, 4]);
    assert.deepEqual(await look(13, [0, 2, 3]), [0, 2, 3]);
  });

  it('is looked for in a slice', async () => {
    assert.deepEqual(await look('nan', null, [2, null, null]), [2, 0, 1]);
    assert.deepEqual(await look('inf', null, [null, 3, null]), [2, 3, 4]);
    assert.equal(await look('nan', null, [1, null, null]), null);
    assert.deepEqual(await look(42, null, [2, 0, 2]), [2, 0, 2]);
  });

  it('is found in a tensor that is read in several parts, which tell how far they are', async () => {
    const large = tensor('large', [1500, 1000], (i) => (i === 1_400_000 ? NaN : 0));
    const told: number[] = [];
    assert.deepEqual(await find(new MemorySource([large]), large.metadata.id, { slice: [null, null], sought: 'nan', after: null }, [1500, 1000], (fraction) => told.push(fraction)), [1400, 0]);
    assert.deepEqual(told.map((fraction) => fraction > 0 && fraction < 1), [true]);
  });
});
