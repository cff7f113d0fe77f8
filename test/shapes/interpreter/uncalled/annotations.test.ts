/** Code that nothing calls: what annotations, classes of configs, checks and defaults tell of its parameters. */
import { check } from '../check';

describe('parameters by their annotations', () => {
  const config = `
    import torch
    from dataclasses import dataclass
    from torch import nn
    @dataclass
    class Config:
        width: int = 768
        heads: int = 12
        act: str = 'gelu'
        drop: float = 0.1
        patch: int | tuple[int, int] = 16
        depths: tuple[int, ...] = (2, 2)
    ACTS = {'gelu': nn.GELU, 'relu': nn.ReLU}
  `;

  it('a field that is found out after all are given is what it becomes', () => check(`
    import math
    import torch
    from dataclasses import dataclass
    from torch import nn
    @dataclass
    class Args:
        width: int
        rank: int | str = 'auto'
        state: int = 16
        def __post_init__(self):
            self.inner = 2 * self.width
            if self.rank == 'auto':
                self.rank = math.ceil(self.width / 16)
    class Mixer(nn.Module):
        def __init__(self, args: Args):
            super().__init__()
            self.args = args
            self.up = nn.Linear(args.width, args.inner)
            self.down = nn.Linear(args.inner, args.rank + 2 * args.state)
        def forward(self, x):
            b, n, d = x.shape
            y = self.down(self.up(x))  # → (b, n, rank + 2*state) float32
            return y.split([self.args.rank, self.args.state, self.args.state], dim=-1)[0]  # → (b, n, rank) float32
  `));

  it('has sizes by the names of the fields, whose defaults are only likely', () => check(`${config}
    class Block(nn.Module):
        def __init__(self, config: Config):
            super().__init__()
            self.fc = nn.Linear(config.width, config.width // config.heads)
            self.act = ACTS[config.act]()
            self.drop = nn.Dropout(config.drop)
        def forward(self, x):
            b, n, _ = x.shape
            return self.drop(self.act(self.fc(x)))  # → (b, n, width//heads) float32
  `));

  it('knows the config of one class by the annotation that another gives it', () => check(`${config}
    class Inner(nn.Module):
        def __init__(self, config):
            super().__init__()
            self.act = ACTS[config.act]()
        def forward(self, x):
            b, n, c = x.shape
            return self.act(x)  # → (b, n, c) of unknown dtype
    class Outer(nn.Module):
        config: Config
        def __init__(self, config):
            super().__init__()
            self.inner = Inner(config)
  `));

  it('leaves open how many sizes a field holds', () => check(`${config}
    def f(config: Config):
        len(config.depths)  # → int
  `));

  it('knows items from the end of a sequence of any length, and those at positions that are not known, apart', () => check(`${config}
    class Neck(nn.Module):
        def __init__(self, config: Config, i: int):
            super().__init__()
            self.last = nn.Linear(config.depths[-1], config.depths[-2])
            self.up = nn.Linear(config.depths[i], config.depths[i + 1])
            self.same = nn.Linear(config.depths[i], config.width)
        def forward(self, x, y):
            a = self.last(x)  # → (*x_dims, depths_last_2) float32
            b = self.up(y)    # → (*y_dims, depths_item_2) float32
            c = self.same(y)  # → (*y_dims, width) float32
            return x          # → (*x_dims, depths_last) of unknown dtype
  `));

  it('takes the layers of a loop over such a sequence to have sizes of their own', () => check(`${config}
    class Stages(nn.Module):
        def __init__(self, config: Config):
            super().__init__()
            self.stages = nn.ModuleList([nn.Conv2d(config.depths[i], config.depths[i + 1], 1) for i in range(len(config.depths) - 1)])
            self.head = nn.Conv2d(config.depths[-1], config.width, 1)
        def forward(self, x):
            b, c, h, w = x.shape
            for stage in self.stages:
                x = stage(x)
            return self.head(x)  # → (b, width, h, w) float32
  `));

  it('leaves open how many of them a slice takes, and what they sum up to', () => check(`${config}
    class Slices(nn.Module):
        def __init__(self, config: Config):
            super().__init__()
            sum(config.depths)      # → int
            sum(config.depths[:2])  # → int
            longer = config.depths + (1,)
            len(longer)             # → int
            assert not config.depths
            self.added = nn.Linear(longer[0], 3)
            turned = config.depths[::-1]
            self.first = nn.Linear(turned[0], turned[-1])
            self.norms = nn.ModuleList([nn.LayerNorm(width) for width in config.depths[:-1]])
        def forward(self, x, y):
            b, n, c = y.shape
            for norm in self.norms:
                y = norm(y)
            return self.first(x), y  # → ((*x_dims, depths_slice_2_last) float32, (b, n, c) of unknown dtype)
  `));

  it('is a size where a text may stand for one', () => check(`${config}
    @dataclass
    class Scan:
        rank: int | str = 'auto'
    class Step(nn.Module):
        def __init__(self, config: Scan):
            super().__init__()
            self.rank = int(config.rank)
            self.fc = nn.Linear(self.rank, 3 * self.rank)
        def forward(self, x):
            b, n, _ = x.shape
            return self.fc(x)  # → (b, n, 3*rank) float32
  `));

  it('is a tensor, or None', () => check(`
    import torch
    from typing import Optional
    def f(x: torch.Tensor, mask: Optional[torch.Tensor] = None):
        b, n = x.shape
        if mask is not None:
            m, k = mask.shape
            return mask  # → (m, k) of unknown dtype
        return x         # → (b, n) of unknown dtype
  `));

  it('is a dict that holds what its type says', () => check(`
    import torch
    from dataclasses import dataclass
    from torch import nn
    from typing import TypedDict
    class Rope(TypedDict, total=False):
        theta: float | None
        kind: str | None
    @dataclass
    class Config:
        width: int = 64
        heads: int = 4
        head_dim: int | None = None
        rope: Rope | dict | None = None
    def stretched(config):
        dim = config.head_dim or config.width // config.heads
        return config.rope["theta"] ** (torch.arange(0, dim, 2) / dim)
    KINDS = {"stretched": stretched}
    class Rotary(nn.Module):
        def __init__(self, config: Config):
            super().__init__()
            make = self.plain
            if config.rope["kind"] != "default":
                make = KINDS[config.rope["kind"]]
            self.freqs = make(config)  # → ((head_dim_1+1)//2,) float32
        @staticmethod
        def plain(config: Config):
            dim = config.head_dim or config.width // config.heads
            return 1.0 / config.rope["theta"] ** (torch.arange(0, dim, 2) / dim)
        def forward(self, positions):
            return positions[..., None] * self.freqs  # → (*positions_dims, (head_dim_1+1)//2) of unknown dtype
  `));

  it('is a pair of tensors', () => check(`
    import torch
    def turn(q: torch.Tensor, angles: tuple[torch.Tensor, torch.Tensor] | None = None):
        cos, sin = angles
        b, n, c = cos.shape
        return cos * 2  # → (b, n, c) of unknown dtype
  `));

  it('has as many dims as its sizes are unpacked into', () => check(`
    import torch
    def fold(x: torch.Tensor):
        b, n, c = x.size()
        return x.view(b, n // 2, 2, c)  # → (b, n//2, 2, c) of unknown dtype
  `));

  it('holds ints of unknown number', () => check(`
    import torch
    from dataclasses import dataclass
    from torch import nn
    @dataclass
    class Config:
        width: int = 96
        depths: list[int] | tuple[int, ...] = (2, 2)
    class Model(nn.Module):
        def __init__(self, config: Config):
            super().__init__()
            rates = torch.linspace(0, 1, sum(config.depths))
            self.stages = nn.ModuleList([nn.Linear(config.width, config.width) for _ in range(len(config.depths))])
        def forward(self, x):
            for stage in self.stages:
                x = stage(x)
            return x  # → (*x_dims, width) of unknown dtype
  `));

  it('says by its default which dim is meant', () => check(`
    import torch
    def turn(q, unsqueeze_dim=1):
        b, n = q.shape
        return q.unsqueeze(unsqueeze_dim)  # → (b, 1, n) of unknown dtype
  `));
});

