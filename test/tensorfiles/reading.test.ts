// Files that torch, NumPy and safetensors wrote (fixtures/make.py) are read exactly, whatever the format, dtype and layout.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { asNumbers, readAll, readMatrix } from '../../src/tensorfiles/read';
import type { StoredTensor, TensorFile } from '../../src/tensorfiles/tensor';
import { numelOf } from '../../src/tensorfiles/tensor';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';

const folder = path.join('test', 'tensorfiles', 'fixtures');
interface Expected { readonly tensors: Record<string, { readonly dtype: string; readonly shape: number[]; readonly values: (number | string)[] }>; readonly facts: Record<string, string> }
const expected = (JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as { files: Record<string, Expected> }).files;
const toNumber = (value: number | string): number => Number(typeof value === 'string' ? value.replace('inf', 'Infinity') : value);

async function opened<T>(file: string, body: (file: TensorFile) => Promise<T>): Promise<T> {
  const stored = await openTensorPath(path.join(folder, file));
  try {
    return await body(stored);
  } finally {
    await stored.close();
  }
}

function find(file: TensorFile, name: string): StoredTensor {
  const found = file.tensors.find((tensor) => tensor.name === name);
  assert.ok(found, `${name} is among ${file.tensors.map((tensor) => tensor.name).join(', ')}`);
  return found;
}

describe('files of tensors', () => {
  for (const [name, { tensors, facts }] of Object.entries(expected)) {
    it(`${name} is read exactly`, () => opened(name, async (file) => {
      const names = file.tensors.filter(({ unreadable }) => unreadable === null).map((tensor) => tensor.name);
      assert.deepEqual(names.sort(), Object.keys(tensors).sort());
      for (const [key, { dtype, shape, values }] of Object.entries(tensors)) {
        const tensor = find(file, key);
        assert.deepEqual([tensor.dtype, tensor.shape], [dtype, shape], key);
        const read = await readAll(tensor, 1e6);
        assert.deepEqual([...read], values.map(toNumber), `${name}: ${key}`);
      }
      for (const [key, text] of Object.entries(facts)) assert.deepEqual(file.facts.find(([fact]) => fact === key), [key, text]);
    }));
  }

  it('every fixture is among them, or is one that is refused', () => {
    const files = readdirSync(folder).filter((name) => !/\.(py|json)$/.test(name));
    assert.deepEqual(files.filter((name) => !(name in expected)), ['objects.npy']);
  });

  it('any matrix of any tensor is the same part of the whole', async () => {
    for (const [name, { tensors }] of Object.entries(expected)) {
      await opened(name, async (file) => {
        for (const key of Object.keys(tensors)) await checkMatrices(find(file, key), tensors[key]!.values.map(toNumber));
      });
    }
  });

  it('of a large tensor only the bytes of the part are read', async () => {
    const size = 1e8;
    let read = 0;
    const source = { size: 4 * size, read: async (offset: number, length: number) => {
      read += length;
      return new Uint8Array(Float32Array.from({ length: length / 4 }, (_, i) => offset / 4 + i).buffer);
    } };
    const tensor: StoredTensor = { name: 'large', dtype: 'float32', shape: [10_000, 10_000], strides: [10_000, 1], offset: 0, littleEndian: true, bytes: 4 * size, unreadable: null, storage: '0', data: async () => source };
    const turned: StoredTensor = { ...tensor, strides: [1, 10_000] };
    for (const [each, at] of [[tensor, (row: number, col: number) => row * 10_000 + col], [turned, (row: number, col: number) => col * 10_000 + row]] as const) {
      read = 0;
      const tile = await readMatrix(each, [0, 0], { dim: 0, start: 5000, size: 256 }, { dim: 1, start: 9000, size: 256 });
      assert.equal(tile[3 * 256 + 7], Math.fround(at(5003, 9007)));
      assert.ok(read < 16e6, `${read} bytes`);
    }
    await assert.rejects(readAll(tensor, 1e6), /at most 1000000 are read at once/);
    await assert.rejects(readMatrix(tensor, [0, 0], { dim: 0, start: 9999, size: 2 }, null), /no such part/);
  });

  it('says what it does not read, and why', async () => {
    await opened('unreadable.npz', async (file) => {
      const reasons = Object.fromEntries(file.tensors.map(({ name, dtype, unreadable }) => [name, `${dtype}: ${unreadable}`]));
      assert.deepEqual(reasons, {
        text: "<U2: its elements are text (NumPy's <U2)", dates: "<M8[D]: its elements are dates (NumPy's <M8[D])", records: 'record: it is an array of records', good: 'int64: null',
      });
      await assert.rejects(readAll(find(file, 'text'), 10), /the values of text cannot be shown: its elements are text/);
    });
    await opened('special.pt', async (file) => assert.match(find(file, 'quantized').unreadable ?? '', /quantized \(qint8\)/));
    await assert.rejects(openTensorPath(path.join(folder, 'objects.npy')), /Python objects.*could run code/);
  });
});

/** Each pair of dims as rows and columns, with a run within. */
async function checkMatrices(tensor: StoredTensor, values: readonly number[]): Promise<void> {
  const { shape } = asNumbers(tensor);
  const strides = shape.map((_, dim) => numelOf(shape.slice(dim + 1)));
  if (shape.includes(0)) return;
  const index = shape.map((size) => size - 1);
  for (let a = 0; a < shape.length; a++) {
    for (let b = 0; b < shape.length; b++) {
      if (a === b) continue;
      const rows = { dim: a, start: Math.min(1, shape[a]! - 1), size: Math.max(1, shape[a]! - 1) };
      const cols = { dim: b, start: 0, size: Math.max(1, shape[b]! - 1) };
      const wanted = Array.from({ length: rows.size * cols.size }, (_, i) => {
        const at = [...index];
        at[a] = rows.start + Math.floor(i / cols.size);
        at[b] = cols.start + (i % cols.size);
        return values[at.reduce((sum, each, dim) => sum + each * strides[dim]!, 0)];
      });
      assert.deepEqual([...await readMatrix(tensor, index, rows, cols)], wanted, tensor.name);
    }
  }
}
