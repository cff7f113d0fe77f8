/** Code that nothing calls: what joins, defaults and uses tell of it. */
import { check } from './check';

describe('code that nothing calls', () => {
  it('has one size where branches make either of two', () => check(`
    import torch
    from torch import nn
    class Block(nn.Module):
        def __init__(self, dim, tokens, merge):
            super().__init__()
            self.merge = merge
            self.queries = nn.Parameter(torch.zeros(tokens, dim))
        def forward(self, x):
            b, n, _ = x.shape
            if self.merge:
                x = self.queries @ x.transpose(1, 2) @ x  # → (b, tokens, x_2) float32
            return x  # → (b, size, x_2) of unknown dtype
  `));

  it('keeps a size of 1 apart from others: it broadcasts', () => check(`
    import torch
    def f(x, wide):
        b, n = x.shape
        y = x if wide else x[:, :1]  # → (b, n) of unknown dtype or (b, 1) of unknown dtype
        return x + y                 # → (b, n) of unknown dtype
  `));

  it('takes what **kwargs may bring for what it is: any size, the default a hint', () => check(`
    import torch
    from torch import nn
    class Base(nn.Module):
        def __init__(self, dim=768, heads=12, bias=True):
            super().__init__()
            self.dim = dim
            self.proj = nn.Linear(dim, dim * heads, bias=bias)
    class Model(Base):
        def __init__(self, *args, **kwargs):
            width = kwargs.pop('width', 32)
            super().__init__(*args, **kwargs, bias=False)
            self.token = nn.Parameter(torch.zeros(1, self.dim))  # → (1, dim) float32
            self.wide = torch.zeros(width)                       # → (width,) float32
        def forward(self):
            return self.proj(self.token)  # → (1, dim*heads) float32
  `));

  it('knows a dict whose entries **kwargs may replace', () => check(`
    import torch
    def model(dim=1, depth=2):
        return torch.zeros(dim, depth)  # → (dim, depth) float32
    def tiny(**kwargs):
        args = dict(dim=192, **kwargs)
        more = {'rows': 4, **kwargs}
        torch.zeros(more['rows'])  # → (rows,) float32
        return model(**args)
  `));
});
