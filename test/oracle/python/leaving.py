"""What context managers do at the end of their block, and what is left of an iterator that was gone through."""
import contextlib
import torch
from torch import nn


@contextlib.contextmanager
def default_dtype(dtype):
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield dtype
    finally:
        torch.set_default_dtype(before)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = False
        self.log = []

    @contextlib.contextmanager
    def widened(self):
        old, self.wide = self.wide, True
        self.log.append("in")
        yield self
        self.wide = old
        self.log.append("out")

    def forward(self, x):
        return torch.cat([x, x], -1) if self.wide else x


with default_dtype(torch.float64) as dtype:
    inside = torch.zeros(2)
outside = torch.zeros(2)
net = Net()
with net.widened() as same:
    wide = net(torch.zeros(3, 4))
    entered = torch.zeros(len(net.log))
narrow = net(torch.zeros(3, 4))
left = torch.zeros(len(net.log))
with default_dtype(torch.float16), net.widened():
    both = net(torch.zeros(1, 2))
rest = iter([1, 2, 3])
first = torch.zeros(next(rest))
spread = torch.zeros(*rest)
gone = torch.zeros(len(list(rest)) + 1, next(rest, 4))
names = {"a": 1, "b": 2}
views = names.keys()
twice = torch.zeros(len(list(views)), len([*views]), len([*views]))
