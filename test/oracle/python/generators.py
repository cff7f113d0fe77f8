"""Generators, yield from, iterators, itertools and comprehensions."""
import itertools
from itertools import chain, product, repeat

import torch
from torch import nn


def windows(x, size):
    for start in range(0, x.shape[1] - size + 1, size):
        yield x[:, start:start + size]


def twice(items):
    yield from items
    for item in items:
        yield item * 2


class Batches:
    def __init__(self, data, size):
        self.data, self.size = data, size

    def __len__(self):
        return len(self.data) // self.size

    def __getitem__(self, i):
        return self.data[i * self.size:(i + 1) * self.size]

    def __iter__(self):
        return (self[i] for i in range(len(self)))


class Ensemble(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.members = nn.ModuleList(nn.Linear(a, b) for a, b in product(sizes, repeat=2) if a < b)

    def forward(self, inputs):
        return [member(inputs[member.in_features]) for member in self.members]


if __name__ == "__main__":
    parts = list(windows(torch.randn(2, 9, 4), 3))
    joined = torch.cat(parts, dim=0)
    summed = sum(part.sum() for part in parts)
    doubled = torch.stack([*twice([torch.ones(3), torch.zeros(3)])])
    first = next(windows(joined, 2))
    batches = Batches(torch.randn(10, 4), 5)
    for batch in batches:
        last = batch.mean(0)
    one = batches[0]
    count = torch.zeros(len(batches))
    outputs = Ensemble([2, 3, 5])({2: torch.randn(1, 2), 3: torch.randn(1, 3)})
    wide = torch.cat(outputs, dim=1)
    shapes = {i: torch.zeros(i, j) for i, j in zip(range(1, 4), itertools.count(2))}
    three = shapes[3]
    sizes = {value.numel() for value in shapes.values()}
    flat = torch.cat([value.flatten() for value in chain(shapes.values(), repeat(three, 2))])
    grid = torch.tensor([[i * j for j in range(3)] for i in range(2)])
    total = torch.zeros(max(sizes), min(sizes))
    reduced = itertools.accumulate([2, 3, 4], lambda a, b: a * b)
    volumes = [torch.zeros(size) for size in reduced]
    biggest = volumes[-1]
