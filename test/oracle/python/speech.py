"""Subsampling by convolutions, conformer blocks, relative shifts, masks from lengths, joint networks."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Subsampling(nn.Module):
    def __init__(self, features, dim):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, dim, 3, 2), nn.ReLU(), nn.Conv2d(dim, dim, 3, 2), nn.ReLU())
        self.out = nn.Linear(dim * (((features - 1) // 2 - 1) // 2), dim)

    def forward(self, x, lengths):
        x = self.conv(x.unsqueeze(1))
        b, c, t, f = x.size()
        x = self.out(x.transpose(1, 2).contiguous().view(b, t, c * f))
        return x, ((lengths - 1) // 2 - 1) // 2


class RelativeAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads, self.d_head = heads, dim // heads
        self.query, self.key, self.value, self.pos = (nn.Linear(dim, dim) for _ in range(4))
        self.u = nn.Parameter(torch.zeros(heads, self.d_head))
        self.v = nn.Parameter(torch.zeros(heads, self.d_head))

    def shift(self, scores):
        b, h, n, m = scores.size()
        zeros = scores.new_zeros(b, h, n, 1)
        padded = torch.cat([zeros, scores], dim=-1).view(b, h, m + 1, n)
        return padded[:, :, 1:].view_as(scores)[:, :, :, : m // 2 + 1]

    def forward(self, x, positions, mask=None):
        b, n, _ = x.shape
        q = self.query(x).view(b, -1, self.heads, self.d_head)
        k = self.key(x).view(b, -1, self.heads, self.d_head).permute(0, 2, 3, 1)
        v = self.value(x).view(b, -1, self.heads, self.d_head).transpose(1, 2)
        p = self.pos(positions).view(positions.size(0), -1, self.heads, self.d_head).permute(0, 2, 3, 1)
        content = (q + self.u).transpose(1, 2) @ k
        place = self.shift((q + self.v).transpose(1, 2) @ p)
        scores = (content + place) / self.d_head**0.5
        if mask is not None:
            scores = scores.masked_fill(mask.unsqueeze(1), -1e4)
        return (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, -1)


class ConvModule(nn.Module):
    def __init__(self, dim, kernel=3, expansion=2):
        super().__init__()
        assert (kernel - 1) % 2 == 0, "an odd kernel"
        self.norm = nn.LayerNorm(dim)
        self.net = nn.Sequential(nn.Conv1d(dim, dim * expansion, 1), nn.GLU(dim=1), nn.Conv1d(dim, dim, kernel, padding=(kernel - 1) // 2, groups=dim), nn.BatchNorm1d(dim), nn.SiLU())

    def forward(self, x):
        return self.net(self.norm(x).transpose(1, 2)).transpose(1, 2)


class Residual(nn.Module):
    def __init__(self, module, factor=1.0):
        super().__init__()
        self.module, self.factor = module, factor

    def forward(self, x, *args, **kwargs):
        return self.module(x, *args, **kwargs) * self.factor + x


class Joint(nn.Module):
    def __init__(self, dim, vocabulary):
        super().__init__()
        self.out = nn.Linear(2 * dim, vocabulary)

    def forward(self, audio, text):
        t, u = audio.size(1), text.size(1)
        audio = audio.unsqueeze(2).repeat([1, 1, u, 1])
        text = text.unsqueeze(1).repeat([1, t, 1, 1])
        return self.out(torch.cat((audio, text), dim=-1)).log_softmax(-1)


if __name__ == "__main__":
    lengths = torch.tensor([40, 31])
    x, lengths = Subsampling(20, 8)(torch.randn(2, 40, 20), lengths)
    n = x.size(1)
    positions = torch.randn(1, 2 * n - 1, 8)
    mask = torch.arange(n)[None, None, :] >= lengths[:, None, None]
    attended = Residual(RelativeAttention(8, 2), 0.5)(x, positions, mask=mask)
    mixed = Residual(ConvModule(8))(attended)
    joint = Joint(8, 12)(mixed, torch.randn(2, 5, 8))
    ctc = F.ctc_loss(mixed.log_softmax(-1).transpose(0, 1), torch.randint(1, 8, (2, 3)), lengths, torch.tensor([3, 2]))
