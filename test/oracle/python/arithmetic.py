"""Sizes computed with math, rounding, divmod, min and max, and strings that name them."""
import math
from math import ceil, floor, log2, prod, sqrt

import torch
import torch.nn as nn
import torch.nn.functional as F


def same_padding(size, kernel, stride, dilation=1):
    out = math.ceil(size / stride)
    return max((out - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)


class SameConv(nn.Conv2d):
    def forward(self, x):
        h, w = x.shape[-2:]
        ph = same_padding(h, self.kernel_size[0], self.stride[0], self.dilation[0])
        pw = same_padding(w, self.kernel_size[1], self.stride[1], self.dilation[1])
        x = F.pad(x, [pw // 2, pw - pw // 2, ph // 2, ph - ph // 2])
        return F.conv2d(x, self.weight, self.bias, self.stride, 0, self.dilation, self.groups)


def make_divisible(value, divisor=8, least=None):
    new = max(least or divisor, int(value + divisor / 2) // divisor * divisor)
    if new < 0.9 * value:
        new += divisor
    return new


def conv_out(size, kernel, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


class Squeeze(nn.Module):
    def __init__(self, channels, ratio=0.25):
        super().__init__()
        inner = make_divisible(channels * ratio)
        self.down, self.up = nn.Conv2d(channels, inner, 1), nn.Conv2d(inner, channels, 1)

    def forward(self, x):
        scale = F.adaptive_avg_pool2d(x, 1)
        scale = self.up(F.relu(self.down(scale)))
        return x * F.hardsigmoid(scale)


class Fitted(nn.Module):
    """A linear layer behind convolutions, its inputs counted beforehand."""

    def __init__(self, size):
        super().__init__()
        for kernel, stride in ((8, 4), (4, 2)):
            size = conv_out(size, kernel, stride)
        self.convs = nn.Sequential(nn.Conv2d(1, 4, 8, 4), nn.ReLU(), nn.Conv2d(4, 6, 4, 2), nn.Flatten())
        self.out = nn.Linear(6 * size**2, 10)

    def forward(self, x):
        return self.out(self.convs(x))


if __name__ == "__main__":
    same = SameConv(3, 4, (3, 5), stride=(2, 3), dilation=(1, 2))(torch.randn(1, 3, 15, 22))
    squeezed = Squeeze(36)(torch.randn(2, 36, 4, 4))
    fitted = Fitted(84)(torch.randn(2, 1, 84, 84))
    levels = int(log2(64)) - 1
    pyramid = [torch.zeros(1, 8, ceil(50 / 2**i), floor(50 / 2**i)) for i in range(levels)]
    smallest = pyramid[-1]
    side = int(sqrt(196))
    grid = torch.zeros(side, math.isqrt(50), round(3.5), abs(-4))
    whole, rest = divmod(29, 8)
    padded = torch.zeros(whole * 8 + (8 if rest else 0), prod((2, 3)))
    clipped = torch.zeros(min(max(7, 3), 5), pow(2, 3), int("12"), len(f"{side:03d}"))
    up = torch.zeros(-(-17 // 4), 17 % -4 + 5, 5 // 2 * 2, 1 << 4, 0x1F & 12)
    gcd = torch.zeros(math.gcd(12, 18), int(math.copysign(2, 1)), round(math.pi * 2), int(1e2))
