"""Swin's attention: within windows, with a bias by relative position, and a mask where windows were shifted."""
import torch
from torch import nn


def relative_index(window):
    wh, ww = window
    axes = [torch.arange(side) for side in window]
    coords = torch.stack(torch.meshgrid(*axes, indexing="ij")).flatten(1)   # 2, wh*ww
    delta = coords[:, :, None] - coords[:, None, :]                         # 2, wh*ww, wh*ww
    delta = delta.permute(1, 2, 0).contiguous()
    for axis, side in enumerate(window):
        delta[..., axis] += side - 1
    delta[..., 0] *= 2 * ww - 1
    return delta.sum(dim=-1)


class WindowAttention(nn.Module):
    def __init__(self, dim, window, heads, qkv_bias=True, scale=None, dropout=0.0):
        super().__init__()
        self.window, self.heads = window, heads
        self.scale = scale or (dim // heads) ** -0.5
        wh, ww = window
        self.table = nn.Parameter(torch.zeros((2 * wh - 1) * (2 * ww - 1), heads))
        nn.init.trunc_normal_(self.table, std=0.02)
        self.register_buffer("index", relative_index(window), persistent=False)
        self.qkv = nn.Linear(dim, 3 * dim, bias=qkv_bias)
        self.project = nn.Linear(dim, dim)
        self.attention_dropout = nn.Dropout(dropout)
        self.output_dropout = nn.Dropout(dropout)

    @property
    def bias(self):
        area = self.window[0] * self.window[1]
        return self.table[self.index.reshape(-1)].view(area, area, -1).permute(2, 0, 1).contiguous()

    def forward(self, x, mask=None):
        b, n, c = x.shape
        qkv = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        scores = (q * self.scale) @ k.transpose(-2, -1)
        scores = scores + self.bias.unsqueeze(0)
        if mask is not None:
            windows = mask.shape[0]
            scores = scores.view(b // windows, windows, self.heads, n, n) + mask.unsqueeze(1).unsqueeze(0)
            scores = scores.view(-1, self.heads, n, n)
        weights = self.attention_dropout(scores.softmax(dim=-1))
        x = (weights @ v).transpose(1, 2).reshape(b, n, c)
        return self.output_dropout(self.project(x))


def partition(x, side):
    b, h, w, c = x.shape
    x = x.view(b, h // side, side, w // side, side, c)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, side * side, c)


def merge(windows, side, h, w):
    b = windows.shape[0] // ((h // side) * (w // side))
    x = windows.view(b, h // side, w // side, side, side, -1)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(b, h, w, -1)


def shift_mask(h, w, side, shift):
    """Where patches that came together only by the shift are kept apart: (windows, side**2, side**2)."""
    region = torch.zeros(1, h, w, 1)
    cuts = (slice(0, -side), slice(-side, -shift), slice(-shift, None))
    number = 0
    for down in cuts:
        for right in cuts:
            region[:, down, right, :] = number
            number += 1
    numbers = partition(region, side).squeeze(-1)
    apart = numbers.unsqueeze(1) - numbers.unsqueeze(2)
    return apart.masked_fill(apart != 0, -100.0).masked_fill(apart == 0, 0.0)


class SwinBlock(nn.Module):
    def __init__(self, dim, resolution, heads, side=7, shift=0, ratio=4.0):
        super().__init__()
        self.resolution, self.side, self.shift = resolution, side, shift
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = WindowAttention(dim, (side, side), heads)
        hidden = int(dim * ratio)
        self.mlp = nn.Sequential(nn.Linear(dim, hidden), nn.GELU(), nn.Linear(hidden, dim))
        self.register_buffer("mask", shift_mask(*resolution, side, shift) if shift > 0 else None)

    def forward(self, x):
        h, w = self.resolution
        b, l, c = x.shape
        assert l == h * w, f"{l} patches are not {h}x{w}"
        y = self.norm1(x).view(b, h, w, c)
        if self.shift:
            y = torch.roll(y, shifts=(-self.shift, -self.shift), dims=(1, 2))
        y = self.attention(partition(y, self.side), mask=self.mask)
        y = merge(y, self.side, h, w)
        if self.shift:
            y = y.roll((self.shift, self.shift), (1, 2))
        x = x + y.view(b, l, c)
        return x + self.mlp(self.norm2(x))


if __name__ == "__main__":
    attention = WindowAttention(96, (7, 7), 3)
    x = torch.zeros(256, 49, 96)
    plain = attention(x)
    masked = attention(x, torch.zeros(64, 49, 49))
    blocks = nn.Sequential(SwinBlock(96, (28, 28), 3), SwinBlock(96, (28, 28), 3, shift=3))
    y = blocks(torch.randn(2, 784, 96))
    print(plain.shape, masked.shape, y.shape)
