"""What is tried on a value of one kind and, where that raises, done for another; and what code puts into modules of torch."""
import torch
from torch import nn


def at(step, i):
    try:
        return step[i]
    except TypeError:
        return step


def pair(size):
    try:
        height, width = size
    except TypeError:
        height = width = size
    return torch.zeros(height, width)


def listed(size):
    try:
        iter(size)
    except TypeError:
        size = [size]
    return torch.zeros(len(size))


def sizes(size):
    try:
        return torch.zeros([each + 1 for each in size])
    except TypeError:
        return torch.zeros(size, size)


first = torch.zeros(at([3, 4], 0))
whole = torch.zeros(at(5, 0))
scaled = torch.ones(2) * (at(None, 1) or 2)
square, oblong = pair(3), pair((3, 4))
one, two = listed(5), listed([5, 6])
added, plain = sizes((2, 3)), sizes(4)


class MaskedLinear(nn.Module):
    def __init__(self, inputs, outputs, mask):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.register_buffer("mask", mask)

    def forward(self, x):
        return nn.functional.linear(x, self.linear.weight * self.mask, self.linear.bias)


nn.MaskedLinear = MaskedLinear
setattr(nn.functional, "halve", lambda x: x[..., : x.shape[-1] // 2])


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.joiner = nn.MaskedLinear(4, 6, torch.ones(6, 4))

    def forward(self, x):
        return nn.functional.halve(self.joiner(x))


halved = Model()(torch.randn(2, 4))


def cached(cache, x):
    if cache == "new":
        return torch.cat([x, x])
    if cache != "new" and cache is not None:
        x = torch.cat([cache, x])
    return x[1:] if cache == (1, 2) or [cache] == [None] else x


first, later, none = cached("new", torch.ones(2, 3)), cached(torch.ones(4, 3), torch.ones(2, 3)), cached(None, torch.ones(5, 3))