describe('parameters that are None by default', () => {
  it('are taken not to be given where nothing says what they may be', () => check(`
    import torch
    def f(x, cache=None):
        b, n = x.shape
        if cache is not None:
            x = cache.update(x)
        return x  # → (b, n) of unknown dtype
  `));
});

describe('checks of the rank', () => {
  it('hold in every call', () => check(`
    import torch
    def f(x, y=None):
        if x.dim() != 3:
            raise ValueError('three dims')
        if y is not None and len(y.shape) != 2:
            raise ValueError('two dims')
        if y is not None:
            y = y + 1  # → (y_0, y_1) of unknown dtype
        return x       # → (x_0, x_1, x_2) of unknown dtype
    def g(x):
        assert x.ndim == 2
        return x       # → (x_0_1, x_1_1) of unknown dtype
  `));

  it('are none where the other branch goes on', () => check(`
    import torch
    def f(x):
        if x.dim() != 3:
            x = x + 1
        return x  # → (*x_dims) of unknown dtype
  `));

  it('leave no dims counted twice from both ends', () => check(`
    import torch
    from torch import nn
    class Layer(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.fc = nn.Linear(dim, dim)
        def forward(self, x):
            b, n = x.shape[0], x.shape[1]
            k = x.shape[-2]
            return self.fc(x)  # → (b, n, dim) float32
  `));
});

