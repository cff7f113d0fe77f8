// What sizes are called in code that nothing calls: as the function at hand calls them.
import assert from 'node:assert/strict';
import { seenText } from '../../src/shapes/describe';
import { namesIn } from '../../src/shapes/naming';
import { trace } from './interpreter/check';

/** What the assignments to `target` were seen to store, with the names that are used there. */
async function stored(python: string, target: string): Promise<string[]> {
  const analysis = await trace(python);
  return [...analysis.recordings.values()].flatMap((recording) => {
    const { node } = recording;
    const isTarget = node.kind === 'Name' ? node.id === target : node.kind === 'Attribute' && node.attr === target;
    return recording.target && isTarget ? [recording.seen.map((seen) => seenText(seen, namesIn(analysis, recording.context))).join(' then ')] : [];
  });
}

const MIXER = `
  import torch, torch.nn as nn
  class Mixer(nn.Module):
      def __init__(self, width, grid):
          super().__init__()
          self.grid = grid
          self.table = nn.Parameter(torch.zeros(grid[0] * grid[1], width))  # GRID
          self.proj = nn.Linear(width, 2 * width)
      def forward(self, tokens, keep=None):
          B, T, C = tokens.shape
          hidden = self.proj(tokens)
          if keep is not None:
              groups = keep.shape[0]
              parts = hidden.view(B // groups, groups, T, 2 * C)
              parts = parts + keep.unsqueeze(0)
              whole = parts.view(-1, T, 2 * C)
          return hidden
`;

describe('names of sizes', () => {
  it('are those of the function at hand, not of the constructor', async () => {
    assert.deepEqual(await stored(MIXER, 'hidden'), ['(B, T, 2*C) float32']);
    assert.deepEqual(await stored(MIXER, 'proj'), ['Linear']);
  });

  it('are taken from a variable that holds one', async () => {
    assert.deepEqual(await stored(MIXER, 'parts'), ['(B//groups, groups, T, 2*C) float32', '(B//groups, groups, T, 2*C) of unknown dtype']);
  });

  it('are cancelled where a view proves the division exact', async () => {
    assert.deepEqual(await stored(MIXER, 'whole'), ['(B, T, 2*C) of unknown dtype']);
  });

  it('are made up where nobody names them, and written where a comment does', async () => {
    assert.deepEqual(await stored(MIXER, 'table'), ['(grid_0*grid_1, width) float32']);
    assert.deepEqual(await stored(MIXER.replace('# GRID', '# Gh*Gw, D'), 'table'), ['(Gh*Gw, width) float32']);
  });

  it('of two symbols are kept apart', async () => {
    const names = await stored(`
      import torch
      def join(a, b):
          N, D = a.shape
          M, _ = b.shape
          pair = torch.cat([a, b])
          return pair
      def other(a):
          N, E = a.shape
          twice = torch.cat([a, a], 1)
    `, 'twice');
    assert.deepEqual(names, ['(N, 2*E) of unknown dtype']);
  });
});

describe('a parameter added to a tensor', () => {
  const SUM = `
    import torch
    class Embed(torch.nn.Module):
        def __init__(self, length, dim):
            super().__init__()
            self.position = torch.nn.Parameter(torch.zeros(1, length, dim))
            self.scale = torch.nn.Parameter(torch.zeros(dim))
        def forward(self, x, y):
            x = x + self.position
            z = y * self.scale
  `;

  it('is taken to fit where a leading 1 stands for the batch, which is said', async () => {
    assert.deepEqual(await stored(SUM, 'x'), ['(x_0, length, dim) of unknown dtype']);
    const { assumptions } = await trace(SUM);
    assert.deepEqual(assumptions.map(({ text }) => text), ['x is taken to have a shape that fits (1, length, dim): nothing here says what it is']);
  });

  it('is left unknown where nothing says its rank', async () => {
    assert.match((await stored(SUM, 'z')).join(), /unknown/);
  });
});

