/** The layers of einops for torch. https://einops.rocks/api/rearrange/ https://einops.rocks/2-einops-for-deep-learning/ */
export const layers = String.raw`
import einops
import torch
from torch.nn import Module, Parameter

class Rearrange(Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.rearrange(input, self.pattern, **self.axes_lengths)

class Reduce(Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.reduce(input, self.pattern, self.reduction, **self.axes_lengths)

def _flat(side):
    return ' '.join([name for name in side.replace('(', ' ').replace(')', ' ').split() if name != '1'])

class EinMix(Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.weight_shape = weight_shape
        self.bias_shape = bias_shape
        self.axes_lengths = axes_lengths
        left, right = pattern.split('->')
        kept = _flat(right).split()
        names = weight_shape.split()
        fan_in = 1
        for name in names:
            if name not in kept:
                fan_in = fan_in * axes_lengths[name]
        self.weight = Parameter(torch.zeros([axes_lengths[name] for name in names]).uniform_(-((3 / fan_in) ** 0.5), (3 / fan_in) ** 0.5))
        if bias_shape is None:
            self.bias = None
        else:
            own = bias_shape.split()
            sizes = [axes_lengths[name] if name in own else 1 for name in kept if name != '...']
            self.bias = Parameter(torch.zeros(sizes).uniform_(-((1 / fan_in) ** 0.5), (1 / fan_in) ** 0.5))

    def forward(self, input):
        left, right = self.pattern.split('->')
        names = _flat(left).split()
        if _flat(left) != left.strip():
            lengths = {name: length for name, length in self.axes_lengths.items() if name in names}
            input = einops.rearrange(input, left + '->' + _flat(left), **lengths)
        result = einops.einsum(input, self.weight, _flat(left) + ', ' + self.weight_shape + ' -> ' + _flat(right))
        if self.bias is not None:
            result += self.bias
        if _flat(right) != right.strip():
            lengths = {name: length for name, length in self.axes_lengths.items() if name in _flat(right).split()}
            result = einops.rearrange(result, _flat(right) + '->' + right, **lengths)
        return result
`;

/** Besides the functions: the error that einops raises, and what code calls for torch.compile. */
export const functions = String.raw`
class EinopsError(RuntimeError):
    pass

def allow_ops_in_compiled_graph():
    pass
`;
