"""Atrous pyramids, squeeze-free attention, deformable-like sampling, capsules, region pooling by hand, point features."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class ASPP(nn.Module):
    def __init__(self, inputs, outputs, rates=(1, 2, 3)):
        super().__init__()
        modules = [nn.Sequential(nn.Conv2d(inputs, outputs, 1), nn.ReLU())]
        modules.extend(nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=rate, dilation=rate), nn.ReLU()) for rate in tuple(rates))
        self.convs = nn.ModuleList(modules)
        self.pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(inputs, outputs, 1))
        self.project = nn.Conv2d((len(self.convs) + 1) * outputs, outputs, 1)

    def forward(self, x):
        res = [conv(x) for conv in self.convs]
        res.append(F.interpolate(self.pool(x), size=x.shape[-2:], mode="bilinear", align_corners=False))
        return self.project(torch.cat(res, dim=1))


class Channel(nn.Module):
    def __init__(self, channels, reduction=4):
        super().__init__()
        self.mlp = nn.Sequential(nn.Flatten(), nn.Linear(channels, channels // reduction), nn.ReLU(), nn.Linear(channels // reduction, channels))

    def forward(self, x):
        total = None
        for pool in ("avg", "max"):
            if pool == "avg":
                pooled = F.avg_pool2d(x, (x.size(2), x.size(3)), stride=(x.size(2), x.size(3)))
            elif pool == "max":
                pooled = F.max_pool2d(x, (x.size(2), x.size(3)))
            made = self.mlp(pooled)
            total = made if total is None else total + made
        return x * torch.sigmoid(total).unsqueeze(2).unsqueeze(3).expand_as(x)


class Sampling(nn.Module):
    """Each query looks at a few places of each level."""

    def __init__(self, dim=16, levels=2, heads=4, points=3):
        super().__init__()
        self.levels, self.heads, self.points, self.head_dim = levels, heads, points, dim // heads
        self.offsets = nn.Linear(dim, heads * levels * points * 2)
        self.weights = nn.Linear(dim, heads * levels * points)
        self.value = nn.Linear(dim, dim)

    def forward(self, query, reference, flat, shapes):
        n, length, _ = query.shape
        value = self.value(flat).view(n, -1, self.heads, self.head_dim)
        offsets = self.offsets(query).view(n, length, self.heads, self.levels, self.points, 2)
        weights = self.weights(query).view(n, length, self.heads, -1).softmax(-1)
        weights = weights.view(n, length, self.heads, self.levels, self.points)
        normalizer = torch.tensor([[w, h] for h, w in shapes], dtype=torch.float32)
        places = reference[:, :, None, :, None, :] + offsets / normalizer[None, None, None, :, None, :]
        grids = 2 * places - 1
        sampled = []
        for level, ((h, w), each) in enumerate(zip(shapes, value.split([h * w for h, w in shapes], dim=1))):
            image = each.flatten(2).transpose(1, 2).reshape(n * self.heads, self.head_dim, h, w)
            grid = grids[:, :, :, level].transpose(1, 2).flatten(0, 1)
            sampled.append(F.grid_sample(image, grid, mode="bilinear", padding_mode="zeros", align_corners=False))
        weights = weights.transpose(1, 2).reshape(n * self.heads, 1, length, self.levels * self.points)
        out = (torch.stack(sampled, dim=-2).flatten(-2) * weights).sum(-1)
        return out.view(n, self.heads * self.head_dim, length).transpose(1, 2).contiguous()


def squash(x, dim=-1):
    squared = (x**2).sum(dim=dim, keepdim=True)
    return squared / (1 + squared) * x / (squared.sqrt() + 1e-8)


class Capsules(nn.Module):
    def __init__(self, inputs, in_dim, outputs, out_dim, rounds=3):
        super().__init__()
        self.rounds = rounds
        self.W = nn.Parameter(0.01 * torch.randn(1, outputs, inputs, out_dim, in_dim))

    def forward(self, x):
        u = torch.matmul(self.W, x.unsqueeze(1).unsqueeze(4)).squeeze(-1)
        b = torch.zeros(*u.shape[:3], 1)
        for i in range(self.rounds):
            c = b.softmax(dim=1)
            v = squash((c * u).sum(dim=2))
            if i < self.rounds - 1:
                b = b + torch.matmul(u, v.unsqueeze(-1))
        return v


def crop_and_resize(features, boxes, size):
    crops = []
    for index, x0, y0, x1, y1 in boxes:
        crop = features[index : index + 1, :, y0:y1, x0:x1]
        crops.append(F.adaptive_max_pool2d(crop, size))
    return torch.cat(crops)


class PointNet(nn.Module):
    def __init__(self, k=4):
        super().__init__()
        self.shared = nn.Sequential(*[m for a, b in ((3, 8), (8, 16)) for m in (nn.Conv1d(a, b, 1), nn.BatchNorm1d(b), nn.ReLU())])
        self.transform = nn.Linear(16, k * k)
        self.k = k

    def forward(self, points):
        x = self.shared(points)
        g = torch.max(x, 2, keepdim=True)[0].view(-1, 16)
        identity = torch.eye(self.k).flatten()[None].repeat(g.size(0), 1)
        matrix = (self.transform(g) + identity).view(-1, self.k, self.k)
        return torch.cat([g.unsqueeze(2).repeat(1, 1, points.size(2)), x], 1), matrix


if __name__ == "__main__":
    y = ASPP(6, 4)(torch.randn(2, 6, 9, 11))
    z = Channel(8)(torch.randn(2, 8, 5, 6))
    shapes = ((4, 5), (2, 3))
    flat = torch.randn(2, sum(h * w for h, w in shapes), 16)
    sampled = Sampling()(torch.randn(2, 7, 16), torch.rand(2, 7, 2, 2), flat, shapes)
    capsules = Capsules(6, 4, 3, 5)(torch.randn(2, 6, 4))
    lengths = capsules.norm(dim=-1)
    crops = crop_and_resize(torch.randn(2, 3, 12, 12), [(0, 1, 2, 5, 8), (1, 0, 0, 12, 12)], (3, 3))
    features, matrix = PointNet()(torch.randn(2, 3, 10))
    upsampled = nn.PixelShuffle(2)(nn.Conv2d(4, 12, 3, padding=1)(y))
    lrn = nn.LocalResponseNorm(2)(y)
    shuffled = y.view(2, 2, 2, 9, 11).transpose(1, 2).reshape(2, -1, 9, 11)
    unpooled = nn.MaxUnpool2d(2)(*F.max_pool2d(torch.randn(1, 2, 4, 4), 2, return_indices=True))
    normalized = F.normalize(y, p=2, dim=1).flatten(2).permute(2, 0, 1)
