"""Writes a file that mentions each public name of torch once: python names.py OUT.py. What a trace of it does not know has no rule."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Iterator

import torch

MODULES = """
torch torch.nn torch.nn.functional torch.linalg torch.fft torch.special torch.signal.windows torch.nn.init torch.nn.utils torch.nn.utils.rnn torch.nn.utils.parametrizations
torch.nn.utils.parametrize torch.nn.attention torch.nn.parallel torch.distributions torch.distributions.transforms torch.optim torch.optim.lr_scheduler torch.optim.swa_utils
torch.utils.data torch.utils.checkpoint torch.amp torch.autograd torch.autograd.functional torch.func torch.jit torch.compiler torch.cuda torch.cuda.amp torch.random torch.testing torch.onnx
""".split()


def members(module: types.ModuleType) -> Iterator[str]:
    """What the module offers, or without such a list what it defines itself."""
    for name in getattr(module, "__all__", None) or dir(module):
        value = getattr(module, name, None)
        if name.startswith("_") or value is None or isinstance(value, types.ModuleType):
            continue
        if hasattr(module, "__all__") or str(getattr(value, "__module__", "")).startswith(module.__name__):
            yield name


def main() -> None:
    names = [f"{module}.{name}" for module in MODULES for name in members(importlib.import_module(module))]
    methods = [name for name in dir(torch.Tensor) if not name.startswith("_")]
    lines = ["import torch", *(f"import {module}" for module in MODULES if "." in module), "tensor = torch.randn(3, 3)"]
    lines += [f"{name}" for name in dict.fromkeys(names)] + [f"tensor.{name}" for name in methods]
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
