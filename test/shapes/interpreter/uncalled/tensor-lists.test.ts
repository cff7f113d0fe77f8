/** Parameters of code that nothing calls that hold tensors, of unknown number. */
import { check } from '../check';

describe('a list of tensors', () => {
  const net = (forward: string): string => `
    from typing import List, Optional, Tuple
    import torch
    from torch import nn
    class Fuse(nn.Module):
        def __init__(self, wide: int, narrow: int):
            super().__init__()
            self.first = nn.Conv2d(wide, narrow, 1)
            self.second = nn.Conv2d(narrow, narrow, 1)
${forward}`;

  it('is joined to a tensor of which its use tells the dims', () => check(net(`
        def forward(self, parts: List[torch.Tensor]):
            b, c, h, w = parts[0].shape
            x = self.first(torch.cat(parts, 1))  # → (parts_joined_0, narrow, parts_joined_2, parts_joined_3) float32
            x += parts[0]  # → (parts_joined_0, narrow, parts_joined_2, parts_joined_3) float32
            return x
  `)));

  it('is what torch.cat is given, without an annotation', () => check(net(`
        def forward(self, parts):
            whole = torch.cat(parts, dim=1)
            return self.first(whole)  # → (parts_joined_0, narrow, parts_joined_2, parts_joined_3) float32
  `)));

  it('has items of which each is a tensor of its own', () => check(net(`
        def forward(self, features: Tuple[torch.Tensor, ...]):
            a = self.first(features[0])  # → (features_0_0, narrow, features_0_2, features_0_3) float32
            b = self.second(features[-1])  # → (features_last_0, narrow, features_last_2, features_last_3) float32
            return a, b
  `)));

  it('has the same items where it is sliced, turned around or unpacked', () => check(net(`
        def forward(self, features: List[torch.Tensor]):
            _, _, h, w = features[2].shape
            rest = features[1:]
            last = rest[::-1][0]
            a = self.first(rest[1])  # → (features_2_0, narrow, h, w) float32
            b = self.second(last)  # → (features_last_0, narrow, features_last_2, features_last_3) float32
            zeroth, *others = features
            c = self.first(others[1])  # → (features_2_0, narrow, h, w) float32
            return a, b
  `)));

  it('lets a loop see any of them', () => check(net(`
        def forward(self, features: List[torch.Tensor]):
            for feature in reversed(features):
                b, c, h, w = feature.shape
                y = self.first(feature)  # → (b, narrow, h, w) float32
            return y
  `)));

  it('may be unpacked among other tensors', () => check(net(`
        def forward(self, features: List[torch.Tensor]):
            head, *others = features
            head = self.first(head)
            whole = torch.cat([head, *others], dim=1)
            return self.second(whole)  # → (size, narrow, size_2, size_3) float32
  `)));

  it('tells nothing of its items once it is changed', () => check(net(`
        def forward(self, features: List[torch.Tensor], others: List[torch.Tensor]):
            turned = list(others)
            turned.reverse()
            a = self.first(turned[0])  # → unknown
            b = self.first(others[0])  # → (others_0_0, narrow, others_0_2, others_0_3) float32
            x = features.pop()
            return self.first(features[-1])  # → unknown
  `)));

  it('that is not given by default is taken not to be given', () => check(net(`
        def forward(self, x, others: Optional[List[torch.Tensor]] = None):
            if others is None:
                others = []
            b, c, h, w = x.shape
            return self.first(torch.cat([x] + others, 1))  # → (b, narrow, h, w) float32
  `)));
});

describe('what is written in place', () => {
  it('has the shape that it had', () => check(`
    from torch import nn
    class Add(nn.Module):
        def __init__(self, wide):
            super().__init__()
            self.map = nn.Linear(wide, wide)
        def forward(self, x, other, scale):
            b, n, c = x.shape
            y = self.map(x)
            y += other  # → (b, n, wide) float32
            y *= scale
            return y  # → (b, n, wide) float32
  `));
});

describe('a sequence of which the first items are known', () => {
  it('is not taken to have no more', () => check(`
    from torch import nn
    class Net(nn.Module):
        def __init__(self, widths):
            super().__init__()
            self.first = nn.Linear(widths[0], 4)
            self.widths = widths  # → (widths_0, …)
        def forward(self, x):
            return self.first(x)  # → (*x_dims, 4) float32
  `));
});
