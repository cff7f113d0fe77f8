/** Equal nodes of a cone are computed once; what is drawn or given stays its own. */
import assert from 'node:assert/strict';
import { findKernel, isRandom } from '../../src/evaluation/kernels/index';
import { operandsOf } from '../../src/evaluation/memory';
import { mergeEqual } from '../../src/evaluation/merging';
import type { Binding } from '../../src/evaluation/messages';
import { run } from '../../src/evaluation/run';
import type { Cone } from '../../src/shapes/graph/graph';
import { ROWS } from '../../src/shapes/torch/operators/index';
import { startBackend } from '../../src/evaluation/backends/start';
import { cone, node, ref, request } from './cones';

const merge = (given: Cone, bound: readonly number[] = []): Cone => mergeEqual(given, operandsOf(given), ({ id, op }) => bound.includes(id) || isRandom(op));
const options = { backend: 'cpu', memoryLimit: 1e9 } as const;

/** Two of the same index, each made by itself, and their sum. */
const twice = cone(
  node('torch.arange', { end: 4 }, [4], 'int64'), node('torch.mul', { input: ref(0), other: 3 }, [4], 'int64'),
  node('torch.arange', { end: 4 }, [4], 'int64'), node('torch.mul', { input: ref(2), other: 3 }, [4], 'int64'),
  node('torch.add', { input: ref(1), other: ref(3) }, [4], 'int64'),
);

describe('equal nodes', () => {
  before(() => startBackend([{ name: 'cpu' }], __dirname));

  it('become one, and all that read them read the first', async () => {
    const merged = merge(twice);
    assert.deepEqual(merged.nodes.map(({ id }) => id), [0, 1, 4]);
    assert.deepEqual(merged.nodes[2]!.args, { input: ref(1), other: ref(1) });
    const [output] = await run(request(twice), options);
    assert.deepEqual([...output!.value.host()], [0, 6, 12, 18]);
  });

  it('are found behind lists and slices, and as outputs', () => {
    const given: Cone = {
      ...cone(
        node('torch.zeros', { size: [2] }, [2]), node('torch.zeros', { size: [2] }, [2]), node('torch.zeros', { size: [] }, [], 'int64'), node('torch.zeros', { size: [] }, [], 'int64'),
        node('torch.cat', { tensors: [ref(0), ref(1)] }, [4]), node('torch.Tensor.__getitem__', { input: ref(4), index: [{ slice: [ref(3), null, null] }] }, [4]),
      ),
      outputs: [{ node: 5, output: 0 }, { node: 1, output: 0 }],
    };
    const merged = merge(given);
    assert.deepEqual(merged.nodes.map(({ id, args }) => [id, args]), [
      [0, { size: [2] }], [2, { size: [] }], [4, { tensors: [ref(0), ref(0)] }], [5, { input: ref(4), index: [{ slice: [ref(2), null, null] }] }],
    ]);
    assert.deepEqual(merged.outputs, [{ node: 5, output: 0 }, { node: 0, output: 0 }]);
  });

  it('differ by the kind of an argument, the sign of a zero, and what they are declared to give', () => {
    const full = (fill: Parameters<typeof node>[1][string], dtype: 'float32' | 'float64' = 'float32'): ReturnType<typeof node> => node('torch.full', { size: [1], fill_value: fill }, [1], dtype);
    const all = [full(1), full({ float: 1 }), full(true), full('1'), full([1]), full(0), full({ float: 0 }), full({ float: -0 }), full(1, 'float64')];
    assert.equal(merge(cone(...all)).nodes.length, all.length);
    assert.equal(merge(cone(...all, full({ float: 'nan' }), full({ float: 'nan' }))).nodes.length, all.length + 1);
  });

  it('are not those that are drawn at random', async () => {
    const drawn = (): ReturnType<typeof node> => node('torch.rand', { size: [8] }, [8]);
    const given: Cone = { ...cone(drawn(), drawn()), outputs: [{ node: 0, output: 0 }, { node: 1, output: 0 }] };
    const [first, second] = await run(request(given), options);
    assert.notDeepEqual([...first!.value.host()], [...second!.value.host()]);
  });

  it('are not those that values are given for', async () => {
    const given: Cone = { ...cone(node('torch.zeros', { size: [2] }, [2]), node('torch.zeros', { size: [2] }, [2])), outputs: [{ node: 0, output: 0 }, { node: 1, output: 0 }] };
    const binding: Binding = { values: [5, 7], shape: [2], dtype: 'float32', provenance: 'given' };
    for (const [bound, expected] of [[0, [[5, 7], [0, 0]]], [1, [[0, 0], [5, 7]]]] as const) {
      const outputs = await run(request(given, { bindings: new Map([[bound, binding]]) }), options);
      assert.deepEqual(outputs.map(({ value }) => [...value.host()]), expected);
    }
  });

  it('are computed again where holding the first would take too much memory', async () => {
    // Each of the two is read once, with a great many others in between.
    const size = 1000;
    const ones = (fill: number): ReturnType<typeof node> => node('torch.full', { size: [size], fill_value: { float: fill } }, [size]);
    const total = (id: number): ReturnType<typeof node> => node('torch.sum', { input: ref(id) }, []);
    const given: Cone = { ...cone(ones(2), total(0), ones(3), total(2), ones(2), node('torch.mean', { input: ref(4) }, [])), outputs: [1, 3, 5].map((id) => ({ node: id, output: 0 })) };
    const outputs = await run(request(given), { ...options, memoryLimit: size * 4 + 100 });
    assert.deepEqual(outputs.map(({ value }) => value.item()), [2000, 3000, 2]);
  });

  it('may be of any operation but those that torch draws numbers for', () => {
    const unlisted = ROWS.filter(({ name, random }) => random === true && findKernel(name) !== null && !isRandom(name)).map(({ name }) => name);
    assert.deepEqual(unlisted, []);
  });
});
