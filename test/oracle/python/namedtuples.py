"""Results with names: namedtuple, NamedTuple, dataclasses, dictionaries with attributes."""
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass, fields
from typing import NamedTuple, Optional

import torch
from torch import nn

Pair = namedtuple("Pair", ["mean", "spread"])


class Scores(NamedTuple):
    logits: torch.Tensor
    hidden: Optional[torch.Tensor] = None


@dataclass
class Output(OrderedDict):
    loss: Optional[torch.Tensor] = None
    logits: Optional[torch.Tensor] = None

    def to_tuple(self):
        return tuple(getattr(self, each.name) for each in fields(self) if getattr(self, each.name) is not None)


def moments(x):
    return Pair(x.mean(0), x.std(0))


class Head(nn.Module):
    def __init__(self, dim, classes):
        super().__init__()
        self.out = nn.Linear(dim, classes)

    def forward(self, x, labels=None, return_dict=True):
        logits = self.out(x)
        loss = None
        if labels is not None:
            loss = nn.functional.cross_entropy(logits, labels)
        if not return_dict:
            return (loss, logits) if loss is not None else (logits,)
        return Output(loss=loss, logits=logits)


if __name__ == "__main__":
    x = torch.randn(6, 4)
    pair = moments(x)
    mean, spread = pair
    normed = (x - pair.mean) / pair.spread
    scores = Scores(logits=normed @ torch.randn(4, 3))
    more = scores._replace(hidden=normed)
    head = Head(4, 5)
    out = head(more.hidden, labels=torch.randint(5, (6,)))
    loss, logits = out.to_tuple()
    only = head(x, return_dict=False)[0]
    groups = defaultdict(list)
    for i, row in enumerate(x):
        groups[i % 2].append(row)
    even = torch.stack(groups[0])
    best = x.max(dim=1)
    values, indices = best.values, best.indices
    top = torch.topk(logits, k=2)
    picked = logits.gather(1, top.indices)
