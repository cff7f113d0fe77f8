"""Objects as indices and keys, and the class attributes of named tuples."""
from collections import namedtuple
from dataclasses import dataclass

import torch

Box = namedtuple("Box", "x y size")
box = Box(torch.zeros(4), torch.ones(4, 2), torch.rand(4, 1))
for field in Box._fields:
    total = getattr(box, field).sum()
made = Box._make([torch.zeros(i + 1) for i in range(3)])
last = made.size
count = torch.zeros(len(Box._fields))


class Level:
    def __init__(self, at):
        self.at = at

    def __index__(self):
        return self.at


sizes = [3, 4, 5, 6]
picked = torch.zeros(sizes[Level(2)])
row = torch.zeros(5, 7)[Level(1)]


@dataclass(frozen=True)
class Scale:
    level: int
    name: str


maps = {Scale(level, "fine"): torch.zeros(2**level) for level in range(4)}
fine = maps[Scale(3, "fine")]
none = maps.get(Scale(3, "coarse"), torch.zeros(1, 1))


text = bytearray(range(8))
words = torch.frombuffer(text, dtype=torch.int16, count=3)
rest = torch.frombuffer(text, dtype=torch.uint8)  # counted
