"""Classes below named tuples with members of their own, and what is compared with `type(None)`."""
from collections import namedtuple
from types import NoneType
from typing import NamedTuple
import torch
from torch import nn


class Column(namedtuple("Column", ["title", "values", "width"])):
    __slots__ = ()

    def __new__(cls, title, values, width="auto"):
        if width == "auto":
            width = 2 * int(pow(values, 0.5))
        return super(Column, cls).__new__(cls, title, values, width)

    @property
    def cells(self):
        return self.values * self.width


class Group(namedtuple("Group", ["column", "count"])):
    def __new__(cls, column, count):
        return super().__new__(cls, column, count)

    @property
    def title(self):
        return self.column.title


columns = [Column("age", 9), Column("town", 16, 5), Group(Column("tags", 4, 3), 6)]
single = list(filter(lambda each: isinstance(each, Column), columns))
tables = nn.ModuleDict({each.title: nn.Embedding(each.values, each.width) for each in single})
found = torch.cat([tables[each.title](torch.zeros(7, dtype=torch.long)) for each in single], -1)
whole = torch.zeros(single[1].cells, columns[2].column.width, columns[2].count)
places = {}
start = 0
for each in columns:
    if isinstance(each, Column):
        places[each.title] = (start, start + 1)
        start += 1
    elif isinstance(each, Group):
        places[each.title] = (start, start + each.count)
        start += each.count
rows = torch.zeros(3, start)
tags = rows[:, slice(*places["tags"])]


class State(NamedTuple):
    hidden: torch.Tensor
    steps: int = 3

    @property
    def width(self):
        return self.hidden.shape[-1]

    def moved(self, by):
        return self._replace(steps=self.steps + by)

    @staticmethod
    def empty(size):
        return State(torch.zeros(size, 2))


state = State(torch.zeros(4, 5))
hidden, steps = state
first = state[0]
later = State.empty(6).moved(1)
sizes = torch.zeros(state.width, state.moved(2).steps, later.steps, later.width, len(state))
kept = later.hidden
Pair = namedtuple("Pair", "left right")


class Sum(Pair):
    def total(self):
        return self.left + self.right


both = Sum(3, right=4)
kinds = torch.zeros(both.total(), 2 if isinstance(both, Pair) else 3, *both)
others = torch.zeros(3 if isinstance(Pair(1, 2), Pair) else 4, 5 if isinstance((1, 2), Pair) else 6, 7 if isinstance(state, tuple) else 8)


def pooled(x, mask=None):
    if type(mask) == type(None):
        return torch.mean(x, dim=1, out=None)
    if type(mask) is NoneType:
        return x
    return (x * mask).sum(1)


plain = pooled(torch.zeros(2, 3, 4))
masked = pooled(torch.zeros(2, 3, 4), torch.ones(3, 1))
known = torch.zeros(1 if isinstance(None, type(None)) else 2, 3 if type(0) is NoneType else 4)
