/** What uses that name no number of dims tell of parameters, and what the attributes of a class that another method sets tell. */
import { check } from '../check';

describe('a parameter without a known number of dims', () => {
  it('has the dims that a pattern names around an ellipsis', () => check(`
    import torch
    from einops import rearrange
    from torch import nn
    class Streams(nn.Module):
        def __init__(self, dim, streams):
            super().__init__()
            self.streams = streams
            self.mix = nn.Linear(dim, dim)
        def forward(self, residuals):
            x = rearrange(residuals, 'b ... (f d) -> b ... f d', f=self.streams)  # → (b, *residuals_dims, streams, residuals_last//streams) of unknown dtype
            return rearrange(self.mix(x), 'b ... f d -> b ... (f d)')  # → (b, *residuals_dims, streams*dim) float32
  `));

  it('has a batch in front of the channels that a weight is for', () => check(`
    import torch
    import torch.nn.functional as F
    from torch import nn
    class Norm(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.gamma = nn.Parameter(torch.ones(dim, 1, 1, 1))
        def forward(self, x):
            return F.normalize(x, dim=1) * self.gamma
    class Block(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.norm = Norm(dim)
            self.conv = nn.Conv3d(dim, dim, 3, padding=1)
        def forward(self, x):
            h = self.norm(x)
            h = self.conv(F.silu(h))
            return x + h  # → (x_0, dim, x_2, x_3, x_4) of unknown dtype
  `));
});

describe('a list of callables that is not given by default', () => {
  it('is the one that the code takes then', () => check(`
    from typing import Callable, List, Optional
    import torch
    from torch import nn
    class Conv(nn.Module):
        def __init__(self, inputs: int, outputs: int):
            super().__init__()
            self.conv = nn.Conv2d(inputs, outputs, 1)
        def forward(self, x):
            return self.conv(x)
    class Net(nn.Module):
        def __init__(self, width: int, blocks: Optional[List[Callable[..., nn.Module]]] = None):
            super().__init__()
            if blocks is None:
                blocks = [Conv, nn.Linear]
            if len(blocks) != 2:
                raise ValueError(len(blocks))
            block, head = blocks[0], blocks[1]
            self.stem = block(3, width)
            self.head = head(width, 5)
        def forward(self, x):
            b, c, h, w = x.shape
            x = self.stem(x)  # → (b, width, h, w) float32
            return self.head(x.mean((2, 3)))  # → (b, 5) float32
  `));
});

describe('a list that another method fills', () => {
  it('is not what the constructor puts there', () => check(`
    import torch
    import torch.nn.functional as F
    class Pyramid:
        def __init__(self, levels: int):
            self.levels = levels
            self.pyramid = [torch.tensor(0)]
        def look(self, at):
            for level in self.pyramid:
                level = level  # → unknown
            return at
        def build(self, volume):
            b, c, h, w = volume.shape
            self.pyramid = [volume]
            for _ in range(self.levels):
                volume = F.avg_pool2d(volume, 2)
                self.pyramid.append(volume)
  `));
});

