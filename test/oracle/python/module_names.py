"""Classes looked up by name among the names of the module, and values tested against abstract classes."""
import enum
from collections.abc import Collection, Container, Hashable, Iterator, Mapping, Sequence, Set, Sized

import torch
from torch import nn


class Plain(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(4, width)

    def forward(self, x):
        return self.linear(x)


class Gated(Plain):
    def forward(self, x):
        a, b = self.linear(x).chunk(2, dim=-1)
        return a * b.sigmoid()


class Wrapped(nn.Module):
    def __init__(self, kind="Plain", **options):
        super().__init__()
        self.inner = globals()[kind](**options)

    def forward(self, x):
        return self.inner(x)


for name, base in (("Doubled", Plain), ("Halved", Gated)):
    globals()[name] = type(name, (base,), {"factor": 2})

x = torch.randn(2, 4)
plain = Wrapped(width=3)(x)
gated = Wrapped("Gated", width=10)(x)
doubled = Doubled(6)(x)
halved = vars()["Halved"](8)(x)
found = torch.zeros(3 if "Gated" in globals() else 5)
fallback = globals().get("Absent", Plain)(7)(x)


class Kind(enum.Enum):
    ROW = "row"
    COLUMN = "column"


class Registry:
    def __init__(self):
        self.makers = {}

    def register(self, name):
        def keep(maker):
            self.makers[name] = maker
            return maker
        return keep

    def __getitem__(self, key):
        if callable(key):
            return key
        name, *rest = (key,) if isinstance(key, str) else key
        return choose(name, self.makers)(*rest)


def choose(option, allowed):
    if not isinstance(option, Hashable):
        raise ValueError(option)
    if isinstance(allowed, enum.EnumMeta):
        return allowed(option)
    if isinstance(allowed, Mapping) and option in allowed:
        return allowed[option]
    if isinstance(allowed, Collection) and option in allowed:
        return option
    raise ValueError(option)


layers = Registry()


@layers.register("conv")
def conv_of(dims):
    return (nn.Conv1d, nn.Conv2d, nn.Conv3d)[dims - 1]


image = torch.randn(1, 3, 8, 8)
convolved = layers["conv", 2](3, 5, kernel_size=3)(image)
normed = layers[nn.BatchNorm2d](3)(image)
row = torch.zeros(2, 3).sum(0 if choose("row", Kind) is Kind.ROW else 1)


def width(*tests):
    return torch.zeros([2 if test else 1 for test in tests])


ofDict = width(isinstance({}, Mapping), isinstance({}, Hashable), isinstance({}, Sized), isinstance({}, enum.EnumMeta))
ofList = width(isinstance([1], Collection), isinstance([1], Hashable), isinstance([1], Sequence), isinstance([1], Iterator))
ofRange = width(isinstance(range(3), Sequence), isinstance(range(3), Collection), isinstance(range(3), Iterator))
ofViews = width(isinstance({}.keys(), Set), isinstance({}.values(), Set), isinstance({}.keys(), Collection))
ofNumbers = width(isinstance(3, Hashable), isinstance(3, Collection), isinstance(None, Container), isinstance("ab", Sequence))
ofClasses = width(isinstance(Kind, enum.EnumMeta), isinstance(Kind, Collection), isinstance(Plain, enum.EnumMeta), isinstance(Plain, Hashable))
ofTensors = width(isinstance(x, Sequence), isinstance(x, Sized), isinstance({1, 2}, Set), isinstance(iter([1]), Iterator))
