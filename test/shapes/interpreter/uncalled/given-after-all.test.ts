/** Code that nothing calls: what it raises without is given, and a loop that cannot be traced is not taken to have no rounds. */
import { check } from '../check';

describe('what code that nothing calls raises without', () => {
  it('is given where an assertion asks for it', () => check(`
    import torch
    from torch import nn
    def exists(value):
        return value is not None
    class Net(nn.Module):
        def __init__(self, dim, hidden=None, out=None, extra=None):
            super().__init__()
            assert all([exists(hidden), exists(out)]), 'both are needed'
            self.up = nn.Linear(dim, hidden)
            self.down = nn.Linear(hidden, out)
            self.extra = extra
        def forward(self, x):
            y = self.up(x)    # → (*x_dims, hidden) float32
            if exists(self.extra):
                y = y[0]
            return self.down(y)  # → (*x_dims, out) float32
  `));

  it('is given where an exception is raised without it, one of two', () => check(`
    import torch
    from torch import nn
    class Embed(nn.Module):
        def __init__(self, vocab, dim):
            super().__init__()
            self.table = nn.Embedding(vocab, dim)
        def forward(self, ids=None, embeds=None):
            if (ids is None) == (embeds is None):
                raise ValueError('give one of them')
            if embeds is None:
                B, N = ids.shape
                embeds = self.table(ids)  # → (B, N, dim) float32
            return embeds
  `));

  it('is given where None would raise, in a function that it is handed on to as well', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def lengths(self, marked):
            return marked.long().sum(dim=1), marked.nonzero()  # → ((marked_0,) int64, (n, 2) int64)
        def forward(self, x, marked=None, table=None, other=None):
            B, N, C = x.shape
            lengths, places = self.lengths(marked)
            rows = table[places]
            if other is not None:
                x = x + other
            return x  # → (B, N, C) of unknown dtype
  `));

  it('may be None where a condition leads there', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def forward(self, x, bias=None):
            B, N, C = x.shape
            if self.training:
                print(bias.shape)
            isWide = bias is not None and bias.shape[0] > 1
            if bias is not None:
                x = x + bias
            return x  # → (B, N, C) of unknown dtype
  `));
});

describe('what is taken to be None, and is used as if it were not', () => {
  it('is given where an attribute of it is read whatever is not known', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, settings=None, extra=None):
            super().__init__()
            hidden = settings.hidden
            self.up = nn.Linear(dim, hidden)
            if extra is not None:
                self.down = nn.Linear(hidden, extra.out)
        def forward(self, x, table=None):
            y = self.up(x)  # → (*x_dims, hidden) float32
            return y.shape, table.weight
  `));

  it('is given where an operation needs it', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.a = nn.Linear(dim, dim)
            self.b = nn.Linear(dim, dim)
        def forward(self, x, context=None):
            x = self.a(x)
            c = self.b(context)  # → (*context_dims, dim) float32
            return x
  `));

  it('is given where it is needed as the defaults have it', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, heads, paired: bool = True):
            super().__init__()
            self.paired = paired
            self.fc = nn.Linear(dim, heads)
        def forward(self, x, pairs=None, mask=None):
            b, n, d = x.shape
            if self.paired:
                assert pairs is not None
                b, i, j, d = pairs.shape
                bias = self.fc(pairs)  # → (b_1, i, j, heads) float32
            if mask is not None:
                x = x * mask
            return self.fc(x)  # → (b, n, heads) float32
  `));

  it('is not given for a side of a condition that nothing leads to', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, crossed):
            super().__init__()
            self.crossed = crossed
            self.fc = nn.Linear(dim, dim)
        def forward(self, x, context=None):
            given = context  # → None or unknown
            if self.crossed:
                x = x + self.fc(context)
            return x
  `));

  it('is given where defaults lead to an exception without it, with the keys that stand for it', () => check(`
    import torch
    from torch import nn
    class Embed(nn.Module):
        def __init__(self, dim, sized):
            super().__init__()
            self.fc = nn.Linear(dim, dim)
            self.sized = sized
        def forward(self, t, scale=None):
            t = self.fc(t)
            if self.sized:
                return t * scale.reshape(-1, 1)
            return t
    class Net(nn.Module):
        def __init__(self, dim, sized: bool = True):
            super().__init__()
            self.sized = sized
            self.embed = Embed(dim, sized)
        def forward(self, t, more=None):
            b, c = t.shape
            if self.sized and more is None:
                raise ValueError('more is needed')
            more = more or {'scale': None}
            return self.embed(t, **more)  # → (b, dim) of unknown dtype
  `));

  it('is narrowed without running code of the object that holds it', () => check(`
    import torch
    from torch import nn
    class Frozen:
        def __init__(self, out):
            object.__setattr__(self, 'out', out)
        def __setattr__(self, name, value):
            raise AttributeError('it is frozen')
    class Net(nn.Module):
        def __init__(self, dim, out: int | None = 4):
            super().__init__()
            self.config = Frozen(out)
            width = self.config.out if self.config.out is not None else dim
            self.fc = nn.Linear(dim, dim)
        def forward(self, x):
            return self.fc(x)  # → (*x_dims, dim) float32
  `));
});

