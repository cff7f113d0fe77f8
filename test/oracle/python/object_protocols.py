"""What classes may say of themselves: metaclasses, descriptors, generators, functions by the class of their argument."""
import functools
import torch
from torch import nn


class Registered(type):
    known = {}

    def __new__(mcs, name, bases, namespace, **kwargs):
        namespace["made_by"] = name
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.known[name.lower()] = cls
        return cls

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.letters = len(name)

    def widths(cls):
        return [cls.width, cls.letters]


class Base(metaclass=Registered):
    width = 3

    @functools.cached_property
    def layer(self):
        return nn.Linear(self.width, self.width * 2)


class Wide(Base):
    width = 5


class Single(type):
    made = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args, **kwargs)
        return cls.made[cls]


class Settings(metaclass=Single):
    def __init__(self, dim=4):
        self.dim = dim

    def __call__(self):
        return self.dim + 1


wide = Registered.known["wide"]().layer(torch.zeros(1, 5))
sizes = torch.zeros(*Wide.widths())
name = torch.zeros(len(Wide.made_by))
single = torch.zeros(Settings(7).dim, Settings(9).dim, Settings()())


class Whole:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.name, 7)

    def __set__(self, obj, value):
        setattr(obj, self.name, int(value))


class Sizes:
    rows = Whole()
    columns = Whole()

    def grow(self, by, times=1):
        return self.rows + by * times

    double = functools.partialmethod(grow, 2, times=2)

    @functools.singledispatchmethod
    def of(self, value):
        return 1

    @of.register
    def _(self, value: int):
        return value

    @of.register(str)
    def _(self, value):
        return len(value)


sizes = Sizes()
sizes.rows = "4"
descriptors = torch.zeros(sizes.rows, sizes.columns, sizes.double())
by_class = torch.zeros(sizes.of(3), sizes.of("ab"), sizes.of([1]))


@functools.singledispatch
def size(value):
    return 1


@size.register
def _(value: int):
    return value


@size.register(list)
def _(value):
    return len(value)


dispatched = torch.zeros(size(3), size([1, 2]), size("s"))


def counted(n):
    total = 0
    while total < n:
        step = yield total
        total += step or 1


def uneven(x):
    for i in range(5):
        if x[i] > 0:
            yield i
    if x.sum() > 0:
        return
    yield 9


counts = torch.zeros(sum(1 for _ in counted(3)))
for i in uneven(torch.ones(5)):
    row = torch.zeros(2, 3)
