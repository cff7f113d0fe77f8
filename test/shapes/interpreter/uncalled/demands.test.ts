/** What uses tell about parameters of functions that nothing calls. */
import assert from 'node:assert/strict';
import { check } from '../check';

describe('what a function does with its parameters', () => {
  it('says how many items a dim has that is taken apart', () => check(`
    import torch
    def corners(x):
        cx, cy, w, h = x.unbind(-1)
        return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], dim=-1)  # → (*x_dims, 4) of unknown dtype
    def qkv(x):
        q, k, v = x.unbind(2)
        return q  # → (x_0, x_1, *x_dims) of unknown dtype
    def halves(t):
        a, b = torch.unbind(t)
        return a + b  # → (*t_dims) of unknown dtype
  `));

  it('says that it is a tensor where arithmetic with a number made the operand', () => check(`
    import torch
    def density(weights):
        w = weights + 1e-5
        return w / torch.sum(w, -1, keepdim=True)  # → (*weights_dims, weights_last) of unknown dtype
    def scaled(x):
        return (x * 2 - 1).mean(-1)  # → (*x_dims) of unknown dtype
  `));

  for (const [title, body, shape] of [
    ['the last', 'h, w = x.shape[-2:]\n        return x.reshape(-1, h * w)', '(x_dims_numel, x_last1*x_last)'],
    ['the first', 'b, n = x.size()[:2]\n        return x.view(b, n, -1).mean(-1)', '(x_0, x_1)'],
    ['all but the first, flattened', 'b = x.shape[0]\n        return x.flatten(1)', '(x_0, x_dims_numel*x_last)'],
  ] as const) {
    it(`says which sizes a slice of its shape has: ${title}`, () => check(`
      def of(x):
        ${body}  # → ${shape} of unknown dtype
    `));
  }

  it('says what a dict holds that is read by texts', () => check(`
    import torch
    from torch import nn
    class Embedding(nn.Module):
        def __init__(self, cfg):
            super().__init__()
            self.tokens = nn.Embedding(cfg['vocab_size'], cfg['emb_dim'])
            self.positions = nn.Embedding(cfg['context_length'], cfg['emb_dim'])
            self.out = nn.Linear(cfg['emb_dim'], cfg['vocab_size'], bias=False)
        def forward(self, ids):
            rows, n = ids.shape
            x = self.tokens(ids) + self.positions(torch.arange(n))
            return self.out(x)  # → (rows, n, vocab_size) float32
    def step(batch):
        b, c, h, w = batch['image'].shape
        return batch['image'].mean((2, 3))  # → (b, c) of unknown dtype
  `));

  it('says that it is a tensor where tensors are its indices, and that those beside integers are integers', () => check(`
    import torch
    def score(emissions, tags):
        steps, batch = tags.shape
        return emissions[0, torch.arange(batch), tags[0]]  # → (batch, *emissions_dims) of unknown dtype
  `));

  it('says how many dims there are where what was split off changes places with the last of them', async () => {
    const { assumptions } = await check(`
      import torch
      from torch import nn
      class Attention(nn.Module):
          def __init__(self, hidden, heads, head_dim):
              super().__init__()
              self.head_dim = head_dim
              self.q_proj = nn.Linear(hidden, heads * head_dim)
              self.k_proj = nn.Linear(hidden, heads * head_dim)
              self.o_proj = nn.Linear(heads * head_dim, hidden)
          def forward(self, x):
              input_shape = x.shape[:-1]
              hidden_shape = (*input_shape, -1, self.head_dim)
              q = self.q_proj(x).view(hidden_shape).transpose(1, 2)
              k = self.k_proj(x).view(hidden_shape).transpose(1, 2)
              scores = q @ k.transpose(2, 3)  # → (x_0, heads, x_1, x_1) float32
              out = (scores.softmax(-1) @ k).transpose(1, 2)
              return self.o_proj(out.reshape(*input_shape, -1))  # → (x_0, x_1, hidden) float32
    `);
    assert.ok(assumptions.some(({ text }) => /^x is taken to have 3 dims/.test(text)));
  });

  it('leaves sizes of unknown number beside others', () => check(`
    import torch
    from torch import nn
    class Heads(nn.Module):
        def __init__(self, dim, heads):
            super().__init__()
            self.heads = heads
            self.proj = nn.Linear(dim, dim)
        def forward(self, x):
            split = self.proj(x).view(*x.shape[:-1], self.heads, -1)  # → (*x_dims, heads, dim//heads) float32
            same = split.reshape(x.size()[:-1] + (-1,))  # → (*x_dims, dim) float32
            return torch.zeros(*x.shape[:-1], 3)  # → (*x_dims, 3) float32
  `));

  it('does not take a list for empty because that is its default', () => check(`
    import torch
    from torch import nn
    from dataclasses import dataclass
    @dataclass
    class Config:
        scales: tuple = ()
    class Levels(nn.Module):
        def __init__(self, config: Config):
            super().__init__()
            self.scales = config.scales
        def forward(self, x):
            return torch.as_tensor([(s, s) for s in self.scales])  # → unknown
  `));

  it('takes apart in a called function what a parameter holds', () => check(`
    import torch
    def rotated(x, cos, sin):
        (a, b), (c, d) = cos, sin
        return a[None].sum() + x.flatten()
    def apply(x, both):
        cos, sin = both
        return rotated(x, cos, sin)
    def outer(x, both: tuple[torch.Tensor, torch.Tensor]):
        apply(x, both[0])
        return x.sum()  # → () of unknown dtype
  `));

  it('does not take the sizes of a shape that uses show for all of them', () => check(`
    import torch
    def back(codes, shape: tuple[int, ...]):
        codes = codes.reshape(shape[0], -1)
        blank = torch.zeros(shape)  # → unknown
        return codes.view(shape).permute(0, 3, 1, 2)  # → unknown
    def pair(shape: tuple[int, ...]):
        height, width = shape
        return torch.zeros(shape)  # → (height, width) float32
  `));

  it('does not take a list of which nothing is known for empty, nor the items that uses show for all', () => check(`
    import torch
    def at(positions: list[int], sizes: list[int]):
        whole, half = sizes[0] * 2, sizes[0]
        torch.tensor(positions)             # → (length_3,) int64
        torch.tensor(sizes).prod()          # → () int64
        torch.tensor(sizes)                 # → (length_5,) int64
        return torch.tensor([half, whole])  # → (2,) int64
  `));

  it('takes a tensor to have the fewest dims with which the code is known, where nothing says how many', async () => {
    const { assumptions } = await check(`
      import torch
      from torch import nn
      def box_iou(a, b):
          lt = torch.max(a[:, None, :2], b[:, :2])
          rb = torch.min(a[:, None, 2:], b[:, 2:])
          wh = (rb - lt).clamp(min=0)
          return wh[:, :, 0] * wh[:, :, 1]  # → (a_0, b_0) of unknown dtype
      class Modulation(nn.Module):
          def __init__(self, dim):
              super().__init__()
              self.linear = nn.Linear(dim, 2 * dim)
          def forward(self, x, temb):
              scale, shift = self.linear(temb).chunk(2, dim=1)
              return x * (1 + scale[:, None]) + shift[:, None]  # → (x_0, x_1, x_2) of unknown dtype
      def tiled(t, n):
          return t.softmax(-1).repeat(1, n, 1)  # → (t_0, t_1*n, t_2) of unknown dtype
      class Tokens(nn.Module):
          def __init__(self, words, length, width):
              super().__init__()
              self.word, self.place = nn.Embedding(words, width), nn.Embedding(length, width)
          def forward(self, ids):
              places = torch.arange(ids.shape[1])
              return self.word(ids) + self.place(places)  # → (ids_0, ids_1, width) float32
    `);
    assert.ok(assumptions.some(({ text }) => /^ids is taken to have 2 dims: nothing here says how many/.test(text)));
    assert.ok(assumptions.some(({ text }) => /^temb is taken to have 2 dims: nothing here says how many/.test(text)));
  });

  it('leaves the number of dims open where the code asks for it, or where it is known without it', () => check(`
    import torch
    from torch import nn
    def drop(x, mask):
        shape = (x.shape[0],) + (1,) * (x.ndim - 1)
        return x.softmax(1)  # → (x_0, x_1, *x_dims) of unknown dtype
    class Low(nn.Module):
        def __init__(self, n, r):
            super().__init__()
            self.a = nn.Embedding(n, r)
            self.b = nn.Parameter(torch.zeros(r, n))
        def forward(self, ids):
            return self.a(ids) @ self.b  # → (*ids_dims, n) float32
    def last(x):
        return x[..., 0] * x[..., -1]  # → (*x_dims) of unknown dtype
    def task(x, marks, name):
        b, t, d = x.shape
        if name == 'classification':
            return x * marks.unsqueeze(-1)
        return marks * 2.0  # → (*marks_dims) of unknown dtype
  `));

  it('says that it is an int: how many, how often, from where to where', () => check(`
    import torch
    def first(x, k):
        rows, d = x.shape
        c = x[torch.randperm(rows)[:k]]  # → (min(k, rows), d) of unknown dtype
        return torch.stack([c.mean(0) for i in range(k)])  # → (k, d) of unknown dtype
    def grid(h, w):
        return torch.zeros(h, w), torch.eye(h)  # → ((h, w) float32, (h, h) float32)
  `));

  it('a variable that has one dim after the other is no name of them all', () => check(`
    import torch
    def f(x, n):
        sizes = [s for s in x.shape]
        assert x.dim() == 3
        b = x.size(0)
        b = x.size(1)
        return x.transpose(0, 1)  # → (b, s, x_2) of unknown dtype
  `));

  it('takes as many dims as an interpolation and a padding are for', () => check(`
    import torch
    import torch.nn.functional as F
    def up(x):
        return F.interpolate(x, scale_factor=2, mode='bilinear')  # → (x_0, x_1, 2*x_2, 2*x_3) of unknown dtype
    def to(x, size):
        h, w = size
        return F.interpolate(x, size=(h, w))  # → (x_0_1, x_1_1, h, w) of unknown dtype
    def wide(x):
        y = F.pad(x, (1, 1, 0, 2))
        b, n, d = x.shape
        return y  # → (b, n + 2, d + 2) of unknown dtype
  `));

  it('has a length for an axis that is computed, and a sum for each of its items', () => check(`
    import math
    import torch
    from torch import nn
    from einops import rearrange
    def grid(x):
        return rearrange(x, 'b (h w) c -> b c h w', h=int(math.sqrt(x.shape[1])))  # → (b, c, h, x_1//h) of unknown dtype
    class Parallel(nn.Module):
        def __init__(self, dim, branches):
            super().__init__()
            self.branches = nn.ModuleList([nn.Linear(dim, 2 * dim) for _ in range(branches)])
        def forward(self, x):
            b, n, d = x.shape
            return sum([branch(x) for branch in self.branches])  # → (b_1, n, 2*dim) float32
  `));

  it('has the number of dims that the code gives it where it has fewer', () => check(`
    import torch
    def when(sample: torch.Tensor, timestep: torch.Tensor | float | int):
        timesteps = timestep
        if not torch.is_tensor(timesteps):
            timesteps = torch.tensor([timesteps])
        elif torch.is_tensor(timesteps) and len(timesteps.shape) == 0:
            timesteps = timesteps[None].to(sample.device)
        return timesteps.expand(sample.shape[0])  # → (sample_0,) of unknown dtype
  `));

  it('are of the dims that have changed places, not of those that stood there', () => check(`
    import torch.nn.functional as F
    from torch import nn
    class Convolution(nn.Module):
        def __init__(self, dim: int, size: int):
            super().__init__()
            self.wide = nn.Conv1d(dim, 2 * dim, 1)
            self.deep = nn.Conv1d(dim, dim, size, padding="same", groups=dim)
        def forward(self, x):
            h = F.glu(self.wide(x.transpose(1, 2)), dim=1)  # → (x_0, dim, x_1) float32
            return self.deep(h).transpose(1, 2)  # → (x_0, x_1, dim) float32
  `));

  it('are sizes where several make a shape', () => check(`
    def chunked(x, overlap, other):
        b, n, c = x.shape
        a = x.view(b, -1, overlap * 2, c)  # → (b, n//(2*overlap), 2*overlap, c) of unknown dtype
        return x.reshape(b, other, -1)     # → (b, other, n*c//other) of unknown dtype
  `));

  it('pads by what is not known', () => check(`
    import torch.nn.functional as F
    def padded(x, padding):
        b, n, c = x.shape
        return F.pad(x, padding)  # → (padded, padded_1, padded_2) of unknown dtype
  `));

  it('is read of the tensor where a result is that or a pair with it', () => check(`
    import torch
    def scan(x: torch.Tensor, keep: bool = False):
        b, n, c = x.shape
        if keep:
            return x, x.sum(-1)
        return x
    def mixed(x: torch.Tensor, keep: bool = False):
        result = scan(x, keep)
        if keep:
            out, state = result
        else:
            out = result
        return out.transpose(1, 2)  # → (b, c, n) of unknown dtype
  `));

  it('keeps what a tuple surely begins with, where it is not known what else it holds', () => check(`
    import torch
    from torch import nn
    class Model(nn.Module):
        def __init__(self, width: int, depth: int):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        def forward(self, x: torch.Tensor, keep: bool = False):
            b, n, c = x.shape
            states = () if keep else None
            maps = () if keep else None
            for layer in self.layers:
                if keep:
                    states = states + (x,)
                x = layer(x)
                if keep:
                    maps = maps + (x.transpose(1, 2),)
            return tuple(each for each in [x, states, maps] if each is not None)
    class Head(nn.Module):
        def __init__(self, width: int, depth: int):
            super().__init__()
            self.body = Model(width, depth)
            self.fc = nn.Linear(width, 3)
        def forward(self, x: torch.Tensor):
            b, n, c = x.shape
            out = self.body(x)
            return self.fc(out[0])  # → (b, n, 3) float32
  `));
});
