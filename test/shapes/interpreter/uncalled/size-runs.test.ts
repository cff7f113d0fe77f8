/** Code that nothing calls: the sizes of a tensor of which the number of dims is not known, in lists and beside others. */
import { check } from '../check';

describe('sizes of unknown number', () => {
  it('stay what they are in a list, where sizes are put beside them', () => check(`
    import torch
    from torch import nn
    class Samples(nn.Module):
        def __init__(self, dim, n):
            super().__init__()
            self.proj = nn.Linear(dim, dim)
            self.n = n
        def forward(self, x):
            x = self.proj(x)
            a = torch.rand(list(x.shape[:-1]) + [self.n])  # → (*x_dims, n) float32
            b = torch.linspace(0, 1, self.n).expand(list(x.shape[:-1]) + [self.n])  # → (*x_dims, n) float32
            sizes = list(x.shape)
            sizes[-1] = self.n
            c = x.new_zeros(sizes)  # → (*x_dims, n) float32
            more = list(x.shape[:-1])
            more.append(7)
            d = torch.zeros(more)  # → (*x_dims, 7) float32
            more.insert(0, 2)
            e = torch.zeros(more)  # → (2, *x_dims, 7) float32
            f = torch.zeros(torch.Size(tuple(x.shape) + (3,)))  # → (*x_dims, dim, 3) float32
            return a, b, c, d, e, f
  `));

  it('are not known any more where their order or number is not', () => check(`
    import torch
    def shuffled(x, at: int):
        back = list(x.shape[:-1])
        back.reverse()
        a = torch.zeros(back)  # → unknown
        fewer = list(x.shape[:-1])
        fewer.pop()
        b = torch.zeros(fewer)  # → unknown
        other = list(x.shape[:-1])
        other[at] = 1
        c = torch.zeros(other)  # → unknown
        several = list(x.shape[:-1])
        if at > 2:
            several.append(4)
        return a, b, c, torch.zeros(several)  # → (unknown, unknown, unknown, unknown)
  `));

  it('have those before them that a slice leaves out', () => check(`
    import torch
    from torch import nn
    class Within(nn.Module):
        def __init__(self, dim, inner, dims):
            super().__init__()
            conv = [nn.Conv1d, nn.Conv2d, nn.Conv3d][dims - 1]
            self.inner = inner
            self.down = conv(dim, inner, 1)
        def forward(self, x):
            b = x.size(0)
            y = self.down(x).view(b, self.inner, -1)
            return y.view(b, self.inner, *x.size()[2:])  # → (x_0, inner, *x_dims) float32
  `));

  it('are those of what is drawn', () => check(`
    import torch
    from torch import nn
    class Policy(nn.Module):
        def __init__(self, states, actions):
            super().__init__()
            self.mean = nn.Linear(states, actions)
            self.scale = torch.tensor(1.)
        def forward(self, state):
            mean = self.mean(state)
            drawn = torch.distributions.Normal(mean, mean.exp()).rsample()  # → (*state_dims, actions) float32
            return torch.tanh(drawn) * self.scale  # → (*state_dims, actions) float32
        def to(self, device):
            self.scale = self.scale.to(device)
            return super().to(device)
  `));
});
