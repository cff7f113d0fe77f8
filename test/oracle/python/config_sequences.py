# Widths that a config lists, of any number: taken by position, from the end, and in loops.
from dataclasses import dataclass

import torch
from torch import nn
import torch.nn.functional as F


@dataclass
class Settings:
    widths: list[int] | tuple[int, ...] = (8, 12, 20, 20)
    heads: list[int] | tuple[int, ...] = (1, 2, 4, 5)
    out: int = 6
    rank: int | str = 'auto'

    def __post_init__(self):
        if self.rank == 'auto':
            self.rank = self.out // 2


class Stage(nn.Module):
    def __init__(self, settings: Settings, index: int):
        super().__init__()
        self.heads = settings.heads[index]
        self.down = nn.Conv2d(3 if index == 0 else settings.widths[index - 1], settings.widths[index], 3, 2, 1)
        self.mix = nn.Linear(settings.widths[index], settings.widths[index])

    def forward(self, x):
        x = self.down(x)
        b, c, h, w = x.shape
        tokens = self.mix(x.flatten(2).transpose(1, 2))
        split = tokens.view(b, h * w, self.heads, c // self.heads).transpose(1, 2)
        weights = (split @ split.transpose(-1, -2)).softmax(-1)
        tokens = (weights @ split).transpose(1, 2).reshape(b, h * w, c)
        return tokens.transpose(1, 2).view(b, c, h, w)


class Encoder(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.stages = nn.ModuleList([Stage(settings, i) for i in range(len(settings.widths))])

    def forward(self, x):
        kept = []
        for stage in self.stages:
            x = stage(x)
            kept.append(x)
        return kept


class Neck(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.last = nn.Conv2d(settings.widths[-1], settings.out, 1)
        self.before = nn.Conv2d(settings.widths[-2], settings.out, 1)
        self.low = nn.Linear(settings.out, int(settings.rank), bias=False)
        self.high = nn.Linear(int(settings.rank), settings.widths[-1])

    def forward(self, deep, shallow):
        deep = F.interpolate(self.last(deep), scale_factor=2)
        both = deep + self.before(shallow)
        return self.high(self.low(both.permute(0, 2, 3, 1)))


def suppress(scores: torch.Tensor, radius: int):
    def best(x):
        return F.max_pool2d(x, 2 * radius + 1, 1, radius)

    mask = scores == best(scores)
    return torch.where(mask, scores, torch.zeros_like(scores))


class Points(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.score = nn.Conv2d(settings.widths[-1], 17, 1)
        self.radius = 2

    def forward(self, x):
        scores = self.score(x).softmax(1)[:, :-1]
        b, _, h, w = scores.shape
        scores = scores.permute(0, 2, 3, 1).reshape(b, h, w, 4, 4)
        scores = scores.permute(0, 1, 3, 2, 4).reshape(b, h * 4, w * 4)
        return suppress(scores, self.radius)


if __name__ == '__main__':
    settings = Settings()
    kept = Encoder(settings)(torch.randn(2, 3, 64, 64))
    mixed = Neck(settings)(kept[-1], kept[-2])
    points = Points(settings)(kept[-1])
    print(mixed.shape, points.shape)
