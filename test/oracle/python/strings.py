"""Layers from strings: specifications that are split, formatted names, patterns, parsed numbers."""
import re

import torch
from torch import nn

SPEC = "conv:3-8-3, relu, pool:2, conv:8-16-3, relu"


def parse(spec):
    layers = []
    for part in spec.split(","):
        name, _, rest = part.strip().partition(":")
        numbers = [int(n) for n in rest.split("-") if n]
        if name == "conv":
            layers.append(nn.Conv2d(*numbers[:2], kernel_size=numbers[2], padding=numbers[2] // 2))
        elif name.startswith("pool"):
            layers.append(nn.MaxPool2d(numbers[0]))
        elif name.lower() in {"relu", "gelu"}:
            layers.append(getattr(nn, {"relu": "ReLU", "gelu": "GELU"}[name])())
    return nn.Sequential(*layers)


class Named(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
            self.add_module("layer_%d" % i, nn.Linear(a, b))
            self.register_buffer(f"mean_{i:02d}", torch.zeros(b))
        self.count = len(sizes) - 1

    def forward(self, x):
        for i in range(self.count):
            x = getattr(self, "layer_{}".format(i))(x) - getattr(self, f"mean_{i:02d}")
        return x


def size_of(text):
    found = re.match(r"(\w+)_(\d+)x(\d+)", text)
    return tuple(map(int, found.groups()[1:]))


def decode(option: str):
    options = {}
    for op in option.split("_"):
        splits = re.split(r"(\d.*)", op)
        if len(splits) >= 2:
            key, value = splits[:2]
            options[key] = value
    return int(options["k"]), int(options["c"])


if __name__ == "__main__":
    net = parse(SPEC)
    y = net(torch.randn(1, 3, 8, 10))
    z = Named([4, 6, 2])(torch.randn(3, 4))
    grid = torch.zeros(size_of("patch_7x9"))
    kernel, channels = decode("ir_r2_k3_s2_c16")
    conv = nn.Conv1d(1, channels, kernel)(torch.randn(1, 1, 9))
    widths = torch.zeros(*[len(word) for word in "a bee over there".split()])
    joined = torch.zeros(int("".join(["1", "2"])), "abc".count("b") + "abc".find("c"))
    state = {k.replace("module.", ""): v for k, v in {"module.w": torch.ones(2), "b": torch.ones(3)}.items()}
    w = state["w"]
    matching = [v for k, v in state.items() if k.endswith("b")][0]
