import assert from 'node:assert/strict';
import { parseOutput } from '../../src/documents/outputs';
import type { OutputItem, TensorItem } from '../../src/documents/outputs';

const brief = (item: OutputItem): unknown => {
  switch (item.kind) {
    case 'tensor': return [item.form, item.shape, item.values];
    case 'size': return ['size', item.dims];
    case 'scalar': return item.value;
    case 'text': return item.text;
  }
};
const items = (text: string): unknown[] => parseOutput(text).items.map(brief);
const tensor = (text: string): TensorItem => {
  const [item, ...others] = parseOutput(text).items;
  assert.ok(item?.kind === 'tensor' && others.length === 0, `one tensor in ${text}`);
  return item;
};

describe('printed outputs', () => {
  it('are tensors and sizes, several on a line, over several lines', () => {
    assert.deepEqual(items('tensor([[0, 0],\n[1, 1]]) tensor([2, 3])\ntorch.Size([2, 2])'), [
      ['tensor', [2, 2], [0, 0, 1, 1]], ['tensor', [2], [2, 3]], ['size', [2, 2]],
    ]);
  });

  it('are labels between values', () => {
    assert.deepEqual(items('a:torch.Size([2, 4])=torch.Size([1])-torch.Size([])\n{\ntensor([1.])}'), ['a:', ['size', [2, 4]], ['size', [1]], ['size', []], ['tensor', [1], [1]]]);
    assert.deepEqual(items('index :\nloss = 0.5 at the end'), ['index :', 'loss =', 0.5, 'at the end']);
    assert.deepEqual(items('layer 1 has 2 parts'), ['layer 1 has 2 parts']);
  });

  it('keep the precision of each number', () => {
    const item = tensor('tensor([1., -0.0033, 1e-4, 2.5e+03, nan, inf, -inf], dtype=torch.float64)');
    assert.deepEqual(item.values, [1, -0.0033, 0.0001, 2500, NaN, Infinity, -Infinity]);
    assert.deepEqual(item.decimals, [0, 4, 4, -2, 0, 0, 0]);
    assert.equal(item.dtype, 'torch.float64');
    assert.deepEqual(tensor('tensor([True, False])').values, [true, false]);
    assert.deepEqual(tensor('tensor([1, 2])').decimals, [null, null]);
  });

  it('point at each number', () => {
    const text = 'x tensor([[10, 2],\n [ 3, -4]])';
    const item = parseOutput(text, 100).items[1] as TensorItem;
    assert.deepEqual(item.numberRanges.map(({ start, end }) => text.slice(start - 100, end - 100)), ['10', '2', '3', '-4']);
    assert.equal(text.slice(item.range.start - 100, item.range.end - 100), text.slice(2));
  });

  it('know where left-out numbers are missing', () => {
    const item = tensor('tensor([[0, 1, ..., 5, 6],\n ...,\n [9, 8, ..., 3, 2]])');
    assert.deepEqual(item.shape, [null, null]);
    assert.equal(item.summarized, true);
    assert.deepEqual(item.positions, [[0, 0], [0, 1], [0, -2], [0, -1], [-1, 0], [-1, 1], [-1, -2], [-1, -1]]);
  });

  it('say what stands behind the numbers', () => {
    const item = tensor("Parameter containing: # after initialization\ntensor([[0.5, 0.1]], device='cuda:0', requires_grad=True)");
    assert.deepEqual([item.isParameter, item.requiresGrad, item.gradFn], [true, true, null]);
    assert.equal(tensor('tensor([1.], grad_fn=<AddBackward0>)').gradFn, '<AddBackward0>');
    assert.deepEqual(tensor('tensor([], size=(0, 3))').shape, [0, 3]);
  });

  it('leave notes out, between rows too', () => {
    assert.deepEqual(items('# before\ntensor([[1, 2], # first\n [3, 4]]) # last\n# after'), [['tensor', [2, 2], [1, 2, 3, 4]]]);
  });

  it('are arrays, lists, tuples and zero-dim tensors', () => {
    assert.deepEqual(items('array([[0, 1]])\n[[0 1]\n [2 3]]\n(2, 3)\ntensor(5)\nTrue\nNone'), [
      ['array', [1, 2], [0, 1]], ['list', [2, 2], [0, 1, 2, 3]], ['tuple', [2], [2, 3]], ['tensor', [], [5]], true, null,
    ]);
  });

  it('are text where they are no values', () => {
    assert.deepEqual(items('tensor(oops)'), ['tensor(oops)']);
    assert.deepEqual(items('f(3) is [not] a list (see 2)'), ['f(3) is [not] a list (see 2)']);
    assert.equal(tensor('tensor([[1, 2], [3]])').shape, null);
  });

  it('are read whatever they contain', () => {
    for (const text of ['', '[', '(((', 'tensor([', 'tensor([[[1', 'torch.Size(', '#', '[...', '...', 'tensor([1, 2}', '['.repeat(100000), 'tensor(['.repeat(2000)]) {
      assert.ok(Array.isArray(parseOutput(text).items));
    }
  });
});
