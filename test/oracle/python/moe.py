"""A mixture of experts: top-k routing with gather and scatter, and a load balance loss."""
import torch
import torch.nn.functional as F
from torch import nn


class Expert(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.w1, self.w2, self.w3 = nn.Linear(dim, hidden, bias=False), nn.Linear(hidden, dim, bias=False), nn.Linear(dim, hidden, bias=False)

    def forward(self, x):
        return self.w2(F.silu(self.w1(x)) * self.w3(x))


class Mixture(nn.Module):
    def __init__(self, dim, hidden, experts=4, k=2):
        super().__init__()
        self.k = k
        self.gate = nn.Linear(dim, experts, bias=False)
        self.experts = nn.ModuleList([Expert(dim, hidden) for _ in range(experts)])

    def forward(self, x):
        b, n, d = x.shape
        flat = x.view(-1, d)
        logits = self.gate(flat)
        weights = F.softmax(logits, dim=1)
        weights, chosen = torch.topk(weights, self.k, dim=-1)
        weights /= weights.sum(dim=-1, keepdim=True)
        out = torch.zeros_like(flat)
        masks = F.one_hot(chosen, num_classes=len(self.experts)).permute(2, 1, 0)
        for i, expert in enumerate(self.experts):
            everyone = expert(flat)
            share = (weights * (chosen == i)).sum(-1, keepdim=True)
            out = out + everyone * share
        balance = masks.float().mean((1, 2))
        return out.reshape(b, n, d), logits, balance


class Capacity(nn.Module):
    """Each expert takes the tokens that fit it best: batched products only."""

    def __init__(self, dim, experts, capacity):
        super().__init__()
        self.capacity = capacity
        self.gate = nn.Linear(dim, experts)
        self.weights = nn.Parameter(torch.randn(experts, dim, dim) * 0.02)

    def forward(self, x):
        scores = self.gate(x).softmax(-1)
        best, tokens = scores.t().topk(self.capacity, dim=-1)
        picked = x[tokens]
        made = torch.bmm(picked, self.weights) * best.unsqueeze(-1)
        out = torch.zeros_like(x)
        out.index_add_(0, tokens.flatten(), made.flatten(0, 1))
        dispatch = torch.zeros(x.size(0), scores.size(1)).scatter(1, scores.argmax(1, keepdim=True), 1.0)
        return out, dispatch


if __name__ == "__main__":
    out, logits, balance = Mixture(8, 16)(torch.randn(2, 5, 8))
    mixed, dispatch = Capacity(8, 3, 4)(out.flatten(0, 1))
    loss = (balance * logits.softmax(-1).mean(0)).sum() * 4
