/** Lists of a length that has a name, ints that are not known, and sizes picked by an index that is not known. */
import { check } from '../check';

describe('what is not counted', () => {
  it('a comprehension has as many items as its loops have rounds', () => check(`
    import numpy as np
    import torch
    def distances(n: int, m: int):
        pairs = torch.tensor([[x, y] for x in range(n) for y in range(m)])  # → (n*m, 2) int64
        arrays = torch.tensor(np.array([[x, y] for x in range(n) for y in range(n)]))  # → (n*n, 2) int64
        rows = torch.stack([torch.zeros(3) for _ in range(n)])  # → (n, 3) float32
        wide = torch.cat([torch.zeros(3, 4) for _ in range(n)], dim=1)  # → (3, 4*n) float32
        some = torch.stack([torch.zeros(3) for x in range(n) if x > m])  # → (count, 3) float32
        return pairs, arrays, rows, wide, some
  `));

  it('a list that has lost or got items has another length', () => check(`
    import torch
    def rows(n: int):
        items = [torch.zeros(3) for _ in range(n)]
        items.append(torch.zeros(3))
        more = torch.stack(items)  # → (count, 3) float32
        fewer = [torch.zeros(3) for _ in range(n)]
        fewer.pop()
        return more, torch.stack(fewer)  # → ((count, 3) float32, (count_1, 3) float32)
  `));

  it('tensors of which some may not be there are joined', () => check(`
    import torch
    from torch import nn
    class Tokens(nn.Module):
        def __init__(self, dim, count=4, cls=True):
            super().__init__()
            self.cls = nn.Parameter(torch.zeros(1, 1, dim)) if cls else None
            self.more = nn.Parameter(torch.zeros(1, count, dim)) if count else None
        def forward(self, x):
            B, N, C = x.shape
            first = []
            if self.cls is not None:
                first.append(self.cls.expand(B, -1, -1))
            if self.more is not None:
                first.append(self.more.expand(B, -1, -1))
            return torch.cat(first + [x], dim=1)  # → (B, total, dim) of unknown dtype
  `));

  it('an int that is given but not known has the name of the parameter', () => check(`
    import torch
    from torch import nn
    class Mlp(nn.Module):
        def __init__(self, dim, hidden):
            super().__init__()
            self.up = nn.Linear(dim, hidden)
            self.down = nn.Linear(hidden, dim)
        def forward(self, x):
            return self.down(self.up(x))
    class Block(nn.Module):
        def __init__(self, dim, ratio=4.):
            super().__init__()
            self.mlp = Mlp(dim, int(dim * ratio))
        def forward(self, x):
            B, N, C = x.shape
            return x + self.mlp(x)  # → (B, N, dim) of unknown dtype
  `));

  it('what is joined has one number of dims', () => check(`
    import torch
    from torch import nn
    class Tokens(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        def forward(self, x: torch.Tensor):
            return torch.cat((self.cls.expand(x.shape[0], -1, -1), x), dim=1)  # → (x_0, 1 + x_1, dim) of unknown dtype
  `));

  it('as many dims as an index names are there', () => check(`
    import torch
    def first(x):
        y = x[:, 0]  # → (x_0, *x_dims) of unknown dtype
        return y
  `));

  it('are sizes even so where they are one of two numbers', () => check(`
    import torch.nn.functional as F
    from torch import nn
    class Same(nn.Module):
        def __init__(self, cin, cout, kernel=(1, 1, 1), stride=(1, 1, 1)):
            super().__init__()
            self.kernel, self.stride = kernel, stride
            self.conv = nn.Conv3d(cin, cout, kernel, stride)
        def missing(self, dim, size):
            if size % self.stride[dim] == 0:
                return max(self.kernel[dim] - self.stride[dim], 0)
            else:
                return max(self.kernel[dim] - size % self.stride[dim], 0)
        def forward(self, x):
            b, c, t, h, w = x.size()
            behind, down, right = self.missing(0, t), self.missing(1, h), self.missing(2, w)
            y = F.pad(x, (right, right, down, down, behind // 2, behind - behind // 2))
            return self.conv(y).mean((2, 3, 4))  # → (b, cout) float32
    def longest(x, given, least):
        n = 3 if given else 5
        return x.new_zeros(max(n, least), 2)  # → (length, 2) of unknown dtype
  `));
});

