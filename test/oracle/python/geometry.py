"""Points, rays, grids: positional encodings, volume rendering, sampling of images, correlation volumes."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def encode(x, levels):
    parts = [x]
    for i in range(levels):
        for function in (torch.sin, torch.cos):
            parts.append(function(2.0**i * x))
    return torch.cat(parts, -1)


def rays(height, width, focal, pose):
    i, j = torch.meshgrid(torch.arange(width, dtype=torch.float32), torch.arange(height, dtype=torch.float32), indexing="xy")
    directions = torch.stack([(i - width * 0.5) / focal, -(j - height * 0.5) / focal, -torch.ones_like(i)], -1)
    d = torch.sum(directions[..., None, :] * pose[:3, :3], dim=-1)
    return pose[:3, -1].expand(d.shape), d


class Field(nn.Module):
    def __init__(self, depth=4, width=16, levels=3, skips=(2,)):
        super().__init__()
        self.levels, self.skips = levels, skips
        inputs = 3 + 3 * 2 * levels
        self.layers = nn.ModuleList([nn.Linear(inputs, width)] + [nn.Linear(width, width) if i not in skips else nn.Linear(width + inputs, width) for i in range(depth - 1)])
        self.density, self.color = nn.Linear(width, 1), nn.Linear(width, 3)

    def forward(self, points):
        fed = encode(points, self.levels)
        h = fed
        for i, layer in enumerate(self.layers):
            h = F.relu(layer(h))
            if i in self.skips:
                h = torch.cat([fed, h], -1)
        return torch.cat([torch.sigmoid(self.color(h)), self.density(h)], -1)


def render(raw, depths, directions):
    gaps = depths[..., 1:] - depths[..., :-1]
    gaps = torch.cat([gaps, torch.full_like(gaps[..., :1], 1e10)], -1) * torch.norm(directions[..., None, :], dim=-1)
    alpha = 1.0 - torch.exp(-F.relu(raw[..., 3]) * gaps)
    ones = torch.ones((alpha.shape[0], 1))
    weights = alpha * torch.cumprod(torch.cat([ones, 1.0 - alpha + 1e-10], -1), -1)[..., :-1]
    return torch.sum(weights[..., None] * raw[..., :3], -2), weights


class SpatialTransformer(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.localize = nn.Sequential(nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(channels * 4, 6))

    def forward(self, x):
        theta = self.localize(x).view(-1, 2, 3)
        grid = F.affine_grid(theta, x.size(), align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)


def correlation(a, b, levels=2):
    n, c, h, w = a.shape
    volume = torch.matmul(a.view(n, c, h * w).transpose(1, 2), b.view(n, c, h * w)).view(n * h * w, 1, h, w) / c**0.5
    pyramid = [volume]
    for _ in range(levels - 1):
        volume = F.avg_pool2d(volume, 2, stride=2)
        pyramid.append(volume)
    return pyramid


def farthest(points, count):
    b, n, _ = points.shape
    chosen = torch.zeros(b, count, dtype=torch.long)
    distance = torch.ones(b, n) * 1e10
    last = torch.randint(0, n, (b,))
    batch = torch.arange(b)
    for i in range(count):
        chosen[:, i] = last
        center = points[batch, last, :].view(b, 1, 3)
        gap = ((points - center) ** 2).sum(-1)
        mask = gap < distance
        distance[mask] = gap[mask]  # counted
        last = torch.max(distance, -1)[1]
    return chosen


if __name__ == "__main__":
    origins, directions = rays(4, 5, 10.0, torch.eye(4))
    flat_o, flat_d = origins.reshape(-1, 3), directions.reshape(-1, 3)
    depths = torch.linspace(2.0, 6.0, 7).expand(flat_o.shape[0], 7)
    points = flat_o[:, None, :] + flat_d[:, None, :] * depths[..., :, None]
    raw = Field()(points)
    colors, weights = render(raw, depths, flat_d)
    image = colors.view(*origins.shape)
    bins = torch.searchsorted(torch.cumsum(weights, -1), torch.rand(20, 4).contiguous(), right=True)
    warped = SpatialTransformer(3)(torch.randn(2, 3, 8, 9))
    pyramid = correlation(torch.randn(1, 4, 6, 6), torch.randn(1, 4, 6, 6))
    chosen = farthest(torch.randn(2, 9, 3), 3)
    rotation = torch.linalg.qr(torch.randn(2, 3, 3)).Q
    turned = torch.einsum("bij,bnj->bni", rotation, torch.randn(2, 9, 3))
    normal = torch.linalg.cross(turned[:, 0], turned[:, 1])
    inverse = torch.inverse(rotation) @ rotation
