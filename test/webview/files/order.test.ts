// Which tensors the list of a file shows, and in which order.
import assert from 'node:assert/strict';
import { formatBytes } from '../../../src/webview/files/bytes';
import { found, sorted } from '../../../src/webview/files/order';
import type { ListedTensor } from '../../../src/webview/fileProtocol';

const tensor = (name: string, shape: number[], bytes: number, dtype = 'float32'): ListedTensor => ({ id: name, name, shape, dtype, bytes, elements: 0, unreadable: null, sharesWith: null });
const all = [tensor('layers.10.attn.weight', [8, 4], 128), tensor('layers.2.attn.weight', [8, 4], 128), tensor('layers.2.attn.bias', [8], 32), tensor('index', [4], 32, 'int64')];
const names = (tensors: readonly ListedTensor[]): string[] => tensors.map(({ name }) => name);

describe('the list of a file', () => {
  it('has what every word of the search is in, name, shape or dtype', () => {
    assert.deepEqual(names(found(all, '  ')), names(all));
    assert.deepEqual(names(found(all, 'attn 2.')), ['layers.2.attn.weight', 'layers.2.attn.bias']);
    assert.deepEqual(names(found(all, '(8, Weight')), ['layers.10.attn.weight', 'layers.2.attn.weight']);
    assert.deepEqual(names(found(all, 'INT64')), ['index']);
    assert.deepEqual(found(all, 'nothing'), []);
  });

  it('is in the order of the file, by name with numbers as numbers, or by size', () => {
    assert.deepEqual(sorted(all, 'file'), all);
    assert.deepEqual(names(sorted(all, 'name')), ['index', 'layers.2.attn.bias', 'layers.2.attn.weight', 'layers.10.attn.weight']);
    assert.deepEqual(names(sorted(all, 'size')), ['layers.2.attn.weight', 'layers.10.attn.weight', 'index', 'layers.2.attn.bias']);
  });

  it('says sizes in few digits', () => {
    assert.deepEqual([0, 999, 1000, 12_345, 999_499, 999_500, 4e8, 7.5e12].map(formatBytes), ['0 B', '999 B', '1 kB', '12 kB', '999 kB', '1 MB', '400 MB', '7.5 TB']);
  });
});
