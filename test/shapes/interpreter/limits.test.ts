import assert from 'node:assert/strict';
import { trace } from './check';

const MODEL = `
import math
import torch
from torch import nn
import torch.nn.functional as F

class Attention(nn.Module):
    """Rows attend to rows."""
    def __init__(self, dim, heads=2, drop=0.1, scale=None):
        super().__init__()
        self.heads = heads
        self.scale = scale or (dim // heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.proj = nn.Sequential(nn.Linear(dim, dim), nn.Dropout(drop))

    def forward(self, x, mask=None):
        B, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        attn = (q @ k.transpose(-2, -1)) * self.scale
        if mask is not None:
            attn = attn + mask.unsqueeze(1)
        attn = attn.softmax(dim=-1)
        return self.proj((attn @ v).transpose(1, 2).reshape(B, N, C))

layers = nn.ModuleList([Attention(8) for i in range(2)])
x = torch.zeros(2, 5, 8)
for layer in layers:
    x = x + layer(x)
try:
    rows = {i: [row.sum() for row in x] for i, item in enumerate(x) if i < 1}
except (KeyError, ValueError) as error:
    raise
with torch.no_grad():
    best, *rest = sorted([3, 1, 2], key=lambda n: -n)
x[:, 0] += 1
print(f'{x.shape!r} {best:>4}')
`;

/** Numerical Recipes' generator: the same sequence on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function mutated(next: () => number): string {
  const lines = MODEL.split('\n');
  for (let i = 0; i < 3; i++) {
    const at = Math.floor(next() * lines.length);
    const line = lines[at]!;
    const cut = Math.floor(next() * (line.length + 1));
    const words = ['(', ')', ']', 'if ', ' None', 'self', '*', '**', ':', '\n', '  ', 'lambda: ', 'x', '0', '-1', ' in ', '.T', 'yield ', "'", '@', '=', ' for i in x', 'await ', 'del '];
    const word = words[Math.floor(next() * words.length)]!;
    switch (Math.floor(next() * 5)) {
      case 0: lines.splice(at, 1); break;
      case 1: lines.splice(at, 0, lines[Math.floor(next() * lines.length)]!); break;
      case 2: lines[at] = line.slice(0, cut) + word + line.slice(cut); break;
      case 3: lines[at] = line.slice(0, cut) + line.slice(cut + 1 + Math.floor(next() * 4)); break;
      default: lines[at] = line.slice(0, cut); break;
    }
  }
  return lines.join('\n');
}

describe('limits of a trace', () => {
  it('ends with what it has where the budget is spent', async () => {
    const analysis = await trace('n = 0\nwhile n < 3000:\n    n += 1\nlate = 1\n', { budget: { steps: 500 } });
    assert.equal(analysis.complete, false);
    assert.match(analysis.notice!, /more than 500 expressions/);
    assert.ok([...analysis.recordings.values()].some(({ node, target }) => target && node.kind === 'Name' && node.id === 'n'));
  });

  it('ends where the time is spent', async () => {
    let now = 0;
    const analysis = await trace('n = 0\nwhile n < 4000:\n    n += 1\n', { budget: { milliseconds: 50, now: () => (now += 20) } });
    assert.match(analysis.notice!, /took longer/);
  });

  it('goes on where code nests deeply', async () => {
    const deep = `${'('.repeat(60)}1${')'.repeat(60)}`;
    const analysis = await trace(`a = ${deep}\nb = ${Array.from({ length: 3000 }, () => '1').join(' + ')}\n`);
    assert.equal(analysis.complete, true);
  });

  it('takes functions that call each other endlessly for unknown', async () => {
    const analysis = await trace('def f(n):\n    return g(n)\ndef g(n):\n    return [f(n) for i in range(1)]\nx = f(1)\nclass A:\n    @property\n    def p(self):\n        return self.p\ny = A().p\n');
    assert.equal(analysis.notice, null);
  });

  it('never throws on changed source', async function () {
    this.timeout(60_000);
    const next = random(7);
    for (let i = 0; i < 500; i++) {
      const source = mutated(next);
      try {
        await trace(source, { budget: { steps: 20_000 } });
      } catch (error) {
        assert.fail(`${(error as Error).stack}\n\n${source}`);
      }
    }
  });
});