describe('what stands beside the code that is traced', () => {
  it('is a docstring with markup', () => check(`
    import torch
    def f(x: torch.Tensor):
        """
        Args:
            x (\`torch.Tensor\` of shape \`(batch, length)\`): the input
        """
        return torch.cat([x, x])  # → (2*batch, length) of unknown dtype
  `));

  it('is a setter, which changes nothing for the other methods', () => check(`
    import torch
    from torch import nn
    class Model(nn.Module):
        def __init__(self, vocab, dim):
            super().__init__()
            self.emb = nn.Embedding(vocab, dim)
        def set_embeddings(self, value):
            self.emb = value
        def forward(self, ids):
            b, n = ids.shape
            return self.emb(ids)  # → (b, n, dim) float32
  `));
});

describe('slices with bounds that are not known', () => {
  it('keep the rank', () => check(`
    import torch
    def f(x):
        b, n, c = x.shape
        return x[:, maybe : maybe + 2].mean(1)  # → (b, c) of unknown dtype
  `));

  it('knows the items of a tuple of ints, in functions too', () => check(`
    import torch
    from typing import Sequence, Tuple
    def grid(size: Tuple[int, int], steps: Sequence[int]):
        a = torch.zeros(size[0], size[1])  # → (size_0, size_1) float32
        b = torch.zeros(size)              # → (size_0, size_1) float32
        c = torch.zeros(steps[0])          # → (steps_0,) float32
  `));

  it('make a module of one that names a class of them, with any sizes', () => check(`
    import torch
    from torch import nn
    class Step:
        def __call__(self, attn: 'Attention', states: torch.Tensor):
            b, n, c = states.shape
            q = attn.to_q(states).unflatten(-1, (attn.heads, -1))  # → (b, n, heads, width) float32
            return attn.to_out[0](q.flatten(2))
    class Attention(nn.Module):
        def __init__(self, dim: int, heads: int = 8, width: int = 64):
            super().__init__()
            self.heads = heads
            self.to_q = nn.Linear(dim, heads * width)
            self.to_out = nn.ModuleList([nn.Linear(heads * width, dim)])
        def forward(self, x):
            return x
  `));
});

describe('a name with a prime in a docstring', () => {
  it('is another size than the one without', () => check(`
    import torch
    def both(x, c):
        """
        Args:
            x (Tensor): Input (B, C, T).
            c (Tensor): Condition (B, C, T').
        """
        return torch.cat([x, c], 2)  # → (B, C, T + T_prime) of unknown dtype
  `));
});
