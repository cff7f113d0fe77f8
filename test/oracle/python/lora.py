"""Low-rank adapters, weight tying, parametrized and custom functions, state dicts, moving averages."""
import copy
import math

import torch
import torch.nn.functional as F
import torch.nn.utils.parametrize as parametrize
from torch import nn
from torch.autograd import Function


class LoRALinear(nn.Linear):
    def __init__(self, in_features, out_features, r=4, lora_alpha=1, fan_in_fan_out=False, **kwargs):
        nn.Linear.__init__(self, in_features, out_features, **kwargs)
        self.r = r
        self.merged = False
        self.fan_in_fan_out = fan_in_fan_out
        if r > 0:
            self.lora_A = nn.Parameter(self.weight.new_zeros((r, in_features)))
            self.lora_B = nn.Parameter(self.weight.new_zeros((out_features, r)))
            self.scaling = lora_alpha / r
            self.weight.requires_grad = False
        self.reset_parameters()
        if fan_in_fan_out:
            self.weight.data = self.weight.data.transpose(0, 1)

    def reset_parameters(self):
        nn.Linear.reset_parameters(self)
        if hasattr(self, "lora_A"):
            nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))
            nn.init.zeros_(self.lora_B)

    def forward(self, x: torch.Tensor):
        def T(w):
            return w.transpose(0, 1) if self.fan_in_fan_out else w
        result = F.linear(x, T(self.weight), bias=self.bias)
        if self.r > 0 and not self.merged:
            result = result + (x @ self.lora_A.transpose(0, 1) @ self.lora_B.transpose(0, 1)) * self.scaling
        return result


class Binarize(Function):
    @staticmethod
    def forward(ctx, x, threshold):
        ctx.save_for_backward(x)
        ctx.threshold = threshold
        return (x > threshold).to(x.dtype)

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * (x.abs() < 1), None


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).transpose(-1, -2)


class Tied(nn.Module):
    def __init__(self, vocabulary, dim):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim)
        self.rank = nn.Linear(dim, vocabulary, bias=False)
        self.rank.weight = self.embed.weight

    def forward(self, ids):
        return self.rank(self.embed(ids).mean(1))


def replace_linear(model, r):
    for name, child in model.named_children():
        if isinstance(child, nn.Linear):
            setattr(model, name, LoRALinear(child.in_features, child.out_features, r=r, bias=child.bias is not None))
        else:
            replace_linear(child, r)
    return model


class EMA:
    def __init__(self, model, decay=0.9):
        self.decay = decay
        self.shadow = {k: v.clone().detach() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model):
        for k, v in model.state_dict().items():
            if v.dtype.is_floating_point:
                self.shadow[k] = self.decay * self.shadow[k] + (1.0 - self.decay) * v


if __name__ == "__main__":
    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Sequential(nn.Linear(8, 4, bias=False)))
    adapted = replace_linear(copy.deepcopy(model), r=2)
    y = adapted(torch.randn(3, 6))
    a = adapted[2][0].lora_A
    flipped = LoRALinear(5, 7, fan_in_fan_out=True)
    z = flipped(torch.randn(2, 5))
    bits = Binarize.apply(y, 0.5)
    tied = Tied(10, 4)
    scores = tied(torch.randint(10, (2, 3)))
    average = EMA(model)
    average.update(model)
    kept = average.shadow["0.weight"]
    square = nn.Linear(3, 3)
    parametrize.register_parametrization(square, "weight", Symmetric())
    w = square.weight
    total = sum(p.numel() for p in adapted.parameters() if p.requires_grad)
    count = torch.zeros(total % 10)
    gathered = torch.cat([p.flatten() for p in model.parameters()])
    vector = nn.utils.parameters_to_vector(model.parameters())
    state = model.state_dict()
    state["0.weight"] = torch.zeros(8, 6)
    model.load_state_dict(state, strict=False)
    first = model[0].weight[0]
