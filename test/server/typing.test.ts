// A person types in a file that imports another, pauses, leaves things broken and mends them: the server answers all along.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { LspClient } from './lspClient';

const BLOCKS = `from torch import nn


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        return self.proj(x)
`;
const MODEL = `import torch
from torch import nn
from blocks import Block


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block(8)

    def forward(self, x):
        y = self.block(x.view(3, 4, 8))
        z = y.flatten(1)
        return z


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = Net()

    def forward(self, x):
        out = self.net(x)
        return out


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block(4)

    def forward(self, x):
        return self.block(x)
`;
/** Longer than what the server waits for behind an edit, and than the traces that it then makes. */
const PAUSE_MILLISECONDS = 700;

describe('typing, with pauses', function () {
  this.timeout(60_000);
  let folder: string;
  let client: LspClient;
  let uri: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'shapelens-typing-'));
    writeFileSync(path.join(folder, 'blocks.py'), BLOCKS);
    writeFileSync(path.join(folder, 'model.py'), MODEL);
    uri = pathToFileURL(path.join(folder, 'model.py')).href;
    client = await LspClient.start();
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it('is followed, through errors and undefined names, to what is right again', async () => {
    await client.open(uri, MODEL);
    assert.match(await client.hover(uri, 'z', 'z = y'), /^```\w*\nz: \(3, 32\)/);
    for (const [line, shown] of [
      ['z = y.flatten(0)', /z: \(96,\)/],
      ['z = y.flatten(', /z: unknown/],
      ['z = y.flat', /z: unknown/],
      ['z = fl', /z: /],
      ['z = y.flatten(0, 1)', /z: \(12, 8\)/],
      ['z = y.flatten(2)', /z: \(3, 4, 8\)/],
    ] as const) {
      await client.change(uri, MODEL.replace('z = y.flatten(1)', line));
      assert.match(await client.hover(uri, 'z', 'z = '), shown, line);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
      assert.match(await client.hover(uri, 'z', 'z = '), shown, `${line}, behind the pause`);
      assert.ok((await client.lenses(uri)).length > 0, line);
    }
    assert.match(await client.hover(uri, 'out', 'out = '), /out: \(3, 4, 8\)/);
  });
});
