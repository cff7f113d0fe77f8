"""Base classes, super(), abstract methods, mixins and methods of classes."""
from abc import ABC, abstractmethod

import torch
import torch.nn as nn
import torch.nn.functional as F


class Backbone(nn.Module, ABC):
    channels = 8

    def __init__(self, inputs=3):
        super().__init__()
        self.stem = nn.Conv2d(inputs, self.channels, 3, padding=1)
        self.extra = self.build()

    @abstractmethod
    def build(self): ...

    def features(self, x):
        return F.relu(self.stem(x))

    def forward(self, x):
        return self.extra(self.features(x))

    @classmethod
    def wide(cls, **kwargs):
        made = cls(**kwargs)
        made.wide_head = nn.Linear(cls.channels, 2 * cls.channels)
        return made

    @staticmethod
    def pooled(x):
        return x.mean(dim=(-2, -1))


class Plain(Backbone):
    def build(self):
        return nn.Identity()


class Strided(Backbone):
    channels = 12

    def build(self):
        return nn.Conv2d(self.channels, self.channels * 2, 3, stride=2, padding=1)

    def features(self, x):
        x = super().features(x)
        return x + x.mean(1, keepdim=True)


class Normed:
    """A mixin."""

    def normed(self, x):
        return x / x.norm(dim=1, keepdim=True).clamp_min(1e-6)


class Embedder(Normed, Strided):
    def __init__(self, size):
        super(Embedder, self).__init__(inputs=1)
        self.head = nn.Linear(2 * self.channels, size)

    def forward(self, x):
        x = super().forward(x)
        return self.normed(self.head(self.pooled(x)))


if __name__ == "__main__":
    images = torch.randn(2, 3, 10, 10)
    plain = Plain()(images)
    strided = Strided()(images)
    wide = Strided.wide(inputs=3)
    head = wide.wide_head(Strided.pooled(wide.features(images)))
    embedded = Embedder(5)(images[:, :1])
