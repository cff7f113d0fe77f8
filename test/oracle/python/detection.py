"""Detection heads over a feature pyramid: anchors, decoding of boxes, overlaps."""
import math
from typing import Dict, List

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Pyramid(nn.Module):
    def __init__(self, channels: List[int], dim: int):
        super().__init__()
        self.lateral = nn.ModuleList([nn.Conv2d(c, dim, 1) for c in channels])
        self.smooth = nn.ModuleList([nn.Conv2d(dim, dim, 3, padding=1) for _ in channels])

    def forward(self, features: Dict[str, Tensor]) -> List[Tensor]:
        names = list(features.keys())
        last = self.lateral[-1](features[names[-1]])
        results = [self.smooth[-1](last)]
        for i in range(len(names) - 2, -1, -1):
            lateral = self.lateral[i](features[names[i]])
            last = lateral + F.interpolate(last, size=lateral.shape[-2:], mode="nearest")
            results.insert(0, self.smooth[i](last))
        return results


class Head(nn.Module):
    def __init__(self, dim, anchors, classes, depth=2):
        super().__init__()
        self.classes = classes
        self.tower = nn.Sequential(*(layer for _ in range(depth) for layer in (nn.Conv2d(dim, dim, 3, 1, 1), nn.GroupNorm(2, dim), nn.ReLU())))
        self.scores = nn.Conv2d(dim, anchors * classes, 3, padding=1)
        self.boxes = nn.Conv2d(dim, anchors * 4, 3, padding=1)
        nn.init.constant_(self.scores.bias, -math.log((1 - 0.01) / 0.01))

    def flat(self, x, last):
        n, _, h, w = x.shape
        return x.view(n, -1, last, h, w).permute(0, 3, 4, 1, 2).reshape(n, -1, last)

    def forward(self, levels):
        scores, boxes = [], []
        for level in levels:
            x = self.tower(level)
            scores.append(self.flat(self.scores(x), self.classes))
            boxes.append(self.flat(self.boxes(x), 4))
        return torch.cat(scores, dim=1), torch.cat(boxes, dim=1)


def base_anchors(size, ratios=(0.5, 1.0, 2.0)):
    ratios = torch.as_tensor(ratios, dtype=torch.float32)
    h, w = size * torch.sqrt(ratios), size * torch.sqrt(1.0 / ratios)
    return (torch.stack([-w, -h, w, h], dim=1) / 2).round()


def grid_anchors(shapes, strides, sizes):
    made = []
    for (h, w), stride, size in zip(shapes, strides, sizes):
        y, x = torch.meshgrid(torch.arange(h) * stride, torch.arange(w) * stride, indexing="ij")
        shifts = torch.stack((x, y, x, y), dim=-1).reshape(-1, 4)
        made.append((shifts.view(-1, 1, 4) + base_anchors(size).view(1, -1, 4)).reshape(-1, 4))
    return torch.cat(made)


def decode(deltas: Tensor, anchors: Tensor) -> Tensor:
    widths = anchors[:, 2] - anchors[:, 0]
    heights = anchors[:, 3] - anchors[:, 1]
    x, y = anchors[:, 0] + 0.5 * widths, anchors[:, 1] + 0.5 * heights
    dx, dy, dw, dh = deltas.unbind(-1)
    cx, cy = dx * widths + x, dy * heights + y
    w, h = dw.clamp(max=4.0).exp() * widths, dh.clamp(max=4.0).exp() * heights
    return torch.stack((cx - 0.5 * w, cy - 0.5 * h, cx + 0.5 * w, cy + 0.5 * h), dim=-1)


def overlap(a: Tensor, b: Tensor) -> Tensor:
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    top = torch.max(a[:, None, :2], b[:, :2])
    bottom = torch.min(a[:, None, 2:], b[:, 2:])
    w, h = (bottom - top).clamp(min=0).unbind(2)
    inter = w * h
    return inter / (area(a)[:, None] + area(b) - inter)


def focal(logits, targets, alpha=0.25, gamma=2.0):
    p = logits.sigmoid()
    loss = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    pt = p * targets + (1 - p) * (1 - targets)
    return (loss * (1 - pt) ** gamma * (alpha * targets + (1 - alpha) * (1 - targets))).sum()


if __name__ == "__main__":
    features = {"c3": torch.randn(2, 4, 8, 10), "c4": torch.randn(2, 6, 4, 5), "c5": torch.randn(2, 8, 2, 3)}
    levels = Pyramid([4, 6, 8], 8)(features)
    scores, boxes = Head(8, 3, 5)(levels)
    anchors = grid_anchors([level.shape[-2:] for level in levels], (8, 16, 32), (32, 64, 128))
    decoded = decode(boxes, anchors)
    truth = torch.tensor([[0.0, 0.0, 30.0, 30.0], [10.0, 10.0, 60.0, 50.0]])
    matrix = overlap(truth, anchors)
    best, which = matrix.max(dim=0)
    loss = focal(scores, torch.zeros_like(scores))
    top = scores.sigmoid().flatten(1).topk(10).indices
    labels = top % 5
