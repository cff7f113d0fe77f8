"""torch.autocast('cpu'): what computes in a lower dtype, what in float32, what takes tensors as they come."""
import contextlib

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        self.scale = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        B, N, C = x.shape
        q, k, v = self.qkv(self.norm(x)).view(B, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1)
        weights = scores.softmax(-1)
        fused = F.scaled_dot_product_attention(q, k, v)
        mixed = (weights @ v + fused).transpose(1, 2).reshape(B, N, C)
        with torch.autocast("cpu", enabled=False):
            apart = x @ x.transpose(1, 2)
        plain = self.proj(mixed)
        scaled = plain * self.scale
        return x + plain, scaled, apart


def losses(scores, target):
    likely = F.log_softmax(scores, -1)
    pieces = [F.nll_loss(likely, target), F.cross_entropy(scores, target), F.mse_loss(scores, scores), F.l1_loss(scores, scores)]
    smooth = F.smooth_l1_loss(scores, scores)
    close = F.kl_div(likely, likely, log_target=True)
    return sum(pieces) + smooth + close


def run(device="cpu"):
    net = Block(8, 2)
    x = torch.randn(2, 5, 8)
    images = torch.randn(2, 3, 8, 8)
    conv = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
    with torch.autocast(device_type=device, dtype=torch.bfloat16):
        summed, scaled, apart = net(x)
        kept = conv(images)
        grown = F.interpolate(kept, scale_factor=2, mode="bilinear")
        edges = F.pad(kept, (1, 1, 1, 1), mode="reflect")
        zeros = F.pad(kept, (1, 1, 1, 1))
        joined = torch.cat([kept, images], 1)
        product = torch.einsum("bnc,bmc->bnm", x, x)
        outer = torch.einsum("bn,bm->bnm", x[:, 0], x[:, 1])
        vector = x[0].mv(x[0, 0])
        many = torch.linalg.multi_dot([x[0], x[0].t(), x[0]])
        spectrum = torch.fft.rfft(product)
        distances = torch.cdist(product, product)
        double = x.double() @ x.double().transpose(1, 2)
        whole = torch.ones(2, 2, dtype=torch.long) @ torch.ones(2, 2, dtype=torch.long)
        sequence, state = nn.RNN(8, 6)(x)
        gated, hidden = nn.GRU(8, 6)(x)
        looked, looks = nn.MultiheadAttention(8, 2, batch_first=True)(x, x, x)
        there = torch.empty(5, 5)
        torch.mm(x[0], x[0].t(), out=there)
        total = losses(scaled.mean(1), torch.zeros(2, dtype=torch.long))
        fast = torch.zeros(1, dtype=torch.get_autocast_dtype("cpu")) if torch.is_autocast_enabled("cpu") else torch.zeros(2)
    after = x @ x.transpose(1, 2)
    with torch.cuda.amp.autocast(enabled=False):
        unchanged = net.proj(x)
    with torch.autocast("cpu", torch.float16) if x.ndim > 2 else contextlib.nullcontext():
        half = net.proj(x)
    return summed, grown, edges, total, after, unchanged, half


if __name__ == "__main__":
    results = run()
