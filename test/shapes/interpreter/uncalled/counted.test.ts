/** Parameters of functions that nothing calls, and that are given as sizes. */
import { check } from '../check';

describe('parameters that are used as sizes', () => {
  it('are numbers where tensors are made of several of them', () => check(`
    import torch
    def table(count, width):
        made = torch.zeros(count, width)          # → (count, width) float32
        steps = torch.arange(0, width, 2)         # → ((width+1)//2,) int64
        rates = torch.arange(count).float()       # → (count,) float32
        return torch.outer(rates, steps.float())  # → (count, (width+1)//2) float32
  `));

  it('are numbers where a view or a repeat has several of them', () => check(`
    import torch
    from torch import nn
    class Grid(nn.Module):
        def forward(self, x, rows, cols):
            b, n, c = x.shape
            grid = x.transpose(1, 2).view(b, c, rows, cols)  # → (b, c, rows, cols) of unknown dtype
            return grid.repeat(1, 1, 2, cols)                # → (b, c, 2*rows, cols*cols) of unknown dtype
  `));

  it('are numbers where an operation counts with them', () => check(`
    import torch
    def f(x, size, best, parts):
        b, n = x.shape
        eye = torch.eye(size)                  # → (size, size) float32
        top = x.topk(best).values              # → (b, best) of unknown dtype
        return torch.linspace(0, 1, parts)     # → (parts,) float32
  `));

  it('may be all sizes at once where they stand alone', () => check(`
    import torch
    def f(shape):
        a = torch.zeros(shape)   # → unknown
        return a
  `));

  it('are numbers of layers that nobody counts', () => check(`
    import torch
    from torch import nn
    class Encoder(nn.Module):
        def __init__(self, width, hidden, layers):
            super().__init__()
            self.rnn = nn.GRU(width, hidden, layers, bidirectional=True)
            self.memory = nn.LSTM(width, hidden, layers, batch_first=True)
        def forward(self, x):
            steps, batch, _ = x.shape
            out, state = self.rnn(x)
            both = out                                # → (steps, batch, 2*hidden) of unknown dtype
            last = state                              # → (2*layers, batch, hidden) of unknown dtype
            kept, (h, c) = self.memory(x.transpose(0, 1))
            return h                                  # → (layers, batch, hidden) of unknown dtype
  `));
});
