"""Latents that attend to inputs, registers, resampling; helpers named exists and default; layers made from lists."""
from functools import wraps

import torch
from einops import rearrange, repeat
from torch import einsum, nn


def exists(val):
    return val is not None


def default(val, d):
    return val if exists(val) else d


def cache_fn(f):
    cache = None

    @wraps(f)
    def cached(*args, _cache=True, **kwargs):
        if not _cache:
            return f(*args, **kwargs)
        nonlocal cache
        if cache is not None:
            return cache
        cache = f(*args, **kwargs)
        return cache
    return cached


class PreNorm(nn.Module):
    def __init__(self, dim, fn, context_dim=None):
        super().__init__()
        self.fn = fn
        self.norm = nn.LayerNorm(dim)
        self.norm_context = nn.LayerNorm(context_dim) if exists(context_dim) else None

    def forward(self, x, **kwargs):
        x = self.norm(x)
        if exists(self.norm_context):
            kwargs.update(context=self.norm_context(kwargs["context"]))
        return self.fn(x, **kwargs)


class GEGLU(nn.Module):
    def forward(self, x):
        x, gates = x.chunk(2, dim=-1)
        return x * nn.functional.gelu(gates)


class FeedForward(nn.Module):
    def __init__(self, dim, mult=4):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(dim, dim * mult * 2), GEGLU(), nn.Linear(dim * mult, dim))

    def forward(self, x):
        return self.net(x)


class Attention(nn.Module):
    def __init__(self, query_dim, context_dim=None, heads=8, dim_head=64):
        super().__init__()
        inner_dim = dim_head * heads
        context_dim = default(context_dim, query_dim)
        self.scale = dim_head**-0.5
        self.heads = heads
        self.to_q = nn.Linear(query_dim, inner_dim, bias=False)
        self.to_kv = nn.Linear(context_dim, inner_dim * 2, bias=False)
        self.to_out = nn.Linear(inner_dim, query_dim)

    def forward(self, x, context=None, mask=None):
        h = self.heads
        q = self.to_q(x)
        context = default(context, x)
        k, v = self.to_kv(context).chunk(2, dim=-1)
        q, k, v = map(lambda t: rearrange(t, "b n (h d) -> (b h) n d", h=h), (q, k, v))
        sim = einsum("b i d, b j d -> b i j", q, k) * self.scale
        if exists(mask):
            mask = rearrange(mask, "b ... -> b (...)")
            mask = repeat(mask, "b j -> (b h) () j", h=h)
            sim.masked_fill_(~mask, -torch.finfo(sim.dtype).max)
        attn = sim.softmax(dim=-1)
        out = einsum("b i j, b j d -> b i d", attn, v)
        return self.to_out(rearrange(out, "(b h) n d -> b n (h d)", h=h))


class Perceiver(nn.Module):
    def __init__(self, *, depth, dim, input_dim, num_latents=6, heads=2, dim_head=4, tie=True):
        super().__init__()
        self.latents = nn.Parameter(torch.randn(num_latents, dim))
        get_cross = lambda: PreNorm(dim, Attention(dim, input_dim, heads=1, dim_head=dim_head), context_dim=input_dim)
        get_ff = lambda: PreNorm(dim, FeedForward(dim))
        get_self = lambda: PreNorm(dim, Attention(dim, heads=heads, dim_head=dim_head))
        get_cross, get_ff, get_self = map(cache_fn, (get_cross, get_ff, get_self))
        self.layers = nn.ModuleList([])
        for i in range(depth):
            cache_args = {"_cache": i > 0 and tie}
            self.layers.append(nn.ModuleList([get_cross(**cache_args), get_ff(**cache_args), nn.ModuleList([nn.ModuleList([get_self(**cache_args), get_ff(**cache_args)])])]))

    def forward(self, data, mask=None):
        b, *axis, _ = data.shape
        positions = torch.stack(torch.meshgrid(*[torch.linspace(-1.0, 1.0, steps=size) for size in axis], indexing="ij"), dim=-1)
        data = torch.cat((data, repeat(positions, "... d -> b ... d", b=b)), dim=-1)
        data = rearrange(data, "b ... d -> b (...) d")
        x = repeat(self.latents, "n d -> b n d", b=b)
        for cross_attn, cross_ff, self_attns in self.layers:
            x = cross_attn(x, context=data, mask=mask) + x
            x = cross_ff(x) + x
            for self_attn, self_ff in self_attns:
                x = self_attn(x) + x
                x = self_ff(x) + x
        return x


if __name__ == "__main__":
    model = Perceiver(depth=2, dim=8, input_dim=5)
    latents = model(torch.randn(2, 4, 3, 3), mask=torch.ones(2, 4, 3).bool())
    other = model(torch.randn(1, 5, 2, 3))
