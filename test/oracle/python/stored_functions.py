"""Functions kept where modules and tuples may stand, modules that stand for operations, and layouts of einsum."""
from collections import OrderedDict
from functools import partial
import re
import torch
from torch import nn
from torch.nn.quantized import FloatFunctional


def spread_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.uniform_(module.weight, -0.1, 0.1)


def under(entries, start):
    inner = re.compile(r"^{0}\.(.+)".format(re.escape(start)))
    return OrderedDict((inner.sub(r"\1", key), value) for key, value in entries.items() if inner.match(key))


class Layer(nn.Linear):
    def forward(self, x, given=None):
        given = OrderedDict(self.named_parameters()) if given is None else given
        weight = given["weight"]
        x = x.matmul(weight.permute(*range(len(weight.shape) - 2), -1, -2))
        return x + given.get("bias", None).unsqueeze(-2)


class Field(nn.Module):
    KINDS = {"sine": (nn.Tanh(), spread_weights), "plain": (nn.ReLU(), None)}

    def __init__(self, kind):
        super().__init__()
        self.bend, self.spread = self.KINDS[kind]
        self.make = partial(nn.Linear, bias=False)
        self.size = torch.device("cpu")
        self.first = Layer(2, 6)
        self.last = Layer(6, 1)
        self.add = FloatFunctional()

    def forward(self, x, given=None):
        given = OrderedDict(self.named_parameters()) if given is None else given
        hidden = self.bend(self.first(x, under(given, "first")))
        return self.add.add(self.last(hidden, under(given, "last")), x.mean(-1, keepdim=True))


def in_tuple(value, count):
    return value if isinstance(value, (tuple, list)) else (value,) * count


field = Field("sine")
values = field(torch.zeros(4, 9, 2))
counted = torch.zeros(len(list(field.parameters())), len(list(field.children())))
joined = nn.quantized.FloatFunctional().cat([values, values], dim=2)
first, second = in_tuple(torch.relu, 2)
third, fourth = in_tuple(lambda x: x.flatten(1), 2)
bent = fourth(second(values))

pairs = torch.cartesian_prod(torch.arange(4), torch.arange(4) + 1)
low, high = pairs.unbind(dim=-1)
apart = pairs[(high - low) >= 2]

one = torch.einsum("bildsk,biokl->bolsd", torch.randn(2, 3, 5, 1, 8, 4), torch.randn(2, 3, 6, 4, 5)).view(2, 6, -1)
mixed = torch.einsum("bijc,cd->bdij", torch.randn(2, 3, 1, 4), torch.randn(4, 5)).permute(0, 2, 3, 1).view(2, -1, 5)
turned = torch.einsum("...ij,...jk->...ki", torch.randn(1, 7, 3, 4), torch.randn(5, 7, 4, 6)).transpose(0, 1).view(7, -1)


def checked(x):
    if any([type(each) is not torch.Tensor for each in (x, field.first.weight)]) and nn.functional.has_torch_function((x,)):
        return nn.functional.handle_torch_function(checked, (x,), x)
    return x.unsqueeze(0)


deeper = checked(values)
