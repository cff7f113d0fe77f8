/** Softmax and its relatives: https://docs.pytorch.org/docs/stable/nn.html#non-linear-activations-other */
export const source = String.raw`
from collections import namedtuple
import torch
import torch.nn.functional as F
from torch.nn import Linear, Module, ModuleList, Sequential

_ASMoutput = namedtuple('_ASMoutput', ['output', 'loss'])

# Where no dim is given: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
def _dim(dim, input):
    if dim is not None:
        return dim
    return 0 if input.dim() in (0, 1, 3) else 1

class Softmax(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.softmax(input, _dim(self.dim, input))

class Softmin(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.softmin(input, _dim(self.dim, input))

class LogSoftmax(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.log_softmax(input, _dim(self.dim, input))

class Softmax2d(Module):
    def forward(self, input):
        if input.dim() not in (3, 4):
            raise ValueError(f'Softmax2d takes 3 or 4 dims, and the input has {input.dim()}')
        return F.softmax(input, -3)

class AdaptiveLogSoftmaxWithLoss(Module):
    def __init__(self, in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None):
        super().__init__()
        cutoffs = list(cutoffs)
        if len(cutoffs) == 0:
            raise ValueError('cutoffs has no item')
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = cutoffs + [n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(self.cutoffs) - 1
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = Linear(in_features, self.head_size, bias=head_bias, dtype=dtype)
        self.tail = ModuleList()
        for i in range(self.n_clusters):
            hidden = int(in_features // (div_value ** (i + 1)))
            size = self.cutoffs[i + 1] - self.cutoffs[i]
            self.tail.append(Sequential(Linear(in_features, hidden, bias=False, dtype=dtype), Linear(hidden, size, bias=False, dtype=dtype)))

    def log_prob(self, input):
        head = F.log_softmax(self.head(input), 1)
        parts = [head[:, :self.shortlist_size]]
        for i, tail in enumerate(self.tail):
            parts.append(F.log_softmax(tail(input), 1) + head[:, self.shortlist_size + i].unsqueeze(1))
        return torch.cat(parts, 1)

    def predict(self, input):
        return torch.argmax(self.log_prob(input), 1)

    def forward(self, input_, target_):
        # Every class's log-probability, of which the target's is taken: the same numbers, at more cost than torch's way.
        batched = target_.dim() > 0
        if batched and input_.shape[0] != target_.shape[0]:
            raise RuntimeError(f'AdaptiveLogSoftmaxWithLoss: input {tuple(input_.shape)} and target {tuple(target_.shape)} have different batch sizes')
        input = input_ if batched else input_.unsqueeze(0)
        target = target_ if batched else target_.unsqueeze(0)
        output = self.log_prob(input).gather(1, target.unsqueeze(1)).squeeze(1)
        loss = (-output).mean()
        return _ASMoutput(output if batched else output.squeeze(0), loss)
`;
