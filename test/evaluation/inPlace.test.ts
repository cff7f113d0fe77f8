// What a line that writes in place had before it and has after, evaluated.
import assert from 'node:assert/strict';
import type { EvaluationClient } from '../../src/evaluation/client';
import { trace } from '../../src/project/tracedFile';
import { answerEvaluate } from '../../src/server/evaluate';
import type { Dtype } from '../../src/shapes/values/dtype';
import { loadParser } from '../shapes/python/load';
import { startClient } from './backends';

const TEXT = `import torch
x = torch.arange(6.).view(2, 3)
x[:, 0] += 1
x[1] = 5
x.add_(2)
x *= 3
torch.nn.init.zeros_(x)
y = x + 1
`;

describe('a line that writes in place', function () {
  this.timeout(60_000);
  let client: EvaluationClient;
  before(() => { client = startClient('cpu'); });
  after(() => client.dispose());

  async function values(line: string): Promise<Record<string, number[]>> {
    const file = trace({ text: TEXT, language: 'python', parser: await loadParser() });
    const at = { line: TEXT.split('\n').indexOf(line), character: 0 };
    const answer = answerEvaluate(file, { uri: '', range: { start: at, end: at }, related: true });
    assert.ok(answer.ok, JSON.stringify(answer));
    const bindings = new Map(answer.bindings.map((bound) => [bound.node, { ...bound, dtype: bound.dtype as Dtype }]));
    const { outputs } = await client.evaluate({ cone: answer.cone, bindings, seed: 0, training: false });
    assert.equal(answer.active, answer.tensors.length - 1);
    const all: Record<string, number[]> = {};
    for (const [i, { handle }] of outputs.entries()) all[answer.tensors[i]!.name] = [...(await client.read(handle, { type: 'flat', offset: 0, length: 6 })).values];
    return all;
  }

  for (const [line, from, to] of [
    ['x[:, 0] += 1', [0, 1, 2, 3, 4, 5], [1, 1, 2, 4, 4, 5]],
    ['x[1] = 5', [1, 1, 2, 4, 4, 5], [1, 1, 2, 5, 5, 5]],
    ['x.add_(2)', [1, 1, 2, 5, 5, 5], [3, 3, 4, 7, 7, 7]],
    ['x *= 3', [3, 3, 4, 7, 7, 7], [9, 9, 12, 21, 21, 21]],
    ['torch.nn.init.zeros_(x)', [9, 9, 12, 21, 21, 21], [0, 0, 0, 0, 0, 0]],
  ] as const) {
    it(`has both: ${line}`, async () => assert.deepEqual(await values(line), { 'x (before)': from, 'x (after)': to }));
  }

  it('is no other line', async () => {
    assert.deepEqual(await values('y = x + 1'), { y: [1, 1, 1, 1, 1, 1] });
  });
});
