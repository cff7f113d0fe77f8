"""A small vision transformer whose patches know their places by a learned vector each."""
import torch
from torch import nn


class Patches(nn.Module):
    """Cuts images (batch, channels, height, width) into patches (batch, count, dim)."""

    def __init__(self, size: int, patch: int, channels: int, dim: int):
        super().__init__()
        self.count = (size // patch) ** 2
        self.cut = nn.Conv2d(channels, dim, kernel_size=patch, stride=patch)

    def forward(self, images):
        return self.cut(images).flatten(start_dim=2).mT


class Encoder(nn.Module):
    def __init__(self, dim: int, heads: int, ratio: int = 4):
        super().__init__()
        self.before_attention = nn.LayerNorm(dim)
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.before_mlp = nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, ratio * dim), nn.GELU(), nn.Linear(ratio * dim, dim))

    def forward(self, tokens):
        normed = self.before_attention(tokens)
        attended, _ = self.attention(normed, normed, normed, need_weights=False)
        tokens = tokens + attended
        return tokens + self.mlp(self.before_mlp(tokens))


class ViT(nn.Module):
    def __init__(self, size=32, patch=8, channels=3, dim=48, depth=2, heads=4, classes=10):
        super().__init__()
        self.patches = Patches(size, patch, channels, dim)
        self.class_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.positions = nn.Parameter(torch.empty(1, 1 + self.patches.count, dim))
        nn.init.trunc_normal_(self.positions, std=0.02)
        self.encoders = nn.ModuleList(Encoder(dim, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, images):
        tokens = self.patches(images)
        batch = tokens.size(0)
        first = self.class_token.expand(batch, -1, -1)
        tokens = torch.cat((first, tokens), dim=1)
        tokens = tokens + self.positions
        for encoder in self.encoders:
            tokens = encoder(tokens)
        tokens = self.norm(tokens)
        return self.head(tokens[:, 0])


def resized(positions, old: int, new: int):
    """The positions of another image size: the class token's stays, the others are interpolated."""
    first, grid = positions.split([1, old * old], dim=1)
    grid = grid.reshape(1, old, old, -1).permute(0, 3, 1, 2)
    grid = nn.functional.interpolate(grid, size=(new, new), mode="bicubic", align_corners=False)
    grid = grid.flatten(2).transpose(1, 2)
    return torch.cat([first, grid], dim=1)


if __name__ == "__main__":
    model = ViT()
    logits = model(torch.randn(2, 3, 32, 32))
    larger = resized(model.positions.detach(), old=4, new=7)
    without_class = nn.Parameter(torch.zeros(1, 16, 48))
    moved = model.patches(torch.randn(2, 3, 32, 32)) + without_class
    print(logits.shape, larger.shape, moved.shape)
