"""A decoder with rotary embeddings, grouped queries and a cache of keys and values; greedy and sampled generation."""
from typing import List, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import nn


class RMSNorm(nn.Module):
    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return self.weight * (x.float() * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + self.eps)).type_as(x)


def frequencies(dim: int, end: int, theta: float = 10000.0):
    rates = 1.0 / (theta ** (torch.arange(0, dim, 2)[: dim // 2].float() / dim))
    angles = torch.outer(torch.arange(end, dtype=torch.float32), rates)
    return torch.polar(torch.ones_like(angles), angles)


def rotate(x, rotations):
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    shape = [d if i == 1 or i == pairs.ndim - 1 else 1 for i, d in enumerate(pairs.shape)]
    return torch.view_as_real(pairs * rotations.view(*shape)).flatten(3).type_as(x)


def repeat_kv(x: torch.Tensor, times: int) -> torch.Tensor:
    b, n, heads, dim = x.shape
    if times == 1:
        return x
    return x[:, :, :, None, :].expand(b, n, heads, times, dim).reshape(b, n, heads * times, dim)


class Cache:
    def __init__(self):
        self.keys: List[torch.Tensor] = []
        self.values: List[torch.Tensor] = []

    def update(self, keys, values, layer):
        if len(self.keys) <= layer:
            self.keys.append(keys)
            self.values.append(values)
        else:
            self.keys[layer] = torch.cat([self.keys[layer], keys], dim=1)
            self.values[layer] = torch.cat([self.values[layer], values], dim=1)
        return self.keys[layer], self.values[layer]

    @property
    def length(self):
        return self.keys[0].shape[1] if self.keys else 0


class Attention(nn.Module):
    def __init__(self, dim, heads, kv_heads, layer):
        super().__init__()
        self.heads, self.kv_heads, self.head_dim, self.layer = heads, kv_heads, dim // heads, layer
        self.wq = nn.Linear(dim, heads * self.head_dim, bias=False)
        self.wk = nn.Linear(dim, kv_heads * self.head_dim, bias=False)
        self.wv = nn.Linear(dim, kv_heads * self.head_dim, bias=False)
        self.wo = nn.Linear(heads * self.head_dim, dim, bias=False)

    def forward(self, x, rotations, mask: Optional[torch.Tensor], cache: Optional[Cache]):
        b, n, _ = x.shape
        q = self.wq(x).view(b, n, self.heads, self.head_dim)
        k = self.wk(x).view(b, n, self.kv_heads, self.head_dim)
        v = self.wv(x).view(b, n, self.kv_heads, self.head_dim)
        q, k = rotate(q, rotations), rotate(k, rotations)
        if cache is not None:
            k, v = cache.update(k, v, self.layer)
        k, v = (repeat_kv(t, self.heads // self.kv_heads) for t in (k, v))
        q, k, v = q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)
        scores = q @ k.transpose(2, 3) / self.head_dim**0.5
        if mask is not None:
            scores = scores + mask
        return self.wo((F.softmax(scores.float(), dim=-1).type_as(q) @ v).transpose(1, 2).contiguous().view(b, n, -1))


class Decoder(nn.Module):
    def __init__(self, vocabulary=32, dim=16, heads=4, kv_heads=2, depth=2, longest=64):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim)
        self.layers = nn.ModuleList([nn.ModuleDict(dict(norm=RMSNorm(dim), attention=Attention(dim, heads, kv_heads, i))) for i in range(depth)])
        self.norm = RMSNorm(dim)
        self.register_buffer("rotations", frequencies(dim // heads, longest), persistent=False)
        self.head = nn.Linear(dim, vocabulary, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, ids, cache=None):
        start = cache.length if cache is not None else 0
        n = ids.shape[1]
        x = self.embed(ids)
        rotations = self.rotations[start : start + n]
        mask = None
        if n > 1:
            mask = torch.full((n, n), float("-inf")).triu(diagonal=1)
            mask = torch.hstack([torch.zeros((n, start)), mask]).type_as(x)
        for layer in self.layers:
            x = x + layer["attention"](layer["norm"](x), rotations, mask, cache)
        return self.head(self.norm(x)).float()


@torch.inference_mode()
def generate(model, ids, steps, temperature=0.0, top_k=None) -> Tuple[torch.Tensor, Cache]:
    cache = Cache()
    fed = ids
    for _ in range(steps):
        logits = model(fed, cache)[:, -1]
        if temperature > 0:
            logits = logits / temperature
            if top_k is not None:
                kept, _ = torch.topk(logits, min(top_k, logits.size(-1)))
                logits[logits < kept[:, [-1]]] = -float("inf")
            fed = torch.multinomial(logits.softmax(-1), num_samples=1)
        else:
            fed = logits.argmax(dim=-1, keepdim=True)
        ids = torch.cat((ids, fed), dim=1)
    return ids, cache


if __name__ == "__main__":
    model = Decoder()
    prompt = torch.randint(32, (2, 5))
    logits = model(prompt)
    ids, cache = generate(model, prompt, 3)
    sampled, _ = generate(model, prompt, 2, temperature=0.8, top_k=4)
    keys = cache.keys[-1]
