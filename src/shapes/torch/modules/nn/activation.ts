/** Activations: https://docs.pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity */
export const source = String.raw`
import torch
import torch.nn.functional as F
from torch.nn import Module, Parameter

class _Inplace(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def _result(self, input, output):
        return input.copy_(output) if self.inplace else output

class ReLU(_Inplace):
    def forward(self, input):
        return self._result(input, F.relu(input))

class Hardsigmoid(_Inplace):
    def forward(self, input):
        return self._result(input, F.hardsigmoid(input))

class Hardswish(_Inplace):
    def forward(self, input):
        return self._result(input, F.hardswish(input))

class SELU(_Inplace):
    def forward(self, input):
        return self._result(input, F.selu(input))

class SiLU(_Inplace):
    def forward(self, input):
        return self._result(input, F.silu(input))

class Mish(_Inplace):
    def forward(self, input):
        return self._result(input, F.mish(input))

class Hardtanh(_Inplace):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__(inplace)
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value

    def forward(self, input):
        return self._result(input, F.hardtanh(input, self.min_val, self.max_val))

class ReLU6(Hardtanh):
    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)

class Threshold(_Inplace):
    def __init__(self, threshold, value, inplace=False):
        super().__init__(inplace)
        self.threshold = threshold
        self.value = value

    def forward(self, input):
        return self._result(input, F.threshold(input, self.threshold, self.value))

class ELU(_Inplace):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input):
        return self._result(input, F.elu(input, self.alpha))

class CELU(_Inplace):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input):
        return self._result(input, F.celu(input, self.alpha))

class LeakyReLU(_Inplace):
    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__(inplace)
        self.negative_slope = negative_slope

    def forward(self, input):
        return self._result(input, F.leaky_relu(input, self.negative_slope))

class RReLU(_Inplace):
    def __init__(self, lower=0.125, upper=1 / 3, inplace=False):
        super().__init__(inplace)
        self.lower = lower
        self.upper = upper

    def forward(self, input):
        return self._result(input, F.rrelu(input, self.lower, self.upper, self.training))

class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(torch.full((num_parameters,), float(init), dtype=dtype))

    def forward(self, input):
        return F.prelu(input, self.weight)

class GELU(Module):
    def __init__(self, approximate='none'):
        super().__init__()
        self.approximate = approximate

    def forward(self, input):
        return F.gelu(input, approximate=self.approximate)

class Sigmoid(Module):
    def forward(self, input):
        return torch.sigmoid(input)

class Tanh(Module):
    def forward(self, input):
        return torch.tanh(input)

class LogSigmoid(Module):
    def forward(self, input):
        return F.logsigmoid(input)

class Softsign(Module):
    def forward(self, input):
        return F.softsign(input)

class Tanhshrink(Module):
    def forward(self, input):
        return F.tanhshrink(input)

class Softplus(Module):
    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input):
        return F.softplus(input, self.beta, self.threshold)

class Hardshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return F.hardshrink(input, self.lambd)

class Softshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return F.softshrink(input, self.lambd)

class GLU(Module):
    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.glu(input, self.dim)
`;
