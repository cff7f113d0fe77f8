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
});
