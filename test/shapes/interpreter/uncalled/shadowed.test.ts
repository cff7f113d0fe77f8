/** Code that a text builds version by version: each version is traced, with the others as they were then. */
import { check } from '../check';

describe('definitions that another one replaces', () => {
  it('traces a function that nothing called', () => check(`
    import torch
    def grid(rows: int, cols: int):
        return torch.zeros(rows, cols)  # → (rows_1, cols_1) float32
    def grid(rows: int, cols: int, depth: int):
        return torch.zeros(rows, cols, depth)  # → (rows, cols, depth) float32
  `));

  it('traces a class with the classes that it had', () => check(`
    import torch
    from torch import nn
    class Mix(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.to = nn.Linear(dim, 7)
        def forward(self, x):
            return self.to(x)  # → (B_1, N_1, 7) float32
    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.mix = Mix(3)
        def forward(self, x):
            B, N, C = x.shape
            return self.mix(x)  # → (B_1, N_1, 7) float32
    class Mix(nn.Module):
        def __init__(self, dim, heads):
            super().__init__()
            self.to = nn.Linear(dim, heads)
        def forward(self, x):
            return self.to(x)  # → (B, N, 5) float32
    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.mix = Mix(3, 5)
        def forward(self, x):
            B, N, C = x.shape
            return self.mix(x)  # → (B, N, 5) float32
  `));

  it('leaves one that was called with what its calls say', () => check(`
    import torch
    def twice(x):
        return torch.cat([x, x])  # → (4, 3) float32
    a = twice(torch.zeros(2, 3))  # → (4, 3) float32
    def twice(x):
        return x * 2  # → (5,) float32
    b = twice(torch.zeros(5))  # → (5,) float32
  `));
});
