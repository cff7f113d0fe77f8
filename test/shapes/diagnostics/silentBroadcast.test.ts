import assert from 'node:assert/strict';
import { silentBroadcasts } from '../../../src/shapes/diagnostics/silentBroadcast';
import { trace } from '../interpreter/check';

const SETUP = 'import torch\nfrom torch import nn\nm = nn.Linear(4, 1)\nx = torch.zeros(8, 4)\ny = torch.zeros(8)\n';

async function found(code: string): Promise<string[]> {
  const analysis = await trace(`${SETUP}${code}\n`);
  assert.deepEqual(analysis.tree.errors, []);
  return silentBroadcasts(analysis).map(({ span }) => analysis.tree.source.slice(span.start, span.end));
}

describe('silent broadcast', () => {
  const warned: [code: string, ...at: string[]][] = [
    ['loss = ((m(x) - y) ** 2).mean()', 'm(x) - y'],
    ['p = m(x)\nerror = y - p', 'y - p'],
    ['p = m(x).relu()\nright = p == y', 'p == y'],
    ['p = torch.randn(8, 1)\nz = p * y', 'p * y'],
    ['p = torch.randn(3, 8, 1)\nz = torch.maximum(p, y)', 'torch.maximum(p, y)'],
    ['line = nn.Linear(1, 1)\nz = line(y.unsqueeze(1)) - y', 'line(y.unsqueeze(1)) - y'],
    ['def loss(p, t):\n    return (p - t).abs().mean()\nloss(m(x), y)', 'p - t'],
    ['def column(t):\n    return t.unsqueeze(1)\nz = column(y) - y', 'column(y) - y'],
    ['class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 1)\n    def forward(self, x):\n        return self.fc(x)\nfor i in range(2):\n    d = Net()(x) - y', 'Net()(x) - y'],
    ['def f(x):\n    B, C = x.shape\n    return nn.Linear(C, 1)(x) - x.sum(1)', 'nn.Linear(C, 1)(x) - x.sum(1)'],
  ];
  for (const [code, ...at] of warned) it(`warns: ${JSON.stringify(code)}`, async () => assert.deepEqual(await found(code), at));

  const silent = [
    'z = y[:, None] - y', 'z = y.unsqueeze(1) == y', 'z = y.view(-1, 1) * y', 'z = y.reshape(8, 1) * y', 'c = y[:, None]\nd = c.float() + 1\nz = d * y', 'z = x.mean(1, keepdim=True) - y', 'z = x[:, :1] - y',
    'z = m(x) - y.unsqueeze(1)', 'z = m(x).squeeze(1) - y', 'z = m(x) - y[0]', 'z = m(x) * torch.zeros(5)', 'z = torch.zeros(1, 1) - torch.zeros(1)', 'z = x - torch.zeros(4)', 'z = torch.zeros(8, 1) - torch.zeros(1, 8)', 'z = torch.zeros(8, 1) - 2',
    'def outer(a, b):\n    return a * b\nz = outer(y[:, None], y)', 'def f(a, b):\n    B, one = a.shape\n    return a - b', 'def f(t):\n    t = t.unsqueeze(-1)\n    return t - t.squeeze(-1)\nf(y)',
  ];
  for (const code of silent) it(`is silent: ${JSON.stringify(code)}`, async () => assert.deepEqual(await found(code), []));

  it('says the sizes and what would pair the values', async () => {
    const analysis = await trace(`${SETUP}z = y - m(x)\n`);
    assert.deepEqual(silentBroadcasts(analysis).map(({ code, severity, message }) => [code, severity, message]), [
      ['silent-broadcast', 'warning', 'sub: (8,) with (8, 1) broadcasts to (8, 8), every value of one with every value of the other; to pair them, squeeze(-1) the (8, 1) or unsqueeze(-1) the (8,)'],
    ]);
  });
});