describe('functions that nothing calls', () => {
  const BLOCK = `
    import torch, torch.nn as nn
    class Block(nn.Module):
        def __init__(self, width, resolution, cell=7, mode=0):
            super().__init__()
            self.cell = cell
            self.mode = mode
            self.resolution = resolution
            if min(self.resolution) <= self.cell:
                self.mode = 0
                self.cell = min(self.resolution)
            self.mix = Mix(width)
        def forward(self, x):
            H, W = self.resolution
            B, L, C = x.shape
            x = x.view(B, H, W, C)
            G = self.cell
            if self.mode == 0:
                cells = x.reshape(B, H // G, G, W // G, G, C).permute(0, 1, 3, 2, 4, 5)
            else:
                cells = x.reshape(B, G, H // G, G, W // G, C).permute(0, 2, 4, 1, 3, 5)
            mixed = self.mix(cells.reshape(-1, G * G, C))
            return mixed
    class Mix(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.proj = nn.Linear(dim, dim)
            self.scale = Scale()
        def forward(self, tokens):
            N, S, D = tokens.shape
            out = self.scale(self.proj(tokens))
            return out
    class Scale(nn.Module):
        def forward(self, values):
            scaled = values * 2
            return scaled
  `;

  it('take a size of which a condition decides as a size of its own', async () => {
    assert.deepEqual(await stored(BLOCK, 'cells'), ['(B, H//G, W//G, G, G, C) of unknown dtype', '(B, H//G, W//G, G, G, C) of unknown dtype']);
    assert.equal((await stored(BLOCK, 'mixed')).length, 1);
  });

  it('are shown on their own, not as others of them call them', async () => {
    assert.deepEqual(await stored(BLOCK, 'out'), ['(N, S, D) float32']);
  });

  it('are shown as the nearest caller calls them where that tells more', async () => {
    assert.deepEqual(await stored(BLOCK, 'scaled'), ['(N, S, dim) float32']);
  });
});

describe('lists that grow in a loop of unknown length', () => {
  const STACK = `
    import torch, torch.nn as nn
    class Stack(nn.Module):
        def __init__(self, depth, dim):
            super().__init__()
            self.layers = nn.ModuleList()
            self.heads = nn.ModuleList()
            for i in range(depth):
                self.layers.append(nn.Linear(dim, dim))
                self.heads.append(nn.Linear(dim, 4))
            count = len(self.layers)
        def forward(self, x):
            B, N, D = x.shape
            for layer in self.layers:
                x = layer(x)
            outs = []
            for head in self.heads:
                outs.append(head(x))
            joined = torch.cat(outs, dim=1)
            stacked = torch.stack(outs)
            return x
  `;

  it('have no known length', async () => {
    assert.deepEqual(await stored(STACK, 'count'), ['count']);
    assert.deepEqual(await stored(STACK, 'joined'), ['(B, total, 4) float32']);
    assert.deepEqual(await stored(STACK, 'stacked'), ['(count, B, N, 4) float32']);
  });

  it('have items of a known shape', async () => {
    assert.match((await stored(STACK, 'x')).join(' | '), /^\(B, N, D\)/);
  });

  it('are known in full where the length is', async () => {
    assert.deepEqual(await stored(STACK.replace('range(depth)', 'range(3)'), 'joined'), ['(B, 3*N, 4) float32']);
  });
});

describe('code cut out of a class', () => {
  const PIECES = `
    self.layers = nn.ModuleList()
    self.width = width
    for i, size in enumerate(sizes):
        self.layers.append(nn.Conv2d(channels, width, size, padding=size // 2))

    def forward(self, image):
        B, C, H, W = image.shape
        for i in range(len(self.layers)):
            mapped = self.layers[i](image)
        return self.norm(mapped)
  `;

  it('shares one self', async () => {
    assert.deepEqual(await stored(PIECES, 'mapped'), ['(B, width, H + 2*(sizes_item//2) - sizes_item + 1, W + 2*(sizes_item//2) - sizes_item + 1) float32']);
    const { assumptions } = await trace(PIECES);
    assert.ok(assumptions.some(({ text }) => /^self is taken to be a module/.test(text)), JSON.stringify(assumptions));
  });
});
