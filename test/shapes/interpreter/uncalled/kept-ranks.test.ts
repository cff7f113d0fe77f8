/** Number of dims of parameters that only a later use tells: of what was resized, joined, or given a new dim. */
import { check } from '../check';

describe('what a later use tells of how many dims a parameter has', () => {
  it('goes through a resize', () => check(`
    import torch
    import torch.nn.functional as F
    from torch import nn
    class Up(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.up = nn.Upsample(scale_factor=2)
            self.conv = nn.Conv1d(width, 8, 3)
        def forward(self, x):
            y = F.relu(self.up(x))  # → (x_0, width, 2*x_2) of unknown dtype
            return self.conv(y)     # → (x_0, 8, 2*x_2 - 2) float32
  `));

  it('goes through a join along a dim', () => check(`
    import torch
    from torch import nn
    class Join(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.conv = nn.Conv2d(width, 8, 1)
        def forward(self, x, skip):
            return self.conv(torch.cat([x, skip], 1))  # → (x_0, 8, x_2, x_3) float32
  `));

  it('is the last dim of a linear layer, where tensors were joined along it', () => check(`
    import torch
    from torch import nn
    class Critic(nn.Module):
        def __init__(self, states, actions):
            super().__init__()
            self.first = nn.Linear(states + actions, 64)
        def forward(self, state, action):
            both = torch.cat([state, action], 1)  # → (state_0, state_1 + action_1) of unknown dtype
            return self.first(both)               # → (state_0, 64) float32
  `));

  it('is not told of what loses a dim first', () => check(`
    import torch
    from torch import nn
    class Pool(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.up = nn.Upsample(scale_factor=2)
            self.conv = nn.Conv1d(width, 8, 3)
        def forward(self, x):
            y = self.up(x)  # → unknown
            return self.conv(y.mean(-1))
  `));

  it('is at least as many as stand before a new dim', () => check(`
    import torch
    def masked(query, mask):
        b, h, n, d = query.shape
        scores = query @ query.transpose(-1, -2)
        return scores.masked_fill(mask.unsqueeze(1) == 0, -1e9)  # → (b, h, n, n) of unknown dtype
    def gated(x, gate):
        b, n, c = x.shape
        y = gate.unsqueeze(1)  # → (gate_0, 1, *gate_dims) of unknown dtype
        return y
  `));

  it('is as few as a gather needs, of what was expanded for it', () => check(`
    import torch
    def sample(edges, weights, count: int):
        table = torch.cumsum(weights[..., 1:], -1)
        u = torch.rand(list(table.shape[:-1]) + [count])
        at = torch.searchsorted(table, u, right=True)
        pair = torch.stack([at, at], -1)
        shape = [pair.shape[0], pair.shape[1], table.shape[-1]]
        low = torch.gather(table.unsqueeze(1).expand(shape), 2, pair)   # → (weights_0, count, 2) of unknown dtype
        high = torch.gather(edges.unsqueeze(1).expand(shape), 2, pair)  # → (weights_0, count, 2) of unknown dtype
        return low[..., 0] + u * high[..., 1]                           # → (weights_0, count) of unknown dtype
  `));
});
