import assert from 'node:assert/strict';
import { check } from '../check';

describe('loops', () => {
  it('unrolls those of known length', () => check(`
    total = 0
    for i in range(4):
        total += i
    total  # → 6
    i      # → 3
  `));

  it('changes a shape from round to round', () => check(`
    import torch
    x = torch.zeros(8, 8)
    while x.shape[0] > 1:
        x = x[::2]
    x  # → (1, 8) float32
  `));

  it('breaks, continues and runs else', () => check(`
    seen = []
    for i in range(10):
        if i % 2:
            continue
        if i > 5:
            break
        seen.append(i)
    else:
        seen.append('else')
    seen  # → [0, 2, 4]
    for i in []:
        pass
    else:
        ended = True
    ended  # → True
  `));

  it('settles on what holds for any number of rounds', () => check(`
    import torch
    x = torch.zeros(2, 3)
    count = 0
    for item in unknown_items:
        x = x * 2
        count += 1
        last = 'a'
    x      # → (2, 3) float32
    count  # → int
    last   # → "a"
  `));

  it('reports what fails in every round, and not what an early one seems to', () => check(`
    import torch
    sizes = []
    for i in range(maybe):
        if i > 0:
            last = sizes[-1]
        sizes.append(i)
        y = torch.zeros(2, 3) @ torch.zeros(2, 3)  # error matmul-size-mismatch
  `));

  it('gives up a shape that grows', () => check(`
    import torch
    x = torch.zeros(1, 3)
    while maybe:
        x = torch.cat([x, x])
    x  # → unknown
  `));

  it('leaves on a condition that is not known', () => check(`
    for i in range(3):
        if maybe:
            break
        n = 'late'
    i  # → 2 or 0 or 1
    def find(items):
        for i, item in enumerate(items):
            if item == maybe:
                return i
        return None
    find([5, 6])  # → None or 0 or 1
  `));

  it('continues on a condition that is not known', () => check(`
    n = 0
    for i in range(2):
        if maybe:
            continue
        n += 1
    n  # → 2 or 1 or 0
  `));

  it('breaks out of an endless loop', () => check(`
    n = 0
    while True:
        n += 1
        if n == 7:
            break
    n  # → 7
  `));

  it('unpacks in its target', () => check(`
    pairs = {'a': (1, 2), 'b': (3, 4)}
    for key, (x, y) in pairs.items():
        z = x * y  # → 2 then 12
    for i, *rest in [(1, 2, 3), (4, 5)]:
        rest  # → [2, 3] then [5]
  `));

  it('iterates over the rows of a tensor', () => check(`
    import torch
    rows = [row for row in torch.zeros(3, 4)]
    rows[1]  # → (4,) float32
    a, b, c = torch.zeros(3, 4)
    c  # → (4,) float32
  `));

  it('keeps variables whatever they are called', () => check(`
    import torch
    node, version, items, open = torch.zeros(2), torch.zeros(3), torch.zeros(4), torch.zeros(5)
    for char in unknown_word:
        if char not in node:
            break
        node, version, items, open = torch.zeros(2), torch.zeros(3), torch.zeros(4), torch.zeros(5)
    node     # → (2,) float32
    version  # → (3,) float32
    items    # → (4,) float32
    open     # → (5,) float32
  `));

  it('knows that a dict may have more after one of the branches', () => check(`
    import torch
    known = {'a': 1}
    if maybe:
        known.update(unknown_things)
    'b' in known  # → bool
    if maybe:
        other = 1
    else:
        known.update(unknown_things)
    'c' in known  # → bool
  `));

  it('says nothing of positions that a loop of unknown length may never reach', () => check(`
    strides = [32, 16, 8]
    at = -1
    for layer in unknown_layers:
        if layer:
            at += 1
            stride = strides[at]
    stride  # → int
  `));

  it('goes over the strings of a set in some order, and knows what lists of sets hold', () => check(`
    import torch
    class Rope:
        def __init__(self, kinds):
            self.kinds = list(set(kinds))
            for kind in self.kinds:
                setattr(self, kind + '_freq', torch.zeros(len(kind)))
    rope = Rope(['full', 'sliding', 'full'])
    rope.full_freq     # → (4,) float32
    rope.sliding_freq  # → (7,) float32
    blocks = set(range(4))
    blocks.difference_update([2])
    inside = list(blocks)
    1 in inside, 2 in inside, 2 not in inside  # → (True, False, True)
    inside.append(2)
    2 in inside  # → True
    inside[0]  # → 0 or 1 or 3
  `));

  it('traces a few rounds of one that nothing ends, which tell what it yields', async () => {
    const text = (left: string): string => `
      import torch
      def batches(source, epoch=0):
          while True:
              for item in source:
                  for size in item:
                      yield torch.zeros(4, 3), epoch
              epoch += 1${left}
      def use(source):
          for x, epoch in batches(source):
              y = x.sum(1)  # → (4,) float32
    `;
    const [endless, ended] = [await check(text('')), await check(text('\n              if epoch == 300:\n                  return'))];
    assert.ok(endless.visits * 4 < ended.visits, `${endless.visits} visits, ${ended.visits} of one that ends`);
  });
});

describe('loops of unknown length', () => {
  it('make one list of modules, one loop within another', () => check(`
    import torch
    from torch import nn
    class Stack(nn.Module):
        def __init__(self, width, blocks=4, layers=2):
            super().__init__()
            self.convs = nn.ModuleList()
            self.norms = nn.ModuleList()
            for b in range(blocks):
                step = 1
                for i in range(layers):
                    self.convs.append(nn.Conv2d(width, width, (1, 3), dilation=step))
                    self.norms.append(nn.BatchNorm2d(width))
                    step *= 2
            self.count = blocks * layers
        def forward(self, x):
            for i in range(self.count):
                x = self.norms[i](self.convs[i](x))
            y = x.mean(3)
            return y  # → (x_0, width, x_2) of unknown dtype
  `));

  it('go on with what has items, where it is a number at first', () => check(`
    import torch
    def total(parts):
        skip = 0
        for i in range(len(parts)):
            part = torch.ones(2, 5)
            try:
                skip = skip[:, :3]
            except TypeError:
                skip = 0
            skip = part[:, :3] + skip
        return skip  # → (2, 3) float32 or 0
  `));
});
