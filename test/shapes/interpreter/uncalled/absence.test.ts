/** What may be left out, and nothing says what it is, is taken not to be given: what that decides is no fact. */
import { check } from '../check';

describe('what is taken not to be given', () => {
  it('leaves open what would be set if it were', () => check(`
    import torch
    from torch import nn
    def exists(value):
        return value is not None
    class Attention(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.fc = nn.Linear(dim, dim)
        def forward(self, x, mask=None):
            masks = []
            final = None
            if exists(mask):
                masks.append(mask[:, None, None])
            if len(masks) > 0:
                final = ~masks[0]
            last = final    # → None or unknown
            y = self.fc(x)  # → (*x_dims, dim) float32
            if last is not None:
                y = y.masked_fill(last, 0)
            return y        # → (*x_dims, dim) float32
  `));

  it('is not there any more where a function has said that something else is', () => check(`
    import torch
    from torch import nn
    def exists(value):
        return value is not None
    def default(*args):
        for arg in args:
            if exists(arg):
                return arg
        return None
    class Attention(nn.Module):
        def __init__(self, dim, heads=8, latent_heads=None, rotated=None):
            super().__init__()
            if exists(latent_heads):
                assert not exists(rotated)
                rotated = latent_heads
                self.latent = nn.Linear(dim, 4 * latent_heads)
            rotated = default(rotated, heads)
            assert 0 < rotated <= heads
            self.fc = nn.Linear(dim, dim * heads)
        def forward(self, x):
            return self.fc(x)  # → (*x_dims, dim*heads) float32
  `));

  it('makes no None of an expression that it decides', () => check(`
    import torch
    from torch import nn
    class Inner(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.fc = nn.Linear(dim, dim)
        def forward(self, x, mask=None):
            b, n, c = x.shape
            given = mask     # → None or unknown
            return self.fc(x)
    class Outer(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.inner = Inner(dim)
        def forward(self, x, mask=None):
            b, k, n, c = x.shape
            flat = mask.view(-1, mask.size(-1)) if mask is not None else None  # → None or unknown
            return self.inner(x.flatten(0, 1), mask=flat)
  `));
});