describe('runs of dims whose number is not known', () => {
  it('are one run behind both sides of a condition', () => check(`
    import torch
    from torch import nn
    class Tokens(nn.Module):
        def __init__(self, words, block, width):
            super().__init__()
            self.block, self.word, self.head = block, nn.Embedding(words, width), nn.Linear(width, words)
        def forward(self, ids):
            b, t = ids.size()
            return self.head(self.word(ids))
        def sample(self, ids, steps):
            for _ in range(steps):
                recent = ids if ids.size(1) <= self.block else ids[:, -self.block:]
                logits = self(recent)[:, -1, :]  # → (b_1, words) float32
                following = torch.multinomial(logits.softmax(-1), num_samples=1)  # → (b_1, 1) int64
                ids = torch.cat((ids, following), dim=1)
            return ids
  `));

  it('are packed into one dim, and unpacked again', () => check(`
    import torch
    from torch import nn
    from einops import pack, unpack
    class Net(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.fc = nn.Linear(dim, 2 * dim)
        def forward(self, x):
            flat, packed = pack([x], '* n d')
            B, N, C = flat.shape
            y = self.fc(flat)  # → (x_dims_numel, n, 2*dim) float32
            out, = unpack(y, packed, '* n d')
            return out         # → (*x_dims, n, 2*dim) float32
  `));
});

describe('tables that are made anew where they do not fit', () => {
  it('have the size that was asked for, in other methods too', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.fc = nn.Linear(3, dim)
            self.register_buffer('table', torch.zeros(1, 1, 1, 3))
        def forward(self, x):
            B, N, C = x.shape
            if self.table is None or self.table.shape[1] != N:
                self.table = torch.zeros(1, N, N, 3)
            t = self.table  # → (1, N, N, 3) float32
            return self.bias(x)
        def bias(self, x):
            B, N, C = x.shape
            return self.fc(self.table.expand(B, -1, -1, -1))  # → (B, N, N, dim) float32
  `));

  it('tells the items of what a caller gives apart, made a tuple or not', () => check(`
    import torch
    from collections.abc import Iterable
    def pair(x):
        return tuple(x) if isinstance(x, Iterable) else (x, x)
    class Bias(torch.nn.Module):
        def __init__(self, window_size):
            super().__init__()
            self.window_size = pair(window_size)
            height, width = self.window_size[0], self.window_size[1]
            self.table = torch.nn.Parameter(torch.zeros(2 * height - 1, 2 * width - 1))  # → (2*window_size_0 - 1, 2*window_size_1 - 1) float32
  `));

  it('is the length of a sequence whose default is one item: another position may hold another size', () => check(`
    import torch
    from torch import nn
    from typing import Tuple
    class Net(nn.Module):
        def __init__(self, dims: Tuple[int, ...] = (48,)):
            super().__init__()
            first = dims[0]
            self.stem = nn.Conv2d(3, first, 1)
            stages = []
            dim = first
            for i in range(len(dims)):
                stages.append(nn.Conv2d(dim, dims[i], 1))
                dim = dims[i]
            self.stages = nn.Sequential(*stages)
        def forward(self, x):
            y = self.stem(x)
            return y  # → (x_0, dims_0, x_2, x_3) float32
        def features(self, x):
            b, c, h, w = x.shape
            return self.stages(self.stem(x))  # → (b, size_6, h, w) float32
  `));
});

describe('pieces of which the number is a size', () => {
  it('are as many as the heads that a dim is split into', () => check(`
    import torch
    from torch import nn
    class Heads(nn.Module):
        def __init__(self, dim, heads):
            super().__init__()
            self.dim, self.heads = dim, heads
            self.to_q = nn.Linear(dim, dim)
            self.out = nn.Linear(dim, dim)
        def forward(self, x):
            q = self.to_q(x)
            split = torch.cat(q.split(self.dim // self.heads, 2), 0)  # → (heads*x_0, x_1, dim//heads) float32
            back = torch.cat(split.split(x.size(0), 0), 2)            # → (x_0, x_1, heads*(dim//heads)) float32
            return self.out(back)                                     # → (x_0, x_1, dim) float32
  `));

  it('are two halves', () => check(`
    import torch
    def halves(x):
        b, c, n = x.shape
        first, second = x.split(c // 2, dim=1)
        return first * second  # → (b, c//2, n) of unknown dtype
  `));

  it('are alike, chunks and items of a dim too', () => check(`
    import torch
    def parts(x, heads: int):
        b, n, c = x.shape
        stacked = torch.stack(x.chunk(heads, dim=-1), 1)  # → (b, heads, n, c//heads) of unknown dtype
        again = torch.stack(x.unbind(1), 2)               # → (b, c, n) of unknown dtype
        return stacked
  `));
});
