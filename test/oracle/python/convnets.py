"""Residual, dense, inverted and separable blocks, put together from tables."""
from collections import OrderedDict
from functools import partial
from typing import Any, Callable, List, Optional, Type, Union

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def conv3x3(inputs: int, outputs: int, stride: int = 1, groups: int = 1, dilation: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, stride, padding=dilation, groups=groups, bias=False, dilation=dilation)


class Basic(nn.Module):
    expansion: int = 1

    def __init__(self, inputs, planes, stride=1, downsample: Optional[nn.Module] = None):
        super().__init__()
        self.conv1, self.bn1 = conv3x3(inputs, planes, stride), nn.BatchNorm2d(planes)
        self.conv2, self.bn2 = conv3x3(planes, planes), nn.BatchNorm2d(planes)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = downsample

    def forward(self, x: Tensor) -> Tensor:
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)


class Bottleneck(nn.Module):
    expansion: int = 4

    def __init__(self, inputs, planes, stride=1, downsample=None):
        super().__init__()
        self.body = nn.Sequential(OrderedDict([
            ("reduce", nn.Conv2d(inputs, planes, 1, bias=False)), ("norm", nn.BatchNorm2d(planes)), ("relu", nn.ReLU()),
            ("conv", conv3x3(planes, planes, stride)), ("expand", nn.Conv2d(planes, planes * self.expansion, 1)),
        ]))
        self.downsample = downsample or nn.Identity()

    def forward(self, x):
        return F.relu(self.body(x) + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self, block: Type[Union[Basic, Bottleneck]], layers: List[int], classes: int = 10, width: int = 8):
        super().__init__()
        self.inplanes = width
        self.stem = nn.Sequential(nn.Conv2d(3, width, 7, 2, 3, bias=False), nn.BatchNorm2d(width), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        for i, (count, stride) in enumerate(zip(layers, (1, 2, 2, 2)), start=1):
            setattr(self, f"layer{i}", self._make_layer(block, width * 2 ** (i - 1), count, stride))
        self.count = len(layers)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(self.inplanes, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(m.weight, 1)

    def _make_layer(self, block, planes, blocks, stride=1):
        downsample = None
        if stride != 1 or self.inplanes != planes * block.expansion:
            downsample = nn.Sequential(nn.Conv2d(self.inplanes, planes * block.expansion, 1, stride), nn.BatchNorm2d(planes * block.expansion))
        layers = [block(self.inplanes, planes, stride, downsample)]
        self.inplanes = planes * block.expansion
        layers.extend(block(self.inplanes, planes) for _ in range(1, blocks))
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.stem(x)
        for i in range(1, self.count + 1):
            x = getattr(self, f"layer{i}")(x)
        return self.fc(torch.flatten(self.avgpool(x), 1))


class Dense(nn.Module):
    def __init__(self, inputs, growth, count):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv2d(inputs + i * growth, growth, 3, padding="same") for i in range(count)])

    def forward(self, x):
        features = [x]
        for layer in self.layers:
            features.append(layer(torch.cat(features, 1)))
        return torch.cat(features, 1)


class Inverted(nn.Sequential):
    def __init__(self, inputs, outputs, stride, expand, norm: Callable[..., nn.Module] = partial(nn.BatchNorm2d, eps=1e-3)):
        hidden = int(round(inputs * expand))
        layers: List[Any] = [] if expand == 1 else [nn.Conv2d(inputs, hidden, 1), norm(hidden), nn.ReLU6()]
        layers += [nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden), norm(hidden), nn.Hardswish(), nn.Conv2d(hidden, outputs, 1)]
        super().__init__(*layers)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + super().forward(x) if self.residual else super().forward(x)


SETTINGS = [[1, 6, 2, 1], [4, 8, 2, 2]]


def mobile(inputs=4):
    layers = []
    for t, c, n, s in SETTINGS:
        for i in range(n):
            layers.append(Inverted(inputs, c, s if i == 0 else 1, t))
            inputs = c
    return nn.Sequential(*layers)


if __name__ == "__main__":
    logits = ResNet(Basic, [1, 1, 1, 1])(torch.randn(2, 3, 64, 64))
    deep = ResNet(Bottleneck, [1, 2])(torch.randn(1, 3, 40, 56))
    dense = Dense(4, 3, 3)(torch.randn(1, 4, 9, 9))
    small = mobile()(torch.randn(1, 4, 20, 20))
    dilated = conv3x3(4, 8, groups=2, dilation=2)(torch.randn(1, 4, 11, 13))
    up = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)(dilated)
    one = nn.Conv1d(4, 6, 5, stride=2, padding=2, dilation=2)(torch.randn(2, 4, 30))
    three = nn.Conv3d(1, 2, (1, 3, 3), padding=(0, 1, 1))(torch.randn(1, 1, 4, 6, 6))
    pooled = F.max_pool2d(small, 2, ceil_mode=True)
