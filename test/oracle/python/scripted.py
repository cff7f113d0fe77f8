"""TorchScript's ways: annotations, ignore and export, unused, final attributes, tracing, compile, quantization stubs."""
from typing import Dict, Final, List, NamedTuple, Optional, Tuple

import torch
import torch.jit as jit
import torch.nn as nn
from torch import Tensor


class State(NamedTuple):
    hx: Tensor
    cx: Tensor


class Cell(jit.ScriptModule):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.weight_ih = nn.Parameter(torch.randn(4 * hidden, inputs))
        self.weight_hh = nn.Parameter(torch.randn(4 * hidden, hidden))

    @jit.script_method
    def forward(self, x: Tensor, state: State) -> Tuple[Tensor, State]:
        gates = torch.mm(x, self.weight_ih.t()) + torch.mm(state.hx, self.weight_hh.t())
        i, f, g, o = gates.chunk(4, 1)
        cx = torch.sigmoid(f) * state.cx + torch.sigmoid(i) * torch.tanh(g)
        hx = torch.sigmoid(o) * torch.tanh(cx)
        return hx, State(hx, cx)


class Layer(nn.Module):
    __constants__ = ["size"]
    size: Final[int]

    def __init__(self, cell, *args):
        super().__init__()
        self.cell = cell(*args)
        self.size = args[-1]

    def forward(self, x: Tensor, state: Optional[State] = None) -> Tuple[Tensor, State]:
        inputs = x.unbind(0)
        if state is None:
            zeros = torch.zeros(x.size(1), self.size)
            state = State(zeros, zeros)
        outputs = torch.jit.annotate(List[Tensor], [])
        for i in range(len(inputs)):
            out, state = self.cell(inputs[i], state)
            outputs += [out]
        return torch.stack(outputs), state

    @torch.jit.export
    def step(self, x: Tensor, cache: Dict[str, Tensor]) -> Dict[str, Tensor]:
        out, state = self.cell(x, State(cache["hx"], cache["cx"]))
        return {"out": out, "hx": state.hx, "cx": state.cx}

    @torch.jit.unused
    def describe(self) -> str:
        return "a layer"


@torch.jit.script
def masked_mean(x, mask):
    # type: (Tensor, Optional[Tensor]) -> Tensor
    if mask is None:
        return x.mean(0)
    assert mask is not None
    return (x * mask.unsqueeze(-1)).sum(0) / mask.sum(0).unsqueeze(-1)


@torch.compile(dynamic=True)
def fused(x, y):
    return torch.addcmul(x, x, y, value=0.5)


if __name__ == "__main__":
    layer = Layer(Cell, 3, 5)
    outputs, state = layer(torch.randn(7, 2, 3))
    hx = state.hx
    stepped = layer.step(torch.randn(2, 3), {"hx": state.hx, "cx": state.cx})
    out = stepped["out"]
    mean = masked_mean(outputs, None)
    masked = masked_mean(outputs, torch.ones(7, 2))
    both = fused(mean, masked)
    frozen = torch.jit.script(nn.Sequential(nn.Linear(5, 4), nn.ReLU()))
    y = frozen(mean)
    with torch.jit.optimized_execution(False):
        z = y.contiguous(memory_format=torch.contiguous_format)
    with torch.autograd.set_detect_anomaly(False), torch.random.fork_rng():
        w = torch.rand_like(z)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=False):
        product = z @ w.T
