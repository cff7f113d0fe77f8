/** Integers that torch leaves undefined: discarded without harm, never shown, never counted with. */
import assert from 'node:assert/strict';
import { startBackend } from '../../src/evaluation/backends/start';
import { EvaluationError } from '../../src/evaluation/errors';
import { run } from '../../src/evaluation/run';
import type { ConeNode } from '../../src/shapes/graph/graph';
import { cone, node, ref, request } from './cones';

type Node = Omit<ConeNode, 'id'>;
const constant = (data: Parameters<typeof node>[1][string], dtype: 'float32' | 'bool' = 'float32'): Node => node('constant', { data, dtype: { dtype } }, [3], dtype);
/** -inf, 2 and NaN as integers, and true where they are to be had. */
const START: readonly Node[] = [constant([{ float: '-inf' }, { float: 2.7 }, { float: 'nan' }]), node('torch.Tensor.long', { input: ref(0) }, [3], 'int64'), constant([0, 1, 0], 'bool')];

async function values(...nodes: readonly Node[]): Promise<number[]> {
  const [output] = await run(request(cone(...START, ...nodes)), { backend: 'cpu', memoryLimit: 1e9 });
  return [...output!.value.host()];
}

async function refused(problem: RegExp, ...nodes: readonly Node[]): Promise<void> {
  await assert.rejects(values(...nodes), (error) => error instanceof EvaluationError && error.code === 'unsupported-argument' && problem.test(error.message));
}

describe('integers that torch leaves undefined', () => {
  before(() => startBackend([{ name: 'cpu' }], __dirname));

  it('may be moved, added to, cut and discarded', async () => {
    const where = (id: number): Node => node('torch.where', { condition: ref(2), input: ref(id), other: 7 }, [3], 'int64');
    assert.deepEqual(await values(where(1)), [7, 2, 7]);
    assert.deepEqual(await values(node('torch.add', { input: ref(1), other: 8 }, [3], 'int64'), node('torch.full_like', { input: ref(3), fill_value: 9 }, [3], 'int64'), node('torch.min', { input: ref(3), other: ref(4) }, [3], 'int64'), where(5)), [7, 9, 7]);
    assert.deepEqual(await values(node('torch.mul', { input: ref(1), other: 3 }, [3], 'int64'), node('torch.flip', { input: ref(3), dims: [0] }, [3], 'int64'), node('torch.Tensor.int', { input: ref(4) }, [3], 'int32'), node('torch.masked_fill', { input: ref(5), mask: ref(2), value: 0 }, [3], 'int32'), node('torch.Tensor.__getitem__', { input: ref(6), index: [{ slice: [1, 2, null] }] }, [1], 'int32')), [0]);
  });

  it('are not shown', () => refused(/some of its integers torch leaves undefined/, node('torch.clone', { input: ref(1) }, [3], 'int64')));

  it('are not computed with where it would be lost that they are', async () => {
    for (const [op, dtype] of [['torch.Tensor.float', 'float32'], ['torch.Tensor.bool', 'bool'], ['torch.argmax', 'int64'], ['torch.sort', 'int64'], ['torch.count_nonzero', 'int64'], ['torch.bitwise_not', 'int64'], ['torch.sign', 'int64']] as const) {
      await refused(new RegExp(`${op.replaceAll('.', '\\.')} needs an integer that torch leaves undefined`), node(op, { input: ref(1) }, [3], dtype));
    }
    await refused(/torch\.lt needs/, node('torch.lt', { input: ref(1), other: 3 }, [3], 'bool'));
    await refused(/torch\.add needs/, node('torch.add', { input: ref(1), other: { float: 0.5 } }, [3], 'float32'));
    await refused(/torch\.max needs/, node('torch.max', { input: ref(1) }, [], 'int64'));
  });

  it('are nothing that an operation may make by itself', async () => {
    await assert.rejects(values(node('torch.full', { size: [3], fill_value: { float: 'nan' } }, [3], 'int64')), EvaluationError);
  });
});