describe('loops that depend on what is not known', () => {
  it('keep the places of a list of modules of which one may be None', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, depth):
            super().__init__()
            self.layers = nn.ModuleList([])
            for i in range(depth):
                self.layers.append(nn.ModuleList([
                    nn.Linear(dim, dim), nn.LayerNorm(dim), nn.Linear(dim, dim) if i == 0 else None, nn.Linear(dim, dim), nn.GELU(),
                ]))
        def forward(self, x):
            B, N, C = x.shape
            for first, norm, extra, last, act in self.layers:
                x = norm(first(x)) + x
                if extra is not None:
                    x = extra(x)
                x = act(last(x)) + x  # → (B, N, dim) of unknown dtype
            return x
  `));

  it('demand of their input what the first round does, not the others', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, widths, in_chans=3):
            super().__init__()
            layers = []
            prev = in_chans
            for width in widths:
                if width == 'M':
                    layers += [nn.MaxPool2d(2)]
                else:
                    layers += [nn.Conv2d(prev, width, 3, padding=1)]
                    prev = width
            self.features = nn.Sequential(*layers)
        def forward(self, x):
            return self.features(x)  # → (x_0, size_30, size_31, size_32) of unknown dtype
  `));

  it('are not taken to have no rounds where a round raises as it is traced', () => check(`
    import torch
    from torch import nn
    class Block(nn.Module):
        def __init__(self, dim, kind):
            super().__init__()
            if kind not in ('a', 'b'):
                raise ValueError(kind)
            self.conv = nn.Conv2d(dim, 2 * dim, 2, stride=2)
        def forward(self, x):
            return self.conv(x)
    class Net(nn.Module):
        def __init__(self, dim, count, kind='c'):
            super().__init__()
            blocks = []
            for i in range(count):
                blocks.append(Block(dim, 'c'))
            self.blocks = nn.Sequential(*blocks)
        def forward(self, x):
            B, C, H, W = x.shape
            y = self.blocks(x)  # → unknown
            return y
  `));

  it('compare what is not None', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, rates=None):
            super().__init__()
            layers = []
            for i in range(2):
                rate = rates[i] if rates else None
                layers.append(nn.Dropout(rate) if rate > 0. else nn.Identity())
            self.layers = nn.Sequential(*layers)
        def forward(self, x):
            B, N = x.shape
            return self.layers(x)  # → (B, N) of unknown dtype
  `));
});

describe('a default with which the code raises', () => {
  it('is not what callers leave it at', () => check(`
    import torch
    from torch import nn
    class Sampler(nn.Module):
        def __init__(self, steps, kind='eps', scale='fixed'):
            super().__init__()
            assert kind in ['previous', 'epsilon']
            if scale == 'learned':
                self.scale = torch.ones(3)
            self.steps = torch.linspace(0, 1, steps)
        def forward(self, x):
            return self.steps[1:]  # → (steps - 1,) float32
  `));
});

describe('an attribute that None has not', () => {
  it('is left at its default by getattr, and nothing raises', () => check(`
    import torch
    def reduced(flag: bool):
        x = torch.zeros(2, 3)
        tool = None
        if flag:
            fast = getattr(tool, 'fast', None)
            y = x.sum(1)
        else:
            y = x.sum(0)
        return y  # → (size,) float32
  `));
});

describe('a weight that is given', () => {
  it('has the shape of the one that it replaces', () => check(`
    import torch
    from torch import nn
    class Words(nn.Module):
        def __init__(self, count, dim, weights):
            super().__init__()
            self.table = nn.Embedding(count, dim)
            self.table.weight = nn.Parameter(weights, requires_grad=False)  # → (count, dim) of unknown dtype
            self.other = nn.Embedding(count, dim)
        def load(self, weights):
            self.other.weight.data = weights  # → (count, dim) of unknown dtype
        def forward(self, ids):
            b, n = ids.shape
            return self.table(ids)  # → (b, n, dim) of unknown dtype
  `));
});
