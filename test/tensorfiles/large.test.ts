// Files beyond 4 GB, where sizes and places take more than 32 bits: read where they are asked for, in little memory.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StoredValues } from '../../src/evaluation/storedValues';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { readAll, readMatrix, readSample } from '../../src/tensorfiles/read';
import type { StoredTensor } from '../../src/tensorfiles/tensor';
import { bytes, npy, safetensors, tensorPickle } from './pickles';
import { solid, writeHoled, zip64, type Holed } from './sparse';

/** Floats: 4 GB and a few. */
const COLUMNS = 1 << 10;
const ROWS = (1 << 20) + 3;
const COUNT = ROWS * COLUMNS;
const header = (descr: string, shape: string): string => `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
const floats = (...values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.of(...values).buffer);

/** Behind `head`, floats of which the first, one beyond 4 GB and the last are not zero. */
function table(head: Uint8Array): Holed {
  const place = (index: number): number => head.length + 4 * index;
  return { size: place(COUNT), parts: [{ at: 0, data: head }, { at: place(0), data: floats(1) }, { at: place((ROWS - 2) * COLUMNS + 5), data: floats(2.5) }, { at: place(COUNT - 1), data: floats(-3) }] };
}

describe('files beyond 4 GB', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-large-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Opened, read here and there, and closed again; buffers must not grow with the file. */
  async function readParts(name: string, large: string, content: Holed, more: (find: (name: string) => StoredTensor) => Promise<void>): Promise<void> {
    const file = path.join(folder, name);
    writeHoled(file, content);
    let peak = 0;
    const start = process.memoryUsage().arrayBuffers;
    const watch = (): void => { peak = Math.max(peak, process.memoryUsage().arrayBuffers - start); };
    const opened = await openTensorPath(file);
    try {
      const find = (wanted: string): StoredTensor => {
        const found = opened.tensors.find((tensor) => tensor.name === wanted);
        assert.ok(found, `${wanted} is among ${opened.tensors.map((tensor) => tensor.name).join(', ')}`);
        assert.equal(found.unreadable, null);
        return found;
      };
      const tensor = find(large);
      assert.deepEqual([tensor.shape, tensor.dtype], [[ROWS, COLUMNS], 'float32']);
      const corner = async (row: number, column: number): Promise<number[]> => [...await readMatrix(tensor, [0, 0], { dim: 0, start: row, size: 2 }, { dim: 1, start: column, size: 2 })];
      assert.deepEqual(await corner(0, 0), [1, 0, 0, 0]);
      assert.deepEqual(await corner(ROWS - 2, 4), [0, 2.5, 0, 0]);
      assert.deepEqual(await corner(ROWS - 2, COLUMNS - 2), [0, 0, 0, -3]);
      watch();
      assert.ok((await readSample(tensor, 64, 64)).length >= 64 * 64);
      await assert.rejects(readAll(tensor, 1e6), /at most 1000000 are read at once/);
      watch();
      await more(find);
      watch();
      assert.ok(peak < 32e6, `buffers grew to ${Math.round(peak / 1e6)} MB`);
    } finally {
      await opened.close();
      rmSync(file);
    }
  }

  it('are read as .npz, and so is what lies behind', () => readParts('large.npz', 'x', zip64([
    { name: 'x.npy', content: table(npy(header('<f4', `(${ROWS}, ${COLUMNS})`))) },
    { name: 'y.npy', content: solid(npy(header('<f4', '(2, 2)'), floats(4, 5, 6, 7))) },
  ]), async (find) => assert.deepEqual([...await readAll(find('y'), 4)], [4, 5, 6, 7])));

  it('are read as PyTorch checkpoints', () => readParts('large.pth', 'w', zip64([
    { name: 'archive/data.pkl', content: solid(tensorPickle({ numel: COUNT, size: [ROWS, COLUMNS], stride: [COLUMNS, 1] })) },
    { name: 'archive/byteorder', content: solid(bytes('little')) },
    { name: 'archive/data/0', content: table(new Uint8Array(0)) },
  ]), async () => undefined));

  it('are read as .npy', () => readParts('large.npy', 'large', table(npy(header('<f4', `(${ROWS}, ${COLUMNS})`))), async () => undefined));

  it('are read as .safetensors, and so is what lies behind', () => {
    const end = 4 * COUNT;
    const head = safetensors({ x: { dtype: 'F32', shape: [ROWS, COLUMNS], data_offsets: [0, end] }, y: { dtype: 'F32', shape: [2], data_offsets: [end, end + 8] } });
    const { size, parts } = table(head);
    return readParts('large.safetensors', 'x', { size: size + 8, parts: [...parts, { at: size, data: floats(8, 9) }] }, async (find) => assert.deepEqual([...await readAll(find('y'), 2)], [8, 9]));
  });

  it('give evaluation what it needs of them, and only that', async () => {
    const file = path.join(folder, 'values.npz');
    writeHoled(file, zip64([
      { name: 'x.npy', content: table(npy(header('<f4', `(${ROWS}, ${COLUMNS})`))) },
      { name: 'y.npy', content: solid(npy(header('<f4', '(2, 2)'), floats(4, 5, 6, 7))) },
    ]));
    const stored = new StoredValues();
    try {
      const { values } = await stored.read({ file: { path: file, tensor: 'y' }, shape: [2, 2], provenance: 'values.npz: y' });
      assert.deepEqual([...values as Float32Array], [4, 5, 6, 7]);
    } finally {
      await stored.close();
      rmSync(file);
    }
  });

  it('are refused where their directory is cut off, or says more than there is', async () => {
    const whole = zip64([{ name: 'x.npy', content: solid(npy(header('<f4', '(2,)'), floats(1, 2))) }]);
    const flat = new Uint8Array(whole.size);
    for (const { at, data } of whole.parts) flat.set(data, at);
    const refused = async (content: Uint8Array, problem: RegExp): Promise<void> => {
      const file = path.join(folder, 'damaged.npz');
      writeFileSync(file, content);
      await assert.rejects(openTensorPath(file), problem);
    };
    await refused(flat.subarray(0, flat.length - 30), /damaged/);
    const directory = flat.length - 22 - 20 - 8;
    const beyond = flat.slice();
    // The place of the directory, beyond what a double holds, and then beyond the end of the file.
    beyond.fill(0xff, directory, directory + 8);
    await refused(beyond, /damaged|cut short/);
    const further = flat.slice();
    further[directory + 5] = 1;
    await refused(further, /damaged|cut short/);
  });
});
