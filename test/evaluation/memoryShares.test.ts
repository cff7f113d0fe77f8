/** Evaluations of several documents within one limit of memory. */
import assert from 'node:assert/strict';
import { EvaluationError } from '../../src/evaluation/errors';
import { MemoryShares } from '../../src/evaluation/memoryShares';

describe('MemoryShares', () => {
  const settled = async (promise: Promise<unknown>): Promise<boolean> => Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => { setImmediate(() => resolve(false)); })]);

  it('lets in what fits beside the others, and the rest when they are done', async () => {
    const shares = new MemoryShares(() => 100);
    const [first, second] = [await shares.take(60), await shares.take(40)];
    const third = shares.take(70);
    assert.equal(await settled(third), false);
    second.release();
    assert.equal(await settled(third), false, '60 and 70 are too much');
    first.release();
    (await third).release();
  });

  it('lets in by itself what is more than there is, which is refused or wanted elsewhere', async () => {
    const shares = new MemoryShares(() => 100);
    const huge = await shares.take(1e12);
    const small = shares.take(1);
    assert.equal(await settled(small), false);
    huge.release();
    await small;
  });

  it('stops waiting when it is cancelled, and takes nothing', async () => {
    const shares = new MemoryShares(() => 100);
    const first = await shares.take(100);
    const abort = new AbortController();
    const second = shares.take(100, abort.signal);
    abort.abort();
    await assert.rejects(second, (error) => error instanceof EvaluationError && error.code === 'cancelled');
    first.release();
    await shares.take(100);
  });
});
