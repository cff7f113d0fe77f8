import torch
from torch import nn
from torch.nn.modules.transformer import _get_activation_fn, _get_clones

try:
    from torch.nn.modules.linear import _LinearWithBias
except ImportError:
    _LinearWithBias = None
try:
    from torch.nn.modules.batchnorm import _BatchNorm
except ImportError:
    _BatchNorm = None


class Core(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.out = nn.Linear(dim, dim) if _LinearWithBias is None else _LinearWithBias(dim, dim)
        self.blocks = _get_clones(nn.Linear(dim, 2 * dim), 3)
        self.act = _get_activation_fn("gelu")

    def forward(self, x):
        if nn.functional.has_torch_function_unary(x):
            return None
        x = torch.jit._unwrap_optional(x)
        wide = [self.act(block(x)) for block in self.blocks]
        return self.out(x), torch.stack(wide)


out, wide = Core(6)(torch.randn(2, 6))
is_norm = [isinstance(m, _BatchNorm) for m in nn.Sequential(nn.BatchNorm2d(4), nn.ReLU())]
kept = out[:, : 1 + sum(is_norm)]
