"""einops: functions and layers."""
import torch
from einops import einsum, pack, rearrange, reduce, repeat, unpack
from einops.layers.torch import Rearrange, Reduce
from torch import nn


class Patches(nn.Module):
    def __init__(self, patch, dim):
        super().__init__()
        self.cut = nn.Sequential(
            Rearrange("b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=patch, p2=patch),
            nn.Linear(patch * patch * 3, dim),
        )
        self.pool = Reduce("b n d -> b d", "mean")

    def forward(self, images):
        tokens = self.cut(images)
        return tokens, self.pool(tokens)


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)

    def forward(self, x):
        q, k, v = map(lambda t: rearrange(t, "b n (h d) -> b h n d", h=self.heads), self.qkv(x).chunk(3, dim=-1))
        scores = einsum(q, k, "b h i d, b h j d -> b h i j")
        out = einsum(scores.softmax(-1), v, "b h i j, b h j d -> b h i d")
        return rearrange(out, "b h n d -> b n (h d)")


if __name__ == "__main__":
    tokens, pooled = Patches(4, 24)(torch.randn(2, 3, 16, 8))
    first = repeat(torch.zeros(24), "d -> b 1 d", b=2)
    packed, sizes = pack([first, tokens], "b * d")
    attended = Attention(24, 3)(packed)
    again, rest = unpack(attended, sizes, "b * d")
    halved = reduce(torch.randn(2, 3, 8, 6), "b c (h 2) (w 2) -> b c h w", "max")
    image = rearrange(tokens, "b (h w) d -> b d h w", h=4)
    grid = rearrange([torch.zeros(2, 3), torch.zeros(2, 3)], "k a b -> a (k b)")
    means = reduce(image, "b d ... -> b d", "mean")
    h, w = 2, 3
    tiled = repeat(torch.randn(2, 2), "i j -> (i h) (j w)", h=h, w=w)
    flat, shapes = pack([torch.zeros(2, 3, 4), torch.zeros(2, 5)], "b *")
    one, two = unpack(flat, shapes, "b *")
