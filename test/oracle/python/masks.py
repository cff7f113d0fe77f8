"""Masks: triu, tril, masked_fill, where, boolean arithmetic and padding masks."""
import torch
import torch.nn.functional as F
from torch import nn


def causal(length, device=None):
    return torch.triu(torch.full((length, length), float("-inf"), device=device), diagonal=1)


def padding(lengths, longest=None):
    longest = longest if longest is not None else int(lengths.max())
    return torch.arange(longest)[None, :] < lengths[:, None]


def expand(mask, dtype, target=None):
    batch, source = mask.size()
    target = target if target is not None else source
    expanded = mask[:, None, None, :].expand(batch, 1, target, source).to(dtype)
    inverted = 1.0 - expanded
    return inverted.masked_fill(inverted.to(torch.bool), torch.finfo(dtype).min)


class MaskedMean(nn.Module):
    def forward(self, x, mask):
        mask = mask.unsqueeze(-1).type_as(x)
        return (x * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1e-9)


def sliding(length, width):
    i = torch.arange(length).view(-1, 1)
    j = torch.arange(length).view(1, -1)
    near = (i - j).abs() <= width
    return near & (j <= i) | (i == 0)


if __name__ == "__main__":
    scores = torch.randn(2, 4, 6, 6)
    hidden = scores + causal(6)
    lengths = torch.tensor([3, 6])
    kept = padding(lengths, 6)
    additive = expand(kept, torch.float32, target=6)
    weights = (hidden + additive).softmax(-1)
    mean = MaskedMean()(torch.randn(2, 6, 8), kept)
    near = sliding(6, 2)
    filled = scores.masked_fill(~near, -1e9)
    chosen = torch.where(near, filled, torch.zeros(()))
    lower = torch.ones(6, 6, dtype=torch.bool).tril()
    both = lower.logical_and(near)[None, None]
    dropped = F.dropout(weights, 0.1, training=True)
    attended = F.scaled_dot_product_attention(torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 5), attn_mask=both)
    scores[:, :, ~near] = 0.0  # counted
    some = (lengths > 4).any()
    found = near.nonzero(as_tuple=True)[0].unique()  # counted
