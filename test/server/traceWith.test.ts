// Sizes and calls that a reader chooses: numbers beside the symbols, in every feature, until they are cleared.
import assert from 'node:assert/strict';
import type { SymbolChoice, TraceWithAnswer } from '../../src/server/messages';
import { LspClient } from './lspClient';

const TEXT = `import torch
from torch import nn

class Mix(nn.Module):
    """Mixes tokens.

    Args:
        dim (int): channels, a multiple of heads. Default: 96
    """

    def __init__(self, dim, heads=3):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        B_, N, C = x.shape  # B_ = 256
        qkv = self.qkv(x).reshape(B_, N, 3, self.heads, C // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1)
        return scores

def double(y):
    return torch.cat([y, y], dim=-1)
`;
const uri = 'file:///post/mix.py';

describe('trace with', function () {
  this.timeout(30_000);
  let client: LspClient;
  const choose = (choice: unknown): Promise<TraceWithAnswer> => client.connection.sendRequest('shapelens/traceWith', { uri, choice });

  before(async () => {
    client = await LspClient.start({ ownClient: true });
    await client.open(uri, TEXT);
  });
  after(async () => assert.equal(await client.stop(), 0));
  afterEach(() => choose(null));

  it('offers the symbols with the numbers that defaults, docstring and comments suggest', async () => {
    const symbols = await client.connection.sendRequest<SymbolChoice[]>('shapelens/symbols', { uri });
    const hints = Object.fromEntries(symbols.map(({ name, hint, hintFrom }) => [name, [hint, hintFrom]]));
    assert.deepEqual(hints['heads'], [3, 'default']);
    assert.deepEqual(hints['dim'], [96, 'docstring']);
    assert.deepEqual(hints['B_'], [256, 'comment']);
    assert.deepEqual(hints['N'], [null, null]);
  });

  it('shows the numbers beside the symbols in hover, hints and lenses, and none without a choice', async () => {
    const before = await client.hover(uri, 'scores', 'scores =');
    assert.match(before, /\(B_, heads, N, N\)/);
    assert.doesNotMatch(before, /256/);
    const answer = await choose({ sizes: { dim: 96, heads: 3, B_: 256, N: 49 } });
    assert.ok(answer.ok && answer.status.choice?.sizes?.['N'] === 49);
    const hover = await client.hover(uri, 'scores', 'scores =');
    assert.match(hover, /\(B_, heads, N, N\)[^=]*= \(256, 3, 49, 49\)/);
    const hints = await client.hints(uri);
    assert.ok(hints.some((hint) => hint.includes('(B_, heads, N, N)') && hint.includes('= (256, 3, 49, 49)')), hints.join('\n'));
    const lenses = await client.lenses(uri);
    assert.ok(lenses.some((title) => title.startsWith('x (256, 49, 96)') && title.includes('→ (256, 3, 49, 49)')), lenses.join('\n'));
    assert.ok(lenses.some((title) => title === 'traced with dim = 96, heads = 3, B_ = 256, N = 49' || title.startsWith('traced with dim = 96')), lenses.join('\n'));
    await choose(null);
    assert.doesNotMatch(await client.hover(uri, 'scores', 'scores ='), /256/);
  });

  it('follows a call into the code, and leaves symbolic what it does not reach', async () => {
    assert.ok((await choose({ call: 'Mix(64, 4)(torch.zeros(2, 10, 64))' })).ok);
    assert.match(await client.hover(uri, 'scores', 'scores ='), /\(B_, heads, N, N\)[^=]*= \(2, 4, 10, 10\)/);
    assert.doesNotMatch(await client.hover(uri, 'y', 'y]'), / = /);
  });

  it('names the faults that only this call has', async () => {
    assert.ok((await choose({ call: 'Mix(95)(torch.zeros(2, 4, 95))' })).ok);
    const [found] = await client.diagnostics(uri, (diagnostics) => diagnostics.length > 0);
    assert.match(found!.message, /traced with Mix\(95\)/);
    await choose(null);
    await client.diagnostics(uri, (diagnostics) => diagnostics.length === 0);
  });

  it('refuses a call that is no Python and a size that is no size, and keeps what was chosen before', async () => {
    assert.ok((await choose({ sizes: { N: 49 } })).ok);
    const call = await choose({ call: 'Mix(' });
    assert.ok(!call.ok && /cannot be read/.test(call.message), JSON.stringify(call));
    const size = await choose({ sizes: { N: 1.5 } });
    assert.ok(!size.ok && /size of N must be a whole number/.test(size.message));
    assert.match(await client.hover(uri, 'N', 'N, C'), /49/);
  });

  it('is a command for clients that know no request of ours', async () => {
    await client.connection.sendRequest('workspace/executeCommand', { command: 'shapelens.server.traceWith', arguments: [uri, { sizes: { N: 7 } }] });
    assert.match(await client.hover(uri, 'N', 'N, C'), /7/);
  });

  it('evaluates with the chosen call', async () => {
    assert.ok((await choose({ call: 'Mix(64, 4)(torch.zeros(2, 10, 64))' })).ok);
    const at = client.at(uri, 'scores', 'scores =');
    const answer = await client.connection.sendRequest<{ ok: boolean; tensors: { shape: number[] }[] }>('shapelens/evaluate', { uri, range: { start: at, end: at }, related: false });
    assert.deepEqual(answer.tensors.map(({ shape }) => shape), [[2, 4, 10, 10]]);
  });
});
