"""Queries for a set of objects: positions of sines, an encoder and decoder, auxiliary outputs, costs for matching."""
import copy
import math
from typing import Optional

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Nested:
    def __init__(self, tensors, mask: Optional[Tensor]):
        self.tensors, self.mask = tensors, mask

    def decompose(self):
        return self.tensors, self.mask


def nested(images):
    shape = [max(sizes) for sizes in zip(*[list(image.shape) for image in images])]
    batch = torch.zeros([len(images)] + shape)
    mask = torch.ones((len(images), *shape[1:]), dtype=torch.bool)
    for image, padded, m in zip(images, batch, mask):
        padded[: image.shape[0], : image.shape[1], : image.shape[2]].copy_(image)
        m[: image.shape[1], : image.shape[2]] = False
    return Nested(batch, mask)


class SinePositions(nn.Module):
    def __init__(self, features=8, temperature=10000, scale=None):
        super().__init__()
        self.features, self.temperature = features, temperature
        self.scale = 2 * math.pi if scale is None else scale

    def forward(self, mask):
        y = (~mask).cumsum(1, dtype=torch.float32)
        x = (~mask).cumsum(2, dtype=torch.float32)
        y, x = (t / (t.amax((1, 2), keepdim=True) + 1e-6) * self.scale for t in (y, x))
        rates = torch.arange(self.features, dtype=torch.float32)
        rates = self.temperature ** (2 * torch.div(rates, 2, rounding_mode="floor") / self.features)
        px, py = x[:, :, :, None] / rates, y[:, :, :, None] / rates
        px = torch.stack((px[..., 0::2].sin(), px[..., 1::2].cos()), dim=4).flatten(3)
        py = torch.stack((py[..., 0::2].sin(), py[..., 1::2].cos()), dim=4).flatten(3)
        return torch.cat((py, px), dim=3).permute(0, 3, 1, 2)


class DecoderLayer(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.own, self.cross = nn.MultiheadAttention(dim, heads), nn.MultiheadAttention(dim, heads)
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(2))

    @staticmethod
    def with_pos(tensor, pos: Optional[Tensor]):
        return tensor if pos is None else tensor + pos

    def forward(self, target, memory, mask=None, pos=None, query_pos=None):
        q = k = self.with_pos(target, query_pos)
        target = self.norms[0](target + self.own(q, k, value=target)[0])
        found, weights = self.cross(self.with_pos(target, query_pos), self.with_pos(memory, pos), memory, key_padding_mask=mask)
        return self.norms[1](target + found)


def clones(module, n):
    return nn.ModuleList([copy.deepcopy(module) for i in range(n)])


class MLP(nn.Module):
    def __init__(self, inputs, hidden, outputs, layers):
        super().__init__()
        self.num_layers = layers
        h = [hidden] * (layers - 1)
        self.layers = nn.ModuleList(nn.Linear(n, k) for n, k in zip([inputs] + h, h + [outputs]))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = F.relu(layer(x)) if i < self.num_layers - 1 else layer(x)
        return x


class Detector(nn.Module):
    def __init__(self, dim=16, heads=2, depth=2, queries=5, classes=3):
        super().__init__()
        self.backbone = nn.Conv2d(3, 12, 8, 8)
        self.input = nn.Conv2d(12, dim, 1)
        self.positions = SinePositions(dim // 2)
        self.decoder = clones(DecoderLayer(dim, heads), depth)
        self.queries = nn.Embedding(queries, dim)
        self.class_embed, self.box_embed = nn.Linear(dim, classes + 1), MLP(dim, dim, 4, 3)

    def forward(self, samples):
        x, mask = samples.decompose()
        features = self.backbone(x)
        mask = F.interpolate(mask[None].float(), size=features.shape[-2:]).to(torch.bool)[0]
        pos = self.positions(mask).flatten(2).permute(2, 0, 1)
        memory = self.input(features).flatten(2).permute(2, 0, 1)
        bs = memory.shape[1]
        query_pos = self.queries.weight.unsqueeze(1).repeat(1, bs, 1)
        target = torch.zeros_like(query_pos)
        states = []
        for layer in self.decoder:
            target = layer(target, memory, mask=mask.flatten(1), pos=pos, query_pos=query_pos)
            states.append(target)
        hs = torch.stack(states).transpose(1, 2)
        classes, boxes = self.class_embed(hs), self.box_embed(hs).sigmoid()
        out = {"logits": classes[-1], "boxes": boxes[-1]}
        out["aux"] = [{"logits": a, "boxes": b} for a, b in zip(classes[:-1], boxes[:-1])]
        return out


def cost_matrix(outputs, labels, boxes):
    bs, queries = outputs["logits"].shape[:2]
    probabilities = outputs["logits"].flatten(0, 1).softmax(-1)
    cost = -probabilities[:, labels] + torch.cdist(outputs["boxes"].flatten(0, 1), boxes, p=1)
    return cost.view(bs, queries, -1)


if __name__ == "__main__":
    samples = nested([torch.randn(3, 32, 40), torch.randn(3, 24, 48)])
    out = Detector()(samples)
    logits, boxes = out["logits"], out["boxes"]
    aux = out["aux"][0]["boxes"]
    cost = cost_matrix(out, torch.tensor([0, 2, 1]), torch.rand(3, 4))
    parts = [c[i] for i, c in enumerate(cost.split([1, 2], -1))]
    best = parts[1].argmin(0)
