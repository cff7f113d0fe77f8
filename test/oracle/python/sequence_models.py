"""Causal convolutions, a selective scan, token shift and a gated recurrence written as loops."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import weight_norm


class Chomp(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, x):
        return x[:, :, :-self.size].contiguous()


class Temporal(nn.Module):
    def __init__(self, inputs, channels, kernel=3):
        super().__init__()
        layers = []
        for i, outputs in enumerate(channels):
            dilation = 2**i
            padding = (kernel - 1) * dilation
            before = inputs if i == 0 else channels[i - 1]
            layers += [nn.Conv1d(before, outputs, kernel, padding=padding, dilation=dilation), Chomp(padding), nn.ReLU()]
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        return self.network(x)


class Gated(nn.Module):
    def __init__(self, channels, layers=3):
        super().__init__()
        self.dilations = [2**i for i in range(layers)]
        self.convs = nn.ModuleList(nn.Conv1d(channels, 2 * channels, 2, dilation=d) for d in self.dilations)
        self.skips = nn.ModuleList(nn.Conv1d(channels, channels, 1) for _ in self.dilations)

    def forward(self, x):
        total = 0
        for dilation, conv, skip in zip(self.dilations, self.convs, self.skips):
            a, b = conv(F.pad(x, (dilation, 0))).split(x.size(1), dim=1)
            z = a.tanh() * b.sigmoid()
            total = total + skip(z)
            x = x + z
        return total


class SelectiveScan(nn.Module):
    def __init__(self, dim, state=4, expand=2, kernel=3):
        super().__init__()
        inner = dim * expand
        self.inner, self.state, self.rank = inner, state, max(1, dim // 16)
        self.project = nn.Linear(dim, inner * 2, bias=False)
        self.conv = nn.Conv1d(inner, inner, kernel, groups=inner, padding=kernel - 1)
        self.x_proj = nn.Linear(inner, self.rank + state * 2, bias=False)
        self.dt_proj = nn.Linear(self.rank, inner)
        self.A_log = nn.Parameter(torch.log(torch.arange(1, state + 1, dtype=torch.float32).repeat(inner, 1)))
        self.D = nn.Parameter(torch.ones(inner))
        self.out = nn.Linear(inner, dim, bias=False)

    def scan(self, u, delta, A, B, C):
        b, l, d = u.shape
        decay = torch.exp(torch.einsum("bld,dn->bldn", delta, A))
        fed = torch.einsum("bld,bln,bld->bldn", delta, B, u)
        x = torch.zeros(b, d, A.shape[1])
        ys = []
        for i in range(l):
            x = decay[:, i] * x + fed[:, i]
            ys.append(torch.einsum("bdn,bn->bd", x, C[:, i, :]))
        return torch.stack(ys, dim=1) + u * self.D

    def forward(self, x):
        b, l, _ = x.shape
        x, gate = self.project(x).split(split_size=[self.inner, self.inner], dim=-1)
        x = self.conv(x.transpose(1, 2))[:, :, :l].transpose(1, 2)
        x = F.silu(x)
        delta, B, C = self.x_proj(x).split([self.rank, self.state, self.state], dim=-1)
        y = self.scan(x, F.softplus(self.dt_proj(delta)), -torch.exp(self.A_log.float()), B, C)
        return self.out(y * F.silu(gate))


class TokenShift(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.shift = nn.ZeroPad2d((0, 0, 1, -1))
        self.mix = nn.Parameter(torch.rand(1, 1, dim))
        self.key = nn.Linear(dim, dim)

    def forward(self, x, state=None):
        before = self.shift(x)
        if state is not None:
            before[:, 0] = state
        mixed = torch.lerp(before, x, self.mix)
        return self.key(mixed), x[:, -1]


if __name__ == "__main__":
    y = Temporal(3, [4, 8])(torch.randn(2, 3, 20))
    total = Gated(4)(torch.randn(1, 4, 15))
    scanned = SelectiveScan(16)(torch.randn(2, 6, 16))
    keys, state = TokenShift(8)(torch.randn(2, 5, 8))
    again, state = TokenShift(8)(keys, state)
    normed = weight_norm(nn.Conv1d(8, 8, 1))(again.transpose(1, 2))
    scores = torch.cumsum(torch.ones(2, 6), dim=1).flip(1).cumprod(-1)
