"""Pairs that a function is given, and modules that a condition makes: what they hold is known only where they are used."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width, out):
        super().__init__()
        self.project = nn.Conv2d(width, out, 3, padding=1)

    def forward(self, x, scale_shift=None):
        x = self.project(x)
        if scale_shift is not None:
            scale, shift = scale_shift
            x = x * (scale + 1) + shift
        return x


class Rotary(nn.Module):
    def forward(self, q, tables):
        b, h, n, d = q.shape
        sin, cos = tables
        return q * cos + q * sin


class Mixed(nn.Module):
    def __init__(self, width, heads, mixed=False):
        super().__init__()
        self.mix = nn.Sequential(nn.Linear(width, heads), nn.Flatten(0, 1), nn.Sigmoid()) if mixed else (lambda _: 0.5)

    def forward(self, x):
        b, n, d = x.shape
        mix = self.mix(x)
        return mix


class Normed(nn.Module):
    def __init__(self, width, context_width=None):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.norm_context = nn.LayerNorm(context_width) if context_width is not None else None

    def forward(self, x, **kwargs):
        x = self.norm(x)
        if self.norm_context is not None:
            context = kwargs["context"]
            normed = self.norm_context(context)
            return x, normed
        return x, x


def windows(x, size):
    h, w = size
    b, n, c = x.shape
    assert n == h * w
    x = x.view(b, h // 2, 2, w // 2, 2, c)
    return x


if __name__ == "__main__":
    Block(3, 8)(torch.randn(2, 3, 6, 6), (torch.randn(2, 8, 1, 1), torch.randn(2, 8, 1, 1)))
    Rotary()(torch.randn(2, 3, 5, 4), (torch.randn(1, 1, 5, 4), torch.randn(1, 1, 5, 4)))
    Mixed(12, 4, mixed=True)(torch.randn(2, 5, 12))
    Normed(12, 8)(torch.randn(2, 5, 12), context=torch.randn(2, 7, 8))
    windows(torch.randn(2, 24, 3), (4, 6))
