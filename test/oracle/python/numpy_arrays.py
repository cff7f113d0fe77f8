"""NumPy beside torch, as position tables, point clouds and old code use it."""
import numpy as np
import torch
import torch.nn as nn
from numpy import ones


def sincos_1d(dim, positions):
    omega = np.arange(dim // 2, dtype=np.float32)
    omega /= dim / 2.0
    omega = 1.0 / 10000**omega
    out = np.einsum("m,d->md", positions.reshape(-1), omega)
    return np.concatenate([np.sin(out), np.cos(out)], axis=1)


def sincos_2d(dim, size, cls_token=False):
    rows = np.arange(size, dtype=np.float32)
    columns = np.arange(size, dtype=np.float32)
    grid = np.stack(np.meshgrid(columns, rows), axis=0)
    grid = grid.reshape([2, 1, size, size])
    table = np.concatenate([sincos_1d(dim // 2, grid[0]), sincos_1d(dim // 2, grid[1])], axis=1)
    if cls_token:
        table = np.concatenate([np.zeros([1, dim]), table], axis=0)
    return table


class Positions(nn.Module):
    def __init__(self, dim, size):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(1, size * size + 1, dim), requires_grad=False)
        self.table.data.copy_(torch.from_numpy(sincos_2d(dim, size, True)).float().unsqueeze(0))

    def forward(self, x):
        return x + self.table


def sinusoid_table(count, dim, padding=None):
    def angle(position, i):
        return position / np.power(10000, 2 * (i // 2) / dim)

    table = np.array([[angle(position, i) for i in range(dim)] for position in range(count)])
    table[:, 0::2] = np.sin(table[:, 0::2])
    table[:, 1::2] = np.cos(table[:, 1::2])
    if padding is not None:
        table[padding] = 0.0
    return torch.FloatTensor(table)


class Mixing(nn.Module):
    """An invertible 1 x 1 convolution from a QR decomposition."""

    def __init__(self, channels):
        super().__init__()
        q, _ = np.linalg.qr(np.random.randn(channels, channels))
        self.weight = nn.Parameter(torch.from_numpy(q.astype(np.float32)).unsqueeze(2))
        mask = np.triu(np.ones_like(q), 1)
        self.register_buffer("mask", torch.from_numpy(mask))
        self.register_buffer("eye", torch.from_numpy(np.eye(channels, dtype="float32")))

    def forward(self, x):
        mixed = nn.functional.conv1d(x, self.weight)
        return mixed * self.mask.sum() + torch.logdet(self.eye + 1.0)


encoded = Positions(16, 4)(torch.randn(2, 17, 16))
table = sinusoid_table(9, 8, padding=0)
mixed = Mixing(6)(torch.randn(2, 6, 5))
identity = torch.from_numpy(np.array([1, 0, 0, 0, 1, 0, 0, 0, 1]).astype(np.float32)).view(1, 9).repeat(4, 1)
flat_eye = torch.from_numpy(np.eye(3).flatten().astype(np.float32))
batch = torch.tensor(np.stack([np.zeros((3, 4)), np.ones((3, 4))]))
back = torch.as_tensor(batch.numpy().mean(axis=(1, 2), keepdims=True))
divided = torch.from_numpy(np.arange(6) / 4).reshape(2, 3)
spaced = torch.tensor(np.linspace(-1, 1, 5) * 2 + 1)
centred = torch.from_numpy(ones((5, 3)) - ones((5, 3)).mean(0))
rows, columns = torch.from_numpy(np.indices((2, 3))[:, None])
scaled = torch.randn(2, 3) * np.sqrt(16) + torch.ones(3) * np.float32(2)
one_hot = torch.FloatTensor(np.eye(5)[[1, 2, 0]])
padded = torch.from_numpy(np.pad(np.ones((2, 3)), ((1, 1), (0, 2))))
picked = torch.from_numpy(np.where(np.ones((2, 3)) > 0, 1.0, 0.0))
tiled = torch.from_numpy(np.tile(np.expand_dims(np.arange(4), 0), (3, 2)).T)
lengths = np.array([3, 5, 2])
mask = torch.zeros(len(lengths), lengths.max())
counts = torch.zeros(int(np.prod(mask.numpy().shape)), int(lengths.sum()))
whole = torch.from_numpy(np.clip(np.random.randint(0, 9, size=(2, 2)), 1, 5) * 2)
drawn = torch.from_numpy(np.random.uniform(size=(3, 2))).to(torch.float32)
from scipy import linalg as la

rotation, _ = la.qr(np.random.randn(4, 4))
permutation, lower, upper = la.lu(rotation.astype(np.float32))
diagonal = torch.from_numpy(np.diag(upper).copy())
sign = torch.sign(torch.from_numpy(np.triu(upper, 1)) @ torch.from_numpy(permutation))
of_none = torch.zeros(3 if np.prod([]) == 1 else 4, 5 if np.sum([]) == 0 else 6)
