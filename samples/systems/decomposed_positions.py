"""Segment Anything's positions: one table for rows, one for columns, added to the scores of attention."""
from typing import Optional, Tuple, Type

import torch
import torch.nn.functional as F
from torch import nn


def relative_rows(q_size: int, k_size: int, table: torch.Tensor) -> torch.Tensor:
    """Of a table (2*max - 1, dim), the rows for each query and key along one axis: (q_size, k_size, dim)."""
    distance = int(2 * max(q_size, k_size) - 1)
    if table.shape[0] != distance:
        stretched = F.interpolate(table.t().unsqueeze(0), size=distance, mode="linear")
        table = stretched.squeeze(0).t()
    q_at = torch.arange(q_size)[:, None] * max(k_size / q_size, 1.0)
    k_at = torch.arange(k_size)[None, :] * max(q_size / k_size, 1.0)
    offsets = (q_at - k_at) + (k_size - 1) * max(q_size / k_size, 1.0)
    return table[offsets.long()]


def add_positions(scores, q, rows, columns, q_size: Tuple[int, int], k_size: Tuple[int, int]):
    q_h, q_w = q_size
    k_h, k_w = k_size
    for_rows = relative_rows(q_h, k_h, rows)
    for_columns = relative_rows(q_w, k_w, columns)
    b, _, dim = q.shape
    grid = q.reshape(b, q_h, q_w, dim)
    down = torch.einsum("bhwc,hkc->bhwk", grid, for_rows)
    right = torch.einsum("bhwc,wkc->bhwk", grid, for_columns)
    spread = scores.view(b, q_h, q_w, k_h, k_w) + down[..., :, None] + right[..., None, :]
    return spread.view(b, q_h * q_w, k_h * k_w)


class Attention(nn.Module):
    def __init__(self, dim: int, heads: int = 8, relative: bool = False, input_size: Optional[Tuple[int, int]] = None):
        super().__init__()
        self.heads = heads
        head_dim = dim // heads
        self.scale = head_dim**-0.5
        self.qkv = nn.Linear(dim, dim * 3)
        self.project = nn.Linear(dim, dim)
        self.relative = relative
        if relative:
            assert input_size is not None, "relative positions need the input's size"
            self.rows = nn.Parameter(torch.zeros(2 * input_size[0] - 1, head_dim))
            self.columns = nn.Parameter(torch.zeros(2 * input_size[1] - 1, head_dim))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, h, w, _ = x.shape
        qkv = self.qkv(x).reshape(b, h * w, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.reshape(3, b * self.heads, h * w, -1).unbind(0)
        scores = (q * self.scale) @ k.transpose(-2, -1)
        if self.relative:
            scores = add_positions(scores, q, self.rows, self.columns, (h, w), (h, w))
        weights = scores.softmax(dim=-1)
        x = (weights @ v).view(b, self.heads, h, w, -1).permute(0, 2, 3, 1, 4).reshape(b, h, w, -1)
        return self.project(x)


def partition(x: torch.Tensor, size: int) -> Tuple[torch.Tensor, Tuple[int, int]]:
    b, h, w, c = x.shape
    pad_h = (size - h % size) % size
    pad_w = (size - w % size) % size
    if pad_h > 0 or pad_w > 0:
        x = F.pad(x, (0, 0, 0, pad_w, 0, pad_h))
    padded_h, padded_w = h + pad_h, w + pad_w
    x = x.view(b, padded_h // size, size, padded_w // size, size, c)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size, size, c), (padded_h, padded_w)


def unpartition(windows: torch.Tensor, size: int, padded: Tuple[int, int], wanted: Tuple[int, int]) -> torch.Tensor:
    padded_h, padded_w = padded
    h, w = wanted
    b = windows.shape[0] // (padded_h * padded_w // size // size)
    x = windows.view(b, padded_h // size, padded_w // size, size, size, -1)
    x = x.permute(0, 1, 3, 2, 4, 5).contiguous().view(b, padded_h, padded_w, -1)
    if padded_h > h or padded_w > w:
        x = x[:, :h, :w, :].contiguous()
    return x


class Block(nn.Module):
    def __init__(self, dim: int, heads: int, window: int = 0, input_size: Optional[Tuple[int, int]] = None, act: Type[nn.Module] = nn.GELU):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attention = Attention(dim, heads, relative=True, input_size=input_size if window == 0 else (window, window))
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), act(), nn.Linear(4 * dim, dim))
        self.window = window

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shortcut = x
        x = self.norm1(x)
        if self.window > 0:
            h, w = x.shape[1], x.shape[2]
            x, padded = partition(x, self.window)
        x = self.attention(x)
        if self.window > 0:
            x = unpartition(x, self.window, padded, (h, w))
        x = shortcut + x
        return x + self.mlp(self.norm2(x))


if __name__ == "__main__":
    four = relative_rows(4, 4, torch.zeros(7, 32))
    uneven = relative_rows(4, 8, torch.zeros(15, 32))
    stretched = relative_rows(6, 6, torch.zeros(7, 32))
    x = torch.randn(2, 14, 10, 64)
    everywhere = Block(64, 4, input_size=(14, 10))(x)
    windowed = Block(64, 4, window=4)(x)
    print(four.shape, uneven.shape, stretched.shape, everywhere.shape, windowed.shape)
