// What annotations, docstrings and comments say of parameters of code that nothing calls.
import assert from 'node:assert/strict';
import { seenText } from '../../../src/shapes/describe';
import { namesIn } from '../../../src/shapes/naming';
import { trace } from '../interpreter/check';

/** What was seen stored in `target`, and all assumptions and findings. */
async function seen(python: string, target: string): Promise<{ stored: string[]; assumptions: string[]; findings: string[] }> {
  const analysis = await trace(python);
  assert.deepEqual(analysis.tree.errors, []);
  const stored = [...analysis.recordings.values()].flatMap((recording) => {
    const { node } = recording;
    const isTarget = node.kind === 'Name' ? node.id === target : node.kind === 'Attribute' && node.attr === target;
    return recording.target && isTarget ? [recording.seen.map((each) => seenText(each, namesIn(analysis, recording.context))).join(' then ')] : [];
  });
  return { stored, assumptions: analysis.assumptions.map(({ text }) => text), findings: analysis.findings.map(({ code, message }) => `${code}: ${message}`) };
}

const HEAD = 'from jaxtyping import Float, Float32, Int64, Bool, Shaped\nfrom torchtyping import TensorType\nfrom torch import Tensor\nimport torch, torch.nn as nn\nfrom typing import Optional\n';
const shapeOf = async (python: string): Promise<string> => (await seen(`${HEAD}${python}`, 'out')).stored.join(' | ');

describe('annotations of parameters', () => {
  const annotated: [signature: string, body: string, shape: string][] = [
    ['x: Float[Tensor, "batch seq dim"]', 'out = x.relu()', '(batch, seq, dim) of unknown dtype'],
    ['x: Float[torch.Tensor, "b 4 2*c"]', 'out = x.relu()', '(b, 4, 2*c) of unknown dtype'],
    ['x: Float[Tensor, "c h//2"]', 'out = x.relu()', '(c, h//2) of unknown dtype'],
    ['x: Float32[Tensor, "b c"]', 'out = x.relu()', '(b, c) float32'],
    ['x: Int64[Tensor, "b _"]', 'out = x + 1', '(b, x_1) int64'],
    ['x: Optional[Bool[Tensor, "b n"]]', 'out = x.logical_not()', '(b, n) bool'],
    ['x: Float[Tensor, "b n"] | None = None', 'out = x.relu()', '(b, n) of unknown dtype'],
    ['x: TensorType["b", 3, float]', 'out = x.relu()', '(b, 3) float32'],
    ['x: Float[Tensor, ""]', 'out = x.relu()', '() of unknown dtype'],
    ['x: Float[Tensor, "b n d"], y: Float[Tensor, "b d m"]', 'out = x @ y', '(b, n, m) of unknown dtype'],
    ['x: Float[Tensor, "b n d"], y: Float[Tensor, "b k d"]', 'out = torch.cat([x, y], 1)', '(b, n + k, d) of unknown dtype'],
    ['x: Float[Tensor, "b n"], y: Shaped[Tensor, "b m"]', 'B, N = x.shape\n  out = torch.cat([x, y], 1)', '(B, N + m) of unknown dtype'],
    ['x: "Tensor"', 'out = 1', '1'],
  ];
  for (const [signature, body, shape] of annotated) {
    it(`${signature}: ${JSON.stringify(body)}`, async () => assert.equal(await shapeOf(`def f(${signature}):\n  ${body}\n`), shape));
  }

  it('of an unknown number of dims tell the sizes at both ends', async () => {
    assert.equal(await shapeOf('def f(x: Float[Tensor, "b *spatial c"]):\n  out = x.new_zeros(x.shape[-1])\n'), '(c,) of unknown dtype');
    assert.equal(await shapeOf('def f(x: Float[Tensor, "b ... c"]):\n  out = x.new_zeros(x.shape[0])\n'), '(b,) of unknown dtype');
  });

  it('say where the shape comes from', async () => {
    const { assumptions, findings } = await seen(`${HEAD}def f(x: Float[Tensor, "b n"]):\n  out = x.relu()\n`, 'out');
    assert.deepEqual(assumptions, ['x is taken to be (b, n): its annotation says so']);
    assert.deepEqual(findings, []);
  });

  it('name what the code leaves without a name, and change nothing else', async () => {
    const CONV = `${HEAD}class Stem(nn.Module):\n  def __init__(self, width):\n    super().__init__()\n    self.conv = nn.Conv2d(3, width, 1)\n  def forward(self, x: Float[Tensor, "SIZES"]):\n    out = self.conv(x)\n`;
    assert.deepEqual((await seen(CONV.replace('SIZES', 'b c h w'), 'out')).stored, ['(b, width, h, w) float32']);
    for (const wrong of ['b c', 'b 4 h w']) {
      const { stored, findings } = await seen(CONV.replace('SIZES', wrong), 'out');
      assert.deepEqual(stored, ['(x_0, width, x_2, x_3) float32'], wrong);
      assert.deepEqual(findings.filter((each) => !/annotation/.test(each)), [], wrong);
    }
  });
});

