"""Attention within windows, with a learned bias for each offset between two patches.

The walk-through in `relative-position-bias.md` explains the bias; this module is how a model uses it.
"""
import torch
from torch import nn


def offsets_index(height: int, width: int) -> torch.Tensor:
    """For each pair of patches of a window, which row of the bias table belongs to it: (N, N)."""
    grid = torch.stack(torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij"))
    places = grid.flatten(1)                                     # 2, N
    offsets = places.unsqueeze(2) - places.unsqueeze(1)          # 2, N, N
    down = (offsets[0] + height - 1) * (2 * width - 1)
    right = offsets[1] + width - 1
    return down + right


class OffsetBias(nn.Module):
    """A number for each head and offset, spread over all pairs of patches."""

    def __init__(self, window: tuple, heads: int):
        super().__init__()
        height, width = window
        self.patches = height * width
        self.table = nn.Parameter(torch.zeros((2 * height - 1) * (2 * width - 1), heads))
        self.register_buffer("index", offsets_index(height, width))
        nn.init.trunc_normal_(self.table, std=0.02)

    def forward(self) -> torch.Tensor:
        picked = self.table[self.index.view(-1)]                 # N*N, heads
        return picked.view(self.patches, self.patches, -1).permute(2, 0, 1).contiguous()


class WindowAttention(nn.Module):
    """Multi-head self-attention over the patches of one window.

    forward takes `x` of shape (windows, N, dim), and returns the same shape. `mask` of shape (masks, N, N) keeps patches
    apart that are no neighbours in the image; `windows` is then a multiple of `masks`.
    """

    def __init__(self, dim: int, window: tuple = (7, 7), heads: int = 3, dropout: float = 0.0):
        super().__init__()
        self.heads = heads
        self.scale = (dim // heads) ** -0.5
        self.to_qkv = nn.Linear(dim, 3 * dim)
        self.bias = OffsetBias(window, heads)
        self.out = nn.Sequential(nn.Linear(dim, dim), nn.Dropout(dropout))

    def forward(self, x, mask=None):
        windows, patches, dim = x.shape
        q, k, v = self.to_qkv(x).chunk(3, dim=-1)
        q, k, v = self.split(q), self.split(k), self.split(v)    # windows, heads, N, dim // heads

        scores = self.scale * q @ k.transpose(-2, -1)            # windows, heads, N, N
        scores = scores + self.bias()
        if mask is not None:
            masks = mask.shape[0]
            grouped = scores.view(windows // masks, masks, self.heads, patches, patches)
            scores = (grouped + mask[None, :, None]).flatten(0, 1)

        mixed = scores.softmax(dim=-1) @ v
        return self.out(mixed.transpose(1, 2).reshape(windows, patches, dim))

    def split(self, part):
        windows, patches, dim = part.shape
        return part.view(windows, patches, self.heads, dim // self.heads).transpose(1, 2)


def windows_of(images, size: int):
    """(batch, height, width, dim) to (windows, size * size, dim)."""
    batch, height, width, dim = images.shape
    tiles = images.view(batch, height // size, size, width // size, size, dim)
    return tiles.transpose(2, 3).reshape(-1, size * size, dim)


if __name__ == "__main__":
    images = torch.zeros(8, 56, 56, 96)
    x = windows_of(images, 7)
    attention = WindowAttention(dim=96)
    y = attention(x)
    masked = attention(x, mask=torch.zeros(64, 49, 49))
    print(x.shape, y.shape, masked.shape)
