// What the viewer reads from a file, against the same of all its elements at once.
import assert from 'node:assert/strict';
import path from 'node:path';
import { TensorFileSource, listed, metadataOf } from '../../src/editor/tensorFileSource';
import { BINS, readTile } from '../../src/editor/viewerSource';
import { statisticsOf } from '../../src/evaluation/statistics';
import { MemoryBytes } from '../../src/tensorfiles/bytes';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { storedTensor } from '../../src/tensorfiles/tensor';
import type { TensorFile } from '../../src/tensorfiles/tensor';

const SHAPE = [1500, 3000];
const values = Float32Array.from({ length: SHAPE[0]! * SHAPE[1]! }, (_, i) => (i % 1001 === 0 ? NaN : i % 5003 === 1 ? Infinity : Math.sin(i) * (i % 13)));

function file(strides?: readonly number[], shape = SHAPE): TensorFile {
  const bytes = new Uint8Array(values.buffer);
  return { format: 'memory', facts: [], close: async () => undefined, tensors: [storedTensor({ name: 'x', dtype: 'float32', shape, strides, storage: '0', available: bytes.length, data: async () => new MemoryBytes(bytes) })] };
}

describe('the values of a file in the viewer', () => {
  it('have the statistics of all elements, whatever their layout', async () => {
    const wanted = statisticsOf(values, BINS);
    const done: number[] = [];
    const found = await new TensorFileSource(file()).statistics('0', { onProgress: (fraction) => done.push(fraction) });
    assert.deepEqual({ ...found, mean: 0, std: 0 }, { ...wanted, mean: 0, std: 0 });
    assert.ok(Math.abs(found.mean! - wanted.mean!) < 1e-9 && Math.abs(found.std! - wanted.std!) < 1e-9);
    assert.ok(done.at(-1) === 1 && done.every((fraction, i) => fraction >= (done[i - 1] ?? 0)));
    const turned = await new TensorFileSource(file([1, 3000], [3000, 1500])).statistics('0');
    assert.deepEqual([turned.count, turned.nan, turned.min, turned.max, turned.histogram], [wanted.count, wanted.nan, wanted.min, wanted.max, wanted.histogram]);
  });

  it('have quick statistics from a sample', async () => {
    const { count, sampled, mean, std, min, max } = await new TensorFileSource(file()).statistics('0', { sampled: true });
    const wanted = statisticsOf(values, 0);
    assert.deepEqual([count, sampled], [values.length, 65_536]);
    assert.ok(Math.abs(mean! - wanted.mean!) < 0.1 && Math.abs(std! - wanted.std!) < 0.1 && min! >= wanted.min! && max! <= wanted.max!);
  });

  it('have levels of detail, and at once samples of them', async () => {
    const source = new TensorFileSource(file());
    const request = { tensor: '0', index: [0, 0], lod: 4, rows: { dim: 0, start: 60, size: 34 }, cols: { dim: 1, start: 0, size: 188 } };
    const planes = await source.level(request);
    assert.deepEqual(planes, await readTile({ read: (part) => source.read(part) }, request, SHAPE));
    const sampled = await source.level({ ...request, sampled: true });
    const [rows, cols] = [34, 188];
    for (const [row, col] of [[0, 0], [33, 187], [7, 100]] as const) {
      // The last block is cut by the edge: all samples of that dim move with it.
      const value = values[((60 + row) * 16 + Math.min(8, 1499 - 93 * 16)) * 3000 + col * 16 + Math.min(8, 2999 - 187 * 16)]!;
      assert.deepEqual([sampled.length, sampled[row * cols + col]], [rows * cols, value]);
    }
  });

  it('are described by name, memory and what stands in the way', async () => {
    const stored = await openTensorPath(path.join('test', 'tensorfiles', 'fixtures', 'layouts.pt'));
    const list = listed(stored);
    assert.deepEqual(list.slice(0, 3).map(({ name, sharesWith, bytes, elements }) => [name, sharesWith, bytes, elements]), [['base', null, 96, 24], ['transposed', 'base', 96, 24], ['column', 'base', 16, 4]]);
    assert.equal(metadataOf(file(), '0')?.samples, true);
    assert.equal(metadataOf(stored, '0')?.samples, undefined);
    assert.equal(metadataOf(stored, '99'), null);
    await stored.close();
  });

  it('are gone when the editor shows something else', async () => {
    const source = new TensorFileSource(file());
    source.dispose();
    await assert.rejects(source.statistics('0'), /shows something else/);
    await assert.rejects(source.read({ tensor: '7', index: [], rows: null, cols: null }), /no such tensor/);
  });
});
