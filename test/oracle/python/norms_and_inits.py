"""Own normalizations, initializers by name, gated units, adaptive modulation, spectral tricks, dropout kinds."""
import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn import init


class AdaIN(nn.Module):
    def __init__(self, style, channels):
        super().__init__()
        self.norm = nn.InstanceNorm2d(channels, affine=False)
        self.fc = nn.Linear(style, channels * 2)

    def forward(self, x, s):
        h = self.fc(s)
        gamma, beta = torch.chunk(h.view(h.size(0), h.size(1), 1, 1), chunks=2, dim=1)
        return (1 + gamma) * self.norm(x) + beta


class Modulated(nn.Module):
    """A convolution whose weight each sample scales for itself."""

    def __init__(self, inputs, outputs, kernel, style, demodulate=True):
        super().__init__()
        self.kernel, self.demodulate = kernel, demodulate
        self.weight = nn.Parameter(torch.randn(1, outputs, inputs, kernel, kernel))
        self.scale = 1 / math.sqrt(inputs * kernel**2)
        self.modulation = nn.Linear(style, inputs)

    def forward(self, x, style):
        b, c, h, w = x.shape
        style = self.modulation(style).view(b, 1, c, 1, 1)
        weight = self.scale * self.weight * style
        if self.demodulate:
            weight = weight * torch.rsqrt(weight.pow(2).sum([2, 3, 4]) + 1e-8).view(b, -1, 1, 1, 1)
        weight = weight.view(-1, c, self.kernel, self.kernel)
        out = F.conv2d(x.reshape(1, b * c, h, w), weight, padding=self.kernel // 2, groups=b)
        return out.view(b, -1, *out.shape[-2:])


class Group(nn.Module):
    def __init__(self, channels, groups=4):
        super().__init__()
        self.groups = groups
        self.weight, self.bias = nn.Parameter(torch.ones(1, channels, 1, 1)), nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x):
        n, c, h, w = x.size()
        x = x.view(n, self.groups, -1)
        x = (x - x.mean(-1, keepdim=True)) / (x.var(-1, keepdim=True) + 1e-5).sqrt()
        return x.view(n, c, h, w) * self.weight + self.bias


def init_weights(net, kind="normal", gain=0.02):
    def init_func(m):
        classname = m.__class__.__name__
        if hasattr(m, "weight") and (classname.find("Conv") != -1 or classname.find("Linear") != -1):
            if kind == "normal":
                init.normal_(m.weight.data, 0.0, gain)
            elif kind == "xavier":
                init.xavier_normal_(m.weight.data, gain=gain)
            else:
                raise NotImplementedError(kind)
            if hasattr(m, "bias") and m.bias is not None:
                init.constant_(m.bias.data, 0.0)
    net.apply(init_func)
    return net


class SwiGLU(nn.Module):
    def __init__(self, dim, multiple=8):
        super().__init__()
        hidden = multiple * ((int(2 * 4 * dim / 3) + multiple - 1) // multiple)
        self.w12, self.w3 = nn.Linear(dim, 2 * hidden), nn.Linear(hidden, dim)

    def forward(self, x):
        a, b = self.w12(x).split([self.w3.in_features] * 2, dim=-1)
        return self.w3(F.silu(a) * b)


if __name__ == "__main__":
    x, s = torch.randn(2, 8, 6, 7), torch.randn(2, 5)
    adapted = AdaIN(5, 8)(x, s)
    modulated = Modulated(8, 4, 3, 5)(x, s)
    plain = Modulated(8, 4, 1, 5, demodulate=False)(x, s)
    grouped = Group(8)(x)
    net = init_weights(nn.Sequential(nn.Conv2d(8, 4, 3), nn.Flatten(), nn.Linear(80, 3)), kind="xavier")
    y = net(x)
    gated = SwiGLU(10)(torch.randn(2, 3, 10))
    calibrated = init.kaiming_uniform_(torch.empty(3, 5), nonlinearity="leaky_relu")
    eye = init.eye_(torch.empty(3, 4))
    dropped = nn.Dropout2d(0.3)(x), nn.AlphaDropout()(s), F.feature_alpha_dropout(x, training=True)
    d0, d1, d2 = dropped
    normed = F.group_norm(x, 4), F.instance_norm(x), F.layer_norm(x, x.shape[1:]), F.batch_norm(x, None, None, training=True)
    n0, n1, n2, n3 = normed
    rms = nn.RMSNorm(7)(x)
    sync = nn.SyncBatchNorm.convert_sync_batchnorm(nn.Sequential(nn.BatchNorm2d(8))).eval()
    weight = sync[0].weight
