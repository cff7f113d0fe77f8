// Complex values as the viewer has them: real and imaginary part along one more dim.
import assert from 'node:assert/strict';
import { trace } from '../../src/project/tracedFile';
import { answerEvaluate } from '../../src/server/evaluate';
import { loadParser } from '../shapes/python/load';
import { startClient } from './backends';

const TEXT = 'import torch\nz = torch.complex(torch.arange(3.), torch.ones(3)) * 2\n';

describe('complex values', function () {
  this.timeout(60_000);

  it('are shown as their real and imaginary parts', async () => {
    const file = trace({ text: TEXT, language: 'python', parser: await loadParser() });
    const at = { line: 1, character: 0 };
    const answer = answerEvaluate(file, { uri: '', range: { start: at, end: at }, related: true });
    assert.ok(answer.ok, JSON.stringify(answer));
    assert.deepEqual([answer.tensors[0]!.shape, answer.tensors[0]!.dims, answer.tensors[0]!.dtype], [[3, 2], ['3', 'real | imag'], 'float32']);
    const client = startClient('cpu');
    try {
      const { outputs } = await client.evaluate({ cone: answer.cone, bindings: new Map(), seed: 0, training: false });
      assert.deepEqual([...(await client.read(outputs[0]!.handle, { type: 'flat', offset: 0, length: 6 })).values], [0, 2, 2, 2, 4, 2]);
    } finally {
      client.dispose();
    }
  });
});
