# What may be there or not: scores beside an output, a mask, one width or a list of them; slopes for heads that are no power of two.
import math
from dataclasses import dataclass

import torch
from torch import nn
import torch.nn.functional as F


@dataclass
class Settings:
    width: int = 12
    heads: int = 3
    reach: list[int] | int = 4


class Attend(nn.Module):
    def __init__(self, config: Settings, layer: int = 0):
        super().__init__()
        self.heads = config.heads
        self.size = config.width // config.heads
        self.reach = config.reach[layer] // 2
        self.query = nn.Linear(config.width, config.width)

    def slopes(self, length: int):
        near = 2 ** math.floor(math.log2(self.heads))
        base = torch.tensor(2.0)
        found = torch.pow(base, torch.arange(1, 1 + near))
        if near != self.heads:
            more = torch.arange(1, 1 + 2 * min(near, self.heads - near), 2)
            found = torch.cat([found, torch.pow(base, more)], dim=0)
        return found[:, None, None] * torch.ones(length)

    def core(self, q, k, mask, with_scores=False):
        if not with_scores:
            return F.scaled_dot_product_attention(q, k, k, attn_mask=mask)
        scores = (q @ k.transpose(2, 3)).softmax(-1)
        return scores @ k, scores

    def forward(self, x, padding=None, mask=None, with_scores=False):
        b, n, d = x.shape
        q = self.query(x).view(b, n, self.heads, self.size).transpose(1, 2)
        hidden = (padding != 0)[:, None, :, None]
        q = q.masked_fill(hidden, 0.0)
        out = self.core(q, q, mask, with_scores)
        if with_scores:
            out, scores = out
        near = F.unfold(x[:, None], (self.reach, 1))
        return out.transpose(1, 2).reshape(b, n, d) + self.slopes(n).sum(0)[0, :, None], near


attend = Attend(Settings(reach=[4, 6]), 1)
attend(torch.rand(2, 7, 12), torch.ones(2, 7))
attend(torch.rand(2, 7, 12), torch.ones(2, 7), with_scores=True)
