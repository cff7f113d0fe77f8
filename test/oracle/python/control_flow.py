"""Early returns, while loops, walrus, match, try, with, ternaries and chained comparisons."""
import contextlib

import torch
from torch import nn


def grow(x, length):
    while x.shape[-1] < length:
        x = torch.cat([x, x[..., -1:]], dim=-1)
    return x


def halvings(x):
    count = 0
    while True:
        if x.size(0) % 2 or not 1 < x.size(0) <= 64:
            break
        x = x.view(x.size(0) // 2, -1)
        count += 1
    else:
        count = -1
    return x, count


def by_rank(x):
    match x.dim():
        case 1:
            return x[None, None]
        case 2 | 3 if x.shape[0] > 1:
            return x.unsqueeze(0)
        case _:
            return x


def by_kind(config):
    match config:
        case {"kind": "linear", "in": int(n), "out": m}:
            return nn.Linear(n, m)
        case ["conv", channels, *kernel]:
            return nn.Conv2d(channels, 2 * channels, tuple(kernel))
        case None:
            return nn.Identity()


def guarded(x, y):
    try:
        return x @ y
    except RuntimeError:
        return x @ y.T
    finally:
        x = None


def early(x, mode="none"):
    if mode == "none":
        return x
    if mode == "sum":
        return x.sum()
    if x.ndim != 2:
        raise ValueError(mode)
    return x.T


@contextlib.contextmanager
def evaluating(model):
    was = model.training
    model.eval()
    try:
        yield model
    finally:
        model.train(was)


if __name__ == "__main__":
    longer = grow(torch.randn(2, 3), 6)
    odd, count = halvings(torch.randn(24))
    ranks = [by_rank(torch.zeros(*sizes)) for sizes in [(4,), (4, 5), (1, 5), (2, 3, 4, 5)]]
    line, matrix, flat, image = ranks
    linear = by_kind({"kind": "linear", "in": 4, "out": 6})(torch.randn(3, 4))
    conv = by_kind(["conv", 2, 3, 5])(torch.randn(1, 2, 9, 9))
    same = by_kind(None)(conv)
    product = guarded(torch.randn(2, 3), torch.randn(4, 3))
    outs = early(product), early(product, "sum"), early(product, mode="transposed")
    if (n := product.shape[1]) > 3:
        ones = torch.ones(n)
    else:
        ones = torch.ones(0)
    with evaluating(nn.Linear(3, 2)) as model, torch.no_grad():
        y = model(torch.randn(5, 3))
    for step in range(10):
        if step == 3:
            break
        y = torch.cat([y, y[:1]])
    else:
        y = None
    chosen = y if y is not None else ones
