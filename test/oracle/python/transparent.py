"""torch.jit, autocast, checkpointing, compile, no_grad and hooks: what changes no shape."""
import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential


@torch.jit.script
def gelu(x):
    return x * torch.sigmoid(1.702 * x)


@torch.no_grad()
def update(average, model, decay: float = 0.9):
    for mine, theirs in zip(average.parameters(), model.parameters()):
        mine.mul_(decay).add_(theirs, alpha=1 - decay)
    return average


class Net(nn.Module):
    names: torch.jit.Final[int] = 2

    def __init__(self, dim):
        super().__init__()
        self.one, self.two = nn.Linear(dim, dim), nn.Linear(dim, 2 * dim)
        self.seen = {}
        self.one.register_forward_hook(self.keep("one"))

    def keep(self, name):
        def hook(module, inputs, output):
            self.seen[name] = output.detach()
        return hook

    def inner(self, x):
        return gelu(self.one(x))

    @torch.jit.ignore
    def no_weight_decay(self):
        return {"one"}

    def forward(self, x):
        x = checkpoint(self.inner, x, use_reentrant=False)
        if torch.jit.is_scripting() or torch.jit.is_tracing():
            return x
        with torch.autocast("cpu", enabled=False):
            return self.two(x.float())


if __name__ == "__main__":
    net = Net(6)
    y = net(torch.randn(4, 6))
    kept = net.seen["one"]
    average = update(Net(6), net)
    with torch.inference_mode():
        z = average(torch.randn(2, 6))
    with torch.set_grad_enabled(False), torch.autocast(device_type="cpu", dtype=torch.bfloat16):
        total = y.sum(0)
    layers = nn.Sequential(nn.Linear(6, 6), nn.Linear(6, 3))
    w = checkpoint_sequential(layers, 2, y[:, :6], use_reentrant=False)
    shadow = {name: value.clone() for name, value in net.state_dict().items()}
    weight = shadow["two.weight"]
