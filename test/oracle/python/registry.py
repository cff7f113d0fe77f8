"""Models built by name: registries, dispatch tables, enums and factories."""
from enum import Enum, IntEnum

import torch
from torch import nn

MODELS = {}


def register(name=None):
    def add(cls):
        MODELS[name or cls.__name__.lower()] = cls
        return cls
    return add


class Pool(Enum):
    MEAN = "mean"
    MAX = "max"
    FIRST = "first"


class Width(IntEnum):
    SMALL = 8
    LARGE = 32


ACTIVATIONS = {"relu": nn.ReLU, "gelu": nn.GELU, "glu": lambda: nn.GLU(dim=-1)}


@register()
class Gated(nn.Module):
    def __init__(self, dim, act="glu"):
        super().__init__()
        self.inner = nn.Linear(dim, 2 * dim)
        self.act = ACTIVATIONS[act]()

    def forward(self, x):
        return self.act(self.inner(x))


@register("pooling")
class Pooling(nn.Module):
    def __init__(self, dim, pool=Pool.MEAN):
        super().__init__()
        self.pool = Pool(pool)
        self.out = nn.Linear(dim, Width.LARGE)

    def forward(self, x):
        if self.pool is Pool.MEAN:
            x = x.mean(1)
        elif self.pool == Pool.MAX:
            x = x.max(dim=1).values
        else:
            x = x[:, 0]
        return self.out(x)


def make(name, *args, **kwargs):
    if name not in MODELS:
        raise KeyError(f"{name} is none of {', '.join(sorted(MODELS))}")
    return MODELS[name](*args, **kwargs)


def reduce_by(kind, x):
    return {"sum": torch.sum, "prod": torch.prod}.get(kind, torch.mean)(x, dim=-1)


if __name__ == "__main__":
    x = torch.randn(2, 5, 8)
    gated = make("gated", 8)(x)
    wide = make("gated", 8, act="relu")(x)
    pools = [make("pooling", Width.SMALL, pool=pool.value)(x) for pool in Pool]
    stacked = torch.stack(pools)
    summed = reduce_by("sum", x)
    averaged = reduce_by("other", x)
    zeros = torch.zeros(int(Width.SMALL), len(Pool))


class Kernel(str, Enum):
    PLAIN = "plain"
    _FAST = "_fast"


class Kernels:
    _functions = {}
    _active = Kernel("plain")

    @classmethod
    def register(cls, kernel):
        def decorator(function):
            cls._functions[kernel] = function
            cls._functions[kernel.value + "_again"] = function
            return function

        return decorator

    @classmethod
    def active(cls):
        return cls._functions[cls._active]


@Kernels.register(Kernel._FAST)
def fast(x):
    return x.flatten()


@Kernels.register(Kernel.PLAIN)
def plain(x):
    return x.transpose(0, 1)


chosen = Kernels.active()(torch.randn(2, 3))
other = Kernels._functions["_fast"](torch.randn(2, 3))
