/** Conditions that defaults decide, in code that nothing calls. */
import assert from 'node:assert/strict';
import { check } from '../check';

describe('a condition that defaults decide', () => {
  it('leaves what its usual side gives where the other cannot be traced, as an assumption', async () => {
    const { assumptions } = await check(`
      import torch
      from torch import nn
      class Attention(nn.Module):
          def forward(self, k, cache=None):
              b, n, c = k.shape
              if cache is not None:
                  k, size = cache.update(k)
              return k @ k.transpose(1, 2)  # → (b, n, n) of unknown dtype
    `);
    assert.ok(assumptions.some(({ text }) => /^cache /.test(text)));
  });

  it('goes on without an object of a library that keeps what earlier calls left, where that cannot be traced', async () => {
    const files: Record<string, string> = { caches: 'class Cache:\n    def update(self, k):\n        return nowhere.stored(k)\n' };
    const { assumptions } = await check(`
      import torch
      from torch import nn
      from caches import Cache
      class Attention(nn.Module):
          def forward(self, k, use_cache: bool = True, cache=None):
              b, n, c = k.shape
              if use_cache and cache is None:
                  cache = Cache()
              if cache is not None:
                  k = cache.update(k)
              return k @ k.transpose(1, 2)  # → (b, n, n) of unknown dtype
    `, { resolver: { resolve: (name: string) => (files[name] === undefined ? null : { path: `${name}.py`, text: files[name], isPackage: false }) } });
    assert.ok(assumptions.some(({ text }) => /first call, without what Cache keeps/.test(text)));
  });

  it('leaves None where the other side cannot be traced as little known as that side', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, rotated: bool = False):
            super().__init__()
            self.fc = nn.Linear(dim, dim)
            self.rotated = rotated
        def forward(self, x):
            b, n, c = x.shape
            angles = maybe(x) if self.rotated else None
            given = angles    # → None or unknown
            if angles is not None:
                x = x * angles
            return self.fc(x)  # → (b, n, dim) float32
  `));

  it('goes on without one of several such objects, where the condition asks for more', async () => {
    const files: Record<string, string> = { caches: 'class Cache:\n    def update(self, k):\n        return nowhere.stored(k)\nclass Pair:\n    def __init__(self, cache):\n        self.cache = cache\n    def update(self, k):\n        return nowhere.stored(k)\n' };
    const { assumptions } = await check(`
      import torch
      from torch import nn
      from caches import Cache, Pair
      class Attention(nn.Module):
          def forward(self, k, crossed=None, use_cache: bool = True, paired: bool = False, cache=None):
              b, n, c = k.shape
              is_cross = crossed is not None
              if use_cache and cache is None:
                  cache = Cache()
              if use_cache and paired:
                  cache = Pair(cache)
              if (cache is not None and not is_cross) or (cache is not None and is_cross and maybe):
                  k = cache.update(k)
              return k @ k.transpose(1, 2)  # → (b, n, n) of unknown dtype
    `, { resolver: { resolve: (name: string) => (files[name] === undefined ? null : { path: `${name}.py`, text: files[name], isPackage: false }) } });
    assert.ok(assumptions.some(({ text }) => /first call, without what/.test(text)));
  });

  it('may be a flag, and what another such condition made of one', () => check(`
    import torch
    from torch import nn
    class Decoder(nn.Module):
        def __init__(self, causal: bool = False):
            super().__init__()
            self.causal = causal
        def forward(self, x, keep=None):
            b, n, c = x.shape
            if self.causal:
                keep = keep if keep is not None else maybe
            else:
                keep = False
            y = maybe(x) if keep else x
            return y * 2  # → (b, n, c) of unknown dtype
  `));

  it('may lead out of the function, by a number too', () => check(`
    import torch
    from torch import nn
    def in_chunks(x, size):
        if size > 0:
            return maybe(x, size)
        return x * 2
    class Net(nn.Module):
        def __init__(self, size: int = 0):
            super().__init__()
            self.size = size
        def forward(self, x):
            b, n, c = x.shape
            y = in_chunks(x, self.size)
            return y + 1  # → (b, n, c) of unknown dtype
  `));

  it('leaves what early ways out give that defaults lead to', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, wide: bool = True, deep: bool = False):
            super().__init__()
            self.wide, self.deep = wide, deep
        def made(self, x):
            if self.wide:
                if self.deep:
                    return maybe(x)
                return x.transpose(1, 2)
            return maybe(x)
        def hidden(self, x):
            if self.deep:
                if self.wide:
                    return x.transpose(1, 2)
            return maybe(x)
        def forward(self, x):
            b, n, c = x.shape
            y = self.made(x) * 1  # → (b, c, n) of unknown dtype
            z = self.hidden(x)  # → unknown
            return y, z
  `));

  it('leaves what is taken not to be given out where something else is there', () => check(`
    import torch
    from torch import nn
    def made(scores, mask):
        if wanted:
            mask = torch.ones(scores.shape[-1])
        return mask
    class Attention(nn.Module):
        def forward(self, x, mask=None):
            b, n, c = x.shape
            scores = x @ x.transpose(1, 2)
            mask = made(scores, mask)
            if mask is not None:
                scores = scores + mask
            return scores  # → (b, n, n) of unknown dtype
  `));

  it('is what a value was before something else asked for it', () => check(`
    import torch
    from torch import nn
    class Cache:
        def size(self):
            return 1
    def updated(x, cache):
        if cache is not None:
            x = cache.update(x)
        return x
    class Net(nn.Module):
        def forward(self, x, uses: bool | None = None, cache=None):
            b, n, c = x.shape
            if uses and cache is None:
                cache = Cache()
            seen = cache.size() if cache is not None else 0
            return updated(x, cache)  # → (b, n, c) of unknown dtype
  `));

  it('decides nothing where its usual side is the one that cannot be traced', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, wide: bool = True):
            super().__init__()
            self.wide = wide
        def forward(self, x):
            b, n = x.shape
            if self.wide:
                x = maybe(x)
            return x  # → unknown
  `));

  it('hides nothing that is still to be found out of a parameter', () => check(`
    import torch
    from torch import nn
    class Cross(nn.Module):
        def forward(self, x, context=None):
            b, n, c = x.shape
            if context is None:
                context = x
            b, m, d = context.shape
            return x @ context.transpose(1, 2)
        def other(self, x):
            return x.new_zeros(3)  # → (3,) of unknown dtype
  `));

  it('decides which layers there are, in a list, in a dict and under names', () => check(`
    import torch
    from torch import nn
    from collections import OrderedDict
    def stem(width, is_late):
        parts = OrderedDict()
        parts['conv'] = nn.Conv2d(3, width, 3)
        if not is_late:
            parts['norm'] = nn.BatchNorm2d(width)
        parts['pool'] = nn.MaxPool2d(2)
        return nn.Sequential(parts)
    class Net(nn.Module):
        def __init__(self, width: int, is_late: bool = True, dropout=None, act=True):
            super().__init__()
            self.stem = stem(width, is_late)
            layers = [nn.Conv2d(width, 2 * width, 1)]
            if dropout is not None:
                layers.append(dropout())
            if act:
                layers.append(nn.ReLU())
            self.net = nn.Sequential(*layers)
            self.at = [name for name, _ in self.stem.named_children()].index('conv' if is_late else 'norm')
        def forward(self, x):
            b, c, h, w = x.shape
            y = self.stem(x)  # → (b, width, h//2 - 1, w//2 - 1) float32
            return self.net(y)  # → (b, 2*width, h//2 - 1, w//2 - 1) float32
  `));

  it('leaves out what fails with the tensors that are there', () => check(`
    import torch
    from torch import nn
    class Keep(nn.Module):
        def __init__(self, rate: float = 0.5):
            super().__init__()
            self.rate = rate
        def forward(self, x):
            if not self.rate:
                return x
            b, n = x.shape[:2]
            kept = torch.arange(n).unsqueeze(0)
            return x.gather(1, kept.unsqueeze(-1).expand((-1, -1) + x.shape[2:]))
    class Net(nn.Module):
        def __init__(self, dim, rate: float = 0.):
            super().__init__()
            if rate > 0:
                self.keep = Keep(rate)
            else:
                self.keep = nn.Identity()
            self.proj = nn.Linear(dim, 2 * dim)
        def forward(self, x):
            b, h, w, c = x.shape
            y = self.keep(self.proj(x))  # → (b, h, w, 2*dim) float32
            return y.permute(0, 3, 1, 2)  # → (b, 2*dim, h, w) float32
  `));

  it('says which of two layers demands a size, where they differ in what dim that is', () => check(`
    import torch
    from torch import nn
    class ChannelsFirst(nn.LayerNorm):
        def forward(self, x):
            return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    class Block(nn.Module):
        def __init__(self, dim, is_conv: bool = False, norm=None):
            super().__init__()
            if not norm:
                norm = ChannelsFirst if is_conv else nn.LayerNorm
            self.norm = norm(dim)
        def forward(self, x):
            y = x.permute(0, 2, 3, 1)  # → (x_0, x_2, x_3, dim) of unknown dtype
            return self.norm(y)  # → (x_0, x_2, x_3, dim) of unknown dtype
  `));

  it('decides which of two dicts holds the arguments, and leaves out what an empty one does not bring', () => check(`
    import torch
    from torch import nn
    class Scale(nn.Module):
        def forward(self, x, mask=None):
            return x if mask is None else x * mask
    class Router(nn.Module):
        def __init__(self, dim, routes=1):
            super().__init__()
            self.proj = nn.Linear(dim, routes)
        def forward(self, x):
            return self.proj(x)
    class Net(nn.Module):
        def __init__(self, dim, is_plain: bool = True, options: dict = {}, is_fast=False):
            super().__init__()
            self.is_plain = is_plain
            self.scale = nn.LayerNorm(dim) if is_plain else Scale()
            if is_fast:
                options = {**options, 'routes': 1}
            self.router = Router(dim, **options)
        def forward(self, x, mask=None):
            b, n, d = x.shape
            options = dict(mask=mask) if not self.is_plain else dict()
            y = self.scale(x, **options)  # → (b, n, d) of unknown dtype
            return self.router(y)  # → (b, n, 1) float32
  `));

  it('says nothing of the sizes of one variant where a function makes that', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim: int = 64):
            super().__init__()
            self.token = nn.Parameter(torch.zeros(1, 1, dim))  # → (1, 1, dim_1) float32
        def forward(self, x):
            return x + self.token
    def make(name, **kwargs):
        return Net(**kwargs)
    def tiny(**kwargs):
        return make('tiny', **dict(dict(dim=16), **kwargs))
  `));
});
