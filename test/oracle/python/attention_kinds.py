"""Ways to attend: fused, grouped, cross, linear, local, with ALiBi or T5's buckets."""
import math

import torch
import torch.nn.functional as F
from torch import nn


def split_heads(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


class CrossAttention(nn.Module):
    def __init__(self, dim, context_dim=None, heads=4, dim_head=8, dropout=0.0):
        super().__init__()
        inner = heads * dim_head
        context_dim = dim if context_dim is None else context_dim
        self.heads = heads
        self.to_q = nn.Linear(dim, inner, bias=False)
        self.to_kv = nn.Linear(context_dim, inner * 2, bias=False)
        self.to_out = nn.Sequential(nn.Linear(inner, dim), nn.Dropout(dropout))

    def forward(self, x, context=None, mask=None):
        context = x if context is None else context
        q, (k, v) = self.to_q(x), self.to_kv(context).chunk(2, dim=-1)
        q, k, v = (split_heads(t, self.heads) for t in (q, k, v))
        if mask is not None:
            mask = mask[:, None, None, :]
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.0 if not self.training else 0.1)
        return self.to_out(out.transpose(1, 2).flatten(2))


class LinearAttention(nn.Module):
    def __init__(self, dim, heads=2):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Conv2d(dim, dim * 3, 1, bias=False)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = self.qkv(x).reshape(b, 3, self.heads, -1, h * w).unbind(1)
        q, k = q.softmax(dim=-2) * (c // self.heads) ** -0.5, k.softmax(dim=-1)
        context = torch.einsum("bhdn,bhen->bhde", k, v)
        return torch.einsum("bhde,bhdn->bhen", context, q).reshape(b, -1, h, w)


def alibi(heads, length):
    slopes = torch.tensor([2 ** (-8 * (i + 1) / heads) for i in range(heads)])
    distance = torch.arange(length)[None, :] - torch.arange(length)[:, None]
    return slopes.view(-1, 1, 1) * distance.unsqueeze(0)


class Buckets(nn.Module):
    """T5's relative positions."""

    def __init__(self, heads, buckets=32, furthest=128):
        super().__init__()
        self.buckets, self.furthest = buckets, furthest
        self.bias = nn.Embedding(buckets, heads)

    def bucket(self, relative):
        half = self.buckets // 2
        found = (relative > 0).to(torch.long) * half
        n = torch.abs(relative)
        exact = half // 2
        large = exact + (torch.log(n.float() / exact) / math.log(self.furthest / exact) * (half - exact)).long()
        large = torch.min(large, torch.full_like(large, half - 1))
        return found + torch.where(n < exact, n, large)

    def forward(self, q, k):
        relative = torch.arange(k)[None, :] - torch.arange(q)[:, None]
        return self.bias(self.bucket(relative)).permute(2, 0, 1).unsqueeze(0)


class LocalAttention(nn.Module):
    """Each chunk sees itself and the one before."""

    def __init__(self, window):
        super().__init__()
        self.window = window

    def forward(self, q, k, v):
        b, n, d = q.shape
        w = self.window
        chunks = n // w
        q, k, v = map(lambda t: t.reshape(b, chunks, w, d), (q, k, v))
        look_back = lambda t: torch.cat([F.pad(t, (0, 0, 0, 0, 1, 0))[:, :-1], t], dim=2)
        k, v = look_back(k), look_back(v)
        scores = torch.einsum("b c i d, b c j d -> b c i j", q, k) * d**-0.5
        return (scores.softmax(-1) @ v).reshape(b, n, d)


if __name__ == "__main__":
    x, context = torch.randn(2, 9, 16), torch.randn(2, 5, 12)
    crossed = CrossAttention(16, 12)(x, context, torch.ones(2, 5, dtype=torch.bool))
    own = CrossAttention(16).eval()(x)
    linear = LinearAttention(8)(torch.randn(2, 8, 4, 6))
    bias = alibi(4, 9) + Buckets(4)(9, 9)
    causal = F.scaled_dot_product_attention(torch.randn(2, 4, 9, 8), torch.randn(2, 4, 9, 8), torch.randn(2, 4, 9, 8), is_causal=True)
    local = LocalAttention(4)(*torch.randn(3, 2, 12, 8))
    multi = nn.MultiheadAttention(16, 4, kdim=12, vdim=12, batch_first=True)
    out, weights = multi(x, context, context, key_padding_mask=torch.zeros(2, 5, dtype=torch.bool))
    layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, norm_first=True)
    encoded = nn.TransformerEncoder(layer, 2)(x, src_key_padding_mask=torch.zeros(2, 9, dtype=torch.bool))
    decoded = nn.TransformerDecoderLayer(16, 4, 32, batch_first=True)(x[:, :3], encoded, tgt_mask=nn.Transformer.generate_square_subsequent_mask(3))
