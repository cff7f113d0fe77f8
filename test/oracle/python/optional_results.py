# Results that are a tensor or a pair with a state, sizes that only a shape says to be sizes, slices of listed widths.
from dataclasses import dataclass

import torch
from torch import nn
import torch.nn.functional as F


@dataclass
class Settings:
    width: int = 8
    state: int = 4
    depths: list[int] | tuple[int, ...] = (1, 2, 1)
    widths: list[int] | tuple[int, ...] = (8, 12, 16)


def scan(x, decay, keep_state: bool = False):
    batch, width, length = x.shape
    state = torch.zeros(batch, width, decay.shape[-1])
    outs = []
    for at in range(length):
        state = state * decay[None] + x[:, :, at, None]
        outs.append(state.sum(-1))
    out = torch.stack(outs, dim=-1)
    if keep_state:
        return out, state
    return out


class Mixer(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.decay = nn.Parameter(torch.rand(settings.width, settings.state))
        self.out = nn.Linear(settings.width, settings.width)

    def forward(self, x, keep_state: bool = False, memory=None):
        result = scan(x.transpose(1, 2), self.decay, keep_state)
        if keep_state:
            out, state = result
            memory.append(state)
        else:
            out = result
        return self.out(out.transpose(1, 2))


def overlapping(x, overlap):
    x = x.view(x.size(0), x.size(1) // (overlap * 2), overlap * 2, x.size(2))
    size = list(x.size())
    size[1] = size[1] * 2 - 1
    stride = list(x.stride())
    stride[1] = stride[1] // 2
    return x.as_strided(size=size, stride=stride)


def swapped(x, padding):
    b, n, h, c = x.shape
    x = F.pad(x, padding)
    return x.view(*x.size()[:-2], x.size(-1), x.size(-2))


class Decoder(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        rates = torch.linspace(0, 0.1, sum(settings.depths))
        widths = settings.widths[::-1]
        self.drops = nn.ModuleList([nn.Dropout(rate.item()) for rate in rates])
        self.ups = nn.ModuleList([nn.Linear(a, b) for a, b in zip(widths[:-1], widths[1:])])
        self.norms = nn.ModuleList([nn.LayerNorm(width) for width in settings.widths[:-1]])
        self.first = nn.Linear(widths[0], widths[0])
        self.last = nn.Linear(settings.widths[0], 3)

    def forward(self, x):
        x = self.first(x)
        for up, drop in zip(self.ups, self.drops):
            x = drop(up(x))
        return self.last(self.norms[0](x))


class Stack(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(settings.width, settings.width) for _ in range(len(settings.depths))])

    def forward(self, x, keep_states: bool = False, keep_maps: bool = False):
        states = () if keep_states else None
        maps = () if keep_maps else None
        for layer in self.layers:
            if keep_states:
                states = states + (x,)
            x = layer(x)
            if keep_maps:
                maps = maps + (x.transpose(1, 2) @ x,)
        return tuple(each for each in [x, states, maps] if each is not None)


class Classifier(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.stack = Stack(settings)
        self.head = nn.Linear(settings.width, 3)

    def forward(self, x, keep_states: bool = False):
        outputs = self.stack(x, keep_states)
        logits = self.head(outputs[0].mean(1))
        return (logits,) + outputs[1:]


if __name__ == '__main__':
    settings = Settings()
    mixer = Mixer(settings)
    x = torch.randn(2, 12, 8)
    y = mixer(x)
    chunks = overlapping(x, 2)
    turned = swapped(chunks, (0, 0, 0, 1))
    decoded = Decoder(settings)(torch.randn(2, 5, 16))
    given = (each for each in [y, chunks] if each is not None)
    first = next(given)
    second = tuple(given)[0]
    logits = Classifier(settings)(x)[0]
    more = Classifier(settings)(x, keep_states=True)
    print(first.shape, second.shape, logits.shape, len(more))
    print(y.shape, turned.shape, decoded.shape)
