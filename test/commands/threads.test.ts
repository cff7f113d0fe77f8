// Work on threads goes on where one of them dies: what it was doing is told as lost, all else is done.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { onThreads } from '../../src/commands/threads';
import type { Work } from '../../src/commands/threads';

/** Doubles numbers; what it keeps of those above 100 is too much for two of them. */
const SCRIPT = `
  const { parentPort } = require('node:worker_threads');
  const kept = [];
  parentPort.on('message', (number) => {
    if (number === 3) process.exit(4);
    if (number === 5) throw new Error('no fives');
    if (number === 7) for (;;) kept.push(new Array(10000).fill(number));
    if (number > 100) kept.push(new Array(2500000).fill(number));
    parentPort.postMessage(number * 2);
  });
`;

const MEMORY = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 };

async function doubled(numbers: readonly number[], threads: number, given: Partial<Work<number | string, number>> = {}): Promise<{ results: (number | string)[]; started: number }> {
  let started = 0;
  const results: (number | string)[] = [];
  const work: Work<number | string, number> = {
    items: numbers.length, threads,
    start: () => {
      started++;
      // Its own complaint of its memory is no output of the test's.
      return new Worker(SCRIPT, { eval: true, resourceLimits: MEMORY, stderr: true });
    },
    request: (item) => numbers[item],
    read: (answer) => answer,
    lost: (item, error) => `${numbers[item]}: ${(error as NodeJS.ErrnoException).code ?? error.message}`,
    ...given,
  };
  for await (const result of onThreads(work)) results.push(result);
  return { results, started };
}

describe('work on threads', () => {
  it('comes in the order of the items', async () => {
    const numbers = Array.from({ length: 40 }, (_, i) => i + 10);
    assert.deepEqual((await doubled(numbers, 3)).results, numbers.map((number) => number * 2));
  });

  it('loses only that with which a thread dies', async () => {
    const { results } = await doubled([1, 3, 2, 5, 4, 7, 6], 2);
    assert.deepEqual(results, [2, '3: its thread ended with status 4', 4, '5: no fives', 8, '7: ERR_WORKER_OUT_OF_MEMORY', 12]);
  });

  it('does again what fails only after other work on the same thread', async () => {
    const { results, started } = await doubled([101, 102, 103], 1);
    assert.deepEqual(results, [202, 204, 206]);
    assert.ok(started > 1);
  });

  it('ends where an answer says that all is in vain', async () => {
    await assert.rejects(doubled([1, 2, 3], 2, { read: () => { throw new RangeError('in vain'); } }), /in vain/);
  });
});
