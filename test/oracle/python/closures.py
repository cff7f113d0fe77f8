"""Functions within functions, nonlocal, global, lambdas, partial and decorators."""
import functools
from functools import lru_cache, partial, wraps

import torch
import torch.nn.functional as F

calls = 0


def counted(function):
    @wraps(function)
    def inner(*args, **kwargs):
        global calls
        calls += 1
        return function(*args, **kwargs)

    return inner


def scaled(by):
    def decorator(function):
        @functools.wraps(function)
        def inner(x):
            return function(x) * by
        return inner
    return decorator


@counted
def outer_product(a, b):
    return a[:, None] * b[None, :]


@scaled(by=torch.ones(4))
def widen(x):
    return x.unsqueeze(-1)


@lru_cache(maxsize=None)
def table(length, dim):
    return torch.arange(length)[:, None] * torch.ones(dim)


def accumulator(size):
    total = torch.zeros(size)
    steps = 0

    def add(x):
        nonlocal total, steps
        total = total + x.sum(0)
        steps += 1
        return total / steps

    return add


def compose(*functions):
    def run(x):
        for function in functions:
            x = function(x)
        return x
    return run


if __name__ == "__main__":
    grid = outer_product(torch.randn(3), torch.randn(5))
    wide = widen(torch.randn(2, 3))
    again = table(6, 2)
    add = accumulator(4)
    for rows in (2, 3):
        mean = add(torch.randn(rows, 4))
    halve = partial(F.avg_pool2d, kernel_size=2)
    both = compose(halve, lambda t: t.flatten(1), partial(torch.sum, dim=-1, keepdim=True))
    pooled = both(torch.randn(2, 3, 8, 8))
    flip = lambda t, *, dims=(0, 1): t.transpose(*dims)
    flipped = flip(grid, dims=(1, 0))
    picked = sorted([torch.zeros(3, 1), torch.zeros(1, 1), torch.zeros(2, 1)], key=lambda t: t.shape[0])
    stacked = torch.cat(picked[1:])
