# What a mask marks is collected into slots, as many as the fullest row has; windows that overlap are a view.
import torch
from torch import nn
import torch.nn.functional as F


class Marked(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.size = width // heads
        self.key = nn.Linear(width, width)

    @staticmethod
    def _slots(marked):
        counts = marked.long().sum(dim=1)
        most = counts.max()
        places = marked.nonzero(as_tuple=True)
        taken = torch.arange(most, device=marked.device) < counts.unsqueeze(dim=-1)  # counted
        return most, places, taken.nonzero(as_tuple=True)

    def _collect(self, keys, most, places, slots):
        batch = keys.shape[0]
        chosen = keys.new_zeros(batch, most, self.heads, self.size)  # counted
        chosen[slots] = keys[places]  # counted
        left = keys.size(1) - most
        return chosen, left  # counted

    def forward(self, x, marked=None):
        b, n, _ = x.shape
        keys = self.key(x).view(b, n, self.heads, self.size)
        most, places, slots = self._slots(marked)
        chosen, left = self._collect(keys=keys, most=most, places=places, slots=slots)  # counted
        return chosen.flatten(2), left  # counted


class Windows(nn.Module):
    def __init__(self, reach: int):
        super().__init__()
        self.reach = reach

    @staticmethod
    def _turned(scores, padding):
        scores = F.pad(scores, padding)
        return scores.view(*scores.size()[:-2], scores.size(-1), scores.size(-2))

    def forward(self, x):
        b, n, h, d = x.size()
        x = x.transpose(1, 2).reshape(b * h, n, d)
        x = x.view(x.size(0), torch.div(x.size(1), self.reach * 2, rounding_mode='trunc'), self.reach * 2, x.size(2))
        sizes, steps = list(x.size()), list(x.stride())
        sizes[1] = sizes[1] * 2 - 1
        steps[1] = steps[1] // 2
        windows = x.as_strided(size=sizes, stride=steps)
        scores = torch.einsum('bcxd,bcyd->bcxy', windows, windows)
        return self._turned(scores, (0, 0, 0, 1))


marked = torch.zeros(2, 7, dtype=torch.bool)
marked[0, :3] = True
marked[1, 2] = True
Marked(12, 3)(torch.rand(2, 7, 12), marked)
Windows(2)(torch.rand(2, 12, 3, 5))
