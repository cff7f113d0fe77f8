/** What parameters of code that nothing calls are found to be: a class, a number, a tensor, sequences in sequences. */
import { check } from '../check';

describe('what a parameter is', () => {
  const blocks = `
    import torch
    from torch import nn
    class Wide(nn.Module):
        expansion = 2
        def __init__(self, width):
            super().__init__()
            self.conv = nn.Conv2d(width, 2 * width, 1)
        def forward(self, x):
            return self.conv(x)
    class Narrow(Wide):
        pass
    class Net(nn.Module):
        def __init__(self, block, layers, channels=8):
            super().__init__()
            self.stem = nn.Conv2d(3, channels, 3, padding=1)
            self.stage = block(channels)
            self.head = nn.Conv2d(channels * block.expansion, 5, 1)
        def forward(self, x):
            b, c, h, w = x.shape
            x = self.stem(x)
  `;

  it('is the class that all calls in the document give', () => check(`${blocks}
            x = self.stage(x)
            return self.head(x)  # → (b, 5, h, w) float32
    def net(**options):
        return Net(Wide, [1, 2], **options)
  `));

  it('is not known where they give several', () => check(`${blocks}
            x = self.stage(x)  # → unknown
            return x
    def net(**options):
        return Net(Wide, [1, 2], **options)
    def other(**options):
        return Net(Narrow, [1, 2], **options)
  `));

  it('is a sequence of sequences where an item has items', () => check(`
    from torch import nn
    class Block(nn.Module):
        def __init__(self, widths):
            super().__init__()
            self.conv = nn.Conv1d(widths[0], widths[1], 1)
    class Net(nn.Module):
        def __init__(self, args):
            super().__init__()
            self.first = nn.Conv1d(1, args["widths"][0], 1)
            self.block = Block(args["widths"][1])
            self.head = nn.Linear(args["widths"][1][-1], 2)
        def forward(self, x):
            b, c, n = x.shape
            x = self.first(x)  # → (b, widths_0, n) float32
            return self.block.conv(x)  # → (b, widths_1_1, n) float32
  `));

  it('is an int where a pattern names its length, and where a size is divided by it', () => check(`
    from einops import rearrange
    def chunks(x, length, n):
        b, t, d = x.shape
        assert t % n == 0
        n  # → n
        return rearrange(x, "b (c l) d -> b c l d", l=length)  # → (b, t//length, length, d) of unknown dtype
  `));

  it('is no int for being multiplied by itself, or where it scales a tensor', () => check(`
    import torch
    from torch import nn
    def loss(output):
        z, scale = output
        return torch.sum(z * z)  # → () of unknown dtype
    class Coupling(nn.Module):
        def __init__(self, mask):
            super().__init__()
            self.mask = mask
        def forward(self, x):
            b, n = x.shape
            mask = self.mask
            y = x * mask
            rest = 1 - mask  # → unknown
            return rest
  `));

  it('is a tensor if a module is applied to it and computes with it', () => check(`
    from torch import nn
    class Layer(nn.Module):
        def __init__(self, attention, dim):
            super().__init__()
            self.attention = attention
            self.conv = nn.Conv1d(dim, dim, 1)
        def forward(self, x, mask=None):
            x = x + self.attention(x)
            return self.conv(x.transpose(-1, 1))  # → (x_0, dim, x_1) float32
  `));

  it('loses the dim that is squeezed by its number', () => check(`
    from torch import nn
    class Pool(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.conv = nn.Conv2d(3, width, 4)
        def forward(self, image, weights):
            b, n, k, _ = weights.shape
            y = weights.squeeze(-1)  # → (b, n, k) of unknown dtype
            return self.conv(image).squeeze(2)  # → (image_0, width, image_3 - 3) float32
  `));

  it('keeps its shape where something unknown is added to it in its place', () => check(`
    import torch
    def f(x, layer):
        b, n, d = x.shape
        x = x + 0.5 * layer(x)  # → (b, n, d) of unknown dtype
        y = x + layer(x)  # → unknown
        x = y
        x = x * layer(x)  # → unknown
        return y
  `));

  it('has as many dims as a docstring counts, each of its own size', () => check(`
    import torch
    from torch import nn
    class Joint(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.proj = nn.Linear(width, 7)
        def forward(self, left, right):
            """
            left: (#bs, #node, #dim)
            right: (#bs, #node, #dim)
            """
            n, k = left.size(1), right.size(1)
            return self.proj(torch.cat([left, right], dim=1))  # → (left_0, n + k, 7) float32
  `));

  it('is a sequence where its length is asked for, whatever else looks like a use of an int', () => check(`
    import torch
    from typing import Tuple
    from torch import nn
    class Lookup(nn.Module):
        def __init__(self, sizes, width):
            super().__init__()
            self.table = nn.Embedding(10, width)
            self.total = sizes * 2
            self.count = len(sizes)
        def forward(self, ids):
            b, n = ids.shape
            return self.table(ids)  # → (b, n, width) float32
    class Noise(nn.Module):
        def __init__(self, betas: Tuple[float, float], width):
            super().__init__()
            assert betas[0] < betas[1] < 1.0
            self.proj = nn.Linear(width, 3)
        def forward(self, x):
            rows, _ = x.shape
            return self.proj(x)  # → (rows, 3) float32
  `));

  it('is a tensor where a method of one is called, in the first statement that uses the name too', () => check(`
    y = x.reshape(-1, 4).permute(1, 0)  # → (4, x_dims_numel//4) of unknown dtype
  `));

  it('is a number where what an object is set up with scales a tensor', () => check(`
    import torch
    from torch import nn
    class Mix(nn.Module):
        def __init__(self, width, share, steps):
            super().__init__()
            self.mlp = nn.Conv2d((steps + 1) * width, 8, 1)
            self.share = share
            self.steps = steps
        def forward(self, x, adj):
            h, out = x, [x]
            for i in range(self.steps):
                h = self.share * x + (1 - self.share) * torch.einsum('ncwl,vw->ncvl', (h, adj))
                out.append(h)
            return self.mlp(torch.cat(out, dim=1))  # → (x_0, 8, x_2, x_3) float32
  `));
});
