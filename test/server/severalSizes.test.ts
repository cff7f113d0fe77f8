// Inlay hints and lenses of what had several sizes, one after the other: in one shape, where only sizes differ.
import assert from 'node:assert/strict';
import { LspClient } from './lspClient';

const TEXT = `import torch

def score(batch, target):
    return (batch - target).pow(2).sum(1)

for n in (128, 96):
    data = torch.zeros(n, 1, 28)
    loss = score(data.view(n, -1), torch.zeros(n, 28))

for depth in range(2, 9):
    grown = torch.zeros(depth, 4)

for many in (torch.zeros(2, 3), torch.zeros(3), torch.zeros(2, 3, dtype=torch.int64)):
    kept = many + 1

def both(x):
    return x.mean(0), x.softmax(1), x

for width in (16, 32):
    one, two, three = both(torch.zeros(8, width))

made = torch.zeros(1)
table = torch.zeros(2)
index = torch.zeros(3)
bias = torch.zeros(4)
scores = torch.zeros(5)
`;
const uri = 'file:///post/sizes.py';

describe('what had several sizes', function () {
  this.timeout(30_000);
  let client: LspClient;
  let hints: string[];
  let lenses: string[];

  before(async () => {
    client = await LspClient.start({ ownClient: true });
    await client.open(uri, TEXT);
    hints = await client.hints(uri);
    lenses = await client.lenses(uri);
  });
  after(async () => assert.equal(await client.stop(), 0));

  it('has one hint, with the sizes of each dim in their order', () => {
    assert.ok(hints.includes('6: (128|96, 1, 28) float32'), hints.join('\n'));
    assert.ok(hints.includes('7: (128|96,) float32'), hints.join('\n'));
  });

  it('has room for the hints of all parameters', () => {
    assert.deepEqual(hints.filter((hint) => hint.startsWith('2:')), ['2: (128|96, 28)', '2: (128|96, 28)']);
  });

  it('leaves out sizes between the first two and the last', () => assert.ok(hints.includes('10: (2|3|…|8, 4) float32'), hints.join('\n')));

  it('has a shape for each where ranks or dtypes differ', () => assert.ok(hints.includes('13: (2, 3) float32 → (3,) float32 → (2, 3) int64'), hints.join('\n')));

  it('has sizes within a tuple too, and loses the usual dtype before the editor cuts it', () => {
    assert.ok(hints.includes('16: ((16|32,), (8, 16|32), (8, 16|32))'), hints.join('\n'));
    assert.ok(lenses.includes('x (8, 16|32) → ((16|32,), (8, 16|32), (8, 16|32))'), lenses.join('\n'));
  });

  it('is said once in a lens', () => assert.ok(lenses.includes('batch (128|96, 28), target (128|96, 28) → (128|96,)'), lenses.join('\n')));

  it('has a lens that names the last of many first and then counts', () => assert.ok(lenses.some((lens) => lens.endsWith('scores (5,) and 9 more')), lenses.join('\n')));
});
