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
});
