"""Sizes that rest on which elements of small tensors and arrays were chosen."""
import numpy as np
import torch

mask = torch.tensor([0, 1, 0, 1])
places = torch.where(mask)[0]
tiled = places.repeat(3) + 4 * torch.arange(3).repeat_interleave(2)
early = tiled[tiled < 6]
middle = tiled[torch.logical_and(tiled >= 3, tiled < 9)]
rows = torch.arange(12).reshape(4, 3)[mask.bool()]
odd = rows[rows % 2 == 1]
pairs = torch.eye(3, dtype=torch.long).nonzero()
upper = pairs[pairs[:, 0] > 0]
first, second = torch.where(torch.tensor([[1, 0], [1, 1]]) > 0)
below = first[second == 0]
kept = torch.zeros(8, 5)[tiled[tiled > 6] % 8]


def same_padding(kernel_size, dilation=1):
    kernel = np.atleast_1d(kernel_size)
    if np.any((kernel - 1) * dilation % 2 == 1):
        raise NotImplementedError(kernel_size)
    padding = tuple(int(each) for each in (kernel - 1) / 2 * np.atleast_1d(dilation))
    return padding if len(padding) > 1 else padding[0]


padded = torch.nn.Conv2d(3, 4, 5, padding=same_padding(5))(torch.randn(1, 3, 9, 9))
uneven = torch.nn.Conv2d(3, 4, (3, 7), padding=same_padding((3, 7), 2), dilation=2)(torch.randn(1, 3, 9, 9))
halves = torch.zeros([int(each) for each in np.array([4, 6]) / 2])
total = torch.zeros(int(np.array([3, 5]).astype(np.float64).sum()))


def strict_padding(kernel_size, stride):
    padding = (np.atleast_1d(kernel_size) - np.atleast_1d(stride) + 1) / 2
    if np.min(padding) < 0:
        raise AssertionError(kernel_size)
    padding = tuple(int(each) for each in padding)
    return padding if len(padding) > 1 else padding[0]


strict = torch.nn.Conv2d(3, 4, 3, padding=strict_padding(3, 1))(torch.randn(1, 3, 9, 9))
thirds = torch.zeros([int(each) for each in np.array([3, 5, 7]) / 2])
ceiled = torch.zeros(int(np.ceil(np.array([3, 5]) / 2)[1]))
scaled = torch.zeros(tuple((np.array([16, 33]) * 0.5).astype(int)))
rooted = torch.zeros(int(np.sqrt(np.array(16))), int(np.round(np.array([2.6])).item()))
averaged = torch.zeros(int(np.array([3.0, 6.0]).mean()))
