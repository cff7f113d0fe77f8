"""Code in the way of torch's first years: typed tensors, Variables, plain namespaces, classes made on the fly."""
import argparse

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.autograd import Variable

settings = argparse.Namespace(hidden=6, layers=2, small=True)
if "dropout" not in settings:
    settings.dropout = 0.0


def one_hot(labels, classes):
    """Through `new`, which makes a tensor of the class of another."""
    table = labels.new(labels.size(0), classes).zero_()
    table.scatter_(1, labels.unsqueeze(1), 1)
    return table


def reparametrize(mean, log_variance):
    deviation = log_variance.mul(0.5).exp_()
    noise = Variable(deviation.data.new(deviation.size()).normal_())
    return noise.mul(deviation).add_(mean)


class Recurrent(nn.Module):
    def __init__(self, options):
        super(Recurrent, self).__init__()
        self.options = options
        self.encoder = nn.LSTM(4, options.hidden, options.layers, dropout=options.dropout)
        self.mean = nn.Linear(options.hidden, 3)

    def init_hidden(self, batch):
        weight = next(self.parameters()).data
        sizes = (self.options.layers, batch, self.options.hidden)
        return Variable(weight.new(*sizes).zero_()), Variable(weight.new(sizes[0], sizes[1], sizes[2]).zero_())

    def forward(self, input):
        hidden = self.init_hidden(input.size(1))
        output, hidden = self.encoder(input, hidden)
        mean = self.mean(output[-1])
        return reparametrize(mean, torch.zeros_like(mean))


model = Recurrent(settings)
drawn = model(Variable(torch.randn(5, 2, 4)))
like_list = drawn.new([1.0, 2.0, 3.0])
like_tensor = drawn.new(torch.zeros(2, 2))
labels = one_hot(torch.LongTensor([0, 2, 1]), settings.hidden)

Options = type("Options", (dict,), {"__getattr__": dict.__getitem__, "scale": 2})
options = Options(channels=8, kernel=3)
Doubled = type("Doubled", (nn.Conv1d,), {"forward": lambda self, x: nn.Conv1d.forward(self, x) * options.scale})
convolved = Doubled(4, options.channels, options.kernel)(torch.randn(2, 4, 10))

turned = torch.exp(-1j * torch.arange(4) * torch.pi / 8)
twice = torch.tensor(2 * -1j, dtype=torch.complex64) * turned
size = F.relu(twice.real) + (3 + 0.5j) * turned

positions = torch.arange(4).type(drawn.type())


def default(value, make):
    return value if value is not None else make() if not isinstance(make, nn.Module) and callable(make) else make


projection = default(None, lambda: nn.Linear(3, 4) if settings.small else nn.Identity())
projected = projection(drawn)
