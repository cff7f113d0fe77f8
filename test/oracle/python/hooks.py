"""Hooks, features taken from the middle, named modules, children, freezing and surgery on models."""
from collections import OrderedDict

import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, 2, 1)
        self.layer1 = nn.Sequential(nn.Conv2d(4, 6, 3, 2, 1), nn.ReLU())
        self.layer2 = nn.Conv2d(6, 8, 3, 2, 1)
        self.fc = nn.Linear(8, 10)

    def forward(self, x):
        x = self.layer2(self.layer1(self.stem(x)))
        return self.fc(x.mean((2, 3)))


class Getter(nn.ModuleDict):
    """Runs the children until the last one that is asked for."""

    def __init__(self, model, return_layers):
        left = dict(return_layers)
        layers = OrderedDict()
        for name, module in model.named_children():
            layers[name] = module
            if name in left:
                del left[name]
            if not left:
                break
        super().__init__(layers)
        self.return_layers = return_layers

    def forward(self, x):
        out = OrderedDict()
        for name, module in self.items():
            x = module(x)
            if name in self.return_layers:
                out[self.return_layers[name]] = x
        return out


class Features:
    def __init__(self, model, names):
        self.found = {}
        self.handles = [module.register_forward_hook(self.make(name)) for name, module in model.named_modules() if name in names]

    def make(self, name):
        def hook(module, args, output):
            self.found[name] = output
        return hook

    def remove(self):
        for handle in self.handles:
            handle.remove()


def double(module, args, output):
    return torch.cat([output, output], dim=-1)


if __name__ == "__main__":
    model = Backbone()
    levels = Getter(model, {"stem": "low", "layer1": "high"})(torch.randn(1, 3, 32, 24))
    low, high = levels["low"], levels["high"]
    features = Features(model, {"layer2", "layer1.0"})
    logits = model(torch.randn(2, 3, 16, 16))
    middle, deep = features.found["layer1.0"], features.found["layer2"]
    features.remove()
    for parameter in model.stem.parameters():
        parameter.requires_grad_(False)
    model.fc = nn.Identity()
    pooled = model(torch.randn(2, 3, 16, 16))
    body = nn.Sequential(*list(model.children())[:-2])
    z = body(torch.randn(1, 3, 8, 8))
    shapes = {name: tuple(p.shape) for name, p in model.named_parameters() if p.dim() > 1}
    copy = torch.zeros(shapes["layer1.0.weight"])
    convs = [m for m in model.modules() if isinstance(m, nn.Conv2d)]
    widest = torch.zeros(max(m.out_channels for m in convs))
    del model.fc
    model.fc = nn.Linear(8, 3)
    again = model(torch.randn(1, 3, 16, 16))
    handle = model.fc.register_forward_hook(double)
    twice = model(torch.randn(1, 3, 16, 16))
    handle.remove()
    dropped = model.apply(lambda m: setattr(m, "p", 0.0) if isinstance(m, nn.Dropout) else None)
    half = model.half().stem.weight
    grads, gradients = [], []
    scores = model.float()(torch.randn(2, 3, 16, 16))
    scores.register_hook(lambda grad: grads.append(grad * 2))
    watched = model.layer1.register_full_backward_hook(lambda module, given, made: gradients.append(made[0].mean(1)))
    model(torch.randn(2, 3, 16, 16)).sum().backward()
    scores.sum().backward()
    watched.remove()
    slope = grads[0]
    mean = gradients[0]
    kept = slope.sum(1)
