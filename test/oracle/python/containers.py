"""Layers held in torch's containers, made by loops, comprehensions and unpacking."""
import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self, widths, classes):
        super().__init__()
        pairs = zip(widths[:-1], widths[1:])
        self.body = nn.Sequential(*[nn.Sequential(nn.Linear(a, b), nn.ReLU()) for a, b in pairs])
        self.heads = nn.ModuleDict({"class": nn.Linear(widths[-1], classes), "box": nn.Linear(widths[-1], 4)})
        self.gains = nn.ParameterList([nn.Parameter(torch.ones(width)) for width in widths])
        self.table = nn.ParameterDict({"left": nn.Parameter(torch.zeros(classes, 2))})

    def forward(self, x):
        x = x * self.gains[0]
        for i, layer in enumerate(self.body):
            x = layer(x) * self.gains[i + 1]
        out = {name: head(x) for name, head in self.heads.items()}
        out["left"] = out["class"] @ self.table["left"]
        return out


class Stack(nn.Module):
    def __init__(self, dim, depth):
        super().__init__()
        layers = []
        for i in range(depth):
            layers += [nn.Linear(dim * 2**i, dim * 2 ** (i + 1)), nn.Tanh()]
        self.net = nn.Sequential(*layers)
        self.norms = nn.ModuleList()
        for i in range(depth):
            self.norms.append(nn.LayerNorm(dim * 2 ** (i + 1)))
        self.norms.extend([nn.LayerNorm(dim * 2**depth)])

    def forward(self, x):
        for i in range(0, len(self.net), 2):
            x = self.net[i + 1](self.net[i](x))
            x = self.norms[i // 2](x)
        return self.norms[-1](x)


if __name__ == "__main__":
    out = Tower([8, 16, 32], 5)(torch.randn(3, 8))
    labels, boxes, left = out["class"], out["box"], out["left"]
    stack = Stack(4, 3)
    y = stack(torch.randn(2, 7, 4))
    first_half = stack.net[:2](torch.randn(2, 4))
    last = stack.net[-2].weight
    named = nn.Sequential()
    named.add_module("up", nn.Linear(4, 6))
    named.append(nn.Sigmoid())
    z = named(torch.randn(1, 4)) + named.up.bias
