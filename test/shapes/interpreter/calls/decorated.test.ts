/** Functions and methods under wrappers, where nothing calls them: their own bodies are what is shown. */
import { check } from '../check';

describe('what nothing calls, under a decorator that wraps it', () => {
  const wrapper = `
    import functools
    import torch
    from torch import nn
    def logged(func):
        @functools.wraps(func)
        def inner(*args, **kwargs):
            print(func.__name__)
            return func(*args, **kwargs)
        return inner
  `;

  it('is a function', () => check(`${wrapper}
    @logged
    def double(x):
        b, n = x.shape
        return torch.cat([x, x])  # → (2*b, n) of unknown dtype
  `));

  it('is a method, and the constructor gets parameters, not its defaults', () => check(`${wrapper}
    class Head(nn.Module):
        @logged
        def __init__(self, dim: int = 64):
            super().__init__()
            self.fc = nn.Linear(dim, 2 * dim)
        @logged
        def forward(self, x):
            b, n, _ = x.shape
            return self.fc(x)  # → (b, n, 2*dim) float32
  `));

  it('is a method that a base class wraps', () => check(`${wrapper}
    class Layer(nn.Module):
        def __init_subclass__(cls, **kwargs):
            super().__init_subclass__(**kwargs)
            cls.forward = logged(cls.forward)
    class Norm(Layer):
        def __init__(self, dim):
            super().__init__()
            self.norm = nn.LayerNorm(dim)
        def forward(self, x):
            b, n, _ = x.shape
            return self.norm(x)  # → (b, n, dim) of unknown dtype
  `));

  it('is a class of which the decorator derives another', () => check(`
    import torch
    from torch import nn
    def kept(base):
        class Kept(base):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.given = args
        return Kept
    @kept
    class Head(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.fc = nn.Linear(dim, 2 * dim)
        def forward(self, x):
            b, n, _ = x.shape
            return self.fc(x)  # → (b, n, 2*dim) float32
  `));
});
