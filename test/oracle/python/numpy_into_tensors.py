"""Arrays of NumPy on their way to tensors: what each is is told by the tensor that is made of it."""

import math

import numpy as np
import torch
from torch import nn


def t(array):
    return torch.from_numpy(np.ascontiguousarray(array))


a = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
k = np.arange(12).reshape(3, 4)
h = np.ones((2, 3), dtype=np.float32)
m = np.array([True, False, True])

# Making
t(a), t(k), t(h), t(m)
t(np.zeros((2, 5))), t(np.zeros(4, dtype=int)), t(np.empty((1, 2), dtype='float32')), t(np.full((2, 2), 7)), t(np.full(3, 0.5))
t(np.eye(3)), t(np.eye(2, 4)), t(np.identity(2)), t(np.arange(5)), t(np.arange(1.0, 2.0, 0.25)), t(np.arange(2, 9, 3)), t(np.linspace(0, 1, 5)), t(np.linspace(0, 1, 4, endpoint=False))
t(np.zeros_like(k)), t(np.ones_like(h)), t(np.full_like(a, 2)), t(np.array(k, dtype=np.float32)), t(np.asarray([[1, 2], [3, 4]], dtype='int32')), t(np.array([1, 2.5]))
t(np.array([a[0], a[1], a[0]])), t(np.array([h, h])), t(np.array([[1, 2, 3]] * 4))

