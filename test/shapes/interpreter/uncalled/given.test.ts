/** What functions that nothing calls give each other: the number of dims that a function leaves open. */
import { check } from '../check';

describe('functions that are called by such as nothing calls', () => {
  it('have parameters of as many dims as all calls give', () => check(`
    import torch
    from torch import nn
    def attend(q, k, mask=None):
        scores = torch.matmul(q, k.transpose(2, 3))  # → (b, heads, n, n) float32
        if mask is not None:
            scores = scores + mask
        return scores.softmax(-1)
    class Attention(nn.Module):
        def __init__(self, width, heads):
            super().__init__()
            self.heads = heads
            self.q = nn.Linear(width, width)
        def forward(self, states, mask=None):
            shape = states.shape[:-1]
            q = self.q(states).view(*shape, self.heads, -1).transpose(1, 2)
            w = attend(q, q, mask)
            return states
    class Model(nn.Module):
        def __init__(self, width, heads):
            super().__init__()
            self.attention = Attention(width, heads)
        def forward(self, x):
            b, n, _ = x.shape
            y = self.attention(x)  # → (b, n, width) of unknown dtype
            return y
  `));

  it('have tuples of tensors with as many dims as all calls give', () => check(`
    import torch
    from torch import nn
    class Attention(nn.Module):
        def forward(self, x, tables: tuple[torch.Tensor, torch.Tensor]):
            b, heads, n, d = x.shape
            cos, sin = tables
            return x * cos.unsqueeze(1) + x * sin.unsqueeze(1)  # → (b, heads, n, d) of unknown dtype
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = Attention()
        def forward(self, x):
            b, heads, n, d = x.shape
            angles = torch.arange(n)[None, :, None] * torch.ones(d)
            return self.attention(x, (angles.cos(), angles.sin()))
  `));

  it('are called with the number of dims that the code of their class gives them', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def forward(self, image):
            b, c, h, w = image.shape
            return self.head(self.features(image))
        def features(self, x):
            return x * 2
        def head(self, x):
            y = x.flatten(1)
            return y.view(*x.shape[:-1], -1)  # → (b, c, h, w) of unknown dtype
  `));

  it('are shown as each call has them where they give different numbers of dims', () => check(`
    import torch
    def scaled(x, scale):
        y = x * scale
        return y  # → (b_1, c, h, w) of unknown dtype then (b, n) of unknown dtype
    def rows(x):
        b, n = x.shape
        return scaled(x, 2)
    def images(x):
        b, c, h, w = x.shape
        return scaled(x, 2)
  `));

  it('does not take a list of which no item is known for an empty one', () => check(`
    from typing import List
    import torch
    def arrange(x, order: List[int]):
        B, H, W, C = x.shape
        y = order             # → list of unknown length
        return x.permute(order)
  `));

  it('may be given a tensor of no dims for a size', () => check(`
    import torch
    from torch import nn
    class Marked(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.key = nn.Linear(width, width)
        def longest(self, marked):
            counts = marked.long().sum(dim=1)
            return counts.max(), marked.nonzero(as_tuple=True)
        def collect(self, keys, most, places):
            chosen = keys.new_zeros(keys.shape[0], most, keys.shape[2])  # → (b, length_4, width) float32
            left = keys.size(1) - most  # → () int64
            return chosen
        def forward(self, x, marked):
            b, n, _ = x.shape
            most, places = self.longest(marked)
            return self.collect(self.key(x), most, places)
  `));

  it('take an int where a call gives one', () => check(`
    import torch
    class Marked:
        def collect(self, keys, most):
            chosen = keys.new_zeros(keys.shape[0], most)  # → (keys_0, most_1) of unknown dtype
            left = most + 1  # → most_1 + 1
            return chosen
        def forward(self, x, marked):
            return self.collect(x, marked.sum(1).max()), self.collect(x, x.shape[1])
  `));
});
