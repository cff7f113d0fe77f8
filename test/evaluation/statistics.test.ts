// Statistics that are taken part after part: stopped anywhere, they tell what they are of, and go on to the same end.
import assert from 'node:assert/strict';
import { partsOfElements, statisticsOf, StatisticsRun, StoppedRuns } from '../../src/evaluation/statistics';

const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 400 ? NaN : i === 700 ? -Infinity : Math.sin(i) * (i % 13)));
const SIZE = 64;

async function* inParts(): AsyncGenerator<Float32Array> {
  for (let from = 0; from < values.length; from += SIZE) yield values.subarray(from, from + SIZE);
}

const begin = (): StatisticsRun => new StatisticsRun(inParts, values.length, 16);

/** A signal that stops a run once so many parts are done. */
function after(parts: number): { readonly signal: AbortSignal; readonly onProgress: () => void } {
  const controller = new AbortController();
  let left = parts;
  if (left === 0) controller.abort();
  return { signal: controller.signal, onProgress: () => { if (--left === 0) controller.abort(); } };
}

describe('statistics part after part', () => {
  const whole = statisticsOf(values, 16);

  it('are those of all at once', async () => {
    const progress: number[] = [];
    const found = await begin().resume({ onProgress: (fraction) => progress.push(fraction) });
    assert.deepEqual({ ...found, mean: 0, std: 0 }, { ...whole, mean: 0, std: 0 });
    assert.ok(Math.abs(found.mean! - whole.mean!) < 1e-12 && Math.abs(found.std! - whole.std!) < 1e-12);
    assert.deepEqual(progress, [...progress].sort((a, b) => a - b));
    assert.ok(Math.abs(progress.at(-1)! - 1) < 1e-12);
  });

  it('stop at any part, are of the first elements then, and go on to the same end', async () => {
    const partCount = Math.ceil(values.length / SIZE);
    for (let parts = 0; parts < 2 * partCount; parts++) {
      const run = begin();
      const known = await run.resume(after(parts));
      const isSeen = parts >= partCount;
      assert.ok(known.stopped, `stopped after ${parts} parts`);
      assert.equal(known.stopped.total, values.length);
      assert.equal(known.count, isSeen ? values.length : parts * SIZE);
      const first = statisticsOf(values.subarray(0, known.count), 16);
      for (const name of ['nan', 'negativeInfinity', 'min', 'max'] as const) assert.equal(known[name], first[name], `${name} after ${parts} parts`);
      const done = await run.resume();
      assert.equal(done.stopped, undefined);
      assert.deepEqual(done.histogram, whole.histogram);
      assert.deepEqual(done.percentiles, whole.percentiles);
    }
  });

  it('that were stopped go on when the same is asked for; those that fail begin anew', async () => {
    const stopped = new StoppedRuns();
    let begun = 0;
    const ask = (key: string, options = {}): ReturnType<StoppedRuns['run']> => stopped.run(key, () => { begun++; return begin(); }, options);
    await ask('a', after(3));
    assert.equal((await ask('a', after(0))).count, 3 * SIZE);
    assert.equal((await ask('b', after(1))).count, SIZE);
    assert.equal((await ask('a')).stopped, undefined);
    assert.equal(begun, 2);
    stopped.forget();
    await ask('b', after(1));
    assert.equal(begun, 3);
    const failing = new StatisticsRun(async function* () { yield values.subarray(0, 8); throw new Error('the file is gone'); }, 1000, 4);
    await assert.rejects(stopped.run('c', () => failing), /the file is gone/);
    await ask('c', after(0));
    assert.equal(begun, 4, 'a run that failed is not kept');
  });

  it('of elements in memory let others in between', async () => {
    let pauses = 0;
    const many = new Float32Array(2 ** 20 + 5).fill(2);
    const found = await new StatisticsRun(() => partsOfElements(many, async () => { pauses++; }), many.length, 4).resume();
    assert.deepEqual([found.mean, found.count, pauses], [2, many.length, 6]);
  });

  it('of nothing, and of nothing finite', async () => {
    const of = (elements: Float32Array): Promise<unknown> => new StatisticsRun(() => partsOfElements(elements, async () => undefined), elements.length, 4).resume();
    for (const elements of [new Float32Array(0), Float32Array.of(NaN, Infinity)]) assert.deepEqual(await of(elements), statisticsOf(elements, 4));
  });
});
