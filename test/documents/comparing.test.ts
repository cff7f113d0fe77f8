import assert from 'node:assert/strict';
import { compareItem, compareScalar, compareSize, compareTensor } from '../../src/documents/comparing';
import { parseOutput } from '../../src/documents/outputs';
import type { ScalarItem, SizeItem, TensorItem } from '../../src/documents/outputs';

const tensor = (text: string): TensorItem => parseOutput(text).items[0] as TensorItem;

describe('comparing what was printed', () => {
  it('finds the first number that differs', () => {
    const item = tensor('tensor([[4, 5], [1, 9]])');
    assert.deepEqual(compareTensor(item, { shape: [2, 2], values: [4, 4, 1, 0] }), { status: 'differs', detail: 'first difference at [0, 1]: printed 5, computed 4', number: 1 });
    assert.equal(compareTensor(item, { shape: [2, 2], values: [4, 5, 1, 9] }).status, 'reproduced');
  });

  it('compares floats at the precision that was printed', () => {
    const item = tensor('tensor([0.0241, -1.5000])');
    assert.equal(compareTensor(item, { shape: [2], values: [0.024148, -1.49996] }).status, 'reproduced');
    assert.deepEqual(compareTensor(item, { shape: [2], values: [0.02422, -1.5] }).detail, 'first difference at [0]: printed 0.0241, computed 0.0242');
    assert.equal(compareTensor(tensor('tensor([1.2346e-04])'), { shape: [1], values: [1.23457e-4] }).status, 'reproduced');
    assert.equal(compareTensor(tensor('tensor([1.2346e-04])'), { shape: [1], values: [1.2348e-4] }).status, 'differs');
  });

  it('takes a float without digits for a whole number', () => {
    assert.equal(compareTensor(tensor('tensor([1., 0.])'), { shape: [2], values: [0.99999994, 0] }).status, 'reproduced');
    assert.equal(compareTensor(tensor('tensor([1., 0.])'), { shape: [2], values: [1.3, 0] }).status, 'differs');
  });

  it('allows for parameters that were printed rounded', () => {
    const item = tensor('tensor([0.3000])');
    assert.equal(compareTensor(item, { shape: [1], values: [0.3002] }).status, 'differs');
    assert.equal(compareTensor(item, { shape: [1], values: [0.3002] }, 0.0002).status, 'reproduced');
  });

  it('compares the edges of a summarized tensor', () => {
    const item = tensor('tensor([0, 1, 2, ..., 97, 98, 99])');
    const values = Array.from({ length: 100 }, (_, index) => index);
    assert.equal(compareTensor(item, { shape: [100], values }).status, 'reproduced');
    values[98] = 5;
    assert.equal(compareTensor(item, { shape: [100], values }).detail, 'first difference at [98]: printed 98, computed 5');
  });

  it('compares shapes first', () => {
    assert.equal(compareTensor(tensor('tensor([1, 2])'), { shape: [3], values: [1, 2, 3] }).detail, 'printed shape [2], computed [3]');
    assert.equal(compareTensor(tensor('tensor([[1, 2], [3]])'), { shape: [2], values: [1, 2] }).status, 'differs');
    assert.equal(compareTensor(tensor('tensor([[1, 2, ..., 9]])'), { shape: [1, 2], values: [1, 2] }).status, 'differs');
  });

  it('knows nan, infinities and booleans', () => {
    const item = tensor('tensor([nan, inf, -inf])');
    assert.equal(compareTensor(item, { shape: [3], values: [NaN, Infinity, -Infinity] }).status, 'reproduced');
    assert.equal(compareTensor(item, { shape: [3], values: [0, Infinity, -Infinity] }).detail, 'first difference at [0]: printed nan, computed 0');
    assert.equal(compareTensor(tensor('tensor([True])'), { shape: [1], values: [false] }).detail, 'first difference at [0]: printed True, computed False');
  });

  it('compares sizes and numbers', () => {
    const size = parseOutput('torch.Size([2, 4])').items[0] as SizeItem;
    assert.equal(compareSize(size, [2, 4]).status, 'reproduced');
    assert.deepEqual(compareSize(size, [2, 3]), { status: 'differs', detail: 'printed size [2, 4], computed [2, 3]', number: 1 });
    const scalar = parseOutput('loss: 0.25').items[1] as ScalarItem;
    assert.equal(compareScalar(scalar, 0.2501).status, 'reproduced');
    assert.equal(compareScalar(scalar, 0.26).detail, 'printed 0.25, computed 0.26');
    assert.equal(compareScalar(scalar, null).status, 'differs');
  });

  it('reads thousands parted by commas outside of brackets', () => {
    const [, scalar] = parseOutput('parameters: 163,037,184').items;
    assert.equal((scalar as ScalarItem).value, 163037184);
    assert.deepEqual((parseOutput('[163, 37,184]').items[0] as TensorItem).values, [163, 37, 184]);
    assert.deepEqual(parseOutput('sizes: 3,124').items.slice(1).map((item) => item.kind), ['scalar']);
  });

  it('compares items of kinds that can be compared', () => {
    const [tuple, scalar, text] = parseOutput('(2, 3)\n0.5\nwords').items;
    assert.equal(compareItem(tuple!, { kind: 'size', dims: [2, 3] })?.status, 'reproduced');
    assert.equal(compareItem(tuple!, { kind: 'size', dims: [2, 4] })?.status, 'differs');
    assert.equal(compareItem(scalar!, { kind: 'tensor', shape: [], values: [0.5] })?.status, 'reproduced');
    assert.equal(compareItem(scalar!, { kind: 'tensor', shape: [1], values: [0.5] }), null);
    assert.equal(compareItem(text!, { kind: 'scalar', value: 1 }), null);
  });
});
