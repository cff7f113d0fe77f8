"""What some callers give and others leave out: without the calls at the end, neither is certain."""

import torch
from torch import nn


def exists(value):
    return value is not None


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(width, width)
        self.keys = nn.Linear(width, width)

    def forward(self, states, context=None, bias=None):
        shape = states.shape[:-1]
        is_cross = context is not None
        queries = self.queries(states).view(*shape, self.heads, -1).transpose(1, 2)
        source = context if is_cross else states
        keys = self.keys(source).view(*source.shape[:-1], self.heads, -1).transpose(1, 2)
        if bias is None:
            length = keys.shape[-2]
            bias = torch.zeros((1, self.heads, shape[1], length))
        scores = queries @ keys.transpose(2, 3) + bias
        return scores, bias


class SelfLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention = Attention(width, heads)

    def forward(self, states, bias=None):
        b, n, c = states.shape
        scores, bias = self.attention(states, bias=bias)
        return scores, bias


class CrossLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention = Attention(width, heads)

    def forward(self, states, context, bias=None):
        scores, bias = self.attention(states, context=context, bias=bias)
        return scores, bias


class Biased(nn.Module):
    def forward(self, scores, bias=None, mask=None):
        b, heads, rows, columns = scores.shape
        if exists(bias):
            h, i, j = bias.shape
            scores = scores + bias
        if exists(mask):
            scores = scores.masked_fill(~mask[:, None, None], -1e4)
        return scores.softmax(dim=-1)


if __name__ == "__main__":
    CrossLayer(24, 3)(torch.randn(2, 5, 24), torch.randn(2, 7, 24))
    Biased()(torch.randn(2, 3, 5, 7), mask=torch.ones(2, 7, dtype=torch.bool))
