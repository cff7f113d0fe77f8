"""deque, Counter, OrderedDict, defaultdict, reduce, operator, zip(*…), any and all, sorted and bisect."""
import operator
from collections import Counter, OrderedDict, defaultdict, deque
from functools import reduce
from operator import itemgetter, mul

import torch
from torch import nn


class Replay:
    def __init__(self, capacity):
        self.memory = deque([], maxlen=capacity)

    def push(self, *transition):
        self.memory.append(transition)

    def batch(self):
        states, actions, rewards = zip(*self.memory)
        return torch.stack(states), torch.tensor(actions), torch.cat(rewards)

    def __len__(self):
        return len(self.memory)


def total(shape):
    return reduce(mul, shape, 1)


def group(tensors):
    groups = defaultdict(list)
    for t in tensors:
        groups[tuple(t.shape[1:])].append(t)
    return {shape: torch.cat(members) for shape, members in groups.items()}


class Multi(nn.Module):
    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleDict(OrderedDict((name, nn.Linear(*sizes)) for name, sizes in branches))

    def forward(self, inputs):
        outs = OrderedDict()
        for name in sorted(inputs, key=lambda n: self.branches[n].out_features, reverse=True):
            outs[name] = self.branches[name](inputs[name])
        first = next(iter(outs.values()))
        assert all(isinstance(out, torch.Tensor) for out in outs.values())
        return first, torch.cat(list(outs.values()), dim=-1)


if __name__ == "__main__":
    replay = Replay(3)
    for i in range(5):
        replay.push(torch.randn(4), i % 2, torch.randn(1))
    states, actions, rewards = replay.batch()
    count = torch.zeros(len(replay))
    flat = torch.randn(2, 3, 4).reshape(total((2, 3)), total([4]))
    grouped = group([torch.zeros(1, 2), torch.zeros(3, 2), torch.zeros(2, 5)])
    pairs = grouped[(2,)]
    widest = max(grouped.values(), key=lambda t: t.size(1))
    first, both = Multi([("a", (2, 3)), ("b", (2, 5))])({"a": torch.randn(1, 2), "b": torch.randn(1, 2)})
    counts = Counter("banana")
    hist = torch.zeros(counts["a"], counts.most_common(1)[0][1], sum(counts.values()))
    columns = [torch.stack(c) for c in zip(*[(torch.ones(2), torch.zeros(3)), (torch.ones(2), torch.zeros(3))])]
    left, right = columns
    picked = itemgetter(1, 0)(columns)
    swapped = picked[0]
    added = reduce(operator.add, [torch.ones(2, 1), torch.ones(1, 3), torch.ones(1)])
    queue = deque([torch.ones(i) for i in range(1, 4)])
    queue.rotate(1)
    head = queue.popleft()
    names = {name: i for i, name in enumerate(["x", "y"])}
    inverse = {i: name for name, i in names.items()}
    table = torch.zeros(len(inverse), names["y"] + 1)
    flags = torch.ones(int(any(n > 1 for n in (1, 2))), int(all([])))
    total_size = sum((t.numel() for t in queue), start=2)
    sized = torch.zeros(total_size)
    nested = {"a": {"b": [torch.ones(2, 2)]}}
    inner = nested["a"]["b"][-1]
    merged = nested | {"c": torch.ones(4)}
    last = merged.pop("c")
    keys = torch.zeros(len(merged.keys() - {"c"}))