describe('docstrings', () => {
  const entries: [doc: string, shape: string][] = [
    ['Args:\n    x (Tensor): features of shape (B, N, C)', '(B, N, C) of unknown dtype'],
    ['Args:\n    x (Tensor[N, H, W, C]): the features', '(N, H, W, C) of unknown dtype'],
    ['Args:\n    x (`torch.FloatTensor` of shape `(batch_size, 3, height, width)`):\n      Pixels.', '(batch_size, 3, height, width) of unknown dtype'],
    ['Parameters\n  ----------\n  x : Tensor, shape (B, C, H, W)\n      pixels', '(B, C, H, W) of unknown dtype'],
    ['Parameters\n  ----------\n  x : torch.Tensor\n      pixels of shape (B, C, H, W)', '(B, C, H, W) of unknown dtype'],
    [':param x: tokens with shape [B, T]', '(B, T) of unknown dtype'],
    [':param torch.Tensor x: tokens with shape [B, T]', '(B, T) of unknown dtype'],
    ['x: input features with shape of (num_windows*B, N, C)', '(num_windows*B, N, C) of unknown dtype'],
    ['Shape:\n    - Input: :math:`(N, C_{in}, L)`', '(N, C_in, L) of unknown dtype'],
    ['x: \u8f93\u5165\u7279\u5f81\uff0c\u5f62\u72b6\u4e3a\uff08B, N, C\uff09', '(B, N, C) of unknown dtype'],
    ['x \uff1a [B, C, H, W]', '(B, C, H, W) of unknown dtype'],
  ];
  for (const [doc, shape] of entries) {
    it(JSON.stringify(doc), async () => assert.equal(await shapeOf(`def f(x):\n  """${doc}\n  """\n  out = x.relu()\n`), shape));
  }

  const prose = [
    'Adds x, where values lie in (0, 1).', 'x: either (B, N, C) or (N, C)', 'x: a pair of (mean, std)', 'Returns a tensor of shape (B, N, C).', 'See f(B, N, C).', 'x: values (see eq. 3) in [0, 1]', 'y: (B, N, C)',
    'x (Tensor): of shape (B, N, C) before, (B, C, N) after',
  ];
  for (const doc of prose) {
    it(`says nothing of x: ${JSON.stringify(doc)}`, async () => {
      const { stored, assumptions } = await seen(`${HEAD}def f(x):\n  """${doc}"""\n  out = x.relu()\n`, 'out');
      assert.match(stored.join(), /\(\*x_dims\)/, stored.join());
      assert.deepEqual(assumptions, []);
    });
  }

  it('tell ints from others in a constructor', async () => {
    const { stored } = await seen(`${HEAD}class Grid(nn.Module):\n  """\n  Args:\n    count (int): how many\n    label (str): what\n  """\n  def __init__(self, count, label):\n    super().__init__()\n    self.out = count\n    self.out = label\n`, 'out');
    assert.equal(stored[0], 'count');
    assert.match(stored[1]!, /unknown/);
  });
});

describe('comments that speak of a parameter', () => {
  const commented: [code: string, shape: string][] = [
    ['def f(\n  x,  # (B, N, C)\n  y=None,\n):\n  out = x.relu()', '(B, N, C) of unknown dtype'],
    ['def f(x):\n  # x: [B, N, C]\n  out = x.relu()', '(B, N, C) of unknown dtype'],
    ['def f(x):  # x: (B, N, C)\n  out = x.relu()', '(B, N, C) of unknown dtype'],
  ];
  for (const [code, shape] of commented) {
    it(JSON.stringify(code), async () => assert.equal(await shapeOf(`${code}\n`), shape));
  }
});