describe('what may be one thing or another', () => {
  it('is several ints where one of them is taken', () => check(`
    import torch
    from torch import nn
    from dataclasses import dataclass
    @dataclass
    class Settings:
        width: int = 8
        reach: list[int] | int = 4
    class Windows(nn.Module):
        def __init__(self, config: Settings, layer: int = 0):
            super().__init__()
            self.reach = config.reach[layer] // 2
            self.out = nn.Linear(config.width, self.reach)
        def forward(self, x):
            y = self.out(x)  # → (*x_dims, reach_item_1//2) float32
            return y
  `));

  it('is the tuple of as many items as there are targets, not a tensor of so many rows', () => check(`
    import torch
    from torch import nn
    class Attend(nn.Module):
        def core(self, x, with_scores=False):
            scores = (x @ x.transpose(1, 2)).softmax(-1)
            out = scores @ x
            if with_scores:
                return out, scores
            return out
        def forward(self, x, with_scores=False):
            b, n, d = x.shape
            out = self.core(x, with_scores)
            if with_scores:
                out, scores = out
                out = out + 1  # → (b, n, d) of unknown dtype
                scores = scores + 1  # → (b, n, n) of unknown dtype
            return x  # → (b, n, d) of unknown dtype
  `));

  it('is a tensor where it masks', () => check(`
    import torch
    import torch.nn.functional as F
    class Attend:
        def forward(self, q, mask, padding=None):
            b, h, n, d = q.shape
            hidden = (padding != 0)[:, None, :, None]  # → (padding_0, 1, padding_1, 1) bool
            out = F.scaled_dot_product_attention(q, q, q, attn_mask=mask)  # → (b, h, n, d) of unknown dtype
            return q.masked_fill(hidden, 0)  # → (b, h, n, d) of unknown dtype
  `));

  it('is an int to the power of one that is not known', () => check(`
    import math, torch
    def slopes(heads: int):
        near = 2 ** math.floor(math.log2(heads))
        return torch.pow(torch.tensor(2.), torch.arange(1, 1 + near))  # → (near,) float32
  `));
});

describe('data of unknown length', () => {
  it('makes a tensor of that length', () => check(`
    import torch
    from torch import nn
    class Quantizer(nn.Module):
        def __init__(self, levels: list[int], scale: float = 2.):
            super().__init__()
            sizes = torch.tensor(levels)  # → (length,) int64
            self.register_buffer('sizes', sizes)
            self.register_buffer('basis', torch.cumprod(torch.tensor([1] + levels[:-1]), dim=0))
        def forward(self, z):
            b, n, d = z.shape
            half = (self.sizes - 1) / 2
            return torch.tanh(z) * half  # → (b, n, d) of unknown dtype
  `));
});

describe('what is said of a value beside its uses', () => {
  it('is what the annotation of a function says of its result', () => check(`
    import torch
    def kept(cache) -> int:
        return cache.length()
    def positions(x, cache):
        b, n, c = x.shape
        return torch.arange(n) + kept(cache)  # → (n,) int64
  `));

  it('is a float, as a docstring says or all calls give it', () => check(`
    import torch
    def bounded(x, widths, bound, least):
        '''
        Args:
            x (torch.Tensor of shape (count,)): where
            widths (torch.Tensor of shape (count, bins)): how wide
            bound (float): up to where
        '''
        inside = (x >= -bound) & (x <= bound)  # → (count,) bool
        return least + (1 - least * 3) * widths.softmax(-1)  # → (count, bins) of unknown dtype
    class Flow:
        def forward(self, x, widths, bound=5.0, least=1e-3):
            return bounded(x, widths, bound, least)
  `));

  it('is another size of an input that may be given besides, whatever the docstring calls it', () => check(`
    import torch
    from torch import nn
    class Cross(nn.Module):
        def __init__(self, dim: int):
            super().__init__()
            self.k = nn.Linear(dim, dim)
        def forward(self, states, others: torch.Tensor | None = None):
            '''
            Args:
                states (torch.Tensor): input of shape (batch, seq_len, dim)
                others (torch.Tensor): what is looked at, of shape (batch, seq_len, dim)
            '''
            if others is not None:
                return states @ self.k(others).transpose(1, 2)  # → (batch, seq_len, seq_len_1) float32
            return states  # → (batch, seq_len, dim_1) of unknown dtype
  `));

  it('is read off the object where a tuple may stand in its place', () => check(`
    import torch
    class Out:
        def __init__(self, last):
            self.last = last
    class Model:
        def inner(self, x, as_object):
            y = x * 2
            return Out(y) if as_object else (y,)
        def forward(self, x, as_object):
            b, n = x.shape
            out = self.inner(x, as_object)
            y = out.last  # → (b, n) of unknown dtype
            return y
  `));

  it('is a module by its name', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, width: int):
            super().__init__()
            self.conv = nn.Conv2d(3, width, 1)
        def forward(self, x):
            b, c, h, w = x.shape
            return self.__getattr__('conv')(x)  # → (b, width, h, w) float32
  `));
});
