"""Positions: sines, learned, rotary in two ways, continuous relative networks, axial and interpolated."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Sines(nn.Module):
    def __init__(self, d_model, max_len=50):
        super().__init__()
        pe = torch.zeros(max_len, d_model)
        position = torch.arange(0, max_len, dtype=torch.float).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2).float() * (-math.log(10000.0) / d_model))
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe.unsqueeze(0).transpose(0, 1))

    def forward(self, x):
        return x + self.pe[: x.size(0), :]


class Rotary(nn.Module):
    def __init__(self, dim, base=10000):
        super().__init__()
        self.register_buffer("inv_freq", 1.0 / (base ** (torch.arange(0, dim, 2).float() / dim)))
        self.seq_len_cached = 0
        self.cos_cached = None

    def forward(self, x, seq_dim=1):
        seq_len = x.shape[seq_dim]
        if seq_len != self.seq_len_cached:
            self.seq_len_cached = seq_len
            t = torch.arange(x.shape[seq_dim]).type_as(self.inv_freq)
            freqs = torch.einsum("i,j->ij", t, self.inv_freq)
            emb = torch.cat((freqs, freqs), dim=-1)
            self.cos_cached, self.sin_cached = emb.cos()[:, None, :], emb.sin()[:, None, :]
        return self.cos_cached, self.sin_cached


def rotate_half(x):
    x1, x2 = x[..., : x.shape[-1] // 2], x[..., x.shape[-1] // 2 :]
    return torch.cat((-x2, x1), dim=-1)


def apply_rotary(q, k, cos, sin):
    return (q * cos) + (rotate_half(q) * sin), (k * cos) + (rotate_half(k) * sin)


class ContinuousBias(nn.Module):
    def __init__(self, window, heads, hidden=16):
        super().__init__()
        self.window, self.heads = window, heads
        self.mlp = nn.Sequential(nn.Linear(2, hidden), nn.ReLU(inplace=True), nn.Linear(hidden, heads, bias=False))
        h = torch.arange(-(window[0] - 1), window[0], dtype=torch.float32)
        w = torch.arange(-(window[1] - 1), window[1], dtype=torch.float32)
        table = torch.stack(torch.meshgrid([h, w], indexing="ij")).permute(1, 2, 0).contiguous().unsqueeze(0)
        table[:, :, :, 0] /= window[0] - 1
        table[:, :, :, 1] /= window[1] - 1
        table *= 8
        table = torch.sign(table) * torch.log2(torch.abs(table) + 1.0) / math.log2(8)
        self.register_buffer("table", table, persistent=False)
        y, x = torch.meshgrid(torch.arange(window[0]), torch.arange(window[1]), indexing="ij")
        coords = torch.stack([y.reshape(-1), x.reshape(-1)])
        delta = coords[:, :, None] - coords[:, None, :]
        index = (delta[0] + window[0] - 1) * (2 * window[1] - 1) + delta[1] + window[1] - 1
        self.register_buffer("index", index, persistent=False)
        self.scale = nn.Parameter(torch.log(10 * torch.ones((heads, 1, 1))))

    def forward(self, q, k):
        attn = F.normalize(q, dim=-1) @ F.normalize(k, dim=-1).transpose(-2, -1)
        attn = attn * torch.clamp(self.scale, max=math.log(1.0 / 0.01)).exp()
        bias = self.mlp(self.table).view(-1, self.heads)
        bias = bias[self.index.view(-1)].view(self.window[0] * self.window[1], self.window[0] * self.window[1], -1)
        return attn + (16 * torch.sigmoid(bias.permute(2, 0, 1).contiguous())).unsqueeze(0)


class Axial(nn.Module):
    def __init__(self, shape, dims):
        super().__init__()
        self.shape = shape
        self.weights = nn.ParameterList()
        for axis, (size, dim) in enumerate(zip(shape, dims)):
            ax_shape = [1] * len(shape)
            ax_shape[axis] = size
            self.weights.append(nn.Parameter(torch.zeros(1, *ax_shape, dim).normal_(0, 1)))

    def forward(self, x):
        b, t, e = x.shape
        embs = []
        for ax_emb in self.weights:
            expand_shape = (b, *self.shape, ax_emb.shape[-1])
            embs.append(ax_emb.expand(expand_shape).reshape(b, -1, ax_emb.shape[-1]))
        return x + torch.cat(embs, dim=-1)[:, :t]


class Fourier(nn.Module):
    def __init__(self, features, scale=10.0):
        super().__init__()
        self.register_buffer("basis", torch.randn(2, features // 2) * scale)

    def grid(self, size):
        h, w = size
        ones = torch.ones((h, w))
        y, x = (ones.cumsum(dim=0) - 0.5) / h, (ones.cumsum(dim=1) - 0.5) / w
        return self.encode(torch.stack([x, y], dim=-1)).permute(2, 0, 1)

    def encode(self, coords):
        coords = 2 * math.pi * ((2 * coords - 1) @ self.basis)
        return torch.cat([torch.sin(coords), torch.cos(coords)], dim=-1)


def interpolated(table, size, num_extra=1):
    extra, grid = table[:, :num_extra], table[:, num_extra:]
    old = int(math.sqrt(grid.shape[1]))
    if (old, old) == tuple(size):
        return table
    grid = grid.reshape(-1, old, old, table.shape[-1]).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, size=tuple(size), mode="bicubic", align_corners=False)
    return torch.cat((extra, grid.permute(0, 2, 3, 1).flatten(1, 2)), dim=1)


if __name__ == "__main__":
    x = torch.randn(9, 2, 8)
    y = Sines(8)(x)
    q = k = torch.randn(9, 2, 3, 8).transpose(1, 2).reshape(9, 3, 16)
    cos, sin = Rotary(16)(q, seq_dim=0)
    rq, rk = apply_rotary(q, k, cos, sin)
    scores = ContinuousBias((3, 4), 2)(torch.randn(5, 2, 12, 6), torch.randn(5, 2, 12, 6))
    axial = Axial((3, 4), (2, 6))(torch.randn(2, 10, 8))
    dense = Fourier(12).grid((4, 6))
    larger = interpolated(torch.randn(1, 17, 8), (6, 5))
    same = interpolated(torch.randn(1, 17, 8), (4, 4))
