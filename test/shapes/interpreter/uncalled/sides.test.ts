/** What is demanded of a parameter on one side of a condition holds on that side, and elsewhere only if all sides demand it. */
import { check } from '../check';

describe('demands on one side of a condition', () => {
  it('hold there only', () => check(`
    import torch
    def f(self, x, flat):
        if flat:
            y = x          # → (B, N, C) of unknown dtype
            B, N, C = y.shape
            z = y.reshape(B, N * C)  # → (B, N*C) of unknown dtype
        w = x + 1          # → (*x_dims) of unknown dtype
  `));

  it('hold after it where both sides make them', () => check(`
    import torch
    def f(x, flat):
        y = x + 1          # → (B, N, C) of unknown dtype
        if flat:
            B, N, C = x.shape
        else:
            b, n, c = x.shape
        return x * 2       # → (B, N, C) of unknown dtype
  `));

  it('hold before it where the other side raises', () => check(`
    import torch
    def f(x, mode):
        y = x + 1          # → (B, N, C) of unknown dtype
        if mode == 'flat':
            B, N, C = x.shape
        else:
            print(mode)
            raise ValueError(mode)
  `));

  it('come with the test of the rank', () => check(`
    import torch
    def f(x):
        if x.dim() == 3:
            x = x.unsqueeze(1)  # → (x_0, 1, x_1, x_2) of unknown dtype
        elif x.ndim == 2:
            x = x[:, None, None]  # → (x_0, 1, 1, x_1) of unknown dtype
        elif len(x.shape) == 5:
            x = x.flatten(1, 2)  # → (x_0, x_1*x_2, x_3, x_4) of unknown dtype
        return x.dtype
  `));

  it('choose among the ranks that a value may have', () => check(`
    import torch
    def f(flag):
        x = torch.zeros(2, 3, 4) if flag else torch.zeros(2, 3)
        if x.dim() == 2:
            y = x  # → (2, 3) float32
        else:
            y = x  # → (2, 3, 4) float32
        if x.ndim > 2:
            y = x  # → (2, 3, 4) float32
        return y
  `));

  it('of a function that one side leaves hold after it only', () => check(`
    import torch
    def f(x, flag):
        y = x              # → (*x_dims) of unknown dtype
        if flag:
            return x.relu()  # → (*x_dims) of unknown dtype
        b, c, h, w = x.shape
        return x * 2       # → (b, c, h, w) of unknown dtype
  `));

  it('of a function that one side leaves hold for all of it where that side makes them, too', () => check(`
    import torch
    def f(x, flag):
        y = x              # → (n, k) of unknown dtype
        if flag:
            n, k = x.shape
            return x.relu()  # → (n, k) of unknown dtype
        a, b = x.shape
        return x * 2       # → (n, k) of unknown dtype
  `));

  it('reach what was computed before', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, hidden):
            super().__init__()
            self.fc = nn.Linear(dim, hidden)
        def forward(self, x):
            y = self.fc(x)  # → (*x_dims, hidden) float32
            if x.dim() == 3:
                z = y.mean(1)  # → (x_0, hidden) float32
                s = y.shape  # → torch.Size(x_0, x_1, hidden)
            return y
  `));

  it('hold in what is called there', () => check(`
    import torch
    def split(t):
        b, n, c = t.shape
        return t.view(b, n, 2, c // 2)
    def f(x, flag):
        if flag:
            y = split(x)  # → (b, n, 2, c//2) of unknown dtype
        return x + 1      # → (*x_dims) of unknown dtype
  `));

  it('are told in conditional expressions and match, too', () => check(`
    import torch
    def f(x, kind):
        y = x.transpose(1, 2) if x.dim() == 3 else x
        match kind:
            case 'image':
                b, c, h, w = x.shape
                z = x.flatten(2)  # → (b, c, h*w) of unknown dtype
        return x + 1              # → (*x_dims) of unknown dtype
  `));

  it('of sizes do not outlive an early return', () => check(`
    import torch
    def g(a, b, flag):
        if flag:
            return a
        return a + b
    def f(x, y, flag):
        b, n = x.shape
        c, m = y.shape
        g(x, y, flag)
        return x[:c]  # → (min(c, b), n) of unknown dtype
  `));

  it('hold with one of several classes that may be called', () => check(`
    import torch
    from torch import nn
    def conv(dims):
        return (nn.Conv1d, nn.Conv2d, nn.Conv3d)[dims - 1]
    class Block(nn.Module):
        def __init__(self, dims: int, channels: int):
            super().__init__()
            self.conv = conv(dims)(channels, 8, 3, padding=1)
            self.flat = (nn.Conv2d if dims == 2 else nn.ConvTranspose2d)(channels, 4, 1)
        def forward(self, x):
            y = x + 1         # → (*x_dims) of unknown dtype
            return self.conv(y)
        def flatten(self, z):
            w = z + 1         # → (z_0, channels, z_2, z_3) of unknown dtype
            return self.flat(w)
  `));

  it('leave the number of dims open where one side needs more than the others', () => check(`
    import torch.nn.functional as F
    def double(x, spatial, channels):
        assert x.shape[1] == channels
        if spatial == 3:
            out = F.interpolate(x, (x.shape[2], x.shape[3] * 2, x.shape[4] * 2))
        else:
            y = x + 1  # → (x_0, x_1, *x_dims, x_last1, x_last) of unknown dtype
            out = F.interpolate(x, scale_factor=2)
        if x.shape[-1] == x.shape[-2] == 3:
            out = F.pad(out, (1, 0, 1, 0))
        return out
  `));
});
