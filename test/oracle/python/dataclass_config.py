"""A configuration in a dataclass, with derived fields and copies."""
from dataclasses import dataclass, field, replace, asdict
from typing import List, Optional, Tuple

import torch
from torch import nn


@dataclass
class Config:
    vocabulary: int = 100
    dim: int = 16
    heads: int = 4
    depth: int = 2
    ratio: float = 2.0
    hidden: Optional[int] = None
    kernel: Tuple[int, int] = (3, 5)
    extra: List[int] = field(default_factory=lambda: [1, 2])

    def __post_init__(self):
        if self.hidden is None:
            self.hidden = int(self.dim * self.ratio)

    @property
    def head_dim(self):
        return self.dim // self.heads


class Layer(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.up = nn.Linear(config.dim, config.hidden)
        self.down = nn.Linear(config.hidden, config.dim)

    def forward(self, x):
        b, n, _ = x.shape
        heads = x.view(b, n, self.config.heads, self.config.head_dim).transpose(1, 2)
        mixed = heads.softmax(-1).transpose(1, 2).reshape(b, n, -1)
        return self.down(self.up(mixed).relu())


class Model(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(config.vocabulary, config.dim)
        self.layers = nn.ModuleList([Layer(config) for _ in range(config.depth)])
        self.conv = nn.Conv2d(1, sum(config.extra), config.kernel)

    def forward(self, ids):
        x = self.embed(ids)
        for layer in self.layers:
            x = x + layer(x)
        return x, self.conv(x[:, None])


if __name__ == "__main__":
    config = Config(vocabulary=50)
    x, image = Model(config)(torch.randint(0, 50, (2, 9)))
    larger = replace(config, dim=32, hidden=None)
    y, other = Model(larger)(torch.zeros(1, 9, dtype=torch.long))
    values = torch.zeros(asdict(config)["hidden"], larger.head_dim)