# Arithmetic and its dtypes
t(a + 1), t(k + 0.5), t(k / 2), t(2 / a), t(k // 5), t(k % 3), t(k ** 2), t(2 ** k), t(h * 2), t(h * 0.5), t(h + a), t(h + k[:2, :3]), t(-k), t(1 - h), t(k > 3), t((a > 2) & (a < 5)), t(~m)
t(a @ k), t(a @ a.T), t(np.dot(a, k)), t(np.outer([1, 2], [3.0, 4.0, 5.0])), t(np.matmul(h, h.T)), t(np.einsum('ij,jk->ik', a, k)), t(np.tensordot(a, k, axes=([1], [0])))
t(np.sqrt(k)), t(np.sin(a)), t(np.exp(h)), t(np.abs(-k)), t(np.floor(a)), t(np.sign(k)), t(np.isnan(a)), t(np.maximum(a, 2)), t(np.clip(k, 2, 6)), t(np.power(a, 2)), t(np.logical_not(m)), t(np.square(h))

# Arranging
t(k.T), t(k.transpose(1, 0)), t(np.transpose(np.ones((2, 3, 4)), (2, 0, 1))), t(np.swapaxes(k, 0, 1)), t(k.ravel()), t(k.flatten()), t(np.expand_dims(k, 0)), t(k[None, ..., None]), t(np.squeeze(k[:1])), t(k.reshape(2, -1))
t(np.concatenate([a, h])), t(np.concatenate([a, a], axis=1)), t(np.concatenate((k, k), axis=None)), t(np.stack([a, a])), t(np.stack([k, k], axis=-1)), t(np.hstack([k, k])), t(np.vstack([k, k[0]])), t(np.column_stack([k[:, 0], k[:, 1]]))
t(np.tile(k, (2, 1))), t(np.tile(np.arange(3), 2)), t(np.repeat(k, 2, axis=0)), t(np.repeat(np.arange(3), 2)), t(np.roll(k, 1, axis=1)), t(np.flip(k)), t(np.flip(k, 0)), t(np.pad(k, 1)), t(np.pad(k, ((1, 0), (2, 3)))), t(np.broadcast_to(np.arange(4), (3, 4)))
t(np.moveaxis(np.ones((2, 3, 4)), 0, -1)), t(np.split(k, 2, axis=1)[1]), t(np.array_split(np.arange(7), 3)[0]), t(np.where(a > 2, a, 0)), t(np.where(k > 4, 1, 0)), t(np.triu(np.ones((4, 4)), k=1)), t(np.tril(k)), t(np.diag(np.arange(3)))

# Reductions
t(k.sum(axis=0)), t(a.mean(axis=1)), t(a.mean(axis=1, keepdims=True)), t(k.mean(0)), t(np.max(k, axis=1)), t(k.argmax(axis=1)), t(np.sum(a, axis=(0, 1), keepdims=True)), t(np.std(a, axis=0)), t(h.var(axis=1)), t(k.cumsum(axis=1)), t(np.cumsum(k)), t(np.any(k > 3, axis=0)), t(np.prod(k, axis=0)), t(np.argsort(k, axis=1)), t(np.sort(a, axis=0)), t(np.median(a, axis=0)), t(np.diff(k, axis=1))

# Subscripts
t(k[1]), t(k[:, 1:3]), t(k[::2]), t(k[:, [0, 2]]), t(k[np.array([0, 2])]), t(k[np.arange(3), [0, 1, 2]]), t(k[..., -1])
grid = np.zeros((4, 4))
grid[1:3, 1:3] = np.ones((2, 2))
grid[:, 0] = 5
grid += 1
t(grid)

# Grids
y, x = np.meshgrid(np.arange(3), np.arange(4))
t(y), t(x)
i, j = np.meshgrid(np.arange(3), np.arange(4), indexing='ij')
t(np.stack([i, j], axis=0))
rows, columns = np.nonzero(k > 100)
torch.zeros(k.shape), torch.zeros(len(k), k.size, k.ndim), torch.zeros(np.prod(k.shape)), torch.zeros(int(np.ceil(7 / 2)), int(np.sqrt(16)))

# Into torch and back
torch.tensor(a), torch.as_tensor(k), torch.Tensor(a), torch.FloatTensor(k), torch.LongTensor(np.arange(3)), torch.tensor(h, dtype=torch.float16), torch.from_numpy(a).float(), torch.tensor(np.float32(3.5)), torch.tensor(a.tolist())
back = torch.rand(2, 3).numpy()
torch.from_numpy(back.transpose(1, 0).copy())
torch.from_numpy(back[:, :2] * 2)
torch.stack([torch.from_numpy(row) for row in back])
torch.tensor([each.sum() for each in back])
torch.from_numpy(nn.Linear(3, 2)(torch.rand(4, 3)).detach().cpu().numpy().astype(np.float64))
torch.rand(3, 4)[np.array([0, 2])]

# Random numbers
torch.from_numpy(np.random.rand(2, 3)), torch.from_numpy(np.random.randn(4)), torch.from_numpy(np.random.randint(0, 10, size=(2, 2))), torch.from_numpy(np.random.normal(size=(3, 1))), torch.from_numpy(np.random.uniform(0, 1, (2,))), torch.from_numpy(np.random.permutation(5)), torch.from_numpy(np.random.default_rng(0).standard_normal((2, 2))), torch.from_numpy(np.random.RandomState(0).rand(2))
torch.from_numpy(np.linalg.norm(a, axis=1)), torch.from_numpy(np.linalg.inv(np.eye(3))), torch.from_numpy(np.linalg.svd(a, full_matrices=False)[2])


def sincos(dim, positions):
    omega = np.arange(dim // 2, dtype=np.float64)
    omega /= dim / 2.0
    omega = 1.0 / 10000**omega
    angles = np.einsum('m,d->md', positions.reshape(-1), omega)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def sincos_grid(dim, size):
    height = np.arange(size, dtype=np.float32)
    width = np.arange(size, dtype=np.float32)
    both = np.stack(np.meshgrid(width, height), axis=0).reshape([2, 1, size, size])
    return np.concatenate([sincos(dim // 2, both[0]), sincos(dim // 2, both[1])], axis=1)


table = np.concatenate([np.zeros([1, 16]), sincos_grid(16, 3)], axis=0)
embedding = nn.Parameter(torch.zeros(1, 10, 16), requires_grad=False)
embedding.data.copy_(torch.from_numpy(table).float().unsqueeze(0))


def sinusoids(length, dim):
    angle = lambda position, i: position / np.power(10000, 2 * (i // 2) / dim)
    rates = np.array([[angle(position, i) for i in range(dim)] for position in range(length)])
    rates[:, 0::2] = np.sin(rates[:, 0::2])
    rates[:, 1::2] = np.cos(rates[:, 1::2])
    return torch.FloatTensor(rates).unsqueeze(0)


sinusoids(5, 6)
mask = np.triu(np.ones((1, 4, 4)), k=1).astype('uint8')
torch.from_numpy(mask) == 0
torch.rand(2, int(np.log2(8)), math.prod(k.shape[:1]))


def from_behind(array):
    return torch.from_numpy(np.ascontiguousarray(array))


picture = np.arange(2 * 5 * 3).reshape(2, 5, 3)
from_behind(picture[:, :, ::-1])
from_behind(picture[..., ::-1, :])
from_behind(picture[::-1, None, 3:0:-2])
from_behind(picture[-1:-9:-1, 1::-1, 0])
from_behind(picture[[True, False], ::-3])
picture[::-1, :2] = 7
from_behind(picture[1, ::-1])

for width in (1, (0, 3), [2], ((1, 2),), ((0, 0), (1, 2), (3, 0))):
    torch.from_numpy(np.pad(picture, width))
torch.from_numpy(np.pad(picture[0, :, 0], [0, 8 - picture.shape[1] % 8], mode='constant'))

single, double, whole = np.ones((3, 3), dtype=np.float32), np.ones((3, 3)), np.arange(9).reshape(3, 3)
for one, other in ((single, double), (whole, single), (double, whole)):
    torch.from_numpy(np.tensordot(one, other, axes=([1], [0])))
    torch.from_numpy(np.inner(one, other))
    torch.from_numpy(np.einsum("ij,jk->ik", one, other))
    torch.from_numpy(one @ other)
    torch.from_numpy(np.concatenate([one, other]))
